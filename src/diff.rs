//! What has changed between two collections, and what that does: policies, clauses, words of prose, rules, vocabulary.
//!
//! Things are matched by what their authors call them – policies by key, clauses by id and by `was` – never by their place
//! in a file, so that a clause that moves is one clause that moved. What a change of rules does is asked of [`crate::norms`]
//! by comparing sets of situations; words are compared as words. It knows no file, no revision and no format.

mod clauses;
mod damage;
mod effects;
mod header;
mod kinds;
mod matching;
mod policy;
mod remarks;
mod rules;
mod same;
mod spoken;
mod texts;
mod tokens;
mod words;

pub use header::FieldChange;
pub use kinds::{Change, Direction, Fate, Is, Topic, Verdict, WordFate};
pub use matching::Matching;
pub use rules::RuleChange;
pub use texts::{Piece, TextChange, TextKind, sentences};
pub use words::WordChange;

use rayon::prelude::*;

use crate::model::{Collection, Item, Kind, Parent, Policy, PolicyId, RuleId, WordId};
use crate::norms::{self, Effect, Joined};
use crate::source::{Sources, Span};

/// What one collection has that is otherwise in another.
pub struct Changes {
    /// Both vocabularies in one, with the rules of both sides: what witnesses are told with.
    pub joined: Joined,
    /// The policies that changed: those of the new side in path order, then those that are gone.
    pub policies: Vec<PolicyChange>,
    /// The words and facts that changed, in the order of the new vocabulary; then those that are gone.
    pub words: Vec<WordChange>,
}

/// A policy with what changed in it.
#[derive(Debug)]
pub struct PolicyChange {
    /// The policy before.
    pub old: Option<PolicyId>,
    /// The policy now.
    pub new: Option<PolicyId>,
    /// What became of it.
    pub fate: Fate,
    /// Whether it stands on one side alone, and the other has a file of the same name that could not be understood.
    pub unread: bool,
    /// What changed in its header.
    pub fields: Vec<FieldChange>,
    /// What changed in it: the policy's own text first, then its blocks in document order, those that are gone where they
    /// stood.
    pub clauses: Vec<ClauseChange>,
}

/// A block – or what stands in a policy itself, outside its blocks – with what changed about it.
#[derive(Debug)]
pub struct ClauseChange {
    /// Where it stood; `Some(None)` is the policy itself.
    pub old: Option<Parent>,
    /// Where it stands.
    pub new: Option<Parent>,
    /// What happened to it, in order, each once.
    pub changes: Vec<Change>,
    /// Its texts that changed.
    pub texts: Vec<TextChange>,
    /// Its rules that are written otherwise, came or went.
    pub rules: Vec<RuleChange>,
    /// What that does; `None` where there are no rules on either side.
    pub effect: Option<Effect>,
    /// What a reviewer should look at.
    pub remarks: Vec<Remark>,
    /// Whether its words changed, and they are the words of rules elsewhere that ask for something else.
    pub is_said_elsewhere: bool,
}

/// Something a reviewer should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The words changed and the rules did not.
    WordsWithoutRules,
    /// The rules changed in meaning and the words did not.
    RulesWithoutWords,
    /// Words that bind changed, and no rule says what they mean.
    NoRule,
    /// What a term means changed: no rule can say what that does to the prose that uses it.
    Definition(String),
    /// Nothing of the clause changed, but these words did, each with its kind: `party volunteer`, `definition device`.
    ThroughWords(Vec<String>),
    /// Nothing of the clause changed, but a rule elsewhere that overrides its rules.
    ThroughOverrides,
    /// It could not be said what the change does.
    Undecided,
    /// An id is gone without `withdrawn` or `was`.
    LostId,
    /// A rule went from one clause to another, or came from there.
    RuleMoved {
        /// What it was.
        from: RuleId,
        /// What it is.
        to: RuleId,
    },
}

/// One of the two collections.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// What its sources mean.
    pub collection: &'a Collection,
    /// The sources.
    pub sources: &'a Sources,
    /// The places of the sources that could not be understood: what may stand there counts as not known.
    pub damage: &'a [Span],
    /// Whether all of its files could be read: where not, what seems to be missing may be there.
    pub is_whole: bool,
}

/// What the two collections mean.
#[derive(Clone, Copy)]
struct Sides<'a> {
    old: &'a Collection,
    new: &'a Collection,
}

