//! What can be shown where: colours, frames, width – and writing that survives a closed pipe.
//!
//! It knows no verb and no finding; it answers questions about the two streams and writes to them.

use std::io::{self, ErrorKind, IsTerminal, Write};

use super::args::Color;
use super::failure::{Failure, reason};
use crate::report;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 80;

/// The two output streams and what they can show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    out: Stream,
    err: Stream,
    unicode: bool,
}

/// What one stream can show.
#[derive(Clone, Copy, Debug)]
struct Stream {
    is_terminal: bool,
    colour: bool,
    width: usize,
}

/// A stream, named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Standard output: what was asked for.
    Out,
    /// Standard error: what happened on the way.
    Err,
}

impl Terminal {
    /// The streams of this process, as the option and the environment want them.
    pub fn new(color: Color) -> Self {
        let out = io::stdout().is_terminal();
        let err = io::stderr().is_terminal();
        let width = |found: Option<(terminal_size::Width, _)>| found.map_or(WIDTH, |(width, _)| usize::from(width.0));
        Terminal {
            out: Stream {
                is_terminal: out,
                colour: colour(color, out),
                width: width(terminal_size::terminal_size_of(io::stdout())),
            },
            err: Stream {
                is_terminal: err,
                colour: colour(color, err),
                width: width(terminal_size::terminal_size_of(io::stderr())),
            },
            unicode: unicode(),
        }
    }

    /// How findings are shown on a stream: drawn on a terminal or where colours are asked for, in plain lines otherwise.
    pub fn options(&self, side: Side, accepted: bool) -> report::Options {
        let stream = self.stream(side);
        let graphical = stream.is_terminal || stream.colour;
        report::Options {
            graphical,
            unicode: self.unicode || !graphical,
            colour: stream.colour,
            width: stream.width,
            accepted,
        }
    }

    /// Whether a progress bar has anybody to look at it.
    pub fn shows_progress(&self) -> bool {
        self.err.is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
    }

    /// Columns of a stream.
    pub fn width(&self, side: Side) -> usize {
        self.stream(side).width.max(40)
    }

    /// Whether a stream takes colours.
    pub fn colour(&self, side: Side) -> bool {
        self.stream(side).colour
    }

    /// Whether a stream may be given marks outside ASCII: a terminal says so, a file always may.
    pub fn unicode(&self, side: Side) -> bool {
        self.unicode || !self.stream(side).is_terminal
    }

    /// Writes to standard output. A reader that has gone away is no failure; a full disk is.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let result = write(&mut out).and_then(|()| out.flush());
        match result {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("the output could not be written: {}", reason(&error))))
            }
            _ => Ok(()),
        }
    }

    /// Writes text to standard output.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// Writes to standard error, where nobody can be told that it failed.
    pub fn tell(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let mut err = io::stderr().lock();
        let _ = write(&mut err).and_then(|()| err.flush());
    }

    /// Tells a failure and those before it.
    pub fn fail(&self, failure: &Failure) {
        for other in &failure.others {
            self.fail(other);
        }
        self.say("error", "\u{1b}[1;31m", failure);
    }

    /// Tells of something odd that stops nothing.
    pub fn warn(&self, failure: &Failure) {
        self.say("warning", "\u{1b}[1;33m", failure);
    }

    /// Text with its control characters spelt out.
    pub fn visible(&self, text: &str) -> String {
        visible(text)
    }

    fn say(&self, word: &str, colour: &str, failure: &Failure) {
        let (start, end) = if self.err.colour { (colour, "\u{1b}[0m") } else { ("", "") };
        self.tell(|err| {
            writeln!(err, "{start}{word}{end}: {}", visible(&failure.message))?;
            match &failure.help {
                Some(help) => writeln!(err, "  help: {}", visible(help)),
                None => Ok(()),
            }
        });
    }

    fn stream(&self, side: Side) -> &Stream {
        match side {
            Side::Out => &self.out,
            Side::Err => &self.err,
        }
    }
}

/// Text with its control characters spelt out: a file's name must not move the cursor.
fn visible(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_control() {
            true => safe.extend(letter.escape_default()),
            false => safe.push(letter),
        }
    }
    safe
}

fn colour(color: Color, is_terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if set("CLICOLOR_FORCE") && std::env::var_os("CLICOLOR_FORCE").is_some_and(|it| it != "0") => true,
        Color::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Whether the locale can show more than ASCII; systems that do not say are taken to.
fn unicode() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_spelt_out() {
        assert_eq!(visible("a\u{1b}[2J\nb"), "a\\u{1b}[2J\\nb");
    }
}
