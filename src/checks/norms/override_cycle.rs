//! `override-cycle`: rules that override each other in a circle.

use super::message::listed;
use super::said;
use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{Edge, RuleId};
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
    let mut labels = Vec::with_capacity(circle.len());
    for (&winner, &loser) in circle.iter().zip(next) {
        let edge = edge(context, winner, loser)?;
        let (winner_place, loser_place) = (place(winner), place(loser));
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

/// Where it is said that the one overrides the other.
fn edge<'a>(context: &Context<'a>, winner: RuleId, loser: RuleId) -> Option<&'a Edge> {
    let all = &context.collection.edges;
    let first = all.partition_point(|edge| (edge.winner, edge.loser) < (winner, loser));
    all.get(first).filter(|edge| (edge.winner, edge.loser) == (winner, loser))
}
