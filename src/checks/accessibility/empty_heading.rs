//! `empty-heading`: a heading or a title without a letter or a digit.

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{BlockKind, Item};
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "empty-heading",
        point: "a heading has no words",
        family: Family::Accessibility,
        severity: Some(Severity::Error),
        page: include_str!("empty_heading.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    let mut heading = |text: &str, span: Span, message: &str, help: &str| {
        if !text.chars().any(char::is_alphanumeric) {
            findings.push(Finding::new(CHECK.info.name, span, message).help(help));
        }
    };
    heading(&policy.title, policy.span, "this policy has no title", "write its title behind its id, in quotes");
    for related in &policy.related {
        heading(
            &related.title,
            related.span,
            "this related document has no title",
            "write its title behind its id, in quotes",
        );
    }
    for block in &policy.blocks {
        if let (Some(text), Some(span)) = (&block.heading, block.heading_span) {
            let help = match block.kind {
                BlockKind::Clause => "write what the clause is about, or leave the quotes away",
                _ => "write what stands below it, in a few words",
            };
            heading(text, span, "this heading has no words", help);
        }
    }
    let nested = policy.blocks.iter().flat_map(|block| &block.items);
    for item in policy.items.iter().chain(nested) {
        if let Item::Heading(text, span) = item {
            heading(text, *span, "this heading has no words", "write what stands below it, or delete it");
        }
    }
}
