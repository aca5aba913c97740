//! Whether two rules are written the same: word for word by the ids of what they name, whatever these stand for.

use super::{Matching, Sides, name_of};
use crate::model::{
    Condition, FactId, FactKind, Filler, Objects, Origin, PolicyId, Qualified, Rule, RuleId, Slot, WordId,
};

/// Whether an old rule and a new one are written the same, what they inherit and what they override included. Their names,
/// their places and the order of what they override do not count.
pub(super) fn same(sides: Sides<'_>, matching: &Matching, old: RuleId, new: RuleId) -> bool {
    let look = Look { sides, policies: (old.policy, new.policy) };
    look.rules(sides.old.rule(old), sides.new.rule(new)) && edges(sides, matching, old, new)
}

#[derive(Clone, Copy)]
struct Look<'a> {
    sides: Sides<'a>,
    policies: (PolicyId, PolicyId),
}

impl Look<'_> {
    fn rules(self, old: &Rule, new: &Rule) -> bool {
        old.modality == new.modality
            && old.actions_are == new.actions_are
            && self.all(&old.bearers, &new.bearers, Look::filler)
            && self.all(&old.actions, &new.actions, Look::word)
            && self.objects(&old.objects, &new.objects)
            && self.all(&old.slots, &new.slots, Look::slot)
            && self.conditions(&old.when, &new.when)
            && self.conditions(&old.only_when, &new.only_when)
            && self.conditions(&old.unless, &new.unless)
            && self.time(old, new)
            && self.all(&old.on_breach, &new.on_breach, Look::word)
            && old.incomplete == new.incomplete
            && matches!(old.prose, Some(Origin::Heading(_))) == matches!(new.prose, Some(Origin::Heading(_)))
    }

    fn all<T>(self, old: &[T], new: &[T], same: impl Fn(Self, &T, &T) -> bool) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(self, old, new))
    }

    fn word(self, old: &WordId, new: &WordId) -> bool {
        name_of(self.sides.old, *old) == name_of(self.sides.new, *new)
    }

    fn filler(self, old: &Filler, new: &Filler) -> bool {
        match (old, new) {
            (Filler::Word(old), Filler::Word(new)) => self.word(old, new),
            (Filler::Group(old), Filler::Group(new)) => {
                let old = self.sides.old.policy(self.policies.0).definition(*old);
                let new = self.sides.new.policy(self.policies.1).definition(*new);
                old.id == new.id
            }
            _ => false,
        }
    }

    fn objects(self, old: &Objects, new: &Objects) -> bool {
        old.are == new.are && old.any == new.any && self.all(&old.names, &new.names, Look::filler)
    }

    fn slot(self, old: &Slot, new: &Slot) -> bool {
        old.preposition == new.preposition && old.are == new.are && self.all(&old.names, &new.names, Look::filler)
    }

    fn conditions(self, old: &[Qualified], new: &[Qualified]) -> bool {
        self.all(old, new, |look, old, new| look.condition(&old.condition, &new.condition))
    }

    fn condition(self, old: &Condition, new: &Condition) -> bool {
        match (old, new) {
            (Condition::All(old), Condition::All(new)) | (Condition::Any(old), Condition::Any(new)) => {
                self.all(old, new, Look::condition)
            }
            (Condition::Not(old), Condition::Not(new)) => self.condition(old, new),
            (Condition::Flag(old), Condition::Flag(new)) => self.fact(*old, *new),
            (Condition::Choice(fact, old), Condition::Choice(other, new)) => {
                self.fact(*fact, *other)
                    && old.len() == new.len()
                    && old.iter().zip(new).all(|(&old, &new)| self.value(*fact, old) == self.new_value(*other, new))
            }
            (Condition::Quantity(fact, how, old), Condition::Quantity(other, as_now, new)) => {
                self.fact(*fact, *other) && how == as_now && old == new
            }
            (Condition::Approval(old, count), Condition::Approval(new, now))
            | (Condition::Consent(old, count), Condition::Consent(new, now)) => {
                count == now && self.all(old, new, Look::filler)
            }
            _ => false,
        }
    }

    fn fact(self, old: FactId, new: FactId) -> bool {
        self.sides.old.vocabulary.fact(old).id == self.sides.new.vocabulary.fact(new).id
    }

    fn value(&self, fact: FactId, at: u32) -> Option<&str> {
        value(&self.sides.old.vocabulary.fact(fact).kind, at)
    }

    fn new_value(&self, fact: FactId, at: u32) -> Option<&str> {
        value(&self.sides.new.vocabulary.fact(fact).kind, at)
    }

    fn time(self, old: &Rule, new: &Rule) -> bool {
        let event = |old: Option<WordId>, new: Option<WordId>| match (old, new) {
            (Some(old), Some(new)) => self.word(&old, &new),
            (old, new) => old.is_none() && new.is_none(),
        };
        let (before, now) = (&old.deadline, &new.deadline);
        let within = match (&before.within, &now.within) {
            (Some((amount, since)), Some((other, now))) => amount == other && event(*since, *now),
            (old, new) => old.is_none() && new.is_none(),
        };
        within
            && before.immediately == now.immediately
            && event(before.before, now.before)
            && event(before.after, now.after)
            && event(before.until, now.until)
            && old.every == new.every
    }
}

fn value(kind: &FactKind, at: u32) -> Option<&str> {
    match kind {
        FactKind::Choice(values) => values.get(at as usize).map(|value| value.id.as_str()),
        _ => None,
    }
}

/// Whether two rules beat the same rules, and yield to the same documents.
fn edges(sides: Sides<'_>, matching: &Matching, old: RuleId, new: RuleId) -> bool {
    let (before, now) = (sides.old.rule(old), sides.new.rule(new));
    let documents = |collection: &crate::model::Collection, policy: PolicyId, rule: &Rule| -> Vec<String> {
        let related = &collection.policy(policy).related;
        rule.yields_outside.iter().filter_map(|&at| related.get(at as usize)).map(|it| it.id.clone()).collect()
    };
    if before.yields_outside.is_empty() != now.yields_outside.is_empty()
        || documents(sides.old, old.policy, before) != documents(sides.new, new.policy, now)
    {
        return false;
    }
    if before.overrides.is_empty() && now.overrides.is_empty() {
        return true;
    }
    // A rule of a clause that has moved is beaten all the same: what counts is which clause it stands in, under which name.
    let place = |rule: RuleId| {
        let it = sides.old.rule(rule);
        let policy = matching.policy(rule.policy)?;
        let place = matching.place(rule.policy, it.block)?;
        Some((policy, place, it.name.clone().ok_or(it.position)))
    };
    let mut beaten: Vec<_> = before.overrides.iter().map(|&rule| place(rule)).collect();
    let mut beats: Vec<_> = now
        .overrides
        .iter()
        .map(|&rule| {
            let it = sides.new.rule(rule);
            Some((rule.policy, it.block, it.name.clone().ok_or(it.position)))
        })
        .collect();
    beaten.sort();
    beats.sort();
    beaten == beats
}
