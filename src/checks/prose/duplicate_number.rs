//! `duplicate-number`: one number on two blocks.

use std::collections::BTreeMap;

use super::siblings::{Shown, numbers_in, parents};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::Parent;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "duplicate-number",
        point: "two places have the same number",
        family: Family::Prose,
        severity: Some(Severity::Warning),
        page: include_str!("duplicate_number.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    // Computed numbers never repeat by themselves.
    if policy.blocks.iter().all(|block| block.kept_number.is_none()) {
        return;
    }
    let mut first: BTreeMap<(Parent, &str), Shown<'_>> = BTreeMap::new();
    for parent in parents(policy) {
        for shown in numbers_in(policy, parent) {
            // `(a)` stands for a place in its block only; `5.4` and `B` for one in the whole policy.
            let scope = if shown.number.starts_with('(') { parent } else { None };
            if let Some(other) = first.get(&(scope, shown.number)) {
                findings.push(finding(other, &shown));
            } else {
                first.insert((scope, shown.number), shown);
            }
        }
    }
}

/// The finding, at the number an author wrote.
fn finding(first: &Shown<'_>, second: &Shown<'_>) -> Finding {
    let (mend, other) = if second.kept { (second, first) } else { (first, second) };
    Finding::new(CHECK.info.name, mend.span, format!("two places are numbered {}", mend.number))
        .and(other.span, format!("this is {} too", other.number))
        .help("a number that people quote must lead to one place: correct it, or leave it to be computed")
}
