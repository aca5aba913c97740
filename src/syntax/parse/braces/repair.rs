//! Putting in the braces that are missing and taking out those too many, by the indentation of the lines.

use super::super::SYNTAX;
use super::super::found::Found;
use super::{Line, Lines, Token, begins_comment};
use crate::diagnostic::Finding;
use crate::source::{FileId, Span};

/// A text whose braces match.
pub struct Repair {
    pub text: String,
    /// Places of inserted characters in that text.
    pub inserted: Vec<usize>,
    pub findings: Found,
}

/// A block that is open.
struct Open {
    at: usize,
    indent: usize,
    /// Indentation of the first line inside, once there has been one.
    inner: Option<usize>,
}

/// A change to the text: a character put in before `at`, or the one at `at` taken out.
struct Change {
    at: usize,
    put_in: Option<char>,
}

/// A line that reads like the head of a block but has no brace.
struct Head {
    indent: usize,
    end: usize,
    /// Whether its first word says that it is one; the others are words of a vocabulary, which need no braces.
    sure: bool,
}

struct Repairer<'a> {
    file: FileId,
    text: &'a str,
    stack: Vec<Open>,
    heads: Vec<Head>,
    /// Indentation of the line on which what is being read began: heads can run on over several lines.
    began: usize,
    /// Whether it is the last of the heads.
    is_head: bool,
    /// Whether the last line ended in a comma.
    runs_on: bool,
    changes: Vec<Change>,
    findings: Found,
    /// How many closing braces are missing in all.
    missing: usize,
    /// How many are too many in all.
    spare: usize,
}

/// The words that begin a line with an opening brace.
const HEADS: [&str; 8] = ["section", "annex", "clause", "note", "define", "policy", "vocabulary", "history"];

/// The words that begin a line which carries on the head of a block or an entry.
const PARTS: [&str; 11] =
    ["also", "plural", "is", "overlaps", "takes", "excludes", "only", "chosen", "number", "was", "as"];

/// What tells how many braces are missing or too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// How many of each there are: a text with as many of both is left alone, and the layout only says where.
    Count,
    /// The layout alone.
    Layout,
}

/// Makes the braces of a text match.
pub fn repair(file: FileId, text: &str, trust: Trust) -> Repair {
    let (missing, spare) = match trust {
        Trust::Count => count(text),
        // More than any text has.
        Trust::Layout => (usize::MAX / 2, usize::MAX / 2),
    };
    let mut repairer = Repairer {
        file,
        text,
        stack: Vec::new(),
        heads: Vec::new(),
        began: 0,
        is_head: false,
        runs_on: false,
        changes: Vec::new(),
        findings: Found::default(),
        missing,
        spare,
    };
    for line in Lines::new(text) {
        repairer.line(line);
    }
    repairer.at_end();
    let Repairer { mut changes, findings, .. } = repairer;
    changes.sort_by_key(|change| change.at);
    let (text, inserted) = apply(text, &changes);
    Repair { text, inserted, findings }
}

/// How many more braces open than close, or the other way round.
fn count(text: &str) -> (usize, usize) {
    let (mut opens, mut closes) = (0usize, 0usize);
    for line in Lines::new(text) {
        for token in line.tokens(text) {
            match token {
                Token::Open(_) => opens += 1,
                Token::Close(_) => closes += 1,
                _ => {}
            }
        }
    }
    (opens.saturating_sub(closes), closes.saturating_sub(opens))
}

