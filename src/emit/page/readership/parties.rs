//! The parties of an organisation: whom its rules name, and who has a page.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Own, Reader, Readership, upward};
use crate::emit::page::address::linked;
use crate::model::{Collection, Condition, Filler, Kind, Policy, PolicyId, Rule, RuleId, WordId};

/// The name of a page of an organisation's readers that no party may take.
const TAKEN: &str = "index";

impl Own {
    pub(super) fn add(&mut self, collection: &Collection, id: PolicyId) {
        let policy = collection.policy(id);
        let is_party = |word: &WordId| collection.vocabulary.word(*word).kind == Kind::Party;
        for (index, rule) in policy.rules.iter().enumerate() {
            let id = RuleId { policy: id, index: index as u32 };
            let bearers: BTreeSet<WordId> = words(policy, &rule.bearers).filter(is_party).collect();
            let involved: BTreeSet<WordId> = involved(policy, rule).into_iter().filter(is_party).collect();
            if bearers.is_empty() {
                self.unread.push(id);
            }
            self.named.extend(bearers.iter().chain(&involved));
            bearers.into_iter().for_each(|word| self.bearers.entry(word).or_default().push(id));
            involved.into_iter().for_each(|word| self.involved.entry(word).or_default().push(id));
        }
        self.policies += 1;
        self.rules += policy.rules.len();
        let approvers = policy.approved.iter().flat_map(|approval| &approval.by);
        let header = policy.owner.iter().chain(approvers).chain(&policy.audience).chain(&policy.signatories);
        self.named.extend(header.copied().chain(linked(policy)).filter(is_party));
        self.audience.extend(policy.audience.iter().copied().filter(is_party));
    }
}

impl Readership<'_> {
    /// Who has a page in an organisation.
    pub(super) fn readers(&self, at: usize) -> Vec<Reader> {
        let Some(organisation) = self.organisations.get(at) else { return Vec::new() };
        let vocabulary = &self.collection.vocabulary;
        let (mut bearers, mut named, mut audience) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for it in self.holding(organisation) {
            bearers.extend(it.own.bearers.keys().copied());
            named.extend(it.own.named.iter().copied());
            audience.extend(it.own.audience.iter().copied());
        }
        let mut above: HashSet<WordId> = HashSet::new();
        bearers.iter().for_each(|&bearer| above.extend(upward(self.collection, bearer)));
        let is_bound = |word: WordId| upward(self.collection, word).iter().any(|it| bearers.contains(it));
        let parties: BTreeSet<WordId> = vocabulary
            .of_kind(Kind::Party)
            .map(|(word, _)| word)
            .filter(|&word| {
                bearers.contains(&word)
                    || (named.contains(&word) && is_bound(word))
                    || (audience.contains(&word) && above.contains(&word))
            })
            .collect();
        let mut also: BTreeMap<WordId, Vec<WordId>> = BTreeMap::new();
        for (word, _) in vocabulary.of_kind(Kind::Party).filter(|(word, _)| !parties.contains(word)) {
            // The nearest page above; further ones have the same rules and more besides.
            if let Some(&page) = upward(self.collection, word).iter().find(|it| parties.contains(it)) {
                also.entry(page).or_default().push(word);
            }
        }
        let mut taken = HashSet::from([TAKEN.to_owned()]);
        parties
            .into_iter()
            .map(|party| {
                // An id has no dot, so that what is put after one is nobody's.
                let mut stem = vocabulary.word(party).id.clone();
                if taken.contains(&stem) {
                    stem = format!("{stem}.{}", party.0);
                }
                taken.insert(stem.clone());
                Reader { party, stem, also: also.remove(&party).unwrap_or_default() }
            })
            .collect()
    }
}

/// The words that names of a rule stand for, groups of its policy resolved.
pub(super) fn words<'p>(policy: &'p Policy, names: &'p [Filler]) -> impl Iterator<Item = WordId> + 'p {
    names
        .iter()
        .flat_map(|name| match name {
            Filler::Word(word) => std::slice::from_ref(word),
            Filler::Group(definition) => policy.definition(*definition).group.as_slice(),
        })
        .copied()
}

/// Those whom a rule names besides those it binds: whom something is done to, and who is asked.
fn involved(policy: &Policy, rule: &Rule) -> Vec<WordId> {
    let mut found: Vec<WordId> = words(policy, &rule.objects.names).collect();
    found.extend(rule.slots.iter().flat_map(|slot| words(policy, &slot.names)));
    for part in rule.when.iter().chain(&rule.only_when).chain(&rule.unless) {
        part.condition.walk(&mut |condition| {
            if let Condition::Approval(names, _) | Condition::Consent(names, _) = condition {
                found.extend(words(policy, names));
            }
        });
    }
    found
}
