//! Which policy, block and rule of one side is which of the other.
//!
//! Policies are the same by key; then, where that leaves one on either side, by id, by title. Blocks are the same by path;
//! then by a `was` that names the old path; then by an id that stands once on either side, for one that moved without saying
//! so. Rules are matched within a pair of blocks, elsewhere.

use std::collections::HashMap;

use crate::model::{Block, BlockIdx, Collection, Parent, Policy, PolicyId};

/// What matches what.
pub struct Matching {
    /// For each old policy the new one.
    forward: Vec<Option<PolicyId>>,
    /// For each new policy the old one.
    backward: Vec<Option<PolicyId>>,
    /// For each old policy, for each of its blocks, the new block.
    blocks: Vec<Vec<Option<BlockIdx>>>,
}

impl Matching {
    /// Matches two collections.
    pub fn of(old: &Collection, new: &Collection) -> Self {
        let mut matching = Matching {
            forward: vec![None; old.policies.len()],
            backward: vec![None; new.policies.len()],
            blocks: Vec::with_capacity(old.policies.len()),
        };
        matching.match_by(old, new, |policy| Some(policy.key.as_str()));
        matching.match_by(old, new, |policy| Some(policy.id.as_str()));
        matching.match_by(old, new, |policy| Some(policy.title.as_str()));
        for (at, policy) in old.policies.iter().enumerate() {
            let blocks = match matching.forward[at] {
                Some(other) => blocks(policy, new.policy(other)),
                None => vec![None; policy.blocks.len()],
            };
            matching.blocks.push(blocks);
        }
        matching
    }

    /// Matches the policies that are left by what stands once on either side.
    fn match_by<'a>(&mut self, old: &'a Collection, new: &'a Collection, key: impl Fn(&'a Policy) -> Option<&'a str>) {
        let single = |collection: &'a Collection, taken: &[Option<PolicyId>]| {
            let mut found: HashMap<&str, Option<PolicyId>> = HashMap::new();
            for (id, policy) in collection.policies().filter(|(id, _)| taken[id.0 as usize].is_none()) {
                if let Some(key) = key(policy) {
                    found.entry(key).and_modify(|it| *it = None).or_insert(Some(id));
                }
            }
            found
        };
        let theirs = single(new, &self.backward);
        for (key, ours) in single(old, &self.forward) {
            if let (Some(ours), Some(&Some(theirs))) = (ours, theirs.get(key)) {
                self.forward[ours.0 as usize] = Some(theirs);
                self.backward[theirs.0 as usize] = Some(ours);
            }
        }
    }

    /// All policies: those of the new side with what they were, then those that are gone.
    pub fn policies(&self) -> Vec<(Option<PolicyId>, Option<PolicyId>)> {
        let there = self.backward.iter().enumerate().map(|(at, old)| (*old, Some(PolicyId(at as u32))));
        let is_gone =
            |(at, new): (usize, &Option<PolicyId>)| new.is_none().then_some((Some(PolicyId(at as u32)), None));
        there.chain(self.forward.iter().enumerate().filter_map(is_gone)).collect()
    }

    /// The new policy that an old one is.
    pub fn policy(&self, old: PolicyId) -> Option<PolicyId> {
        self.forward.get(old.0 as usize).copied().flatten()
    }

    /// The new block that an old one is.
    pub fn block(&self, old: PolicyId, block: BlockIdx) -> Option<BlockIdx> {
        self.blocks.get(old.0 as usize)?.get(block.0 as usize).copied().flatten()
    }

    /// The new place that an old one is: the policy itself stays what it is.
    pub fn place(&self, old: PolicyId, place: Parent) -> Option<Parent> {
        match place {
            None => self.policy(old).map(|_| None),
            Some(block) => self.block(old, block).map(Some),
        }
    }
}

/// For each block of the old policy the one it is in the new.
fn blocks(old: &Policy, new: &Policy) -> Vec<Option<BlockIdx>> {
    let mut pairing = Pairing { found: vec![None; old.blocks.len()], is_taken: vec![false; new.blocks.len()] };
    let by_path = |policy: &'_ Policy| -> HashMap<String, usize> {
        policy.blocks.iter().enumerate().map(|(at, block)| (block.path.clone(), at)).collect()
    };
    let theirs = by_path(new);
    for (at, block) in old.blocks.iter().enumerate() {
        pairing.join(at, theirs.get(&block.path));
    }
    if pairing.found.iter().all(Option::is_some) {
        return pairing.found;
    }
    let ours = by_path(old);
    for (at, block) in new.blocks.iter().enumerate() {
        for (was, _) in &block.was {
            if let Some(&old) = ours.get(was) {
                pairing.join(old, Some(&at));
            }
        }
    }
    // Blocks below one that was renamed or moved keep their ids below it. What a block lies in stands before it.
    for (at, block) in old.blocks.iter().enumerate() {
        if let Some(parent) = block.parent.and_then(|parent| pairing.found[parent.0 as usize]) {
            pairing.join(at, theirs.get(&format!("{}/{}", new.block(parent).path, block.id)));
        }
    }
    let single = |blocks: &[Block], is_left: &dyn Fn(usize) -> bool| {
        let mut ids: HashMap<String, Option<usize>> = HashMap::new();
        for (at, block) in blocks.iter().enumerate().filter(|(at, _)| is_left(*at)) {
            ids.entry(block.id.clone()).and_modify(|it| *it = None).or_insert(Some(at));
        }
        ids
    };
    let theirs = single(&new.blocks, &|at| !pairing.is_taken[at]);
    for (id, ours) in single(&old.blocks, &|at| pairing.found[at].is_none()) {
        if let (Some(ours), Some(Some(theirs))) = (ours, theirs.get(&id)) {
            pairing.join(ours, Some(theirs));
        }
    }
    pairing.found
}

/// Blocks as they are matched: each is matched once.
struct Pairing {
    /// For each old block the new one.
    found: Vec<Option<BlockIdx>>,
    /// For each new block whether it is matched.
    is_taken: Vec<bool>,
}

impl Pairing {
    fn join(&mut self, old: usize, new: Option<&usize>) {
        if let Some(&new) = new.filter(|new| self.found[old].is_none() && !self.is_taken[**new]) {
            self.found[old] = Some(BlockIdx(new as u32));
            self.is_taken[new] = true;
        }
    }
}
