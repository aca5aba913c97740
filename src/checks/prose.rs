//! Checks on prose: whether its rules say what it says, and what an editor would mark in it.
//!
//! They read prose as the model has it, in Markdown; they know no page that is made of it.

pub mod duplicate_number;
pub mod left_over_placeholder;
pub mod modality;
pub mod modality_mismatch;
pub mod numbering_gap;
pub mod reading;
pub mod refused_markdown;
mod sentences;
mod siblings;
pub mod unmodelled_norm;
pub mod unset_parameter;
