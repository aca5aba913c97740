//! What is asked beside the act, and which of two rules asks for more: time limits, recurrence, consequences.

use super::Aspect;
use crate::model::{Deadline, Modality, Rule, WordId};

/// What kind of thing a norm is: only norms of one class are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// `must not`, `should not`.
    Ban,
    /// `must`, `should`.
    Duty,
    /// `may`.
    Permission,
    /// `need not`.
    Release,
}

impl Class {
    /// The class of a modality.
    pub(super) fn of(modality: Modality) -> Self {
        match modality {
            Modality::Must | Modality::Should => Class::Duty,
            Modality::MustNot | Modality::ShouldNot => Class::Ban,
            Modality::May => Class::Permission,
            Modality::NeedNot => Class::Release,
        }
    }

    /// Whether it gives freedom: to lose it is to be asked for more.
    pub(super) fn is_freedom(self) -> bool {
        matches!(self, Class::Permission | Class::Release)
    }
}

/// Whether norms with these two forces can be compared in a term: *should not* says nothing of how long *must not* holds.
pub(super) fn binds(modality: Modality) -> bool {
    !matches!(modality, Modality::Should | Modality::ShouldNot)
}

/// Whether the terms of `rule` are at least those of `other` in one aspect: whoever keeps to them, or is free by them,
/// keeps to the other's or is free by those too. Norms of both rules are of this class.
pub(super) fn at_least(aspect: Aspect, class: Class, rule: &Rule, other: &Rule) -> bool {
    let (ours, theirs) = (&rule.deadline, &other.deadline);
    match (aspect, class) {
        (Aspect::Deadline, Class::Duty) => no_later(ours, theirs),
        (Aspect::Deadline, _) => true,
        (Aspect::Limit, Class::Duty) => is_open(ours.after, theirs.after) && is_open(ours.until, theirs.until),
        (Aspect::Limit, _) => no_shorter(ours, theirs),
        (Aspect::Recurrence, Class::Duty) => match (rule.every, other.every) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(ours), Some(theirs)) => ours.compare(theirs).is_some_and(|order| order.is_le()),
        },
        (Aspect::Recurrence, _) => match (rule.every, other.every) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ours), Some(theirs)) => ours.compare(theirs).is_some_and(|order| order.is_le()),
        },
        _ => true,
    }
}

/// Whether a duty done within the one deadline is done within the other.
fn no_later(ours: &Deadline, theirs: &Deadline) -> bool {
    let within = match (ours.within, theirs.within) {
        (_, None) => true,
        _ if ours.immediately => true,
        (None, Some(_)) => false,
        (Some((ours, of)), Some((theirs, from))) => {
            of == from && ours.compare(theirs).is_some_and(|order| order.is_le())
        }
    };
    let before = theirs.before.is_none() || ours.immediately || ours.before == theirs.before;
    within && before && (ours.immediately || !theirs.immediately)
}

/// Whether a ban, or a freedom, holds for as long as another: every limit makes it hold for less.
fn no_shorter(ours: &Deadline, theirs: &Deadline) -> bool {
    let within = match (ours.within, theirs.within) {
        (None, _) => true,
        _ if theirs.immediately => true,
        (Some(_), None) => false,
        (Some((ours, of)), Some((theirs, from))) => {
            of == from && ours.compare(theirs).is_some_and(|order| order.is_ge())
        }
    };
    let before = theirs.immediately || is_open(ours.before, theirs.before);
    within
        && before
        && (!ours.immediately || theirs.immediately)
        && is_open(ours.after, theirs.after)
        && is_open(ours.until, theirs.until)
}

/// Whether a limit by an event is none, or the other's.
fn is_open(ours: Option<WordId>, theirs: Option<WordId>) -> bool {
    ours.is_none() || ours == theirs
}
