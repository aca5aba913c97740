//! Reads from prose who is bound: which sentences oblige, forbid, advise or allow, and by which words.
//!
//! All words come from one table, `modality-words.md`, which says in English what this module does. It reads English
//! text only: it knows no rules, no vocabulary and no findings, and it never guesses at what the words are about.

mod matching;
mod page;
mod table;
mod window;
mod words;

use std::fmt;

use super::sentences::{Block, Sentence, sentences};
use crate::model::Modality;
use matching::{Commands, Found, Scratch};
use table::{Force, Table};

/// The page that documents the words and is their only source.
pub const WORDS: &str = include_str!("modality-words.md");

/// A set of modalities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Modalities(u8);

impl Modalities {
    /// The set of none.
    pub const NONE: Self = Self(0);

    /// The set of this one.
    pub const fn of(modality: Modality) -> Self {
        Self(match modality {
            Modality::Must => 1,
            Modality::MustNot => 2,
            Modality::Should => 4,
            Modality::ShouldNot => 8,
            Modality::May => 16,
            Modality::NeedNot => 32,
        })
    }

    /// What a rule says: `may … only when` allows in one half and forbids in the other.
    pub const fn of_rule(modality: Modality, has_only_when: bool) -> Self {
        let half = if has_only_when { Self::of(Modality::MustNot) } else { Self::NONE };
        Self::of(modality).and(half)
    }

    /// The members of both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `modality` is a member.
    pub const fn contains(self, modality: Modality) -> bool {
        self.meets(Self::of(modality))
    }

    /// Whether the two have a member in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Words that bind, advise or allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What they say, taken at their plainest.
    pub modality: Modality,
    /// The rules that may stand beside them; `modality` is always one.
    pub agrees_with: Modalities,
    /// Whether they bind for sure. Words that only may bind ("can", "a fee may be charged") do for a rule, but do not
    /// ask for one.
    pub certain: bool,
    /// Where the words stand.
    pub origin: Origin,
    /// Where the words begin; for what comes from above, where the sentence begins that it is said of.
    pub start: usize,
    /// One past their last byte; for what comes from above, one past the sentence.
    pub end: usize,
}

impl Statement {
    /// Whether a rule that says `rule` may stand beside these words.
    pub const fn agrees(&self, rule: Modalities) -> bool {
        self.agrees_with.meets(rule)
    }

    /// The words as the author wrote them.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Where the words of a statement stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the sentence itself.
    Sentence,
    /// In what stands above the sentence: a run-in ("Staff must not:") or a heading (*Do not*).
    Above,
}

/// What a run-in or a heading hands to the text below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Above {
    /// There is none.
    #[default]
    Nothing,
    /// There is a run-in, and it binds nobody ("This policy aims to:"): what stands below completes its sentence.
    Silent,
    /// It says this of everything below.
    Says {
        /// As in [`Statement`].
        modality: Modality,
        /// As in [`Statement`].
        agrees_with: Modalities,
        /// As in [`Statement`].
        certain: bool,
    },
}

/// A whole prose run, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// All statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// What the run hands to the clauses below it; anything but [`Above::Nothing`] only if it ends in a colon.
    pub below: Above,
}

/// The statements of one sentence of `text`, in order; none if it binds nobody.
pub fn statements(text: &str, sentence: &Sentence) -> Vec<Statement> {
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    read_sentence(text, sentence, Commands::All, &mut scratch, &mut found);
    found
}

/// Whether a text by itself obliges, forbids, advises, allows or releases anybody for sure.
pub fn binds(text: &str) -> bool {
    read(text, Above::Nothing).statements.iter().any(|statement| statement.certain)
}

/// What a heading says of everything below it; [`Above::Nothing`] for most.
pub fn heading(heading: &str) -> Above {
    let words = heading.trim_matches(|c: char| !c.is_alphanumeric());
    let plain = words.to_lowercase().replace('’', "'");
    let says = |modality, softer| Above::Says {
        modality,
        agrees_with: Modalities::of(modality).and(Modalities::of(softer)),
        certain: true,
    };
    match plain.as_str() {
        "do" | "dos" | "do's" | "always" => return says(Modality::Must, Modality::Should),
        "do not" | "don't" | "don'ts" | "don't's" | "never" => return says(Modality::MustNot, Modality::ShouldNot),
        "prohibited" | "forbidden" | "not permitted" | "not allowed" => {
            return says(Modality::MustNot, Modality::MustNot);
        }
        "permitted" | "allowed" => return says(Modality::May, Modality::May),
        "recommended" => return says(Modality::Should, Modality::Should),
        "not recommended" => return says(Modality::ShouldNot, Modality::ShouldNot),
        _ => {}
    }
    let first = plain.split_whitespace().next().unwrap_or_default();
    let text = match first {
        "when" | "how" | "who" | "why" | "whether" | "where" | "if" => return Above::Nothing,
        // *What staff must do* says it of what stands below.
        "what" => words.get(first.len()..).unwrap_or_default(),
        _ => words,
    };
    let whole = Sentence { start: 0, end: text.len(), block: Block::Paragraph, opens: true };
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    read_sentence(text, &whole, Commands::Plain, &mut scratch, &mut found);
    match found.split_first() {
        Some((one, rest)) if rest.iter().all(|other| other.modality == one.modality) => hand_on(one),
        _ => Above::Nothing,
    }
}

