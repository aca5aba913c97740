//! Rules: who must, may or must not do what, when, and what gives way to what.

use super::{Amount, BlockIdx, Condition, DefinitionIdx, PolicyId, WordId};
use crate::source::Span;

/// A rule of a collection: its policy and its place among that policy's rules. Rule order is the order of these ids:
/// path, then place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    /// The policy.
    pub policy: PolicyId,
    /// The index in the policy's table of rules.
    pub index: u32,
}

/// The deontic force of a rule (after von Wright, *Deontic Logic*, 1951; the words as RFC 2119 uses them).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// A duty.
    Must,
    /// A ban.
    MustNot,
    /// Advice to do it.
    Should,
    /// Advice not to do it.
    ShouldNot,
    /// A permission.
    May,
    /// A release from a duty.
    NeedNot,
}

/// A rule with everything it inherits.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its stable key: `organisation/policy:section/clause#name`, or `…#2` for the second rule of its clause.
    pub key: String,
    /// The name an author gave it.
    pub name: Option<String>,
    /// The block it stands in; `None` for a rule of the policy itself.
    pub block: Option<BlockIdx>,
    /// Its place among the rules of its block, from 1.
    pub position: u32,
    /// Whom it binds; a comma means each.
    pub bearers: Vec<Filler>,
    /// With what force.
    pub modality: Modality,
    /// What is done.
    pub actions: Vec<WordId>,
    /// Whether each action is meant or any one will do.
    pub actions_are: Choice,
    /// What it is done to; empty where the action takes none.
    pub objects: Objects,
    /// What else the act involves.
    pub slots: Vec<Slot>,
    /// Where it applies: all of these hold, the inherited ones last.
    pub when: Vec<Qualified>,
    /// For a permission: outside these the act is forbidden.
    pub only_when: Vec<Qualified>,
    /// Where it does not apply: any of these holds, the inherited ones last.
    pub unless: Vec<Qualified>,
    /// Until when it must be done.
    pub deadline: Deadline,
    /// How often.
    pub every: Option<Amount>,
    /// What follows a breach.
    pub on_breach: Vec<WordId>,
    /// The rules this one beats, from both spellings of the edge; sorted, each once.
    pub overrides: Vec<RuleId>,
    /// The outside documents it gives way to, as places in the policy's list of related documents.
    pub yields_outside: Vec<u32>,
    /// The item of its block (or of the policy) that is the prose it belongs to, where there is any: see
    /// [`super::Policy::prose_of`].
    pub prose: Option<Origin>,
    /// Whether part of it, inherited parts among them, could not be understood: what it means is not known in full.
    pub incomplete: bool,
    /// The whole rule.
    pub span: Span,
    /// The words of its modality.
    pub modality_span: Span,
}

/// Where the prose of a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A prose run: the block (or the policy itself) and its place among the block's items.
    Prose(Option<BlockIdx>, u32),
    /// The heading of a block, which has a modality word in it.
    Heading(BlockIdx),
}

/// What a list of names means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Each of them: a comma.
    #[default]
    Each,
    /// Any one will do: `or`.
    Any,
}

/// A name in a slot of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filler {
    /// A word of the vocabulary, standing for everything below it too.
    Word(WordId),
    /// A group of words that a definition of the same policy makes.
    Group(DefinitionIdx),
}

/// The objects of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objects {
    /// The names.
    pub names: Vec<Filler>,
    /// A comma or `or`.
    pub are: Choice,
    /// Whether `any` stands before the one object: any of the things below it will do.
    pub any: bool,
}

/// A preposition and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The preposition.
    pub preposition: &'static str,
    /// The names.
    pub names: Vec<Filler>,
    /// A comma or `or`.
    pub are: Choice,
}

/// A condition of a rule with the place it was written at.
#[derive(Clone, Debug)]
pub struct Qualified {
    /// The condition.
    pub condition: Condition,
    /// Where it stands: for an inherited one, in its `each rule`.
    pub span: Span,
    /// Whether it comes from an `each rule`.
    pub inherited: bool,
}

/// The time limits of a rule.
#[derive(Clone, Debug, Default)]
pub struct Deadline {
    /// Within this long, counted from the event where one is named.
    pub within: Option<(Amount, Option<WordId>)>,
    /// Before this event.
    pub before: Option<WordId>,
    /// After this event.
    pub after: Option<WordId>,
    /// Until this event.
    pub until: Option<WordId>,
    /// At once.
    pub immediately: bool,
}

/// One `overrides` or `yields to` between two rules, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The rule that stays.
    pub winner: RuleId,
    /// The rule that gives way.
    pub loser: RuleId,
    /// The reference as written.
    pub span: Span,
    /// The rule that says so: the winner for `overrides`, the loser for `yields to`.
    pub said_by: RuleId,
    /// What the reference names.
    pub target: EdgeTarget,
}

/// What the reference of an edge names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeTarget {
    /// One rule.
    Rule,
    /// A block or policy, which stands for its rules.
    Block,
}

impl Modality {
    /// All modalities, in the order in which the language lists them.
    pub const ALL: [Modality; 6] =
        [Modality::Must, Modality::MustNot, Modality::Should, Modality::ShouldNot, Modality::May, Modality::NeedNot];

    /// As it is written and told: `must not`.
    pub fn words(self) -> &'static str {
        match self {
            Modality::Must => "must",
            Modality::MustNot => "must not",
            Modality::Should => "should",
            Modality::ShouldNot => "should not",
            Modality::May => "may",
            Modality::NeedNot => "need not",
        }
    }

    /// Whether it asks for an act: `must` or `should`.
    pub fn is_duty(self) -> bool {
        matches!(self, Modality::Must | Modality::Should)
    }
}

impl Deadline {
    /// Whether it limits nothing.
    pub fn is_empty(&self) -> bool {
        self.within.is_none()
            && self.before.is_none()
            && self.after.is_none()
            && self.until.is_none()
            && !self.immediately
    }
}

impl Rule {
    /// Where it applies, as one condition.
    pub fn when(&self) -> Option<Condition> {
        Condition::all(self.when.iter().map(|part| part.condition.clone()).collect())
    }

    /// Outside what the act is forbidden, as one condition.
    pub fn only_when(&self) -> Option<Condition> {
        Condition::all(self.only_when.iter().map(|part| part.condition.clone()).collect())
    }

    /// Where it does not apply, as one condition.
    pub fn unless(&self) -> Option<Condition> {
        Condition::any(self.unless.iter().map(|part| part.condition.clone()).collect())
    }
}
