//! Text to tree: `.policy` source to an [`ast::Ast`] with the findings met on the way. Total: any text gives a tree.

pub mod ast;
mod parse;

pub use parse::{Parsed, is_id, is_reserved, parse};
