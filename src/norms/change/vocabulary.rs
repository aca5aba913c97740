//! One vocabulary out of two, in which every name of either side stands for just the leaves it stood for there.
//!
//! Words are the same by kind and id. Where both sides agree on all that lies below a word, or only one side has it, the
//! word is taken over with what lies below it. Where they do not agree, it becomes a leaf of its own, and for each side a
//! container, a word that is no leaf, below which lies what lay below it there. Events and consequences have no leaves: they
//! are the same or they are not.

use std::collections::HashMap;

use super::Side;
use crate::model::{Fact, FactId, FactKind, Kind, Signature, Value, Vocabulary, Word, WordId};

/// What the words and facts of one side are in the joined vocabulary.
#[derive(Default)]
pub(super) struct Names {
    /// For each word what stands for it where a rule names it.
    words: Vec<WordId>,
    /// For each fact.
    facts: Vec<FactId>,
    /// For each choice, its values by their places.
    values: Vec<Vec<u32>>,
}

impl Names {
    /// The word that a name of this side is.
    pub(super) fn word(&self, word: WordId) -> WordId {
        self.words.get(word.0 as usize).copied().unwrap_or(word)
    }

    /// The fact that one of this side is.
    pub(super) fn fact(&self, fact: FactId) -> FactId {
        self.facts.get(fact.0 as usize).copied().unwrap_or(fact)
    }

    /// The value that one of a choice of this side is.
    pub(super) fn value(&self, fact: FactId, value: u32) -> u32 {
        self.values.get(fact.0 as usize).and_then(|values| values.get(value as usize)).copied().unwrap_or(value)
    }
}

/// Two vocabularies as one.
pub(super) struct OneVocabulary {
    /// The one.
    pub(super) vocabulary: Vocabulary,
    /// What the words and facts of the old and of the new one are in it.
    pub(super) names: [Names; 2],
    /// For each of its words, containers aside, the side that alone has it.
    pub(super) only_on: Vec<Option<Side>>,
}

/// Joins two vocabularies.
pub(super) fn join(old: &Vocabulary, new: &Vocabulary) -> OneVocabulary {
    let mut names = [Names::default(), Names::default()];
    let mut vocabulary = Vocabulary::default();
    let words = Words::of([old, new]);
    words.write(&mut vocabulary, &mut names);
    join_facts([old, new], &mut vocabulary, &mut names);
    let only_on = words.entries.iter().map(|entry| match entry.on {
        [Some(_), None] => Some(Side::Old),
        [None, Some(_)] => Some(Side::New),
        _ => None,
    });
    OneVocabulary { vocabulary, names, only_on: only_on.collect() }
}

/// A word that one side has or both.
struct Entry<'v> {
    /// The word as it is told: as the new side has it, or the old one where that alone does.
    told: &'v Word,
    /// Which word it is, on the old and on the new side.
    on: [Option<WordId>; 2],
    /// Whether it needs no containers.
    plain: bool,
}

/// The words of both sides, those of the new one first.
struct Words<'v> {
    sides: [&'v Vocabulary; 2],
    entries: Vec<Entry<'v>>,
    /// For each side the entries of its words.
    entry_of: [Vec<u32>; 2],
}

impl<'v> Words<'v> {
    fn of(sides: [&'v Vocabulary; 2]) -> Self {
        let mut known: HashMap<(Kind, &str), u32> = HashMap::new();
        let mut words = Words { sides, entries: Vec::new(), entry_of: [Vec::new(), Vec::new()] };
        for side in [Side::New, Side::Old] {
            let side = side as usize;
            for (index, word) in sides[side].words.iter().enumerate() {
                let entry = *known.entry((word.kind, word.id.as_str())).or_insert_with(|| {
                    words.entries.push(Entry { told: word, on: [None, None], plain: true });
                    words.entries.len() as u32 - 1
                });
                words.entries[entry as usize].on[side] = Some(WordId(index as u32));
                words.entry_of[side].push(entry);
            }
        }
        words.find_plain();
        words
    }

    fn word(&self, side: usize, word: WordId) -> &'v Word {
        self.sides[side].word(word)
    }

    fn entries_of(&self, side: usize, words: &[WordId]) -> Vec<u32> {
        words.iter().map(|word| self.entry_of[side][word.0 as usize]).collect()
    }

    /// A word of both sides is plain where they agree on what lies directly below it, and all of that is plain.
    fn find_plain(&mut self) {
        let mut open = Vec::new();
        for at in 0..self.entries.len() {
            let [Some(old), Some(new)] = self.entries[at].on else { continue };
            let (before, after) = (self.word(0, old), self.word(1, new));
            let sorted = |side, word: &Word| {
                let mut below = self.entries_of(side, &word.children);
                below.sort_unstable();
                below
            };
            if before.only != after.only || sorted(0, before) != sorted(1, after) {
                self.entries[at].plain = false;
                open.push(at);
            }
        }
        while let Some(at) = open.pop() {
            for side in 0..2 {
                let Some(word) = self.entries[at].on[side] else { continue };
                for above in self.entries_of(side, &self.word(side, word).parents) {
                    let above = above as usize;
                    let entry = &mut self.entries[above];
                    if entry.plain && entry.on.iter().all(Option::is_some) {
                        entry.plain = false;
                        open.push(above);
                    }
                }
            }
        }
    }

