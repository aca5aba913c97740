//! `circular-definition`: a definition that leads back to itself through the terms it uses.

use std::collections::BTreeSet;

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{DefinitionIdx, InlineTarget, Policy};
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "circular-definition",
        point: "a definition leads back to itself",
        family: Family::Names,
        severity: Some(Severity::Warning),
        page: include_str!("circular_definition.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    // Each circle is told once, at the first of its definitions.
    let mut told = BTreeSet::new();
    for index in endless(policy) {
        if told.contains(&index) {
            continue;
        }
        let Some(circle) = circle_from(policy, index) else { continue };
        told.extend(circle.iter().map(|step| step.to));
        findings.push(finding(policy, index, &circle));
    }
}

/// The definitions from which the terms lead on without end, and to which they come from without end: all circles are
/// among them, and mostly there are none.
fn endless(policy: &Policy) -> Vec<DefinitionIdx> {
    let all = || (0..policy.definitions.len()).map(|index| DefinitionIdx(index as u32));
    let steps: Vec<Step> = all().flat_map(|index| steps_from(policy, index)).collect();
    let mut left = vec![true; policy.definitions.len()];
    // A long way into a circle would be walked again from each of its definitions, were it not taken away too.
    take_away_ends(&mut left, steps.iter().map(|step| (step.from, step.to)));
    take_away_ends(&mut left, steps.iter().map(|step| (step.to, step.from)));
    all().filter(|index| left[index.0 as usize]).collect()
}

/// Takes away what leads to nothing that is left, again and again.
fn take_away_ends(left: &mut [bool], steps: impl Iterator<Item = (DefinitionIdx, DefinitionIdx)>) {
    let mut leads = vec![0_usize; left.len()];
    let mut led_to_by: Vec<Vec<usize>> = vec![Vec::new(); left.len()];
    for (from, to) in steps.map(|(from, to)| (from.0 as usize, to.0 as usize)) {
        if left[from] && left[to] {
            leads[from] += 1;
            led_to_by[to].push(from);
        }
    }
    let mut ends: Vec<usize> = (0..left.len()).filter(|&at| left[at] && leads[at] == 0).collect();
    while let Some(end) = ends.pop() {
        left[end] = false;
        for &from in &led_to_by[end] {
            leads[from] -= 1;
            if leads[from] == 0 {
                ends.push(from);
            }
        }
    }
}

/// A use of one term in the definition of another.
#[derive(Clone, Copy)]
struct Step {
    from: DefinitionIdx,
    to: DefinitionIdx,
    place: Span,
}

/// The shortest way from a definition back to itself.
fn circle_from(policy: &Policy, start: DefinitionIdx) -> Option<Vec<Step>> {
    let mut reached: Vec<Step> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = 0;
    let mut at = start;
    loop {
        for step in steps_from(policy, at) {
            if step.to == start {
                return Some(way_back(&reached, step, start));
            }
            if seen.insert(step.to) {
                reached.push(step);
            }
        }
        at = reached.get(next)?.to;
        next += 1;
    }
}

fn way_back(reached: &[Step], last: Step, start: DefinitionIdx) -> Vec<Step> {
    let mut way = vec![last];
    let mut at = last.from;
    while at != start {
        let Some(step) = reached.iter().find(|step| step.to == at) else { break };
        way.push(*step);
        at = step.from;
    }
    way.reverse();
    way
}

fn steps_from(policy: &Policy, from: DefinitionIdx) -> impl Iterator<Item = Step> {
    let prose = policy.definition(from).prose.as_ref();
    prose.into_iter().flat_map(move |prose| {
        prose.inlines.iter().filter_map(move |inline| match inline.target {
            InlineTarget::Definition(to) => {
                Some(Step { from, to, place: prose.map.span(inline.start as usize, inline.end as usize) })
            }
            _ => None,
        })
    })
}

fn finding(policy: &Policy, start: DefinitionIdx, circle: &[Step]) -> Finding {
    let term = |index: DefinitionIdx| &policy.definition(index).term;
    let message = match circle {
        [_] => format!("\"{}\" is defined by itself", term(start)),
        _ => {
            let ways: Vec<String> = circle.iter().map(|step| format!("\"{}\"", term(step.to))).collect();
            format!("\"{}\" is defined by way of {}", term(start), ways.join(", then "))
        }
    };
    let mut finding = Finding::new(CHECK.info.name, policy.definition(start).span, message)
        .help("say in one of them what is meant without the others' terms");
    for step in circle {
        finding = finding.and(step.place, format!("leads to \"{}\"", term(step.to)));
    }
    finding
}
