//! Lines of words for a terminal: wrapped as reports wrap them, then coloured.
//!
//! Words are made fit to be shown before anything else, so that no author's text can command a terminal.

use super::Screen;
use crate::text;

/// Prose on longer lines is hard to read.
const LONGEST: usize = 100;

/// The looks of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Strong,
    Weak,
    Gone,
    Came,
    Tightened,
    Relaxed,
    Note,
}

/// Lines that grow.
pub(super) struct Lines {
    screen: Screen,
    out: String,
}

impl Style {
    /// What a terminal is sent for it: a line through what went and below what came, for those who see no colours.
    fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Strong => "\u{1b}[1m",
            Style::Weak => "\u{1b}[2m",
            Style::Gone => "\u{1b}[9;31m",
            Style::Came => "\u{1b}[4;32m",
            Style::Tightened => "\u{1b}[1;35m",
            Style::Relaxed => "\u{1b}[1;36m",
            Style::Note => "\u{1b}[33m",
        }
    }
}

impl Lines {
    pub fn new(screen: Screen) -> Self {
        Lines { screen, out: String::new() }
    }

    /// An empty line, unless there is one already.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A heading, with an empty line before it.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        self.words(0, 0, &[(Style::Strong, text)]);
        self.out.push('\n');
    }

    /// Words one after the other, the first line behind so many blanks and the others behind so many.
    pub fn words(&mut self, indent: usize, hang: usize, runs: &[(Style, &str)]) {
        let mut plain = String::new();
        // How many signs that are no blanks have each style: wrapping changes nothing but blanks.
        let mut styles: Vec<(Style, usize)> = Vec::with_capacity(runs.len());
        for (style, words) in runs {
            let shown = text::one_line(words);
            styles.push((*style, shown.chars().filter(|c| !c.is_whitespace()).count()));
            // Blanks may go when control characters are spelt out; those at the ends part these words from others.
            if words.starts_with(char::is_whitespace) {
                plain.push(' ');
            }
            plain.push_str(shown.trim());
            if words.ends_with(char::is_whitespace) {
                plain.push(' ');
            }
        }
        let room = self.screen.width.clamp(40, LONGEST).saturating_sub(hang);
        let mut paint = Paint { styles: styles.into_iter(), style: Style::Plain, left: 0, colour: self.screen.colour };
        for (at, line) in text::wrap(plain.trim(), room).iter().enumerate() {
            let blanks = if at == 0 { indent } else { hang };
            self.out.extend(std::iter::repeat_n(' ', blanks));
            paint.line(line, &mut self.out);
            self.out.push('\n');
        }
    }

    /// All lines.
    pub fn finish(self) -> String {
        if self.screen.unicode {
            return self.out;
        }
        let mut plain = String::with_capacity(self.out.len());
        for c in self.out.chars() {
            match c {
                '→' => plain.push_str("->"),
                '–' => plain.push('-'),
                '“' | '”' => plain.push('"'),
                '…' => plain.push_str("..."),
                c => plain.push(c),
            }
        }
        plain
    }
}

/// Puts its style round each stretch of words.
struct Paint<I> {
    styles: I,
    style: Style,
    /// How many signs of the style are still to come.
    left: usize,
    colour: bool,
}

impl<I: Iterator<Item = (Style, usize)>> Paint<I> {
    fn line(&mut self, line: &str, out: &mut String) {
        if !self.colour {
            out.push_str(line);
            return;
        }
        let mut open = Style::Plain;
        let mut blanks = 0;
        for c in line.chars() {
            if c.is_whitespace() {
                blanks += 1;
                continue;
            }
            while self.left == 0 {
                let Some((style, count)) = self.styles.next() else { break };
                (self.style, self.left) = (style, count);
            }
            self.left = self.left.saturating_sub(1);
            // A blank between two words of one style has it too.
            if open != self.style && open != Style::Plain {
                out.push_str("\u{1b}[0m");
            }
            out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
            if open != self.style {
                out.push_str(self.style.code());
                open = self.style;
            }
            out.push(c);
        }
        if open != Style::Plain {
            out.push_str("\u{1b}[0m");
        }
    }
}
