//! Prose as plain data: blocks, and in them runs of text, for a typesetter that takes values rather than markup.
//!
//! Nothing in it can be markup to anybody, since nothing in it is written in a language. It nests no deeper than
//! [`DEEPEST`], and a run says itself how it is set, so that whoever walks it needs no more depth than that.

mod writer;

use serde::Serialize;

pub use writer::blocks;

/// How deep lists and quotations lie in each other; what an author puts deeper follows at this depth.
pub const DEEPEST: usize = 6;

/// A block of prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its words.
        pieces: Vec<Piece>,
    },
    /// A list.
    List {
        /// The number it starts from, where it is numbered.
        start: Option<u64>,
        /// What stands in each item.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Lines that are shown as they are.
    Code {
        /// Them.
        text: String,
    },
    /// A table.
    Table {
        /// For each column `start`, `center` or `end`.
        aligned: Vec<&'static str>,
        /// The cells of its head.
        head: Vec<Vec<Piece>>,
        /// The cells of each row, as many as the head has.
        rows: Vec<Vec<Vec<Piece>>>,
    },
    /// A line between two parts of a text.
    Divider,
}

/// Words that lead to one place, or to none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The place in this document they lead to.
    pub anchor: Option<String>,
    /// The address outside it they lead to.
    pub url: Option<String>,
    /// Whether they stand for something that nobody has filled in.
    pub unset: bool,
    /// The words.
    pub runs: Vec<Run>,
}

/// Words that are set in one way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Them; a new line alone ends the line.
    pub text: String,
    /// Whether they are important.
    pub strong: bool,
    /// Whether they are stressed.
    pub emphasised: bool,
    /// Whether they are the words of a machine.
    pub code: bool,
}

impl Piece {
    /// Plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Piece { runs: vec![Run { text: text.into(), ..Run::default() }], ..Piece::default() }
    }
}

#[cfg(test)]
mod tests;
