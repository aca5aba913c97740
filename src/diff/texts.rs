//! The texts of a block – prose, notes, definitions, headings without a number – and which of their words changed.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::tokens::{Reader, Token, paragraph, words};
use super::{Is, Matching, Policies};
use crate::model::{Collection, Definition, Item, Parent, PolicyId, Prose};

/// A text of a clause that changed, came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// What it is.
    pub kind: TextKind,
    /// Its words, in order.
    pub words: Vec<Piece>,
}

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// All prose of the clause.
    Prose,
    /// All notes of the clause: shown, not binding.
    Note,
    /// What a term means.
    Definition(String),
    /// Headings without a number.
    Heading,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whether it stayed, went or came.
    pub is: Is,
    /// The words, with the blanks between them; paragraphs end in two line feeds.
    pub text: String,
}

/// Beyond so many cells of the table that Myers' algorithm may have to fill, what lies between the first and the last word
/// that differ counts as written anew: nobody would read the difference.
const MOST_CELLS: usize = 400_000_000;

/// The texts of a block that differ.
pub(super) fn changes(pair: Policies<'_>, matching: &Matching, old: Parent, new: Parent) -> Vec<TextChange> {
    let before = Reader { collection: pair.sides.old, policy: pair.old.0, matching: Some(matching) };
    let now = Reader { collection: pair.sides.new, policy: pair.new.0, matching: None };
    if written_alike(before, old, now, new) {
        return Vec::new();
    }
    let (mut before, now) = (texts(before, old), texts(now, new));
    let mut changes = Vec::new();
    for (kind, words) in now {
        let was = before.iter().position(|(other, _)| *other == kind).map(|at| before.remove(at).1).unwrap_or_default();
        if was.iter().map(|token| &token.key).ne(words.iter().map(|token| &token.key)) {
            changes.push(TextChange { kind, words: compared(&was, &words) });
        }
    }
    changes.extend(before.into_iter().map(|(kind, was)| TextChange { kind, words: compared(&was, &[]) }));
    changes.retain(|change| !change.words.is_empty());
    changes
}

/// The texts of a block that stands on one side only.
pub(super) fn alone(collection: &Collection, policy: PolicyId, place: Parent, is: Is) -> Vec<TextChange> {
    let reader = Reader { collection, policy, matching: None };
    let texts = texts(reader, place).into_iter();
    let whole = |(kind, words): (TextKind, Vec<Token>)| {
        let text = words.into_iter().map(|token| token.shown).collect();
        TextChange { kind, words: vec![Piece { is, text }] }
    };
    texts.map(whole).collect()
}

/// The words of two sentences compared.
pub fn sentences(old: &str, new: &str) -> Vec<Piece> {
    compared(&words(old), &words(new))
}

/// Whether the texts are the same to the letter and hold nothing that needs to be looked up: the quick way, which is as
/// good as always taken.
fn written_alike(before: Reader<'_>, old: Parent, now: Reader<'_>, new: Parent) -> bool {
    let (old_policy, new_policy) = (before.collection.policy(before.policy), now.collection.policy(now.policy));
    let is_text =
        |item: &&Item| matches!(item, Item::Prose(_) | Item::Note(_) | Item::Heading(..) | Item::Definition(_));
    let mut ours = old_policy.items_of(old).iter().filter(is_text);
    let mut theirs = new_policy.items_of(new).iter().filter(is_text);
    let plain = |prose: &Prose| {
        prose.inlines.iter().all(|it| matches!(it.target, crate::model::InlineTarget::Word(_)) && it.shown.is_some())
    };
    loop {
        let alike = match (ours.next(), theirs.next()) {
            (None, None) => return true,
            (Some(Item::Prose(old)), Some(Item::Prose(new))) | (Some(Item::Note(old)), Some(Item::Note(new))) => {
                old.markdown == new.markdown && plain(old) && plain(new)
            }
            (Some(Item::Heading(old, _)), Some(Item::Heading(new, _))) => old == new,
            _ => false,
        };
        if !alike {
            return false;
        }
    }
}

