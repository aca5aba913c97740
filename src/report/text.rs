//! Text made fit to be shown: control characters spelt out, widths measured, prose wrapped.
//!
//! It must not know what the text is about.

use std::borrow::Cow;
use std::fmt::Write;

use crate::diagnostic::{Acceptance, Finding, Severity};

/// How many columns a tab stop takes.
pub(super) const TAB: usize = 4;

/// Whether a character could command a terminal, hide, or turn round the text beside it.
pub(super) fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A treacherous character as its code, the way character tables write it.
pub(super) fn spelt_out(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// The text with control characters spelt out; line ends stay.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_treacherous(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\t' => shown.push(' '),
            '\n' => shown.push('\n'),
            c if is_treacherous(c) => shown.push_str(&spelt_out(c)),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The same on one line.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    match safe(text) {
        Cow::Borrowed(text) if !text.contains('\n') => Cow::Borrowed(text),
        text => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// How many columns a character takes. Close enough to line up what is typed in policies: letters of the Latin kind,
/// combining marks, East Asian characters and pictographs.
pub(super) fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x20..=0x2ff => 1,
        0x300..=0x36f | 0x200c..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 => 2,
        0xffe0..=0xffe6 | 0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// The text on lines of at most `room` columns, broken between words; its own line ends stay line ends, and a line that
/// begins with blanks keeps them. A word too long for a line is cut.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(8);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let margin: String = paragraph.chars().take_while(|&c| c == ' ').take(room / 2).collect();
        let mut line = margin.clone();
        let mut used = margin.len();
        for word in paragraph.split_whitespace() {
            let wide = width(word);
            if used > margin.len() && used + 1 + wide > room {
                lines.push(std::mem::replace(&mut line, margin.clone()));
                used = margin.len();
            }
            if used > margin.len() {
                line.push(' ');
                used += 1;
            }
            for c in word.chars() {
                if used + char_width(c) > room {
                    lines.push(std::mem::replace(&mut line, margin.clone()));
                    used = margin.len();
                }
                line.push(c);
                used += char_width(c);
            }
        }
        lines.push(line);
    }
    lines
}

/// The word for a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A decision to live with a finding: "because … (by …, until …)".
pub(super) fn acceptance(acceptance: &Acceptance) -> String {
    let mut told = format!("because {}", one_line(&acceptance.because));
    let by = acceptance.by.as_ref().map(|by| format!("by {}", one_line(by)));
    let until = acceptance.until.as_ref().map(|until| format!("until {}", one_line(until)));
    let details: Vec<String> = by.into_iter().chain(until).collect();
    if !details.is_empty() {
        let _ = write!(told, " ({})", details.join(", "));
    }
    told
}

/// What is said of a finding below its places, each with its name: a situation in which it shows, the help, the fixes.
/// Alternatives and the decision to accept it are told after these.
pub(super) fn remarks(finding: &Finding) -> Vec<(&'static str, Cow<'_, str>)> {
    let example = finding.witness.iter().map(|witness| ("for example", one_line(&witness.sentence)));
    let help = finding.help.iter().map(|help| ("help", Cow::Borrowed(help.as_str())));
    let fixes = finding.fixes.iter().filter(|fix| !fix.choice).map(|fix| ("fix", one_line(&fix.title)));
    example.chain(help).chain(fixes).collect()
}

/// The decision to accept a finding, as its last remark.
pub(super) fn decision(finding: &Finding) -> Option<(&'static str, Cow<'_, str>)> {
    finding.accepted.as_ref().map(|accepted| ("accepted", Cow::Owned(acceptance(accepted))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_spelt_out() {
        assert_eq!(safe("a\u{1b}[31mb"), "a<U+001B>[31mb");
        assert_eq!(safe("one\r\ntwo\tthree"), "one\ntwo three");
        assert_eq!(safe("pay \u{202e}eno"), "pay <U+202E>eno");
        assert_eq!(one_line("one\n  two"), "one two");
    }

    #[test]
    fn prose_is_wrapped_between_words() {
        assert_eq!(wrap("the board must approve it", 12), ["the board", "must approve", "it"]);
        assert_eq!(wrap("one of\n  - the first thing", 10), ["one of", "  - the", "  first", "  thing"]);
        assert_eq!(wrap("abcdefghijklm", 8), ["abcdefgh", "ijklm"]);
        assert_eq!(wrap("", 10), [""]);
    }
}
