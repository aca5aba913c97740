//! Conditions of rules.

use super::{Amount, FactId, Filler};

/// What a rule asks of a situation.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Every one of these holds.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A yes-or-no fact is *yes*.
    Flag(FactId),
    /// A choice fact has one of these values, given by their places in its declaration.
    Choice(FactId, Vec<u32>),
    /// A quantity compares so with an amount.
    Quantity(FactId, Comparison, Amount),
    /// At least so many of these approve.
    Approval(Vec<Filler>, u32),
    /// At least so many of these consent.
    Consent(Vec<Filler>, u32),
}

/// How a quantity is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// This much or less.
    AtMost,
    /// This much or more.
    AtLeast,
    /// More than this.
    MoreThan,
    /// Less than this.
    LessThan,
    /// Just this.
    Exactly,
}

impl Comparison {
    /// The words it is written and told with.
    pub fn words(self) -> &'static str {
        match self {
            Comparison::AtMost => "at most",
            Comparison::AtLeast => "at least",
            Comparison::MoreThan => "more than",
            Comparison::LessThan => "less than",
            Comparison::Exactly => "exactly",
        }
    }
}

impl Condition {
    /// All of these together; a single one stands for itself, none is no condition.
    pub fn all(mut parts: Vec<Condition>) -> Option<Condition> {
        match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Condition::All(parts)),
        }
    }

    /// Any of these; a single one stands for itself, none is no condition.
    pub fn any(mut parts: Vec<Condition>) -> Option<Condition> {
        match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Condition::Any(parts)),
        }
    }

    /// Calls `visit` with this condition and everything inside it, from the outside in.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        visit(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Condition::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }
}
