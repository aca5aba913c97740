//! `redundant-rule`: a rule that another makes needless.

use super::message::set_off;
use super::said::{self, Part, label};
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::Item;
use crate::verbalise;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "redundant-rule",
        point: "a rule says nothing new",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("redundant_rule.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    for it in &analysis.redundant {
        let place = |rule| verbalise::place(context.collection, rule, it.rule.policy);
        let (rule, by) = (place(it.rule), set_off(place(it.by)));
        let beside = context.collection.policy(it.rule.policy).items_of(context.collection.rule(it.rule).block);
        let several = beside.iter().filter(|item| matches!(item, Item::Rule(_))).nth(1).is_some();
        let (message, by) = match (rule == by, several) {
            (true, _) => (
                format!("a rule of {rule} says nothing that another there does not say already"),
                "the other".to_owned(),
            ),
            (false, true) => (format!("a rule of {rule} says nothing that {by} does not say already"), by),
            (false, false) => (format!("the rule of {rule} says nothing that {by} does not say already"), by),
        };
        let other = label(context, it.by, Part::Outright, None);
        findings.push(
            Finding::new(CHECK.info.name, said::place(context, it.rule), message)
                .labelled(format!("already said: {}", verbalise::gist(context.collection, it.rule)))
                .and(other.span, other.text)
                .help(format!(
                    "take the rule out, since {by} binds as far, and put a sentence that only repeats into a `note`; where \
                     it is repeated on purpose: `accept redundant-rule because \"…\"`"
                ))
                .rule(&context.collection.rule(it.rule).key)
                .rule(&context.collection.rule(it.by).key),
        );
    }
}
