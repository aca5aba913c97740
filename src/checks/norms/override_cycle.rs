//! `override-cycle`: rules that override each other in a circle.

use super::edges;
use super::message::listed;
use super::said;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::RuleId;
use crate::verbalise;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "override-cycle",
        point: "rules override each other in a circle",
        family: Family::Norms,
        severity: Some(Severity::Error),
        page: include_str!("override_cycle.md"),
    },
    run: Run::Collection(run),
};

/// How many of the overrides get an edit that takes them out.
const MOST_OFFERED: usize = 4;

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    findings.extend(analysis.cycles.iter().filter_map(|circle| finding(context, circle)));
}

fn finding(context: &Context<'_>, circle: &[RuleId]) -> Option<Finding> {
    let from = circle.first()?.policy;
    let place = |rule| verbalise::place(context.collection, rule, from);
    let mut places: Vec<String> = circle.iter().map(|&rule| place(rule)).collect();
    places.dedup();
    let message = match (circle, places.as_slice()) {
        ([_], [one]) => format!("the rule of {one} overrides itself"),
        (_, [one]) => format!("rules of {one} override each other in a circle"),
        ([_, _], _) => format!("{} override each other", listed(places.into_iter())),
        _ => format!("{} override each other in a circle", listed(places.into_iter())),
    };
    let next = circle.iter().cycle().skip(1);
    let mut ways_out = Vec::new();
    let mut labels = Vec::with_capacity(circle.len());
    for (&winner, &loser) in circle.iter().zip(next) {
        let edges = edges::between(context, winner, loser);
        let edge = *edges.first()?;
        let (winner_place, loser_place) = (place(winner), place(loser));
        if let Some(edits) = edges::cut_out(context, &edges).filter(|_| ways_out.len() < MOST_OFFERED) {
            let title = match winner_place == loser_place {
                true => format!("take out this override of {winner_place}"),
                false => format!("let {winner_place} no longer override {loser_place}"),
            };
            ways_out.push((title, edits));
        }
        labels.push((
            edge.span,
            match winner_place == loser_place {
                true => "the circle runs through here".to_owned(),
                false => format!("here {winner_place} overrides {loser_place}"),
            },
        ));
    }
    let mut labels = labels.into_iter();
    let (first, text) = labels.next()?;
    let mut finding = Finding::new(CHECK.info.name, first, message).labelled(text).help(
        "none of these overrides takes effect until the circle is broken: take out the one that is not meant, or narrow \
         a rule with `unless` instead",
    );
    for (span, text) in labels {
        finding = finding.and(span, text);
    }
    for (title, edits) in ways_out {
        finding = finding.choice(title, edits);
    }
    for &rule in circle {
        // An `each rule` may say it elsewhere: the rule itself is shown too.
        let own = context.collection.rule(rule).span;
        let shown = |span: crate::source::Span| own.file == span.file && own.start <= span.start && span.end <= own.end;
        if !finding.labels.iter().any(|label| shown(label.span)) {
            finding = finding.and(said::place(context, rule), format!("{} is in the circle", place(rule)));
        }
        finding = finding.rule(&context.collection.rule(rule).key);
    }
    Some(finding)
}
