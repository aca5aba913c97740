//! Which rules mean the same at a glance: they are written alike in the joined vocabulary, and so is what overrides them.
//! Most rules of two versions are; they are never compared. What is told apart here may still mean the same.

use std::collections::HashMap;

use crate::model::{Amount, Choice, Condition, Filler, Qualified, Rule, WordId};
use crate::norms::leaves::LeafSet;
use crate::norms::rules::{At, Part, Rules, words};

/// A rule written as numbers.
type Written = Vec<u64>;

/// What rules mean at a glance: what is written equally means the same.
pub(super) struct Alike<'r, 'a> {
    rules: &'r Rules<'a>,
    winners: &'r [Vec<At>],
    /// Rules that override others, by number: equal numbers mean the same.
    winning: HashMap<At, u64>,
}

impl<'r, 'a> Alike<'r, 'a> {
    /// Reads the rules that override others; for each rule `winners` has those that override it.
    pub(super) fn of(rules: &'r Rules<'a>, winners: &'r [Vec<At>]) -> Self {
        let mut alike = Alike { rules, winners, winning: HashMap::new() };
        let mut known: HashMap<Written, u64> = HashMap::new();
        for at in winners_first(winners) {
            let next = known.len() as u64;
            let number = *known.entry(alike.written(at)).or_insert(next);
            alike.winning.insert(at, number);
        }
        alike
    }

    /// Whether two lists of rules mean the same at a glance, whatever their order and however often each says it.
    pub(super) fn are(&self, one: &[At], other: &[At]) -> bool {
        let written = |rules: &[At]| {
            let mut written: Vec<Written> = rules.iter().map(|&at| self.written(at)).collect();
            written.sort_unstable();
            written.dedup();
            written
        };
        written(one) == written(other)
    }

    /// A rule, with what overrides it.
    fn written(&self, at: At) -> Written {
        let mut written = write(self.rules, self.rules.at(at));
        let winners = self.winners[at as usize].iter();
        let mut beating: Vec<u64> = winners.filter_map(|winner| self.winning.get(winner).copied()).collect();
        beating.sort_unstable();
        beating.dedup();
        list(&mut written, beating);
        written
    }
}

/// The rules that override others, each after what overrides it. Overrides close no circle.
fn winners_first(winners: &[Vec<At>]) -> Vec<At> {
    let mut seen = vec![false; winners.len()];
    let mut order = Vec::new();
    let mut open: Vec<(At, bool)> = winners.iter().flatten().map(|&at| (at, false)).collect();
    while let Some((at, ready)) = open.pop() {
        if ready {
            order.push(at);
            continue;
        }
        if std::mem::replace(&mut seen[at as usize], true) {
            continue;
        }
        open.push((at, true));
        open.extend(winners[at as usize].iter().map(|&winner| (winner, false)));
    }
    order
}

fn write(rules: &Rules<'_>, part: &Part<'_>) -> Written {
    let rule = part.rule;
    let mut out = Written::with_capacity(48);
    out.push(rule.modality as u64);
    leaves(&mut out, &part.organisation);
    // Of what is no duty a list is one name.
    let apart = |are: Choice| rule.modality.is_duty() && are == Choice::Each;
    let below = |name: Filler| rules.leaves.below(words(part.policy, name));
    names(&mut out, &part.party, apart(Choice::Each), rule.bearers.iter().map(|&name| below(name)));
    let actions = rule.actions.iter().map(|&action| rules.leaves.below([action]));
    names(&mut out, &part.action, apart(rule.actions_are), actions);
    out.push(u64::from(part.object.is_some()) * 2 + u64::from(part.any_object()));
    if let Some(object) = &part.object {
        names(&mut out, object, apart(rule.objects.are), rule.objects.names.iter().map(|&name| below(name)));
    }
    out.push(rule.slots.len() as u64);
    let mut slots: Vec<_> = rule.slots.iter().collect();
    slots.sort_by_key(|slot| slot.preposition);
    for slot in slots {
        out.push(u64::from(crate::norms::rules::place_of(slot.preposition)));
        let each: Vec<LeafSet> = slot.names.iter().map(|&name| below(name)).collect();
        names(&mut out, &LeafSet::union(&each), apart(slot.are), each.iter().cloned());
    }
    for parts in [&rule.when, &rule.only_when, &rule.unless] {
        let each = |part_of: &Qualified| {
            let mut out = Written::new();
            condition(&mut out, rules, part, &part_of.condition);
            out
        };
        let mut each: Vec<Written> = parts.iter().map(each).collect();
        each.sort_unstable();
        each.dedup();
        out.push(each.len() as u64);
        each.into_iter().for_each(|written| list(&mut out, written));
    }
    terms(&mut out, rule);
    out
}

fn terms(out: &mut Written, rule: &Rule) {
    let word = |word: Option<WordId>| word.map_or(0, |word| u64::from(word.0) + 1);
    let deadline = &rule.deadline;
    let (within, of) = deadline.within.map_or((None, None), |(amount, of)| (Some(amount), of));
    for length in [within, rule.every] {
        match length {
            Some(length) => amount(out, length),
            None => out.push(0),
        }
    }
    out.extend([of, deadline.before, deadline.after, deadline.until].map(word));
    out.push(u64::from(deadline.immediately));
    let mut consequences: Vec<u64> = rule.on_breach.iter().map(|word| u64::from(word.0)).collect();
    consequences.sort_unstable();
    consequences.dedup();
    list(out, consequences);
}

fn amount(out: &mut Written, amount: Amount) {
    let base = amount.in_base();
    out.extend([amount.unit.base().0 as u64 + 1, (base >> 64) as u64, base as u64]);
}

fn list(out: &mut Written, items: Vec<u64>) {
    out.push(items.len() as u64);
    out.extend(items);
}

fn leaves(out: &mut Written, set: &LeafSet) {
    list(out, set.ranges().iter().map(|range| u64::from(range.0) << 32 | u64::from(range.1)).collect());
}

fn names(out: &mut Written, all: &LeafSet, apart: bool, each: impl Iterator<Item = LeafSet>) {
    let mut sets = if apart { each.collect() } else { vec![all.clone()] };
    sets.sort_unstable();
    sets.dedup();
    out.push(sets.len() as u64);
    sets.iter().for_each(|set| leaves(out, set));
}

fn condition(out: &mut Written, rules: &Rules<'_>, part: &Part<'_>, it: &Condition) {
    match it {
        Condition::All(parts) | Condition::Any(parts) => {
            out.extend([if matches!(it, Condition::All(_)) { 1 } else { 2 }, parts.len() as u64]);
            parts.iter().for_each(|inner| condition(out, rules, part, inner));
        }
        Condition::Not(inner) => {
            out.push(3);
            condition(out, rules, part, inner);
        }
        Condition::Flag(fact) => out.extend([4, u64::from(fact.0)]),
        Condition::Choice(fact, values) => {
            out.extend([5, u64::from(fact.0)]);
            let mut values: Vec<u64> = values.iter().map(|&value| u64::from(value)).collect();
            values.sort_unstable();
            list(out, values);
        }
        Condition::Quantity(fact, comparison, bound) => {
            out.extend([6, u64::from(fact.0), *comparison as u64]);
            amount(out, *bound);
        }
        Condition::Approval(by, count) | Condition::Consent(by, count) => {
            let sort = if matches!(it, Condition::Approval(..)) { 7 } else { 8 };
            out.extend([sort, u64::from(*count), by.len() as u64]);
            by.iter().for_each(|&name| leaves(out, &rules.leaves.below(words(part.policy, name))));
        }
    }
}
