//! The lines of source that a finding is shown with: which lines, cut how, and where on them its places lie.
//!
//! Everything is made fit for a terminal here – tabs widened, control characters spelt out, long lines cut round the
//! places that matter – so that whoever draws an excerpt need only count columns. This module draws nothing.

mod row;

use std::ops::Range;

use row::{Row, floor, taken};

use super::text::{one_line, width};
use crate::diagnostic::Label;
use crate::source::{Position, SourceFile, Sources};

/// Consecutive lines of one file with the places marked on them.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The file's path.
    pub path: String,
    /// Number of the first line, from 1.
    pub first: u32,
    /// The lines as shown.
    pub rows: Vec<String>,
    /// The places, in the order the finding has them.
    pub marks: Vec<Mark>,
}

/// A place on the rows of an excerpt.
#[derive(Debug)]
pub(super) struct Mark {
    /// Where it begins in the file.
    pub at: Position,
    /// Where it begins on the rows.
    pub start: Point,
    /// Where it ends on the rows.
    pub end: Point,
    /// What is said of it; may be empty.
    pub text: String,
}

/// A byte of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    /// Index of the row.
    pub row: usize,
    /// Offset in the row as shown.
    pub byte: usize,
}

/// How much is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Lines shown before and after the marked ones.
    pub context: u32,
    /// Columns a line may take.
    pub room: usize,
    /// Most lines a place may span; of a longer one its first line is marked.
    pub tallest: u32,
    /// Whether places near each other share an excerpt.
    pub together: bool,
    /// Stands for what is cut off.
    pub ellipsis: &'static str,
}

/// A label with its lines, before it is laid out.
struct Place {
    at: Position,
    /// Byte offsets in the file.
    span: Range<usize>,
    /// Numbers of the first and the last line.
    lines: (u32, u32),
    /// Where in the file its first line begins.
    line_start: usize,
    text: String,
}

/// Excerpts for all labels, the first label's first.
pub(super) fn excerpts(labels: &[Label], sources: &Sources, frame: Frame) -> Vec<Excerpt> {
    let mut groups: Vec<(&SourceFile, Vec<Place>)> = Vec::new();
    for label in labels {
        let file = sources.file(label.span.file);
        let place = Place::new(label, file, frame);
        let group = groups.iter_mut().find(|(of, places)| std::ptr::eq(*of, file) && place.belongs_to(places, frame));
        match group {
            Some((_, places)) => match places.iter_mut().find(|other| other.span == place.span) {
                Some(twin) => twin.say_also(&place.text),
                None => places.push(place),
            },
            None => groups.push((file, vec![place])),
        }
    }
    groups.into_iter().map(|(file, places)| lay_out(file, places, frame)).collect()
}

impl Place {
    fn new(label: &Label, file: &SourceFile, frame: Frame) -> Self {
        let text = file.text();
        let start = floor(text, label.span.start as usize);
        let mut end = floor(text, label.span.end as usize).max(start);
        // Blanks and line ends after the last word are no part of what is meant.
        let trimmed = start + text.get(start..end).map_or(0, |covered| covered.trim_end().len());
        if trimmed > start {
            end = trimmed;
        }
        let at = file.position(start as u32);
        let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let mut last = file.position(end as u32).line;
        if last - at.line >= frame.tallest {
            end = line_start + file.line(at.line).len();
            end = end.max(start);
            last = at.line;
        }
        Place { at, span: start..end, lines: (at.line, last), line_start, text: one_line(&label.text).into_owned() }
    }

    /// Whether the place is near enough to one of `places`, and can be seen together with all of them.
    fn belongs_to(&self, places: &[Place], frame: Frame) -> bool {
        if !frame.together {
            return false;
        }
        let gap = 2 * frame.context + 1;
        let near = places.iter().any(|other| {
            self.lines.0 <= other.lines.1.saturating_add(gap) && other.lines.0 <= self.lines.1.saturating_add(gap)
        });
        let hidden = places
            .iter()
            .any(|other| self.lines.0 == other.lines.0 && self.span.start.abs_diff(other.span.start) > frame.room / 2);
        near && !hidden
    }

    /// How many columns it takes, from the leftmost place of its line on, to draw this one and begin its words, which
    /// hang from its middle.
    fn wish(&self, line: &str, offset: usize, leftmost: usize, frame: Frame) -> usize {
        if self.text.is_empty() || self.lines.0 != self.lines.1 {
            return 0;
        }
        let start = self.span.start.saturating_sub(offset);
        let end = self.span.end.saturating_sub(offset).min(floor(line, start + frame.room));
        let middle = taken(line, leftmost, start) + taken(line, start, end) / 2;
        middle + 4 + width(&self.text).min(16)
    }

    fn say_also(&mut self, text: &str) {
        if text.is_empty() || self.text == text {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("; ");
        }
        self.text.push_str(text);
    }
}

fn lay_out(file: &SourceFile, places: Vec<Place>, frame: Frame) -> Excerpt {
    let first_marked = places.iter().map(|place| place.lines.0).min().unwrap_or(1);
    let last_marked = places.iter().map(|place| place.lines.1).max().unwrap_or(1);
    let mut first = first_marked.saturating_sub(frame.context).max(1);
    while first < first_marked && file.line(first).trim().is_empty() {
        first += 1;
    }
    let mut last = last_marked.saturating_add(frame.context);
    while last > last_marked && file.line(last).trim().is_empty() {
        last -= 1;
    }

    let mut marks: Vec<Mark> = places.iter().map(Mark::unplaced).collect();
    let mut rows = Vec::new();
    // Offsets of the lines are only needed from the first marked one on.
    let mut offset = places.iter().map(|place| place.line_start).min().unwrap_or(0);
    for number in first..=last {
        let line = file.line(number);
        let row = rows.len();
        if number < first_marked || number > last_marked {
            rows.push(Row::new(line, &[], 0, frame).shown);
            continue;
        }
        let leftmost = places.iter().filter(|place| place.lines.0 == number).map(|place| place.span.start).min();
        let leftmost = leftmost.unwrap_or(0).saturating_sub(offset);
        let mut points = Vec::new();
        let mut wish = 0;
        for (index, place) in places.iter().enumerate() {
            if place.lines.0 == number {
                points.push((index, false, place.span.start.saturating_sub(offset)));
                wish = wish.max(place.wish(line, offset, leftmost, frame));
            }
            if place.lines.1 == number {
                points.push((index, true, place.span.end.saturating_sub(offset)));
            }
        }
        let offsets: Vec<usize> = points.iter().map(|point| point.2).collect();
        let built = Row::new(line, &offsets, wish, frame);
        for ((index, is_end, _), byte) in points.into_iter().zip(built.points) {
            if let Some(mark) = marks.get_mut(index) {
                *(if is_end { &mut mark.end } else { &mut mark.start }) = Point { row, byte };
            }
        }
        rows.push(built.shown);
        offset = next_line(file.text(), offset);
    }
    for mark in &mut marks {
        mark.end = mark.end.max(mark.start);
    }
    Excerpt { path: one_line(file.path()).into_owned(), first, rows, marks }
}

impl Mark {
    fn unplaced(place: &Place) -> Self {
        let nowhere = Point { row: 0, byte: 0 };
        Mark { at: place.at, start: nowhere, end: nowhere, text: place.text.clone() }
    }
}

fn next_line(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| offset + newline + 1)
}
