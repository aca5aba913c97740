//! The page a layout is written on: which statement follows which, what is set in how far, where a line stays empty, and
//! where comments go.

use super::super::parse::shape::{Form, Kind, Mark, Shape, Token, Tokens};
use super::statement::{Piece, Statement};
use super::{STEP, WIDTH};

/// Writes the lines of a text.
pub(super) struct Page<'t> {
    out: String,
    /// Characters in the last line.
    pub column: usize,
    line_end: &'static str,
    tokens: Tokens<'t>,
    /// The next token that is no comment, and the comments before it.
    next: Option<Token<'t>>,
    comments: Vec<Token<'t>>,
    /// For each brace that is open, and for the file, what the last statement in it was.
    last: Vec<Option<Kind>>,
}

impl<'t> Page<'t> {
    pub fn new(text: &'t str, shape: &'t Shape) -> Self {
        let is_crlf = text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r'));
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        if text.starts_with('\u{feff}') {
            out.push('\u{feff}');
        }
        Page {
            out,
            column: 0,
            line_end: if is_crlf { "\r\n" } else { "\n" },
            tokens: shape.tokens(text),
            next: None,
            comments: Vec::new(),
            last: vec![None],
        }
    }

    /// The whole text; `None` where a brace closes nothing or is never closed.
    pub fn write(mut self) -> Option<String> {
        self.advance();
        while let Some(token) = self.next {
            let comments = std::mem::take(&mut self.comments);
            if token.form == Form::Close {
                self.close(&comments)?;
                continue;
            }
            let statement = self.statement(token);
            let kind = statement.kind();
            let last = self.last.last_mut()?.replace(kind);
            self.space(&comments, last.is_some_and(|last| stand_apart(last, kind)), token.line_ends > 1);
            let is_whole = statement.write(&mut self);
            if statement.opens() {
                self.open(is_whole && statement.is_short());
            }
        }
        let comments = std::mem::take(&mut self.comments);
        self.space(&comments, false, false);
        if !self.is_empty() {
            self.out.push_str(self.line_end);
        }
        (self.last.len() == 1).then_some(self.out)
    }

    /// Puts text on the line.
    pub fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    /// Puts text on the page that may hold several lines; they keep their margins.
    pub fn put_lines(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.out.push_str(self.line_end);
                self.column = 0;
            }
            self.put(line.strip_suffix('\r').unwrap_or(line));
        }
    }

    /// Begins a line that is set in.
    pub fn line(&mut self, indent: usize) {
        if !self.is_empty() {
            self.out.push_str(self.line_end);
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// How far statements are set in here.
    pub fn indent(&self) -> usize {
        STEP * (self.last.len() - 1)
    }

    fn is_empty(&self) -> bool {
        self.out.is_empty() || self.out == "\u{feff}"
    }

    /// Reads the next token and the comments before it.
    fn advance(&mut self) {
        self.next = None;
        for token in self.tokens.by_ref() {
            if token.form != Form::Comment {
                self.next = Some(token);
                return;
            }
            self.comments.push(token);
        }
    }

    /// Reads a statement, up to its brace where it has one. The comments inside belong to its pieces; those after it are
    /// left for what follows.
    fn statement(&mut self, first: Token<'t>) -> Statement<'t> {
        let mut pieces = vec![Piece { token: first, comments: Vec::new(), depth: 0 }];
        let mut depth = 0;
        let mut is_over = first.form == Form::Prose || first.mark == Some(Mark::Begin(Kind::Junk));
        loop {
            self.advance();
            let Some(token) = self.next.filter(|_| !is_over) else { break };
            if matches!(token.mark, Some(Mark::Begin(_))) || matches!(token.form, Form::Close | Form::Prose) {
                break;
            }
            if token.text == ")" {
                depth = usize::saturating_sub(depth, 1);
            }
            pieces.push(Piece { token, comments: std::mem::take(&mut self.comments), depth });
            depth += usize::from(token.form == Form::Bracket);
            is_over = token.form == Form::Open;
        }
        Statement::new(pieces)
    }

    /// What stands before a statement, a closing brace or the end: comments, each on its line but for one that follows
    /// something on the same, and an empty line where the author left one or where one has to be. `is_apart` tells
    /// whether there was one right before what comes next.
    fn space(&mut self, comments: &[Token<'t>], needs_line: bool, is_apart: bool) {
        let has_line = is_apart || comments.iter().any(|comment| comment.line_ends > 1);
        let mut needs_line = needs_line && !has_line;
        let indent = self.indent();
        for comment in comments {
            if comment.line_ends == 0 && !self.is_empty() {
                self.put(" ");
                self.put(comment.text);
                continue;
            }
            self.empty_line(comment.line_ends > 1 || needs_line);
            needs_line = false;
            self.line(indent);
            self.put(comment.text);
        }
        self.empty_line(is_apart || needs_line);
    }

    fn empty_line(&mut self, is_wanted: bool) {
        if is_wanted && !self.is_empty() {
            self.out.push_str(self.line_end);
        }
    }

    /// Goes into a brace that has been written; one that is empty or holds words that fit is closed at once.
    fn open(&mut self, can_be_short: bool) {
        if let Some(inside) = self.short(can_be_short) {
            self.put(&inside);
            while self.next.is_some_and(|token| token.form != Form::Close) {
                self.advance();
            }
            self.put(" }");
            self.advance();
            return;
        }
        self.last.push(None);
    }

    /// What stands in a brace, where that goes on the line.
    fn short(&self, can_be_short: bool) -> Option<String> {
        let mut inside = String::new();
        let mut column = self.column + " }".len();
        let mut tokens = self.tokens.clone();
        let mut next = self.next.filter(|_| self.comments.is_empty())?;
        while next.form != Form::Close {
            column += 1 + next.text.chars().count();
            if !can_be_short || column > WIDTH || next.form != Form::Word {
                return None;
            }
            inside.push(' ');
            inside.push_str(next.text);
            next = tokens.next()?;
        }
        Some(inside)
    }

    /// Leaves a brace.
    fn close(&mut self, comments: &[Token<'t>]) -> Option<()> {
        self.space(comments, false, false);
        self.last.pop();
        if self.last.is_empty() {
            return None;
        }
        self.line(self.indent());
        self.put("}");
        self.advance();
        Some(())
    }
}

/// Whether an empty line has to part two statements that follow each other.
fn stand_apart(one: Kind, other: Kind) -> bool {
    match (one, other) {
        (Kind::Block, _) | (_, Kind::Block) => true,
        (Kind::Junk, _) | (_, Kind::Junk) => false,
        (Kind::Aside, _) | (_, Kind::Aside) => true,
        (one, other) => (one == Kind::Prose) != (other == Kind::Prose),
    }
}
