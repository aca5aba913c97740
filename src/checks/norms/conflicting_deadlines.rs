//! `conflicting-deadlines`: two duties to one act with different time limits.

use super::disagreement;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::Conflict;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "conflicting-deadlines",
        point: "one act has two time limits",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("conflicting_deadlines.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    disagreement::all(context, Conflict::ConflictingDeadlines, findings);
}
