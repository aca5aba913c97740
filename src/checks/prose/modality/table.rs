//! The table of modality words, parsed once from its page.
//!
//! It turns the Markdown tables of `modality-words.md` into patterns over words and one automaton that finds where a
//! pattern can be. It does not match them, and reads no policy.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

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
    proviso: u32,
    only: u32,
    except: u32,
}

/// What the automaton found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The bytes before the word itself that were matched too.
    pub(super) lead: usize,
    pub(super) word: u16,
    pub(super) marks: Marks,
}

/// Words that let a sentence agree with more rules than its statement alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) only: bool,
    pub(super) except: bool,
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
    /// By word: the patterns it anchors, each with the place of the word in it.
    pub(super) at_word: Vec<Vec<(usize, usize)>>,
    /// The patterns that stand only at the beginning of a sentence.
    pub(super) openers: Vec<usize>,
    words: Words,
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
    /// choices ("one of the following").
    pub(super) fn has_proviso(&self, tail: &str) -> bool {
        let words = || tail.split(|c: char| !c.is_alphanumeric());
        let names = |wanted: &str| words().any(|word| word.eq_ignore_ascii_case(wanted));
        let choice = names("following") && (names("one") || names("least") || names("either"));
        choice || words().any(|word| self.words.get(word.as_bytes()).groups & self.known.proviso != 0)
    }
}

/// All words the page names.
#[derive(Debug, Default)]
struct Words {
    by_text: HashMap<Vec<u8>, Word, BuildHasherDefault<Fnv>>,
    /// By number; the first stands for every word that the page does not name.
    texts: Vec<&'static str>,
    /// Endings that put a word into a group.
    endings: Vec<(&'static [u8], u32)>,
}

impl Words {
    /// Longer words than this are in no list.
    const LONGEST: usize = 24;

    fn get(&self, word: &[u8]) -> Word {
        let mut lower = [0; Self::LONGEST];
        let mut len = 0;
        let mut rest = word;
        while let Some((&first, after)) = rest.split_first() {
            // ’ is ' written well.
            let (byte, after) = match rest {
                [0xE2, 0x80, 0x99, after @ ..] => (b'\'', after),
                _ => (first.to_ascii_lowercase(), after),
            };
            let Some(slot) = lower.get_mut(len) else { return Word::default() };
            *slot = byte;
            len += 1;
            rest = after;
        }
        let lower = lower.get(..len).unwrap_or_default();
        let mut known = self.by_text.get(lower).copied().unwrap_or_default();
        for (ending, group) in &self.endings {
            if len >= 4 && lower.ends_with(ending) {
                known.groups |= group;
            }
        }
        known
    }

    fn id(&mut self, word: &'static str) -> u16 {
        let known = self.by_text.entry(word.as_bytes().to_vec()).or_default();
        if known.id == 0 {
            if self.texts.is_empty() {
                self.texts.push("");
            }
            known.id = u16::try_from(self.texts.len()).unwrap_or_default();
            self.texts.push(word);
        }
        known.id
    }

    fn put(&mut self, word: &'static str, group: u32) {
        match word.strip_prefix('-') {
            Some(ending) => self.endings.push((ending.as_bytes(), group)),
            None => {
                self.id(word);
                self.by_text.entry(word.as_bytes().to_vec()).or_default().groups |= group;
            }
        }
    }
}

/// A small hash for short words; the map is never walked, so its order shows nowhere.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 ^= self.0 >> 29;
    }
}

/// Reads the page.
#[derive(Default)]
pub(super) struct Builder {
    groups: Vec<&'static str>,
    words: Words,
    entries: Vec<Entry>,
    patterns: Vec<Pattern>,
    /// What of the page could not be understood. The page is part of the program, so a test holds this empty.
    problems: Vec<String>,
}

impl Builder {
    /// The table, and what of the page could not be understood.
    pub(super) fn read(page: &'static str) -> (Table, Vec<String>) {
        let mut builder = Self::default();
        let rows = || page.split("\n## ").flat_map(rows_of);
        // Groups stand last for the reader, and come first because phrases name them.
        for (section, cells) in rows() {
            if let ("Groups of words", [group, words]) = (section, cells.as_slice()) {
                builder.group(group, words);
            }
        }
        for (section, cells) in rows() {
            match (section, cells.as_slice()) {
                ("Words that bind", [words, says, agrees, example]) => {
                    builder.entry(Force::Binds, words, says, agrees, example);
                }
                ("Words that may bind", [words, says, agrees, example]) => {
                    builder.entry(Force::Perhaps, words, says, agrees, example);
                }
                ("Words that bind nobody", [words, _, example]) => {
                    builder.entry(Force::Nobody, words, "must", "must", example);
                }
                ("Groups of words", [_, _]) => {}
                (_, cells) => builder.problems.push(format!("the row {cells:?} under {section:?}")),
            }
        }
        builder.finish()
    }

    fn group(&mut self, name: &'static str, words: &'static str) {
        let bit = 1_u32.checked_shl(u32::try_from(self.groups.len()).unwrap_or(u32::MAX)).unwrap_or_default();
        if bit == 0 {
            self.problems.push(format!("{name} is one group too many"));
        }
        self.groups.push(name.trim_matches('*'));
        for word in words.split(", ") {
            self.words.put(word, bit);
        }
    }

    fn group_bit(&mut self, name: &str) -> u32 {
        match self.groups.iter().position(|group| *group == name) {
            Some(index) => 1 << index,
            None => {
                self.problems.push(format!("no group {name:?}"));
                0
            }
        }
    }

