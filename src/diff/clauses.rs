//! One block on both sides, or what stands in a policy itself: its place, its number, its words, its rules as written.

use super::{Change, ClauseChange, Is, Matching, Policies, RuleChange, TextChange, rules, rules_in, texts};
use crate::model::{Collection, Parent, PolicyId};

/// A block that is there on both sides.
pub(super) fn both(pair: Policies<'_>, matching: &Matching, old: Parent, new: Parent, moved: bool) -> ClauseChange {
    let (old_id, before) = pair.old;
    let (new_id, now) = pair.new;
    let mut changes = Vec::new();
    if moved {
        changes.push(Change::Moved);
    }
    if let (Some(old), Some(new)) = (old, new) {
        let (old, new) = (before.block(old), now.block(new));
        if old.number != new.number {
            changes.push(Change::Renumbered);
        }
        if old.id != new.id {
            changes.push(Change::Renamed);
        }
        if old.heading != new.heading {
            changes.push(Change::Retitled);
        }
    }
    let texts = texts::changes(pair, matching, old, new);
    if !texts.is_empty() {
        changes.push(Change::Reworded);
    }
    let rules = rules::changes(pair, matching, &rules_in(old_id, before, old), &rules_in(new_id, now, new));
    if !rules.is_empty() {
        changes.push(Change::RulesRewritten);
    }
    ClauseChange {
        old: Some(old),
        new: Some(new),
        changes,
        texts,
        rules,
        effect: None,
        remarks: Vec::new(),
        is_said_elsewhere: false,
    }
}

/// A block that is new.
pub(super) fn added(new: &Collection, policy: PolicyId, place: Parent) -> ClauseChange {
    let rules = rules::added(&rules_in(policy, new.policy(policy), place));
    let texts = texts::alone(new, policy, place, Is::Added);
    alone((None, Some(place)), Change::Added, texts, rules)
}

/// A block that is gone.
pub(super) fn removed(old: &Collection, policy: PolicyId, place: Parent, how: Change) -> ClauseChange {
    let rules = rules::removed(&rules_in(policy, old.policy(policy), place));
    let texts = texts::alone(old, policy, place, Is::Removed);
    alone((Some(place), None), how, texts, rules)
}

/// What stands on one side only. A policy itself is nothing to tell where nothing stands in it but blocks.
fn alone(
    (old, new): (Option<Parent>, Option<Parent>),
    how: Change,
    texts: Vec<TextChange>,
    rules: Vec<RuleChange>,
) -> ClauseChange {
    let is_block = old.or(new).is_some_and(|place| place.is_some());
    let is_something = is_block || !texts.is_empty() || !rules.is_empty();
    let changes = if is_something { vec![how] } else { Vec::new() };
    ClauseChange { old, new, changes, texts, rules, effect: None, remarks: Vec::new(), is_said_elsewhere: false }
}
