//! `idle-override`: an override that never takes effect.

use super::edges;
use super::message::set_off;
use super::said::{self, Part, label};
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Fix, Severity};
use crate::model::{Edge, EdgeTarget};
use crate::norms::IdleOverride;
use crate::verbalise;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "idle-override",
        point: "an override never takes effect",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: include_str!("idle_override.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    findings.extend(analysis.idle_overrides.iter().filter_map(|it| finding(context, it)));
}

fn finding(context: &Context<'_>, it: &IdleOverride) -> Option<Finding> {
    let collection = context.collection;
    let edges = edges::between(context, it.winner, it.loser);
    let from = edges.first()?.said_by.policy;
    let place = |rule| verbalise::place(collection, rule, from);
    let message = match (place(it.winner), place(it.loser)) {
        (winner, loser) if winner == loser => {
            format!("a rule of {winner} overrides another there, but never applies where that does")
        }
        (winner, loser) => {
            let (winner, again) = (set_off(winner), set_off(loser.clone()));
            format!("{winner} overrides {loser}, but never applies where {again} does")
        }
    };
    let mut labels = edges.iter().map(|edge| (edge.span, said_by(edge)));
    let (first, text) = labels.next()?;
    let mut finding = Finding::new(CHECK.info.name, first, message).labelled(text);
    for (span, text) in labels {
        finding = finding.and(span, text);
    }
    for rule in [it.winner, it.loser] {
        let rule_label = label(context, rule, Part::Outright, None);
        finding = finding.and(said::place(context, rule), rule_label.text).rule(&collection.rule(rule).key);
    }
    let is_block = edges.iter().any(|edge| edge.target == EdgeTarget::Block);
    finding = finding.help(if is_block {
        "the two rules never meet, or another rule takes precedence where they do: take the reference out, or name one by one the rules that are meant"
    } else {
        "the two rules never meet, or another rule takes precedence where they do: take the reference out, or correct it"
    });
    if let Some(edits) = edges::cut_out(context, &edges) {
        finding.fixes.push(Fix { title: "take the reference out".to_owned(), choice: false, edits });
    }
    Some(finding)
}

fn said_by(edge: &Edge) -> &'static str {
    if edge.said_by == edge.winner { "this override never takes effect" } else { "this never has to give way" }
}
