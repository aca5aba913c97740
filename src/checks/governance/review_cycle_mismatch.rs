//! `review-cycle-mismatch`: `review by` and `review every` name different times, or the approval and the history do.

use jiff::civil::Date;

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{PartialDate, Policy};
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "review-cycle-mismatch",
        point: "two statements about the next review disagree",
        family: Family::Governance,
        severity: Some(Severity::Warning),
        page: include_str!("review_cycle_mismatch.md"),
    },
    run: Run::Policy(run),
};

/// How far apart two dates may lie and still mean the same review: boards meet when they meet.
const DAYS_APART: i32 = 31;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    findings.extend(cycle_against_date(subject.policy));
    findings.extend(approval_against_history(subject.policy));
}

/// `review by` against `review every`, counted from whichever start brings the two nearest.
fn cycle_against_date(policy: &Policy) -> Option<Finding> {
    let ((every, cycle), (by, place)) = (policy.review.every?, policy.review.by?);
    let dues: Vec<_> = starts(policy)
        .into_iter()
        .filter_map(|(from, span)| {
            let last = PartialDate::from_day(from.last_day()).after(every)?;
            Some((from, from.after(every)?, last, span))
        })
        .collect();
    let near = |first: PartialDate, last: PartialDate| days_apart(by, first.first_day(), last.last_day()) <= DAYS_APART;
    if dues.iter().any(|(_, first, last, _)| near(*first, *last)) {
        return None;
    }
    let (from, due, _, start) = *dues.first()?;
    let message =
        format!("the review is due by {}, but every {every} makes it {}", by.told(), as_exact_as(from, due).told());
    let mut finding = Finding::new(CHECK.info.name, place, message)
        .help("keep the one that holds and remove or correct the other: nobody can tell which of the two is meant");
    if cycle != place {
        finding = finding.and(cycle, format!("every {every}"));
    }
    Some(finding.and(start, format!("counted from {}", from.told())))
}

/// The approval against a change that the history records after it.
fn approval_against_history(policy: &Policy) -> Option<Finding> {
    let approval = policy.approved.as_ref()?;
    let (approved, change) = (approval.date?, policy.history.last()?);
    let later = change.date.first_day() > approved.last_day();
    if !later || days_apart(approved, change.date.first_day(), change.date.last_day()) <= DAYS_APART {
        return None;
    }
    let message = format!(
        "version {} is dated {}, but the approval that the next review is counted from is of {}",
        change.version,
        change.date.told(),
        approved.told()
    );
    Some(
        Finding::new(CHECK.info.name, approval.span, message)
            .and(change.span, "the later change")
            .help("give the approval of this version, or correct the date in the history"),
    )
}

/// The days an interval may be counted from, with their places: the approval, the day of effect, the last change.
fn starts(policy: &Policy) -> Vec<(PartialDate, Span)> {
    let approved = policy.approved.as_ref().and_then(|approval| Some((approval.date?, approval.span)));
    let recorded = policy.history.last().map(|entry| (entry.date, entry.span));
    approved.into_iter().chain(policy.effective).chain(recorded).collect()
}

/// How many days lie between a date and a stretch of days, at the least.
fn days_apart(date: PartialDate, first: Date, last: Date) -> i32 {
    let between = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    between(date.last_day(), first).max(between(last, date.first_day())).max(0)
}

/// The day told no more exactly than `from` is known.
fn as_exact_as(from: PartialDate, day: PartialDate) -> PartialDate {
    let written = day.to_string();
    written.get(..from.to_string().len()).and_then(PartialDate::parse).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_apart_by_the_days_between_their_ends() {
        let date = |text: &str| PartialDate::parse(text).unwrap();
        let apart = |a: &str, b: &str| days_apart(date(a), date(b).first_day(), date(b).last_day());
        assert_eq!(apart("2026-03", "2026-03-17"), 0);
        assert_eq!(apart("2026-03-01", "2026-03-31"), 30);
        assert_eq!(apart("2026-03-31", "2026-03-01"), 30);
        assert_eq!(apart("2020", "2021-02-01"), 32);
    }

    #[test]
    fn a_date_counted_from_a_month_is_told_as_a_month() {
        let date = |text: &str| PartialDate::parse(text).unwrap();
        assert_eq!(as_exact_as(date("2019-04"), date("2020-04-01")), date("2020-04"));
        assert_eq!(as_exact_as(date("2019-04-09"), date("2020-04-09")), date("2020-04-09"));
    }
}
