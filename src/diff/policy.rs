//! One policy on both sides: what became of it, of its header, and of each of its blocks; not yet what that does.

use std::collections::HashMap;

use super::{Change, ClauseChange, Fate, Matching, Policies, PolicyChange, Sides, clauses, header};
use crate::model::{BlockIdx, Item, Parent, Policy, PolicyId};

/// What changed about a policy that is there on one side at least. Blocks of which nothing seems to have changed are among
/// the clauses still: what their rules mean may have.
pub(super) fn changes(
    sides: Sides<'_>,
    matching: &Matching,
    old: Option<PolicyId>,
    new: Option<PolicyId>,
) -> PolicyChange {
    let clauses = match (old, new) {
        (Some(old), Some(new)) => {
            let pair = Policies { sides, old: (old, sides.old.policy(old)), new: (new, sides.new.policy(new)) };
            both(pair, matching)
        }
        (Some(old), None) => {
            alone(sides.old.policy(old), |place| clauses::removed(sides.old, old, place, Change::Removed))
        }
        (None, Some(new)) => alone(sides.new.policy(new), |place| clauses::added(sides.new, new, place)),
        (None, None) => Vec::new(),
    };
    let fields = match (old, new) {
        (Some(old), Some(new)) => header::changes(sides, old, new),
        _ => Vec::new(),
    };
    PolicyChange { old, new, fate: fate(sides, old, new), unread: false, fields, clauses }
}

fn fate(sides: Sides<'_>, old: Option<PolicyId>, new: Option<PolicyId>) -> Fate {
    let (Some(old), new) = (old, new) else { return Fate::Added };
    let Some(new) = new else { return Fate::Removed };
    match (sides.old.policy(old).is_withdrawn(), sides.new.policy(new).is_withdrawn()) {
        (false, true) => Fate::Withdrawn,
        (true, false) => Fate::Reinstated,
        _ => Fate::Changed,
    }
}

/// The policy itself and its blocks, each by itself.
fn alone(policy: &Policy, one: impl Fn(Parent) -> ClauseChange) -> Vec<ClauseChange> {
    let places = std::iter::once(None).chain((0..policy.blocks.len() as u32).map(|at| Some(BlockIdx(at))));
    places.map(one).filter(|clause| !clause.changes.is_empty()).collect()
}

fn both(pair: Policies<'_>, matching: &Matching) -> Vec<ClauseChange> {
    let (old_id, old) = pair.old;
    let (_, new) = pair.new;
    let mut before: Vec<Option<BlockIdx>> = vec![None; new.blocks.len()];
    for at in 0..old.blocks.len() as u32 {
        if let Some(block) = matching.block(old_id, BlockIdx(at)) {
            before[block.0 as usize] = Some(BlockIdx(at));
        }
    }
    let moved = moved(pair, matching, &before);
    let withdrawn: HashMap<&str, &str> = new.withdrawn.iter().map(|it| (it.path.as_str(), it.id.as_str())).collect();

    // Those that are gone stand behind what they stood behind, in the order in which they stood.
    let mut gone: Vec<(u32, BlockIdx)> = Vec::new();
    let mut behind = 0;
    for at in 0..old.blocks.len() as u32 {
        match matching.block(old_id, BlockIdx(at)) {
            Some(block) => behind = block.0 + 1,
            None => gone.push((behind, BlockIdx(at))),
        }
    }
    gone.sort_by_key(|(behind, _)| *behind);
    let mut gone = gone.into_iter().peekable();
    let mut found = vec![clauses::both(pair, matching, None, None, false)];
    for at in 0..=new.blocks.len() as u32 {
        while let Some((_, block)) = gone.next_if(|(behind, _)| *behind <= at) {
            let is_kept = withdrawn.contains_key(old.block(block).path.as_str());
            let how = if is_kept { Change::Withdrawn } else { Change::Removed };
            found.push(clauses::removed(pair.sides.old, old_id, Some(block), how));
        }
        let Some(was) = before.get(at as usize) else { continue };
        let block = BlockIdx(at);
        found.push(match was {
            Some(was) => clauses::both(pair, matching, Some(*was), Some(block), moved[at as usize]),
            None => clauses::added(pair.sides.new, pair.new.0, Some(block)),
        });
    }
    found
}

/// For each new block whether it stands elsewhere than before: below another block, or in another order. Of blocks in
/// another order as few as possible count as moved.
fn moved(pair: Policies<'_>, matching: &Matching, before: &[Option<BlockIdx>]) -> Vec<bool> {
    let (old_id, old) = pair.old;
    let (_, new) = pair.new;
    let mut moved = vec![false; new.blocks.len()];
    let parents = std::iter::once(None).chain((0..new.blocks.len() as u32).map(|at| Some(BlockIdx(at))));
    for parent in parents {
        let children = new.items_of(parent).iter().filter_map(|item| match item {
            Item::Block(block) => Some(*block),
            _ => None,
        });
        let mut stayed: Vec<(BlockIdx, BlockIdx)> = Vec::new();
        for child in children {
            let Some(was) = before[child.0 as usize] else { continue };
            if matching.place(old_id, old.block(was).parent) == Some(parent) {
                stayed.push((was, child));
            } else {
                moved[child.0 as usize] = true;
            }
        }
        for (at, stays) in longest_rising(&stayed).into_iter().enumerate() {
            if !stays {
                moved[stayed[at].1.0 as usize] = true;
            }
        }
    }
    moved
}

/// Which of the pairs belong to a longest run that rises in its first halves (patience sorting, after Fredman, 1975).
fn longest_rising(pairs: &[(BlockIdx, BlockIdx)]) -> Vec<bool> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].0 < pair.0);
        before[at] = pile.checked_sub(1).map(|below| tops[below]);
        match tops.get_mut(pile) {
            Some(top) => *top = at,
            None => tops.push(at),
        }
    }
    let mut stays = vec![false; pairs.len()];
    let mut at = tops.last().copied();
    while let Some(here) = at {
        stays[here] = true;
        at = before[here];
    }
    stays
}
