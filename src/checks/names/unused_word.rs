//! `unused-word`: a word or fact that nothing in the collection names.

use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unused-word",
        point: "a word is never used",
        family: Family::Names,
        severity: Some(Severity::Warning),
        page: include_str!("unused_word.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // What could not be read may well have used it.
    if context.any_damaged() {
        return;
    }
    // A misspelt use is a use.
    for unused in context.collection.unused.iter().filter(|unused| !context.is_suggested(&unused.id)) {
        findings.push(
            Finding::new(CHECK.info.name, unused.span, format!("nothing uses the {} `{}`", unused.kind, unused.id))
                .help("use it in a rule or in prose, or remove it from the vocabulary"),
        );
    }
}
