//! Leaves of the vocabulary, numbered so that whatever lies below a word is a few ranges of numbers.
//!
//! Words are numbered from the top down along the word each is nested in, so that the leaves below a word stand side by
//! side; words placed below a second one by `is` add further ranges. Words with `only` get no number, for they are no leaf.
//! Overlaps are kept aside: the numbers are those of single words.

use std::collections::HashMap;

use super::answer::Leaf;
use crate::model::{Vocabulary, WordId};

/// Leaves as ranges of their numbers: sorted, apart from each other, none of them empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct LeafSet(Box<[(u32, u32)]>);

/// The leaves of a vocabulary.
pub(super) struct Leaves {
    /// For each word the range of what lies below it along its first parents, itself included.
    ranges: Vec<(u32, u32)>,
    /// All that lies below, for words with others placed somewhere below them by `is`.
    further: HashMap<WordId, LeafSet>,
    /// The word of each number.
    words: Vec<WordId>,
    /// For each number, and each power of two, the number of the first-declared word among so many from there.
    first: Vec<Vec<u32>>,
    /// What overlaps what, as the leaves on either side.
    overlaps: Vec<(LeafSet, LeafSet)>,
}

impl LeafSet {
    fn of(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|range| range.0 < range.1);
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match joined.last_mut() {
                Some(last) if range.0 <= last.1 => last.1 = last.1.max(range.1),
                _ => joined.push(range),
            }
        }
        LeafSet(joined.into_boxed_slice())
    }

    /// Everything in any of these.
    pub(super) fn union<'a>(sets: impl IntoIterator<Item = &'a LeafSet>) -> Self {
        LeafSet::of(sets.into_iter().flat_map(|set| set.0.iter().copied()).collect())
    }

    /// The ranges.
    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both hold the same single word.
    pub(super) fn shares(&self, other: &LeafSet) -> bool {
        let (mut left, mut right) = (self.0.iter(), other.0.iter());
        let (mut a, mut b) = (left.next(), right.next());
        while let (Some(x), Some(y)) = (a, b) {
            if x.0 < y.1 && y.0 < x.1 {
                return true;
            }
            if x.1 <= y.1 { a = left.next() } else { b = right.next() }
        }
        false
    }

    /// Whether every single word of this one is in `other`.
    pub(super) fn is_within(&self, other: &LeafSet) -> bool {
        self.0.iter().all(|range| {
            let at = other.0.partition_point(|outer| outer.1 <= range.0);
            other.0.get(at).is_some_and(|outer| outer.0 <= range.0 && range.1 <= outer.1)
        })
    }

    /// Whether it holds this number.
    pub(super) fn has(&self, number: u32) -> bool {
        let at = self.0.partition_point(|range| range.1 <= number);
        self.0.get(at).is_some_and(|range| range.0 <= number)
    }
}

impl Leaves {
    /// Numbers the leaves of a vocabulary.
    pub(super) fn of(vocabulary: &Vocabulary) -> Self {
        let count = vocabulary.words.len();
        let mut leaves = Leaves {
            ranges: vec![(0, 0); count],
            further: HashMap::new(),
            words: Vec::with_capacity(count),
            first: Vec::new(),
            overlaps: Vec::new(),
        };
        leaves.number(vocabulary);
        leaves.place_further(vocabulary);
        leaves.find_first();
        for (index, word) in vocabulary.words.iter().enumerate() {
            let this = leaves.below([WordId(index as u32)]);
            for &other in &word.overlaps {
                leaves.overlaps.push((this.clone(), leaves.below([other])));
            }
        }
        leaves
    }

