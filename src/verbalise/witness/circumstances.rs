//! The circumstances of a situation in words: what holds first, then what does not, then what needs a clause of its own.

use super::Scene;
use crate::model::{Comparison, Condition, FactId, FactKind, Vocabulary};
use crate::norms::Value;
use crate::verbalise::{Teller, label};

/// Facts told, by where they stand in the sentence.
#[derive(Debug, Default)]
pub(in crate::verbalise) struct Circumstances {
    /// `in working hours`.
    holds: Vec<String>,
    /// `not on school premises`.
    lacks: Vec<String>,
    /// `the time spent in a day is 30 minutes`.
    clauses: Vec<String>,
}

impl Scene<'_> {
    /// Adds the facts with their values.
    pub(super) fn facts(self, facts: &[(FactId, Value)], told: &mut Circumstances) {
        let Some(rule) = self.rules.first() else { return };
        let teller = Teller { vocabulary: &self.collection.vocabulary, policy: self.collection.policy(rule.policy) };
        for &(fact, value) in facts {
            told.add(teller, fact, value);
        }
    }
}

impl Circumstances {
    /// Adds a phrase that follows the act.
    pub(super) fn holds(&mut self, phrase: String) {
        self.holds.push(phrase);
    }

    /// These and further ones.
    pub(in crate::verbalise) fn and(mut self, further: Circumstances) -> Self {
        self.holds.extend(further.holds);
        self.lacks.extend(further.lacks);
        self.clauses.extend(further.clauses);
        self
    }

    /// Whether there is nothing to tell.
    pub(in crate::verbalise) fn is_empty(&self) -> bool {
        self.holds.is_empty() && self.lacks.is_empty() && self.clauses.is_empty()
    }

    /// The act with its circumstances behind it, the first phrase close to it.
    pub(in crate::verbalise) fn after(&self, act: &str) -> String {
        self.behind(act, " ")
    }

    /// The same, all of them set off.
    pub(in crate::verbalise) fn set_off(&self, text: &str) -> String {
        self.behind(text, ", ")
    }

    fn behind(&self, text: &str, first: &str) -> String {
        let mut text = text.to_owned();
        for (index, phrase) in self.holds.iter().enumerate() {
            text.push_str(if index == 0 { first } else { ", " });
            text.push_str(phrase);
        }
        for phrase in &self.lacks {
            text.push_str(", ");
            text.push_str(phrase);
        }
        if !self.clauses.is_empty() {
            let alone = self.holds.is_empty() && self.lacks.is_empty();
            text.push_str(if alone { first } else { ", " });
            text.push_str("when ");
            text.push_str(&label::list(&subjects_once(&self.clauses), "and"));
        }
        text
    }

    fn add(&mut self, teller: Teller<'_>, fact: FactId, value: Value) {
        match value {
            Value::Flag(true) => self.tell(teller, Condition::Flag(fact), &teller.vocabulary.fact(fact).label),
            Value::Flag(false) => {
                let label = &teller.vocabulary.fact(fact).label;
                if label::is_phrase(label) {
                    self.lacks.push(format!("not {label}"));
                } else {
                    self.clauses.push(teller.alone(&Condition::Not(Box::new(Condition::Flag(fact)))));
                }
            }
            Value::Choice(value) => {
                let label = value_label(teller.vocabulary, fact, value);
                self.tell(teller, Condition::Choice(fact, vec![value]), label);
            }
            Value::Quantity(amount) => {
                let told = teller.alone(&Condition::Quantity(fact, Comparison::Exactly, amount));
                self.clauses.push(told.replacen(" is exactly ", " is ", 1));
            }
        }
    }

    fn tell(&mut self, teller: Teller<'_>, condition: Condition, label: &str) {
        if label::is_phrase(label) {
            self.holds.push(label.to_owned());
        } else {
            self.clauses.push(teller.alone(&condition));
        }
    }
}

/// The clauses, with a subject that the one before has too left out: `they are in doubt and asked to do so`.
fn subjects_once(clauses: &[String]) -> Vec<String> {
    let rest = |clause: &str, subject: &str| {
        let rest = clause.strip_prefix(subject)?;
        (!rest.starts_with("not ") && !label::is_compound(rest)).then(|| rest.to_owned())
    };
    let mut told: Vec<String> = Vec::with_capacity(clauses.len());
    for (at, clause) in clauses.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| clauses.get(before));
        let shared = ["they are ", "it is "].into_iter().find(|subject| {
            before.is_some_and(|before| rest(before, subject).is_some()) && rest(clause, subject).is_some()
        });
        told.push(shared.and_then(|subject| rest(clause, subject)).unwrap_or_else(|| clause.clone()));
    }
    told
}

fn value_label(vocabulary: &Vocabulary, fact: FactId, value: u32) -> &str {
    match &vocabulary.fact(fact).kind {
        FactKind::Choice(values) => values.get(value as usize).map_or("", |value| value.label.as_str()),
        _ => "",
    }
}
