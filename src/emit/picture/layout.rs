//! Where everything of a picture stands: the bearer above, below it on a trunk each force with its acts, first those that
//! concern other parties, with these beside them for each force anew, so that no line runs far; then, closer together,
//! those that name nobody else. Knows places and
//! words, and no markup.

mod beside;
mod shown;

use super::Format;
use super::graph::{Bearer, Row};
use super::text::{lines, width};
use crate::model::Modality;
use shown::Shown;

/// The measures of a format.
#[derive(Clone, Copy)]
struct Measures {
    width: i32,
    font: i32,
    line: i32,
    /// Where acts begin, and how wide those may be that lines leave.
    acts: (i32, i32),
    /// Where lines leave the column of acts.
    leave: i32,
    /// Where the boxes of the other parties begin.
    others: i32,
    /// In how many columns the acts stand that name nobody else.
    columns: i32,
    /// Whether acts stand beside their force, or below it.
    beside: bool,
}

/// Where the trunk stands below its bearer.
pub(super) const TRUNK: i32 = 13;
/// Where forces begin.
const FORCE: i32 = 28;
/// The size of one.
const FORCE_SIZE: (i32, i32) = (100, 24);
/// The room round the words of a box.
const PAD: (i32, i32) = (10, 5);
/// Between rows.
const ROW_GAP: i32 = 6;
/// Between columns of them.
const COLUMN_GAP: i32 = 24;
/// Between forces.
const GROUP_GAP: i32 = 14;
/// Between boxes.
const BOX_GAP: i32 = 9;
/// How far apart lines end at a box, where there is room.
const ENDS: i32 = 8;
/// What stands before the acts that name nobody else, where others have come before.
const OWN: &str = "Where no other party is named:";

/// A picture, placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub width: i32,
    pub height: i32,
    /// The bearer.
    pub bearer: Boxed,
    /// How many rules bind it; what comes between; what is not drawn.
    pub remarks: Vec<Label>,
    pub forces: Vec<Force>,
    pub others: Vec<Boxed>,
    pub lines: Vec<Line>,
}

/// A force with acts of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Force {
    pub modality: Modality,
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub acts: Vec<Act>,
}

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    /// The row of the bearer.
    pub row: usize,
    pub label: Label,
    /// What narrows it.
    pub narrowed: Option<Narrowed>,
}

/// What narrows an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Narrowed {
    pub label: Label,
    /// Whether it stands behind the last line of the act; if not, below it.
    pub behind: bool,
}

/// Words, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub x: i32,
    /// The top of its first line.
    pub y: i32,
    pub font: i32,
    pub line: i32,
    pub lines: Vec<String>,
}

/// Words in a box: the bearer, or those of its other parties that the same acts concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boxed {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// Each party; the first number is its place among the bearer's others.
    pub labels: Vec<(usize, Label)>,
}

/// A line from an act to a box: along the row, then in a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub row: usize,
    /// The place of the box among those beside.
    pub to_box: usize,
    pub modality: Modality,
    pub from: (i32, i32),
    pub leave: i32,
    pub to: (i32, i32),
}

impl Format {
    fn measures(self) -> Measures {
        match self {
            Format::Wide => Measures {
                width: 880,
                font: 15,
                line: 20,
                acts: (140, 330),
                leave: 484,
                others: 664,
                columns: 2,
                beside: true,
            },
            Format::Narrow => Measures {
                width: 320,
                font: 13,
                line: 17,
                acts: (FORCE, 134),
                leave: 171,
                others: 207,
                columns: 1,
                beside: false,
            },
        }
    }
}

impl Label {
    fn new(text: &str, at: (i32, i32), font: i32, line: i32, most: i32) -> Self {
        Label { x: at.0, y: at.1, font, line, lines: lines(text, font, most) }
    }

    pub fn width(&self) -> i32 {
        self.lines.iter().map(|line| width(line, self.font)).max().unwrap_or(0)
    }

    pub fn height(&self) -> i32 {
        self.line * self.lines.len() as i32
    }
}

impl Act {
    /// Where it ends to the right, and below.
    fn end(&self) -> (i32, i32) {
        let end = |label: &Label| (label.x + label.width(), label.y + label.height());
        let own = end(&self.label);
        self.narrowed.as_ref().map_or(own, |it| (own.0.max(end(&it.label).0), own.1.max(end(&it.label).1)))
    }

    fn move_by(&mut self, x: i32, y: i32) {
        for label in std::iter::once(&mut self.label).chain(self.narrowed.as_mut().map(|it| &mut it.label)) {
            label.x += x;
            label.y += y;
        }
    }
}

