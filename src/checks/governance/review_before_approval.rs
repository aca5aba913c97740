//! `review-before-approval`: a policy that was to be reviewed before it was even approved.

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::PartialDate;
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "review-before-approval",
        point: "the review was due before the approval",
        family: Family::Governance,
        severity: Some(Severity::Warning),
        page: include_str!("review_before_approval.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    let Some((by, place)) = policy.review.by else { return };
    let Some((since, what, start)) = latest_start(subject) else { return };
    // Two dates that may be the same day are not out of order.
    if by.last_day() >= since.first_day() {
        return;
    }
    let message = format!("the review is due by {}, but the policy {what} on {}", by.told(), since.told());
    let message = if since.first_day() == since.last_day() { message } else { message.replace(" on ", " in ") };
    findings.push(
        Finding::new(CHECK.info.name, place, message)
            .and(start, format!("it {what} then"))
            .help("give the date of the next review; the last one belongs in the `history`"),
    );
}

/// The later of approval and entry into force, with how it is told and where it stands; the last entry of the history
/// where the approval has no date.
fn latest_start(subject: &Subject<'_>) -> Option<(PartialDate, &'static str, Span)> {
    let policy = subject.policy;
    let approved = policy.approved.as_ref().and_then(|it| Some((it.date?, "was approved", it.span)));
    let recorded = policy.history.last().map(|entry| (entry.date, "was last changed", entry.span));
    let effective = policy.effective.map(|(date, span)| (date, "took effect", span));
    approved.or(recorded).into_iter().chain(effective).max_by_key(|(date, ..)| date.first_day())
}
