//! Rules told as English sentences, from the labels of the vocabulary alone.
//!
//! Whoever wrote the prose of a clause can read the sentence of its rule beside it and see whether the two agree, without
//! knowing the syntax. A situation in which rules disagree is told the same way. This module knows the model and what an
//! analysis of norms answers, and nothing else: no prose, no source, no format.
//!
//! A sentence runs: who, modality, act, its circumstances (*for personal purposes*), time limits, *when*, *but only*,
//! *unless*. A list after a negation is joined by *or*, since "must not keep and show" would forbid only both together.

mod change;
mod condition;
mod gerund;
mod gist;
mod label;
mod names;
mod negation;
mod place;
mod situation;
mod time;
mod witness;

pub use change::{shift, verdict};
pub use place::place;
pub use situation::situation;
pub use witness::witness;

use crate::model::{Choice, Collection, Condition, Filler, Modality, Policy, PolicyId, Rule, RuleId, Slot, Vocabulary};

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
        before: capitalised(&teller.bearers(rule)),
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

/// A label with a definite article where it takes one: `the headteacher`, `Ofsted`.
pub fn the(label: &str) -> String {
    label::the(label)
}

/// Names in a rule of `policy`, each in the plural unless it is one of a kind: `members of staff`, `the headteacher`.
pub fn names(collection: &Collection, policy: PolicyId, names: &[Filler]) -> Vec<String> {
    Teller { vocabulary: &collection.vocabulary, policy: collection.policy(policy) }.all(names)
}

/// Items as one phrase: `a, b or c`, `pupils, or parents and carers`.
pub fn list(items: &[String], joiner: &str) -> String {
    label::list(items, joiner)
}

/// The time limits of a rule and how often it is to be done, told by themselves: `within 1 school day of publication`.
pub fn deadline(collection: &Collection, rule: RuleId) -> Option<String> {
    let teller = Teller { vocabulary: &collection.vocabulary, policy: collection.policy(rule.policy) };
    teller.time(collection.rule(rule))
}

/// What a rule says, short enough to stand beside it: without time limits, and without exceptions where those are long.
pub fn gist(collection: &Collection, rule: RuleId) -> String {
    let teller = Teller { vocabulary: &collection.vocabulary, policy: collection.policy(rule.policy) };
    teller.gist(collection.rule(rule))
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
        let mut sentence = Sentence::default();
        self.act(rule, &mut sentence);
        let when = self.circumstances(&rule.when);
        when.phrases_onto(&mut sentence);
        if let Some(time) = self.time(rule) {
            sentence.words(&time);
        }
        if let Some(clauses) = when.clauses() {
            sentence.words(&clauses);
        }
        if let Some(only) = self.circumstances(&rule.only_when).together() {
            sentence.aside("but only");
            sentence.words(&only);
        }
        if let Some(exceptions) = self.exceptions(&rule.unless) {
            sentence.aside(&exceptions);
        }
        sentence.text + "."
    }

    /// What is done. Slots that say what a thing is of or about stand next to it; an object that is a clause (*that their
    /// views are their own*) comes last, lest the slots be read as part of it.
    fn act(self, rule: &Rule, sentence: &mut Sentence) {
        let joiner = |are| match are {
            Choice::Each if !is_negative(rule.modality) => "and",
            _ => "or",
        };
        let actions: Vec<String> = rule.actions.iter().map(|&id| self.vocabulary.word(id).label.clone()).collect();
        sentence.words(&label::list(&actions, joiner(rule.actions_are)));
        let objects = if rule.objects.any {
            rule.objects.names.iter().map(|&name| format!("any {}", label::bare(self.one(name)))).collect()
        } else {
            self.all(&rule.objects.names)
        };
        let clause = objects.iter().any(|object| label::is_clause(object));
        if !clause {
            sentence.list(&objects, joiner(rule.objects.are));
        }
        let mut slots: Vec<&Slot> = rule.slots.iter().collect();
        slots.sort_by_key(|slot| match slot.preposition {
            "of" => 0,
            "about" => 1,
            _ => 2,
        });
        for slot in slots {
            sentence.words(slot.preposition);
            sentence.list(&self.all(&slot.names), joiner(slot.are));
        }
        if clause {
            sentence.list(&objects, joiner(rule.objects.are));
            sentence.open = true;
        }
    }

    fn bearers(self, rule: &Rule) -> String {
        let mut sentence = Sentence::default();
        sentence.list(&self.all(&rule.bearers), "and");
        let close = if sentence.open { "," } else { "" };
        sentence.text + close
    }

    fn breach(self, rule: &Rule) -> Option<String> {
        let labels: Vec<String> = rule.on_breach.iter().map(|&id| self.vocabulary.word(id).label.clone()).collect();
        (!labels.is_empty()).then(|| format!("Breach: {}.", label::list(&labels, "and")))
    }
}

/// A sentence as it grows.
#[derive(Default)]
struct Sentence {
    text: String,
    /// Whether its last words were set off by a comma and want another where the sentence goes on.
    open: bool,
}

impl Sentence {
    fn words(&mut self, words: &str) {
        if std::mem::take(&mut self.open) {
            self.text.push(',');
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }

    /// Words set off from those before.
    fn aside(&mut self, words: &str) {
        self.open = true;
        self.words(words);
    }

    /// Items joined; a pair whose items hold joining words of their own is set off at both ends.
    fn list(&mut self, items: &[String], joiner: &str) {
        if !items.is_empty() {
            self.words(&label::list(items, joiner));
            self.open = items.len() == 2 && items.iter().any(|item| label::is_compound(item));
        }
    }
}

fn is_negative(modality: Modality) -> bool {
    matches!(modality, Modality::MustNot | Modality::ShouldNot | Modality::NeedNot)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
