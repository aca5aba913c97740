//! The joined collection: every name stands for the leaves it stood for on its own side, and conditions ask the same.

use std::collections::BTreeSet;

use clausal::model::{
    Collection, Condition, Edge, FactKind, Filler, Kind, PolicyId, Qualified, RuleId, Vocabulary, WordId,
};
use clausal::norms::{Joined, Side};
use rayon::prelude::*;

use super::agreement::{read, versions};

/// A word by its kind and id.
type Known = (Kind, String);

fn known(vocabulary: &Vocabulary, word: WordId) -> Known {
    let word = vocabulary.word(word);
    (word.kind, word.id.clone())
}

/// The leaves at or below some words.
fn leaves(vocabulary: &Vocabulary, words: &[WordId]) -> BTreeSet<Known> {
    let all = (0..vocabulary.words.len() as u32).map(WordId).filter(|&leaf| !vocabulary.word(leaf).only);
    let below = all.filter(|&leaf| words.iter().any(|&word| vocabulary.is_below(leaf, word)));
    below.map(|leaf| known(vocabulary, leaf)).collect()
}

/// Every two different leaves that overlap.
fn overlaps(vocabulary: &Vocabulary) -> BTreeSet<(Known, Known)> {
    let mut pairs = BTreeSet::new();
    for (index, word) in vocabulary.words.iter().enumerate() {
        for &other in &word.overlaps {
            for a in leaves(vocabulary, &[WordId(index as u32)]) {
                for b in leaves(vocabulary, &[other]).into_iter().filter(|b| *b != a) {
                    pairs.insert((a.clone().min(b.clone()), a.clone().max(b)));
                }
            }
        }
    }
    pairs
}

fn names(collection: &Collection, policy: PolicyId, names: &[Filler]) -> Vec<BTreeSet<Known>> {
    let name = |name: &Filler| match *name {
        Filler::Word(word) => leaves(&collection.vocabulary, &[word]),
        Filler::Group(group) => leaves(&collection.vocabulary, &collection.policy(policy).definition(group).group),
    };
    names.iter().map(name).collect()
}

/// A condition in ids alone.
fn condition(collection: &Collection, policy: PolicyId, it: &Condition) -> String {
    let each = |parts: &[Condition]| parts.iter().map(|part| condition(collection, policy, part)).collect::<Vec<_>>();
    match it {
        Condition::All(parts) => format!("all {:?}", each(parts)),
        Condition::Any(parts) => format!("any {:?}", each(parts)),
        Condition::Not(inner) => format!("not {}", condition(collection, policy, inner)),
        Condition::Flag(fact) => collection.vocabulary.fact(*fact).id.clone(),
        Condition::Choice(fact, values) => {
            let fact = collection.vocabulary.fact(*fact);
            let FactKind::Choice(all) = &fact.kind else { panic!("{} is no choice", fact.id) };
            let values: BTreeSet<&str> = values.iter().map(|&value| all[value as usize].id.as_str()).collect();
            format!("{} {values:?}", fact.id)
        }
        Condition::Quantity(fact, comparison, amount) => {
            format!("{} {comparison:?} {}", collection.vocabulary.fact(*fact).id, amount.in_base())
        }
        Condition::Approval(by, count) => format!("{count} approve of {:?}", names(collection, policy, by)),
        Condition::Consent(of, count) => format!("{count} consent of {:?}", names(collection, policy, of)),
    }
}

/// All that a rule says, in ids alone.
fn written(collection: &Collection, id: RuleId) -> String {
    let (policy, rule) = (collection.policy(id.policy), collection.rule(id));
    let word = |word: Option<WordId>| word.map(|word| known(&collection.vocabulary, word));
    let conditions = |parts: &[Qualified]| {
        parts.iter().map(|part| condition(collection, id.policy, &part.condition)).collect::<Vec<String>>()
    };
    let organisation = policy.organisation.map(|word| leaves(&collection.vocabulary, &[word]));
    let actions: Vec<_> = rule.actions.iter().map(|&action| leaves(&collection.vocabulary, &[action])).collect();
    let slots: Vec<_> =
        rule.slots.iter().map(|slot| (slot.preposition, names(collection, id.policy, &slot.names), slot.are)).collect();
    let deadline = &rule.deadline;
    let terms = (
        deadline.within.map(|(amount, of)| (amount.to_string(), word(of))),
        [deadline.before, deadline.after, deadline.until].map(word),
        deadline.immediately,
        rule.every.map(|every| every.to_string()),
        rule.on_breach.iter().map(|&it| word(Some(it))).collect::<Vec<_>>(),
    );
    format!(
        "{organisation:?} {:?} {:?} {actions:?} {:?} {:?} {:?} {slots:?} {:?} {:?} {:?} {terms:?} {}",
        names(collection, id.policy, &rule.bearers),
        rule.modality,
        rule.actions_are,
        names(collection, id.policy, &rule.objects.names),
        (rule.objects.are, rule.objects.any),
        conditions(&rule.when),
        conditions(&rule.only_when),
        conditions(&rule.unless),
        rule.incomplete
    )
}

#[test]
fn every_rule_says_in_the_joined_collection_what_it_says_in_its_own() {
    let compared: usize = (0..250u64)
        .into_par_iter()
        .map(|seed| {
            let [old, new] = versions(seed).map(|files| read(&files).collection);
            let joined = Joined::of(&old, &new);
            let all = |one: &Collection, of: fn(&Vocabulary) -> BTreeSet<Known>| of(&one.vocabulary);
            let every = |vocabulary: &Vocabulary| {
                leaves(vocabulary, &(0..vocabulary.words.len() as u32).map(WordId).collect::<Vec<_>>())
            };
            let either: BTreeSet<Known> = all(&old, every).union(&all(&new, every)).cloned().collect();
            assert_eq!(all(&joined.collection, every), either, "seed {seed}");
            let either: BTreeSet<_> = overlaps(&old.vocabulary).union(&overlaps(&new.vocabulary)).cloned().collect();
            assert_eq!(overlaps(&joined.collection.vocabulary), either, "seed {seed}");
            let mut compared = 0;
            for (side, own) in [(Side::Old, &old), (Side::New, &new)] {
                for (id, _) in own.rules() {
                    let there = joined.rule(side, id);
                    assert_eq!(joined.own(there), (side, id), "seed {seed}");
                    assert_eq!(written(&joined.collection, there), written(own, id), "seed {seed}");
                    compared += 1;
                }
            }
            let ends = |edge: &Edge, side: Option<Side>| match side {
                Some(side) => (joined.rule(side, edge.winner), joined.rule(side, edge.loser)),
                None => (edge.winner, edge.loser),
            };
            let mut edges: Vec<_> = old.edges.iter().map(|edge| ends(edge, Some(Side::Old))).collect();
            edges.extend(new.edges.iter().map(|edge| ends(edge, Some(Side::New))));
            let own: Vec<_> = joined.collection.edges.iter().map(|edge| ends(edge, None)).collect();
            assert_eq!(own, edges, "seed {seed}");
            compared
        })
        .sum();
    assert!(compared > 1200, "only {compared} rules");
}
