//! The rows of the document control.

use serde::Serialize;

use super::{Date, Scope, StatusTold, capitalised, joined, organisation, party, several, the};
use crate::model::{Kind, Policy, PolicyId, Silence, WordId};

/// A row: what it is about, and what there is to say, in pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::emit) struct Row {
    /// What it is about.
    pub label: &'static str,
    /// What there is to say.
    pub pieces: Vec<Piece>,
}

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::emit) struct Piece {
    /// Its words.
    pub text: String,
    /// The date it tells, for programs.
    pub date: Option<String>,
}

/// The rows of a policy's document control, those with nothing to say left out.
pub(in crate::emit) fn control(scope: Scope<'_>, id: PolicyId) -> Vec<Row> {
    let policy = scope.collection.policy(id);
    let vocabulary = &scope.collection.vocabulary;
    let mut rows = vec![text("Organisation", whose(scope, id))];
    rows.extend(policy.version.as_ref().map(|(version, _)| text("Version", version.clone())));
    rows.extend(policy.status.map(|(status, _)| text("Status", StatusTold::from(status).label.to_owned())));
    rows.extend(policy.owner.map(|owner| text("Owner", party(vocabulary, owner))));
    rows.extend(approved(scope, policy));
    rows.extend(policy.effective.map(|(day, _)| row("In force from", vec![day.into()])));
    rows.extend(review(policy));
    let audience: Vec<&str> = policy.audience.iter().map(|&word| several(vocabulary, word)).collect();
    rows.extend((!audience.is_empty()).then(|| text("For", capitalised(&audience.join(", ")))));
    rows.extend((!policy.supersedes.is_empty()).then(|| text("Supersedes", policy.supersedes.join("; "))));
    rows.extend(policy.contact.as_ref().map(|contact| text("Contact", contact.clone())));
    let silence = policy.default.map(|silence| match silence {
        Silence::Permitted => "What no rule speaks of is permitted",
        Silence::Forbidden => "What no rule speaks of is forbidden",
        Silence::Silent => "What no rule speaks of is left open",
    });
    rows.extend(silence.map(|told| text("Where this policy is silent", told.to_owned())));
    let unset: Vec<&str> =
        policy.parameters.iter().filter(|it| it.value.is_none()).map(|it| it.label.as_str()).collect();
    rows.extend((!unset.is_empty()).then(|| text("Still to be filled in", capitalised(&unset.join("; ")))));
    rows
}

/// The organisation, and those below it, for which a policy speaks too.
fn whose(scope: Scope<'_>, id: PolicyId) -> String {
    let vocabulary = &scope.collection.vocabulary;
    let name = organisation(scope, id).to_owned();
    let Some(word) = scope.collection.policy(id).organisation else { return name };
    let mut below: Vec<WordId> = Vec::new();
    let mut open: Vec<WordId> = vocabulary.word(word).children.iter().rev().copied().collect();
    while let Some(word) = open.pop() {
        if !below.contains(&word) && vocabulary.word(word).kind == Kind::Organisation {
            below.push(word);
            open.extend(vocabulary.word(word).children.iter().rev());
        }
    }
    if below.is_empty() {
        return name;
    }
    let labels: Vec<&str> = below.iter().map(|&word| vocabulary.word(word).label.as_str()).collect();
    format!("{name}, and with it {}", joined(&labels))
}

fn approved(scope: Scope<'_>, policy: &Policy) -> Option<Row> {
    let approval = policy.approved.as_ref()?;
    let by: Vec<String> = approval.by.iter().map(|&word| the(&scope.collection.vocabulary, word)).collect();
    let mut pieces: Vec<Piece> = approval.date.map(Piece::from).into_iter().collect();
    let mut words = String::new();
    if !by.is_empty() {
        words = format!("by {}", joined(&by));
    }
    if let Some(minute) = &approval.minute {
        words.push_str(if words.is_empty() { "minute " } else { ", minute " });
        words.push_str(minute);
    }
    pieces.push(Piece { text: if pieces.is_empty() { capitalised(&words) } else { format!(" {words}") }, date: None });
    Some(row("Approved", pieces))
}

/// How often a policy is reviewed: `every year`.
pub(in crate::emit) fn cycle(policy: &Policy) -> Option<String> {
    let (every, _) = policy.review.every?;
    Some(if every.number.is_one() {
        format!("every {}", every.unit.told(every.number))
    } else {
        format!("every {every}")
    })
}

fn review(policy: &Policy) -> Option<Row> {
    match (policy.review_due(), cycle(policy)) {
        (Some(due), Some(every)) => {
            Some(row("Next review", vec![due.into(), Piece { text: format!(", {every}"), date: None }]))
        }
        (Some(due), None) => Some(row("Next review", vec![due.into()])),
        (None, Some(every)) => Some(text("Review", capitalised(&every))),
        (None, None) => None,
    }
}

impl<T: Into<Date>> From<T> for Piece {
    fn from(date: T) -> Self {
        let date = date.into();
        Piece { text: date.told, date: Some(date.iso) }
    }
}

fn row(label: &'static str, pieces: Vec<Piece>) -> Row {
    Row { label, pieces }
}

fn text(label: &'static str, text: String) -> Row {
    row(label, vec![Piece { text, date: None }])
}
