//! Two collections as one, so that rules of both can be compared: the policies of the old one, then those of the new one,
//! over one vocabulary. Kept is what rules mean and how they are told; blocks, prose and headers are not.

use rayon::prelude::*;

use super::Side;
use super::vocabulary::{Names, OneVocabulary, join};
use crate::model::{
    Collection, Condition, Definition, Edge, Filler, Objects, Policy, PolicyId, Prose, Qualified, Review, Rule, RuleId,
    Slot, WordId,
};

/// Two collections in one vocabulary, so that rules of both can be compared.
///
/// Every name of an old rule stands for the leaves it stood for in the old vocabulary, every name of a new one for those in
/// the new. Labels are those of the new side, where it has the word.
pub struct Joined {
    /// The policies of the old collection, then those of the new one. They have their rules and what these are told with,
    /// but no blocks and no prose.
    pub collection: Collection,
    /// How many of the policies are old ones.
    olds: u32,
    /// For each word, those aside that are no leaves on either side, the side that alone has it.
    only_on: Vec<Option<Side>>,
}

impl Joined {
    /// Joins two collections.
    pub fn of(old: &Collection, new: &Collection) -> Joined {
        let OneVocabulary { vocabulary, names, only_on } = join(&old.vocabulary, &new.vocabulary);
        let olds = old.policies.len() as u32;
        let ((mut policies, mut edges), (more, further)) = rayon::join(
            || Taking { names: &names[0], from: 0 }.all(old),
            || Taking { names: &names[1], from: olds }.all(new),
        );
        policies.extend(more);
        edges.extend(further);
        Joined { collection: Collection { vocabulary, policies, edges, unused: Vec::new() }, olds, only_on }
    }

    /// The rule of the joined collection that stands for a rule of one side.
    pub fn rule(&self, side: Side, rule: RuleId) -> RuleId {
        match side {
            Side::Old => rule,
            Side::New => moved(rule, self.olds),
        }
    }

    /// The side that alone has a word, as it stands in a witness: what changed there may be no more than that the word is
    /// new, or gone.
    pub fn only_on(&self, word: WordId) -> Option<Side> {
        self.only_on.get(word.0 as usize).copied().flatten()
    }

    /// The side that a rule of the joined collection is of, and which rule it is there.
    pub fn own(&self, rule: RuleId) -> (Side, RuleId) {
        match rule.policy.0.checked_sub(self.olds) {
            None => (Side::Old, rule),
            Some(policy) => (Side::New, RuleId { policy: PolicyId(policy), index: rule.index }),
        }
    }
}

fn moved(rule: RuleId, by: u32) -> RuleId {
    RuleId { policy: PolicyId(rule.policy.0 + by), index: rule.index }
}

/// Taking over what one side has.
#[derive(Clone, Copy)]
struct Taking<'n> {
    names: &'n Names,
    /// The place of its first policy.
    from: u32,
}

impl Taking<'_> {
    fn all(self, collection: &Collection) -> (Vec<Policy>, Vec<Edge>) {
        let policies = collection.policies.par_iter().map(|policy| self.policy(policy)).collect();
        let edge = |edge: &Edge| Edge {
            winner: moved(edge.winner, self.from),
            loser: moved(edge.loser, self.from),
            said_by: moved(edge.said_by, self.from),
            ..*edge
        };
        (policies, collection.edges.iter().map(edge).collect())
    }

    fn policy(self, policy: &Policy) -> Policy {
        let definition = |definition: &Definition| Definition {
            id: definition.id.clone(),
            term: definition.term.clone(),
            also: definition.also.clone(),
            group: definition.group.iter().map(|&word| self.names.word(word)).collect(),
            prose: None::<Prose>,
            block: None,
            ..*definition
        };
        Policy {
            id: policy.id.clone(),
            key: policy.key.clone(),
            title: policy.title.clone(),
            organisation: policy.organisation.map(|word| self.names.word(word)),
            version: None,
            status: policy.status,
            owner: None,
            contact: None,
            approved: None,
            effective: None,
            review: Review::default(),
            audience: Vec::new(),
            supersedes: Vec::new(),
            related: Vec::new(),
            basis: Vec::new(),
            default: policy.default,
            numbering: policy.numbering,
            language: policy.language.clone(),
            language_span: None,
            signatories: Vec::new(),
            history: Vec::new(),
            parameters: Vec::new(),
            items: Vec::new(),
            blocks: Vec::new(),
            rules: policy.rules.iter().map(|rule| self.rule(rule)).collect(),
            definitions: policy.definitions.iter().map(definition).collect(),
            references: Vec::new(),
            withdrawn: Vec::new(),
            accepts: Vec::new(),
            unread: policy.unread,
            span: policy.span,
            id_span: policy.id_span,
        }
    }

    fn rule(self, rule: &Rule) -> Rule {
        let mut deadline = rule.deadline.clone();
        for event in [&mut deadline.before, &mut deadline.after, &mut deadline.until] {
            *event = event.map(|event| self.names.word(event));
        }
        deadline.within = deadline.within.map(|(amount, of)| (amount, of.map(|event| self.names.word(event))));
        let slot = |slot: &Slot| Slot { names: self.fillers(&slot.names), ..*slot };
        Rule {
            key: rule.key.clone(),
            name: rule.name.clone(),
            block: None,
            bearers: self.fillers(&rule.bearers),
            actions: rule.actions.iter().map(|&action| self.names.word(action)).collect(),
            objects: Objects { names: self.fillers(&rule.objects.names), ..rule.objects },
            slots: rule.slots.iter().map(slot).collect(),
            when: self.qualified(&rule.when),
            only_when: self.qualified(&rule.only_when),
            unless: self.qualified(&rule.unless),
            deadline,
            on_breach: rule.on_breach.iter().map(|&consequence| self.names.word(consequence)).collect(),
            overrides: rule.overrides.iter().map(|&loser| moved(loser, self.from)).collect(),
            yields_outside: Vec::new(),
            prose: None,
            ..*rule
        }
    }

    fn fillers(self, names: &[Filler]) -> Vec<Filler> {
        let filler = |&name: &Filler| match name {
            Filler::Word(word) => Filler::Word(self.names.word(word)),
            group @ Filler::Group(_) => group,
        };
        names.iter().map(filler).collect()
    }

    fn qualified(self, parts: &[Qualified]) -> Vec<Qualified> {
        parts.iter().map(|part| Qualified { condition: self.condition(&part.condition), ..*part }).collect()
    }

    fn condition(self, condition: &Condition) -> Condition {
        let each = |parts: &[Condition]| parts.iter().map(|part| self.condition(part)).collect();
        match condition {
            Condition::All(parts) => Condition::All(each(parts)),
            Condition::Any(parts) => Condition::Any(each(parts)),
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner))),
            &Condition::Flag(fact) => Condition::Flag(self.names.fact(fact)),
            Condition::Choice(fact, values) => {
                let values = values.iter().map(|&value| self.names.value(*fact, value)).collect();
                Condition::Choice(self.names.fact(*fact), values)
            }
            &Condition::Quantity(fact, comparison, amount) => {
                Condition::Quantity(self.names.fact(fact), comparison, amount)
            }
            Condition::Approval(names, count) => Condition::Approval(self.fillers(names), *count),
            Condition::Consent(names, count) => Condition::Consent(self.fillers(names), *count),
        }
    }
}
