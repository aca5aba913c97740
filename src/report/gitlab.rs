//! Findings as a Code Quality report of GitLab, which shows in a merge request which of them are new and which are gone.
//!
//! GitLab knows a finding again by its fingerprint; a description is one line of plain text. Findings that somebody has
//! decided to live with are left out, as for GitHub, since GitLab has no word for them.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::json::write_json;
use super::{Options, text};
use crate::diagnostic::{Finding, Severity};
use crate::source::Sources;

/// A finding as GitLab wants it.
#[derive(Serialize)]
struct Issue<'f> {
    description: String,
    check_name: &'f str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes one array with an entry for each finding.
pub fn gitlab(out: &mut dyn Write, findings: &[Finding], sources: &Sources, options: &Options) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut fingerprints = Fingerprints::default();
    let mut issues = Vec::new();
    for finding in findings {
        // Counted in any case, so that a decision about one finding changes the fingerprint of no other.
        let fingerprint = fingerprints.of(finding, sources);
        if finding.accepted.is_none() || options.accepted {
            issues.push(issue(finding, fingerprint, sources));
        }
    }
    write_json(&mut out, &issues)?;
    out.flush()
}

fn issue<'f>(finding: &'f Finding, fingerprint: String, sources: &Sources) -> Issue<'f> {
    let mut description = text::one_line(&finding.message).into_owned();
    for (name, remark) in text::remarks(finding) {
        description.push_str(&format!("; {name}: {}", text::one_line(&remark)));
    }
    if let Some((name, remark)) = text::decision(finding) {
        description.push_str(&format!("; {name}: {remark}"));
    }
    Issue {
        description,
        check_name: finding.check,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: location(finding, sources),
    }
}

fn location(finding: &Finding, sources: &Sources) -> Location {
    let Some(label) = finding.labels.first() else {
        // What is about the whole collection is told at its folder; GitLab takes nothing without a place.
        return Location { path: ".".to_owned(), lines: Lines { begin: 1, end: 1 } };
    };
    let (start, end) = sources.positions(label.span);
    let path = text::one_line(sources.file(label.span.file).name()).into_owned();
    Location { path, lines: Lines { begin: start.line, end: end.line } }
}
