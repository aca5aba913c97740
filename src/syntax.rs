//! Text to tree: `.policy` source to an [`ast::Ast`] with the findings met on the way. Total: any text gives a tree.
//! And text to text: the same source in its one canonical layout.

pub mod ast;
mod format;
mod parse;

pub use format::{Refusal, format};
pub use parse::{Parsed, Reading, is_id, is_reserved, parse};
