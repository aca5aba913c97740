//! Edits made to a text: which go together, what comes out of them, and which lines they change.
//!
//! Pure functions of a text and its edits. It knows no finding and no file system: whoever makes edits for good reads and
//! writes files elsewhere.

use std::collections::BTreeMap;

use super::Edit;
use crate::source::{FileId, SourceFile, Span};

/// Consecutive lines of a file and what stands in their place after some edits; only lines that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Number of the first line taken out, from 1; where none is, of the line that the new ones come before.
    pub line: u32,
    /// The lines taken out.
    pub removed: Vec<String>,
    /// The lines put in.
    pub added: Vec<String>,
}

/// Whether two edits cannot both be made: they share text, or insert in the same place, so that what comes out would
/// depend on which is made first. An edit that ends where another begins stands in nobody's way.
pub fn meet(a: Span, b: Span) -> bool {
    if a.file != b.file {
        return false;
    }
    let inside = |at: Span, of: Span| at.is_empty() && of.start <= at.start && at.start <= of.end;
    (a.start < b.end && b.start < a.end) || inside(a, b) || inside(b, a)
}

/// The text with all edits made, whatever their order; `None` where two of them meet, or one does not lie on characters
/// of the text.
pub fn apply(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    if edits.windows(2).any(|pair| matches!(pair, [a, b] if meet(a.span, b.span))) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        text.get(start..end)?;
        out.push_str(text.get(at..start)?);
        out.push_str(&edit.text);
        at = end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Where places of the old texts stand after edits that do not meet.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// For each file its edits in order: where they begin and end, and by how much what comes after has moved.
    files: BTreeMap<FileId, Vec<(u32, u32, i64)>>,
}

impl Moves {
    /// Those that edits make.
    pub fn of(edits: &[&Edit]) -> Self {
        let mut moves = Moves::default();
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| edit.span);
        for edit in edits {
            let moves = moves.files.entry(edit.span.file).or_default();
            let before = moves.last().map_or(0, |(_, _, by)| *by);
            let Span { start, end, .. } = edit.span;
            moves.push((start, end, before + edit.text.len() as i64 - i64::from(end - start)));
        }
        moves
    }

    /// Where a byte stands. Of text that is replaced it is the beginning; what is inserted at the byte comes before it.
    pub fn place(&self, file: FileId, offset: u32) -> u32 {
        let Some(moves) = self.files.get(&file) else { return offset };
        let past = moves.partition_point(|(_, end, _)| *end <= offset);
        let by = past.checked_sub(1).and_then(|last| moves.get(last)).map_or(0, |(_, _, by)| *by);
        let within = moves.get(past).filter(|(start, _, _)| *start < offset).map_or(offset, |(start, _, _)| *start);
        u32::try_from(i64::from(within) + by).unwrap_or(0)
    }
}

/// The lines that edits to one file change, in order; `None` where they cannot be made together.
pub fn changes(file: &SourceFile, edits: &[&Edit]) -> Option<Vec<Change>> {
    apply(file.text(), edits)?;
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut groups: Vec<(u32, u32, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let (first, last) = (file.position(edit.span.start).line, file.position(edit.span.end).line);
        match groups.last_mut() {
            Some((_, end, group)) if first <= *end => {
                *end = (*end).max(last);
                group.push(edit);
            }
            _ => groups.push((first, last, vec![edit])),
        }
    }
    let changes = groups.into_iter().filter_map(|(first, last, group)| change(file, first, last, &group));
    Some(changes.collect())
}

/// What some edits make of the lines from `first` to `last`, in which they all lie.
fn change(file: &SourceFile, first: u32, last: u32, edits: &[&Edit]) -> Option<Change> {
    let text = file.text();
    let from = edits.first()?.span.start as usize;
    let start = text.get(..from)?.rfind('\n').map_or(0, |newline| newline + 1);
    let to = edits.iter().map(|edit| edit.span.end as usize).max()?;
    let end = text.get(to..)?.find('\n').map_or(text.len(), |newline| to + newline);
    let shifted: Vec<Edit> = edits
        .iter()
        .map(|edit| {
            let (from, to) = (edit.span.start as usize - start, edit.span.end as usize - start);
            Edit { span: Span::new(edit.span.file, from, to), text: edit.text.clone() }
        })
        .collect();
    let new = apply(text.get(start..end)?, &shifted.iter().collect::<Vec<_>>())?;
    let mut removed: Vec<String> = (first..=last).map(|line| file.line(line).to_owned()).collect();
    let mut added: Vec<String> = new.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect();
    let same = removed.iter().zip(&added).take_while(|(old, new)| old == new).count();
    removed.drain(..same);
    added.drain(..same);
    while !removed.is_empty() && removed.last() == added.last() {
        removed.pop();
        added.pop();
    }
    let is_change = !removed.is_empty() || !added.is_empty();
    is_change.then_some(Change { line: first + same as u32, removed, added })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(FileId(0), start, end), text: text.to_owned() }
    }

    #[test]
    fn edits_are_made_in_any_order() {
        let edits = [edit(8, 8, "!"), edit(0, 3, "a"), edit(3, 4, "")];
        assert_eq!(apply("one two.", &edits.iter().collect::<Vec<_>>()).as_deref(), Some("atwo.!"));
    }

    #[test]
    fn edits_that_meet_are_not_made() {
        for (a, b) in [((0, 3), (2, 4)), ((1, 1), (1, 1)), ((0, 3), (3, 3)), ((0, 3), (0, 0))] {
            let (a, b) = (edit(a.0, a.1, "x"), edit(b.0, b.1, "y"));
            assert!(meet(a.span, b.span) && meet(b.span, a.span));
            assert_eq!(apply("one two", &[&a, &b]), None);
        }
        assert!(!meet(edit(0, 3, "").span, edit(3, 4, "").span));
    }

    #[test]
    fn an_edit_beside_the_text_or_inside_a_character_is_not_made() {
        for (start, end) in [(0, 9), (9, 9), (0, 1), (1, 2)] {
            assert_eq!(apply("é", &[&edit(start, end, "e")]), None, "{start}..{end}");
        }
    }

    #[test]
    fn places_move_with_the_text_before_them() {
        let edits = [edit(0, 3, "a"), edit(8, 8, "xx")];
        let moves = Moves::of(&edits.iter().rev().collect::<Vec<_>>());
        let moved = [0, 2, 3, 7, 8, 9].map(|at| moves.place(FileId(0), at));
        assert_eq!(moved, [0, 0, 1, 5, 8, 9]);
        assert_eq!(moves.place(FileId(1), 7), 7);
    }

    #[test]
    fn only_lines_that_differ_are_changes() {
        let file = SourceFile::new("a", "one\r\ntwo\nthree\nfour");
        let changed = |edits: &[Edit]| changes(&file, &edits.iter().collect::<Vec<_>>()).expect("they can be made");
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let of = |line, removed: &[&str], added: &[&str]| Change { line, removed: lines(removed), added: lines(added) };
        assert_eq!(changed(&[edit(8, 8, "\n  2a")]), [of(3, &[], &["  2a"])]);
        assert_eq!(changed(&[edit(5, 9, "")]), [of(2, &["two"], &[])]);
        assert_eq!(changed(&[edit(9, 14, "3")]), [of(3, &["three"], &["3"])]);
        assert_eq!(
            changed(&[edit(0, 3, "1"), edit(19, 19, "\nfive")]),
            [of(1, &["one"], &["1"]), of(5, &[], &["five"])]
        );
        assert_eq!(changed(&[edit(0, 3, "one")]), []);
    }
}
