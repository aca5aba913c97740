//! One block on both sides, or what stands in a policy itself: its place, its number, its words, its rules as written.

use super::{Change, ClauseChange, Matching, Policies, rules, rules_in, texts};
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
    let it = new.policy(policy);
    let texts = texts::alone(new, policy, place, super::Is::Added);
    let rules = rules::added(&rules_in(policy, it, place));
    let is_there = place.is_some() || !texts.is_empty() || !rules.is_empty();
    let changes = if is_there { vec![Change::Added] } else { Vec::new() };
    ClauseChange {
        old: None,
        new: Some(place),
        changes,
        texts,
        rules,
        effect: None,
        remarks: Vec::new(),
        is_said_elsewhere: false,
    }
}

/// A block that is gone.
pub(super) fn removed(old: &Collection, policy: PolicyId, place: Parent, how: Change) -> ClauseChange {
    let it = old.policy(policy);
    let texts = texts::alone(old, policy, place, super::Is::Removed);
    let rules = rules::removed(&rules_in(policy, it, place));
    let was_there = place.is_some() || !texts.is_empty() || !rules.is_empty();
    let changes = if was_there { vec![how] } else { Vec::new() };
    ClauseChange {
        old: Some(place),
        new: None,
        changes,
        texts,
        rules,
        effect: None,
        remarks: Vec::new(),
        is_said_elsewhere: false,
    }
}
