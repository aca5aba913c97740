//! `unmodelled-norm`: a sentence that binds and has no rule.

use super::modality::{Origin, Statement};
use super::modality_mismatch::mismatched;
use super::reading::{Passage, PolicyReading, said_by};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{Modality, Policy};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unmodelled-norm",
        point: "a binding sentence has no rule",
        family: Family::Prose,
        severity: Some(Severity::Warning),
        page: include_str!("unmodelled_norm.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // The rule may be among what could not be read.
    if subject.is_damaged() {
        return;
    }
    let (policy, reading) = (subject.policy, subject.reading());
    for (at, passage) in reading.passages.iter().enumerate() {
        let place = passage.block.map_or(whole(passage), |block| policy.block(block).span);
        if subject.context.may_lack_rules(place) {
            continue;
        }
        // A rule that disagrees with its prose is told as that: it stands for one of the sentences.
        let astray = mismatched(policy, reading, at).count();
        let open = passage.statements.iter().filter(|it| it.certain && !is_modelled(policy, reading, passage, it));
        findings.extend(open.skip(astray).map(|statement| finding(passage, statement)));
    }
}

/// For prose of the policy itself: its whole file.
fn whole(passage: &Passage<'_>) -> crate::source::Span {
    crate::source::Span { start: 0, end: u32::MAX, ..passage.prose.span }
}

/// Whether a rule of the passage agrees with the statement, or one of the clauses it hands its words on to; for words
/// from above, also a rule of the run they come from.
fn is_modelled(policy: &Policy, reading: &PolicyReading<'_>, passage: &Passage<'_>, statement: &Statement) -> bool {
    let agrees = |rule: &u32| policy.rules.get(*rule as usize).is_some_and(|rule| statement.agrees(said_by(rule)));
    let lead = passage.context.passage.filter(|_| statement.origin == Origin::Above);
    let lead = lead.and_then(|index| reading.passages.get(index));
    passage.rules.iter().chain(&passage.handed).any(agrees) || lead.is_some_and(|lead| lead.rules.iter().any(agrees))
}

fn finding(passage: &Passage<'_>, statement: &Statement) -> Finding {
    let text = &passage.prose.markdown;
    let does = match statement.modality {
        Modality::Must => "binds",
        Modality::MustNot => "forbids",
        Modality::Should => "advises",
        Modality::ShouldNot => "advises against",
        Modality::May => "permits",
        Modality::NeedNot => "releases from a duty",
    };
    let message = format!("no rule stands for \"{}\"", excerpt(text, statement.start));
    let words = if statement.origin == Origin::Above {
        "what stands above".to_owned()
    } else {
        format!("`{}`", statement.words(text).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    Finding::new(CHECK.info.name, passage.prose.map.span(statement.start, statement.end), message)
        .labelled(format!("this {does}"))
        .help(format!(
            "write a `rule … {}` behind it; if it binds nobody, say it without {words} or put it in a `note`",
            statement.modality.words()
        ))
}

/// The words from `start` on, as many as make the sentence known again.
fn excerpt(text: &str, start: usize) -> String {
    const ENOUGH: usize = 48;
    let mut told = String::new();
    for word in text.get(start..).unwrap_or_default().split_whitespace() {
        if !told.is_empty() && told.len() + word.len() >= ENOUGH {
            return told + " …";
        }
        if !told.is_empty() {
            told.push(' ');
        }
        told.extend(word.chars().filter(|letter| !matches!(letter, '{' | '}' | '*' | '"')));
        if word.ends_with(['.', ':', ';', '?', '!']) {
            break;
        }
    }
    told.truncate(told.trim_end_matches(['.', ':', ';', ',', '?', '!']).len());
    told
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_ends_with_its_sentence_or_in_time() {
        assert_eq!(excerpt("Staff must {log out}. Then", 6), "must log out");
        let long = "must not give away {passwords} to anybody at all, be it at home or in school";
        assert_eq!(excerpt(long, 0), "must not give away passwords to anybody at all, …");
    }
}
