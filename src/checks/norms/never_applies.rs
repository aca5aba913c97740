//! `never-applies`: a rule that holds in no situation.

use super::message::listed;
use super::said::{self, Part, label};
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::norms::NeverApplies;
use crate::verbalise;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "never-applies",
        point: "a rule never applies",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("never_applies.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    findings.extend(analysis.never_applies.iter().map(|it| match it.overridden_by.as_slice() {
        [] => covers_nothing(context, it),
        _ => overridden(context, it),
    }));
}

/// The rule's own conditions leave nothing.
fn covers_nothing(context: &Context<'_>, it: &NeverApplies) -> Finding {
    let rule = context.collection.rule(it.rule);
    let place = verbalise::place(context.collection, it.rule, it.rule.policy);
    let (message, help) = match (rule.when.is_empty(), rule.unless.is_empty()) {
        (false, true) => (
            format!("no situation meets all the conditions of {place}"),
            "the conditions rule each other out: those joined by `and`, several `when`, and those that `each rule` adds all have to hold",
        ),
        (_, false) => (
            format!("the exceptions of {place} take out every situation it speaks of"),
            "narrow the `unless`, or take the rule out; what `each rule` adds counts too",
        ),
        (true, true) => (
            format!("nobody and nothing is named by {place}"),
            "a word said to consist of certain others `only` stands for those alone: name words that stand for something",
        ),
    };
    let mut finding = Finding::new(CHECK.info.name, said::place(context, it.rule), message)
        .labelled(format!("this never applies: {}", verbalise::gist(context.collection, it.rule)))
        .help(help)
        .rule(&rule.key);
    for part in rule.when.iter().chain(&rule.unless) {
        let word = if rule.unless.iter().any(|unless| unless.span == part.span) { "except" } else { "only" };
        let told = verbalise::condition(context.collection, it.rule.policy, &part.condition);
        finding = finding.and(part.span, format!("{word} where {told}"));
    }
    finding
}

/// Other rules take all it covers.
fn overridden(context: &Context<'_>, it: &NeverApplies) -> Finding {
    let place = |rule| verbalise::place(context.collection, rule, it.rule.policy);
    let own = place(it.rule);
    let mut others: Vec<String> = it.overridden_by.iter().map(|&rule| place(rule)).collect();
    others.dedup();
    let message = if others.iter().all(|other| *other == own) {
        format!("a rule of {own} never applies: wherever it would, it gives way to another there")
    } else {
        format!("{own} never applies: wherever it would, it gives way to {}", listed(others.into_iter()))
    };
    let mut finding = Finding::new(CHECK.info.name, said::place(context, it.rule), message)
        .labelled(format!("this never applies: {}", verbalise::gist(context.collection, it.rule)))
        .help("take the rule out, or narrow what overrides it with `when` or `unless`")
        .rule(&context.collection.rule(it.rule).key);
    for &winner in &it.overridden_by {
        let winning = label(context, winner, Part::Outright, None);
        finding = finding.and(winning.span, winning.text).rule(&context.collection.rule(winner).key);
    }
    finding
}
