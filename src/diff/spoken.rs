//! Which prose has rules that tell its meaning, which of the two changed, and which did not.
//!
//! Rules and prose that belong together need not stand together: a run that ends in a colon goes on in the blocks below it,
//! and a heading may say for all of them whether they bind. So everything is told of the block that leads: the one that such
//! a run stands in.

use std::collections::HashSet;

use super::{Change, ClauseChange, PolicyChange, RuleChange, Sides, TextKind};
use crate::model::{BlockIdx, Item, Origin, Parent, Policy, Rule, RuleId};

/// The prose and the rules of a policy, on either side.
pub(super) struct Spoken<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// One side; every place is one that leads.
#[derive(Default)]
struct Side<'a> {
    policy: Option<&'a Policy>,
    /// For each block the place that leads to it: upwards as long as the run of prose before a block ends in a colon.
    leads: Vec<Parent>,
    /// Places that have rules.
    ruled: HashSet<Parent>,
    /// Places whose prose, or heading, changed.
    reworded: HashSet<Parent>,
    /// Places whose rules are written otherwise.
    rewritten: HashSet<Parent>,
}

impl<'a> Spoken<'a> {
    /// Of a policy with what changed in it.
    pub(super) fn of(sides: Sides<'a>, policy: &PolicyChange) -> Self {
        let (old, new) = (policy.old.map(|id| sides.old.policy(id)), policy.new.map(|id| sides.new.policy(id)));
        let mut spoken = Spoken { old: Side::of(old), new: Side::of(new) };
        for clause in &policy.clauses {
            let is_reworded = clause.changes.contains(&Change::Retitled)
                || clause.texts.iter().any(|text| text.kind == TextKind::Prose);
            if is_reworded {
                spoken.old.reworded.extend(clause.old.map(|place| spoken.old.lead(place)));
                spoken.new.reworded.extend(clause.new.map(|place| spoken.new.lead(place)));
            }
            for RuleChange { old, new } in &clause.rules {
                spoken.old.rewritten.extend(old.iter().flat_map(|&rule| spoken.old.places(rule)).collect::<Vec<_>>());
                spoken.new.rewritten.extend(new.iter().flat_map(|&rule| spoken.new.places(rule)).collect::<Vec<_>>());
            }
        }
        spoken
    }

    /// Whether rules tell what the prose of a clause means, on either side.
    pub(super) fn has_rules(&self, clause: &ClauseChange) -> bool {
        self.any(clause, |side| &side.ruled)
    }

    /// Whether rules that tell what the prose of a clause means are written otherwise.
    pub(super) fn is_rewritten(&self, clause: &ClauseChange) -> bool {
        self.any(clause, |side| &side.rewritten)
    }

    /// Whether the prose that a clause's changed rules belong to changed too.
    pub(super) fn words_changed(&self, clause: &ClauseChange) -> bool {
        let has_changed = |side: &Side<'_>, rule: Option<RuleId>| {
            rule.is_some_and(|rule| side.places(rule).iter().any(|place| side.reworded.contains(place)))
        };
        clause.rules.iter().any(|it| has_changed(&self.old, it.old) || has_changed(&self.new, it.new))
    }

    /// Marks the clauses whose changed words are those of rules elsewhere that ask for something else.
    pub(super) fn mark(&self, clauses: &mut [ClauseChange]) {
        let leads = |clause: &ClauseChange| {
            [
                clause.old.map(|place| (true, self.old.lead(place))),
                clause.new.map(|place| (false, self.new.lead(place))),
            ]
        };
        let asks_else = |clause: &&ClauseChange| !clause.rules.is_empty() && clause.is_material();
        let material: HashSet<(bool, Parent)> = clauses.iter().filter(asks_else).flat_map(leads).flatten().collect();
        for clause in clauses.iter_mut().filter(|clause| clause.rules.is_empty()) {
            let is_reworded = clause.texts.iter().any(|text| text.kind == TextKind::Prose);
            clause.is_said_elsewhere =
                is_reworded && leads(clause).iter().flatten().any(|lead| material.contains(lead));
        }
    }

    fn any(&self, clause: &ClauseChange, set: for<'s> fn(&'s Side<'a>) -> &'s HashSet<Parent>) -> bool {
        let has = |side: &Side<'a>, place: Option<Parent>| place.is_some_and(|it| set(side).contains(&side.lead(it)));
        has(&self.old, clause.old) || has(&self.new, clause.new)
    }
}

impl<'a> Side<'a> {
    fn of(policy: Option<&'a Policy>) -> Self {
        let mut side = Side { policy, leads: policy.map(leads).unwrap_or_default(), ..Side::default() };
        for rule in policy.into_iter().flat_map(|policy| &policy.rules) {
            side.ruled.extend([side.lead(rule.block), side.lead(origin(rule))]);
        }
        side
    }

    /// Where a rule stands, and where the prose stands that it belongs to.
    fn places(&self, rule: RuleId) -> Vec<Parent> {
        let rule = self.policy.and_then(|policy| policy.rules.get(rule.index as usize));
        rule.map(|rule| vec![self.lead(rule.block), self.lead(origin(rule))]).unwrap_or_default()
    }

    fn lead(&self, place: Parent) -> Parent {
        place.and_then(|block| self.leads.get(block.0 as usize).copied().unwrap_or(place))
    }
}

/// For each block the place that leads to it. Blocks stand behind those they lie in.
fn leads(policy: &Policy) -> Vec<Parent> {
    let mut leads: Vec<Parent> = (0..policy.blocks.len() as u32).map(|at| Some(BlockIdx(at))).collect();
    let places = std::iter::once(None).chain((0..policy.blocks.len() as u32).map(|at| Some(BlockIdx(at))));
    for place in places {
        let own = place.and_then(|block| leads[block.0 as usize]);
        let mut goes_on = false;
        for item in policy.items_of(place) {
            match item {
                Item::Prose(prose) => goes_on = prose.markdown.trim_end().ends_with(':'),
                Item::Block(block) if goes_on => leads[block.0 as usize] = own,
                _ => {}
            }
        }
    }
    leads
}

/// The block whose prose a rule belongs to.
fn origin(rule: &Rule) -> Parent {
    match rule.prose {
        Some(Origin::Prose(place, _)) => place,
        Some(Origin::Heading(block)) => Some(block),
        None => rule.block,
    }
}
