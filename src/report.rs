//! Findings to text: for people, for editors and build servers, and for other programs.
//!
//! Everything here is a function of its arguments: what a terminal can show is told by the caller, who also decides
//! where the text goes. This module knows findings and sources only – no policy, no rule, no check beyond its name – and
//! it is the only one that names miette.
//!
//! An author's text is never sent to a terminal as it is: control characters are spelt out.

mod choices;
mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod graphical;
mod human;
mod json;
mod plain;
mod sarif;
mod short;
mod summary;
mod text;

pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::{json, schema};
pub use sarif::sarif;
pub use short::short;
pub use summary::{Totals, summary};

/// How findings are shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether snippets are drawn with frames and arrows; plain lines otherwise, whose prose is never wrapped.
    pub graphical: bool,
    /// Whether characters outside ASCII may be used for drawing.
    pub unicode: bool,
    /// Whether colours may be used, in the graphical form only.
    pub colour: bool,
    /// Columns of the terminal, for the graphical form.
    pub width: usize,
    /// Whether findings that somebody has accepted are shown too.
    pub accepted: bool,
}

impl Default for Options {
    /// What suits a file or a pipe.
    fn default() -> Self {
        Options { graphical: false, unicode: true, colour: false, width: 80, accepted: false }
    }
}
