//! The vocabulary as the contract writes it: words by kind, and facts.

use schemars::JsonSchema;
use serde::Serialize;

use super::Scope;
use crate::model::{self, Kind, Unit, WordId};

/// Words and facts, each list in the order of declaration.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Vocabulary<'a> {
    /// Trusts and schools.
    pub organisations: Vec<Word<'a>>,
    /// People in a role, and bodies.
    pub parties: Vec<Word<'a>>,
    /// What something is done to or with.
    pub things: Vec<Word<'a>>,
    /// What deadlines count from.
    pub events: Vec<Word<'a>>,
    /// What follows a breach.
    pub consequences: Vec<Word<'a>>,
    /// What is done.
    pub actions: Vec<Action<'a>>,
    /// What conditions ask about.
    pub facts: Vec<Fact<'a>>,
}

/// A word.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Word<'a> {
    /// Its id, unique among the words of its kind.
    pub id: &'a str,
    /// How it is told.
    pub label: &'a str,
    /// How several are told: of parties and things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plural: Option<&'a str>,
    /// Further forms of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<&'a str>,
    /// The words it lies directly below.
    pub parents: Vec<&'a str>,
    /// Words one person can be at the same time, as declared here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlaps: Vec<&'a str>,
    /// Whether the words below it are all there are.
    #[serde(skip_serializing_if = "is_false")]
    pub only: bool,
}

/// An action.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Action<'a> {
    /// Its id, unique among the actions.
    pub id: &'a str,
    /// How it is told after a word such as *must*.
    pub label: &'a str,
    /// Further forms of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<&'a str>,
    /// The actions it lies directly below.
    pub parents: Vec<&'a str>,
    /// Actions that cannot be done to the same object, as declared here.
    pub excludes: Vec<&'a str>,
    /// Whether the actions below it are all there are.
    #[serde(skip_serializing_if = "is_false")]
    pub only: bool,
    /// What it takes, inherited slots included: its object first, where it takes one.
    pub takes: Vec<Takes<'a>>,
}

/// A place an action has for a word.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Takes<'a> {
    /// The preposition; absent for the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preposition: Option<&'static str>,
    /// What may stand there.
    pub bound: Bound<'a>,
}

/// What may stand in a place.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Bound<'a> {
    /// Words of this kind.
    pub kind: BoundKind,
    /// Only this word and those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
}

/// A kind of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
pub enum BoundKind {
    /// A trust or a school.
    Organisation,
    /// A person in a role, or a body.
    Party,
    /// What something is done to or with.
    Thing,
    /// What is done.
    Action,
    /// What deadlines count from.
    Event,
    /// What follows a breach.
    Consequence,
}

/// A fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Fact<'a> {
    /// Its id, unique among the facts.
    pub id: &'a str,
    /// How it is told.
    pub label: &'a str,
    /// What its values are.
    #[serde(flatten)]
    pub kind: FactKind<'a>,
    /// Whether the one who acts decides it.
    #[serde(skip_serializing_if = "is_false")]
    pub chosen: bool,
}

/// What values a fact has.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FactKind<'a> {
    /// Yes or no.
    Flag,
    /// One of these.
    Choice {
        /// The values; the list is complete.
        values: Vec<Value<'a>>,
    },
    /// A quantity.
    Quantity {
        /// Its unit.
        #[schemars(extend("enum" = Unit::ALL.map(Unit::name)))]
        unit: &'static str,
    },
}

/// A value of a fact.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Value<'a> {
    /// Its id, unique among the values of the fact.
    pub id: &'a str,
    /// How it is told.
    pub label: &'a str,
}

impl<'a> Vocabulary<'a> {
    /// The words and facts that `word` and `fact` say yes to.
    pub(super) fn new(scope: Scope<'a>, word: impl Fn(usize) -> bool, fact: impl Fn(usize) -> bool) -> Self {
        let mut shown = Vocabulary::default();
        for (_, it) in scope.collection.vocabulary.words.iter().enumerate().filter(|&(at, _)| word(at)) {
            let list = match it.kind {
                Kind::Action => {
                    shown.actions.push(Action::new(scope, it));
                    continue;
                }
                Kind::Organisation => &mut shown.organisations,
                Kind::Party => &mut shown.parties,
                Kind::Thing => &mut shown.things,
                Kind::Event => &mut shown.events,
                Kind::Consequence => &mut shown.consequences,
            };
            list.push(Word::new(scope, it));
        }
        let facts = scope.collection.vocabulary.facts.iter().enumerate();
        shown.facts = facts.filter(|&(at, _)| fact(at)).map(|(_, it)| Fact::new(it)).collect();
        shown
    }
}

impl<'a> Word<'a> {
    fn new(scope: Scope<'a>, word: &'a model::Word) -> Self {
        Word {
            id: &word.id,
            label: &word.label,
            plural: matches!(word.kind, Kind::Party | Kind::Thing).then_some(word.plural.as_str()),
            also: word.also.iter().map(String::as_str).collect(),
            parents: ids(scope, &word.parents),
            overlaps: ids(scope, &word.overlaps),
            only: word.only,
        }
    }
}

impl<'a> Action<'a> {
    fn new(scope: Scope<'a>, word: &'a model::Word) -> Self {
        let object = word.takes.object.map(|bound| (None, bound));
        let slots = word.takes.slots.iter().map(|&(preposition, bound)| (Some(preposition), bound));
        let takes = object.into_iter().chain(slots);
        Action {
            id: &word.id,
            label: &word.label,
            also: word.also.iter().map(String::as_str).collect(),
            parents: ids(scope, &word.parents),
            excludes: ids(scope, &word.excludes),
            only: word.only,
            takes: takes.map(|(preposition, bound)| Takes { preposition, bound: Bound::new(scope, bound) }).collect(),
        }
    }
}

impl<'a> Bound<'a> {
    fn new(scope: Scope<'a>, bound: model::Bound) -> Self {
        match bound {
            model::Bound::Kind(kind) => Bound { kind: kind.into(), id: None },
            model::Bound::Word(word) => {
                let word = scope.collection.vocabulary.word(word);
                Bound { kind: word.kind.into(), id: Some(&word.id) }
            }
        }
    }
}

impl<'a> Fact<'a> {
    fn new(fact: &'a model::Fact) -> Self {
        let kind = match &fact.kind {
            model::FactKind::Flag => FactKind::Flag,
            model::FactKind::Choice(values) => {
                FactKind::Choice { values: values.iter().map(|it| Value { id: &it.id, label: &it.label }).collect() }
            }
            model::FactKind::Quantity(unit) => FactKind::Quantity { unit: unit.name() },
        };
        Fact { id: &fact.id, label: &fact.label, kind, chosen: fact.chosen }
    }
}

impl From<Kind> for BoundKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Organisation => BoundKind::Organisation,
            Kind::Party => BoundKind::Party,
            Kind::Thing => BoundKind::Thing,
            Kind::Action => BoundKind::Action,
            Kind::Event => BoundKind::Event,
            Kind::Consequence => BoundKind::Consequence,
        }
    }
}

fn ids<'a>(scope: Scope<'a>, words: &[WordId]) -> Vec<&'a str> {
    words.iter().map(|&word| scope.word(word)).collect()
}

fn is_false(value: &bool) -> bool {
    !value
}
