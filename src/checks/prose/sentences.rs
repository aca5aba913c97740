//! Splits the Markdown of a prose run into sentences.
//!
//! It finds where blocks and sentences begin and end, as byte ranges of the text it was given, and nothing else: it
//! does not know what a sentence says, which words are declared, or that there are rules. It copies no text.

use memchr::memchr;

/// One sentence, or one list item, table cell or lead-in that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where its first byte is: after the list marker, before any emphasis.
    pub start: usize,
    /// One past its last byte, trailing blanks left out.
    pub end: usize,
    /// What it stands in.
    pub block: Block,
    /// Whether it is the first of its paragraph, item or cell.
    pub opens: bool,
}

/// What a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph outside any list.
    Paragraph,
    /// A list item, with the column of its marker: a deeper item has a greater one.
    Item {
        /// The number of blanks before the marker.
        indent: usize,
    },
    /// A cell of a table.
    Cell,
}

/// The sentences of `markdown` in order.
pub fn sentences(markdown: &str) -> Sentences<'_> {
    Sentences {
        text: markdown,
        line: 0,
        at: 0,
        end: 0,
        block: Block::Paragraph,
        opens: false,
        items: Vec::new(),
        in_table: false,
    }
}

/// The iterator that [`sentences`] returns.
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    /// Where the next line not yet looked at begins.
    line: usize,
    /// What is left of the current block.
    at: usize,
    end: usize,
    block: Block,
    opens: bool,
    /// The indents of the list items that an indented paragraph after a blank line can still belong to.
    items: Vec<usize>,
    in_table: bool,
}

impl Iterator for Sentences<'_> {
    type Item = Sentence;

    fn next(&mut self) -> Option<Sentence> {
        loop {
            let bytes = self.text.as_bytes();
            while self.at < self.end && bytes[self.at].is_ascii_whitespace() {
                self.at += 1;
            }
            if self.at < self.end {
                let start = self.at;
                let stop = match self.block {
                    Block::Cell => self.end,
                    _ => sentence_end(bytes, start, self.end),
                };
                self.at = stop;
                let mut end = stop;
                while end > start && bytes[end - 1].is_ascii_whitespace() {
                    end -= 1;
                }
                let opens = std::mem::replace(&mut self.opens, false);
                return Some(Sentence { start, end, block: self.block, opens });
            }
            if !self.next_block() {
                return None;
            }
        }
    }
}

impl Sentences<'_> {
    /// Moves on to the next paragraph, item or cell; `false` at the end of the text.
    fn next_block(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        // Cells of the row at hand come first: the row's end is kept in `line`.
        if self.in_table && self.end < self.line && bytes.get(self.end) == Some(&b'|') {
            self.cell(self.end + 1);
            return true;
        }
        while self.line < bytes.len() {
            let line = Line::at(bytes, self.line);
            if line.is_blank() {
                self.in_table = false;
                self.line = line.next;
                continue;
            }
            if let Some(fence) = line.fence(bytes) {
                self.line = after_fence(bytes, line.next, fence);
                continue;
            }
            if self.in_table || line.opens_table(bytes) {
                self.in_table = true;
                self.items.clear();
                self.line = line.next;
                if line.is_delimiter_row(bytes) {
                    continue;
                }
                let skip = usize::from(bytes.get(line.text) == Some(&b'|'));
                self.cell(line.text + skip);
                return true;
            }
            self.opens = true;
            self.block = match line.item(bytes) {
                Some(text) => {
                    self.leave_items(line.indent);
                    self.items.push(line.indent);
                    self.at = text;
                    Block::Item { indent: line.indent }
                }
                None => {
                    self.at = line.text;
                    self.leave_items(line.indent);
                    self.items.last().map_or(Block::Paragraph, |indent| Block::Item { indent: *indent })
                }
            };
            self.gather(line);
            return true;
        }
        false
    }

    /// Forgets the items that text at this indent no longer belongs to.
    fn leave_items(&mut self, indent: usize) {
        while self.items.last().is_some_and(|open| *open >= indent) {
            self.items.pop();
        }
    }

    /// Takes the lines that carry the block on that begins in `line`.
    fn gather(&mut self, first: Line) {
        let bytes = self.text.as_bytes();
        self.end = first.end;
        self.line = first.next;
        if bytes.get(first.text) == Some(&b'#') {
            return;
        }
        while self.line < bytes.len() {
            let line = Line::at(bytes, self.line);
            if line.is_blank()
                || line.item(bytes).is_some()
                || line.fence(bytes).is_some()
                || line.opens_table(bytes)
                || bytes.get(line.text) == Some(&b'#')
            {
                return;
            }
            self.end = line.end;
            self.line = line.next;
        }
    }

    /// Makes the cell that begins at `start` the current block; it ends at the next bare bar or with its line.
    fn cell(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while end < self.line && bytes[end] != b'\n' {
            match bytes[end] {
                b'\\' => end += 1,
                b'|' => break,
                _ => {}
            }
            end += 1;
        }
        self.at = start;
        self.end = end.min(self.line);
        self.block = Block::Cell;
        self.opens = true;
    }
}