impl Repairer<'_> {
    fn line(&mut self, line: Line) {
        let content = line.content(self.text);
        if content.is_empty() || begins_comment(content) {
            return;
        }
        let word = content.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next().unwrap_or("");
        let carries_on =
            !HEADS.contains(&word) && (self.runs_on || content.starts_with(['"', '{', ',']) || PARTS.contains(&word));
        self.runs_on = content.ends_with(',') && !content.starts_with('|');
        if !carries_on {
            self.began = line.indent();
            self.is_head = false;
            self.forget_heads(line, content.starts_with('}'));
        }
        if self.missing > 0 && !carries_on {
            self.close_before(line, content.starts_with('}'));
        }
        let swallowed = (self.missing > 0).then(|| self.swallowed(line)).flatten();
        if let Some(open) = self.stack.last_mut() {
            open.inner.get_or_insert(line.indent());
        }
        let mut braces = 0;
        let mut opened = None;
        for token in line.tokens(self.text) {
            match token {
                Token::Open(at) => {
                    braces += 1;
                    let before = opened.replace(at).and_then(|before| self.text.get(before + 1..at));
                    if self.missing > 0 && before.is_some_and(|between| between.trim().is_empty()) {
                        self.missing -= 1;
                        self.take_out(at, "this `{` opens nothing", "delete it");
                        continue;
                    }
                    self.stack.push(Open { at, indent: self.began, inner: None });
                }
                Token::Close(at) => {
                    braces += 1;
                    self.close(at, line);
                }
                _ => {}
            }
        }
        if let Some(at) = swallowed.filter(|_| self.missing > 0) {
            self.free(at);
        }
        if braces > 0 || content.starts_with(['|', '#']) {
            return;
        }
        let end = line.first + content.split(" # ").next().unwrap_or(content).trim_end().len();
        if carries_on {
            if let Some(head) = self.heads.last_mut().filter(|_| self.is_head) {
                head.end = end;
            }
            return;
        }
        let sure = HEADS.contains(&word);
        self.is_head = sure || self.in_vocabulary();
        if self.is_head {
            self.heads.push(Head { indent: line.indent(), end, sure });
        }
    }

    /// Whether the outermost open block is a vocabulary.
    fn in_vocabulary(&self) -> bool {
        let Some(outermost) = self.stack.first() else { return false };
        let before = self.text.get(..outermost.at).unwrap_or("");
        before.lines().next_back().is_some_and(|line| line.trim_start().starts_with("vocabulary"))
    }

    /// A line that is set in no deeper than a head tells that nothing belongs to that head, unless it closes it.
    fn forget_heads(&mut self, line: Line, closes: bool) {
        self.heads.retain(|head| head.indent < line.indent() || head.indent == line.indent() && (closes || head.sure));
    }

    /// The closing brace at the end of a line of prose, which runs to the end of its line and swallows it.
    fn swallowed(&self, line: Line) -> Option<usize> {
        let content = line.content(self.text);
        let prose = content.find('|').and_then(|bar| content.get(bar..))?;
        let lone = prose.ends_with(" }") && !prose.contains('{');
        lone.then(|| line.first + content.len() - 1)
    }

    /// Puts a swallowed brace on a line of its own.
    fn free(&mut self, at: usize) {
        let place = Span::new(self.file, at, at + 1);
        self.findings.push(
            Finding::new(SYNTAX, place, "this `}` is part of the prose, which runs to the end of its line")
                .help("put the `}` on a line of its own; for a brace in the prose write `\\}`")
                .fix("put `}` on a line of its own", place.at_start(), "\n"),
        );
        self.changes.push(Change { at, put_in: Some('\n') });
        self.stack.pop();
        self.missing -= 1;
    }

    /// Closes what the indentation of a line says was meant to be closed before it.
    fn close_before(&mut self, line: Line, closes: bool) {
        while self.missing > 0 {
            let Some(top) = self.stack.last() else { return };
            // Text that is not set in tells nothing.
            let set_in = top.inner.is_some_and(|inner| inner > top.indent);
            let deeper = if closes { top.indent > line.indent() } else { top.indent >= line.indent() };
            if !set_in || !deeper {
                return;
            }
            let opened = Span::new(self.file, top.at, top.at + 1);
            self.findings.push(
                Finding::new(SYNTAX, Span::new(self.file, line.first, line.first), "a `}` is missing before this line")
                    .labelled("expected `}` before this")
                    .and(opened, "to close the block that opens here")
                    .help("close the block with `}` on a line of its own"),
            );
            self.changes.push(Change { at: line.first, put_in: Some('}') });
            self.stack.pop();
            self.missing -= 1;
        }
    }

    fn close(&mut self, at: usize, line: Line) {
        let first_on_line = at == line.first;
        let fits = match self.stack.last() {
            None => false,
            Some(_) if self.spare == 0 => true,
            Some(top) if first_on_line => top.indent == line.indent(),
            Some(top) => top.at >= line.start,
        };
        if fits {
            self.stack.pop();
            return;
        }
        if self.spare == 0 {
            // The count said that none is to spare, so that one further down is missing: this one is put aside.
            self.take_out_close(at);
            self.missing += 1;
            return;
        }
        self.spare -= 1;
        let head = self.heads.iter().rposition(|head| first_on_line && head.indent == line.indent());
        match head {
            Some(index) => {
                let head = self.heads.remove(index);
                let place = Span::new(self.file, head.end, head.end);
                self.findings.push(
                    Finding::new(SYNTAX, place, "a `{` is missing at the end of this line")
                        .labelled("expected `{` here")
                        .help("a block has its content between `{` and `}`")
                        .fix("write `{`", place, " {"),
                );
                self.changes.push(Change { at: head.end, put_in: Some('{') });
            }
            None => self.take_out_close(at),
        }
    }

    fn take_out_close(&mut self, at: usize) {
        self.take_out(
            at,
            "this `}` closes nothing",
            "delete it, or look further up for a block that is closed too early",
        );
    }

    fn take_out(&mut self, at: usize, message: &str, help: &str) {
        let place = Span::new(self.file, at, at + 1);
        let brace = self.text.get(at..at + 1).unwrap_or("");
        self.findings.push(Finding::new(SYNTAX, place, message).help(help).fix(format!("delete `{brace}`"), place, ""));
        self.changes.push(Change { at, put_in: None });
    }

    fn at_end(&mut self) {
        let end = self.text.trim_end().len();
        while let Some(open) = self.stack.pop() {
            self.findings.push(
                Finding::new(SYNTAX, Span::new(self.file, open.at, open.at + 1), "this `{` is never closed")
                    .labelled("opened here")
                    .and(Span::new(self.file, end, end), "the file ends here")
                    .help("close the block with `}` on a line of its own"),
            );
            self.changes.push(Change { at: self.text.len(), put_in: Some('}') });
        }
    }
}

/// Carries out the changes; also tells where the characters put in stand in the result.
fn apply(text: &str, changes: &[Change]) -> (String, Vec<usize>) {
    let mut result = String::with_capacity(text.len() + changes.len());
    let mut inserted = Vec::new();
    let mut done = 0;
    for change in changes {
        result.push_str(text.get(done..change.at).unwrap_or(""));
        done = done.max(change.at);
        match change.put_in {
            Some(character) => {
                // At the very end the last line may be prose, which would swallow the brace.
                if change.at == text.len() && !result.ends_with(['\n', '}']) {
                    inserted.push(result.len());
                    result.push('\n');
                }
                inserted.push(result.len());
                result.push(character);
            }
            None => {
                result.push(' ');
                done = change.at + 1;
            }
        }
    }
    result.push_str(text.get(done..).unwrap_or(""));
    (result, inserted)
}
