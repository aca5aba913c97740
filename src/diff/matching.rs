//! Which policy, block and rule of one side is which of the other.
//!
//! Policies are the same by key; then, where that leaves one on either side, by id, by title. Blocks are the same by path;
//! then by a `was` that names the old path; then by an id that stands once on either side, for one that moved without saying
//! so. Rules are matched within a pair of blocks, elsewhere.

use std::collections::HashMap;

use crate::model::{BlockIdx, Collection, Parent, Policy, PolicyId};

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
    let mut found = vec![None; old.blocks.len()];
    let mut taken = vec![false; new.blocks.len()];
    let mut join = |found: &mut Vec<Option<BlockIdx>>, ours: usize, theirs: usize| {
        if found[ours].is_none() && !taken[theirs] {
            found[ours] = Some(BlockIdx(theirs as u32));
            taken[theirs] = true;
        }
        taken[theirs]
    };
    let by_path: HashMap<&str, usize> = new.blocks.iter().enumerate().map(|(at, it)| (it.path.as_str(), at)).collect();
    for (ours, block) in old.blocks.iter().enumerate() {
        if let Some(&theirs) = by_path.get(block.path.as_str()) {
            join(&mut found, ours, theirs);
        }
    }
    if found.iter().all(Option::is_some) {
        return found;
    }
    let ours: HashMap<&str, usize> = old.blocks.iter().enumerate().map(|(at, it)| (it.path.as_str(), at)).collect();
    for (theirs, block) in new.blocks.iter().enumerate() {
        for (was, _) in &block.was {
            if let Some(&ours) = ours.get(was.as_str()) {
                join(&mut found, ours, theirs);
            }
        }
    }
    // Blocks below one that was renamed or moved keep their ids below it.
    for ours in 0..old.blocks.len() {
        let Some(parent) = old.blocks[ours].parent.and_then(|parent| found[parent.0 as usize]) else { continue };
        let path = format!("{}/{}", new.block(parent).path, old.blocks[ours].id);
        if let Some(&theirs) = by_path.get(path.as_str()).filter(|_| found[ours].is_none()) {
            join(&mut found, ours, theirs);
        }
    }
    let left = |blocks: &[crate::model::Block], is_left: &dyn Fn(usize) -> bool| {
        let mut ids: HashMap<String, Option<usize>> = HashMap::new();
        for (at, block) in blocks.iter().enumerate().filter(|(at, _)| is_left(*at)) {
            ids.entry(block.id.clone()).and_modify(|it| *it = None).or_insert(Some(at));
        }
        ids
    };
    let reached: Vec<bool> = {
        let mut reached = vec![false; new.blocks.len()];
        found.iter().flatten().for_each(|block| reached[block.0 as usize] = true);
        reached
    };
    let theirs = left(&new.blocks, &|at| !reached[at]);
    for (id, ours) in left(&old.blocks, &|at| found[at].is_none()) {
        if let (Some(ours), Some(&Some(theirs))) = (ours, theirs.get(&id)) {
            found[ours] = Some(BlockIdx(theirs as u32));
        }
    }
    found
}
