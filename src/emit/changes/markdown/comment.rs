//! A comment that ends before it is too long: between two pieces, with a count of those that are missing.

/// What is kept free for what is said of the pieces left out, and for what has to be closed.
const KEPT: usize = 800;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Head,
    Effect,
    Field,
    Clause,
    Word,
    Finding,
    Gap,
}

/// Kinds that are counted, with what one of them is called and what several are.
const COUNTED: [(Kind, &str, &str); 6] = [
    (Kind::Effect, "effect", "effects"),
    (Kind::Field, "field", "fields"),
    (Kind::Clause, "clause", "clauses"),
    (Kind::Word, "word of the vocabulary", "words of the vocabulary"),
    (Kind::Finding, "finding", "findings"),
    (Kind::Gap, "place that could not be understood", "places that could not be understood"),
];

/// The comment.
pub(super) struct Comment {
    out: String,
    /// How many characters there is still room for.
    room: usize,
    /// Whether a piece has been left out for want of room: those that follow are too.
    full: bool,
    left_out: Vec<Kind>,
    /// What closes what is open.
    closing: Option<&'static str>,
}

impl Comment {
    pub fn new(longest: usize) -> Self {
        Comment {
            out: String::new(),
            room: longest.saturating_sub(KEPT),
            full: false,
            left_out: Vec::new(),
            closing: None,
        }
    }

    /// Adds a piece, if there is room for it; says whether there was.
    pub fn add(&mut self, kind: Kind, text: &str) -> bool {
        let length = text.chars().count();
        if self.full || length > self.room {
            // The name of a side may be too long where everything else has room.
            self.full = !self.out.is_empty();
            return self.leave_out(kind);
        }
        self.room -= length;
        self.out.push_str(text);
        true
    }

    /// Counts a piece that is left out.
    pub fn leave_out(&mut self, kind: Kind) -> bool {
        if kind != Kind::Head {
            self.left_out.push(kind);
        }
        false
    }

    /// Opens what [`Self::close`] closes.
    pub fn open(&mut self, before: &str, summary: &str, after: &str, closing: &'static str) {
        if self.add(Kind::Head, &format!("{before}{summary}{after}")) {
            self.closing = Some(closing);
        }
    }

    /// Closes it, whether or not there is room.
    pub fn close(&mut self) {
        self.out.push_str(self.closing.take().unwrap_or(""));
    }

    /// What was left out: `2 effects, 57 clauses and 1 finding`.
    pub fn left_out(&self) -> Option<String> {
        let mut parts = Vec::new();
        for (kind, one, many) in COUNTED {
            match self.left_out.iter().filter(|&&it| it == kind).count() {
                0 => {}
                1 => parts.push(format!("1 {one}")),
                count => parts.push(format!("{count} {many}")),
            }
        }
        let last = parts.pop()?;
        Some(if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) })
    }

    /// All of it, this at its end.
    pub fn finish(self, rest: &str) -> String {
        let mut out = self.out;
        out.truncate(out.trim_end().len());
        if !rest.is_empty() {
            out.push_str("\n\n");
            out.push_str(rest.trim_end());
        }
        out.push('\n');
        out
    }
}
