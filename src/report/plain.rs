//! A finding in plain lines, for files, pipes and screen readers: no frames, no colours, nothing wrapped.

use std::io::{self, Write};

use super::excerpt::{Excerpt, Frame, excerpts};
use super::short::write_headline;
use super::{choices, text};
use crate::diagnostic::Finding;
use crate::source::{SourceFile, Sources};

/// Lines of source longer than this are cut round the place.
const ROOM: usize = 120;

/// Writes one finding, with a line end.
pub(super) fn write(out: &mut impl Write, finding: &Finding, sources: &Sources, unicode: bool) -> io::Result<()> {
    write_headline(out, finding, sources)?;
    writeln!(out)?;
    let ellipsis = if unicode { "…" } else { "..." };
    let frame = Frame { context: 0, room: ROOM, tallest: 1, together: false, ellipsis };
    let excerpts = excerpts(&finding.labels, sources, frame);
    let gutter = excerpts.iter().map(|excerpt| excerpt.first.to_string().len()).max().unwrap_or(1);
    for (index, excerpt) in excerpts.iter().enumerate() {
        write_excerpt(out, excerpt, gutter, index == 0)?;
    }
    for (name, remark) in text::remarks(finding) {
        write_remark(out, name, &remark)?;
    }
    for line in choices::lines(finding, sources, SourceFile::path) {
        writeln!(out, "{:indent$}{}", "", line.text, indent = line.indent)?;
    }
    text::decision(finding).map_or(Ok(()), |(name, remark)| write_remark(out, name, &remark))
}

/// A line of source and its carets; all but the first place are told on a line of their own before them.
fn write_excerpt(out: &mut impl Write, excerpt: &Excerpt, gutter: usize, is_first: bool) -> io::Result<()> {
    let (Some(row), Some(mark)) = (excerpt.rows.first(), excerpt.marks.first()) else { return Ok(()) };
    if !is_first {
        let colon = if mark.text.is_empty() { "" } else { ": " };
        writeln!(out, "{}:{}:{}{colon}{}", excerpt.path, mark.at.line, mark.at.column, mark.text)?;
    }
    let number = excerpt.first;
    writeln!(out, "{}", format!("  {number:gutter$} | {row}").trim_end())?;
    let lead = text::width(row.get(..mark.start.byte).unwrap_or(""));
    let carets = text::width(row.get(mark.start.byte..mark.end.byte).unwrap_or("")).max(1);
    let label = if is_first { mark.text.as_str() } else { "" };
    let line = format!("  {:gutter$} | {:lead$}{} {label}", "", "", "^".repeat(carets));
    writeln!(out, "{}", line.trim_end())
}

/// A remark below the source; its further lines stand under its first.
fn write_remark(out: &mut impl Write, name: &str, remark: &str) -> io::Result<()> {
    for (index, line) in text::safe(remark).lines().enumerate() {
        match index {
            0 => writeln!(out, "  {name}: {line}")?,
            _ => writeln!(out, "  {:indent$}{line}", "", indent = name.len() + 2)?,
        }
    }
    Ok(())
}
