//! The parser that pest makes of `grammar/policy.pest`.

/// The generated parser; its rules are those of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/policy.pest"]
pub(crate) struct Grammar;
