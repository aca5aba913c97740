//! `left-over-placeholder`: words that stood in for words still to be decided.

mod scan;

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{BlockKind, Item, Parent, Policy};
use crate::source::Span;
use scan::placeholders;

use super::siblings::parents;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "left-over-placeholder",
        point: "a placeholder was never replaced",
        family: Family::Prose,
        severity: Some(Severity::Warning),
        page: include_str!("left_over_placeholder.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    subject.each_prose(|block, prose| {
        let text = &prose.markdown;
        for (start, end) in placeholders(text) {
            let links = prose.inlines.partition_point(|link| link.start as usize <= start);
            let link = links.checked_sub(1).and_then(|last| prose.inlines.get(last));
            let in_link = link.is_some_and(|link| end <= link.end as usize);
            let found = text.get(start..end).unwrap_or_default();
            // A form in an annex has blanks to be written on.
            let in_form = is_blank(found) && in_annex(policy, block);
            if !in_link && !in_form {
                findings.push(finding(prose.map.span(start, end), found));
            }
        }
    });
    let mut heading = |text: &str, span: Span| {
        let found = placeholders(text);
        findings.extend(found.into_iter().map(|(start, end)| finding(span, text.get(start..end).unwrap_or_default())));
    };
    heading(&policy.title, policy.span);
    for parent in parents(policy) {
        for item in policy.items_of(parent) {
            match item {
                Item::Heading(text, span) => heading(text, *span),
                Item::Block(index) => {
                    let block = policy.block(*index);
                    if let (Some(text), Some(span)) = (&block.heading, block.heading_span) {
                        heading(text, span);
                    }
                }
                _ => {}
            }
        }
    }
    for parameter in &policy.parameters {
        if let Some(value) = &parameter.value {
            heading(value, parameter.span);
        }
    }
}

fn finding(span: Span, found: &str) -> Finding {
    let told = found.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = if found.contains('/') && found.starts_with('[') {
        "decide for one of the words and delete the others with the brackets"
    } else if is_blank(found) {
        "fill in the blank, or make it a `parameter` of the policy if each school has its own words for it"
    } else {
        "write what it stands for, or make it a `parameter` of the policy if each school has its own words for it"
    };
    Finding::new(CHECK.info.name, span, format!("`{told}` stands for words that are still to be written")).help(help)
}

fn is_blank(found: &str) -> bool {
    found.bytes().all(|byte| matches!(byte, b'_' | b'.'))
}

fn in_annex(policy: &Policy, mut parent: Parent) -> bool {
    while let Some(index) = parent {
        let block = policy.block(index);
        if block.kind == BlockKind::Annex {
            return true;
        }
        parent = block.parent;
    }
    false
}
