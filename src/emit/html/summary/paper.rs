//! How much a page of paper holds. Heights are those of the stylesheet's print rules, in its pixels, with the width of
//! words estimated as in pictures: rather too much than too little, so that a summary stays one page whatever the font.

use crate::emit::page::Row;
use crate::emit::picture::lines;

/// The height of an A4 page between its margins.
const PAGE: i32 = 1010;
/// Its width.
const WIDTH: i32 = 688;
/// The room between two columns.
const GAP: i32 = 24;
/// The width of one.
const COLUMN: i32 = (WIDTH - GAP) / 2;
/// The size of its letters, a little less than it is: the estimated widths are those of a wide font. The height of a line.
const FONT: i32 = 11;
const LINE: i32 = 17;
/// Room above an item of a list.
const ABOVE: i32 = 4;
/// A heading with the room above it.
const HEADING: i32 = 32;
/// The banner, the facts below the title, and the room round them.
const HEAD: i32 = 80;
/// A line of the table of forces, and the room round it. What decides which rules stand below it, and the sentence about
/// the rest, have room beside it.
const COUNT: i32 = 24;
/// The head of a list of rules, and the line that counts the rest of it.
const LIST: i32 = 30 + LINE + ABOVE;
/// The least the time limits may have, where there is more than that beside them.
const LEAST_TIMED: i32 = 190;
/// What a page says that was built although there are errors.
const WARNING: i32 = 110;
/// The place of a rule, told after it.
const PLACE: &str = " 10.10.10";

/// What is left of the page.
pub(super) struct Paper {
    left: i32,
}

impl Paper {
    /// A page with a title, a notice where there is one, the headings of parts, and rules of so many
    /// forces; and perhaps what a page says that was built although there are errors.
    pub fn new<'p>(
        title: &str,
        notice: Option<&str>,
        parts: impl Iterator<Item = &'p str>,
        forces: usize,
        is_faulty: bool,
    ) -> Self {
        let title = lines(title, 24, WIDTH).len() as i32 * 30;
        let notice = notice.map_or(0, |notice| height(notice, WIDTH - 60) + 32);
        let faulty = if is_faulty { WARNING } else { 0 };
        let parts: Vec<&str> = parts.collect();
        let parts =
            if parts.is_empty() { 0 } else { height(&format!("Parts: {}", parts.join(" 10 · ")), WIDTH) + 2 * ABOVE };
        Paper { left: PAGE - HEAD - title - notice - parts - HEADING - COUNT * (forces as i32 + 2) - faulty }
    }

    /// How many of the time limits have room beside what is `about` the policy, which takes its own.
    pub fn timed(&mut self, rules: impl Iterator<Item = String>, about: i32) -> usize {
        let mut rules = rules.peekable();
        if rules.peek().is_none() {
            self.left -= about;
            return 0;
        }
        let most = about.max(LEAST_TIMED);
        let (fitting, height) = fitting(rules, most - HEADING - LINE - ABOVE);
        self.left -= about.max(height + HEADING + LINE + ABOVE);
        fitting
    }

    /// How many rules have room in one of so many columns.
    pub fn listed(&self, rules: impl Iterator<Item = String>, columns: usize) -> usize {
        let width = if columns > 1 { COLUMN } else { WIDTH };
        fitting_in(rules, self.left - LIST, width).0
    }
}

/// The height of what is said about a policy: its fields, and how it begins.
pub(super) fn about(key: &[Row], opening: Option<&str>) -> i32 {
    let value = |row: &Row| row.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    let key: i32 = key.iter().map(|row| height(&value(row), COLUMN - 100).max(height(row.label, 92)) + 2).sum();
    let opening = opening.map_or(0, |text| height(&format!("“{text}”{PLACE}"), COLUMN) + 2 * ABOVE);
    HEADING + key + opening
}

fn fitting(rules: impl Iterator<Item = String>, room: i32) -> (usize, i32) {
    fitting_in(rules, room, COLUMN)
}

/// How many of them fit, and the height they take.
fn fitting_in(rules: impl Iterator<Item = String>, room: i32, width: i32) -> (usize, i32) {
    let (mut count, mut taken) = (0, 0);
    for rule in rules {
        let more = height(&format!("{rule}{PLACE}"), width - 14) + ABOVE;
        if taken + more > room {
            break;
        }
        taken += more;
        count += 1;
    }
    (count, taken)
}

fn height(text: &str, width: i32) -> i32 {
    lines(text, FONT, width).len() as i32 * LINE
}
