//! The resolved collection: what the sources mean, in flat tables with ids that are plain numbers.
//!
//! Built by [`crate::resolve`], read by everything after it. It knows no syntax: whoever asks it a question never sees a
//! token. Places are kept as byte spans, so that a finding can point at them.
//!
//! The tables of one policy are self-contained ([`Policy`]): policies are resolved, checked and written side by side.

mod clause;
mod condition;
mod date;
mod missing;
mod policy;
mod prose;
mod quantity;
mod rule;
mod vocabulary;

pub use clause::{Block, BlockIdx, BlockKind, Item, Parent};
pub use condition::{Comparison, Condition};
pub use date::PartialDate;
pub use missing::Missing;
pub use policy::{
    Accept, Approval, Basis, Definition, DefinitionIdx, History, Numbering, Parameter, Policy, PolicyId, Related,
    Review, Silence, Status, Withdrawn,
};
pub use prose::{Inline, InlineTarget, Prose, Reference, ReferenceIdx, SourceMap, Target};
pub use quantity::{Amount, Number, Unit};
pub use rule::{Choice, Deadline, Edge, EdgeTarget, Filler, Modality, Objects, Origin, Qualified, Rule, RuleId, Slot};
pub use vocabulary::{
    Bound, Fact, FactId, FactKind, Kind, PREPOSITIONS, Signature, Value, Vocabulary, Word, WordId, form_key,
    without_article,
};

use crate::source::Span;

/// Everything the sources of a collection mean.
#[derive(Debug, Default)]
pub struct Collection {
    /// The words and facts.
    pub vocabulary: Vocabulary,
    /// The policies, in path order; a [`PolicyId`] is an index into them.
    pub policies: Vec<Policy>,
    /// Every `overrides` and `yields to` between two rules, by winner, loser and place.
    pub edges: Vec<Edge>,
    /// Words and facts of the vocabulary that nothing in the sources names.
    pub unused: Vec<Unused>,
}

/// A declared word or fact that nothing names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// What it is: `party`, `fact` and so on.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The place of its id.
    pub span: Span,
    /// The place of the whole declaration, of what lies below it too.
    pub declared: Span,
}

impl Collection {
    /// The policy with this id.
    pub fn policy(&self, id: PolicyId) -> &Policy {
        &self.policies[id.0 as usize]
    }

    /// The rule with this id.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.policy(id.policy).rules[id.index as usize]
    }

    /// All policies with their ids.
    pub fn policies(&self) -> impl Iterator<Item = (PolicyId, &Policy)> {
        self.policies.iter().enumerate().map(|(index, policy)| (PolicyId(index as u32), policy))
    }

    /// All rules with their ids, in rule order.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.policies().flat_map(|(policy, it)| {
            it.rules.iter().enumerate().map(move |(index, rule)| (RuleId { policy, index: index as u32 }, rule))
        })
    }

    /// The key of what a reference leads to.
    pub fn key_of(&self, target: Target, from: PolicyId) -> &str {
        match target {
            Target::Policy(policy) => &self.policy(policy).key,
            Target::Block(policy, block) => &self.policy(policy).block(block).key,
            Target::Rule(rule) => &self.rule(rule).key,
            Target::Related(index) => &self.policy(from).related[index as usize].id,
        }
    }
}
