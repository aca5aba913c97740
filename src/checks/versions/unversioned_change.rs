//! `unversioned-change`: a policy asks for something else under the version it had.

use super::both;
use crate::checks::{Base, Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::diff::{ClauseChange, Verdict};
use crate::model::Status;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unversioned-change",
        point: "a policy asks for something else under its old version",
        family: Family::Versions,
        severity: Some(Severity::Warning),
        page: include_str!("unversioned_change.md"),
    },
    run: Run::Against(run),
};

/// How many of the clauses that changed are shown.
const MOST_SHOWN: usize = 5;

fn run(context: &Context<'_>, base: &Base<'_>, findings: &mut Vec<Finding>) {
    for it in both(context, base) {
        // A draft is not yet anybody's rule.
        let is_draft = |status: Option<(Status, _)>| matches!(status, Some((Status::Draft, _)));
        let material = it.material();
        if material.is_empty() && it.fields().next().is_none() || is_draft(it.new.status) {
            continue;
        }
        let Some((version, place)) = &it.new.version else { continue };
        let is_same = it.old.version.as_ref().is_some_and(|(old, _)| old == version);
        let is_recorded = it.new.history.iter().any(|entry| entry.version == *version);
        if !is_same && is_recorded {
            continue;
        }
        let message = match is_same {
            true => format!(
                "this is still version {version}, and what it asks of people is not what it was at `{}`",
                base.name
            ),
            false => format!(
                "version {version} asks for something else than at `{}`, and the history does not say what",
                base.name
            ),
        };
        let help = match is_same {
            true => "give it a new version, and a line in its `history` that says what changed",
            false => "record this version in the `history`, with what changed",
        };
        let mut finding = Finding::new(CHECK.info.name, *place, message).help(help);
        for clause in material.iter().take(MOST_SHOWN) {
            let (span, name) = it.place(clause);
            finding = finding.and(span, format!("{name}: {}", what(clause)));
        }
        for field in it.fields().take(MOST_SHOWN) {
            finding = finding.and(it.new.id_span, format!("{}: it says something else", field.label));
        }
        if material.len() > MOST_SHOWN {
            let more = material.len() - MOST_SHOWN;
            finding = finding.and(it.new.id_span, format!("and {more} more; `clausal diff` shows them all"));
        }
        findings.push(finding);
    }
}

/// What happened to a clause, in a few words.
fn what(clause: &ClauseChange) -> &'static str {
    match clause.verdict() {
        _ if clause.new.is_none() => "gone",
        _ if clause.old.is_none() => "new",
        Some(Verdict::Tightened) => "it asks more, or permits less",
        Some(Verdict::Relaxed) => "it asks less, or permits more",
        Some(Verdict::Both) => "it asks more in some situations, and less in others",
        _ if clause.is_said_elsewhere => "its words are others, and so is the rule they belong to",
        _ => "its words are others, and no rule says what they mean",
    }
}