/// Places everything.
pub(super) fn layout(bearer: &Bearer, format: Format) -> Layout {
    let measures = format.measures();
    let shown = Shown::of(bearer);
    let (head, count) = head(bearer, measures);
    let start = (head.y + head.height).max(count.y + count.height()) + GROUP_GAP;
    let (mut forces, mut others, mut lines, mut remarks) = (Vec::new(), Vec::new(), Vec::new(), vec![count]);

    let mut y = start;
    for piece in &shown.linked {
        let (acting, end) = self::forces(bearer, &piece.rows, measures, y, below);
        let (boxes, mut leading, end) = beside::beside(bearer, &acting, piece, measures, (y, end));
        leading.iter_mut().for_each(|line| line.to_box += others.len());
        lines.extend(leading);
        others.extend(boxes);
        forces.extend(acting);
        y = end + GROUP_GAP;
    }

    let whole = measures.width - measures.acts.0;
    if !shown.plain.is_empty() {
        if !forces.is_empty() {
            let remark = Label::new(OWN, (FORCE, y), measures.font, measures.line, measures.width - FORCE);
            y = remark.y + remark.height() + ROW_GAP;
            remarks.push(remark);
        }
        let column = (whole - COLUMN_GAP * (measures.columns - 1)) / measures.columns;
        let flowing = Measures { acts: (measures.acts.0, column), ..measures };
        let arrange = |acts: &mut [Act], y| flow(acts, y, measures.columns, column);
        let (own, end) = self::forces(bearer, &shown.plain, flowing, y, arrange);
        forces.extend(own);
        y = end + GROUP_GAP;
    }
    if shown.left > 0 {
        let told = format!("and {} more, told below in words", shown.left);
        let rest = Label::new(&told, (measures.acts.0, y), measures.font, measures.line, whole);
        y = rest.y + rest.height() + GROUP_GAP;
        remarks.push(rest);
    }
    Layout { width: measures.width, height: y - GROUP_GAP + 2, bearer: head, remarks, forces, others, lines }
}

/// The bearer, and how many rules bind it.
fn head(bearer: &Bearer, measures: Measures) -> (Boxed, Label) {
    // Bold letters are wider than those that were measured.
    let bold = measures.font * 9 / 8;
    let label = Label::new(&bearer.label, (PAD.0 + 1, PAD.1 + 1), bold, bold * 4 / 3, measures.width - 2 * PAD.0 - 2);
    let (width, height) = (label.width() + 2 * PAD.0, label.height() + 2 * PAD.1);
    let head = Boxed { x: 1, y: 1, width, height, labels: vec![(0, label)] };
    let told = match bearer.rules.len() {
        1 => "1 rule".to_owned(),
        many => format!("{many} rules"),
    };
    let beside = head.x + head.width + PAD.0;
    let at = if beside + self::width(&told, measures.font) <= measures.width {
        (beside, head.y + (head.height - measures.line) / 2)
    } else {
        (FORCE, head.y + head.height + ROW_GAP)
    };
    (head, Label::new(&told, at, measures.font, measures.line, measures.width - at.0))
}

/// The forces with some acts, from `y` on, and where they end. `arrange` puts the acts of a force where they belong and
/// says where they end.
fn forces(
    bearer: &Bearer,
    rows: &[usize],
    measures: Measures,
    mut y: i32,
    arrange: impl Fn(&mut [Act], i32) -> i32,
) -> (Vec<Force>, i32) {
    let rows: Vec<(usize, &Row)> = rows.iter().filter_map(|&at| Some((at, bearer.rows.get(at)?))).collect();
    let mut forces: Vec<Force> = Vec::new();
    for chunk in rows.chunk_by(|(_, a), (_, b)| a.modality == b.modality) {
        let Some(&(_, first)) = chunk.first() else { continue };
        if !forces.is_empty() {
            y += GROUP_GAP;
        }
        let (modality, (width, height)) = (first.modality, FORCE_SIZE);
        let inside = if measures.beside { (height - measures.line) / 2 } else { height + ROW_GAP };
        let mut acts: Vec<Act> = chunk.iter().map(|&(at, row)| act(at, row, measures)).collect();
        let end = arrange(&mut acts, y + inside);
        forces.push(Force { modality, x: FORCE, y, width, height, acts });
        y = end.max(y + height);
    }
    (forces, y)
}

/// An act at the top of its column.
fn act(row: usize, it: &Row, measures: Measures) -> Act {
    let (x, room) = measures.acts;
    let label = Label::new(&it.short(), (x, 0), measures.font, measures.line, room);
    let narrowed = it.narrowed.told().map(|told| {
        let last = label.lines.last().map_or(0, |line| width(line, measures.font)) + width("  ", measures.font);
        let behind = last + width(told, measures.font) <= room;
        let below = label.height() - if behind { measures.line } else { 0 };
        let at = (if behind { x + last } else { x }, below);
        Narrowed { label: Label::new(told, at, measures.font, measures.line, room), behind }
    });
    Act { row, label, narrowed }
}

/// One below the other.
fn below(acts: &mut [Act], mut y: i32) -> i32 {
    for act in acts.iter_mut() {
        act.move_by(0, y);
        y = act.end().1 + ROW_GAP;
    }
    y - ROW_GAP
}

/// In columns, down the first and then the next, about as long as each other.
fn flow(acts: &mut [Act], top: i32, columns: i32, width: i32) -> i32 {
    let whole: i32 = acts.iter().map(|act| act.end().1 + ROW_GAP).sum();
    let (mut y, mut column, mut end) = (top, 0, top);
    for act in acts.iter_mut() {
        let height = act.end().1 + ROW_GAP;
        // One that would stand mostly beyond its share of the whole begins the next column.
        if column + 1 < columns && y > top && (y - top + height / 2) * columns > whole {
            column += 1;
            y = top;
        }
        act.move_by(column * (width + COLUMN_GAP), y);
        y += height;
        end = end.max(y - ROW_GAP);
    }
    end
}
