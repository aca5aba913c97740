//! One statement: what of it goes on a line.

use super::super::parse::shape::{Form, Kind, Mark, Token};
use super::page::Page;
use super::{COLUMN, HANG, STEP, WIDTH};

/// A token of a statement.
pub(super) struct Piece<'t> {
    pub token: Token<'t>,
    /// The comments between the token before it and this one.
    pub comments: Vec<Token<'t>>,
    /// How many brackets are open here.
    pub depth: usize,
}

/// The tokens of a statement, up to its opening brace where it has one.
pub(super) struct Statement<'t> {
    pieces: Vec<Piece<'t>>,
}

impl<'t> Statement<'t> {
    pub fn new(pieces: Vec<Piece<'t>>) -> Self {
        Statement { pieces }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        let first = self.pieces.first().map(|piece| piece.token);
        match first.and_then(|token| token.mark) {
            Some(Mark::Begin(kind)) => kind,
            // A further line of a run of prose begins nothing.
            _ if first.is_some_and(|token| token.form == Form::Prose) => Kind::Prose,
            _ => Kind::Plain,
        }
    }

    /// Whether it ends in an opening brace.
    pub fn opens(&self) -> bool {
        self.pieces.last().is_some_and(|piece| piece.token.form == Form::Open)
    }

    /// Whether its brace holds nothing but words and their labels.
    pub fn is_short(&self) -> bool {
        self.pieces.last().is_some_and(|piece| piece.token.mark == Some(Mark::Short))
    }

    /// Writes it on lines of its own, without the last line's end; answers whether it is one line.
    pub fn write(&self, page: &mut Page<'t>) -> bool {
        let indent = page.indent();
        let is_long = self.is_long(indent);
        // Where the part of the statement begins that is being written, and how far that is set in.
        let mut part = indent;
        // What carries on the value of a header stands below it.
        let hang = if self.kind() == Kind::Field { COLUMN + 1 } else { HANG };
        let mut is_whole = true;
        for (at, piece) in self.pieces.iter().enumerate() {
            let token = &piece.token;
            if at == 0 {
                self.first(token, indent, page);
                continue;
            }
            let begins = match token.mark {
                Some(Mark::Part) => Some(indent + STEP),
                Some(Mark::Phrase) if page.column + self.phrase(at) > WIDTH => Some(indent + STEP),
                Some(Mark::PartIfLong) if is_long => Some(indent + HANG),
                _ => None,
            };
            part = begins.unwrap_or(part);
            let margin = begins.unwrap_or(part + hang + STEP * piece.depth);
            let ends_line = self.ends_line(at - 1);
            let must = comments(&piece.comments, margin, page) || ends_line || begins.is_some();
            if must || self.can_break(at) && page.column + self.chunk(at, is_long) > WIDTH {
                page.line(margin);
                is_whole = false;
            } else {
                let blanks = if at == 1 { self.column() } else { usize::from(self.is_parted(at)) };
                (0..blanks).for_each(|_| page.put(" "));
            }
            put(token, page);
        }
        is_whole
    }

    fn first(&self, token: &Token<'t>, indent: usize, page: &mut Page<'t>) {
        let margin = token.margin.filter(|_| self.kind() == Kind::Junk && token.text.contains('\n'));
        match margin {
            // Its other lines keep their margins, and so does the first.
            Some(margin) => {
                page.line(0);
                page.put(margin);
            }
            None => page.line(indent),
        }
        put(token, page);
    }

    /// How many blanks part the first two tokens: the values of a header stand in a column.
    fn column(&self) -> usize {
        let first = self.pieces.first().map_or(0, |piece| piece.token.text.chars().count());
        match self.kind() {
            Kind::Field => 1 + COLUMN.saturating_sub(first),
            _ => usize::from(self.is_parted(1)),
        }
    }

    /// Whether it cannot be written on one line.
    fn is_long(&self, indent: usize) -> bool {
        let mut width = indent;
        for (at, piece) in self.pieces.iter().enumerate() {
            width += self.width(at);
            if width > WIDTH || !piece.comments.is_empty() || piece.token.text.contains('\n') {
                return true;
            }
        }
        false
    }

    /// The width of a token and the blank before it.
    fn width(&self, at: usize) -> usize {
        let length = self.pieces.get(at).map_or(0, |piece| piece.token.text.chars().count());
        length + usize::from(at > 0 && self.is_parted(at))
    }

    /// Whether a blank stands before a token.
    fn is_parted(&self, at: usize) -> bool {
        let form = |at: usize| self.pieces.get(at).map(|piece| piece.token.form);
        form(at) != Some(Form::Closing) && at.checked_sub(1).and_then(form) != Some(Form::Bracket)
    }

    /// Whether a line can end before a token: after a comma and before a word that joins. It ends outside brackets rather
    /// than inside.
    fn can_break(&self, at: usize) -> bool {
        let Some(piece) = self.pieces.get(at) else { return false };
        let after_comma =
            at.checked_sub(1).and_then(|at| self.pieces.get(at)).is_some_and(|before| before.token.text == ",");
        let joins = piece.token.form == Form::Word && matches!(piece.token.text, "and" | "or");
        after_comma || joins
    }

    /// The width of the tokens from here to the next place where the line can or will end.
    fn chunk(&self, at: usize, is_long: bool) -> usize {
        let depth = self.depth(at);
        self.up_to(at, |next, mark| {
            self.can_break(next) && self.depth(next) <= depth
                || matches!(mark, Some(Mark::Part | Mark::Phrase))
                || is_long && mark == Some(Mark::PartIfLong)
        })
    }

    /// The width of the tokens from here to the next phrase or part.
    fn phrase(&self, at: usize) -> usize {
        self.up_to(at, |_, mark| matches!(mark, Some(Mark::Part | Mark::Phrase)))
    }

    /// How many brackets are open at a token.
    fn depth(&self, at: usize) -> usize {
        self.pieces.get(at).map_or(0, |piece| piece.depth)
    }

    fn up_to(&self, at: usize, is_end: impl Fn(usize, Option<Mark>) -> bool) -> usize {
        let rest = self.pieces.iter().enumerate().skip(at + 1);
        let rest = rest.take_while(|(at, piece)| piece.comments.is_empty() && !is_end(*at, piece.token.mark));
        self.width(at) + rest.map(|(at, _)| self.width(at)).sum::<usize>()
    }

    /// Whether nothing can follow a token on its line: it could not be read and may end in a comment.
    fn ends_line(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| {
            let last = piece.token.text.rsplit('\n').next().unwrap_or("");
            piece.token.form == Form::Verbatim && last.contains('#')
        })
    }
}

fn put(token: &Token<'_>, page: &mut Page<'_>) {
    match token.form {
        Form::Prose if token.text.is_empty() => page.put("|"),
        Form::Prose => {
            page.put("| ");
            page.put(token.text);
        }
        Form::Verbatim => page.put_lines(token.text),
        _ => page.put(token.text),
    }
}

/// Comments inside a statement; answers whether there are any, so that what follows has to begin a line.
fn comments(comments: &[Token<'_>], indent: usize, page: &mut Page<'_>) -> bool {
    for comment in comments {
        if comment.line_ends == 0 {
            page.put(" ");
        } else {
            page.line(indent);
        }
        page.put(comment.text);
    }
    !comments.is_empty()
}
