//! Whether two texts are read as the same, however they are laid out.

use pest::Parser;
use pest::Token as Edge;
use pest::iterators::Pairs;

use super::super::grammar::{Grammar, Rule};

/// Whether the grammar reads the same in both texts: the same things in each other, and the same words, comments, lines
/// of prose and ranges that cannot be read.
pub fn same_tree(one: &str, other: &str) -> bool {
    let (Ok(left), Ok(right)) = (Grammar::parse(Rule::file, one), Grammar::parse(Rule::file, other)) else {
        return false;
    };
    let (mut left, mut right) = (Leaves::new(one, left), Leaves::new(other, right));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.is_same(&b) => {}
            _ => return false,
        }
    }
}

/// The beginning or the end of a pair, or a whole one that holds no other.
enum Step<'t> {
    Enter(Rule),
    Leave,
    Leaf(Rule, &'t str),
}

impl Step<'_> {
    fn is_same(&self, other: &Step<'_>) -> bool {
        match (self, other) {
            (Step::Enter(a), Step::Enter(b)) => a == b,
            (Step::Leave, Step::Leave) => true,
            (Step::Leaf(a, _), Step::Leaf(b, _)) if a != b => false,
            (Step::Leaf(Rule::prose, a), Step::Leaf(_, b)) => lines(a).eq(lines(b)),
            (Step::Leaf(form, a), Step::Leaf(_, b)) if is_verbatim(*form) => {
                a.trim_end().lines().eq(b.trim_end().lines())
            }
            // Keywords of two words and empty braces can hold any blanks.
            (Step::Leaf(_, a), Step::Leaf(_, b)) => signs(a).eq(signs(b)),
            _ => false,
        }
    }
}

/// What has to stay as it stands.
fn is_verbatim(form: Rule) -> bool {
    matches!(
        form,
        Rule::string
            | Rule::comment
            | Rule::junk_head
            | Rule::junk_block_head
            | Rule::junk
            | Rule::junk_entry
            | Rule::junk_child
            | Rule::junk_field
            | Rule::junk_line
            | Rule::broken_head
            | Rule::broken_child_head
    )
}

/// The letters and signs of a text without its blanks.
pub fn signs(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| !letter.is_whitespace())
}

/// What a run of prose says: its lines as they are read, and the comments between them.
fn lines(run: &str) -> impl Iterator<Item = &str> {
    run.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| match line.strip_prefix('|') {
        Some(text) => text.strip_prefix(' ').unwrap_or(text),
        None => line,
    })
}

struct Leaves<'t> {
    text: &'t str,
    edges: std::iter::Peekable<pest::iterators::Tokens<'t, Rule>>,
}

impl<'t> Leaves<'t> {
    fn new(text: &'t str, pairs: Pairs<'t, Rule>) -> Self {
        Leaves { text, edges: pairs.tokens().peekable() }
    }
}

impl<'t> Iterator for Leaves<'t> {
    type Item = Step<'t>;

    fn next(&mut self) -> Option<Step<'t>> {
        let (form, start) = match self.edges.next()? {
            Edge::Start { rule: form, pos } => (form, pos.pos()),
            Edge::End { .. } => return Some(Step::Leave),
        };
        match self.edges.peek() {
            Some(Edge::End { pos, .. }) => {
                let end = pos.pos();
                self.edges.next();
                Some(Step::Leaf(form, self.text.get(start..end).unwrap_or("")))
            }
            _ => Some(Step::Enter(form)),
        }
    }
}
