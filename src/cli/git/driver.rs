//! The diff driver `policy`: how git finds the clause that a change stands in, and what a word is.
//!
//! Git names, above each change, the last line before it that fits a pattern. That is the innermost clause as long as what a
//! clause says of itself stands before the clauses in it. Prose stands behind a bar and never fits.

use super::super::failure::Failure;
use super::super::revision::Repository;
use super::Change;

/// The lines that name a place: what has clauses in it, a clause, and a word or fact with more than a line to itself.
const HEADS: &str = "^[[:blank:]]*((policy|vocabulary|section|annex|clause)[[:blank:]].*[^{[:space:]])[[:space:]]*\\{?[[:space:]]*$\n\
    ^[[:blank:]]*((organisation|party|thing|action|event|consequence|fact)[[:blank:]].*[^{[:space:]])[[:space:]]*\\{[[:space:]]*$";

/// A word, with the hyphens and apostrophes in it; or a single sign. Letters of any alphabet are told by what they are not,
/// since a computer may be set to know those of English alone.
const WORDS: &str = "[^[:space:][:punct:]]+([-'’][^[:space:][:punct:]]+)*|[^[:space:]]";

/// The settings of the driver.
const SETTINGS: [(&str, &str); 2] = [("diff.policy.xfuncname", HEADS), ("diff.policy.wordRegex", WORDS)];

/// The settings that are to be made, or unmade: those that somebody has set otherwise are not ours to take away.
pub(super) fn changes(repository: &Repository, remove: bool) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    for (name, value) in SETTINGS {
        let output = repository.git(["config", "--local", "--null", "--get", name]).ask()?;
        let old = output.status.success().then(|| {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.trim_end_matches('\0').to_owned()
        });
        let new = (!remove).then_some(value);
        let is_ours = old.as_deref() == Some(value);
        if if remove { is_ours } else { !is_ours } {
            changes.push(Change::Setting { name, old, new });
        }
    }
    Ok(changes)
}

/// Makes or unmakes a setting.
pub(super) fn apply(repository: &Repository, name: &str, new: Option<&str>) -> Result<(), Failure> {
    match new {
        Some(value) => repository.git(["config", "--local", "--replace-all", name, value]).bytes()?,
        None => repository.git(["config", "--local", "--unset-all", name]).bytes()?,
    };
    Ok(())
}
