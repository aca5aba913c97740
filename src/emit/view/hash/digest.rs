//! Fields of a thing put into a hash one by one, each with its length.

use sha2::{Digest as _, Sha256};

use super::ContentHash;
use crate::model::{Amount, Collection, Condition, FactKind, Filler, Policy, Prose, Qualified, WordId};

/// A hash being made.
pub(super) struct Digest<'a> {
    hash: Sha256,
    pub(super) collection: &'a Collection,
    pub(super) policy: &'a Policy,
}

impl<'a> Digest<'a> {
    pub(super) fn new(collection: &'a Collection, policy: &'a Policy) -> Self {
        Digest { hash: Sha256::new(), collection, policy }
    }

    /// The hash of all fields so far.
    pub(super) fn finish(self) -> ContentHash {
        ContentHash(self.hash.finalize().into())
    }

    /// A field that says what kind of thing follows, and the thing.
    pub(super) fn tagged(&mut self, tag: &str, rest: impl FnOnce(&mut Self)) {
        self.field(tag);
        rest(self);
    }

    /// The hash of something inside.
    pub(super) fn inner(&mut self, hash: ContentHash) {
        self.hash.update(hash.0);
    }

    /// One field.
    pub(super) fn field(&mut self, text: &str) {
        self.count(text.len());
        self.hash.update(text.as_bytes());
    }

    /// A field that may be absent; absent is not the same as empty.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        self.count(usize::from(text.is_some()));
        if let Some(text) = text {
            self.field(text);
        }
    }

    /// How many fields follow.
    pub(super) fn count(&mut self, count: usize) {
        self.hash.update((count as u64).to_le_bytes());
    }

    /// A list of texts.
    pub(super) fn list<'t>(&mut self, texts: impl ExactSizeIterator<Item = &'t str>) {
        self.count(texts.len());
        texts.for_each(|text| self.field(text));
    }

    /// A list of words, by their ids.
    pub(super) fn words(&mut self, words: &[WordId]) {
        let collection = self.collection;
        self.list(words.iter().map(|&word| collection.vocabulary.word(word).id.as_str()));
    }

    /// Prose, blanks folded.
    pub(super) fn prose(&mut self, prose: &Prose) {
        self.field(&fold(&prose.markdown));
    }

    /// An amount, or none.
    pub(super) fn amount(&mut self, amount: Option<Amount>) {
        self.count(usize::from(amount.is_some()));
        if let Some(amount) = amount {
            self.field(&amount.number.to_string());
            self.field(amount.unit.name());
        }
    }

    pub(super) fn fillers(&mut self, fillers: &[Filler]) {
        self.count(fillers.len());
        for filler in fillers {
            match *filler {
                Filler::Word(word) => {
                    self.field("word");
                    self.words(&[word]);
                }
                Filler::Group(definition) => {
                    let definition = self.policy.definition(definition);
                    self.field("group");
                    self.field(&definition.id);
                    self.words(&definition.group);
                }
            }
        }
    }

    pub(super) fn conditions(&mut self, parts: &[Qualified]) {
        self.count(parts.len());
        parts.iter().for_each(|part| self.condition(&part.condition));
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                self.field(if matches!(condition, Condition::All(_)) { "all" } else { "any" });
                self.count(parts.len());
                parts.iter().for_each(|part| self.condition(part));
            }
            Condition::Not(inner) => {
                self.field("not");
                self.condition(inner);
            }
            &Condition::Flag(fact) => {
                self.field("flag");
                self.field(&self.collection.vocabulary.fact(fact).id);
            }
            Condition::Choice(fact, values) => {
                let fact = self.collection.vocabulary.fact(*fact);
                self.field("choice");
                self.field(&fact.id);
                self.count(values.len());
                if let FactKind::Choice(known) = &fact.kind {
                    values.iter().filter_map(|&at| known.get(at as usize)).for_each(|value| self.field(&value.id));
                }
            }
            &Condition::Quantity(fact, comparison, amount) => {
                self.field("quantity");
                self.field(&self.collection.vocabulary.fact(fact).id);
                self.field(comparison.words());
                self.amount(Some(amount));
            }
            Condition::Approval(names, count) | Condition::Consent(names, count) => {
                self.field(if matches!(condition, Condition::Approval(..)) { "approval" } else { "consent" });
                self.fillers(names);
                self.count(*count as usize);
            }
        }
    }
}

/// The text with each run of blanks and at most one line end as one blank, and each longer one as a line end.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap: Option<usize> = None;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            let lines = gap.unwrap_or(0) + usize::from(c == '\n');
            gap = Some(lines);
            continue;
        }
        if let Some(lines) = gap.take() {
            folded.push(if lines > 1 { '\n' } else { ' ' });
        }
        folded.push(c);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_paragraphs_and_forgets_lines() {
        assert_eq!(fold("  one\ntwo   three\n\n\nfour "), "one two three\nfour");
        assert_eq!(fold(""), "");
    }
}
