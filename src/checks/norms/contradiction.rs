//! `contradiction`: two rules of which nobody could follow both, and neither is an exception to the other.

use super::disagreement;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::Conflict;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "contradiction",
        point: "two rules contradict each other",
        family: Family::Norms,
        severity: Some(Severity::Error),
        page: include_str!("contradiction.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    disagreement::all(context, Conflict::Contradiction, findings);
}
