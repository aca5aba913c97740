//! The words of a sentence around one of them.
//!
//! It knows what a word is in Markdown, and which marks part two phrases. It does not know what any word means.

use memchr::{memchr, memrchr};

use super::table::{Part, Table, Word};

/// Whether the bytes are a word of their own.
pub(super) fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(<[u8]>::last);
    let after = text.get(end..).unwrap_or_default();
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if before.is_some_and(|byte| joins(byte) || (*byte >= 0x80 && !after_mark(text, start))) {
        return false;
    }
    match after {
        [0xE2, 0x80, 0x99, next, ..] | [b'\'', next, ..] => !next.is_ascii_alphabetic(),
        [0xE2, 0x80, ..] => true,
        [byte, ..] => !joins(byte) && *byte < 0x80,
        [] => true,
    }
}

/// Whether the three bytes before `at` are a dash or a curly quote.
fn after_mark(text: &[u8], at: usize) -> bool {
    matches!(at.checked_sub(3).and_then(|from| text.get(from..at)), Some([0xE2, 0x80, _]))
}

/// Whether `at` stands between braces: what is shown for a term is a name and says nothing.
pub(super) fn in_braces(text: &[u8], at: usize) -> bool {
    let before = text.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
    match memrchr(b'{', before) {
        None => false,
        Some(open) if open > 0 && before.get(open - 1) == Some(&b'\\') => false,
        Some(open) => memchr(b'}', before.get(open..).unwrap_or_default()).is_none(),
    }
}

/// How far to look for the other brace, or for the comma that ends a condition. Without a bound, a long line of braces
/// would be read as often as it has any.
const NEAR: usize = 512;

/// The text from `at` on, as far as it is looked at.
pub(super) fn near(text: &[u8], at: usize) -> &[u8] {
    text.get(at..text.len().min(at.saturating_add(NEAR))).unwrap_or_default()
}

/// A word of the sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: Word,
}

/// Which way to look from the anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    /// The part nearest the anchor, and the others.
    pub(super) fn split(self, parts: &[Part]) -> Option<(&Part, &[Part])> {
        match self {
            Self::After => parts.split_first(),
            Self::Before => parts.split_last(),
        }
    }
}

/// The words around an anchor up to the next punctuation marks, read as they are asked for.
pub(super) struct Window<'t> {
    pub(super) table: &'t Table,
    pub(super) text: &'t [u8],
    pub(super) anchor: Token,
    before: Row,
    after: Row,
}

/// The words on one side, nearest first.
#[derive(Default)]
struct Row {
    tokens: [Token; Window::REACH],
    len: usize,
    ended: bool,
}

impl<'t> Window<'t> {
    /// How many words it reaches on each side.
    pub(super) const REACH: usize = 12;

    pub(super) fn new(table: &'t Table, text: &'t [u8], anchor: Token) -> Self {
        Self { table, text, anchor, before: Row::default(), after: Row::default() }
    }

    /// The word so many words away; the anchor itself at 0.
    pub(super) fn get(&mut self, side: Side, distance: usize) -> Option<Token> {
        let Some(index) = distance.checked_sub(1) else { return Some(self.anchor) };
        let row = match side {
            Side::Before => &mut self.before,
            Side::After => &mut self.after,
        };
        while row.len <= index && !row.ended {
            let last = row.len.checked_sub(1).and_then(|last| row.tokens.get(last)).unwrap_or(&self.anchor);
            let next = match side {
                Side::Before => token_before(self.table, self.text, last.start),
                Side::After => next_token(self.table, self.text, last.end),
            };
            match (next, row.tokens.get_mut(row.len)) {
                (Some(token), Some(slot)) => {
                    *slot = token;
                    row.len += 1;
                }
                _ => row.ended = true,
            }
        }
        row.tokens.get(..row.len)?.get(index).copied()
    }
}

/// Whether a byte belongs to a word: letters, digits, and all that is not ASCII but for dashes and curly quotes.
fn in_word(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(byte) if byte.is_ascii_alphanumeric() => true,
        Some(b'-' | b'\'') => {
            let letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
            letter(at.checked_sub(1)) && letter(at.checked_add(1))
        }
        Some(byte) if *byte >= 0x80 => {
            let from = (at.saturating_sub(2)..=at).find(|from| text.get(*from) == Some(&0xE2));
            match from.and_then(|from| text.get(from..from + 3).map(|mark| (from, mark))) {
                Some((from, [0xE2, 0x80, 0x99])) => {
                    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                    letter(text.get(..from).and_then(<[u8]>::last)) && letter(text.get(from + 3))
                }
                Some((_, [0xE2, 0x80, _])) => false,
                _ => true,
            }
        }
        _ => false,
    }
}

/// Whether a byte between two words leaves them in one phrase: blanks, slashes, emphasis and quotation marks.
fn is_transparent(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b' ' | b'\n' | b'\r' | b'\t' | b'*' | b'_' | b'"' | b'\'' | b'`' | b'[' | b'/') => true,
        Some(byte) if *byte >= 0x80 => {
            let from = (at.saturating_sub(2)..=at).find(|from| text.get(*from) == Some(&0xE2));
            matches!(from.and_then(|from| text.get(from..from + 3)), Some([0xE2, 0x80, 0x98..=0x9D]))
        }
        _ => false,
    }
}

/// The next word from `at` on, unless a punctuation mark comes first.
pub(super) fn next_token(table: &Table, text: &[u8], at: usize) -> Option<Token> {
    let mut start = at;
    while !in_word(text, start) {
        if text.get(start) == Some(&b'{') {
            let len = memchr(b'}', near(text, start))?;
            return Some(Token { start, end: start + len + 1, word: Word::default() });
        }
        if !is_transparent(text, start) {
            return None;
        }
        start += 1;
    }
    let mut end = start + 1;
    while in_word(text, end) {
        end += 1;
    }
    Some(Token { start, end, word: table.word(text.get(start..end)?) })
}

/// The word that ends before `at`, unless a punctuation mark comes first.
fn token_before(table: &Table, text: &[u8], at: usize) -> Option<Token> {
    let mut end = at;
    while !in_word(text, end.checked_sub(1)?) {
        if text.get(end - 1) == Some(&b'}') {
            let from = end.saturating_sub(NEAR);
            let start = from + memrchr(b'{', text.get(from..end)?)?;
            return Some(Token { start, end, word: Word::default() });
        }
        if !is_transparent(text, end - 1) {
            return None;
        }
        end -= 1;
    }
    let mut start = end - 1;
    while start > 0 && in_word(text, start - 1) {
        start -= 1;
    }
    Some(Token { start, end, word: table.word(text.get(start..end)?) })
}
