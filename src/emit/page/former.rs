//! Ids that stay alive after what they named has moved or gone, each at one place.
//!
//! One that means something else by now, or that two claim, is a mistake that has been reported; here the first to claim it
//! has it, a block that bears it today before all others.

use std::collections::HashSet;

use crate::model::{BlockIdx, Policy};

/// The ids of a policy that are no longer those of a block.
#[derive(Debug)]
pub(in crate::emit) struct Former<'p> {
    /// For each block the ids it was known by.
    was: Vec<Vec<&'p str>>,
    /// For each withdrawn clause whether its place is kept.
    kept: Vec<bool>,
}

impl<'p> Former<'p> {
    pub fn of(policy: &'p Policy) -> Self {
        let mut taken: HashSet<&str> = policy.blocks.iter().map(|block| block.path.as_str()).collect();
        let was = policy
            .blocks
            .iter()
            .map(|block| block.was.iter().map(|(path, _)| path.as_str()).filter(|path| taken.insert(path)).collect())
            .collect();
        let kept = policy.withdrawn.iter().map(|it| taken.insert(&it.path)).collect();
        Former { was, kept }
    }

    /// The ids a block was known by.
    pub fn of_block(&self, block: BlockIdx) -> &[&'p str] {
        self.was.get(block.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether the place of a withdrawn clause, by its index, is kept.
    pub fn keeps(&self, withdrawn: usize) -> bool {
        self.kept.get(withdrawn).copied().unwrap_or(false)
    }
}
