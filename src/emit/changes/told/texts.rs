//! Texts that changed, as rows of two columns: what a paragraph said and what it says, unchanged paragraphs left out.

use std::mem;

use serde::Serialize;

use super::words;
use crate::emit::changes::view::{Is, Piece, Rule, Text};

/// A row: one paragraph or rule, or a note of what is left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// What it said; absent where there was nothing.
    pub old: Option<Vec<Mark>>,
    /// What it says; absent where there is nothing any more.
    pub new: Option<Vec<Mark>>,
    /// Both at once, in order.
    #[serde(skip)]
    pub marks: Vec<Mark>,
    /// Whether so little changed that both are read best as one.
    pub is_close: bool,
    /// How many paragraphs that did not change are left out here, in words; such a row has nothing else.
    pub left_out: Option<String>,
}

/// A stretch of words, with the blank behind it apart: a line through a blank looks like a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The words.
    pub text: String,
    /// Whether they went.
    pub gone: bool,
    /// Whether they came.
    pub came: bool,
    /// The blank after them.
    pub after: &'static str,
}

/// How many words that stayed are shown in a row at most; of more, so many before and after a change.
const SHOWN: usize = 40;
const BESIDE: usize = 12;

impl Row {
    /// Old and new words in one, with long stretches that stayed cut short.
    pub fn abridged(&self) -> Vec<Mark> {
        let last = self.marks.len().saturating_sub(1);
        let cut = |(at, mark): (usize, &Mark)| {
            let words: Vec<&str> = mark.text.split(' ').collect();
            if mark.gone || mark.came || words.len() <= SHOWN {
                return mark.clone();
            }
            let head = words.get(..BESIDE).filter(|_| at > 0).unwrap_or(&[]);
            let tail = words.get(words.len() - BESIDE..).filter(|_| at < last).unwrap_or(&[]);
            let text = [head.join(" "), "…".to_owned(), tail.join(" ")].join(" ");
            Mark { text: text.trim().to_owned(), ..mark.clone() }
        };
        self.marks.iter().enumerate().map(cut).collect()
    }
}

/// The rows of a text.
pub fn rows(text: &Text) -> Vec<Row> {
    let label = words::text_label(text.kind, text.term.as_deref());
    let mut rows: Vec<Row> = Vec::new();
    let mut same = 0;
    for paragraph in paragraphs(&text.words) {
        let row = Row { label: label.clone(), ..row(&paragraph) };
        if !row.marks.iter().any(|mark| mark.gone || mark.came) {
            same += usize::from(!row.marks.is_empty());
            continue;
        }
        rows.extend(left_out(mem::take(&mut same), &label));
        rows.push(row);
    }
    rows.extend(left_out(same, &label));
    rows
}

/// The row of a rule.
pub fn rule(rule: &Rule) -> Row {
    let mut row = row(&rule.words);
    if rule.words.is_empty() {
        let whole = |text: &Option<String>, is: Is| text.as_ref().map(|text| marks([(is, text.as_str())].into_iter()));
        row.old = whole(&rule.old, Is::Removed);
        row.new = whole(&rule.new, Is::Added);
        row.marks = row.old.iter().flatten().chain(row.new.iter().flatten()).cloned().collect();
    }
    if rule.old.is_none() {
        row.old = None;
    }
    if rule.new.is_none() {
        row.new = None;
    }
    Row { label: "Rule".to_owned(), ..row }
}

fn left_out(count: usize, label: &str) -> Option<Row> {
    (count > 0).then(|| Row {
        label: label.to_owned(),
        left_out: Some(format!("{} as before", words::counted(count, "paragraph"))),
        ..Row::default()
    })
}

fn row(pieces: &[Piece]) -> Row {
    let of = |left_out: Is| {
        let side = pieces.iter().filter(|piece| piece.is != left_out).map(|piece| (piece.is, piece.text.as_str()));
        Some(marks(side)).filter(|side| !side.is_empty())
    };
    let all = marks(pieces.iter().map(|piece| (piece.is, piece.text.as_str())));
    Row { old: of(Is::Added), new: of(Is::Removed), is_close: is_close(&all), marks: all, ..Row::default() }
}

/// Pieces up to each end of a paragraph that both sides have.
fn paragraphs(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut all = Vec::new();
    let mut open: Vec<Piece> = Vec::new();
    for piece in pieces {
        if piece.is != Is::Same {
            open.push(piece.clone());
            continue;
        }
        for part in piece.text.split_inclusive("\n\n") {
            open.push(Piece { is: Is::Same, text: part.to_owned() });
            if part.ends_with("\n\n") {
                all.push(mem::take(&mut open));
            }
        }
    }
    if !open.is_empty() {
        all.push(open);
    }
    all
}

/// Stretches of words, those alike together, blanks folded.
fn marks<'p>(pieces: impl Iterator<Item = (Is, &'p str)>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    // A blank before the first words of a stretch belongs behind those before it.
    for (is, text) in pieces {
        let (gone, came) = (is == Is::Removed, is == Is::Added);
        if text.starts_with(char::is_whitespace)
            && let Some(last) = marks.last_mut()
        {
            last.after = " ";
        }
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if folded.is_empty() {
            continue;
        }
        let after = if text.ends_with(char::is_whitespace) { " " } else { "" };
        match marks.last_mut() {
            Some(last) if (last.gone, last.came) == (gone, came) => {
                last.text.push_str(last.after);
                last.text.push_str(&folded);
                last.after = after;
            }
            _ => marks.push(Mark { text: folded, gone, came, after }),
        }
    }
    // Old and new words without a blank between them are shown with one, so that they are told apart.
    for at in 1..marks.len() {
        if let Some([one, two]) = marks.get_mut(at - 1..=at)
            && (one.gone || one.came)
            && (two.gone || two.came)
        {
            one.after = " ";
        }
    }
    if let Some(last) = marks.last_mut() {
        last.after = "";
    }
    marks
}

/// Whether a reader follows old and new at once: more than half of the words stayed, and the changes are few.
fn is_close(marks: &[Mark]) -> bool {
    // An author's own signs must not be taken for marks.
    const SIGNS: [&str; 4] = ["[-", "-]", "{+", "+}"];
    let (mut same, mut changed, mut places) = (0, 0, 0);
    for mark in marks {
        let words = mark.text.split(' ').count();
        if mark.gone || mark.came {
            changed += words;
            places += 1;
        } else {
            same += words;
        }
    }
    same >= changed && places <= 6 && !marks.iter().any(|mark| SIGNS.iter().any(|sign| mark.text.contains(sign)))
}
