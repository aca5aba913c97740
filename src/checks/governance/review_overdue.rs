//! `review-overdue`: the day by which a policy was to be looked at again has passed.

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::Status;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "review-overdue",
        point: "the review is overdue",
        family: Family::Governance,
        severity: Some(Severity::Warning),
        page: include_str!("review_overdue.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    // A draft is being reviewed already, and nobody reviews what is no longer in force.
    if matches!(policy.status, Some((Status::Draft | Status::Withdrawn, _))) {
        return;
    }
    let (Some(today), Some(due)) = (subject.context.as_of, policy.review_due()) else { return };
    let span = policy.review.by.map(|(_, span)| span).or(policy.review.every.map(|(_, span)| span));
    let Some(span) = span.filter(|_| today > due.last_day()) else { return };
    let mut finding = Finding::new(CHECK.info.name, span, format!("the review was due by {}", due.told()))
        .help("review the policy and record the new approval, or move the date with the approval of those who set it");
    if policy.review.by.is_none()
        && let (Some(approval), Some(from)) = (&policy.approved, policy.last_approved())
    {
        finding = finding.and(approval.span, format!("counted from {}", from.told()));
    }
    findings.push(finding);
}
