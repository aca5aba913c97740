//! Words that stand in text nobody could read: what may have been declared there is not reported as unknown.

use std::collections::HashSet;

use crate::syntax::ast::Ast;

/// The lost words of all files.
pub(super) struct Lost<'s>(HashSet<&'s str>);

impl<'s> Lost<'s> {
    /// The lost words of all these files.
    pub(super) fn of(asts: &[&Ast<'s>]) -> Self {
        Lost(asts.iter().flat_map(|ast| ast.lost.iter().copied()).collect())
    }

    /// Whether this word is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        !self.0.is_empty() && self.0.contains(word)
    }

    /// Whether a term, which may have blanks, can have been declared in lost text: as an id or word by word.
    pub(super) fn has_term(&self, term: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let plain = term.trim().to_lowercase();
        let id = plain.split_whitespace().collect::<Vec<_>>().join("-");
        // The plural of a lost word without one of its own ends in an `s`.
        self.has(&id)
            || id.strip_suffix('s').is_some_and(|one| self.has(one))
            || self.has(term.trim())
            || plain.split_whitespace().all(|word| self.has(word))
            || term.split_whitespace().all(|word| self.has(word))
    }
}
