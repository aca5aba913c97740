//! `incompatible-duties`: two duties whose acts exclude each other.

use super::disagreement;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::Conflict;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "incompatible-duties",
        point: "two duties exclude each other",
        family: Family::Norms,
        severity: Some(Severity::Error),
        page: include_str!("incompatible_duties.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    disagreement::all(context, Conflict::IncompatibleDuties, findings);
}
