//! `joint-contradiction`: a duty of which several bans together leave no way open.

use super::disagreement;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::Conflict;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "joint-contradiction",
        point: "several bans leave no way to do a duty",
        family: Family::Norms,
        severity: Some(Severity::Error),
        page: include_str!("joint_contradiction.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    disagreement::all(context, Conflict::JointContradiction, findings);
}
