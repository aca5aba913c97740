//! The words of the vocabulary that a policy's prose uses, each with what there is to say of it.

use super::{Address, address, joined, several};
use crate::model::{Policy, Vocabulary, WordId, without_article};

/// A word in the list at the end of a policy.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(in crate::emit) struct Entry {
    /// Its id on the page.
    pub id: String,
    /// The word.
    pub label: String,
    /// What there is to say of it.
    pub gloss: String,
}

/// The words of the prose of which there is something to say, by label. The others explain themselves, and the prose
/// does not lead to them.
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
        .filter(|entry| !entry.gloss.is_empty())
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
    // "Counts among the employers" would make several of what is one.
    let (single, kinds): (Vec<WordId>, Vec<WordId>) =
        it.parents.iter().partition(|&&above| without_article(&vocabulary.word(above).label).is_some());
    for (how, above) in [("among", kinds), ("as", single)] {
        if !above.is_empty() {
            let above: Vec<&str> = above.iter().map(|&above| several(vocabulary, above)).collect();
            sentences.push(format!("Counts {how} {}.", joined(&above)));
        }
    }
    sentences.join(" ")
}