    fn write(&self, joined: &mut Vocabulary, names: &mut [Names; 2]) {
        // The word itself stands at the place of its entry; containers come after all of these.
        let mut containers: Vec<[WordId; 2]> = (0..self.entries.len() as u32).map(|at| [WordId(at); 2]).collect();
        for entry in &self.entries {
            joined.words.push(self.alone(entry));
        }
        for (at, entry) in
            self.entries.iter().enumerate().filter(|(_, entry)| !entry.plain && has_leaves(entry.told.kind))
        {
            for container in &mut containers[at] {
                *container = WordId(joined.words.len() as u32);
                joined.words.push(Word { only: true, ..self.alone(entry) });
            }
        }
        self.place(joined, &containers);
        for side in 0..2 {
            names[side].words = self.entry_of[side].iter().map(|&entry| containers[entry as usize][side]).collect();
            for (index, word) in self.sides[side].words.iter().enumerate() {
                let own = names[side].words[index];
                for &other in &word.overlaps {
                    let other = names[side].word(other);
                    let overlaps = &mut joined.words[own.0 as usize].overlaps;
                    if !overlaps.contains(&other) {
                        overlaps.push(other);
                    }
                }
            }
        }
    }

    /// Places each word below what it lies below on either side.
    fn place(&self, joined: &mut Vocabulary, containers: &[[WordId; 2]]) {
        for (at, entry) in self.entries.iter().enumerate() {
            let itself = WordId(at as u32);
            for side in [Side::New as usize, Side::Old as usize] {
                let Some(word) = entry.on[side] else { continue };
                let word = self.word(side, word);
                let own = containers[at][side];
                let mut below = |lower: WordId, upper: WordId| {
                    let parents = &mut joined.words[lower.0 as usize].parents;
                    if !parents.contains(&upper) {
                        parents.push(upper);
                    }
                };
                if own != itself && !word.only {
                    below(itself, own);
                }
                if has_leaves(entry.told.kind) {
                    for upper in self.entries_of(side, &word.parents) {
                        below(own, containers[upper as usize][side]);
                    }
                }
            }
        }
        for index in 0..joined.words.len() {
            for parent in joined.words[index].parents.clone() {
                joined.words[parent.0 as usize].children.push(WordId(index as u32));
            }
        }
    }

    /// A word by itself, and a leaf if it is one on either side.
    fn alone(&self, entry: &Entry<'_>) -> Word {
        Word {
            id: entry.told.id.clone(),
            kind: entry.told.kind,
            label: entry.told.label.clone(),
            plural: entry.told.plural.clone(),
            also: Vec::new(),
            parents: Vec::new(),
            children: Vec::new(),
            overlaps: Vec::new(),
            excludes: Vec::new(),
            only: (0..2).all(|side| entry.on[side].is_none_or(|word| self.word(side, word).only)),
            takes: Signature::default(),
            span: entry.told.span,
            declared: entry.told.declared,
        }
    }
}

/// Whether words of this kind stand for leaves.
fn has_leaves(kind: Kind) -> bool {
    !matches!(kind, Kind::Event | Kind::Consequence)
}

/// Facts are the same by id, if they are of one sort and equally chosen; values of a choice by id. An old fact that is not
/// what the new side means by its id is told apart by its label.
fn join_facts(sides: [&Vocabulary; 2], joined: &mut Vocabulary, names: &mut [Names; 2]) {
    let mut known: HashMap<&str, usize> = HashMap::new();
    for fact in &sides[1].facts {
        known.insert(&fact.id, joined.facts.len());
        joined.facts.push(fact.clone());
    }
    names[1].facts = (0..joined.facts.len() as u32).map(FactId).collect();
    names[1].values = joined.facts.iter().map(|fact| (0..values_of(fact).len() as u32).collect()).collect();
    for fact in &sides[0].facts {
        let other = known.get(fact.id.as_str()).copied();
        let at = other.filter(|&at| alike(fact, &joined.facts[at])).unwrap_or_else(|| {
            joined.facts.push(if other.is_some() { of_old(fact) } else { fact.clone() });
            joined.facts.len() - 1
        });
        names[0].facts.push(FactId(at as u32));
        let places = places_of(&mut joined.facts[at].kind, values_of(fact));
        names[0].values.push(places);
    }
}

fn alike(a: &Fact, b: &Fact) -> bool {
    a.chosen == b.chosen
        && match (&a.kind, &b.kind) {
            (FactKind::Flag, FactKind::Flag) | (FactKind::Choice(_), FactKind::Choice(_)) => true,
            (FactKind::Quantity(one), FactKind::Quantity(other)) => one.converts_to(*other),
            _ => false,
        }
}

/// An old fact, told apart from the new one of its id.
fn of_old(fact: &Fact) -> Fact {
    let mut fact = fact.clone();
    let values = match &mut fact.kind {
        FactKind::Choice(values) => values.as_mut_slice(),
        _ => &mut [],
    };
    let labels = values.iter_mut().map(|value| &mut value.label);
    labels.chain([&mut fact.label]).for_each(|label| label.push_str(" (as understood before)"));
    fact
}

fn values_of(fact: &Fact) -> &[Value] {
    match &fact.kind {
        FactKind::Choice(values) => values,
        _ => &[],
    }
}

/// The places of values among those of a choice; those that are none of them yet come at the end.
fn places_of(kind: &mut FactKind, values: &[Value]) -> Vec<u32> {
    let FactKind::Choice(all) = kind else { return Vec::new() };
    let known: HashMap<String, u32> = (0u32..).zip(all.iter()).map(|(at, value)| (value.id.clone(), at)).collect();
    let mut place = |value: &Value| {
        known.get(&value.id).copied().unwrap_or_else(|| {
            all.push(value.clone());
            all.len() as u32 - 1
        })
    };
    values.iter().map(&mut place).collect()
}
