//! Findings as workflow commands of GitHub Actions, which shows them beside the changed lines.
//!
//! In a command, `%`, CR and LF are escaped everywhere, `:` and `,` in properties as well; a message can thus never
//! begin a command of its own.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use super::{Options, choices, text};
use crate::diagnostic::{Finding, Severity};
use crate::source::{SourceFile, Sources};

/// Writes one command for each finding.
pub fn github(out: &mut dyn Write, findings: &[Finding], sources: &Sources, options: &Options) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for finding in findings {
        if finding.accepted.is_some() && !options.accepted {
            continue;
        }
        writeln!(out, "{}", command(finding, sources))?;
    }
    out.flush()
}

fn command(finding: &Finding, sources: &Sources) -> String {
    let mut command = String::from(match finding.severity {
        Severity::Error => "::error ",
        Severity::Warning => "::warning ",
        Severity::Note => "::notice ",
    });
    if let Some(label) = finding.labels.first() {
        let (start, end) = sources.positions(label.span);
        let path = property(&text::one_line(sources.file(label.span.file).name()));
        let _ = write!(command, "file={path},line={},endLine={},", start.line, end.line);
        // GitHub refuses columns for what spans several lines.
        if start.line == end.line {
            let _ = write!(command, "col={},endColumn={},", start.column, end.column);
        }
    }
    let _ = write!(command, "title={}::{}", property(finding.check), data(&message(finding, sources)));
    command
}

/// The message and everything that belongs to it, on several lines.
fn message(finding: &Finding, sources: &Sources) -> String {
    let mut message = text::safe(&finding.message).into_owned();
    for label in finding.labels.iter().skip(1) {
        let file = sources.file(label.span.file);
        let at = file.position(label.span.start);
        let _ = write!(message, "\n{}:{}:{}", text::one_line(file.name()), at.line, at.column);
        if !label.text.is_empty() {
            let _ = write!(message, ": {}", text::one_line(&label.text));
        }
    }
    for (name, remark) in text::remarks(finding) {
        let _ = write!(message, "\n{name}: {}", text::safe(&remark));
    }
    for line in choices::lines(finding, sources, SourceFile::name) {
        let _ = write!(message, "\n{:indent$}{}", "", line.text, indent = line.indent - 2);
    }
    if let Some((name, remark)) = text::decision(finding) {
        let _ = write!(message, "\n{name}: {remark}");
    }
    message
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
