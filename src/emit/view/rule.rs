//! Rules as the contract writes them, each with its English sentence and the prose it stands beside.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Condition, ContentHash, Quantity, Scope, Source};
use crate::model::{self, Choice, Modality, RuleId};
use crate::verbalise::{self, Told};

/// A rule, with everything it inherits. Names of parties and things are ids of the vocabulary, or of a definition of the
/// same policy that has an `as` list; the definition comes first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rule<'a> {
    /// Its key: that of its clause, `#`, and its name or, where it has none, its place among the rules of the clause.
    pub key: &'a str,
    /// Whether the key ends in a place, which changes when a rule is put before it.
    #[serde(skip_serializing_if = "is_false")]
    pub positional: bool,
    /// Whether its policy is withdrawn, so that the rule no longer binds anybody.
    #[serde(skip_serializing_if = "is_false")]
    pub withdrawn: bool,
    /// Key of the block it stands in; absent for a rule of the policy itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<&'a str>,
    /// The number of that block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<&'a str>,
    /// Its force: `must`, `must not`, `should`, `should not`, `may` or `need not`.
    #[schemars(extend("enum" = Modality::ALL.map(Modality::words)))]
    pub modality: &'static str,
    /// Whom it binds: each of them.
    pub bearers: Vec<&'a str>,
    /// What is done.
    pub actions: Vec<&'a str>,
    /// Whether `each` action is meant or `any` one will do.
    #[schemars(extend("enum" = ["each", "any"]))]
    pub actions_are: &'static str,
    /// What it is done to; empty where nothing is named.
    pub object: Vec<&'a str>,
    /// Whether `each` object is meant or `any` one, or anything below it, will do; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["each", "any"]))]
    pub object_is: Option<&'static str>,
    /// What else the act involves.
    pub slots: Vec<Slot<'a>>,
    /// Where it applies; absent where it applies everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition<'a>>,
    /// For a permission: where `when` holds and this does not, the act is forbidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_when: Option<Condition<'a>>,
    /// Where it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unless: Option<Condition<'a>>,
    /// Its time limits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline<'a>>,
    /// How often it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// The consequences of a breach.
    pub on_breach: Vec<&'a str>,
    /// Keys of the rules that give way to this one, whichever of the two says so.
    pub overrides: Vec<&'a str>,
    /// Ids of the related documents, none of them a policy of the collection, that this rule gives way to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub yields_to: Vec<&'a str>,
    /// The rule as an English sentence, made from the labels of the vocabulary.
    pub statement: String,
    /// The text of the prose it stands beside, without markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prose: Option<String>,
    /// SHA-256 of what the rule says, its key, place, sentence and prose aside.
    pub content_hash: ContentHash,
    /// Where it stands.
    pub source: Source<'a>,
    /// The statement in parts, so that a page can set the modality off.
    #[serde(skip)]
    pub told: Told,
    /// The rule in the model.
    #[serde(skip)]
    pub index: RuleId,
}

/// A preposition and what follows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Slot<'a> {
    /// The preposition.
    pub preposition: &'static str,
    /// The names after it.
    pub fillers: Vec<&'a str>,
    /// Whether `each` filler is meant or `any` one will do.
    #[schemars(extend("enum" = ["each", "any"]))]
    pub fillers_are: &'static str,
}

/// The time limits of a rule; those that are absent limit nothing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Deadline<'a> {
    /// Within this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Quantity>,
    /// The event `within` counts from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<&'a str>,
    /// Before this event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<&'a str>,
    /// After this event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<&'a str>,
    /// Until this event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<&'a str>,
    /// At once.
    #[serde(skip_serializing_if = "is_false")]
    pub immediately: bool,
}

/// How often something is to be done.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Recurrence {
    /// Every so long.
    pub every: Quantity,
}

impl<'a> Rule<'a> {
    pub(super) fn new(scope: Scope<'a>, index: RuleId, prose: Option<String>, content_hash: ContentHash) -> Self {
        let policy = scope.collection.policy(index.policy);
        let rule = scope.collection.rule(index);
        let block = rule.block.map(|block| policy.block(block));
        let words = |ids: &[model::WordId]| ids.iter().map(|&id| scope.word(id)).collect();
        let object_is = if rule.objects.any { Choice::Any } else { rule.objects.are };
        let told = verbalise::tell(scope.collection, index);
        Rule {
            key: &rule.key,
            positional: rule.name.is_none(),
            withdrawn: policy.is_withdrawn(),
            clause: block.map(|block| block.key.as_str()),
            number: block.and_then(|block| block.number.as_deref()),
            modality: rule.modality.words(),
            bearers: scope.fillers(policy, &rule.bearers),
            actions: words(&rule.actions),
            actions_are: choice(rule.actions_are),
            object: scope.fillers(policy, &rule.objects.names),
            object_is: (!rule.objects.names.is_empty()).then(|| choice(object_is)),
            slots: rule
                .slots
                .iter()
                .map(|slot| Slot {
                    preposition: slot.preposition,
                    fillers: scope.fillers(policy, &slot.names),
                    fillers_are: choice(slot.are),
                })
                .collect(),
            when: Condition::list(scope, policy, &rule.when, true),
            only_when: Condition::list(scope, policy, &rule.only_when, true),
            unless: Condition::list(scope, policy, &rule.unless, false),
            deadline: Deadline::new(scope, &rule.deadline),
            recurrence: rule.every.map(|every| Recurrence { every: every.into() }),
            on_breach: words(&rule.on_breach),
            overrides: rule.overrides.iter().map(|&loser| scope.collection.rule(loser).key.as_str()).collect(),
            yields_to: rule
                .yields_outside
                .iter()
                .filter_map(|&at| policy.related.get(at as usize))
                .map(|related| related.id.as_str())
                .collect(),
            statement: told.sentence(),
            prose,
            content_hash,
            source: Source::new(rule.span, scope.sources),
            told,
            index,
        }
    }
}

impl<'a> Deadline<'a> {
    fn new(scope: Scope<'a>, deadline: &model::Deadline) -> Option<Self> {
        if deadline.is_empty() {
            return None;
        }
        let event = |id: Option<model::WordId>| id.map(|id| scope.word(id));
        Some(Deadline {
            within: deadline.within.map(|(amount, _)| amount.into()),
            of: deadline.within.and_then(|(_, of)| event(of)),
            before: event(deadline.before),
            after: event(deadline.after),
            until: event(deadline.until),
            immediately: deadline.immediately,
        })
    }
}

fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Each => "each",
        Choice::Any => "any",
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
