//! Whether a norm covers a situation, and whether it applies there.

use clausal::model::{Comparison, Condition, RuleId};
use clausal::norms::{Leaf, Value};

use super::Judge;
use super::norm::{Name, Norm, Test};
use super::space::{Axis, Situation};

impl Judge<'_> {
    /// "A rule covers a situation when organisation, party, action and object lie at or below what it names, each slot it
    /// names holds a leaf at or below its filler, all its `when` hold and no `unless` does."
    pub fn covers(&self, norm: &Norm, at: &Situation) -> bool {
        self.reaches(norm, Axis::Organisation, at)
            && self.reaches(norm, Axis::Party, at)
            && self.reaches(norm, Axis::Action, at)
            && self.reaches(norm, Axis::Object, at)
            && (0..at.slots.len()).all(|slot| self.reaches(norm, Axis::Slot(slot), at))
            && norm.when.iter().all(|test| self.holds(test, at))
            && !norm.unless.iter().any(|test| self.holds(test, at))
    }

    /// The same of one part of a situation.
    pub fn reaches(&self, norm: &Norm, axis: Axis, at: &Situation) -> bool {
        let named = |leaf: Leaf, names: &[Name]| names.iter().any(|name| self.is_named(leaf, name));
        match axis {
            // "A policy speaks for its organisation and those below it." Where all are one, every policy for the one.
            Axis::Organisation => at
                .organisation
                .is_none_or(|leaf| norm.organisation.is_some_and(|organisation| self.lies_below(leaf, organisation))),
            Axis::Party => named(at.party, &norm.bearers),
            Axis::Action => named(at.action, &norm.actions),
            // "A rule that names no object covers every object and none."
            Axis::Object => norm.objects.is_empty() || at.object.is_some_and(|leaf| named(leaf, &norm.objects)),
            // "A slot left out covers every filler and nothing."
            Axis::Slot(place) => {
                let (preposition, filler) = at.slots[place];
                let names = norm.slots.iter().find(|(named, _)| *named == preposition);
                names.is_none_or(|(_, names)| filler.is_some_and(|leaf| named(leaf, names)))
            }
            Axis::Fact(_) | Axis::Approvals | Axis::Consents => true,
        }
    }

    /// "A rule applies where it covers and no rule that overrides it applies: edges act situation by situation, are not
    /// transitive." "An edge to or from the rule goes to both" halves.
    pub fn applies(&self, norm: &Norm, at: &Situation) -> bool {
        self.covers(norm, at) && !self.overriders(norm.rule).any(|winner| self.rule_applies(winner, at))
    }

    /// Whether some norm of the rule applies.
    pub fn rule_applies(&self, rule: RuleId, at: &Situation) -> bool {
        self.norms_of(rule).iter().any(|norm| self.applies(norm, at))
    }

    /// Whether some norm of the rule covers.
    pub fn rule_covers(&self, rule: RuleId, at: &Situation) -> bool {
        self.norms_of(rule).iter().any(|norm| self.covers(norm, at))
    }

    /// Whether a condition holds.
    pub fn holds(&self, test: &Test, at: &Situation) -> bool {
        match test {
            Test::All(parts) => parts.iter().all(|part| self.holds(part, at)),
            Test::Any(parts) => parts.iter().any(|part| self.holds(part, at)),
            Test::Not(inner) => !self.holds(inner, at),
            Test::Fact(condition) => fact_holds(condition, at),
            Test::Approval(by, count) => self.are_met(by, *count, &at.approvals),
            Test::Consent(of, count) => self.are_met(of, *count, &at.consents),
        }
    }

    /// "`approved by X` holds when some leaf at or below X approves; `n of (…)` when n of the listed names are met by n
    /// different leaves": the first name is met by one of the leaves and the rest by the other leaves, or it is not met.
    fn are_met(&self, names: &[Name], count: u32, leaves: &[Leaf]) -> bool {
        if count == 0 {
            return true;
        }
        let Some((first, rest)) = names.split_first() else { return false };
        let without = |gone: usize| {
            leaves.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, leaf)| *leaf).collect::<Vec<Leaf>>()
        };
        let by = |place: usize| self.is_named(leaves[place], first) && self.are_met(rest, count - 1, &without(place));
        (0..leaves.len()).any(by) || self.are_met(rest, count, leaves)
    }
}

fn fact_holds(condition: &Condition, at: &Situation) -> bool {
    match condition {
        Condition::Flag(fact) => at.fact(*fact) == Value::Flag(true),
        Condition::Choice(fact, values) => match at.fact(*fact) {
            Value::Choice(value) => values.contains(&value),
            other => panic!("{other:?} for a choice"),
        },
        Condition::Quantity(fact, comparison, amount) => match at.fact(*fact) {
            Value::Quantity(value) => {
                let (value, amount) = (value.in_base(), amount.in_base());
                match comparison {
                    Comparison::AtMost => value <= amount,
                    Comparison::AtLeast => value >= amount,
                    Comparison::MoreThan => value > amount,
                    Comparison::LessThan => value < amount,
                    Comparison::Exactly => value == amount,
                }
            }
            other => panic!("{other:?} for a quantity"),
        },
        other => panic!("{other:?} asks about no fact"),
    }
}
