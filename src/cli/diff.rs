//! `clausal diff`: what changed between two states of a collection, and what it means for whom.

pub(super) mod sides;
