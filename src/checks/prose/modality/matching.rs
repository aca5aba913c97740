//! Finds the table's phrases in one sentence.
//!
//! It looks at words and the marks between them. It decides which phrase counts where several fit, and whether a `no`
//! or an *if* turns it; what a phrase means is the table's business.

use std::cmp::Reverse;

use memchr::{memchr, memchr_iter};

use super::table::{Entry, Force, Marks, Neighbour, Part, Pattern, Table, Word};
use super::window::{Side, Token, Window, in_braces, near, next_token, stands_alone};
use super::{Modalities, Modality};

/// A phrase found in a sentence, by bytes of the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entry: &'static Entry,
    /// What it says because of a `no` before it.
    pub(super) negated: Option<Modality>,
}

/// Room that is used again for each sentence.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The phrases of the last sentence, in order, those that bind nobody among them.
    pub(super) found: Vec<Found>,
    /// What each of them counts.
    ranks: Vec<Rank>,
}

impl Neighbour {
    /// Whether the part beside the anchor can fit, judged by the word that stands there.
    #[inline]
    fn allows(&self, word: Option<Word>, table: &Table) -> bool {
        match (self, word) {
            (Self::Free, _) => true,
            (Self::OneOf { .. }, None) => false,
            (Self::OneOf { words, groups }, Some(word)) => {
                word.groups & (groups | table.known.also) != 0 || (words >> (word.id % 64)) & 1 != 0
            }
        }
    }
}

impl Marks {
    /// What a statement agrees with besides, because the sentence tells the other side of it too.
    pub(super) const fn other_side(self, modality: Modality) -> Modalities {
        let only = match modality {
            Modality::Must | Modality::May if self.only => Modalities::of(Modality::MustNot),
            Modality::Should if self.only => Modalities::of(Modality::ShouldNot),
            _ => Modalities::NONE,
        };
        let except = match modality {
            Modality::Must | Modality::Should if self.except => Modalities::of(Modality::NeedNot),
            Modality::MustNot | Modality::ShouldNot if self.except => Modalities::of(Modality::May),
            Modality::May if self.except => Modalities::of(Modality::MustNot),
            _ => Modalities::NONE,
        };
        only.and(except)
    }
}

/// Which commands to look for at the beginning of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Commands {
    /// All of them.
    All,
    /// Only those that no half sentence begins with: "Never …", "Do not …".
    Plain,
    /// None: the sentence carries on what stands above it.
    None,
}

/// Leaves the phrases of `sentence` in `scratch`, and returns the marks it found on the way.
pub(super) fn find(table: &'static Table, sentence: &str, commands: Commands, scratch: &mut Scratch) -> Marks {
    let text = sentence.as_bytes();
    scratch.found.clear();
    scratch.ranks.clear();
    // Small words are looked for with what stands before them, and nothing stands before the first.
    let mut marks = Marks { no: text.get(..2).is_some_and(|no| no.eq_ignore_ascii_case(b"no")), ..Marks::default() };
    if commands != Commands::None {
        find_commands(table, text, commands, scratch);
    }
    let Some(finder) = &table.finder else { return marks };
    for hit in finder.find_iter(text) {
        let Some(anchor) = table.anchors.get(hit.pattern().as_usize()) else { continue };
        let (start, end) = (hit.start() + anchor.lead, hit.end());
        if !stands_alone(text, start, end) {
            continue;
        }
        marks.only |= anchor.marks.only;
        marks.except |= anchor.marks.except;
        marks.no |= anchor.marks.no;
        let Some(places) = table.at_word.get(usize::from(anchor.word)).filter(|places| !places.is_empty()) else {
            continue;
        };
        if in_braces(text, start) {
            continue;
        }
        let word = table.word(&text[start..end]);
        let mut window = Window::new(table, text, Token { start, end, word });
        if is_month(table, &mut window) {
            continue;
        }
        let mut best: Option<Fit> = None;
        let next = window.get(Side::After, 1).map(|token| token.word);
        let last = window.get(Side::Before, 1).map(|token| token.word);
        for place in places {
            if place.next.allows(next, table)
                && place.last.allows(last, table)
                && let Some(fit) = fit(table, &mut window, place.pattern, place.part)
                && best.is_none_or(|known| fit.counts_before(&known))
            {
                best = Some(fit);
            }
        }
        if let Some(fit) = best
            && (fit.entry.force == Force::Nobody || !in_condition(table, text, &mut window, &fit))
        {
            let negated = if marks.no { negation(table, &mut window, &fit) } else { None };
            scratch.push(fit, negated);
        }
    }
    marks
}

