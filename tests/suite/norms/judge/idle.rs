//! Rules, exceptions and overrides that do nothing.

use clausal::model::{Deadline, Modality, RuleId};
use clausal::norms::{IdleException, IdleOverride, NeverApplies, Redundant};

use super::Judge;
use super::norm::Norm;
use super::space::{Leaves, Situation, Space};

impl Judge<'_> {
    /// Whether a norm of each rule cover a common situation.
    pub fn meet(&self, a: RuleId, b: RuleId) -> bool {
        self.norms_of(a).iter().any(|first| self.norms_of(b).iter().any(|second| self.norms_meet(first, second)))
    }

    /// Whether two norms cover a common situation.
    pub fn norms_meet(&self, a: &Norm, b: &Norm) -> bool {
        let space = Space::over(self, &[a.rule, b.rule], Leaves::First);
        let both = &mut |at: &Situation| self.covers(a, at) && self.covers(b, at);
        space.first(self, &space.situation_axes(), space.start(), &[a, b], both).is_some()
    }

    /// Whether a rule covers anything.
    pub fn covers_something(&self, rule: RuleId) -> bool {
        self.norms_of(rule).iter().any(|norm| self.norms_meet(norm, norm))
    }

    /// "The rule (with both its halves) covers nothing, or is overridden wherever it covers."
    pub fn never_applies(&self) -> Vec<NeverApplies> {
        let never = |&rule: &RuleId| {
            let space = Space::over(self, &self.involved(&[rule]), Leaves::First);
            let applies = |norm: &Norm| {
                let applies = &mut |at: &Situation| self.applies(norm, at);
                space.first(self, &space.situation_axes(), space.start(), &[norm], applies).is_some()
            };
            if self.norms_of(rule).iter().any(applies) {
                return None;
            }
            let winners = self.edges.iter().filter(|(_, loser)| *loser == rule).map(|(winner, _)| *winner);
            let overridden_by = winners.filter(|winner| self.takes_something(*winner, rule)).collect();
            Some(NeverApplies { rule, overridden_by })
        };
        self.norms.keys().filter_map(never).collect()
    }

    /// Whether a norm of the winner applies where a norm of the loser covers.
    fn takes_something(&self, winner: RuleId, loser: RuleId) -> bool {
        let space = Space::over(self, &self.involved(&[winner, loser]), Leaves::First);
        self.norms_of(winner).iter().any(|norm| {
            let takes = &mut |at: &Situation| self.applies(norm, at) && self.rule_covers(loser, at);
            space.first(self, &space.situation_axes(), space.start(), &[norm], takes).is_some()
        })
    }

    /// "`idle-override`: an edge whose winner applies nowhere that the loser covers." "A rule that covers nothing is
    /// `never-applies` and nothing else."
    pub fn idle_overrides(&self) -> Vec<IdleOverride> {
        let covering =
            |&&(winner, loser): &&(RuleId, RuleId)| self.covering.contains(&winner) && self.covering.contains(&loser);
        let idle = self.edges.iter().filter(covering).filter(|(winner, loser)| !self.takes_something(*winner, *loser));
        idle.map(|&(winner, loser)| IdleOverride { winner, loser }).collect()
    }

    /// "An `unless` without which the rule, its `when` and its other `unless` kept, would cover the same." "An inherited
    /// `unless` is judged in each rule by itself."
    pub fn idle_exceptions(&self) -> Vec<IdleException> {
        let mut idle = Vec::new();
        for &rule in &self.covering {
            let space = Space::over(self, &[rule], Leaves::First);
            for exception in 0..self.collection.rule(rule).unless.len() {
                let takes_something_out = |norm: &Norm| {
                    // The exceptions of the rule stand before what `only when` adds.
                    let mut without = norm.clone();
                    without.unless.remove(exception);
                    let taken_out = &mut |at: &Situation| self.covers(&without, at) && !self.covers(norm, at);
                    space.first(self, &space.situation_axes(), space.start(), &[norm], taken_out).is_some()
                };
                if !self.norms_of(rule).iter().any(takes_something_out) {
                    idle.push(IdleException { rule, exception: exception as u32 });
                }
            }
        }
        idle
    }

    /// "Another rule of the same modality covers all it covers, with a deadline no later, the same recurrence and
    /// consequences, and edges at least as strong; […] of two that cover each other the later one."
    pub fn redundant(&self) -> Vec<Redundant> {
        let needless = |rule: RuleId, by: RuleId| {
            rule != by && self.says_no_more(rule, by) && self.edges_no_stronger(rule, by) && self.all_covered(rule, by)
        };
        let mut redundant = Vec::new();
        for &rule in &self.covering {
            let makes_needless = |by: &&RuleId| needless(rule, **by) && !(rule < **by && needless(**by, rule));
            redundant.extend(self.norms.keys().find(makes_needless).map(|&by| Redundant { rule, by }));
        }
        redundant
    }

    /// "Each norm of the redundant rule that covers anything must be covered by a norm of the same modality of one and the
    /// same other rule."
    fn all_covered(&self, rule: RuleId, by: RuleId) -> bool {
        let space = Space::over(self, &[rule, by], Leaves::First);
        self.norms_of(rule).iter().filter(|norm| self.norms_meet(norm, norm)).all(|norm| {
            let same = self.norms_of(by).iter().filter(|other| other.modality == norm.modality);
            same.into_iter().any(|other| self.is_covered(&space, norm, other))
        })
    }

    /// "For duties its contexts include these and its ways are no wider."
    fn is_covered(&self, space: &Space, norm: &Norm, by: &Norm) -> bool {
        if !matches!(norm.modality, Modality::Must | Modality::Should) {
            let outside = &mut |at: &Situation| self.covers(norm, at) && !self.covers(by, at);
            return space.first(self, &space.situation_axes(), space.start(), &[norm], outside).is_none();
        }
        let any = norm.any || by.any;
        let worse = &mut |context: &Situation| {
            let covered = |duty: &Norm| self.ways_where(space, duty, context, any, |at| self.covers(duty, at));
            if covered(norm).is_empty() {
                return false;
            }
            let ways = covered(by);
            ways.is_empty() || ways.iter().any(|way| !self.covers(norm, way))
        };
        space.first(self, &space.context_axes(any), space.start(), &[norm], worse).is_none()
    }

    /// The time limits, recurrence and consequences of a rule against those of one that may make it needless.
    fn says_no_more(&self, rule: RuleId, by: RuleId) -> bool {
        let (rule, by) = (self.collection.rule(rule), self.collection.rule(by));
        let recurrence = match (rule.every, by.every) {
            (None, None) => true,
            (Some(a), Some(b)) => a.compare(b).is_some_and(std::cmp::Ordering::is_eq),
            _ => false,
        };
        let consequences = rule.on_breach.iter().all(|word| by.on_breach.contains(word))
            && by.on_breach.iter().all(|word| rule.on_breach.contains(word));
        recurrence && consequences && no_later(&by.deadline, &rule.deadline)
    }

    /// "Edges at least as strong"; "edges between the two do not count".
    fn edges_no_stronger(&self, rule: RuleId, by: RuleId) -> bool {
        self.edges
            .iter()
            .filter(|(winner, loser)| *winner != by && *loser != by)
            .all(|&(winner, loser)| winner != rule || self.edges.contains(&(by, loser)))
            && self
                .edges
                .iter()
                .filter(|(winner, loser)| *winner != rule && *loser != rule)
                .all(|&(winner, loser)| loser != by || self.edges.contains(&(winner, rule)))
    }
}

/// Whether whoever keeps the first limits keeps the second ones too.
fn no_later(first: &Deadline, second: &Deadline) -> bool {
    let within = match second.within {
        None => true,
        Some(_) if first.immediately => true,
        Some((length, event)) => first.within.is_some_and(|(shorter, same)| {
            same == event && shorter.compare(length).is_some_and(std::cmp::Ordering::is_le)
        }),
    };
    let before = second.before.is_none() || first.immediately || first.before == second.before;
    let at_once = !second.immediately || first.immediately;
    within && before && at_once && first.after == second.after && first.until == second.until
}
