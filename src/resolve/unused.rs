//! Words and facts that nothing names.
//!
//! A word is part of what the policies mean, and not reported, where
//! - a rule, a header, an `accept`, a group or a piece of prose names it;
//! - it lies below a word that one of these names, for that word stands for it too;
//! - it lies above a word that is part of the meaning: it holds the others together;
//! - a word that is part of the meaning overlaps it, excludes it or takes it.
//!
//! So a shared vocabulary may be richer than the rules of the day: what is reported stands on a branch that nothing
//! touches. Values of facts are never reported alone, since a fact's list has to be complete. A collection without a
//! policy uses nothing yet, and nothing of it is reported.

use super::lost::Lost;
use super::scope::Used;
use crate::model::{Bound, Collection, Unused, WordId};

/// Every word and fact that no part of the collection names, in declaration order.
pub(super) fn find(collection: &Collection, used: Used, lost: &Lost<'_>) -> Vec<Unused> {
    if collection.policies.is_empty() {
        return Vec::new();
    }
    let vocabulary = &collection.vocabulary;
    let Used { words: mut meant, facts } = used;
    let mut open: Vec<usize> = (0..meant.len()).filter(|&index| meant[index]).collect();
    // Downward first, from what is named itself only: a word that merely holds others together stands for none.
    while let Some(index) = open.pop() {
        let below = vocabulary.words[index].children.iter().map(|child| child.0 as usize);
        open.extend(below.filter(|&child| !std::mem::replace(&mut meant[child], true)));
    }
    let mut open: Vec<usize> = (0..meant.len()).filter(|&index| meant[index]).collect();
    let overlapped = overlapped(collection);
    while let Some(index) = open.pop() {
        let word = &vocabulary.words[index];
        let bounds = word.takes.object.iter().chain(word.takes.slots.iter().map(|(_, bound)| bound));
        let taken = bounds.filter_map(|bound| match bound {
            Bound::Word(word) => Some(*word),
            Bound::Kind(_) => None,
        });
        let beside = word.parents.iter().chain(&word.overlaps).chain(&word.excludes).chain(&overlapped[index]).copied();
        let next = beside.chain(taken).map(|word| word.0 as usize);
        open.extend(next.filter(|&next| !std::mem::replace(&mut meant[next], true)));
    }
    let words = vocabulary.words.iter().zip(&meant).filter(|(word, meant)| !**meant && !lost.has(&word.id));
    let words = words.map(|(word, _)| Unused {
        kind: word.kind.name(),
        id: word.id.clone(),
        span: word.span,
        declared: word.declared,
    });
    let facts = vocabulary.facts.iter().zip(&facts).filter(|(fact, used)| !**used && !lost.has(&fact.id));
    let facts =
        facts.map(|(fact, _)| Unused { kind: "fact", id: fact.id.clone(), span: fact.span, declared: fact.declared });
    let mut unused: Vec<Unused> = words.chain(facts).collect();
    unused.sort_by_key(|unused| unused.span);
    unused
}

/// For each word those that say of themselves that they overlap it.
fn overlapped(collection: &Collection) -> Vec<Vec<WordId>> {
    let words = &collection.vocabulary.words;
    let mut overlapped = vec![Vec::new(); words.len()];
    for (index, word) in words.iter().enumerate() {
        word.overlaps.iter().for_each(|other| overlapped[other.0 as usize].push(WordId(index as u32)));
    }
    overlapped
}
