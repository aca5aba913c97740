//! Texts written in few bytes: every word once in a dictionary, the most frequent ones in a letter each. Knows no policy.
//!
//! A text is cut into words and what stands between them; a single blank between two words goes without saying. Each piece
//! has a code of one or more of [`DIGITS`]: any number of leading ones, then a last one. The pieces that share a length of
//! code make a class, in which they stand in the order of their letters, so that each need tell only what it does not share
//! with the one before. `search.js` reads it back.

use std::borrow::Cow;
use std::collections::HashMap;

/// What stands between the pieces of a list.
pub(super) const BETWEEN: char = '|';

/// The digits of codes: characters that neither JSON nor HTML has to escape, without [`BETWEEN`]. As in `search.js`.
const DIGITS: &[u8] = b"!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}~";

/// How many digits end a code; the others lead.
const LAST: usize = 60;

/// The most that is told of what a piece shares with the one before.
const MOST_SHARED: usize = 35;

/// The pieces of some texts, each with its code.
pub(super) struct Dictionary<'t> {
    codes: HashMap<Cow<'t, str>, String>,
    classes: Vec<Vec<Cow<'t, str>>>,
}

impl<'t> Dictionary<'t> {
    /// The dictionary of some texts.
    pub fn of(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut counts: HashMap<Cow<'t, str>, usize> = HashMap::new();
        for text in texts {
            for piece in pieces(text) {
                *counts.entry(piece).or_default() += 1;
            }
        }
        let mut by_count: Vec<(Cow<'t, str>, usize)> = counts.into_iter().collect();
        by_count.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut rest = by_count.into_iter().map(|(piece, _)| piece).peekable();
        let mut classes: Vec<Vec<Cow<'t, str>>> = Vec::new();
        let mut room = LAST;
        while rest.peek().is_some() {
            let mut class: Vec<Cow<'t, str>> = rest.by_ref().take(room).collect();
            class.sort_unstable();
            classes.push(class);
            room = room.saturating_mul(DIGITS.len() - LAST);
        }
        let numbered = classes.iter().enumerate().flat_map(|(leading, class)| {
            class.iter().enumerate().map(move |(at, piece)| (piece.clone(), code(at, leading)))
        });
        Dictionary { codes: numbered.collect(), classes }
    }

    /// The classes, by the length of their codes.
    pub fn classes(&self) -> Vec<String> {
        self.classes.iter().map(|class| shortened(class.iter().map(|piece| &**piece))).collect()
    }

    /// Texts that the dictionary was made of, in its codes. One that has been there already is told by its place, from 0
    /// and to the base of 36.
    pub fn written<'w>(&self, texts: impl Iterator<Item = &'w str>) -> String {
        let mut places: HashMap<&str, usize> = HashMap::new();
        joined(texts.enumerate().map(|(at, text)| {
            let first = *places.entry(text).or_insert(at);
            let again = if first < at { format!("{AGAIN}{}", base_36(first)) } else { String::new() };
            let code = self.code(text);
            if again.is_empty() || code.len() <= again.len() { code } else { again }
        }))
    }

    fn code(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() / 3);
        for code in pieces(text).filter_map(|piece| self.codes.get(&*piece)) {
            out.push_str(code);
        }
        out
    }
}

/// What stands before the place of an earlier text of a list that is the same.
pub(super) const AGAIN: char = ' ';

/// A small number as one digit.
pub(super) fn digit(number: usize) -> char {
    char::from(DIGITS.get(number).or(DIGITS.last()).copied().unwrap_or(b'~'))
}

/// Pieces as one text.
pub(super) fn joined(pieces: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for (at, piece) in pieces.enumerate() {
        if at > 0 {
            out.push(BETWEEN);
        }
        out.push_str(&piece);
    }
    out
}

/// Pieces as one text, each told as how many of its first UTF-16 units are those of the one before (a digit or a letter),
/// and the rest.
pub(super) fn shortened<'s>(pieces: impl Iterator<Item = &'s str>) -> String {
    let mut before = "";
    joined(pieces.map(|piece| {
        let (mut units, mut bytes) = (0, 0);
        for (a, b) in piece.chars().zip(before.chars()) {
            if a != b || units + a.len_utf16() > MOST_SHARED {
                break;
            }
            (units, bytes) = (units + a.len_utf16(), bytes + a.len_utf8());
        }
        before = piece;
        let shared = char::from_digit(units as u32, MOST_SHARED as u32 + 1).unwrap_or('0');
        format!("{shared}{}", piece.get(bytes..).unwrap_or(""))
    }))
}

