//! `idle-exception`: an `unless` that takes nothing out of its rule.

use std::collections::BTreeSet;

use super::cut;
use super::said;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::RuleId;
use crate::norms::IdleException;
use crate::verbalise;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "idle-exception",
        point: "an exception takes nothing out",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("idle_exception.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    let mut mended: BTreeSet<RuleId> = BTreeSet::new();
    findings.extend(analysis.idle_exceptions.iter().filter_map(|it| finding(context, it, &mut mended)));
}

/// The finding. Of two exceptions that make each other needless only one may go: a rule gets one fix at a time.
fn finding(context: &Context<'_>, it: &IdleException, mended: &mut BTreeSet<RuleId>) -> Option<Finding> {
    let rule = context.collection.rule(it.rule);
    let exception = rule.unless.get(it.exception as usize)?;
    let place = verbalise::place(context.collection, it.rule, it.rule.policy);
    let condition = verbalise::condition(context.collection, it.rule.policy, &exception.condition);
    let inherited = if exception.inherited { ", which `each rule` adds," } else { "" };
    let message = format!("{place} makes an exception{inherited} that never matters: unless {condition}");
    let help = match exception.inherited {
        true => {
            "where this rule applies it never holds, or another `unless` takes the same out: narrow the `each rule`, or take it to the rules it is meant for"
        }
        false => {
            "where the rule applies it never holds, or another `unless` takes the same out: take it out, or correct its condition"
        }
    };
    let mut finding = Finding::new(CHECK.info.name, exception.span, message)
        .labelled("this takes nothing out")
        .and(said::place(context, it.rule), format!("of this: {}", verbalise::gist(context.collection, it.rule)))
        .help(help)
        .rule(&rule.key);
    if !exception.inherited {
        let text = context.sources.file(exception.span.file).text();
        let cut = cut::qualifier(text, &["unless"], exception.span);
        if let Some(cut) = cut.filter(|_| mended.insert(it.rule)) {
            finding = finding.fix("take the exception out", cut, "");
        }
    }
    Some(finding)
}
