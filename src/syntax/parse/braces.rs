//! Balancing braces before the grammar sees a text.
//!
//! Most of the work is one pass over the lines, which also notes the comments and bounds the depth of nesting (a recursive
//! parser would overflow its stack otherwise). Only a text whose braces do not match is looked at again, by its
//! indentation: no meaning hangs on layout, but where a brace is missing it tells best where it belongs.

mod repair;

use std::borrow::Cow;

use self::repair::Trust;
use super::SYNTAX;
use super::found::Found;
use crate::diagnostic::Finding;
use crate::source::{FileId, Span};

/// How deep blocks and brackets can be nested.
pub const MAX_DEPTH: usize = 64;

/// A text whose braces match, and how its places lead back to the text an author wrote.
#[derive(Debug, Default)]
pub struct Balanced {
    repaired: Option<String>,
    /// Places of inserted characters in the repaired text, in order; each is one byte.
    inserted: Vec<usize>,
    /// What was wrong.
    pub findings: Found,
    /// The comments, each from its `#` to the end of its line.
    pub comments: Vec<Span>,
}

impl Balanced {
    /// What was mended first, where the text to parse is not the text an author wrote.
    pub fn mended(&self) -> Option<Finding> {
        self.repaired.as_ref().and_then(|_| self.findings.first().cloned())
    }

    /// The text to parse.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        self.repaired.as_deref().unwrap_or(source)
    }

    /// The place in the source of a byte of the text to parse.
    pub fn original(&self, offset: usize) -> usize {
        if self.inserted.is_empty() { offset } else { offset - self.inserted.partition_point(|&at| at < offset) }
    }
}

/// Balances the braces of a text.
///
/// # Errors
/// A finding where it is nested too deeply to be read at all.
pub fn balance(file: FileId, source: &str) -> Result<Balanced, Box<Finding>> {
    let mut balanced = Balanced::default();
    let text = match newlines(file, source, &mut balanced.findings) {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => balanced.repaired.insert(text),
    };
    let lines = scan(file, text)?;
    balanced.comments = lines.comments;
    if lines.unmatched {
        let repair = repair::repair(file, text, Trust::Count);
        balanced.inserted = repair.inserted;
        balanced.findings.add(repair.findings);
        balanced.repaired = Some(repair.text);
    }
    Ok(balanced)
}

/// Makes the braces of a text match as its layout has them, however many are missing and too many; `None` where the
/// layout has nothing to mend, or not in a way that can be read.
pub fn by_layout(file: FileId, source: &str) -> Option<Balanced> {
    let mut balanced = Balanced::default();
    let text = newlines(file, source, &mut balanced.findings);
    let repair = repair::repair(file, &text, Trust::Layout);
    if repair.findings.is_empty() {
        return None;
    }
    scan(file, &repair.text).ok().filter(|scan| !scan.unmatched)?;
    balanced.comments = scan(file, &text).ok()?.comments;
    balanced.inserted = repair.inserted;
    balanced.findings.add(repair.findings);
    balanced.repaired = Some(repair.text);
    Some(balanced)
}

/// A lone carriage return, which old editors wrote for a line end, becomes a line feed; one finding says so.
fn newlines<'a>(file: FileId, source: &'a str, findings: &mut Found) -> Cow<'a, str> {
    let bytes = source.as_bytes();
    let lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let Some(first) = memchr::memchr_iter(b'\r', bytes).find(lone) else { return Cow::Borrowed(source) };
    findings.push(
        Finding::new(SYNTAX, Span::new(file, first, first + 1), "a line ends here in a lone carriage return")
            .help("save the file with the line ends LF (Unix) or CRLF (Windows)"),
    );
    let mut text = source.to_owned();
    for at in memchr::memchr_iter(b'\r', bytes).filter(lone) {
        text.replace_range(at..at + 1, "\n");
    }
    Cow::Owned(text)
}

/// What one pass over the lines tells.
struct Scan {
    comments: Vec<Span>,
    unmatched: bool,
}