/// A policy on both sides.
#[derive(Clone, Copy)]
struct Policies<'a> {
    sides: Sides<'a>,
    old: (PolicyId, &'a Policy),
    new: (PolicyId, &'a Policy),
}

/// Everything that changed from `old` to `new`. `binds` says whether a piece of prose binds anybody by its words; it is asked
/// of prose that no rule tells the meaning of.
pub fn changes(old: Given<'_>, new: Given<'_>, binds: &(dyn Fn(&str) -> bool + Sync)) -> Changes {
    let sides = Sides { old: old.collection, new: new.collection };
    let matching = Matching::of(sides.old, sides.new);
    let mut changed: Vec<PolicyChange> =
        matching.policies().into_par_iter().map(|(old, new)| policy::changes(sides, &matching, old, new)).collect();
    let mut words = words::changes(sides);
    let joined = Joined::of(sides.old, sides.new);
    effects::add(sides, &joined, !words.is_empty(), &mut changed);
    damage::mark(old, new, &mut changed);
    let named = [words::Named::of(sides.old), words::Named::of(sides.new)];
    changed.par_iter_mut().for_each(|policy| remarks::add(sides, &named, &words, policy, binds));
    words::add_affected(sides, &mut words, &changed);
    changed.par_iter_mut().for_each(|policy| policy.clauses.retain(ClauseChange::is_worth_telling));
    changed.retain(PolicyChange::is_worth_telling);
    Changes { joined, policies: changed, words }
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.words.is_empty()
    }

    /// Whether anything changed that is more than editorial.
    pub fn is_material(&self) -> bool {
        self.policies.iter().any(PolicyChange::is_material)
    }
}

impl PolicyChange {
    /// Whether anything about it is more than editorial.
    pub fn is_material(&self) -> bool {
        self.fate != Fate::Changed
            || self.fields.iter().any(|field| field.material)
            || self.clauses.iter().any(ClauseChange::is_material)
    }

    fn is_worth_telling(&self) -> bool {
        self.fate != Fate::Changed || !self.fields.is_empty() || !self.clauses.is_empty()
    }
}

impl ClauseChange {
    /// Whether what is asked of people changes, or may: its rules mean something else and no rule elsewhere says the same
    /// instead; or that cannot be said; or its prose binds and there is no rule that says what it means, or the rules that
    /// say it stand elsewhere and ask for something else.
    pub fn is_material(&self) -> bool {
        let may_ask_else =
            |remark: &Remark| matches!(remark, Remark::NoRule | Remark::Definition(_) | Remark::Undecided);
        let asks_else = |effect: &Effect| effect.shifts.iter().any(|shift| shift.elsewhere.is_empty());
        self.effect.as_ref().is_some_and(asks_else) || self.remarks.iter().any(may_ask_else) || self.is_said_elsewhere
    }

    /// What it asks of people compared with before; `None` where it has no rules.
    pub fn verdict(&self) -> Option<Verdict> {
        let effect = self.effect.as_ref()?;
        Some(match effect.verdict() {
            norms::Verdict::Tightened => Verdict::Tightened,
            norms::Verdict::Relaxed => Verdict::Relaxed,
            norms::Verdict::Both => Verdict::Both,
            norms::Verdict::Unchanged if effect.undecided => Verdict::Undecided,
            norms::Verdict::Unchanged => Verdict::Unchanged,
        })
    }

    fn is_worth_telling(&self) -> bool {
        !self.changes.is_empty() || !self.remarks.is_empty()
    }
}

/// The rules that stand in a block, or in the policy itself outside its blocks.
fn rules_in(policy: PolicyId, it: &Policy, place: Parent) -> Vec<RuleId> {
    let rules = it.items_of(place).iter().filter_map(|item| match item {
        Item::Rule(index) => Some(RuleId { policy, index: *index }),
        _ => None,
    });
    rules.collect()
}

impl Remark {
    /// What it is about.
    pub fn topic(&self) -> Topic {
        match self {
            Remark::WordsWithoutRules => Topic::WordsWithoutRules,
            Remark::RulesWithoutWords => Topic::RulesWithoutWords,
            Remark::NoRule | Remark::Definition(_) => Topic::NoRule,
            Remark::ThroughWords(_) => Topic::ThroughWords,
            Remark::ThroughOverrides => Topic::ThroughOverrides,
            Remark::Undecided => Topic::Undecided,
            Remark::LostId => Topic::LostId,
            Remark::RuleMoved { .. } => Topic::RuleMoved,
        }
    }
}

/// A word's kind and id, by which it is the same on both sides.
fn name_of(collection: &Collection, word: WordId) -> (Kind, &str) {
    let word = collection.vocabulary.word(word);
    (word.kind, &word.id)
}
