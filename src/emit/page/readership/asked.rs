//! What is asked of one party of an organisation.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::parties::words;
use super::{Organisation, Readership, downward, upward};
use crate::model::{RuleId, WordId};

/// What is asked of a party.
#[derive(Debug, Default)]
pub(in crate::emit) struct Asked {
    /// The rules that bind it and are told on its page, in the order of the policies.
    pub direct: Vec<RuleId>,
    /// The rules that bind some of it, by the narrower parties they name.
    pub some: Vec<(Vec<WordId>, Vec<RuleId>)>,
    /// Rules on other pages that bind it, or some of it, and are too many to be told again.
    pub elsewhere: Vec<Elsewhere>,
    /// Rules that bind others and name it: those who are to tell it something, to ask it, to leave it alone.
    pub named: Vec<RuleId>,
    /// Rules of which nobody knows whom they bind.
    pub unread: Vec<RuleId>,
}

/// Rules that are told on another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) struct Elsewhere {
    /// Whose policies they are in: its place among the organisations.
    pub organisation: usize,
    /// The party that they name.
    pub party: WordId,
    /// How many they are.
    pub rules: usize,
    /// Whether they bind only some of those who read the page.
    pub some: bool,
}

/// The rules of one organisation's policies that name one party as bound.
pub(super) struct List<'o> {
    organisation: usize,
    party: WordId,
    pub(super) rules: &'o [RuleId],
    /// Whether the page asked about is the page of both.
    pub(super) is_home: bool,
    some: bool,
}

impl Asked {
    /// The rules that bind the party or some of it and are told on its page.
    pub fn bound(&self) -> impl Iterator<Item = RuleId> + '_ {
        self.direct.iter().chain(self.some.iter().flat_map(|(_, rules)| rules)).copied()
    }

    /// All rules that are told on its page as what is asked of it.
    pub fn told(&self) -> impl Iterator<Item = RuleId> + '_ {
        self.bound().chain(self.unread.iter().copied())
    }
}

impl Readership<'_> {
    /// What is asked of a party in an organisation.
    pub fn asked(&self, organisation: &Organisation, party: WordId) -> Asked {
        let above: HashSet<WordId> = upward(self.collection, party).into_iter().collect();
        let below: HashSet<WordId> = downward(self.collection, party).into_iter().collect();
        let mut asked = Asked::default();
        let mut some: Vec<RuleId> = Vec::new();
        for list in self.lists(organisation, party) {
            if !list.is_home && list.rules.len() > organisation.most {
                let List { organisation, party, some, .. } = list;
                asked.elsewhere.push(Elsewhere { organisation, party, rules: list.rules.len(), some });
            } else {
                let into = if list.some { &mut some } else { &mut asked.direct };
                into.extend(list.rules);
            }
        }
        organisation.sort(&mut asked.direct);
        organisation.sort(&mut some);
        asked.some = self.by_bearers(some, &above, &below);
        for holding in self.holding(organisation) {
            asked.unread.extend(&holding.own.unread);
            for word in &above {
                asked.named.extend(holding.own.involved.get(word).into_iter().flatten());
            }
        }
        organisation.sort(&mut asked.unread);
        organisation.sort(&mut asked.named);
        asked.named.retain(|&id| !self.bearers(id).iter().any(|it| above.contains(it) || below.contains(it)));
        asked
    }

    /// Every rule that binds a party directly, told on its page or elsewhere.
    pub fn binding(&self, organisation: &Organisation, party: WordId) -> Vec<RuleId> {
        let lists = self.lists(organisation, party).into_iter().filter(|list| !list.some);
        let mut rules: Vec<RuleId> = lists.flat_map(|list| list.rules).copied().collect();
        organisation.sort(&mut rules);
        rules
    }

    /// All lists that concern a party: those of what it is, then those of its parts.
    pub(super) fn lists<'o>(&'o self, organisation: &'o Organisation, party: WordId) -> Vec<List<'o>> {
        let above = upward(self.collection, party);
        let below: HashSet<WordId> = downward(self.collection, party).into_iter().skip(1).collect();
        let mut lists = Vec::new();
        for (depth, holding) in self.holding(organisation).enumerate() {
            let at = self.organisations.binary_search_by(|it| it.id.cmp(&holding.id)).unwrap_or_default();
            let list = |(&word, rules): (&WordId, &'o Vec<RuleId>), some: bool| List {
                organisation: at,
                party: word,
                rules,
                is_home: depth == 0 && word == party,
                some,
            };
            lists.extend(above.iter().filter_map(|word| Some(list((word, holding.own.bearers.get(word)?), false))));
            let parts = holding.own.bearers.iter().filter(|(word, _)| below.contains(word));
            lists.extend(parts.map(|entry| list(entry, true)));
        }
        lists
    }

    /// Rules that bind some of a party, by the narrower parties they name. Those that bind all of it as well are told there.
    fn by_bearers(
        &self,
        rules: Vec<RuleId>,
        above: &HashSet<WordId>,
        below: &HashSet<WordId>,
    ) -> Vec<(Vec<WordId>, Vec<RuleId>)> {
        let mut groups: BTreeMap<Vec<WordId>, Vec<RuleId>> = BTreeMap::new();
        for id in rules {
            let bearers = self.bearers(id);
            if !bearers.iter().any(|bearer| above.contains(bearer)) {
                let parts = bearers.into_iter().filter(|bearer| below.contains(bearer)).collect();
                groups.entry(parts).or_default().push(id);
            }
        }
        groups.into_iter().collect()
    }

    /// Whether a rule that holds in an organisation names a party as bound.
    pub fn is_bearer(&self, organisation: &Organisation, party: WordId) -> bool {
        self.holding(organisation).any(|it| it.own.bearers.contains_key(&party))
    }

    /// How many of an organisation's readers lie above one of them.
    pub fn level(&self, organisation: &Organisation, party: WordId) -> usize {
        upward(self.collection, party).iter().skip(1).filter(|&&it| organisation.reader(it).is_some()).count()
    }

    /// The parties a rule binds.
    pub fn bearers(&self, id: RuleId) -> BTreeSet<WordId> {
        words(self.collection.policy(id.policy), &self.collection.rule(id).bearers).collect()
    }
}