impl Scratch {
    /// Adds a phrase, or drops it or those it overlaps: the one that counts more stays, of equals the first.
    fn push(&mut self, fit: Fit, negated: Option<Modality>) {
        while let (Some(last), Some(rank)) = (self.found.last(), self.ranks.last()) {
            if last.end <= fit.start {
                break;
            }
            if *rank >= fit.rank() {
                return;
            }
            self.found.pop();
            self.ranks.pop();
        }
        self.found.push(Found { start: fit.start, end: fit.end, entry: fit.entry, negated });
        self.ranks.push(fit.rank());
    }
}

/// What decides between phrases; the greatest counts.
type Rank = (usize, Reverse<usize>, usize, Reverse<Force>);

/// A phrase that fits at an anchor.
#[derive(Clone, Copy, Debug)]
struct Fit {
    start: usize,
    end: usize,
    entry: &'static Entry,
    words: usize,
    groups: usize,
    modal: bool,
    /// How many words before the anchor it takes.
    before: usize,
}

impl Fit {
    /// More words first, then fewer groups and gaps, then more text, then the one that binds less.
    fn rank(&self) -> Rank {
        (self.words, Reverse(self.groups), self.end - self.start, Reverse(self.entry.force))
    }

    fn counts_before(&self, other: &Self) -> bool {
        self.rank() > other.rank()
    }
}

/// Tries a pattern with its part at `place` on the window's anchor.
fn fit(table: &'static Table, window: &mut Window<'_>, index: usize, place: usize) -> Option<Fit> {
    let pattern = table.patterns.get(index)?;
    let (before, rest) = pattern.parts.split_at_checked(place)?;
    let after = rest.get(1..)?;
    let last = run(window, after, Side::After, 0)?;
    let first = run(window, before, Side::Before, 0)?;
    let start = window.get(Side::Before, first)?.start;
    let end = window.get(Side::After, last)?.end;
    fit_of(table, pattern, start, end, first)
}

fn fit_of(table: &'static Table, pattern: &Pattern, start: usize, end: usize, before: usize) -> Option<Fit> {
    let entry = table.entries.get(pattern.entry)?;
    Some(Fit { start, end, entry, words: pattern.words, groups: pattern.groups, modal: pattern.modal, before })
}

/// How many adverbs may stand between two words of a phrase.
const ADVERBS: usize = 4;
/// How many words a gap takes.
const GAP: usize = 6;

/// The number of words away from the anchor at which the last of `parts` fits, counted on from `at`.
fn run(window: &mut Window<'_>, parts: &[Part], side: Side, mut at: usize) -> Option<usize> {
    let next = |parts: &'_ [Part]| match side {
        Side::After => parts.split_first().map(|(part, _)| matches!(part, Part::Gap)),
        Side::Before => parts.split_last().map(|(part, _)| matches!(part, Part::Gap)),
    };
    let mut parts = parts;
    while let Some(is_gap) = next(parts) {
        let (part, rest) = side.split(parts)?;
        if is_gap {
            // A gap is at least one word, and what follows it must then fit somewhere.
            return (1..=GAP).find_map(|taken| {
                window.get(side, at + taken)?;
                run_on(window, rest, side, at + taken)
            });
        }
        at = step(window, part, side, at, ADVERBS)?;
        parts = rest;
    }
    Some(at)
}

/// Goes on behind a gap: the first part must be the very next word.
fn run_on(window: &mut Window<'_>, parts: &[Part], side: Side, at: usize) -> Option<usize> {
    let (part, rest) = side.split(parts)?;
    let at = step(window, part, side, at, 0)?;
    run(window, rest, side, at)
}

/// The place of the next word that fits, with at most so many adverbs before it.
fn step(window: &mut Window<'_>, part: &Part, side: Side, at: usize, adverbs: usize) -> Option<usize> {
    for at in at + 1..=at + 1 + adverbs {
        let word = window.get(side, at)?.word;
        let fits = match part {
            Part::Any(words) => words.contains(&word.id),
            Part::Group(group) => word.groups & group != 0,
            Part::Gap => false,
        };
        if fits {
            return Some(at);
        }
        if word.groups & window.table.known.also == 0 {
            return None;
        }
    }
    None
}

