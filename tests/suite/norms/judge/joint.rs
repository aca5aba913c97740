//! Bans that close together what none closes alone.

use std::collections::{BTreeMap, BTreeSet};

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
        let bans = self.bans_against(duty, conflict);
        if bans.len() < 2 {
            return None;
        }
        let space = self.space_of(duty, &bans);
        let axes = space.context_axes(duty.any);
        let mut first: Option<Vec<RuleId>> = None;
        let _ = space.first(self, &axes, space.start(), &[duty], &mut |context| {
            let sets = self.blocking_sets(&space, duty, &bans, context);
            let counted = sets.into_iter().filter(|set| hard || self.is_advice(duty, set));
            first = first.take().into_iter().chain(counted).min();
            false
        });
        // The witness tells of the set, and of what blocks alone: it is a context in which none of that does.
        let set = first?;
        let alone = self.closing_alone(duty, conflict);
        let told: Vec<&Norm> =
            bans.into_iter().filter(|ban| set.contains(&ban.rule) || alone.contains(&ban.rule)).collect();
        self.joint_witness(duty, conflict, set, &told)
    }

    /// The bans that may take part in a set of this name; one that covers nothing the duty covers closes none of its ways.
    fn bans_against(&self, duty: &Norm, conflict: Conflict) -> Vec<&Norm> {
        let hard = conflict == Conflict::JointContradiction;
        let counts = |ban: &&Norm| ban.modality == Modality::MustNot || !hard && ban.modality == Modality::ShouldNot;
        self.norms.values().flatten().filter(counts).filter(|ban| self.norms_meet(duty, ban)).collect()
    }

    /// Every context: that of a set may differ from one that a single ban blocks in a leaf its own rules do not tell apart.
    fn space_of(&self, duty: &Norm, bans: &[&Norm]) -> Space {
        let rules: Vec<RuleId> = std::iter::once(duty.rule).chain(bans.iter().map(|ban| ban.rule)).collect();
        Space::over(self, &self.involved(&rules), Leaves::FirstOfWay)
    }

    /// The bans that block a duty alone in some context.
    pub fn closing_alone(&self, duty: &Norm, conflict: Conflict) -> BTreeSet<RuleId> {
        let bans = self.bans_against(duty, conflict);
        let space = self.space_of(duty, &bans);
        let axes = space.context_axes(duty.any);
        let mut alone = BTreeSet::new();
        let _ = space.first(self, &axes, space.start(), &[duty], &mut |context| {
            let ways = self.ways(&space, duty, context, duty.any);
            let blocks = |ban: &&&Norm| !ways.is_empty() && ways.iter().all(|way| self.applies(ban, way));
            alone.extend(bans.iter().filter(blocks).map(|ban| ban.rule));
            false
        });
        alone
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
        told: &[&Norm],
    ) -> Option<(Vec<usize>, Disagreement)> {
        let rules: Vec<RuleId> = std::iter::once(duty.rule).chain(set.iter().copied()).collect();
        let involved: Vec<RuleId> = std::iter::once(duty.rule).chain(told.iter().map(|ban| ban.rule)).collect();
        let space = Space::over(self, &self.involved(&involved), Leaves::FirstOfWay);
        let axes = space.context_axes(duty.any);
        let mut counts = |here: &Situation| self.blocking_sets(&space, duty, told, here).contains(&set);
        let context = space.first(self, &axes, space.start(), &[duty], &mut counts);
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
