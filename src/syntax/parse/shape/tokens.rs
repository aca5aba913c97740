//! The tokens of a text whose shape is known, one after the other.

use super::super::braces::{begins_comment, reference_end, string_end};
use super::{Mark, Shape};

/// A token of a text, or a piece of it that stays as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    /// Its text, without blanks at its end.
    pub text: &'t str,
    /// What it is.
    pub form: Form,
    /// What begins with it.
    pub mark: Option<Mark>,
    /// How many line ends stand between the token before it and this one: none, one, or more than that.
    pub line_ends: u8,
    /// Where its line begins, if nothing but blanks stands before it there: its margin.
    pub margin: Option<&'t str>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A word, a number, a string, a reference, an equals sign.
    Word,
    /// `,`, `:` or `)`, which stand close to what is before them.
    Closing,
    /// `(`, which stands close to what follows it.
    Bracket,
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// A comment, to the end of its line.
    Comment,
    /// A line of prose: what is behind the bar and the blank after it.
    Prose,
    /// What could not be read.
    Verbatim,
}

/// Reads the tokens of a text.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    shape: &'t Shape,
    at: usize,
    marks: usize,
    verbatim: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str, shape: &'t Shape) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Tokens { text, shape, at, marks: 0, verbatim: 0 }
    }

    /// What begins at a place; the marks before it have been met.
    fn mark(&mut self, at: usize) -> Option<Mark> {
        let marks = self.shape.marks.get(self.marks..).unwrap_or_default();
        self.marks += marks.iter().take_while(|(place, _)| *place < at).count();
        self.shape.marks.get(self.marks).filter(|(place, _)| *place == at).map(|&(_, mark)| mark)
    }

    /// The end of a range at a place that has to stay as it stands.
    fn verbatim(&mut self, at: usize) -> Option<usize> {
        let ranges = self.shape.verbatim.get(self.verbatim..).unwrap_or_default();
        self.verbatim += ranges.iter().take_while(|(start, _)| *start < at).count();
        self.shape.verbatim.get(self.verbatim).filter(|(start, _)| *start == at).map(|&(_, end)| end)
    }

    /// The end of the token at a place and what it is.
    fn token(&mut self, at: usize) -> (usize, Form) {
        if let Some(end) = self.verbatim(at) {
            return (end, Form::Verbatim);
        }
        let bytes = self.text.as_bytes();
        let line_end =
            || memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |end| at + end);
        match bytes.get(at) {
            Some(b'{') => (at + 1, Form::Open),
            Some(b'}') => (at + 1, Form::Close),
            Some(b'(') => (at + 1, Form::Bracket),
            Some(b')' | b',' | b':') => (at + 1, Form::Closing),
            Some(b'|') => (line_end(), Form::Prose),
            Some(b'"') => (string_end(bytes, at, line_end()), Form::Word),
            Some(b'@') => (reference_end(bytes, at + 1, line_end()), Form::Word),
            Some(b'#') if begins_comment(self.text.get(at..line_end()).unwrap_or("")) => (line_end(), Form::Comment),
            _ => (self.word_end(at), Form::Word),
        }
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let is_end = |letter: char| letter.is_whitespace() || "{}(),:\"|@#".contains(letter);
        // A sign that is nothing else is a word of its own, so that reading always goes on.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest.get(first..).and_then(|rest| rest.find(is_end)).map_or(rest.len(), |length| first + length);
        at + length
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.text.get(self.at..)?;
        let blanks = rest.len() - rest.trim_start().len();
        let gap = rest.get(..blanks).unwrap_or("");
        let start = self.at + blanks;
        if start >= self.text.len() {
            return None;
        }
        let line_ends = memchr::memchr_iter(b'\n', gap.as_bytes()).take(2).count() as u8;
        let is_first = self.text.get(..self.at).is_none_or(|before| before.is_empty() || before == "\u{feff}");
        let margin = match gap.rfind('\n') {
            Some(at) => gap.get(at + 1..),
            None => is_first.then_some(gap),
        };
        let mark = self.mark(start);
        let (end, form) = self.token(start);
        self.at = end;
        let text = self.text.get(start..end).unwrap_or("");
        let text = match form {
            Form::Prose => {
                let text = text.strip_prefix('|').unwrap_or(text);
                text.strip_prefix(' ').unwrap_or(text).trim_end()
            }
            _ => text.trim_end(),
        };
        Some(Token { text, form, mark, line_ends, margin })
    }
}
