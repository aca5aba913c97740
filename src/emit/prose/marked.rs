//! The Markdown of prose with each link replaced by a mark that Markdown takes for part of a word.
//!
//! Marks are made of two private characters with the place of the link between them; where an author wrote such a
//! character, it is replaced first, so that nobody can forge one.

use std::borrow::Cow;

use crate::model::Prose;

const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// The text to be parsed.
pub(super) fn text(prose: &Prose) -> Cow<'_, str> {
    if prose.inlines.is_empty() {
        return clean(&prose.markdown);
    }
    let mut text = String::with_capacity(prose.markdown.len());
    let mut at = 0;
    for (place, inline) in prose.inlines.iter().enumerate() {
        text.push_str(&clean(prose.markdown.get(at..inline.start as usize).unwrap_or("")));
        text.push(OPEN);
        text.push_str(&place.to_string());
        text.push(CLOSE);
        at = inline.end as usize;
    }
    text.push_str(&clean(prose.markdown.get(at..).unwrap_or("")));
    Cow::Owned(text)
}

fn clean(text: &str) -> Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        return Cow::Owned(text.replace([OPEN, CLOSE], "\u{FFFD}"));
    }
    Cow::Borrowed(text)
}

/// A piece of parsed text.
pub(super) enum Piece<'t> {
    /// Words.
    Words(&'t str),
    /// The place of a link.
    Link(usize),
}

/// Parsed text cut at its marks.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(start) = rest.find(OPEN) else { return Some(Piece::Words(std::mem::take(&mut rest))) };
        if start > 0 {
            let (words, after) = rest.split_at(start);
            rest = after;
            return Some(Piece::Words(words));
        }
        let inner = rest.strip_prefix(OPEN).unwrap_or("");
        match inner.split_once(CLOSE).and_then(|(place, after)| Some((place.parse().ok()?, after))) {
            Some((place, after)) => {
                rest = after;
                Some(Piece::Link(place))
            }
            // A mark that Markdown has cut in two: none of its text is the author's.
            None => {
                rest = "";
                None
            }
        }
    })
}
