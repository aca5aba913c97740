//! Prose for readers: its Markdown as HTML and as Markdown that Pandoc and GitHub read alike, its links led somewhere.
//!
//! What an author wrote is text, whatever it looks like: no markup of the target format comes through but what is made
//! here, and no address but those a reader may safely follow. Where a link leads is asked of [`Links`]; this module knows
//! no policy.

mod address;
#[cfg(feature = "pdf")]
mod blocks;
pub mod escape;
mod html;
mod markdown;
mod marked;

use std::borrow::Cow;

use crate::model::Inline;

pub use address::{is_safe, spelled};
#[cfg(feature = "pdf")]
pub use blocks::{Block, Piece, Run, blocks};
pub use html::html;
pub use markdown::{Frame, markdown};

/// A link of prose as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// Its words.
    pub shown: Cow<'a, str>,
    /// Where it leads.
    pub href: Option<Cow<'a, str>>,
    /// What it is: `term`, `ref`, `unset`, or nothing special.
    pub class: &'static str,
    /// What a reader sees when pointing at it.
    pub title: Option<Cow<'a, str>>,
}

/// Whoever knows where the links of a piece of prose lead.
pub trait Links {
    /// One of them.
    fn link<'a>(&'a self, inline: &'a Inline) -> Link<'a>;
}
