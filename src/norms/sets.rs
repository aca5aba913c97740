//! Sets of situations, in two ways of keeping them behind one face: as unions of boxes, which is fast while there are few,
//! and as decision diagrams, which stay small where boxes would multiply.

use super::cells::Cells;
use super::diagram::Diagrams;
use super::quorum::Said;
use super::space::{Space, Tree};

/// Sets of situations grew beyond what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// Ways of keeping sets of situations of one space. No set ever holds a situation that cannot be: one in which voices are
/// given and not given as no people could.
pub(super) trait Sets<'s> {
    /// A set.
    type Set: Clone;

    /// Sets of this space.
    fn new(space: &'s Space<'s>) -> Result<Self, TooMany>
    where
        Self: Sized;

    /// The space.
    fn space(&self) -> &'s Space<'s>;

    /// The situations in which a tree holds.
    fn of(&mut self, tree: &Tree) -> Result<Self::Set, TooMany>;

    /// The set of no situation.
    fn none(&self) -> Self::Set;

    /// What is in both.
    fn and(&mut self, a: &Self::Set, b: &Self::Set) -> Result<Self::Set, TooMany>;

    /// What is in either.
    fn or(&mut self, a: &Self::Set, b: &Self::Set) -> Result<Self::Set, TooMany>;

    /// What is in the first alone.
    fn minus(&mut self, a: &Self::Set, b: &Self::Set) -> Result<Self::Set, TooMany>;

    /// All situations that share their context with one of the set; `any` takes the object out of the context.
    fn contexts(&mut self, a: &Self::Set, any: bool) -> Result<Self::Set, TooMany>;

    /// Whether it holds nothing.
    fn is_empty(&self, a: &Self::Set) -> bool;

    /// Those situations of a set in which a dimension has this value.
    fn fix(&mut self, a: &Self::Set, dim: usize, value: usize) -> Result<Self::Set, TooMany>;

    /// The first values of these dimensions, which are in order, among the situations of a set that is not empty, one
    /// dimension after the other; and the situations that have them. No dimension between these matters to the set unless
    /// it is fixed in it.
    fn first(&mut self, a: &Self::Set, dims: &[usize]) -> Result<(Vec<usize>, Self::Set), TooMany>;

    /// What a set that is not empty says of the voices, once everything else is fixed: one list of voices for each of its
    /// alternatives.
    fn voices(&self, a: &Self::Set) -> Result<Vec<Vec<Said>>, TooMany>;
}

/// A question about a space that can be asked in either way.
pub(super) trait Query {
    /// The answer.
    type Answer;

    /// The answer, in one way of keeping sets.
    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<Self::Answer, TooMany>;
}

/// Where more rules than this play together, boxes are not even tried.
const MOST_FOR_CELLS: usize = 24;

/// Answers a question about a space: with boxes, or with diagrams where those are too many.
pub(super) fn answer<Q: Query>(space: &Space<'_>, query: &Q) -> Result<Q::Answer, TooMany> {
    if space.members.len() > MOST_FOR_CELLS {
        return query.ask(&mut Diagrams::new(space)?);
    }
    match Cells::new(space).and_then(|mut cells| query.ask(&mut cells)) {
        Ok(answer) => Ok(answer),
        Err(TooMany) => query.ask(&mut Diagrams::new(space)?),
    }
}
