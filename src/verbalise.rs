//! Rules told as English sentences, from the labels of the vocabulary alone.
//!
//! Whoever wrote the prose of a clause can read the sentence of its rule beside it and see whether the two agree, without
//! knowing the syntax. This module knows the model and nothing else: no prose, no source, no format.
//!
//! A sentence runs: who, modality, act, its circumstances (*for personal purposes*), time limits, *when*, *but only*,
//! *unless*. A list after a negation is joined by *or*, since "must not keep and show" would forbid only both together.

mod condition;
mod label;
mod names;
mod negation;
mod time;

use crate::model::{Choice, Collection, Condition, Modality, Policy, PolicyId, Rule, RuleId, Vocabulary};

/// A rule told, in parts, so that its modality can be set off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Everything before the modality, without the blank between.
    pub before: String,
    /// The words of the modality: `must not`.
    pub modality: &'static str,
    /// Everything after the modality, without the blank between, the full stop included.
    pub after: String,
    /// What a breach brings, as a short sentence of its own: `Breach: dismissal.`; no part of the sentence of the rule.
    pub breach: Option<String>,
}

/// The rule as one sentence.
pub fn statement(collection: &Collection, rule: RuleId) -> String {
    tell(collection, rule).sentence()
}

/// The rule told in parts.
pub fn tell(collection: &Collection, id: RuleId) -> Told {
    let teller = Teller { vocabulary: &collection.vocabulary, policy: collection.policy(id.policy) };
    let rule = collection.rule(id);
    Told {
        before: capitalised(&label::list(&teller.all(&rule.bearers), "and")),
        modality: rule.modality.words(),
        after: teller.after(rule),
        breach: teller.breach(rule),
    }
}

/// A condition of a rule of `policy` told by itself, as it would stand after *if*: `the relationship is immediate family`.
pub fn condition(collection: &Collection, policy: PolicyId, condition: &Condition) -> String {
    let teller = Teller { vocabulary: &collection.vocabulary, policy: collection.policy(policy) };
    teller.alone(condition)
}

/// The time limits of a rule and how often it is to be done, told by themselves: `within 1 school day of publication`.
pub fn deadline(collection: &Collection, rule: RuleId) -> Option<String> {
    let teller = Teller { vocabulary: &collection.vocabulary, policy: collection.policy(rule.policy) };
    teller.time(collection.rule(rule))
}

impl Told {
    /// The whole sentence.
    pub fn sentence(&self) -> String {
        format!("{} {} {}", self.before, self.modality, self.after)
    }
}

/// What a rule is told from: the words, and the policy whose groups it may name.
#[derive(Clone, Copy)]
struct Teller<'a> {
    vocabulary: &'a Vocabulary,
    policy: &'a Policy,
}

impl Teller<'_> {
    fn after(self, rule: &Rule) -> String {
        let mut text = self.act(rule);
        let when = self.circumstances(&rule.when);
        when.phrases_onto(&mut text);
        if let Some(time) = self.time(rule) {
            when.close_onto(&mut text);
            text.push(' ');
            text.push_str(&time);
        }
        if let Some(clauses) = when.clauses() {
            when.close_onto(&mut text);
            text.push(' ');
            text.push_str(&clauses);
        }
        if let Some(only) = self.circumstances(&rule.only_when).together() {
            text.push_str(", but only ");
            text.push_str(&only);
        }
        if let Some(exceptions) = self.exceptions(&rule.unless) {
            text.push_str(", ");
            text.push_str(&exceptions);
        }
        text.push('.');
        text
    }

    fn act(self, rule: &Rule) -> String {
        let joiner = |are| match are {
            Choice::Each if !is_negative(rule.modality) => "and",
            _ => "or",
        };
        let actions: Vec<String> = rule.actions.iter().map(|&id| self.vocabulary.word(id).label.clone()).collect();
        let mut text = label::list(&actions, joiner(rule.actions_are));
        if !rule.objects.names.is_empty() {
            let objects = if rule.objects.any {
                rule.objects.names.iter().map(|&name| format!("any {}", label::bare(self.one(name)))).collect()
            } else {
                self.all(&rule.objects.names)
            };
            text.push(' ');
            text.push_str(&label::list(&objects, joiner(rule.objects.are)));
        }
        for slot in &rule.slots {
            text.push(' ');
            text.push_str(slot.preposition);
            text.push(' ');
            text.push_str(&label::list(&self.all(&slot.names), joiner(slot.are)));
        }
        text
    }

    fn breach(self, rule: &Rule) -> Option<String> {
        let labels: Vec<String> = rule.on_breach.iter().map(|&id| self.vocabulary.word(id).label.clone()).collect();
        (!labels.is_empty()).then(|| format!("Breach: {}.", label::list(&labels, "and")))
    }
}

fn is_negative(modality: Modality) -> bool {
    matches!(modality, Modality::MustNot | Modality::ShouldNot | Modality::NeedNot)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
