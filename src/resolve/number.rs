//! The numbers of blocks, which follow from their places.
//!
//! It knows kinds and depths only, and no block.

use crate::model::{BlockKind, Numbering};

/// The numbers given out in one block, or in the policy itself.
pub(super) struct Series {
    numbering: Numbering,
    /// How deep the blocks lie that it numbers, from 1.
    depth: u32,
    blocks: Run,
    annexes: Run,
}

/// Numbers that follow on each other: what stands before and after the counter, how it is written, the last one given.
#[derive(Clone, Debug)]
struct Run {
    before: String,
    after: &'static str,
    style: Style,
    last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    Figures,
    Letters,
    Capitals,
    Roman,
    RomanCapitals,
}

impl Series {
    /// The numbers of the blocks of a policy itself.
    pub(super) fn top(numbering: Numbering) -> Self {
        Series { numbering, depth: 1, blocks: Run::new("", Style::Figures), annexes: Run::new("", Style::Capitals) }
    }

    /// The numbers of the blocks inside a block with this number.
    pub(super) fn inside(&self, number: Option<&str>) -> Self {
        let depth = self.depth + 1;
        let before = number.map_or_else(String::new, |number| format!("{}.", number.trim_end_matches('.')));
        let blocks = match (self.numbering, depth) {
            // Below the second level legal numbers stand alone, in brackets: (a), (i), and on in capitals.
            (Numbering::Legal, 3..) => {
                let styles = [Style::Letters, Style::Roman, Style::Capitals, Style::RomanCapitals];
                let style = styles[(depth as usize - 3) % styles.len()];
                Run { before: "(".to_owned(), after: ")", style, last: 0 }
            }
            _ => Run::new(&before, Style::Figures),
        };
        Series { numbering: self.numbering, depth, blocks, annexes: Run::new(&before, Style::Capitals) }
    }

    /// The number of the next block, which may keep a historic one: numbering runs on from it.
    pub(super) fn next(&mut self, kind: BlockKind, kept: Option<&str>) -> Option<String> {
        let counts = match self.numbering {
            Numbering::None => false,
            Numbering::Headings => kind != BlockKind::Clause,
            Numbering::Decimal | Numbering::Legal => true,
        };
        if !counts {
            return kept.map(str::to_owned);
        }
        let run = if kind == BlockKind::Annex { &mut self.annexes } else { &mut self.blocks };
        match kept {
            Some(kept) => run.go_on_from(kept),
            None => run.last = run.last.saturating_add(1),
        }
        Some(kept.map_or_else(|| run.told(), str::to_owned))
    }
}

impl Run {
    fn new(before: &str, style: Style) -> Self {
        Run { before: before.to_owned(), after: "", style, last: 0 }
    }

    /// Takes a written number as the last one given. One that ends in no counter is taken as the next in its place.
    fn go_on_from(&mut self, kept: &str) {
        let (core, after) = match kept.trim_end() {
            kept if kept.ends_with(')') => (&kept[..kept.len() - 1], ")"),
            kept if kept.ends_with('.') => (&kept[..kept.len() - 1], "."),
            kept => (kept, ""),
        };
        let figures = core.len() - core.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let letters = core.len() - core.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (before, counter) = core.split_at(core.len() - figures.max(letters));
        let read = if figures > 0 {
            counter.parse().ok().map(|last| (Style::Figures, last))
        } else {
            self.read_letters(counter)
        };
        match read {
            Some((style, last)) => *self = Run { before: before.to_owned(), after, style, last },
            None => self.last = self.last.saturating_add(1),
        }
    }

    fn read_letters(&self, counter: &str) -> Option<(Style, u32)> {
        let capitals = counter.chars().all(|c| c.is_ascii_uppercase());
        let small = counter.chars().all(|c| c.is_ascii_lowercase());
        if counter.is_empty() || counter.len() > 6 || !(capitals || small) {
            return None;
        }
        // A numeral that could be letters too, `(i)`, is read as the series is written.
        let roman = matches!(self.style, Style::Roman | Style::RomanCapitals);
        let numeral = (1..200).find(|&count| in_roman(count) == counter.to_ascii_lowercase()).filter(|_| roman);
        match (numeral, capitals) {
            (Some(count), true) => Some((Style::RomanCapitals, count)),
            (Some(count), false) => Some((Style::Roman, count)),
            // More than two letters are a word, as in "Annex".
            (None, _) if counter.len() > 2 => None,
            (None, true) => Some((Style::Capitals, from_letters(counter))),
            (None, false) => Some((Style::Letters, from_letters(counter))),
        }
    }

