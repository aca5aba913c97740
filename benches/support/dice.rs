//! A little generator of pseudo-random numbers (xorshift), so that every run makes the same text.

/// Where the next number comes from.
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way.
    pub fn new() -> Self {
        Dice(0x9E37_79B9_7F4A_7C15)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Whether something comes about that does so in so many cases of a hundred.
    #[allow(dead_code, reason = "not every benchmark throws for it")]
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Puts a list in any order.
    #[allow(dead_code, reason = "not every benchmark shuffles")]
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
