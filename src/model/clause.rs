//! Blocks of a policy – sections, annexes and clauses – and what stands in them.

use super::{DefinitionIdx, Prose};
use crate::source::Span;

/// A block of a policy: an index into [`super::Policy::blocks`], which are in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockIdx(pub u32);

/// What holds a block or an item: another block, or `None` for the policy itself.
pub type Parent = Option<BlockIdx>;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A section with a heading.
    Section,
    /// An annex, lettered.
    Annex,
    /// A clause.
    Clause,
}

/// A section, annex or clause.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The id written.
    pub id: String,
    /// The ids from the policy down, joined by `/`: unique in its policy.
    pub path: String,
    /// Its stable key: `organisation/policy:` and the path.
    pub key: String,
    /// Its heading; sections and annexes have one.
    pub heading: Option<String>,
    /// The place of the heading's text.
    pub heading_span: Option<Span>,
    /// Its number as computed, `5.1` or `(a)`; `None` where the policy's numbering gives it none.
    pub number: Option<String>,
    /// The historic number an author keeps, and its place.
    pub kept_number: Option<(String, Span)>,
    /// Paths it was known by before, with their places.
    pub was: Vec<(String, Span)>,
    /// The block it lies in.
    pub parent: Parent,
    /// How deep it lies: 1 for a block of the policy itself.
    pub depth: u32,
    /// What stands in it, in order.
    pub items: Vec<Item>,
    /// The whole block.
    pub span: Span,
    /// The place of its id.
    pub id_span: Span,
}

/// One thing in a block or in the policy itself.
#[derive(Clone, Debug)]
pub enum Item {
    /// A run of prose.
    Prose(Prose),
    /// A rule: an index into the policy's rules.
    Rule(u32),
    /// A block inside.
    Block(BlockIdx),
    /// A note: shown, not binding.
    Note(Prose),
    /// A definition.
    Definition(DefinitionIdx),
    /// A heading that has no number.
    Heading(String, Span),
    /// The place of a deleted clause: an index into the policy's withdrawn ids.
    Withdrawn(u32),
    /// A finding that is accepted here: an index into the policy's accepts.
    Accept(u32),
}

impl BlockKind {
    /// As it is written: `clause`.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Section => "section",
            BlockKind::Annex => "annex",
            BlockKind::Clause => "clause",
        }
    }
}
