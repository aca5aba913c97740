//! Conditions as the contract writes them: unions told apart by `kind`.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Quantity, Scope};
use crate::model::{self, Comparison, FactKind, Policy};

/// What a rule asks of a situation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Condition<'a> {
    /// Every one of these holds.
    All {
        /// The conditions.
        of: Vec<Condition<'a>>,
    },
    /// At least one of these holds.
    Any {
        /// The conditions.
        of: Vec<Condition<'a>>,
    },
    /// This does not hold.
    Not {
        /// The condition.
        of: Box<Condition<'a>>,
    },
    /// A yes-or-no fact.
    Flag {
        /// The fact.
        fact: &'a str,
        /// Whether it is to be yes; a no is written as a `not` around it.
        is: bool,
    },
    /// A fact with a list of values.
    Choice {
        /// The fact.
        fact: &'a str,
        /// Any one of these values will do.
        r#in: Vec<&'a str>,
    },
    /// A quantity; it has exactly one of the five bounds.
    Quantity {
        /// The fact.
        fact: &'a str,
        /// This much or less.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_most: Option<Quantity>,
        /// This much or more.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_least: Option<Quantity>,
        /// More than this.
        #[serde(skip_serializing_if = "Option::is_none")]
        more_than: Option<Quantity>,
        /// Less than this.
        #[serde(skip_serializing_if = "Option::is_none")]
        less_than: Option<Quantity>,
        /// Just this.
        #[serde(skip_serializing_if = "Option::is_none")]
        exactly: Option<Quantity>,
    },
    /// Parties approve.
    Approval {
        /// The parties: words of the vocabulary or groups among the definitions.
        by: Vec<&'a str>,
        /// How many of them are needed.
        at_least: u32,
    },
    /// Parties consent.
    Consent {
        /// The party, or a list of them where `atLeast` counts them.
        of: OneOrMany<'a>,
        /// How many of them are needed; absent where there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_least: Option<u32>,
    },
}

/// One id, or a list of them where there are several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum OneOrMany<'a> {
    /// One.
    One(&'a str),
    /// Several.
    Many(Vec<&'a str>),
}

impl<'a> OneOrMany<'a> {
    pub(super) fn new(ids: Vec<&'a str>) -> Self {
        match ids.as_slice() {
            [one] => OneOrMany::One(one),
            _ => OneOrMany::Many(ids),
        }
    }
}

impl<'a> Condition<'a> {
    pub(super) fn new(scope: Scope<'a>, policy: &'a Policy, condition: &model::Condition) -> Self {
        let each = |parts: &[model::Condition]| parts.iter().map(|part| Condition::new(scope, policy, part)).collect();
        let fact = |id| scope.collection.vocabulary.fact(id);
        match condition {
            model::Condition::All(parts) => Condition::All { of: each(parts) },
            model::Condition::Any(parts) => Condition::Any { of: each(parts) },
            model::Condition::Not(inner) => Condition::Not { of: Box::new(Condition::new(scope, policy, inner)) },
            &model::Condition::Flag(id) => Condition::Flag { fact: &fact(id).id, is: true },
            model::Condition::Choice(id, values) => {
                let fact = fact(*id);
                let known: &[model::Value] = match &fact.kind {
                    FactKind::Choice(values) => values,
                    _ => &[],
                };
                let r#in = values.iter().filter_map(|&at| known.get(at as usize)).map(|it| it.id.as_str()).collect();
                Condition::Choice { fact: &fact.id, r#in }
            }
            &model::Condition::Quantity(id, comparison, amount) => {
                let bound = |it| (comparison == it).then(|| Quantity::from(amount));
                Condition::Quantity {
                    fact: &fact(id).id,
                    at_most: bound(Comparison::AtMost),
                    at_least: bound(Comparison::AtLeast),
                    more_than: bound(Comparison::MoreThan),
                    less_than: bound(Comparison::LessThan),
                    exactly: bound(Comparison::Exactly),
                }
            }
            model::Condition::Approval(names, count) => {
                Condition::Approval { by: scope.fillers(policy, names), at_least: *count }
            }
            model::Condition::Consent(names, count) => {
                let at_least = (names.len() > 1 || *count != 1).then_some(*count);
                Condition::Consent { of: OneOrMany::new(scope.fillers(policy, names)), at_least }
            }
        }
    }

    pub(super) fn list(scope: Scope<'a>, policy: &'a Policy, parts: &[model::Qualified], all: bool) -> Option<Self> {
        let condition = match parts {
            [] => return None,
            [one] => Cow::Borrowed(&one.condition),
            _ => {
                let parts = parts.iter().map(|part| part.condition.clone()).collect();
                Cow::Owned(if all { model::Condition::All(parts) } else { model::Condition::Any(parts) })
            }
        };
        Some(Condition::new(scope, policy, &condition))
    }
}
