//! What reports say of a finding beside its message and its places, in lines fit to be shown.
//!
//! It must not know how they are drawn.

use std::borrow::Cow;
use std::fmt::Write;

use crate::diagnostic::{Acceptance, Finding, Severity};

pub(super) use crate::text::{TAB, char_width, is_treacherous, one_line, safe, spelt_out, width, wrap};

/// The word for a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A decision to live with a finding: "because … (by …, until …)".
pub(super) fn acceptance(acceptance: &Acceptance) -> String {
    let mut told = format!("because {}", one_line(&acceptance.because));
    let by = acceptance.by.as_ref().map(|by| format!("by {}", one_line(by)));
    let until = acceptance.until.as_ref().map(|until| format!("until {}", one_line(until)));
    let details: Vec<String> = by.into_iter().chain(until).collect();
    if !details.is_empty() {
        let _ = write!(told, " ({})", details.join(", "));
    }
    told
}

/// What is said of a finding below its places, each with its name: a situation in which it shows, the help, the fixes.
/// Alternatives and the decision to accept it are told after these.
pub(super) fn remarks(finding: &Finding) -> Vec<(&'static str, Cow<'_, str>)> {
    let example = finding.witness.iter().map(|witness| ("for example", one_line(&witness.sentence)));
    let help = finding.help.iter().map(|help| ("help", Cow::Borrowed(help.as_str())));
    let fixes = finding.fixes.iter().filter(|fix| !fix.choice).map(|fix| ("fix", one_line(&fix.title)));
    example.chain(help).chain(fixes).collect()
}

/// The decision to accept a finding, as its last remark.
pub(super) fn decision(finding: &Finding) -> Option<(&'static str, Cow<'_, str>)> {
    finding.accepted.as_ref().map(|accepted| ("accepted", Cow::Owned(acceptance(accepted))))
}
