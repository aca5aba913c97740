//! Random small collections, the same for the same seed on every machine: a vocabulary, and one to three policies with
//! two to six rules between them. Few words and few facts, so that rules meet and disagree.

mod condition;
mod policy;
mod vocabulary;

use vocabulary::Vocabulary;

/// The files of a collection: their paths and their texts.
pub fn collection(seed: u64) -> Vec<(String, String)> {
    let mut dice = Dice::new(seed);
    let vocabulary = Vocabulary::new(&mut dice);
    let mut files = vec![("words.policy".to_owned(), vocabulary.text())];
    files.extend(policy::policies(&vocabulary, &mut dice));
    files
}

/// A little generator of pseudo-random numbers (xorshift).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        // Neighbouring seeds begin far from each other, and none at zero, where xorshift would stay.
        let mut dice = Dice(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Whether one of `n` came up.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Several different ones of these, in the order in which they came up.
    fn several<T: Clone + PartialEq>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = from.to_vec();
        (0..count.min(from.len())).map(|_| left.remove(self.below(left.len()))).collect()
    }
}
