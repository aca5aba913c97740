//! `unknown-language`: a language that programs which read aloud do not know.

use super::languages::{is_known, meant};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unknown-language",
        point: "the language of a policy is unknown",
        family: Family::Accessibility,
        severity: Some(Severity::Error),
        page: include_str!("unknown_language.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    let Some(span) = policy.language_span.filter(|_| !is_known(&policy.language)) else { return };
    let finding = Finding::new(CHECK.info.name, span, format!("`{}` names no language", policy.language));
    findings.push(match meant(&policy.language) {
        Some(tag) => {
            finding.help(format!("did you mean `{tag}`?")).fix(format!("write `{tag}`"), span, format!("\"{tag}\""))
        }
        None => finding.help("write it as web pages do: `en-GB` for British English, `cy` for Welsh"),
    });
}
