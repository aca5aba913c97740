//! Finds placeholders in a text: one pass over its bytes, for they are few and texts are long.
//!
//! It takes Markdown into account (links, footnotes, task boxes and code are none of its business) and no more.

use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Where placeholders stand in `text`, in order.
pub fn placeholders(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let labels = Labels { text, known: OnceCell::new() };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'[' => match bracket(text, at, &labels) {
                Bracket::Placeholder(end) => Some(end),
                Bracket::Markdown(end) => {
                    at = end;
                    continue;
                }
                Bracket::Text => None,
            },
            b'_' | b'.' => blank(bytes, at),
            b'?' => run_of(bytes, at, b'?', 3),
            b'`' => {
                at = after_code(bytes, at);
                continue;
            }
            _ if !byte.is_ascii_alphabetic() => None,
            _ => match word(text, at) {
                Ok(end) => Some(end),
                Err(end) => {
                    at = end;
                    continue;
                }
            },
        };
        match end {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The labels that a text gives to addresses (`[label]: https://…`), looked for when one is asked for.
struct Labels<'t> {
    text: &'t str,
    known: OnceCell<BTreeSet<&'t str>>,
}

impl Labels<'_> {
    fn has(&self, label: &str) -> bool {
        let known = self.known.get_or_init(|| {
            let lines = self.text.lines().filter_map(|line| line.trim_start().strip_prefix('['));
            lines.filter_map(|line| line.split_once("]:")).map(|(label, _)| label).collect()
        });
        known.contains(label)
    }
}

/// What an opening bracket begins.
enum Bracket {
    /// A placeholder that ends here.
    Placeholder(usize),
    /// A link, footnote or task box that ends here.
    Markdown(usize),
    /// Something else.
    Text,
}

fn bracket(text: &str, at: usize, labels: &Labels<'_>) -> Bracket {
    const LONGEST: usize = 100;
    let rest = text.get(at + 1..).unwrap_or_default();
    let Some(length) = rest.find([']', '[']).filter(|&length| rest.as_bytes().get(length) == Some(&b']')) else {
        return Bracket::Text;
    };
    let inner = rest.get(..length).unwrap_or_default().trim_end_matches('\\');
    let end = at + length + 2;
    let next = text.as_bytes().get(end);
    if matches!(next, Some(b'(' | b'[' | b':')) || inner.starts_with('^') {
        return Bracket::Markdown(end);
    }
    let known = matches!(inner.trim(), "" | "x" | "X" | "sic" | "…" | "...");
    let letters = inner.bytes().filter(u8::is_ascii_alphabetic).count();
    let starts_as_words = inner.trim_start().starts_with(|first: char| first.is_alphabetic() || first == '{');
    // `[T]he` is how a quotation is fitted in, `[2019]` how a judgment is cited.
    if known || letters < 2 || !starts_as_words || inner.len() > LONGEST || inner.contains("\n\n") {
        return Bracket::Text;
    }
    if labels.has(inner) { Bracket::Markdown(end) } else { Bracket::Placeholder(end) }
}

/// A row of underscores or dots to write on; a line of nothing else is a rule across the page.
fn blank(bytes: &[u8], at: usize) -> Option<usize> {
    let end = run_of(bytes, at, bytes[at], if bytes[at] == b'_' { 3 } else { 5 })?;
    let alone_before = bytes[..at].iter().rev().take_while(|byte| **byte != b'\n').all(u8::is_ascii_whitespace);
    let alone_after = bytes[end..].iter().take_while(|byte| **byte != b'\n').all(u8::is_ascii_whitespace);
    // Three underscores that touch a word open or close emphasis.
    let touches = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    let emphasis = bytes[at] == b'_' && (touches(bytes.get(end)) || (end - at == 3 && touches(before)));
    let rule = alone_before && alone_after && bytes[at] == b'_';
    (!rule && !emphasis).then_some(end)
}

/// The end of at least `least` times the same byte.
fn run_of(bytes: &[u8], at: usize, byte: u8, least: usize) -> Option<usize> {
    let length = bytes.get(at..)?.iter().take_while(|next| **next == byte).count();
    (length >= least).then_some(at + length)
}

/// Past a code span; past the backticks where none closes it.
fn after_code(bytes: &[u8], at: usize) -> usize {
    let ticks = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let inside = at + ticks;
    let close = memchr::memmem::find(&bytes[inside..], &bytes[at..inside]);
    close.map_or(inside, |close| inside + close + ticks)
}