/// Reads a prose run that stands below `above`.
pub fn read(text: &str, above: Above) -> Reading {
    let mut reading = Reading::default();
    let mut scratch = Scratch::default();
    let mut run_ins = RunIns { outside: above, paragraph: None, items: Vec::new() };
    for sentence in sentences(text) {
        if sentence.opens {
            run_ins.enter(sentence.block);
        }
        let above = run_ins.above(sentence.block);
        let governed = sentence.opens && above != Above::Nothing;
        let commands = match above {
            Above::Says { .. } if sentence.opens => Commands::None,
            Above::Silent if sentence.opens => Commands::Plain,
            _ => Commands::All,
        };
        let first = reading.statements.len();
        read_sentence(text, &sentence, commands, &mut scratch, &mut reading.statements);
        let has_own = reading.statements.get(first..).is_some_and(|own| own.iter().any(|s| s.certain));
        if let (true, false, Above::Says { modality, agrees_with, certain }) = (governed, has_own, above) {
            let Sentence { start, end, .. } = sentence;
            reading.statements.push(Statement { modality, agrees_with, certain, origin: Origin::Above, start, end });
        }
        reading.below = Above::Nothing;
        if ends_in_colon(text, &sentence) {
            reading.below = match reading.statements.get(first..).unwrap_or_default().iter().rfind(|s| s.certain) {
                Some(last) if binds_items(text, &sentence, last) => hand_on(last),
                _ => Above::Silent,
            };
            run_ins.open(sentence.block, reading.below);
        }
    }
    reading
}

fn hand_on(statement: &Statement) -> Above {
    let Statement { modality, agrees_with, certain, .. } = *statement;
    Above::Says { modality, agrees_with, certain }
}

/// Appends the statements of one sentence.
fn read_sentence(
    text: &str,
    sentence: &Sentence,
    commands: Commands,
    scratch: &mut Scratch,
    into: &mut Vec<Statement>,
) {
    let Some(words) = text.get(sentence.start..sentence.end) else { return };
    let table = Table::get();
    let widened = matching::find(table, words, commands, scratch);
    if scratch.found.is_empty() || asks(words) {
        return;
    }
    for found in &scratch.found {
        let Found { start, end, entry, negated } = *found;
        if entry.force == Force::Nobody {
            continue;
        }
        let (modality, agrees_with) = match negated {
            Some(modality) => (modality, Modalities::of(modality)),
            None => (entry.modality, entry.agrees_with),
        };
        into.push(Statement {
            modality,
            agrees_with: agrees_with.and(widened.other_side(modality)),
            certain: entry.force == Force::Binds || negated == Some(Modality::MustNot),
            origin: Origin::Sentence,
            start: sentence.start + start,
            end: sentence.start + end,
        });
    }
}

/// A sentence that ends in a question mark.
fn asks(sentence: &str) -> bool {
    sentence.trim_end_matches(['"', '\'', '”', '’', ')', '*', '_']).ends_with('?')
}

fn ends_in_colon(text: &str, sentence: &Sentence) -> bool {
    let words = text.get(sentence.start..sentence.end).unwrap_or_default();
    words.trim_end_matches(['*', '_', ' ']).ends_with(':')
}

/// Whether the items after the colon are what `last` speaks of, not its conditions or the choices that fill it.
fn binds_items(text: &str, sentence: &Sentence, last: &Statement) -> bool {
    if last.origin == Origin::Above {
        return true;
    }
    let tail = text.get(last.end..sentence.end).unwrap_or_default();
    !Table::get().has_proviso(tail)
}

/// The run-ins that are open while a run is read.
struct RunIns {
    /// What stands above the whole run.
    outside: Above,
    /// The run-in of the last paragraph.
    paragraph: Option<Above>,
    /// The run-ins among the items that lead to the current one, with their indents.
    items: Vec<(usize, Above)>,
}

impl RunIns {
    /// Closes the run-ins that a new block of this kind puts an end to.
    fn enter(&mut self, block: Block) {
        match block {
            Block::Paragraph => {
                self.paragraph = None;
                self.items.clear();
            }
            Block::Item { indent } => {
                while self.items.last().is_some_and(|(open, _)| *open >= indent) {
                    self.items.pop();
                }
            }
            Block::Cell => {}
        }
    }

    /// What governs a sentence in this block.
    fn above(&self, block: Block) -> Above {
        let run_in = self.items.last().map(|(_, above)| *above).or(self.paragraph);
        match block {
            Block::Item { .. } => run_in.unwrap_or(self.outside),
            Block::Paragraph | Block::Cell => self.outside,
        }
    }

    fn open(&mut self, block: Block, above: Above) {
        match block {
            Block::Item { indent } => self.items.push((indent, above)),
            Block::Paragraph => self.paragraph = Some(above),
            Block::Cell => {}
        }
    }
}

impl fmt::Display for Modalities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = table::NAMES.iter().filter(|(_, modality)| self.contains(*modality));
        if let Some((name, _)) = parts.next() {
            f.write_str(name)?;
        }
        parts.try_for_each(|(name, _)| write!(f, ", {name}"))
    }
}

#[cfg(test)]
mod tests;
