//! The rules that take part, with the norms and duties each makes, and what overrides what.

use std::collections::HashSet;

use rayon::prelude::*;

use super::circles;
use super::leaves::{LeafSet, Leaves};
use super::{Limits, Question};
use crate::model::{
    Choice, Collection, Filler, Kind, Modality, PREPOSITIONS, Policy, Rule, RuleId, Status, Vocabulary, WordId,
};

/// A rule that takes part: its place in rule order among those that do.
pub(super) type At = u32;

/// Everything an analysis starts from.
pub(super) struct Rules<'a> {
    /// The words and facts.
    pub(super) vocabulary: &'a Vocabulary,
    /// The leaves of the words.
    pub(super) leaves: Leaves,
    /// Whether all organisations are taken as one.
    pub(super) as_one: bool,
    /// How far to go.
    pub(super) limits: Limits,
    /// The rules, in rule order.
    pub(super) list: Vec<Part<'a>>,
    /// The overrides that count, as winner and loser, in order, each once.
    pub(super) edges: Vec<(At, At)>,
    /// Circles of overrides.
    pub(super) cycles: Vec<Vec<RuleId>>,
}

/// A rule that takes part.
pub(super) struct Part<'a> {
    /// Which rule.
    pub(super) id: RuleId,
    /// The rule.
    pub(super) rule: &'a Rule,
    /// Its policy.
    pub(super) policy: &'a Policy,
    /// The organisations it speaks for; none where all are taken as one.
    pub(super) organisation: LeafSet,
    /// Everyone it binds.
    pub(super) party: LeafSet,
    /// Every action it names.
    pub(super) action: LeafSet,
    /// Every object it names; `None` where it names none, and covers every object and none.
    pub(super) object: Option<LeafSet>,
    /// What stands in its slots, by place in [`PREPOSITIONS`].
    pub(super) slots: Vec<(u8, LeafSet)>,
}

/// One norm of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Norm {
    /// The rule as it stands, or the permission of a rule with `only when`.
    Main,
    /// The ban that `only when` adds.
    Otherwise,
}

/// A name of a rule by its place in the list it stands in.
pub(super) type Name = u32;

/// One duty of those that commas make: which names of the rule's lists are meant. `None` means all of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Duty {
    /// The bearer.
    pub(super) bearer: Option<Name>,
    /// The action.
    pub(super) action: Option<Name>,
    /// The object.
    pub(super) object: Option<Name>,
    /// The names in the slots, in the order written.
    pub(super) slots: Vec<Option<Name>>,
}

/// More duties in one rule than this are not told apart.
const MOST_DUTIES: usize = 4096;

impl<'a> Rules<'a> {
    /// The rules of a collection that take part.
    pub(super) fn of(collection: &'a Collection, question: Question, limits: Limits) -> Self {
        let leaves = Leaves::of(&collection.vocabulary);
        let out = left_out(collection);
        let mut found: Vec<(RuleId, &'a Policy, LeafSet)> = Vec::new();
        for (id, policy) in collection.policies() {
            let withdrawn = matches!(policy.status, Some((Status::Withdrawn, _)));
            if withdrawn || (policy.organisation.is_none() && !question.as_one) {
                continue;
            }
            let organisation = match policy.organisation {
                Some(organisation) if !question.as_one => leaves.below([organisation]),
                _ => LeafSet::default(),
            };
            let ids = (0..policy.rules.len() as u32).map(|index| RuleId { policy: id, index });
            found.extend(ids.filter(|id| !out.contains(id)).map(|id| (id, policy, organisation.clone())));
        }
        let part = |(id, policy, organisation): (RuleId, &'a Policy, LeafSet)| {
            Part::new(id, &policy.rules[id.index as usize], policy, &leaves, organisation)
        };
        let list: Vec<Part<'a>> = found.into_par_iter().map(part).collect();
        // In rule order, so that a rule can be looked for by halves.
        let place = |id: RuleId| list.binary_search_by_key(&id, |part: &Part<'_>| part.id).ok().map(|at| at as At);
        let mut edges: Vec<(At, At)> =
            collection.edges.iter().filter_map(|edge| Some((place(edge.winner)?, place(edge.loser)?))).collect();
        edges.sort_unstable();
        edges.dedup();
        let circles = circles::find(list.len(), &edges);
        edges.retain(|&(winner, loser)| !circles.joins(winner, loser));
        let id = |at: At| list[at as usize].id;
        let cycles = circles.shortest.iter().map(|circle| circle.iter().map(|&at| id(at)).collect()).collect();
        Rules { vocabulary: &collection.vocabulary, leaves, as_one: question.as_one, limits, list, edges, cycles }
    }

    /// What excludes what, as the leaves of the actions on either side.
    pub(super) fn exclusions(&self) -> Vec<(LeafSet, LeafSet)> {
        let mut exclusions = Vec::new();
        for (action, word) in self.vocabulary.of_kind(Kind::Action) {
            let this = self.leaves.below([action]);
            exclusions.extend(word.excludes.iter().map(|&other| (this.clone(), self.leaves.below([other]))));
        }
        exclusions
    }

    /// A rule that takes part.
    pub(super) fn at(&self, at: At) -> &Part<'a> {
        &self.list[at as usize]
    }
}

/// The rules that could not be understood in full, and all that they override, directly or through others.
fn left_out(collection: &Collection) -> HashSet<RuleId> {
    let mut open: Vec<RuleId> = collection.rules().filter(|(_, rule)| rule.incomplete).map(|(id, _)| id).collect();
    let mut out: HashSet<RuleId> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        for &loser in &collection.rule(id).overrides {
            if out.insert(loser) {
                open.push(loser);
            }
        }
    }
    out
}