/// One line, with the marks of block quotes and its indentation behind it.
#[derive(Clone, Copy)]
struct Line {
    /// Where its text begins.
    text: usize,
    /// Where its text ends, line end left out.
    end: usize,
    /// Where the next line begins.
    next: usize,
    indent: usize,
}

impl Line {
    fn at(bytes: &[u8], start: usize) -> Self {
        let rest = &bytes[start..];
        let len = memchr(b'\n', rest).unwrap_or(rest.len());
        let next = (start + len + 1).min(bytes.len());
        let mut end = start + len;
        if end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        let mut text = start;
        let mut indent = 0;
        while text < end {
            match bytes[text] {
                b'\t' => indent += 4,
                b' ' => indent += 1,
                b'>' => indent = 0,
                _ => break,
            }
            text += 1;
        }
        Self { text, end, next, indent }
    }

    fn is_blank(self) -> bool {
        self.text == self.end
    }

    /// Where the text of a list item begins, if the line begins one.
    fn item(self, bytes: &[u8]) -> Option<usize> {
        let line = &bytes[self.text..self.end];
        let marker = match line {
            [b'-' | b'*' | b'+', ..] => 1,
            [first, ..] if first.is_ascii_digit() => {
                let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
                if digits > 9 || !matches!(line.get(digits), Some(b'.' | b')')) {
                    return None;
                }
                digits + 1
            }
            // Not Markdown, but how policies letter their lists.
            [first, b')', ..] if first.is_ascii_lowercase() => 2,
            [b'(', first, b')', ..] if first.is_ascii_lowercase() => 3,
            _ => return None,
        };
        match line.get(marker) {
            None => Some(self.end),
            Some(b' ' | b'\t') => Some(self.text + marker + 1),
            Some(_) => None,
        }
    }

    fn fence(self, bytes: &[u8]) -> Option<u8> {
        match &bytes[self.text..self.end] {
            [a @ (b'`' | b'~'), b, c, ..] if a == b && b == c => Some(*a),
            _ => None,
        }
    }

    /// Whether a table begins here: a row that opens with a bar, or one above a delimiter row.
    fn opens_table(self, bytes: &[u8]) -> bool {
        if bytes.get(self.text) == Some(&b'|') {
            return true;
        }
        memchr(b'|', &bytes[self.text..self.end]).is_some()
            && self.next < bytes.len()
            && Line::at(bytes, self.next).is_delimiter_row(bytes)
    }

    fn is_delimiter_row(self, bytes: &[u8]) -> bool {
        let line = &bytes[self.text..self.end];
        let all = line.iter().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'));
        all && memchr(b'-', line).is_some() && memchr(b'|', line).is_some()
    }
}

