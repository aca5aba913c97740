//! `circular-definition`: a definition that leads back to itself through the terms it uses.

use std::collections::BTreeSet;

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{DefinitionIdx, InlineTarget, Policy};
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "circular-definition",
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

/// The definitions from which the terms lead on without end: all circles are among them, and mostly there are none.
fn endless(policy: &Policy) -> Vec<DefinitionIdx> {
    let all = || (0..policy.definitions.len()).map(|index| DefinitionIdx(index as u32));
    let mut uses: Vec<usize> = all().map(|index| steps_from(policy, index).count()).collect();
    let mut used_by: Vec<Vec<DefinitionIdx>> = vec![Vec::new(); uses.len()];
    for step in all().flat_map(|index| steps_from(policy, index)) {
        used_by[step.to.0 as usize].push(step.from);
    }
    let mut ends: Vec<DefinitionIdx> = all().filter(|index| uses[index.0 as usize] == 0).collect();
    while let Some(end) = ends.pop() {
        for from in std::mem::take(&mut used_by[end.0 as usize]) {
            let left = &mut uses[from.0 as usize];
            *left -= 1;
            if *left == 0 {
                ends.push(from);
            }
        }
    }
    all().filter(|index| uses[index.0 as usize] > 0).collect()
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
