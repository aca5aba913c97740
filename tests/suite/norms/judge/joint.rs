//! Bans that close together what none closes alone.

use std::collections::BTreeMap;

use clausal::model::{Modality, RuleId};
use clausal::norms::{Conflict, Disagreement, Way, Witness};

use super::Judge;
use super::norm::Norm;
use super::space::{Leaves, Situation, Space};

/// What is found of the duties of a rule, each with the place of its witness.
type Kept = BTreeMap<(Conflict, Vec<RuleId>), (Vec<usize>, Disagreement)>;

impl Judge<'_> {
    /// The joint sets of every duty of a rule. Of equal ones of two duties the one with the first witness is told.
    pub fn joint_sets(&self, rule: RuleId) -> Vec<Disagreement> {
        let mut kept = Kept::new();
        for duty in self.norms_of(rule).iter().filter(|norm| norm.modality == Modality::Must) {
            self.keep(&mut kept, self.joint(duty, Conflict::JointContradiction));
            self.keep(&mut kept, self.joint(duty, Conflict::ContradictoryAdvice));
        }
        for duty in self.norms_of(rule).iter().filter(|norm| norm.modality == Modality::Should) {
            self.keep(&mut kept, self.joint(duty, Conflict::ContradictoryAdvice));
        }
        kept.into_values().map(|(_, disagreement)| disagreement).collect()
    }

    fn keep(&self, kept: &mut Kept, found: Option<(Vec<usize>, Disagreement)>) {
        let Some((position, disagreement)) = found else { return };
        let key = (disagreement.conflict, disagreement.rules.clone());
        if kept.get(&key).is_none_or(|(known, _)| position < *known) {
            kept.insert(key, (position, disagreement));
        }
    }

    /// "If it takes several bans, none of them to spare, that is a joint contradiction (the first such set in rule order, one
    /// for each duty)." "Only `must` and `must not` make a joint contradiction; where advice takes part the set is one
    /// contradictory advice that names all its rules." "Sought only in contexts that no single ban blocks; sets are compared
    /// as lists of rule positions, and the first over all contexts is reported."
    fn joint(&self, duty: &Norm, conflict: Conflict) -> Option<(Vec<usize>, Disagreement)> {
        let hard = conflict == Conflict::JointContradiction;
        let counts = |ban: &&Norm| ban.modality == Modality::MustNot || !hard && ban.modality == Modality::ShouldNot;
        // A ban that covers nothing the duty covers closes none of its ways.
        let bans: Vec<&Norm> =
            self.norms.values().flatten().filter(counts).filter(|ban| self.norms_meet(duty, ban)).collect();
        if bans.len() < 2 {
            return None;
        }
        let rules: Vec<RuleId> = std::iter::once(duty.rule).chain(bans.iter().map(|ban| ban.rule)).collect();
        // Every context: that of a set may differ from one that a single ban blocks in a leaf its own rules do not tell apart.
        let space = Space::over(self, &self.involved(&rules), Leaves::FirstOfWay);
        let axes = space.context_axes(duty.any);
        let mut first: Option<Vec<RuleId>> = None;
        let mut contexts: Vec<Situation> = Vec::new();
        let _ = space.first(self, &axes, space.start(), &[duty], &mut |context| {
            let sets = self.blocking_sets(&space, duty, &bans, context);
            for set in sets.into_iter().filter(|set| hard || self.is_advice(duty, set)) {
                if first.as_ref().is_none_or(|known| set < *known) {
                    first = Some(set.clone());
                    contexts.clear();
                }
                if first.as_ref() == Some(&set) {
                    contexts.push(context.clone());
                }
            }
            false
        });
        let set = first?;
        self.joint_witness(duty, conflict, set, |small, here| {
            contexts.iter().any(|there| small.stands_for(here, there, duty.any))
        })
    }

    fn is_advice(&self, duty: &Norm, set: &[RuleId]) -> bool {
        duty.modality == Modality::Should
            || set.iter().any(|&rule| self.collection.rule(rule).modality == Modality::ShouldNot)
    }

    /// The sets of several bans that close every way of the duty in a context, none of them to spare; none where one ban
    /// does so alone, or the duty is not in force.
    fn blocking_sets(&self, space: &Space, duty: &Norm, bans: &[&Norm], context: &Situation) -> Vec<Vec<RuleId>> {
        let ways = self.ways(space, duty, context, duty.any);
        let closed: Vec<Vec<bool>> =
            bans.iter().map(|ban| ways.iter().map(|way| self.applies(ban, way)).collect()).collect();
        if ways.is_empty() || closed.iter().any(|closed| closed.iter().all(|closed| *closed)) {
            return Vec::new();
        }
        let mut sets = Vec::new();
        for bits in 1u32..1 << bans.len() {
            let set: Vec<usize> = (0..bans.len()).filter(|ban| bits >> ban & 1 == 1).collect();
            let blocks = |left_out: Option<usize>| {
                (0..ways.len()).all(|way| set.iter().any(|&ban| Some(ban) != left_out && closed[ban][way]))
            };
            if set.len() > 1 && blocks(None) && !set.iter().any(|&ban| blocks(Some(ban))) {
                sets.push(set.iter().map(|&ban| bans[ban].rule).collect());
            }
        }
        sets
    }

    /// The first context in which the set counts, told by the facts its own rules ask for, and for each of its bans the first
    /// way that it closes and no other of them does.
    fn joint_witness(
        &self,
        duty: &Norm,
        conflict: Conflict,
        set: Vec<RuleId>,
        counts: impl Fn(&Space, &Situation) -> bool,
    ) -> Option<(Vec<usize>, Disagreement)> {
        let rules: Vec<RuleId> = std::iter::once(duty.rule).chain(set.iter().copied()).collect();
        let space = Space::over(self, &self.involved(&rules), Leaves::FirstOfWay);
        let axes = space.context_axes(duty.any);
        let context = space.first(self, &axes, space.start(), &[duty], &mut |here| counts(&space, here));
        assert!(context.is_some() || self.gave_up(), "no context of the set's own rules stands for the one found");
        let context = context?;
        let ways = self.ways(&space, duty, &context, duty.any);
        let bans: Vec<&Norm> =
            set.iter().filter_map(|&rule| self.norms_of(rule).iter().find(|norm| norm.is_ban())).collect();
        let only_by = |ban: &Norm| {
            let closes = |other: &&&Norm, way: &Situation| self.applies(other, way) == (other.rule == ban.rule);
            let way = ways.iter().find(|way| bans.iter().all(|other| closes(&other, way)));
            assert!(way.is_some() || self.gave_up(), "a ban of the set closes no way alone");
            way
        };
        let told = |ban: &&Norm| Some(space.way(only_by(ban)?, duty.any, vec![duty.rule, ban.rule]));
        let ways = bans.iter().map(told).collect::<Option<Vec<Way>>>()?;
        let witness = Witness { context: space.context(&context, duty.any), ways };
        let position = space.position(&context, &axes);
        Some((position, Disagreement { conflict, rules, relation: None, witness }))
    }
}
