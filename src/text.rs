//! Text made fit to be shown on a terminal: control characters spelt out, widths measured, prose wrapped.
//!
//! It must not know what the text is about.

use std::borrow::Cow;

/// How many columns a tab stop takes.
pub(crate) const TAB: usize = 4;

/// Whether a character could command a terminal, hide, or turn round the text beside it.
pub(crate) fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A treacherous character as its code, the way character tables write it.
pub(crate) fn spelt_out(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// The text with control characters spelt out; line ends stay.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
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
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    match safe(text) {
        Cow::Borrowed(text) if !text.contains('\n') => Cow::Borrowed(text),
        text => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// How many columns a character takes. Close enough to line up what is typed in policies: letters of the Latin kind,
/// combining marks, East Asian characters and pictographs.
pub(crate) fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x20..=0x2ff => 1,
        0x300..=0x36f | 0x200c..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 => 2,
        0xffe0..=0xffe6 | 0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// The text on lines of at most `room` columns, broken between words; its own line ends stay line ends, and a line that
/// begins with blanks keeps them. A word too long for a line is cut.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
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