/// Where the line after the closing fence begins.
fn after_fence(bytes: &[u8], mut at: usize, fence: u8) -> usize {
    while at < bytes.len() {
        let line = Line::at(bytes, at);
        at = line.next;
        if line.fence(bytes) == Some(fence) {
            break;
        }
    }
    at
}

/// Where the sentence that begins at `start` ends, closing quotes, brackets and emphasis included.
fn sentence_end(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            // What stands in braces is one word, whatever is shown for it.
            b'{' => at = closing(bytes, at, end, b'}'),
            b'`' => at = closing(bytes, at, end, b'`'),
            b'.' | b'!' | b'?' => {
                let after = after_closers(bytes, at + 1, end);
                if after >= end {
                    return end;
                }
                if bytes[after].is_ascii_whitespace()
                    && begins_sentence(bytes, after, end)
                    && !(bytes[at] == b'.' && is_abbreviation(bytes, start, at, after, end))
                {
                    return after;
                }
            }
            _ => {}
        }
        at += 1;
    }
    end
}

/// How far to look for the other brace: without a bound, a line of open braces would be read as often as it has any.
const NEAR: usize = 512;

/// The place of the byte that closes what opens at `open`, or `open` itself where nothing does.
fn closing(bytes: &[u8], open: usize, end: usize, close: u8) -> usize {
    memchr(close, &bytes[open + 1..end.min(open + NEAR)]).map_or(open, |len| open + 1 + len)
}

fn after_closers(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end {
        match &bytes[at..end] {
            [b'.' | b'!' | b'?' | b'"' | b'\'' | b')' | b']' | b'*' | b'_', ..] => at += 1,
            // ’ and ”
            [0xE2, 0x80, 0x99 | 0x9D, ..] => at += 3,
            _ => break,
        }
    }
    at
}

/// A new sentence begins with anything but a small letter or a mark that carries the old one on.
fn begins_sentence(bytes: &[u8], mut at: usize, end: usize) -> bool {
    while at < end {
        match bytes[at] {
            b if b.is_ascii_whitespace() => {}
            b'*' | b'_' | b'"' | b'\'' | b'(' | b'[' | 0xE2 | 0x80 | 0x98 | 0x9C => {}
            b => return !(b.is_ascii_lowercase() || matches!(b, b',' | b';' | b':' | b'.')),
        }
        at += 1;
    }
    true
}

/// Abbreviations after which a sentence goes on even if a capital letter follows.
const ABBREVIATIONS: &[&str] = &[
    "approx", "art", "arts", "cf", "ch", "dr", "e.g", "eg", "esp", "fig", "i.e", "ie", "incl", "mr", "mrs", "ms", "mx",
    "p", "para", "paras", "pp", "prof", "reg", "regs", "rev", "s", "sch", "sec", "ss", "st", "viz", "vol", "vs",
];

/// Whether the full stop at `stop` belongs to an abbreviation and ends nothing.
fn is_abbreviation(bytes: &[u8], start: usize, stop: usize, after: usize, end: usize) -> bool {
    let mut from = stop;
    while from > start && (bytes[from - 1].is_ascii_alphabetic() || bytes[from - 1] == b'.') {
        from -= 1;
    }
    let word = &bytes[from..stop];
    if word.eq_ignore_ascii_case(b"no") {
        // `No. 5` goes on, `The answer is no.` does not.
        let next = bytes[after..end].iter().find(|b| !b.is_ascii_whitespace());
        return next.is_some_and(u8::is_ascii_digit);
    }
    // A lone number at the start is a number that the author wrote himself.
    let is_number = from == stop && bytes[start..stop].iter().all(|b| b.is_ascii_digit() || *b == b'.');
    is_number
        || (word.len() == 1 && word[0].is_ascii_uppercase())
        || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

#[cfg(test)]
mod tests;
