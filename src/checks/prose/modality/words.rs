//! The words that the page of modality words names, looked up in any case.
//!
//! It knows their numbers and groups, and neither phrases nor meanings.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::table::Word;

/// All words the page names.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_text: HashMap<Key, Word, BuildHasherDefault<WordHasher>>,
    /// By number; the first stands for every word that the page does not name.
    pub(super) texts: Vec<&'static str>,
    /// Endings that put a word into a group.
    endings: Vec<([u8; 2], u32)>,
}

impl Words {
    pub(super) fn get(&self, word: &[u8]) -> Word {
        let Some(key) = Key::of(word) else { return Word::default() };
        let mut known = self.by_text.get(&key).copied().unwrap_or_default();
        if key.len >= 4 {
            for (ending, group) in &self.endings {
                if *ending == key.ending {
                    known.groups |= group;
                }
            }
        }
        known
    }

    pub(super) fn id(&mut self, word: &'static str) -> u16 {
        let Some(key) = Key::of(word.as_bytes()) else { return 0 };
        let known = self.by_text.entry(key).or_default();
        if known.id == 0 {
            if self.texts.is_empty() {
                self.texts.push("");
            }
            known.id = u16::try_from(self.texts.len()).unwrap_or_default();
            self.texts.push(word);
        }
        known.id
    }

    pub(super) fn put(&mut self, word: &'static str, group: u32) {
        match word.as_bytes() {
            [b'-', a, b] => self.endings.push(([*a, *b], group)),
            text => {
                self.id(word);
                if let Some(key) = Key::of(text) {
                    self.by_text.entry(key).or_default().groups |= group;
                }
            }
        }
    }
}

/// A word in small letters and with straight apostrophes, as the page writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    text: [u8; Self::LONGEST],
    len: usize,
    ending: [u8; 2],
}

impl Key {
    /// No word of the page is longer.
    pub(super) const LONGEST: usize = 16;

    fn of(word: &[u8]) -> Option<Self> {
        let mut key = Self { text: [0; Self::LONGEST], len: 0, ending: [0; 2] };
        let mut rest = word;
        while let Some((&first, after)) = rest.split_first() {
            let byte = match rest {
                // ’ is ' written well.
                [0xE2, 0x80, 0x99, after @ ..] => {
                    rest = after;
                    b'\''
                }
                _ => {
                    rest = after;
                    first.to_ascii_lowercase()
                }
            };
            // Of longer words the ending is all that counts.
            if let Some(slot) = key.text.get_mut(key.len) {
                *slot = byte;
            }
            key.len += 1;
            key.ending = [key.ending[1], byte];
        }
        (!word.is_empty()).then_some(key)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(u128::from_le_bytes(self.text));
    }
}

/// A quick hash for words; the map is never walked, so its order shows nowhere.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u128(u128::from(*byte));
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the two halves are taken one by one")]
    fn write_u128(&mut self, word: u128) {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed =
            (word as u64).wrapping_mul(ODD) ^ ((word >> 64) as u64).wrapping_add(self.0).wrapping_mul(ODD << 1 | 1);
        self.0 = mixed ^ (mixed >> 32);
    }
}
