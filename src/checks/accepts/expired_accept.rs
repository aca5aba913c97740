//! `expired-accept`: the day until which a finding was to be lived with has passed.

use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::Accept;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "expired-accept",
        point: "a decision has run out",
        family: Family::Accepts,
        severity: Some(Severity::Warning),
        page: include_str!("expired_accept.md"),
    },
    run: Run::WhileReading,
};

/// The finding, where the accept held until a day that has passed; `covered` is the first finding it covers.
pub fn finding(context: &Context<'_>, accept: &Accept, covered: &Finding) -> Option<Finding> {
    let (until, span) = accept.until?;
    if context.as_of? <= until.last_day() {
        return None;
    }
    let message = format!("`{}` was accepted until {}, which has passed", accept.check, until.told());
    Some(
        Finding::new("expired-accept", span, message)
            .labelled("accepted until then")
            .and(covered.span(), format!("the finding counts again: {}", covered.message))
            .help("mend what was found, or decide again and give a later date"),
    )
}
