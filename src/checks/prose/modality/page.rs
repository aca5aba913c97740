//! Reads `modality-words.md` into the table.
//!
//! It turns the page's Markdown tables into patterns, and picks the words by which they are found. It never sees a
//! policy: the page is part of the program, and a test holds it free of problems.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Modalities;
use super::table::{Anchor, Entry, Force, Known, Marks, NAMES, Part, Pattern, Place, Table};
use super::words::{Key, Words};
use crate::model::Modality;

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
        for text in texts.iter().filter(|text| text.len() > Key::LONGEST) {
            self.problems.push(format!("{text:?} is longer than a word can be told apart"));
        }
        let modal = self.group_bit("modal");
        let mut at_word = vec![Vec::new(); texts.len()];
        let mut openers = Vec::new();
        for (index, pattern) in self.patterns.iter().enumerate() {
            if pattern.opens {
                openers.push(index);
                continue;
            }
            let Some((place, words)) = anchor_of(pattern, &texts, &self.words, modal) else {
                self.problems.push(format!("{pattern:?} has no word to be found by"));
                continue;
            };
            for word in words {
                if let Some(list) = at_word.get_mut(usize::from(*word)) {
                    list.push(Place::new(pattern, index, place));
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
const FREQUENT: &[&str] =
    &["a", "for", "from", "how", "in", "it", "of", "on", "that", "the", "time", "to", "what", "with"];

/// What a modal verb counts as an anchor, in letters: phrases with one are best found by it, unless they have a word
/// that is clearly rarer.
const MODAL_WORTH: usize = 7;

/// Small words that other words are full of, so they are looked for with what stands before them.
const SMALL: &[&str] = &["is", "are", "has", "have", "be", "do", "does", "to", "for", "no"];

/// What may stand before a small word.
const LEADS: &[&str] = &[" ", "\n", "\t", "*", "_", "(", "\"", "}", "'", "-"];

/// The place in a phrase at which it is looked for, and the words there: the longest, which is the rarest.
fn anchor_of<'p>(pattern: &'p Pattern, texts: &[&str], words: &Words, modal: u32) -> Option<(usize, &'p [u16])> {
    let worth_of = |id: &u16| match texts.get(usize::from(*id)) {
        None => 0,
        Some(text) if FREQUENT.contains(text) => 1,
        Some(text) if words.get(text.as_bytes()).groups & modal != 0 => MODAL_WORTH,
        Some(text) => text.len(),
    };
    let worth = |words: &[u16]| words.iter().map(worth_of).min().unwrap_or_default();
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
fn needles(words: &Words, texts: &[&str], at_word: &[Vec<Place>], known: &Known) -> (Vec<String>, Vec<Anchor>) {
    let (mut needles, mut anchors) = (Vec::new(), Vec::new());
    for (id, text) in texts.iter().enumerate() {
        let groups = words.get(text.as_bytes()).groups;
        let marks =
            Marks { only: groups & known.only != 0, except: groups & known.except != 0, no: groups & known.no != 0 };
        let anchored = at_word.get(id).is_some_and(|list| !list.is_empty());
        if !anchored && marks == Marks::default() {
            continue;
        }
        // A word that begins with a small one would be cut off by it, so it is looked for in the same ways.
        let led = SMALL.iter().any(|small| text.starts_with(small));
        let bare = !SMALL.contains(text);
        for lead in LEADS.iter().filter(|_| led).chain([""].iter().filter(|_| bare)) {
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
