//! One line a finding, the form that editors and `grep` read: `path:line:col: error[check]: message`.

use std::io::{self, BufWriter, Write};

use super::{Options, text};
use crate::diagnostic::Finding;
use crate::source::Sources;

/// Writes each finding on a line of its own.
pub fn short(out: &mut dyn Write, findings: &[Finding], sources: &Sources, options: &Options) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for finding in findings {
        if finding.accepted.is_some() && !options.accepted {
            continue;
        }
        write_headline(&mut out, finding, sources)?;
        if let Some(acceptance) = &finding.accepted {
            write!(out, " (accepted: {})", text::acceptance(acceptance))?;
        }
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Place, severity, check and message, without a line end.
pub(super) fn write_headline(out: &mut impl Write, finding: &Finding, sources: &Sources) -> io::Result<()> {
    if let Some(label) = finding.labels.first() {
        let file = sources.file(label.span.file);
        let at = file.position(label.span.start);
        write!(out, "{}:{}:{}: ", text::one_line(file.path()), at.line, at.column)?;
    }
    write!(out, "{}[{}]: {}", text::severity(finding.severity), finding.check, text::one_line(&finding.message))
}
