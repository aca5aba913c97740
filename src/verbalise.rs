//! Rules told as English sentences, from the labels of the vocabulary alone.
//!
//! Whoever wrote the prose of a clause can read the sentence of its rule beside it and see whether the two agree, without
//! knowing the syntax. This module knows the model and nothing else: no prose, no source, no format.

use crate::model::{Collection, RuleId};

/// A rule told, in three parts, so that its modality can be set off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Everything before the modality, without the blank between.
    pub before: String,
    /// The words of the modality: `must not`.
    pub modality: &'static str,
    /// Everything after the modality, without the blank between, up to the full stop.
    pub after: String,
}

/// The rule told in parts.
pub fn tell(collection: &Collection, rule: RuleId) -> Told {
    let _ = collection;
    let _ = rule;
    todo!()
}

/// The rule as one sentence.
pub fn statement(collection: &Collection, rule: RuleId) -> String {
    tell(collection, rule).sentence()
}

impl Told {
    /// The whole sentence.
    pub fn sentence(&self) -> String {
        let mut sentence = String::with_capacity(self.before.len() + self.modality.len() + self.after.len() + 2);
        for part in [self.before.as_str(), self.modality, self.after.as_str()] {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(part);
        }
        sentence
    }
}
