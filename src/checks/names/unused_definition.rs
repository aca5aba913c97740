//! `unused-definition`: a term that is defined and never used.

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unused-definition",
        point: "a defined term is never used",
        family: Family::Names,
        severity: Some(Severity::Warning),
        page: include_str!("unused_definition.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // What could not be read may well have used it.
    if subject.is_damaged() {
        return;
    }
    for definition in subject.policy.definitions.iter().filter(|definition| !definition.used) {
        let term = &definition.term;
        let group = if definition.group.is_empty() { "" } else { ", and no rule names it" };
        findings.push(
            Finding::new(CHECK.info.name, definition.span, format!("the definition of \"{term}\" is never used"))
                .help(format!("write `{{{term}}}` where the prose uses it, or remove it: no prose links to it{group}")),
        );
    }
}
