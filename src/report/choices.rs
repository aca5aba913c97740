//! The edits of which an author has to choose one: for each alternative what it does, and the exact lines to write.
//!
//! It lays them out as lines; how wide those may be is known to whoever draws them.

use super::text;
use crate::diagnostic::edit::{Change, changes};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::source::{FileId, SourceFile, Sources};

/// A line of the list of alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Columns before it.
    pub indent: usize,
    /// What it says, without control characters.
    pub text: String,
    /// What it is.
    pub kind: Kind,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The head of the list.
    Heading,
    /// Words; how many columns stand before what does not fit on the line.
    Words(usize),
    /// A line of a source as it is to be written: never broken, so that it can be copied.
    Source,
    /// A line of a source that goes.
    Gone,
}

/// What stands over the alternatives of a finding.
pub(super) fn heading(finding: &Finding) -> &'static str {
    if finding.fixes.iter().filter(|fix| fix.choice).count() == 1 { "if that is meant" } else { "choose one" }
}

/// The alternatives of a finding, with their heading; nothing where it offers none.
/// `path` is what a file is called where the lines are read.
pub(super) fn lines(finding: &Finding, sources: &Sources, path: fn(&SourceFile) -> &str) -> Vec<Line> {
    let choices: Vec<&Fix> = finding.fixes.iter().filter(|fix| fix.choice).collect();
    if choices.is_empty() {
        return Vec::new();
    }
    let words = |indent, hang, text: String| Line { indent, text, kind: Kind::Words(hang) };
    let heading = format!("{}:", heading(finding));
    let mut lines = vec![Line { indent: 2, text: heading, kind: Kind::Heading }];
    for (index, fix) in choices.iter().enumerate() {
        let title = text::one_line(&fix.title);
        lines.push(match choices.len() {
            1 => words(4, 4, title.into_owned()),
            _ => words(4, 7, format!("{}. {title}", index + 1)),
        });
        let indent = if choices.len() == 1 { 4 } else { 7 };
        for (file, edits) in by_file(fix) {
            let file = sources.file(file);
            let path = text::one_line(path(file));
            for change in changes(file, &edits).unwrap_or_default() {
                lines.push(words(indent, indent, format!("{}:", place(&path, &change))));
                let (shown, kind) = match change.added.is_empty() {
                    true => (&change.removed, Kind::Gone),
                    false => (&change.added, Kind::Source),
                };
                lines.extend(without_margin(shown).into_iter().map(|text| Line { indent: indent + 2, text, kind }));
            }
        }
    }
    lines
}

/// The edits of a fix, those of one file together, the file of its first edit first.
fn by_file(fix: &Fix) -> Vec<(FileId, Vec<&Edit>)> {
    let mut files: Vec<(FileId, Vec<&Edit>)> = Vec::new();
    for edit in &fix.edits {
        match files.iter_mut().find(|(file, _)| *file == edit.span.file) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((edit.span.file, vec![edit])),
        }
    }
    files
}

/// Lines of a source without what they are all indented by, and without empty lines at their end.
fn without_margin(lines: &[String]) -> Vec<String> {
    let blank = |line: &&String| line.trim().is_empty();
    let shown = &lines[..lines.len() - lines.iter().rev().take_while(blank).count()];
    let margin = shown.iter().filter(|line| !blank(line)).map(|line| line.len() - line.trim_start().len()).min();
    let cut = |line: &String| text::safe(line.get(margin.unwrap_or(0)..).unwrap_or("")).into_owned();
    shown.iter().map(cut).collect()
}

/// What is to be done where: "in a.policy, below line 12, add".
fn place(path: &str, change: &Change) -> String {
    let first = change.line;
    let last = (first + change.removed.len() as u32).saturating_sub(1);
    let lines = if last > first { format!("lines {first} to {last}") } else { format!("line {first}") };
    match (change.removed.is_empty(), change.added.is_empty()) {
        (true, _) if first <= 1 => format!("at the beginning of {path}, add"),
        (true, _) => format!("in {path}, below line {}, add", first - 1),
        (false, true) => format!("in {path}, take out {lines}"),
        (false, false) => format!("in {path}, in place of {lines}, write"),
    }
}