fn scan(file: FileId, text: &str) -> Result<Scan, Box<Finding>> {
    let mut comments = Vec::new();
    let (mut depth, mut brackets, mut unmatched) = (0usize, 0usize, false);
    for line in Lines::new(text) {
        for token in line.tokens(text) {
            match token {
                Token::Open(at) => {
                    (depth, brackets) = (depth + 1, 0);
                    if depth > MAX_DEPTH {
                        return Err(Box::new(too_deep(file, at, "blocks are nested")));
                    }
                }
                Token::Close(_) => {
                    brackets = 0;
                    unmatched |= depth == 0;
                    depth = depth.saturating_sub(1);
                }
                Token::Bracket(at) => {
                    brackets += 1;
                    if brackets > MAX_DEPTH {
                        return Err(Box::new(too_deep(file, at, "brackets are nested")));
                    }
                }
                Token::CloseBracket => brackets = brackets.saturating_sub(1),
                Token::Comment(start, end) => comments.push(Span::new(file, start, end)),
            }
        }
    }
    Ok(Scan { comments, unmatched: unmatched || depth > 0 })
}

fn too_deep(file: FileId, at: usize, what: &str) -> Finding {
    Finding::new(SYNTAX, Span::new(file, at, at + 1), format!("{what} more than {MAX_DEPTH} deep here"))
        .help("nothing in this file can be read until that is mended; is a closing one missing further up?")
}

/// A line: its first byte, its first byte that is no blank, and the byte after its last.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    first: usize,
    end: usize,
}

/// The lines of a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

/// What matters in a line that is no prose.
enum Token {
    Open(usize),
    Close(usize),
    Bracket(usize),
    CloseBracket,
    Comment(usize, usize),
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Lines { text, at: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |length| start + length);
        self.at = end + 1;
        let line = bytes.get(start..end).unwrap_or_default();
        let indent = line.iter().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
        Some(Line { start, first: start + indent, end })
    }
}

impl Line {
    /// The depth by which it is set in, in bytes.
    fn indent(self) -> usize {
        self.first - self.start
    }

    /// The line from its first byte that is no blank.
    fn content(self, text: &str) -> &str {
        text.get(self.first..self.end).unwrap_or("").trim_end()
    }

    fn tokens(self, text: &str) -> impl Iterator<Item = Token> + '_ {
        let bytes = text.as_bytes();
        let mut at = self.first;
        std::iter::from_fn(move || {
            while at < self.end {
                let here = at;
                at += 1;
                match bytes[here] {
                    b'{' => return Some(Token::Open(here)),
                    b'}' => return Some(Token::Close(here)),
                    b'(' => return Some(Token::Bracket(here)),
                    b')' => return Some(Token::CloseBracket),
                    b'"' => at = string_end(bytes, here, self.end),
                    b'|' => at = self.end,
                    b'@' => at = reference_end(bytes, at, self.end),
                    b'#' if begins_comment(text.get(here..self.end).unwrap_or("")) => {
                        at = self.end;
                        let end = here + text.get(here..self.end).unwrap_or("").trim_end().len();
                        return Some(Token::Comment(here, end));
                    }
                    _ => {}
                }
            }
            None
        })
    }
}

/// Whether a text begins with a comment, as the grammar's `comment` has it.
pub fn begins_comment(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('#') else { return false };
    rest.is_empty() || rest.starts_with([' ', '\t', '#', '-', '=', '\n']) || rest == "\r" || rest.starts_with("\r\n")
}

/// The byte after a reference whose text begins at `start`, as the grammar's `reference` has it: a `#` in it begins no
/// comment, whatever follows.
pub fn reference_end(bytes: &[u8], start: usize, line_end: usize) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b':' | b'#');
    let rest = bytes.get(start..line_end).unwrap_or_default();
    start + rest.iter().take_while(|byte| is_part(byte) || !byte.is_ascii()).count()
}

/// The byte after a string that begins at `start`; one that is not closed ends with its line, or before the brace there.
pub fn string_end(bytes: &[u8], start: usize, line_end: usize) -> usize {
    let mut at = start + 1;
    while at < line_end {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    let rest = bytes.get(start + 1..line_end).unwrap_or_default().trim_ascii_end();
    if rest.last() == Some(&b'{') { start + rest.len() } else { line_end }
}