fn base_36(number: usize) -> String {
    let mut digits = Vec::new();
    let mut rest = number as u64;
    loop {
        digits.extend(char::from_digit((rest % 36) as u32, 36));
        rest /= 36;
        if rest == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// The code with so many leading digits of the piece at a place of its class.
fn code(at: usize, leading: usize) -> String {
    let lead = DIGITS.len() - LAST;
    let mut code = vec![digit(at % LAST)];
    let mut rest = at / LAST;
    for _ in 0..leading {
        code.push(digit(LAST + rest % lead));
        rest /= lead;
    }
    code.iter().rev().collect()
}

/// A text as words and what stands between them, blanks between two words left out.
fn pieces(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = text.trim();
    let mut after_word = false;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let word = word_end(rest);
            if word > 0 {
                let (piece, after) = rest.split_at(word);
                (rest, after_word) = (after, true);
                return Some(Cow::Borrowed(piece));
            }
            let end = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
            let (gap, after) = rest.split_at(end);
            rest = after;
            let gap = blanks_joined(gap);
            if gap != " " || !after_word {
                after_word = false;
                return Some(gap);
            }
        }
    })
}

/// The length of the word that a text begins with: letters and digits with the marks on them, and apostrophes between them.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    let mut apostrophe = false;
    for (at, c) in text.char_indices() {
        let is_letter = c.is_alphanumeric() || (end > 0 && !apostrophe && ('\u{300}'..='\u{36f}').contains(&c));
        if is_letter {
            (end, apostrophe) = (at + c.len_utf8(), false);
        } else if end > 0 && !apostrophe && matches!(c, '’' | '\'') {
            apostrophe = true;
        } else {
            break;
        }
    }
    end
}

/// What stands between two words on one line; the mark of the lists made here must not occur in it.
fn blanks_joined(gap: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c == ' ' || !(c.is_whitespace() || c.is_control() || c == BETWEEN);
    if gap.chars().all(is_plain) && !gap.contains("  ") {
        return Cow::Borrowed(gap);
    }
    let mut out = String::with_capacity(gap.len());
    for c in gap.chars() {
        match c {
            BETWEEN => out.push('/'),
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_words_and_what_stands_between_them() {
        let cases: [(&str, &[&str]); 9] = [
            ("", &[]),
            ("  one  two ", &["one", "two"]),
            ("The Trust’s, or ‘its’ own.", &["The", "Trust’s", ", ", "or", " ‘", "its", "’ ", "own", "."]),
            ("one:\n two\nthree", &["one", ": ", "two", "three"]),
            ("a | b", &["a", " / ", "b"]),
            ("e\u{301}te\u{301}", &["e\u{301}te\u{301}"]),
            ("don’’t 5.1(b)", &["don", "’’", "t", "5", ".", "1", "(", "b", ")"]),
            ("<b>", &["<", "b", ">"]),
            ("…", &["…"]),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn every_piece_has_a_code_of_its_own_and_frequent_ones_have_short_ones() {
        let words: Vec<String> = (0..100_000).map(|at| format!("w{at}")).collect();
        let texts = words.iter().map(String::as_str).chain(["often often", "often"]);
        let dictionary = Dictionary::of(texts);
        let mut codes: Vec<&String> = dictionary.codes.values().collect();
        assert_eq!(codes.len(), 100_001);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 100_001);
        assert_eq!(dictionary.code("often").len(), 1);
        assert_eq!(dictionary.written(["often", "w1 w2", "often", "w1 w2"].into_iter()).matches(AGAIN).count(), 1);
        assert_eq!([0, 35, 36, 1_295, 1_296].map(base_36), ["0", "z", "10", "zz", "100"]);
        let lengths: Vec<usize> = dictionary.classes.iter().map(Vec::len).collect();
        assert_eq!(lengths, [60, 1_800, 54_000, 44_141]);
    }

    #[test]
    fn digits_need_no_escape_and_are_all_different() {
        let mut digits = DIGITS.to_vec();
        digits.sort_unstable();
        digits.dedup();
        assert_eq!(digits.len(), 90);
        assert!(digits.iter().all(|digit| digit.is_ascii_graphic() && !b"\"\\<|".contains(digit)));
    }

    #[test]
    fn a_list_tells_what_it_shares() {
        assert_eq!(shortened(["staff", "stage", "", "𝔸b", "𝔸c"].into_iter()), "0staff|3ge|0|0𝔸b|2c");
        let long = "x".repeat(50);
        assert_eq!(shortened([long.as_str(), &long].into_iter()), format!("0{long}|z{}", "x".repeat(15)));
    }
}