    fn entry(
        &mut self,
        force: Force,
        words: &'static str,
        says: &'static str,
        agrees: &'static str,
        example: &'static str,
    ) {
        let modality = self.modality(says);
        let agrees_with =
            agrees.split(", ").fold(Modalities::of(modality), |set, name| set.and(Modalities::of(self.modality(name))));
        let entry = self.entries.len();
        self.entries.push(Entry { force, modality, agrees_with, example });
        for phrase in words.split(", ") {
            self.phrase(entry, phrase);
        }
    }

    fn modality(&mut self, name: &str) -> Modality {
        match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, modality)) => *modality,
            None => {
                self.problems.push(format!("no modality {name:?}"));
                Modality::Must
            }
        }
    }

    fn phrase(&mut self, entry: usize, phrase: &'static str) {
        let modal = self.group_bit("modal");
        let mut pattern = Pattern { entry, parts: Vec::new(), opens: false, modal: false, words: 0, groups: 0 };
        for part in phrase.split(' ') {
            let part = match part {
                "^" => {
                    pattern.opens = true;
                    continue;
                }
                "…" => Part::Gap,
                _ if part.starts_with('*') => Part::Group(self.group_bit(part.trim_matches('*'))),
                _ => {
                    pattern.modal |= part.split('/').all(|word| self.words.get(word.as_bytes()).groups & modal != 0);
                    Part::Any(part.split('/').map(|word| self.words.id(word)).collect())
                }
            };
            pattern.words += usize::from(!matches!(part, Part::Gap));
            pattern.groups += usize::from(!matches!(part, Part::Any(_)));
            pattern.parts.push(part);
        }
        self.patterns.push(pattern);
    }

    fn finish(mut self) -> (Table, Vec<String>) {
        let known = Known {
            also: self.group_bit("also"),
            no: self.group_bit("no"),
            if_: self.group_bit("if"),
            clause: self.group_bit("clause"),
            date: self.group_bit("date"),
            proviso: self.group_bit("proviso"),
            only: self.group_bit("only"),
            except: self.group_bit("except"),
        };
        let texts = self.words.texts.clone();
        let mut at_word = vec![Vec::new(); texts.len()];
        let mut openers = Vec::new();
        for (index, pattern) in self.patterns.iter().enumerate() {
            if pattern.opens {
                openers.push(index);
                continue;
            }
            let Some((place, words)) = anchor_of(pattern, &texts) else {
                self.problems.push(format!("{pattern:?} has no word to be found by"));
                continue;
            };
            for word in words {
                if let Some(list) = at_word.get_mut(usize::from(*word)) {
                    list.push((index, place));
                }
            }
        }
        let (needles, anchors) = needles(&self.words, &texts, &at_word, &known);
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&needles)
            .map_err(|error| self.problems.push(error.to_string()))
            .ok();
        let Self { entries, patterns, words, problems, .. } = self;
        (Table { entries, patterns, known, finder, anchors, at_word, openers, words }, problems)
    }
}

/// The rows of all tables of one section, without heads and rules, with the section's name.
fn rows_of(section: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let name = section.lines().next().unwrap_or_default().trim();
    let tables = section.lines().filter(|line| line.starts_with('|'));
    tables.skip(2).map(move |line| (name, line.trim_matches('|').split('|').map(str::trim).collect()))
}

/// Words too frequent to look for where a phrase has another one.
const FREQUENT: &[&str] = &["that", "this", "with", "from", "there", "will"];

/// Small words that other words are full of, so they are looked for with what stands before them.
const SMALL: &[&str] = &["is", "are", "has", "have", "be", "do", "does", "to", "for"];

/// What may stand before a small word.
const LEADS: &[&str] = &[" ", "\n", "\t", "*", "_", "(", "\"", "}", "'", "-"];

/// The place in a phrase at which it is looked for, and the words there: the longest, which is the rarest.
fn anchor_of<'p>(pattern: &'p Pattern, texts: &[&str]) -> Option<(usize, &'p [u16])> {
    let worth = |words: &[u16]| {
        let worth =
            |id: &u16| texts.get(usize::from(*id)).map_or(0, |t| if FREQUENT.contains(t) { 3 } else { t.len() });
        words.iter().map(worth).min().unwrap_or_default()
    };
    let mut best: Option<(usize, &[u16])> = None;
    for (place, part) in pattern.parts.iter().enumerate() {
        if let Part::Any(words) = part
            && best.is_none_or(|(_, known)| worth(words) > worth(known))
        {
            best = Some((place, words));
        }
    }
    best
}

/// What the finder looks for, and what each of its finds means.
fn needles(
    words: &Words,
    texts: &[&str],
    at_word: &[Vec<(usize, usize)>],
    known: &Known,
) -> (Vec<String>, Vec<Anchor>) {
    let (mut needles, mut anchors) = (Vec::new(), Vec::new());
    for (id, text) in texts.iter().enumerate() {
        let groups = words.get(text.as_bytes()).groups;
        let marks = Marks { only: groups & known.only != 0, except: groups & known.except != 0 };
        let anchored = at_word.get(id).is_some_and(|list| !list.is_empty());
        if !anchored && marks == Marks::default() {
            continue;
        }
        let leads = if SMALL.contains(text) { LEADS } else { &[""] };
        for lead in leads {
            for spelling in [(*text).to_owned(), text.replace('\'', "’")] {
                let needle = format!("{lead}{spelling}");
                if !needles.contains(&needle) {
                    needles.push(needle);
                    anchors.push(Anchor { lead: lead.len(), word: u16::try_from(id).unwrap_or_default(), marks });
                }
            }
        }
    }
    (needles, anchors)
}
