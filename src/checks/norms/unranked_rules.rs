//! `unranked-rules`: two rules of one policy that disagree, one of which may be meant as an exception.

use super::disagreement;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::Conflict;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unranked-rules",
        point: "two rules disagree, and none gives way",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("unranked_rules.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    disagreement::all(context, Conflict::UnrankedRules, findings);
}
