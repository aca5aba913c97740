//! The one line that closes a run: how much was found in how much.
//!
//! It counts nothing itself; the caller says what it knows.

use crate::diagnostic::Finding;
use crate::diagnostic::export::Summary;

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Errors that nobody has accepted.
    pub errors: usize,
    /// Warnings that nobody has accepted.
    pub warnings: usize,
    /// Notes that nobody has accepted.
    pub notes: usize,
    /// Accepted findings.
    pub accepted: usize,
    /// Policies read.
    pub policies: usize,
    /// Files read.
    pub files: usize,
}

impl Totals {
    /// The findings counted, in so many policies and files.
    pub fn of(findings: &[Finding], policies: usize, files: usize) -> Self {
        let Summary { error, warning, note, accepted } = Summary::of(findings);
        Totals { errors: error, warnings: warning, notes: note, accepted, policies, files }
    }
}

/// The totals as one line without its end: "2 errors, 1 warning, 3 accepted in 5 policies (7 files)".
pub fn summary(totals: &Totals) -> String {
    let mut parts = Vec::new();
    for (count, word) in [(totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note")] {
        if count > 0 {
            parts.push(counted(count, word, &format!("{word}s")));
        }
    }
    if parts.is_empty() {
        parts.push("no findings".to_owned());
    }
    if totals.accepted > 0 {
        parts.push(format!("{} accepted", totals.accepted));
    }
    let policies = counted(totals.policies, "policy", "policies");
    if totals.errors + totals.warnings + totals.notes + totals.accepted == 0 {
        return format!("no findings in {policies}");
    }
    format!("{} in {policies} ({})", parts.join(", "), counted(totals.files, "file", "files"))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
