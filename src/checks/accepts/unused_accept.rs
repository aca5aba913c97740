//! `unused-accept`: an `accept` that matches no finding.

use crate::checks::{Check, Context, Run, find};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{Accept, Policy, Target};
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unused-accept",
        point: "a decision settles nothing",
        family: Family::Accepts,
        severity: Some(Severity::Warning),
        page: include_str!("unused_accept.md"),
    },
    run: Run::WhileReading,
};

/// Checks that judge by the day: without one they find nothing, and an accept of theirs is none the worse for it.
const BY_THE_DAY: [&str; 1] = [crate::checks::governance::review_overdue::CHECK.info.name];

/// The finding for an accept that covers nothing; none where that may be for want of text that could not be read, or
/// of a day to judge by.
pub fn finding(context: &Context<'_>, policy: &Policy, accept: &Accept) -> Option<Finding> {
    let undated = context.as_of.is_none() && BY_THE_DAY.contains(&accept.check.as_str());
    if undated || context.any_damaged() {
        return None;
    }
    let unasked = find(&accept.check).is_some_and(|check| check.info.family == Family::Versions);
    if unasked && context.base().is_none() || may_show_otherwise(context, policy, accept) {
        return None;
    }
    // What is told in a block may be fewer things while names in it lead nowhere.
    let place = accept.block.map_or(Span { start: 0, end: u32::MAX, ..policy.span }, |block| policy.block(block).span);
    if context.may_lack_rules(place) {
        return None;
    }
    let within = match accept.block {
        Some(block) => format!("in this {}", policy.block(block).kind.name()),
        None => "in this policy".to_owned(),
    };
    let with = if accept.with.is_some() { " that also lies in the place named after `with`" } else { "" };
    Some(
        Finding::new("unused-accept", accept.span, format!("there is no `{}` {within}{with} to accept", accept.check))
            .help("remove the `accept`: what it accepted has been mended, or lies in another block"),
    )
}

/// Whether rules may disagree although this run does not say so: where it did not look, could not look to the end, or
/// where they only meet once all organisations are taken as one.
fn may_show_otherwise(context: &Context<'_>, policy: &Policy, accept: &Accept) -> bool {
    if find(&accept.check).is_none_or(|check| check.info.family != Family::Norms) {
        return false;
    }
    let Some(analysis) = context.analysis() else { return true };
    let collection = context.collection;
    let other = match accept.with {
        Some(Target::Policy(other) | Target::Block(other, _)) => Some(collection.policy(other)),
        Some(Target::Rule(rule)) => Some(collection.policy(rule.policy)),
        Some(Target::Related(_)) | None => None,
    };
    let apart = other.is_some_and(|other| match (policy.organisation, other.organisation) {
        (Some(one), Some(other)) => {
            !collection.vocabulary.is_below(one, other) && !collection.vocabulary.is_below(other, one)
        }
        _ => true,
    });
    !analysis.undecided.is_empty() || apart && !context.as_one
}

/// The finding for an accept of a check whose findings cannot be accepted.
pub fn never(accept: &Accept) -> Finding {
    let help = match accept.check.as_str() {
        "syntax" => "text that cannot be read has to be mended; remove the `accept`",
        _ => "findings about accepts are mended by mending the `accept`; remove this one",
    };
    Finding::new("unused-accept", accept.check_span, format!("`{}` cannot be accepted", accept.check)).help(help)
}
