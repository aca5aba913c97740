//! Which rule of a clause is which, and which of them are written otherwise.

use super::same::same;
use super::{Matching, Policies};
use crate::model::RuleId;

/// A rule that is written otherwise, came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule before.
    pub old: Option<RuleId>,
    /// The rule now.
    pub new: Option<RuleId>,
}

/// The rules of a clause that changed, in the order in which they stand, those that went last.
///
/// Rules of one name are one; then rules that say the same; then, in order, rules that ask for the same kind of act.
pub(super) fn changes(pair: Policies<'_>, matching: &Matching, old: &[RuleId], new: &[RuleId]) -> Vec<RuleChange> {
    let is_same = |old: RuleId, new: RuleId| same(pair.sides, matching, old, new);
    // As good as always nothing has changed.
    if old.len() == new.len() && old.iter().zip(new).all(|(&old, &new)| is_same(old, new)) {
        return Vec::new();
    }
    let rule = (|id: RuleId| pair.sides.old.rule(id), |id: RuleId| pair.sides.new.rule(id));
    let mut before: Vec<Option<RuleId>> = vec![None; new.len()];
    let mut is_free = vec![true; old.len()];
    let mut join = |before: &mut Vec<Option<RuleId>>, fits: &dyn Fn(RuleId, RuleId) -> bool| {
        for (at, &theirs) in new.iter().enumerate().filter(|(at, _)| before[*at].is_none()).collect::<Vec<_>>() {
            let found = (0..old.len()).find(|&at| is_free[at] && fits(old[at], theirs));
            if let Some(found) = found {
                is_free[found] = false;
                before[at] = Some(old[found]);
            }
        }
    };
    let named = |old: RuleId, new: RuleId| rule.0(old).name.is_some() && rule.0(old).name == rule.1(new).name;
    let both_nameless = |old: RuleId, new: RuleId| rule.0(old).name.is_none() || rule.1(new).name.is_none();
    let alike = |old: RuleId, new: RuleId| {
        let acts = |rule: &crate::model::Rule, side: &crate::model::Collection| -> Vec<String> {
            rule.actions.iter().map(|&action| side.vocabulary.word(action).id.clone()).collect()
        };
        let (left, right) = (acts(rule.0(old), pair.sides.old), acts(rule.1(new), pair.sides.new));
        left.iter().any(|act| right.contains(act))
    };
    join(&mut before, &named);
    join(&mut before, &is_same);
    join(&mut before, &|old, new| both_nameless(old, new) && alike(old, new));
    join(&mut before, &|old, new| both_nameless(old, new) && rule.0(old).modality == rule.1(new).modality);
    let there = new.iter().zip(&before).map(|(&new, &old)| RuleChange { old, new: Some(new) });
    let gone =
        old.iter().zip(&is_free).filter(|(_, free)| **free).map(|(&old, _)| RuleChange { old: Some(old), new: None });
    let changed = there.filter(|it| match (it.old, it.new) {
        (Some(old), Some(new)) => !is_same(old, new),
        _ => true,
    });
    changed.chain(gone).collect()
}

/// All rules of a clause that is new.
pub(super) fn added(new: &[RuleId]) -> Vec<RuleChange> {
    new.iter().map(|&rule| RuleChange { old: None, new: Some(rule) }).collect()
}

/// All rules of a clause that is gone.
pub(super) fn removed(old: &[RuleId]) -> Vec<RuleChange> {
    old.iter().map(|&rule| RuleChange { old: Some(rule), new: None }).collect()
}
