//! `modality-mismatch`: a rule with another force than its prose.

use super::modality::{Modalities, Origin, Statement};
use super::reading::{Bare, Passage, PolicyReading, said_by};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{Policy, Rule};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "modality-mismatch",
        point: "the text and its rule bind differently",
        family: Family::Prose,
        severity: Some(Severity::Warning),
        page: include_str!("modality_mismatch.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let (policy, reading) = (subject.policy, subject.reading());
    for (at, passage) in reading.passages.iter().enumerate() {
        for rule in mismatched(policy, reading, at) {
            findings.push(finding(passage, rule));
        }
    }
    for bare in reading.bare.iter().filter(|bare| !speaks_for(policy, bare)) {
        let Some(rule) = policy.rules.get(bare.rule as usize) else { continue };
        let message = format!("this rule says `{}`, but no prose stands before it", rule.modality.words());
        findings.push(
            Finding::new(CHECK.info.name, rule.modality_span, message)
                .rule(&rule.key)
                .help("write the sentence that people read above the rule: the prose is what binds them"),
        );
    }
}

/// The rules of a passage that nothing in its words, or in the words above it, agrees with.
pub fn mismatched<'a>(
    policy: &'a Policy,
    reading: &PolicyReading<'_>,
    at: usize,
) -> impl Iterator<Item = &'a Rule> + use<'a> {
    let passage = &reading.passages[at];
    // A run without any such words, a table perhaps, goes with the run before it.
    let before = passage.before.filter(|_| passage.statements.is_empty()).and_then(|run| reading.passages.get(run));
    let agrees = |said: Modalities| {
        passage.agrees(said) || passage.context.agrees(said) || before.is_some_and(|before| before.agrees(said))
    };
    let rules: Vec<&Rule> = passage
        .rules
        .iter()
        .filter_map(|&rule| policy.rules.get(rule as usize))
        .filter(|rule| !agrees(said_by(rule)))
        .collect();
    rules.into_iter()
}

fn speaks_for(policy: &Policy, bare: &Bare) -> bool {
    policy.rules.get(bare.rule as usize).is_none_or(|rule| bare.context.agrees(said_by(rule)))
}

fn finding(passage: &Passage<'_>, rule: &Rule) -> Finding {
    let said = rule.modality.words();
    let Some(nearest) = passage.statements.last() else {
        let message = format!("this rule says `{said}`, but nothing in its prose does");
        return Finding::new(CHECK.info.name, rule.modality_span, message)
            .and(passage.prose.span, "the prose it belongs to")
            .rule(&rule.key)
            .help(format!(
                "say in the prose what the rule says (`{said}`), or put the rule behind the sentence it models"
            ));
    };
    let words = told(&passage.prose.markdown, nearest);
    let message = format!("this rule says `{said}`, but its prose says {words}");
    let span = passage.prose.map.span(nearest.start, nearest.end);
    Finding::new(CHECK.info.name, rule.modality_span, message)
        .labelled("the rule")
        .and(span, format!("this says `{}`", nearest.modality.words()))
        .rule(&rule.key)
        .help(format!("write `{}` in the rule, or change the prose", nearest.modality.words()))
}

/// The words of a statement as the author wrote them, or for what stands above it what that says.
fn told(text: &str, statement: &Statement) -> String {
    let plain = statement.modality.words();
    if statement.origin == Origin::Above {
        return format!("`{plain}`");
    }
    let words = statement.words(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.eq_ignore_ascii_case(plain) { format!("`{plain}`") } else { format!("`{words}`, which is `{plain}`") }
}
