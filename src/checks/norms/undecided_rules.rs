//! `undecided-rules`: rules of which a limit left open whether they disagree.

use super::message::listed;
use super::said::{Part, label};
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::{Limit, Undecided};
use crate::verbalise;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "undecided-rules",
        point: "rules too entangled to be compared",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("undecided_rules.md"),
    },
    run: Run::Collection(run),
};

/// How many of the rules are pointed at.
const MOST_SHOWN: usize = 6;

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    findings.extend(analysis.undecided.iter().filter_map(|it| finding(context, it)));
}

fn finding(context: &Context<'_>, it: &Undecided) -> Option<Finding> {
    let first = *it.rules.first()?;
    let place = |rule| verbalise::place(context.collection, rule, first.policy);
    let mut places: Vec<String> = it.rules.iter().map(|&rule| place(rule)).collect();
    places.dedup();
    let several = it.rules.len() > 1;
    let rules = listed(places.into_iter());
    let (message, help) = match it.limit {
        Limit::Cases if several => (
            format!(
                "whether {rules} disagree was not decided: their conditions, and those of what overrides them, make too many cases"
            ),
            "make them simpler: split a rule with many conditions in two, shorten lists in `n of (…)`, or override fewer rules at once",
        ),
        Limit::Cases => (
            format!(
                "whether {rules} does anything was not decided: its conditions, and those of what overrides it, make too many cases"
            ),
            "make it simpler: split a rule with many conditions in two, shorten lists in `n of (…)`, or override fewer rules at once",
        ),
        Limit::Partners(left) => (
            format!("{rules} was not compared with {left} of the rules about the same act: there are too many"),
            "gather rules that say the same into one, with a wider word or a list of names",
        ),
        Limit::Disagreements(left) => (
            format!("{left} rules, from {rules} on, were not looked at: too many rules disagree already"),
            "mend or accept what is reported, and check again",
        ),
        Limit::Steps(left) => (
            format!("{left} rules, from {rules} on, were not looked at: those before them took too long to compare"),
            "make simpler what other findings of this check name; or check a part of the collection at a time",
        ),
    };
    let mut finding: Option<Finding> = None;
    for &rule in it.rules.iter().take(MOST_SHOWN) {
        let shown = label(context, rule, Part::Outright, None);
        finding = Some(match finding {
            None => Finding::new(CHECK.info.name, shown.span, message.as_str()).labelled(shown.text),
            Some(finding) => finding.and(shown.span, shown.text),
        });
    }
    let mut finding = finding?.help(help);
    finding.rules = it.rules.iter().map(|&rule| context.collection.rule(rule).key.clone()).collect();
    Some(finding)
}
