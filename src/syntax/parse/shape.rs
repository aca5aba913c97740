//! What a layout has to know of a text: where its statements and their parts begin, and what could not be read.
//!
//! The tree leaves out what has no meaning, and much of what is broken. Here nothing is left out: every sign of a text
//! is a token, a comment, a line of prose, or inside a range that has to stay as it stands. It knows of no layout.

mod marks;
mod same;
mod tokens;

use pest::Parser;

use self::marks::Marker;
pub use self::same::{same_tree, signs};
pub use self::tokens::{Form, Token, Tokens};
use super::grammar::{Grammar, Rule};

/// What begins where in a text.
#[derive(Debug, Default)]
pub struct Shape {
    /// Places, in order, each with what begins there.
    marks: Vec<(usize, Mark)>,
    /// Ranges that could not be read, in order.
    verbatim: Vec<(usize, usize)>,
}

/// What begins at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A statement: something that stands on lines of its own.
    Begin(Kind),
    /// A part of a statement that stands on a line of its own.
    Part,
    /// A part of a statement that stands on a line of its own where the whole does not fit on one.
    PartIfLong,
    /// A part of a statement that stands on a line of its own where it does not fit on the line before it.
    Phrase,
    /// A brace that holds nothing but words or values and their labels.
    Short,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A vocabulary, the header of a policy, a section, an annex or a clause.
    Block,
    /// A note or a definition.
    Aside,
    /// A run of prose.
    Prose,
    /// A field of a header that says what it says in a column.
    Field,
    /// Anything else that can be read.
    Plain,
    /// What cannot be read.
    Junk,
}

/// The shape of a text whose braces match; `None` where a brace closes nothing, so that nothing is sure.
pub fn shape(text: &str) -> Option<Shape> {
    let pairs = Grammar::parse(Rule::file, text).ok()?;
    let mut marker = Marker::new(text);
    for pair in pairs.flat_map(pest::iterators::Pair::into_inner) {
        marker.item(pair);
    }
    marker.finish()
}

impl Shape {
    /// The tokens of the text this is the shape of.
    pub fn tokens<'a>(&'a self, text: &'a str) -> Tokens<'a> {
        Tokens::new(text, self)
    }
}