    fn number(&mut self, vocabulary: &Vocabulary) {
        let mut below: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.words.len()];
        let mut tops = Vec::new();
        for (index, word) in vocabulary.words.iter().enumerate() {
            match word.parents.first() {
                Some(parent) => below[parent.0 as usize].push(index as u32),
                None => tops.push(index as u32),
            }
        }
        // Depth first, without recursion: a vocabulary may be nested as deep as its author likes.
        let mut open: Vec<(u32, bool)> = tops.into_iter().rev().map(|top| (top, false)).collect();
        while let Some((word, done)) = open.pop() {
            let next = self.words.len() as u32;
            let range = &mut self.ranges[word as usize];
            if done {
                range.1 = next;
                continue;
            }
            range.0 = next;
            if !vocabulary.words[word as usize].only {
                self.words.push(WordId(word));
            }
            open.push((word, true));
            open.extend(below[word as usize].iter().rev().map(|&child| (child, false)));
        }
    }

    /// Gives the words that have others placed below them by `is`, somewhere, all that lies below them: from the bottom up,
    /// each once, however many ways lead up.
    fn place_further(&mut self, vocabulary: &Vocabulary) {
        let words = &vocabulary.words;
        let mut left: Vec<usize> = words.iter().map(|word| word.children.len()).collect();
        let mut done: Vec<usize> = (0..words.len()).filter(|&word| left[word] == 0).collect();
        while let Some(index) = done.pop() {
            let word = WordId(index as u32);
            let foreign = |child: &&WordId| {
                words[child.0 as usize].parents.first() != Some(&word) || self.further.contains_key(*child)
            };
            if words[index].children.iter().any(|child| foreign(&child)) {
                let mut ranges = vec![self.ranges[index]];
                for child in &words[index].children {
                    ranges.push(self.ranges[child.0 as usize]);
                    ranges.extend(self.further.get(child).into_iter().flat_map(LeafSet::ranges));
                }
                self.further.insert(word, LeafSet::of(ranges));
            }
            for parent in &words[index].parents {
                let parent = parent.0 as usize;
                left[parent] = left[parent].saturating_sub(1);
                if left[parent] == 0 {
                    done.push(parent);
                }
            }
        }
    }

    fn find_first(&mut self) {
        self.first.push((0..self.words.len() as u32).collect());
        let mut width = 1;
        while width * 2 <= self.words.len() {
            let Some(shorter) = self.first.last() else { return };
            let longer = (0..=self.words.len() - 2 * width).map(|at| self.earlier(shorter[at], shorter[at + width]));
            let longer = longer.collect();
            self.first.push(longer);
            width *= 2;
        }
    }

    fn earlier(&self, a: u32, b: u32) -> u32 {
        if self.words[a as usize] <= self.words[b as usize] { a } else { b }
    }

    /// The leaves at or below any of these words.
    pub(super) fn below(&self, words: impl IntoIterator<Item = WordId>) -> LeafSet {
        let mut ranges = Vec::new();
        for word in words {
            match self.further.get(&word) {
                Some(all) => ranges.extend(all.ranges()),
                None => ranges.push(self.ranges[word.0 as usize]),
            }
        }
        LeafSet::of(ranges)
    }

    /// The word with this number.
    pub(super) fn word(&self, number: u32) -> WordId {
        self.words[number as usize]
    }

    /// The number of the first-declared word of a range that is not empty.
    pub(super) fn first_of(&self, range: (u32, u32)) -> u32 {
        let level = (range.1 - range.0).ilog2();
        let row = &self.first[level as usize];
        self.earlier(row[range.0 as usize], row[range.1 as usize - (1 << level)])
    }

    /// Whether a leaf lies in a set.
    pub(super) fn holds(&self, set: &LeafSet, leaf: Leaf) -> bool {
        let holds = |word: WordId| set.has(self.ranges[word.0 as usize].0);
        match leaf {
            Leaf::One(one) => holds(one),
            Leaf::Both(first, second) => holds(first) || holds(second),
        }
    }

    /// What overlaps what.
    pub(super) fn overlaps(&self) -> &[(LeafSet, LeafSet)] {
        &self.overlaps
    }

    /// Whether some leaf, an overlap of two words included, may lie in both. Says so of a word and itself that are declared
    /// to overlap too; what it denies is certain.
    pub(super) fn may_meet(&self, a: &LeafSet, b: &LeafSet) -> bool {
        a.shares(b)
            || self
                .overlaps
                .iter()
                .any(|(left, right)| (left.shares(a) && right.shares(b)) || (left.shares(b) && right.shares(a)))
    }
}