impl<'a> Part<'a> {
    fn new(id: RuleId, rule: &'a Rule, policy: &'a Policy, leaves: &Leaves, organisation: LeafSet) -> Self {
        let below = |names: &[Filler]| leaves.below(names.iter().flat_map(|&name| words(policy, name)));
        let slot = |slot: &crate::model::Slot| (place_of(slot.preposition), below(&slot.names));
        let mut slots: Vec<(u8, LeafSet)> = rule.slots.iter().map(slot).collect();
        slots.sort_by_key(|slot| slot.0);
        Part {
            id,
            rule,
            policy,
            organisation,
            party: below(&rule.bearers),
            action: leaves.below(rule.actions.iter().copied()),
            object: (!rule.objects.names.is_empty()).then(|| below(&rule.objects.names)),
            slots,
        }
    }

    /// Its norms: two where `only when` adds a ban.
    pub(super) fn norms(&self) -> &'static [Norm] {
        if self.rule.only_when.is_empty() { &[Norm::Main] } else { &[Norm::Main, Norm::Otherwise] }
    }

    /// The modality of one of its norms.
    pub(super) fn modality(&self, norm: Norm) -> Modality {
        match norm {
            Norm::Main => self.rule.modality,
            Norm::Otherwise => Modality::MustNot,
        }
    }

    /// Whether the object belongs to the way.
    pub(super) fn any_object(&self) -> bool {
        self.rule.objects.any && self.rule.modality.is_duty()
    }

    /// The duties its commas make, in the order written, the last list varying fastest; `None` where they are too many to
    /// be told apart.
    pub(super) fn duties(&self) -> Option<Vec<Duty>> {
        let rule = self.rule;
        let each = |count: usize, are: Choice| match are {
            Choice::Each if count > 1 => (0..count as u32).map(Some).collect(),
            _ => vec![None],
        };
        let bearers = each(rule.bearers.len(), Choice::Each);
        let actions = each(rule.actions.len(), rule.actions_are);
        let objects = each(rule.objects.names.len(), rule.objects.are);
        let slots: Vec<Vec<Option<Name>>> = rule.slots.iter().map(|slot| each(slot.names.len(), slot.are)).collect();
        let mut lists = [bearers.len(), actions.len(), objects.len()].into_iter().chain(slots.iter().map(Vec::len));
        lists.try_fold(1, |all: usize, one| all.checked_mul(one).filter(|&all| all <= MOST_DUTIES))?;
        let mut duties = Vec::new();
        for &bearer in &bearers {
            for &action in &actions {
                for &object in &objects {
                    duties.push(Duty { bearer, action, object, slots: Vec::new() });
                }
            }
        }
        for slot in &slots {
            let with = |duty: &Duty, name: Option<Name>| {
                let mut duty = duty.clone();
                duty.slots.push(name);
                duty
            };
            duties = duties.iter().flat_map(|duty| slot.iter().map(move |&name| with(duty, name))).collect();
        }
        Some(duties)
    }
}

/// The words a name stands for.
pub(super) fn words(policy: &Policy, name: Filler) -> Vec<WordId> {
    match name {
        Filler::Word(word) => vec![word],
        Filler::Group(definition) => policy.definition(definition).group.clone(),
    }
}

/// A preposition's place in the order of prepositions.
pub(super) fn place_of(preposition: &str) -> u8 {
    PREPOSITIONS.iter().position(|&known| known == preposition).map_or(u8::MAX, |at| at as u8)
}
