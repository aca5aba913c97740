//! Small sets of numbers as bits.

/// A set of the numbers below a length that whoever made it knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Mask(pub(super) Box<[u64]>);

/// How many words a set of numbers below `len` takes.
pub(super) fn words_for(len: usize) -> usize {
    len.div_ceil(64).max(1)
}

impl Mask {
    /// No number below `len`.
    pub(super) fn none(len: usize) -> Self {
        Mask(vec![0; words_for(len)].into_boxed_slice())
    }

    /// Every number below `len`.
    pub(super) fn all(len: usize) -> Self {
        Mask::of(len, 0..len)
    }

    /// These numbers, all below `len`.
    pub(super) fn of(len: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut mask = Mask::none(len);
        numbers.into_iter().for_each(|number| mask.add(number));
        mask
    }

    /// Adds a number.
    pub(super) fn add(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    /// Whether it holds a number.
    pub(super) fn has(&self, number: usize) -> bool {
        self.0[number / 64] & (1 << (number % 64)) != 0
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Whatever is in either; both are of one length.
    pub(super) fn or(&self, other: &Mask) -> Self {
        Mask(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    /// Its numbers, ascending.
    pub(super) fn numbers(&self, len: usize) -> impl Iterator<Item = usize> + '_ {
        (0..len).filter(|&number| self.has(number))
    }
}
