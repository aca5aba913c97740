//! The words of the vocabulary that a policy's prose uses, each with what there is to say of it.

use super::{Address, address, joined};
use crate::model::{Policy, Vocabulary, WordId};

/// A word in the list at the end of a policy.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(in crate::emit) struct Entry {
    /// Its id on the page.
    pub id: String,
    /// The word.
    pub label: String,
    /// What there is to say of it; may be empty.
    pub gloss: String,
}

/// The words that the prose leads to, by label.
pub(in crate::emit) fn entries(address: Address<'_, '_>, policy: &Policy) -> Vec<Entry> {
    let vocabulary = &address.site.scope.collection.vocabulary;
    let mut words: Vec<WordId> = address::linked(policy).collect();
    words.sort_unstable();
    words.dedup();
    let mut entries: Vec<Entry> = words
        .into_iter()
        .map(|word| Entry {
            id: address.word(word),
            label: vocabulary.word(word).label.clone(),
            gloss: gloss(vocabulary, word),
        })
        .collect();
    entries.sort_by_cached_key(|entry| (entry.label.to_lowercase(), entry.id.clone()));
    entries
}

/// What a word means as far as the vocabulary says: its further forms, what it covers, what it belongs to.
pub(in crate::emit) fn gloss(vocabulary: &Vocabulary, word: WordId) -> String {
    let it = vocabulary.word(word);
    let label = |&id: &WordId| vocabulary.word(id).label.as_str();
    let mut sentences: Vec<String> = Vec::new();
    if !it.also.is_empty() {
        let also: Vec<String> = it.also.iter().map(|form| format!("“{form}”")).collect();
        sentences.push(format!("Also {}.", joined(&also)));
    }
    if !it.children.is_empty() {
        let below: Vec<&str> = it.children.iter().map(label).collect();
        sentences.push(format!("Covers {}.", joined(&below)));
    }
    if !it.parents.is_empty() {
        let above: Vec<&str> = it.parents.iter().map(label).collect();
        sentences.push(format!("Belongs to {}.", joined(&above)));
    }
    sentences.join(" ")
}
