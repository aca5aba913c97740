//! Finds the table's phrases in one sentence.
//!
//! It looks at words and the marks between them. It decides which phrase counts where several fit, and whether a `no`
//! or an *if* turns it; what a phrase means is the table's business.

use std::cmp::Reverse;

use memchr::{memchr, memchr_iter, memrchr};

use super::table::{Entry, Force, Marks, Part, Pattern, Table, Word};
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
    let mut marks = Marks::default();
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
        for (index, place) in places {
            if let Some(fit) = fit(table, &mut window, *index, *place)
                && best.is_none_or(|known| fit.counts_before(&known))
            {
                best = Some(fit);
            }
        }
        if let Some(fit) = best
            && (fit.entry.force == Force::Nobody || !in_condition(table, text, &mut window, &fit))
        {
            let negated = negation(table, &mut window, &fit);
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
            return !opens_sentence || memchr(b',', text.get(fit.end..).unwrap_or_default()).is_some();
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

/// Whether the bytes are a word of their own.
fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(<[u8]>::last);
    let after = text.get(end..).unwrap_or_default();
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if before.is_some_and(|byte| joins(byte) || (*byte >= 0x80 && !after_mark(text, start))) {
        return false;
    }
    match after {
        [0xE2, 0x80, 0x99, next, ..] | [b'\'', next, ..] => !next.is_ascii_alphabetic(),
        [0xE2, 0x80, ..] => true,
        [byte, ..] => !joins(byte) && *byte < 0x80,
        [] => true,
    }
}

/// Whether the three bytes before `at` are a dash or a curly quote.
fn after_mark(text: &[u8], at: usize) -> bool {
    matches!(at.checked_sub(3).and_then(|from| text.get(from..at)), Some([0xE2, 0x80, _]))
}

/// Whether `at` stands between braces: what is shown for a term is a name and says nothing.
fn in_braces(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    match memrchr(b'{', before) {
        None => false,
        Some(open) if open > 0 && before.get(open - 1) == Some(&b'\\') => false,
        Some(open) => memchr(b'}', before.get(open..).unwrap_or_default()).is_none(),
    }
}

/// A word of the sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Token {
    start: usize,
    end: usize,
    word: Word,
}

/// Which way to look from the anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

impl Side {
    /// The part nearest the anchor, and the others.
    fn split(self, parts: &[Part]) -> Option<(&Part, &[Part])> {
        match self {
            Self::After => parts.split_first(),
            Self::Before => parts.split_last(),
        }
    }
}

/// The words around an anchor up to the next punctuation marks, read as they are asked for.
struct Window<'t> {
    table: &'t Table,
    text: &'t [u8],
    anchor: Token,
    before: Row,
    after: Row,
}

/// The words on one side, nearest first.
#[derive(Default)]
struct Row {
    tokens: [Token; Window::REACH],
    len: usize,
    ended: bool,
}

impl<'t> Window<'t> {
    /// How many words it reaches on each side.
    const REACH: usize = 16;

    fn new(table: &'t Table, text: &'t [u8], anchor: Token) -> Self {
        Self { table, text, anchor, before: Row::default(), after: Row::default() }
    }

    /// The word so many words away; the anchor itself at 0.
    fn get(&mut self, side: Side, distance: usize) -> Option<Token> {
        let Some(index) = distance.checked_sub(1) else { return Some(self.anchor) };
        let row = match side {
            Side::Before => &mut self.before,
            Side::After => &mut self.after,
        };
        while row.len <= index && !row.ended {
            let last = row.len.checked_sub(1).and_then(|last| row.tokens.get(last)).unwrap_or(&self.anchor);
            let next = match side {
                Side::Before => token_before(self.table, self.text, last.start),
                Side::After => next_token(self.table, self.text, last.end),
            };
            match (next, row.tokens.get_mut(row.len)) {
                (Some(token), Some(slot)) => {
                    *slot = token;
                    row.len += 1;
                }
                _ => row.ended = true,
            }
        }
        row.tokens.get(..row.len)?.get(index).copied()
    }
}

/// Whether a byte belongs to a word: letters, digits, and all that is not ASCII but for dashes and curly quotes.
fn in_word(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(byte) if byte.is_ascii_alphanumeric() => true,
        Some(b'-' | b'\'') => {
            let letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
            letter(at.checked_sub(1)) && letter(at.checked_add(1))
        }
        Some(byte) if *byte >= 0x80 => {
            let from = (at.saturating_sub(2)..=at).find(|from| text.get(*from) == Some(&0xE2));
            match from.and_then(|from| text.get(from..from + 3).map(|mark| (from, mark))) {
                Some((from, [0xE2, 0x80, 0x99])) => {
                    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                    letter(text.get(..from).and_then(<[u8]>::last)) && letter(text.get(from + 3))
                }
                Some((_, [0xE2, 0x80, _])) => false,
                _ => true,
            }
        }
        _ => false,
    }
}

/// Whether a byte between two words leaves them in one phrase: blanks, slashes, emphasis and quotation marks.
fn is_transparent(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b' ' | b'\n' | b'\r' | b'\t' | b'*' | b'_' | b'"' | b'\'' | b'`' | b'[' | b'/') => true,
        Some(byte) if *byte >= 0x80 => {
            let from = (at.saturating_sub(2)..=at).find(|from| text.get(*from) == Some(&0xE2));
            matches!(from.and_then(|from| text.get(from..from + 3)), Some([0xE2, 0x80, 0x98..=0x9D]))
        }
        _ => false,
    }
}

/// The next word from `at` on, unless a punctuation mark comes first.
fn next_token(table: &Table, text: &[u8], at: usize) -> Option<Token> {
    let mut start = at;
    while !in_word(text, start) {
        if text.get(start) == Some(&b'{') {
            let len = memchr(b'}', text.get(start..)?)?;
            return Some(Token { start, end: start + len + 1, word: Word::default() });
        }
        if !is_transparent(text, start) {
            return None;
        }
        start += 1;
    }
    let mut end = start + 1;
    while in_word(text, end) {
        end += 1;
    }
    Some(Token { start, end, word: table.word(text.get(start..end)?) })
}

/// The word that ends before `at`, unless a punctuation mark comes first.
fn token_before(table: &Table, text: &[u8], at: usize) -> Option<Token> {
    let mut end = at;
    while !in_word(text, end.checked_sub(1)?) {
        if text.get(end - 1) == Some(&b'}') {
            let start = memrchr(b'{', text.get(..end)?)?;
            return Some(Token { start, end, word: Word::default() });
        }
        if !is_transparent(text, end - 1) {
            return None;
        }
        end -= 1;
    }
    let mut start = end - 1;
    while start > 0 && in_word(text, start - 1) {
        start -= 1;
    }
    Some(Token { start, end, word: table.word(text.get(start..end)?) })
}
