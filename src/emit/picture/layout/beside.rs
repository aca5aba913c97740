//! The parties beside the acts, and the lines that lead to them.

use super::shown::Piece;
use super::{BOX_GAP, Boxed, ENDS, Force, Label, Line, Measures, PAD};
use crate::emit::picture::graph::Bearer;
use crate::emit::picture::place::{Wanted, tops};

/// Between an act and the line that leaves it.
const BEFORE_LINE: i32 = 8;

/// Between parties of one box.
const BETWEEN: i32 = 4;

/// Adds to a layout the parties that its last forces concern: boxes, each near the acts that lead to it and between the
/// ends of `span` where there is room, and lines. Gives where acts and boxes end.
pub(super) fn beside(
    bearer: &Bearer,
    forces: &[Force],
    piece: &Piece,
    measures: Measures,
    span: (i32, i32),
) -> (Vec<Boxed>, Vec<Line>, i32) {
    // For each of the bearer's other parties its box.
    let mut places: Vec<usize> = vec![usize::MAX; bearer.others.len()];
    for (at, others) in piece.boxes.iter().enumerate() {
        for &other in others {
            if let Some(place) = places.get_mut(other) {
                *place = at;
            }
        }
    }
    let mut lines: Vec<Line> = Vec::new();
    // For each box the lines that lead to it, from the top.
    let mut leading: Vec<Vec<usize>> = vec![Vec::new(); piece.boxes.len()];
    for force in forces {
        for act in &force.acts {
            let (right, bottom) = act.end();
            let from = (right + BEFORE_LINE, (act.label.y + bottom) / 2);
            let towards = bearer.rows.get(act.row).map_or(&[][..], |row| &row.towards);
            let mut to: Vec<usize> = towards.iter().filter_map(|&it| places.get(it).copied()).collect();
            to.sort_unstable();
            to.dedup();
            for to_box in to {
                let Some(leading) = leading.get_mut(to_box) else { continue };
                leading.push(lines.len());
                let to = (measures.others, 0);
                lines.push(Line { row: act.row, to_box, modality: force.modality, from, leave: measures.leave, to });
            }
        }
    }

    let mut boxes: Vec<Boxed> = Vec::new();
    let mut wanted: Vec<Wanted> = Vec::new();
    for (others, leading) in piece.boxes.iter().zip(&leading) {
        let mut it = boxed(bearer, others, measures);
        it.height = it.height.max(ENDS * (leading.len() as i32 + 1));
        let sum: i64 = leading.iter().filter_map(|&at| lines.get(at)).map(|line| i64::from(line.from.1)).sum();
        wanted.push(Wanted { middle: (sum / (leading.len() as i64).max(1)) as i32, height: it.height });
        boxes.push(it);
    }
    let tops = tops(&wanted, BOX_GAP, span.0, span.1);
    for ((it, top), leading) in boxes.iter_mut().zip(tops).zip(&leading) {
        it.place(top);
        let first = it.y + (it.height - ENDS * (leading.len() as i32 - 1)) / 2;
        for (nth, &at) in leading.iter().enumerate() {
            if let Some(line) = lines.get_mut(at) {
                line.to.1 = first + ENDS * nth as i32;
            }
        }
    }
    let end = boxes.iter().map(|it| it.y + it.height).fold(span.1, i32::max);
    (boxes, lines, end)
}

/// Parties one below the other, in a box at the top.
fn boxed(bearer: &Bearer, others: &[usize], measures: Measures) -> Boxed {
    let (x, width) = (measures.others, measures.width - measures.others - 1);
    let mut it = Boxed { x, y: 0, width, height: 2 * PAD.1, labels: Vec::new() };
    for &other in others {
        let label = bearer.others.get(other).map_or("", String::as_str);
        let at = (x + PAD.0, it.height - PAD.1 + if it.labels.is_empty() { 0 } else { BETWEEN });
        let label = Label::new(label, at, measures.font, measures.line, width - 2 * PAD.0);
        it.height += label.height() + if it.labels.is_empty() { 0 } else { BETWEEN };
        it.labels.push((other, label));
    }
    it
}

impl Boxed {
    /// Puts it there, its words in its middle.
    fn place(&mut self, y: i32) {
        let end = self.labels.last().map_or(0, |(_, label)| label.y + label.height());
        let down = y + (self.height - end - PAD.1) / 2;
        self.labels.iter_mut().for_each(|(_, label)| label.y += down);
        self.y = y;
    }
}
