//! Checks on the parts of a rule and whether they fit together. All their findings are made while the sources are
//! resolved; here are their pages.

pub mod ambiguous_and_or;
pub mod crowded_rule;
pub mod incomparable_units;
pub mod misplaced_only_when;
pub mod misplaced_or;
pub mod missing_object;
pub mod unexpected_preposition;
pub mod wrong_filler;
