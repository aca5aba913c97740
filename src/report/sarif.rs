//! Findings as SARIF 2.1.0, which code hosts and editors show beside the lines, track over time and let people close.
//!
//! The types in [`log`] are the part of the standard that is used here. Columns count Unicode code points, as everywhere
//! in this program. Braces in messages stay single: the standard would double them for its placeholders, of which there
//! are none here, and readers show doubled braces as they stand.

mod log;

use std::io::{self, BufWriter, Write};

use log::{
    ArtifactChange, ArtifactContent, ArtifactLocation, BaseIds, Configuration, Details, Driver, Fix, Location, Log,
    MultiformatMessage, PartialFingerprints, PhysicalLocation, Properties, Region, Replacement, Result, Rule, Run,
    Suppression, Text, Tool, UriBase,
};

use super::fingerprint::Fingerprints;
use super::json::write_json;
use super::{choices, text};
use crate::diagnostic::{self, CheckInfo, Edit, Finding, Label};
use crate::source::{SourceFile, Sources, Span};

/// Writes all findings, the accepted ones as suppressed, as one log with one run; `checks` become its rules.
pub fn sarif(out: &mut dyn Write, findings: &[Finding], sources: &Sources, checks: &[CheckInfo]) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    // The standard wants suppressions told for all results or for none.
    let any_accepted = findings.iter().any(|finding| finding.accepted.is_some());
    let mut fingerprints = Fingerprints::default();
    let results = findings
        .iter()
        .map(|finding| Result {
            rule_id: finding.check,
            rule_index: checks.iter().position(|check| check.name == finding.check),
            level: text::severity(finding.severity),
            message: Text::new(message(finding, sources)),
            locations: finding.labels.iter().take(1).map(|label| location(label, None, sources)).collect(),
            related_locations: related(finding, sources),
            partial_fingerprints: PartialFingerprints { finding: fingerprints.of(finding, sources) },
            // Tools make fixes without asking; what only an author can choose is told in the message instead.
            fixes: finding.fixes.iter().filter(|fix| !fix.choice).map(|each| fix(each, sources)).collect(),
            suppressions: any_accepted.then(|| suppressions(finding, sources)),
            properties: details(finding),
        })
        .collect();
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: driver(checks) },
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BaseIds {
                src_root: UriBase { description: Text::new("the folder that paths are told from".to_owned()) },
            },
            results,
        }],
    };
    write_json(&mut out, &log)?;
    out.flush()
}

fn driver(checks: &[CheckInfo]) -> Driver<'_> {
    Driver { name: "clausal", semantic_version: env!("CARGO_PKG_VERSION"), rules: checks.iter().map(rule).collect() }
}

fn rule(check: &CheckInfo) -> Rule<'_> {
    let summary = check.summary().split_whitespace().collect::<Vec<_>>().join(" ");
    let first_sentence = summary.split_inclusive(". ").next().unwrap_or("").trim().to_owned();
    Rule {
        id: check.name,
        short_description: Text::new(first_sentence),
        full_description: Text::new(summary),
        help: MultiformatMessage { text: check.page, markdown: check.page },
        default_configuration: Configuration {
            enabled: check.severity.is_some(),
            level: check.severity.map(text::severity),
        },
        properties: Properties { tags: [check.family.name()] },
    }
}

/// The message with a situation in which it shows, its remedy and the alternatives, since most readers show nothing else.
fn message(finding: &Finding, sources: &Sources) -> String {
    let mut message = finding.message.clone();
    if let Some(witness) = &finding.witness {
        message.push_str("\nfor example: ");
        message.push_str(&witness.sentence);
    }
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(help);
    }
    for line in choices::lines(finding, sources, SourceFile::name) {
        message.push('\n');
        message.extend(std::iter::repeat_n(' ', line.indent - 2));
        message.push_str(&line.text);
    }
    message
}

/// What the standard has no field for.
fn details(finding: &Finding) -> Option<Details<'_>> {
    let details = Details { relation: finding.relation, witness: finding.witness.as_deref() };
    (details.relation.is_some() || details.witness.is_some()).then_some(details)
}

/// Every further place, numbered from 1.
fn related(finding: &Finding, sources: &Sources) -> Vec<Location> {
    let labels = finding.labels.iter().enumerate().skip(1);
    labels.map(|(index, label)| location(label, Some(index), sources)).collect()
}

fn location(label: &Label, id: Option<usize>, sources: &Sources) -> Location {
    // A related location without words is shown as an empty link.
    let words = match id {
        Some(_) if label.text.is_empty() => Some("see also"),
        _ if label.text.is_empty() => None,
        _ => Some(label.text.as_str()),
    };
    Location {
        id,
        physical_location: place(label.span, sources),
        message: words.map(|words| Text::new(words.to_owned())),
    }
}

fn place(span: Span, sources: &Sources) -> PhysicalLocation {
    PhysicalLocation { artifact_location: artifact(span, sources), region: region(span, sources) }
}

fn region(span: Span, sources: &Sources) -> Region {
    let (start, end) = sources.positions(span);
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn artifact(span: Span, sources: &Sources) -> ArtifactLocation {
    let path = sources.file(span.file).name();
    let encoded = percent_encoded(path);
    if path.starts_with('/') {
        return ArtifactLocation { uri: format!("file://{encoded}"), uri_base_id: None };
    }
    if is_drive(path) {
        return ArtifactLocation { uri: format!("file:///{encoded}"), uri_base_id: None };
    }
    ArtifactLocation { uri: encoded, uri_base_id: Some("SRCROOT") }
}

fn is_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

/// A path as a URI reference: all but letters, digits, `-._~` and `/` as `%XX` of its UTF-8 bytes.
fn percent_encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The edits of a fix, those of one file together.
fn fix(fix: &diagnostic::Fix, sources: &Sources) -> Fix {
    let mut files: Vec<(Span, Vec<&Edit>)> = Vec::new();
    for edit in &fix.edits {
        match files.iter_mut().find(|(span, _)| span.file == edit.span.file) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((edit.span, vec![edit])),
        }
    }
    let change = |(span, edits): (Span, Vec<&Edit>)| ArtifactChange {
        artifact_location: artifact(span, sources),
        replacements: edits
            .into_iter()
            .map(|edit| Replacement {
                deleted_region: region(edit.span, sources),
                inserted_content: ArtifactContent { text: edit.text.clone() },
            })
            .collect(),
    };
    Fix { description: Text::new(fix.title.clone()), artifact_changes: files.into_iter().map(change).collect() }
}

fn suppressions(finding: &Finding, sources: &Sources) -> Vec<Suppression> {
    let suppression = |acceptance: &diagnostic::Acceptance| Suppression {
        kind: "inSource",
        status: "accepted",
        justification: text::acceptance(acceptance),
        location: log::SuppressionPlace { physical_location: place(acceptance.span, sources) },
    };
    finding.accepted.iter().map(suppression).collect()
}
