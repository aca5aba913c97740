//! Rules by what is done: the rows of an organisation's table, and what stands in a cell of it.
//!
//! What is said of an act holds for every kind of it, as far as it forbids, advises against, permits or releases: who must
//! not share must not post. A duty does not: who must share something need not post it. A kind that no rule names has no
//! row of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Organisation, Readership, upward};
use crate::model::{Modality, RuleId, WordId};

/// An act that rules of an organisation name: a row of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emit) struct Act {
    /// The action.
    pub action: WordId,
    /// The row of the wider act it is a kind of, where that is a row.
    pub kind_of: Option<WordId>,
    /// How deep it lies below wider ones.
    pub level: usize,
    /// The rows that what is said of it holds for, its own first.
    covers: Vec<usize>,
}

/// What rules of one party say of one act, by how strongly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::emit) struct Cell {
    /// The strongest modalities: two where both occur, which then hold in different circumstances.
    pub strongest: Vec<Modality>,
    /// How many rules are counted.
    pub rules: usize,
    /// Whether none of them is in force.
    pub is_proposed: bool,
    /// How many more there are that are not in force, beside some that are.
    pub proposed: usize,
}

impl Readership<'_> {
    /// The acts that rules of an organisation name: by label, each with its kinds after it.
    pub fn acts(&self, organisation: &Organisation) -> Vec<Act> {
        let vocabulary = &self.collection.vocabulary;
        let rules = organisation.policies.iter().flat_map(|&id| &self.collection.policy(id).rules);
        let actions: BTreeSet<WordId> = rules.flat_map(|rule| rule.actions.iter().copied()).collect();
        let mut kinds: BTreeMap<Option<WordId>, Vec<WordId>> = BTreeMap::new();
        for &action in &actions {
            let wider = upward(self.collection, action).into_iter().skip(1).find(|it| actions.contains(it));
            kinds.entry(wider).or_default().push(action);
        }
        for list in kinds.values_mut() {
            list.sort_by_cached_key(|&it| (vocabulary.word(it).label.to_lowercase(), vocabulary.word(it).id.clone()));
        }
        let mut acts: Vec<Act> = Vec::with_capacity(actions.len());
        let first = kinds.get(&None).into_iter().flatten().rev();
        let mut open: Vec<(WordId, Option<WordId>, usize)> = first.map(|&action| (action, None, 0)).collect();
        while let Some((action, kind_of, level)) = open.pop() {
            acts.push(Act { action, kind_of, level, covers: vec![acts.len()] });
            let below = kinds.get(&Some(action)).into_iter().flatten().rev();
            open.extend(below.map(|&kind| (kind, Some(action), level + 1)));
        }
        let rows: HashMap<WordId, usize> = acts.iter().enumerate().map(|(row, act)| (act.action, row)).collect();
        for row in 0..acts.len() {
            let wider = upward(self.collection, acts[row].action);
            wider.iter().skip(1).filter_map(|it| rows.get(it)).for_each(|&at| acts[at].covers.push(row));
        }
        acts
    }

    /// What some rules say of each act, in their order.
    pub fn by_act(&self, acts: &[Act], rules: &[RuleId]) -> Vec<Vec<RuleId>> {
        let rows: HashMap<WordId, usize> = acts.iter().enumerate().map(|(row, act)| (act.action, row)).collect();
        let mut found: Vec<Vec<RuleId>> = vec![Vec::new(); acts.len()];
        for &id in rules {
            let rule = self.collection.rule(id);
            for act in rule.actions.iter().filter_map(|action| acts.get(*rows.get(action)?)) {
                let reach = if rule.modality.is_duty() { 1 } else { act.covers.len() };
                for &row in act.covers.iter().take(reach) {
                    if found[row].last() != Some(&id) {
                        found[row].push(id);
                    }
                }
            }
        }
        found
    }
}

impl Cell {
    /// What some rules come to; each with its modality and whether it is in force.
    pub fn of(rules: impl Iterator<Item = (Modality, bool)> + Clone) -> Option<Self> {
        let in_force = rules.clone().filter(|(_, holds)| *holds).count();
        let all = rules.clone().count();
        let is_proposed = in_force == 0;
        let counted = rules.filter(|(_, holds)| *holds != is_proposed).map(|(modality, _)| modality);
        let strongest = counted.clone().map(strength).min()?;
        let found: BTreeSet<Modality> = counted.filter(|&it| strength(it) == strongest).collect();
        Some(Cell {
            strongest: found.into_iter().collect(),
            rules: if is_proposed { all } else { in_force },
            is_proposed,
            proposed: if is_proposed { 0 } else { all - in_force },
        })
    }
}

/// What binds before what advises, what advises before what leaves free.
fn strength(modality: Modality) -> u8 {
    match modality {
        Modality::Must | Modality::MustNot => 0,
        Modality::Should | Modality::ShouldNot => 1,
        Modality::May | Modality::NeedNot => 2,
    }
}