    fn told(&self) -> String {
        let counter = match self.style {
            Style::Figures => self.last.to_string(),
            Style::Letters => in_letters(self.last),
            Style::Capitals => in_letters(self.last).to_ascii_uppercase(),
            Style::Roman => in_roman(self.last),
            Style::RomanCapitals => in_roman(self.last).to_ascii_uppercase(),
        };
        format!("{}{counter}{}", self.before, self.after)
    }
}

/// a, b, … z, aa, ab, …
fn in_letters(mut count: u32) -> String {
    let mut letters = Vec::new();
    while count > 0 {
        count -= 1;
        letters.push((b'a' + (count % 26) as u8) as char);
        count /= 26;
    }
    letters.iter().rev().collect()
}

fn from_letters(letters: &str) -> u32 {
    letters.bytes().fold(0, |sum, byte| sum * 26 + u32::from(byte.to_ascii_lowercase() - b'a') + 1)
}

/// i, ii, iii, iv, …; past what Roman numerals tell well, figures.
fn in_roman(mut count: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count >= 4000 {
        return count.to_string();
    }
    let mut numeral = String::new();
    for (value, letters) in NUMERALS {
        while count >= value {
            numeral.push_str(letters);
            count -= value;
        }
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Annex, Clause, Section};

    fn next(series: &mut Series, kind: BlockKind, kept: Option<&str>) -> String {
        series.next(kind, kept).unwrap_or_else(|| "-".to_owned())
    }

    #[test]
    fn a_kept_number_is_run_on_from() {
        let mut top = Series::top(Numbering::Decimal);
        assert_eq!(next(&mut top, Section, None), "1");
        assert_eq!(next(&mut top, Section, Some("5")), "5");
        let mut five = top.inside(Some("5"));
        assert_eq!(next(&mut five, Clause, None), "5.1");
        assert_eq!(next(&mut five, Clause, Some("5.4")), "5.4");
        assert_eq!(next(&mut five, Clause, None), "5.5");
        assert_eq!(next(&mut five, Clause, Some("6.1.14")), "6.1.14");
        assert_eq!(next(&mut five, Clause, None), "6.1.15");
        assert_eq!(next(&mut top, Section, None), "6");
        assert_eq!(next(&mut top, Section, Some("Introduction")), "Introduction");
        assert_eq!(next(&mut top, Section, None), "8");
        assert_eq!(next(&mut top, Section, Some("9.")), "9.");
        assert_eq!(next(&mut top.inside(Some("9.")), Clause, None), "9.1");
    }

    #[test]
    fn annexes_are_lettered_beside_the_numbers() {
        let mut top = Series::top(Numbering::Decimal);
        assert_eq!(next(&mut top, Annex, None), "A");
        assert_eq!(next(&mut top, Section, None), "1");
        assert_eq!(next(&mut top, Annex, None), "B");
        assert_eq!(next(&mut top.inside(Some("B")), Clause, None), "B.1");
    }

    #[test]
    fn legal_numbers_turn_to_letters_and_numerals() {
        let mut level = Series::top(Numbering::Legal);
        let mut told = Vec::new();
        for _ in 0..7 {
            next(&mut level, Clause, None);
            let number = next(&mut level, Clause, None);
            level = level.inside(Some(&number));
            told.push(number);
        }
        assert_eq!(told, ["2", "2.2", "(b)", "(ii)", "(B)", "(II)", "(b)"]);
        let mut letters = Series::top(Numbering::Legal).inside(Some("1")).inside(Some("1.1"));
        assert_eq!(next(&mut letters, Clause, Some("(h)")), "(h)");
        assert_eq!(next(&mut letters, Clause, None), "(i)");
        assert_eq!(next(&mut letters.inside(Some("(i)")), Clause, Some("(ix)")), "(ix)");
    }

    #[test]
    fn headings_number_sections_only() {
        let mut top = Series::top(Numbering::Headings);
        assert_eq!(next(&mut top, Clause, None), "-");
        assert_eq!(next(&mut top, Section, None), "1");
        assert_eq!(next(&mut top, Clause, Some("1.4")), "1.4");
        assert_eq!(next(&mut Series::top(Numbering::None), Section, None), "-");
        assert_eq!(in_letters(28), "ab");
        assert_eq!(from_letters("ab"), 28);
    }
}