/// The texts of a block, in the order in which each kind first stands.
fn texts(reader: Reader<'_>, place: Parent) -> Vec<(TextKind, Vec<Token>)> {
    let policy = reader.collection.policy(reader.policy);
    let mut texts: Vec<(TextKind, Vec<Token>)> = Vec::new();
    let mut add = |kind: TextKind, words: Vec<Token>| match texts.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, text)) => {
            text.push(paragraph());
            text.extend(words);
        }
        None => texts.push((kind, words)),
    };
    for item in policy.items_of(place) {
        match item {
            Item::Prose(prose) => add(TextKind::Prose, reader.read(prose)),
            Item::Note(prose) => add(TextKind::Note, reader.read(prose)),
            Item::Heading(text, _) => add(TextKind::Heading, words(text)),
            &Item::Definition(at) => {
                let it = policy.definition(at);
                add(TextKind::Definition(it.id.clone()), definition(reader, it));
            }
            Item::Rule(_) | Item::Block(_) | Item::Withdrawn(_) | Item::Accept(_) => {}
        }
    }
    texts
}

/// A definition as one text: term, further forms, what it says, what it stands for.
fn definition(reader: Reader<'_>, it: &Definition) -> Vec<Token> {
    let mut text = words(&it.term);
    if !it.also.is_empty() {
        text.extend(words(&format!(" (also {})", it.also.join(", "))));
    }
    text.extend(words(": "));
    text.extend(it.prose.as_ref().map(|prose| reader.read(prose)).unwrap_or_default());
    if !it.group.is_empty() {
        let label = |&word| reader.collection.vocabulary.word(word).label.clone();
        let labels: Vec<String> = it.group.iter().map(label).collect();
        text.push(paragraph());
        text.extend(words(&format!("In rules: {}.", labels.join(", "))));
    }
    text
}

/// What stayed, went and came between two rows of words.
fn compared(old: &[Token], new: &[Token]) -> Vec<Piece> {
    let same = |(old, new): &(&Token, &Token)| old.key == new.key;
    let head = old.iter().zip(new).take_while(same).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
    let (before, now) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut pieces = Pieces::default();
    pieces.push(Is::Same, &new[..head]);
    if before.len().saturating_mul(now.len()) > MOST_CELLS {
        pieces.push(Is::Removed, before);
        pieces.push(Is::Added, now);
    } else {
        for (was, is, stayed) in steps(before, now) {
            if stayed {
                pieces.push(Is::Same, &now[is]);
            } else {
                pieces.push(Is::Removed, &before[was]);
                pieces.push(Is::Added, &now[is]);
            }
        }
    }
    pieces.push(Is::Same, &new[new.len() - tail..]);
    pieces.0
}

/// The stretches of two rows of words in turn, and whether they are the same: changes between which only a short word
/// stayed are one change, since that reads better.
fn steps(before: &[Token], now: &[Token]) -> Vec<(Range<usize>, Range<usize>, bool)> {
    let keys = |tokens: &[Token]| tokens.iter().map(|token| token.key.clone()).collect::<Vec<String>>();
    let (left, right) = (keys(before), keys(now));
    let found: Vec<_> = capture_diff_slices(Algorithm::Myers, &left, &right)
        .iter()
        .map(|step| (step.old_range(), step.new_range(), step.tag() == DiffTag::Equal))
        .collect();
    let mut steps: Vec<(Range<usize>, Range<usize>, bool)> = Vec::with_capacity(found.len());
    for (at, (was, is, stayed)) in found.iter().enumerate() {
        let is_between = at > 0 && at + 1 < found.len();
        let stayed = *stayed && !(is_between && is_island(&now[is.clone()]));
        match steps.last_mut().filter(|last| last.2 == stayed) {
            Some(last) => (last.0.end, last.1.end) = (was.end, is.end),
            None => steps.push((was.clone(), is.clone(), stayed)),
        }
    }
    steps
}

/// Whether what stayed is too little to be told apart: a short word with the blanks around it, and no end of a sentence.
fn is_island(same: &[Token]) -> bool {
    let letters: usize = same.iter().map(|token| token.key.chars().count()).sum();
    same.len() <= 3 && letters <= 6 && same.iter().all(|token| !token.key.contains(['.', '\n', ':', ';', '|']))
}

/// Pieces as they are put together: neighbours of one kind are one.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, is: Is, tokens: &[Token]) {
        if tokens.is_empty() {
            return;
        }
        let text: String = tokens.iter().map(|token| token.shown.as_str()).collect();
        match self.0.last_mut().filter(|last| last.is == is) {
            Some(last) => last.text.push_str(&text),
            None => self.0.push(Piece { is, text }),
        }
    }
}
