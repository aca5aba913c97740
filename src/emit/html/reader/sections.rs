//! The rules of a reader's page by how strongly they bind, and within that by the part of the policy they stand in.

use serde::Serialize;

use super::Of;
use super::lists::Clauses;
use crate::emit::page::{Asked, Reader, capitalised, joined, several};
use crate::model::{BlockIdx, Modality, Policy, PolicyId, RuleId, WordId};

/// All that a party must do, or must not.
#[derive(Serialize)]
pub(super) struct Section {
    pub id: &'static str,
    #[serde(skip)]
    pub href: &'static str,
    pub modality: &'static str,
    pub label: String,
    pub count: usize,
    /// For what must not be done: permissions with limits, outside which the same is forbidden.
    limited: Vec<Clauses>,
    parts: Vec<Part>,
}

/// The rules of one part of one policy.
#[derive(Serialize)]
struct Part {
    heading: String,
    content: String,
}

/// Rules for some of those who read the page.
#[derive(Serialize)]
pub(super) struct Only {
    whom: String,
    #[serde(skip)]
    pub rules: usize,
    lists: Vec<List>,
}

/// Those of one modality, told with a heading where there are many.
#[derive(Serialize)]
struct List {
    label: Option<String>,
    content: String,
}

/// How many rules for some are one list, whatever their modality.
const FEW: usize = 6;

impl Of<'_, '_> {
    pub(super) fn sections(&self, asked: &Asked) -> Vec<Section> {
        let collection = self.pages.site.scope.collection;
        let of = |modality| {
            let is = |id: &&RuleId| collection.rule(**id).modality == modality;
            asked.direct.iter().filter(is).copied().collect::<Vec<RuleId>>()
        };
        let limited: Vec<RuleId> =
            of(Modality::May).into_iter().filter(|&id| !collection.rule(id).only_when.is_empty()).collect();
        let sections = Modality::ALL.into_iter().map(|modality| {
            let rules = of(modality);
            let (id, href) = ids(modality);
            let is_ban = modality == Modality::MustNot;
            Section {
                id,
                href,
                modality: modality.words(),
                label: capitalised(modality.words()),
                count: rules.len(),
                limited: if is_ban { self.clauses(&limited, |id| self.here(id)) } else { Vec::new() },
                parts: self.parts(&rules),
            }
        });
        sections.filter(|section| section.count > 0 || !section.limited.is_empty()).collect()
    }

    /// Rules for some of those who read the page: those for every kind of the party that there is a word for, and the others.
    pub(super) fn only(&self, reader: &Reader, asked: &Asked) -> (Vec<Only>, Vec<Only>) {
        let vocabulary = &self.pages.site.scope.collection.vocabulary;
        let kinds = &vocabulary.word(reader.party).children;
        let names_all = |parties: &[WordId]| {
            let is_named = |&kind: &WordId| parties.iter().any(|&party| vocabulary.is_below(kind, party));
            kinds.len() > 1 && kinds.iter().all(is_named)
        };
        let (all, some): (Vec<_>, Vec<_>) = asked.some.iter().partition(|(parties, _)| names_all(parties));
        let told = |groups: Vec<&(Vec<WordId>, Vec<RuleId>)>| {
            groups.into_iter().map(|(parties, rules)| self.only_for(parties, rules)).collect()
        };
        (told(all), told(some))
    }

    fn only_for(&self, parties: &[WordId], rules: &[RuleId]) -> Only {
        let collection = self.pages.site.scope.collection;
        let whom: Vec<&str> = parties.iter().map(|&party| several(&collection.vocabulary, party)).collect();
        let modality = |id: &RuleId| collection.rule(*id).modality;
        let mut sorted = rules.to_vec();
        sorted.sort_by_key(modality);
        let lists = if sorted.len() <= FEW {
            vec![List { label: None, content: self.entries(&sorted) }]
        } else {
            let lists = sorted.chunk_by(|a, b| modality(a) == modality(b)).filter_map(|rules| {
                let label = capitalised(modality(rules.first()?).words());
                Some(List { label: Some(label), content: self.entries(rules) })
            });
            lists.collect()
        };
        Only { whom: joined(&whom), rules: rules.len(), lists }
    }

    /// Rules, which are in the order of their policies, by the parts these have.
    fn parts(&self, rules: &[RuleId]) -> Vec<Part> {
        let collection = self.pages.site.scope.collection;
        let part = |id: &RuleId| (id.policy, top(collection.policy(id.policy), collection.rule(*id).block));
        let parts = rules.chunk_by(|a, b| part(a) == part(b)).filter_map(|rules| {
            let (policy, block) = part(rules.first()?);
            Some(Part { heading: self.part_told(policy, block), content: self.entries(rules) })
        });
        parts.collect()
    }

    fn part_told(&self, id: PolicyId, block: Option<BlockIdx>) -> String {
        let policy = self.pages.site.scope.collection.policy(id);
        let heading = block.and_then(|block| policy.block(block).heading.as_deref());
        match (heading, self.several) {
            (Some(heading), false) => heading.to_owned(),
            (Some(heading), true) => format!("{} – {heading}", policy.title),
            (None, _) => policy.title.clone(),
        }
    }
}

/// The block of the policy itself that a rule stands in; `None` where that has no heading.
fn top(policy: &Policy, block: Option<BlockIdx>) -> Option<BlockIdx> {
    let mut at = block?;
    while let Some(parent) = policy.block(at).parent {
        at = parent;
    }
    policy.block(at).heading.is_some().then_some(at)
}

fn ids(modality: Modality) -> (&'static str, &'static str) {
    match modality {
        Modality::Must => ("page.must", "#page.must"),
        Modality::MustNot => ("page.must-not", "#page.must-not"),
        Modality::Should => ("page.should", "#page.should"),
        Modality::ShouldNot => ("page.should-not", "#page.should-not"),
        Modality::May => ("page.may", "#page.may"),
        Modality::NeedNot => ("page.need-not", "#page.need-not"),
    }
}
