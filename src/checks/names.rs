//! Checks on words, ids and references: what is declared, what is named, and whether the two meet.
//!
//! Most of their findings are made while the sources are resolved; here are their pages, and the checks that need the
//! whole collection.

pub mod ambiguous_reference;
pub mod circular_definition;
pub mod circular_hierarchy;
pub mod duplicate_form;
pub mod duplicate_id;
pub mod reused_id;
pub mod unknown_name;
pub mod unknown_reference;
pub mod unused_definition;
pub mod unused_word;
