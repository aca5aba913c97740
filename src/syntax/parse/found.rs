//! The findings of one file, so many of them and no more: a file of millions of stray signs is told of like any other,
//! and does not take the memory of the machine.

use super::SYNTAX;
use crate::diagnostic::Finding;

/// The most mistakes of one file that are told at once.
const MOST: usize = 1000;

/// Findings in the order in which they were met. Those past the most that are told are counted only.
#[derive(Debug, Default)]
pub struct Found {
    told: Vec<Finding>,
    untold: usize,
}

impl Found {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        if self.told.len() < MOST { self.told.push(finding) } else { self.untold += 1 }
    }

    /// Adds all of the others.
    pub fn add(&mut self, others: Found) {
        self.untold += others.untold;
        others.told.into_iter().for_each(|finding| self.push(finding));
    }

    /// How many there are, told or not.
    pub fn len(&self) -> usize {
        self.told.len() + self.untold
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first that was met.
    pub fn first(&self) -> Option<&Finding> {
        self.told.first()
    }

    /// Takes back all but the first so many.
    pub fn truncate(&mut self, length: usize) {
        self.untold = length.saturating_sub(self.told.len());
        self.told.truncate(length);
    }

    /// The findings in the order of their places, with a word about those that are not told.
    pub fn finish(self) -> Vec<Finding> {
        let Found { told: mut findings, untold } = self;
        findings.sort_by_key(Finding::span);
        if let Some(last) = findings.last().filter(|_| untold > 0) {
            let message = format!("this file has {untold} more mistakes of this kind");
            findings.push(
                Finding::new(SYNTAX, last.span().at_end(), message)
                    .labelled("after this")
                    .help("mend those above first; is this a policy file at all?"),
            );
        }
        findings
    }
}