/// Finds commands at the beginning of a sentence, and after a comma where it begins with a condition.
fn find_commands(table: &'static Table, text: &[u8], commands: Commands, scratch: &mut Scratch) {
    let Some(first) = next_token(table, text, 0) else { return };
    command_at(table, text, first, commands, scratch);
    if first.word.groups & table.known.if_ == 0 {
        return;
    }
    for comma in memchr_iter(b',', text) {
        let mut next = next_token(table, text, comma + 1);
        while let Some(token) = next {
            if command_at(table, text, token, commands, scratch) || token.word.groups & table.known.also == 0 {
                break;
            }
            next = next_token(table, text, token.end);
        }
    }
}

/// Adds the command that begins with this word, if one does.
fn command_at(table: &'static Table, text: &[u8], first: Token, commands: Commands, scratch: &mut Scratch) -> bool {
    let mut best: Option<Fit> = None;
    // The first word is as good as an anchor, once the phrase's first part is found to fit it.
    let mut window = Window::new(table, text, first);
    for index in &table.openers {
        let Some(pattern) = table.patterns.get(*index) else { continue };
        let Some((part, rest)) = pattern.parts.split_first() else { continue };
        let fits = match part {
            Part::Any(words) => words.contains(&first.word.id),
            Part::Group(group) => commands == Commands::All && first.word.groups & group != 0,
            Part::Gap => false,
        };
        if !fits {
            continue;
        }
        let Some(last) = run(&mut window, rest, Side::After, 0) else { continue };
        let Some(end) = window.get(Side::After, last).map(|token| token.end) else { continue };
        if let Some(fit) = fit_of(table, pattern, first.start, end, 0)
            && best.is_none_or(|known| fit.counts_before(&known))
        {
            best = Some(fit);
        }
    }
    if let Some(fit) = best {
        scratch.push(fit, None);
    }
    best.is_some()
}

/// What the phrase says because its clause begins with a `no`.
fn negation(table: &Table, window: &mut Window<'_>, fit: &Fit) -> Option<Modality> {
    let mut at = fit.before;
    while let Some(token) = window.get(Side::Before, at + 1) {
        at += 1;
        if token.word.groups & table.known.no == 0 {
            continue;
        }
        let opens = match window.get(Side::Before, at + 1) {
            None => at < Window::REACH,
            Some(before) => before.word.groups & (table.known.clause | table.known.date) != 0,
        };
        return match (opens, fit.entry.modality) {
            (false, _) => None,
            (true, Modality::Must) if !fit.modal => Some(Modality::NeedNot),
            (true, Modality::Must | Modality::May) => Some(Modality::MustNot),
            (true, Modality::Should) => Some(Modality::ShouldNot),
            (true, _) => None,
        };
    }
    None
}

/// Whether the phrase stands in the *if* or *where* part of its sentence.
fn in_condition(table: &Table, text: &[u8], window: &mut Window<'_>, fit: &Fit) -> bool {
    // "Where a card is lost staff must report it" has its `must` outside the condition, without a comma to show it.
    let reach = if fit.modal { 3 } else { 6 };
    for at in fit.before + 1..=fit.before + reach {
        let Some(token) = window.get(Side::Before, at) else { return false };
        if token.word.groups & table.known.if_ != 0 {
            let opens_sentence = next_token(table, text, 0).is_some_and(|first| first.start == token.start);
            return !opens_sentence || memchr(b',', near(text, fit.end)).is_some();
        }
    }
    false
}

/// `May` in a date.
fn is_month(table: &Table, window: &mut Window<'_>) -> bool {
    let anchor = window.anchor;
    if window.text.get(anchor.start..anchor.end) != Some(b"May") {
        return false;
    }
    let number = |text: &[u8], token: &Token| text.get(token.start).is_some_and(u8::is_ascii_digit);
    if window.get(Side::After, 1).is_some_and(|token| number(window.text, &token)) {
        return true;
    }
    window
        .get(Side::Before, 1)
        .is_some_and(|token| number(window.text, &token) || token.word.groups & table.known.date != 0)
}
