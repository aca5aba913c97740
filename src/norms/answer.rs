//! What an analysis answers, as plain data in the terms of the model.

use crate::model::{Amount, FactId, RuleId, WordId};

/// Everything an analysis found. Each list is in a fixed order: by its rules, then by what is said of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Rules that disagree, and duties with different deadlines.
    pub disagreements: Vec<Disagreement>,
    /// Rules that apply in no situation.
    pub never_applies: Vec<NeverApplies>,
    /// Rules another rule makes needless.
    pub redundant: Vec<Redundant>,
    /// Exceptions that take nothing out.
    pub idle_exceptions: Vec<IdleException>,
    /// Overrides that never take effect.
    pub idle_overrides: Vec<IdleOverride>,
    /// Circles of overrides, one for each set of rules that lie on circles together: each rule overrides the next, the
    /// last the first. Begins with the first of its rules in rule order; the shortest such circle.
    pub cycles: Vec<Vec<RuleId>>,
    /// Questions that a limit left open.
    pub undecided: Vec<Undecided>,
}

/// What kind of disagreement: each is the check of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conflict {
    /// Two rules of which nobody could follow both, and neither is an exception to the other.
    Contradiction,
    /// A duty of which several bans together leave no way open.
    JointContradiction,
    /// Two rules of one policy that disagree, and of which one may be meant as an exception to the other.
    UnrankedRules,
    /// Rules that disagree where at least one only advises.
    ContradictoryAdvice,
    /// Two duties whose acts exclude each other.
    IncompatibleDuties,
    /// Two duties to one act with different time limits.
    ConflictingDeadlines,
}

/// How the first rule's covered set lies against the second's, before overrides: situations for a permission, contexts for
/// a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same.
    Equal,
    /// The first lies within the second.
    Narrower,
    /// The second lies within the first.
    Wider,
    /// Each has something the other has not.
    Crossing,
}

/// Rules that disagree, with the first situation in which they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// What kind.
    pub conflict: Conflict,
    /// The permission or the duty first, then the ban, bans or release in rule order; two duties in rule order, one rule
    /// named twice where its own duties are incompatible.
    pub rules: Vec<RuleId>,
    /// Between two rules of one policy; deadlines and joint sets have none.
    pub relation: Option<Relation>,
    /// A situation, or a context with ways, in which it shows.
    pub witness: Witness,
}

/// The first situation of a disagreement: for a permission a context with one way; for a duty a context with, for each
/// ban, the first way that this ban closes and no other of the set does; for incompatible duties one way of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// What the actor does not decide.
    pub context: Context,
    /// What the actor decides.
    pub ways: Vec<Way>,
}

/// What fixes a context. Facts that no rule involved asks for are left out: involved are the rules of the disagreement and
/// every rule that overrides an involved one and covers something that one covers; of a joint set also the bans that close
/// the duty alone in some context, since the set is told where none of them does.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The organisation; none where all are taken as one.
    pub organisation: Option<Leaf>,
    /// Who acts.
    pub party: Leaf,
    /// What it is done to; none where it is nothing, or belongs to the way.
    pub object: Option<Leaf>,
    /// The facts that are not chosen, in declaration order.
    pub facts: Vec<(FactId, Value)>,
}

/// What fixes a way.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What is done.
    pub action: Leaf,
    /// What it is done to, where the rule leaves that to the actor (`any`).
    pub object: Option<Leaf>,
    /// The slots that hold something, in the order of [`crate::model::PREPOSITIONS`].
    pub slots: Vec<(&'static str, Leaf)>,
    /// The chosen facts, in declaration order.
    pub facts: Vec<(FactId, Value)>,
    /// Who approves.
    pub approvals: Vec<Leaf>,
    /// Who consents.
    pub consents: Vec<Leaf>,
    /// The rules of the disagreement that this way is shown for, in the order of its rules, each once; all of them apply
    /// here: the permission or duty and the ban or release; of duties that exclude each other the one whose way it is; of
    /// duties with different time limits both.
    pub applies: Vec<RuleId>,
}

/// The narrowest somebody or something can be: one word, or two at once where words overlap (in declaration order).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaf {
    /// A word itself.
    One(WordId),
    /// Both words at the same time.
    Both(WordId, WordId),
}

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// One of its values, by place in its declaration.
    Choice(u32),
    /// An amount.
    Quantity(Amount),
}

/// A rule that applies in no situation, with both halves of an `only when`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeverApplies {
    /// The rule.
    pub rule: RuleId,
    /// The rules that take from it what it covers, in rule order; empty where it covers nothing.
    pub overridden_by: Vec<RuleId>,
}

/// A rule that another makes needless: the first such in rule order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redundant {
    /// The needless rule.
    pub rule: RuleId,
    /// The rule that says all it says.
    pub by: RuleId,
}

/// An `unless` that takes nothing out of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleException {
    /// The rule.
    pub rule: RuleId,
    /// The place of the exception in [`crate::model::Rule::unless`].
    pub exception: u32,
}

/// An override whose winner applies nowhere that the loser covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleOverride {
    /// The rule that stays.
    pub winner: RuleId,
    /// The rule that is to give way.
    pub loser: RuleId,
}

/// A question that could not be decided within the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The rules it is about, in rule order; those of a long list that come first.
    pub rules: Vec<RuleId>,
    /// What stopped it.
    pub limit: Limit,
}

/// What stops an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// The conditions of the rules and of what overrides them make too many cases.
    Cases,
    /// A rule meets more rules than are compared with one rule; so many were left out.
    Partners(u64),
    /// More disagreements than are told in one run; so many rules were not looked at.
    Disagreements(u64),
    /// More steps than are taken in one run; so many rules were not looked at.
    Steps(u64),
}

impl Conflict {
    /// The name of its check.
    pub fn name(self) -> &'static str {
        match self {
            Conflict::Contradiction => "contradiction",
            Conflict::JointContradiction => "joint-contradiction",
            Conflict::UnrankedRules => "unranked-rules",
            Conflict::ContradictoryAdvice => "contradictory-advice",
            Conflict::IncompatibleDuties => "incompatible-duties",
            Conflict::ConflictingDeadlines => "conflicting-deadlines",
        }
    }
}

impl Relation {
    /// As it is exported: `narrower`.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Equal => "equal",
            Relation::Narrower => "narrower",
            Relation::Wider => "wider",
            Relation::Crossing => "crossing",
        }
    }
}
