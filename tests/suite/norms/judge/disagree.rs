//! Disagreements of two rules.

use std::collections::BTreeMap;

use clausal::model::{Modality, RuleId};
use clausal::norms::{Conflict, Disagreement, Relation, Witness};

use super::Judge;
use super::norm::Norm;
use super::space::{Axis, Leaves, Situation, Space};

/// A disagreement two norms have, with the place of its witness in the order of witnesses.
struct Found {
    position: Vec<usize>,
    disagreement: Disagreement,
}

impl Judge<'_> {
    /// All disagreements, by their rules, then by what they are.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let rules: Vec<RuleId> = self.norms.keys().copied().collect();
        let mut all = Vec::new();
        for (place, &a) in rules.iter().enumerate() {
            for &b in &rules[place..] {
                all.extend(self.of_two(a, b));
            }
            all.extend(self.joint_sets(a));
        }
        all.sort_by(|a, b| (&a.rules, a.conflict, a.relation).cmp(&(&b.rules, b.conflict, b.relation)));
        all
    }

    /// "Two rules get one finding for each different check and relation in which their norms disagree": the one with the
    /// first witness; of equally early ones the one told of first.
    fn of_two(&self, a: RuleId, b: RuleId) -> Vec<Disagreement> {
        let space = Space::over(self, &self.involved(&[a, b]), Leaves::First);
        let mut found = Vec::new();
        for (x, y) in if a == b { vec![] } else { vec![(a, b), (b, a)] } {
            for first in self.norms_of(x) {
                found.extend(self.norms_of(y).iter().filter_map(|second| self.opposed(&space, first, second)));
            }
        }
        for (place, first) in self.norms_of(a).iter().enumerate() {
            let later = if a == b { place + 1 } else { 0 };
            found.extend(
                self.norms_of(b).iter().skip(later).filter_map(|other| self.incompatible(&space, first, other)),
            );
        }
        if a != b {
            found.extend(self.deadlines(&space, a, b));
        }
        let mut kept: BTreeMap<(Conflict, Option<Relation>), Found> = BTreeMap::new();
        for one in found {
            let key = (one.disagreement.conflict, one.disagreement.relation);
            if kept.get(&key).is_none_or(|known| one.position < known.position) {
                kept.insert(key, one);
            }
        }
        kept.into_values().map(|found| found.disagreement).collect()
    }

    /// A permission or duty against a ban, or a duty against a release.
    fn opposed(&self, space: &Space, first: &Norm, second: &Norm) -> Option<Found> {
        use Modality::{May, Must, MustNot, NeedNot, Should, ShouldNot};
        match (first.modality, second.modality) {
            // "`may` against `must not`: where both apply."
            (May, MustNot) => self.both_apply(space, first, second),
            // "It is blocked in a context where a ban applies to every one of them. One ban that blocks alone is a
            // disagreement between two rules."
            (Must | Should, MustNot | ShouldNot) => self.closed(space, first, second),
            // "`must` against `need not`: where the latter alone applies to every way."
            (Must, NeedNot) => self.closed(space, first, second),
            // "`may` against `should not` is no disagreement."
            _ => None,
        }
    }

    fn both_apply(&self, space: &Space, may: &Norm, ban: &Norm) -> Option<Found> {
        let axes = space.situation_axes();
        let both = &mut |at: &Situation| self.applies(may, at) && self.applies(ban, at);
        let at = space.first(self, &axes, space.start(), &[may, ban], both)?;
        let relation = self.same_policy(may, ban).then(|| {
            let within = |a: &Norm, b: &Norm| {
                let outside = &mut |at: &Situation| self.covers(a, at) && !self.covers(b, at);
                space.first(self, &axes, space.start(), &[a], outside).is_none()
            };
            relation(within(may, ban), within(ban, may))
        });
        let rules = vec![may.rule, ban.rule];
        let ways = vec![space.way(&at, false, rules.clone())];
        let witness = Witness { context: space.context(&at, false), ways };
        let conflict = conflict(may, ban, relation);
        let position = space.position(&at, &axes);
        Some(Found { position, disagreement: Disagreement { conflict, rules, relation, witness } })
    }

    /// A duty of which this ban, or this release, alone applies to every way.
    fn closed(&self, space: &Space, duty: &Norm, other: &Norm) -> Option<Found> {
        let axes = space.context_axes(duty.any);
        let all_closed = &mut |context: &Situation| {
            let ways = self.ways(space, duty, context, duty.any);
            !ways.is_empty() && ways.iter().all(|way| self.applies(other, way))
        };
        // Where the other does not reach the context, it closes nothing.
        let context = space.first(self, &axes, space.start(), &[duty, other], all_closed)?;
        let relation = self.relation_of_contexts(space, duty, other);
        let rules = vec![duty.rule, other.rule];
        let way = self.ways(space, duty, &context, duty.any).into_iter().next()?;
        let ways = vec![space.way(&way, duty.any, rules.clone())];
        let witness = Witness { context: space.context(&context, duty.any), ways };
        let conflict = conflict(duty, other, relation);
        let position = space.position(&context, &axes);
        Some(Found { position, disagreement: Disagreement { conflict, rules, relation, witness } })
    }

    /// "Two `must` in force in one context, each action open to the one there excluding each open to the other." "Acts
    /// exclude each other only when done to the same object; duties of one rule can be incompatible too."
    fn incompatible(&self, space: &Space, first: &Norm, second: &Norm) -> Option<Found> {
        if first.modality != Modality::Must || second.modality != Modality::Must {
            return None;
        }
        let any = first.any || second.any;
        let axes = space.context_axes(any);
        let both_ways = |context: &Situation| {
            let first = self.ways(space, first, context, any);
            (first, self.ways(space, second, context, any))
        };
        let clash = |u: &Situation, v: &Situation| self.exclude_each_other(u, v) && u.object == v.object;
        let all_clash = &mut |context: &Situation| {
            let (first, second) = both_ways(context);
            let every = first.iter().all(|u| second.iter().all(|v| clash(u, v)));
            !first.is_empty() && !second.is_empty() && every
        };
        let context = space.first(self, &axes, space.start(), &[first, second], all_clash)?;
        let relation = self.relation_of_contexts(space, first, second);
        let rules = vec![first.rule, second.rule];
        let (u, v) = both_ways(&context);
        // A way of each; what is said to apply is the duty whose way it is.
        let ways = vec![space.way(u.first()?, any, vec![first.rule]), space.way(v.first()?, any, vec![second.rule])];
        let witness = Witness { context: space.context(&context, any), ways };
        let position = space.position(&context, &axes);
        let conflict = Conflict::IncompatibleDuties;
        Some(Found { position, disagreement: Disagreement { conflict, rules, relation, witness } })
    }

    /// "`excludes` is symmetric and inherited."
    pub fn exclude_each_other(&self, u: &Situation, v: &Situation) -> bool {
        self.collection.vocabulary.words.iter().enumerate().any(|(a, word)| {
            let a = clausal::model::WordId(a as u32);
            word.excludes.iter().any(|&b| {
                self.lies_below(u.action, a) && self.lies_below(v.action, b)
                    || self.lies_below(u.action, b) && self.lies_below(v.action, a)
            })
        })
    }

    /// "Both duties (`must` or `should`) apply in one situation, with `within` of the same event, or of none": different
    /// ones, in comparable units.
    fn deadlines(&self, space: &Space, a: RuleId, b: RuleId) -> Option<Found> {
        let (rule_a, rule_b) = (self.collection.rule(a), self.collection.rule(b));
        if !rule_a.modality.is_duty() || !rule_b.modality.is_duty() {
            return None;
        }
        let ((length_a, event_a), (length_b, event_b)) = (rule_a.deadline.within?, rule_b.deadline.within?);
        if event_a != event_b || length_a.compare(length_b)?.is_eq() {
            return None;
        }
        let any = rule_a.objects.any || rule_b.objects.any;
        let axes = [space.context_axes(any), space.way_axes(any)].concat();
        let both = &mut |at: &Situation| self.rule_applies(a, at) && self.rule_applies(b, at);
        let at = space.first(self, &axes, space.start(), &[], both)?;
        let rules = vec![a, b];
        let ways = vec![space.way(&at, any, rules.clone())];
        let witness = Witness { context: space.context(&at, any), ways };
        let position = space.position(&at, &axes);
        let conflict = Conflict::ConflictingDeadlines;
        Some(Found { position, disagreement: Disagreement { conflict, rules, relation: None, witness } })
    }

    /// The ways in which a duty applies in a context: "in force […] where it applies in some way; those are its ways there
    /// (a way in which it is overridden is none)".
    pub fn ways(&self, space: &Space, duty: &Norm, context: &Situation, any: bool) -> Vec<Situation> {
        self.ways_where(space, duty, context, any, |at| self.applies(duty, at))
    }

    /// The ways in a context of which something holds, among those that the norm reaches.
    pub fn ways_where(
        &self,
        space: &Space,
        norm: &Norm,
        context: &Situation,
        any: bool,
        holds: impl Fn(&Situation) -> bool,
    ) -> Vec<Situation> {
        let mut ways = Vec::new();
        if !self.context_reached(norm, context, any) {
            return ways;
        }
        let _ = space.walk(self, &space.way_axes(any), &mut context.clone(), &[norm], &mut |at| {
            if holds(at) {
                ways.push(at.clone());
            }
            std::ops::ControlFlow::Continue(())
        });
        ways
    }

    fn context_reached(&self, norm: &Norm, context: &Situation, any: bool) -> bool {
        let reaches = |axis| self.reaches(norm, axis, context);
        reaches(Axis::Organisation) && reaches(Axis::Party) && (any || reaches(Axis::Object))
    }

    fn same_policy(&self, first: &Norm, second: &Norm) -> bool {
        first.rule.policy == second.rule.policy
    }

    /// "Within one policy the covered sets, before overrides, are compared […] of contexts for duties." "Beside a duty after
    /// `any` the contexts of both are taken without the object."
    fn relation_of_contexts(&self, space: &Space, first: &Norm, second: &Norm) -> Option<Relation> {
        let any = first.any || second.any;
        self.same_policy(first, second).then(|| {
            let within = |a: &Norm, b: &Norm| self.contexts_within(space, a, b, any);
            relation(within(first, second), within(second, first))
        })
    }

    /// Whether the second norm covers something in every context in which the first does.
    pub fn contexts_within(&self, space: &Space, first: &Norm, second: &Norm, any: bool) -> bool {
        let covered = |norm: &Norm, context: &Situation| {
            !self.ways_where(space, norm, context, any, |at| self.covers(norm, at)).is_empty()
        };
        let outside = &mut |context: &Situation| covered(first, context) && !covered(second, context);
        space.first(self, &space.context_axes(any), space.start(), &[first], outside).is_none()
    }
}

/// "As equal, narrower, wider or crossing."
fn relation(first_in_second: bool, second_in_first: bool) -> Relation {
    match (first_in_second, second_in_first) {
        (true, true) => Relation::Equal,
        (true, false) => Relation::Narrower,
        (false, true) => Relation::Wider,
        (false, false) => Relation::Crossing,
    }
}

/// "Which finding": across policies a contradiction; within one it hangs on the relation; advice is advice everywhere.
fn conflict(first: &Norm, second: &Norm, relation: Option<Relation>) -> Conflict {
    let advice = |norm: &Norm| matches!(norm.modality, Modality::Should | Modality::ShouldNot);
    if advice(first) || advice(second) {
        return Conflict::ContradictoryAdvice;
    }
    match (first.modality, relation) {
        (_, None | Some(Relation::Equal)) => Conflict::Contradiction,
        (Modality::Must, Some(Relation::Crossing)) => Conflict::Contradiction,
        _ => Conflict::UnrankedRules,
    }
}
