//! The table of modality words, parsed once from its page.
//!
//! It holds patterns over words, and one automaton that finds where a pattern can be. It neither reads the page nor
//! matches anything.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::page::Builder;
use super::words::Words;
use super::{Modalities, WORDS};
use crate::model::Modality;

/// The modalities by the names the page and the language give them.
pub(super) const NAMES: [(&str, Modality); 6] = [
    ("must", Modality::Must),
    ("must not", Modality::MustNot),
    ("should", Modality::Should),
    ("should not", Modality::ShouldNot),
    ("may", Modality::May),
    ("need not", Modality::NeedNot),
];

/// How surely words bind; of two equally long phrases the lesser counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Force {
    /// They bind nobody.
    Nobody,
    /// They may bind.
    Perhaps,
    /// They bind.
    Binds,
}

/// One row of the page.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) force: Force,
    pub(super) modality: Modality,
    pub(super) agrees_with: Modalities,
    /// Read by the tests alone, which hold every row to its example.
    #[cfg_attr(not(test), expect(dead_code, reason = "the example is for readers and tests"))]
    pub(super) example: &'static str,
}

/// One phrase of a row.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) entry: usize,
    pub(super) parts: Vec<Part>,
    /// Whether it stands only at the beginning of a sentence.
    pub(super) opens: bool,
    /// Whether its verb is `must`, `may` and the like, so that a `no` before it forbids.
    pub(super) modal: bool,
    /// How many of its parts are words, those of groups among them.
    pub(super) words: usize,
    /// How many of its parts are groups or gaps.
    pub(super) groups: usize,
}

/// One place of a phrase.
#[derive(Debug)]
pub(super) enum Part {
    /// Any of these words.
    Any(Vec<u16>),
    /// Any word of this group.
    Group(u32),
    /// One to six words.
    Gap,
}

/// What is known of a word: its number if the page names it, and its groups.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub(super) id: u16,
    pub(super) groups: u32,
}

/// The groups that the matching itself asks for.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) also: u32,
    pub(super) no: u32,
    pub(super) if_: u32,
    pub(super) clause: u32,
    pub(super) date: u32,
    pub(super) proviso: u32,
    pub(super) only: u32,
    pub(super) except: u32,
}

/// A pattern that is tried at a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its index in the table.
    pub(super) pattern: usize,
    /// Which of its parts the word is.
    pub(super) part: usize,
    /// What must stand after the word, and before it; most patterns are ruled out by these alone.
    pub(super) next: Neighbour,
    pub(super) last: Neighbour,
}

/// What a pattern asks of the word beside its anchor.
#[derive(Clone, Copy, Debug)]
pub(super) enum Neighbour {
    /// Nothing that one look could tell.
    Free,
    /// One of these words, their numbers taken modulo 64 as bits, or a word of this group.
    OneOf { words: u64, groups: u32 },
}

impl Place {
    pub(super) fn new(pattern: &Pattern, index: usize, part: usize) -> Self {
        let at = |place: Option<usize>| match place.and_then(|place| pattern.parts.get(place)) {
            None | Some(Part::Gap) => Neighbour::Free,
            Some(Part::Group(group)) => Neighbour::OneOf { words: 0, groups: *group },
            Some(Part::Any(ids)) => {
                Neighbour::OneOf { words: ids.iter().fold(0, |bits, id| bits | 1 << (id % 64)), groups: 0 }
            }
        };
        Self { pattern: index, part, next: at(part.checked_add(1)), last: at(part.checked_sub(1)) }
    }
}

/// What the automaton found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The bytes before the word itself that were matched too.
    pub(super) lead: usize,
    pub(super) word: u16,
    pub(super) marks: Marks,
}

/// Words of a sentence that count besides its phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) only: bool,
    pub(super) except: bool,
    /// A word that can turn what follows it.
    pub(super) no: bool,
}

/// The page, ready to be matched.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) known: Known,
    /// Finds the words at which patterns are tried.
    pub(super) finder: Option<AhoCorasick>,
    /// What each of the finder's patterns is.
    pub(super) anchors: Vec<Anchor>,
    /// By word: the patterns it anchors.
    pub(super) at_word: Vec<Vec<Place>>,
    /// The patterns that stand only at the beginning of a sentence.
    pub(super) openers: Vec<usize>,
    pub(super) words: Words,
}

impl Table {
    /// The one table.
    pub(super) fn get() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Builder::read(WORDS).0)
    }

    /// What is known of `word`, in any case and with any apostrophe.
    pub(super) fn word(&self, word: &[u8]) -> Word {
        self.words.get(word)
    }

    /// Whether what stands between a statement and its colon makes the items conditions ("provided it does not") or
    /// the things it lists ("one of the following", "the following papers").
    pub(super) fn has_proviso(&self, tail: &str) -> bool {
        let words = || tail.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let names = |wanted: &str| words().any(|word| word.eq_ignore_ascii_case(wanted));
        let last = tail.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
        let lists = names("following")
            && (names("one") || names("least") || names("either") || !last.eq_ignore_ascii_case("following"));
        lists || words().any(|word| self.words.get(word.as_bytes()).groups & self.known.proviso != 0)
    }
}
