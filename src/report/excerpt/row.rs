//! One line of source as shown: tabs widened, control characters spelt out, cut round the points that matter.
//!
//! It must not know why a point matters.

use std::ops::Range;

use super::Frame;
use crate::report::text::{TAB, char_width, is_treacherous, spelt_out, width};

/// A line as shown, and where the points asked for came to lie.
pub(super) struct Row {
    /// The line, cut and made fit.
    pub shown: String,
    /// For each point its offset in `shown`; of a point that was cut off, the nearest end.
    pub points: Vec<usize>,
}

impl Row {
    /// The line with `points` in sight, and `wish` columns from the first of them on where that is possible.
    pub(super) fn new(line: &str, points: &[usize], wish: usize, frame: Frame) -> Self {
        let window = window(line, points, wish, frame);
        let mut shown = String::new();
        let mut column = 0;
        if window.start > 0 {
            shown.push_str(frame.ellipsis);
            column = width(frame.ellipsis);
        }
        let mut placed = vec![shown.len(); points.len()];
        let mut place = |at: usize, byte: usize| {
            for (point, placed) in points.iter().zip(&mut placed) {
                if *point >= at && at >= window.start {
                    *placed = byte;
                }
            }
        };
        for (at, c) in line.get(window.clone()).unwrap_or("").char_indices() {
            place(window.start + at, shown.len());
            match c {
                '\t' => shown.extend(std::iter::repeat_n(' ', TAB - column % TAB)),
                '\u{feff}' if window.start + at == 0 => {}
                c if is_treacherous(c) => shown.push_str(&spelt_out(c)),
                c => shown.push(c),
            }
            column += shown_width(c, column);
        }
        place(window.end, shown.len());
        if window.end < line.len() {
            shown.push_str(frame.ellipsis);
        }
        Row { shown, points: placed }
    }
}

/// The part of a line that is shown: all of it, or what fits round the points. It never measures more of a long line
/// than it shows.
fn window(line: &str, points: &[usize], wish: usize, frame: Frame) -> Range<usize> {
    let from = floor(line, points.iter().copied().min().unwrap_or(0));
    let to = floor(line, points.iter().copied().max().unwrap_or(0));
    if line.len() <= frame.room * 4 {
        let whole: usize = line.chars().fold(0, |column, c| column + shown_width(c, column));
        if whole <= frame.room && taken(line, 0, from) + wish <= frame.room {
            return 0..line.len();
        }
    }
    let room = frame.room.saturating_sub(2 * width(frame.ellipsis)).max(8);
    let before = if from <= room * 4 { taken(line, 0, from) } else { from };
    // Cutting off nothing but a margin would win nothing.
    let is_margin = before <= room / 4 && line.get(..from).is_some_and(|lead| lead.trim().is_empty());
    let lead = if is_margin || before + wish <= room { before } else { (room / 4).min(room.saturating_sub(wish)) };
    let mut start = back(line, from, lead);
    let end = forth(line, from, room.saturating_sub(taken(line, start, from)));
    if end == line.len() {
        let spare = room.saturating_sub(taken(line, start, end));
        let wished = wish.saturating_sub(taken(line, from, end));
        start = back(line, start, spare.saturating_sub(wished));
    }
    if start > 0 {
        start = line.get(start..from).and_then(|cut| cut.find(' ')).map_or(start, |blank| start + blank + 1);
    }
    let end = if end < line.len() && to < end {
        line.get(to..end).and_then(|cut| cut.rfind(' ')).map_or(end, |blank| to + blank)
    } else {
        end
    };
    start..end.max(from)
}

fn back(line: &str, from: usize, room: usize) -> usize {
    let mut left = room;
    let mut start = from;
    for (at, c) in line.get(..from).unwrap_or("").char_indices().rev() {
        let Some(rest) = left.checked_sub(shown_width(c, 0)) else { break };
        left = rest;
        start = at;
    }
    start
}

fn forth(line: &str, from: usize, room: usize) -> usize {
    let mut left = room;
    for (at, c) in line.get(from..).unwrap_or("").char_indices() {
        let Some(rest) = left.checked_sub(shown_width(c, 0)) else { return from + at };
        left = rest;
    }
    line.len()
}

/// How many columns a part of a line takes, tabs at their widest.
pub(super) fn taken(line: &str, start: usize, end: usize) -> usize {
    line.get(start..end).unwrap_or("").chars().map(|c| shown_width(c, 0)).sum()
}

fn shown_width(c: char, column: usize) -> usize {
    match c {
        '\t' => TAB - column % TAB,
        c if is_treacherous(c) => spelt_out(c).len(),
        c => char_width(c),
    }
}

/// The offset, or the start of the character it lies in; at most the end.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