/// A word that stands for others, with what belongs to it; `Err` with the end of any other word.
fn word(text: &str, at: usize) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (word, end) = (&rest[..length], at + length);
    let after = text.get(end..).unwrap_or_default();
    let is_xs = |letters: &[u8], x: u8| letters.len() >= 2 && letters.iter().all(|letter| *letter == x);
    let ok = match word {
        b"TBC" | b"TBA" | b"TBD" | b"TBN" => return Ok(end),
        // XX-large is a size and Schedule XX the twentieth.
        _ if is_xs(word, b'X') => after.starts_with('/') || (!after.starts_with('-') && !is_numeral(text, at)),
        _ if is_xs(word, b'x') => after.starts_with("/x"),
        b"DD" | b"dd" => after.starts_with("/MM/") || after.starts_with("/mm/"),
        b"insert" | b"Insert" | b"INSERT" => return inserted(after).map(|length| end + length).ok_or(end),
        b"lorem" | b"Lorem" if after.starts_with(" ipsum") => return Ok(end + " ipsum".len()),
        _ => false,
    };
    if !ok {
        return Err(end);
    }
    // A date or a number of which the parts are open: XX/XX/20XX.
    let tail = after.bytes().take_while(|byte| *byte == b'/' || byte.is_ascii_alphanumeric()).count();
    Ok(end + if after.starts_with('/') { tail } else { 0 })
}

/// What an `insert` asks for, where that is words: how far it reaches.
fn inserted(after: &str) -> Option<usize> {
    const ASKED: [&str; 12] = [
        "name here",
        "name of",
        "school name",
        "trust name",
        "school",
        "trust",
        "date",
        "name",
        "job title",
        "text here",
        "details here",
        "here",
    ];
    let words = after.strip_prefix(' ')?;
    let lower: String = words.chars().take(16).map(|letter| letter.to_ascii_lowercase()).collect();
    let asked = ASKED.iter().find(|asked| lower.starts_with(**asked))?;
    let ends = !words.as_bytes().get(asked.len()).is_some_and(u8::is_ascii_alphanumeric);
    ends.then_some(1 + asked.len())
}

/// Whether `XX` is the number twenty: after a word that counts.
fn is_numeral(text: &str, at: usize) -> bool {
    const COUNTED: [&str; 9] =
        ["part", "chapter", "schedule", "article", "title", "annex", "appendix", "section", "volume"];
    let before = text.get(..at).unwrap_or_default().trim_end();
    let last = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    COUNTED.iter().any(|word| last.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    fn found(text: &str) -> Vec<&str> {
        placeholders(text).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn placeholders_are_seen() {
        for (text, expected) in [
            ("Some may be [permitted/encouraged/required] to post.", "[permitted/encouraged/required]"),
            ("Ask [School name] first.", "[School name]"),
            ("Ask [name of the\nheadteacher] first.", "[name of the\nheadteacher]"),
            ("Approved on TBC.", "TBC"),
            ("The line manager (TBA) decides.", "TBA"),
            ("Within XX days", "XX"),
            ("on XX/XX/20XX.", "XX/XX/20XX"),
            ("on xx/xx/xxxx.", "xx/xx/xxxx"),
            ("on DD/MM/YYYY", "DD/MM/YYYY"),
            ("insert name here", "insert name here"),
            ("Please insert school name.", "insert school name"),
            ("insert name – später", "insert name"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("Signed: ______", "______"),
            ("Name ........ Date", "........"),
            ("the owner is ???", "???"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn markdown_and_english_are_left_alone() {
        for text in [
            "[the guidance](https://example.org) and [more][ref] and [ref] too\n\n[ref]: https://example.org",
            "a claim[^1]\n\n[^1]: a note",
            "- [ ] open\n- [x] done",
            "'[T]he school' said [sic], [2019] EWCA Civ 1, [...]",
            "Schedule XX, an XX-large shirt, World Wrestling TBCs",
            "Do not insert a USB stick, or insert named files.",
            "Love from us xx",
            "`[code]` and `XX`",
            "above\n\n___\n\nbelow, and ___strong___ words, and so on...",
            "a lone [ bracket, a [closed",
            "été [é]",
            "Really?? Yes.",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
