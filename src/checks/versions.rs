//! Checks that compare a collection with what it was: `clausal check --against REV`.
//!
//! They read what changed from [`crate::diff`] and know no revision and no repository; without a base they do not run.

pub mod changed_since_approval;
pub mod unversioned_change;
pub mod vanished_id;
pub mod version_went_back;

use super::{Base, Context};
use crate::diff::{ClauseChange, Fate, FieldChange, PolicyChange, Remark};
use crate::model::{BlockIdx, Policy};
use crate::source::Span;

/// A policy that is there on both sides, before and now, with what changed in it.
struct Both<'a> {
    old: &'a Policy,
    new: &'a Policy,
    change: &'a PolicyChange,
}

/// The policies that changed and are there on both sides.
fn both<'a>(context: &'a Context<'_>, base: &'a Base<'_>) -> impl Iterator<Item = Both<'a>> {
    base.changes.policies.iter().filter(|change| change.fate == Fate::Changed).filter_map(|change| {
        let (old, new) = (base.collection.policy(change.old?), context.collection.policy(change.new?));
        Some(Both { old, new, change })
    })
}

impl Both<'_> {
    /// The clauses that ask for something else for sure, or whose binding words changed beside no rule. What could not be
    /// understood asks for nothing that anybody could hold against its author.
    fn material(&self) -> Vec<&ClauseChange> {
        let is_known = |clause: &&ClauseChange| !clause.remarks.contains(&Remark::Undecided);
        self.change.clauses.iter().filter(|clause| clause.is_material()).filter(is_known).collect()
    }

    /// What changed in the header that asks people for something else: for whom it speaks, what it says of acts no rule
    /// speaks of, what is filled in in its prose.
    fn fields(&self) -> impl Iterator<Item = &FieldChange> {
        let asks = |field: &&FieldChange| matches!(field.field, "organisation" | "default" | "parameter");
        self.change.fields.iter().filter(asks)
    }

    /// Where a clause stands now; what is gone is told at the block it stood in, or at the header.
    fn place(&self, clause: &ClauseChange) -> (Span, String) {
        let called = |policy: &Policy, block: BlockIdx| {
            let block = policy.block(block);
            match (&block.number, &block.heading) {
                (Some(number), Some(heading)) => format!("{number} {heading}"),
                (Some(name), None) | (None, Some(name)) => name.clone(),
                (None, None) => block.id.clone(),
            }
        };
        match (clause.new, clause.old) {
            (Some(Some(block)), _) => (self.new.block(block).id_span, called(self.new, block)),
            (None, Some(Some(block))) => (self.new.id_span, called(self.old, block)),
            _ => (self.new.id_span, "what stands in the policy itself".to_owned()),
        }
    }
}
