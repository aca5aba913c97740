//! `contradictory-advice`: rules that disagree where at least one only advises.

use super::disagreement;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::Conflict;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "contradictory-advice",
        point: "advice goes against another rule",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("contradictory_advice.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    disagreement::all(context, Conflict::ContradictoryAdvice, findings);
}
