//! Findings for people to read, one below the other, and where to read more.

use std::io::{self, BufWriter, Write};

use super::graphical::Graphical;
use super::{Options, plain};
use crate::diagnostic::Finding;
use crate::source::Sources;

/// Writes the findings as the options ask; what a check is about is told once, at the end.
pub fn human(out: &mut dyn Write, findings: &[Finding], sources: &Sources, options: &Options) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let graphical = options.graphical.then(|| Graphical::new(options));
    let shown = findings.iter().filter(|finding| options.accepted || finding.accepted.is_none());
    let mut checks = Vec::new();
    for finding in shown {
        match &graphical {
            Some(graphical) => graphical.write(&mut out, finding, sources)?,
            None => plain::write(&mut out, finding, sources, options.unicode)?,
        }
        writeln!(out)?;
        if !checks.contains(&finding.check) {
            checks.push(finding.check);
        }
    }
    match checks.as_slice() {
        [] => {}
        [only] => writeln!(out, "`clausal explain {only}` tells more about this finding")?,
        [first, ..] => writeln!(out, "`clausal explain NAME` tells more, for example `clausal explain {first}`")?,
    }
    out.flush()
}
