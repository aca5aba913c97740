//! Conditions in words.
//!
//! A condition is first brought into a form in which *not* stands at single facts only; then each part becomes a phrase
//! that follows the act (*in working hours*) or a clause after *when* (*the relationship is immediate family*). Where *and*
//! and *or* meet, *either*, a comma or a repeated *when* says what belongs together.

use super::{Sentence, Teller, label, negation};
use crate::model::{Comparison, Condition, FactId, FactKind, Filler, Qualified, Unit, Value};

/// A condition with its negations pushed inwards and its joints flattened.
enum Logic<'c> {
    And(Vec<Logic<'c>>),
    Or(Vec<Logic<'c>>),
    Fact(&'c Condition, bool),
}

/// What can stand after *when* or *unless*.
struct Clause {
    text: String,
    /// The subject it lacks: `asked to do so` can stand after *when* alone, but not beside `the pupil is absent`.
    lacks: Option<&'static str>,
    /// Holds a joining word of its own.
    compound: bool,
}

/// The subject of an adjective about those whom the rule binds.
const THEY: &str = "they are";
/// The subject of an adjective about what they do.
const IT: &str = "it is";

/// What the *when* or *only when* of a rule says, sorted by where it goes in the sentence.
pub(super) struct Circumstances {
    phrases: Vec<String>,
    /// Phrases with an *or* between them.
    choices: Vec<String>,
    clauses: Vec<Clause>,
}

impl Teller<'_> {
    /// The parts of a *when* or *only when*, all of which hold.
    pub(super) fn circumstances(self, parts: &[Qualified]) -> Circumstances {
        let mut told = Circumstances { phrases: Vec::new(), choices: Vec::new(), clauses: Vec::new() };
        for part in joined(parts.iter().map(|part| logic(&part.condition, true)), true) {
            match self.phrase(&part) {
                Some((phrase, false)) => told.phrases.push(phrase),
                Some((phrase, true)) => told.choices.push(phrase),
                None => told.clauses.push(self.clause(&part)),
            }
        }
        told
    }

    /// The parts of an *unless*, any of which will do, with the word itself.
    pub(super) fn exceptions(self, parts: &[Qualified]) -> Option<String> {
        let parts = joined(parts.iter().map(|part| logic(&part.condition, true)), false);
        introduced(&self.alternatives(&parts), "unless", "or")
    }

    /// Conditions of which any will do. Those who may each approve or consent alone are told together.
    fn alternatives(self, parts: &[Logic<'_>]) -> Vec<Clause> {
        let simple = |names: &[Filler]| names.iter().all(|&name| !label::is_compound(self.one(name)));
        let alone = |part: &Logic<'_>, approve: bool| match part {
            Logic::Fact(Condition::Approval(names, 1), true) if approve && simple(names) => Some(names.clone()),
            Logic::Fact(Condition::Consent(names, 1), true) if !approve && simple(names) => Some(names.clone()),
            _ => None,
        };
        let mut clauses: Vec<Clause> = Vec::with_capacity(parts.len());
        let mut told = [false, false];
        for part in parts {
            let Some(approve) = [true, false].into_iter().find(|&approve| alone(part, approve).is_some()) else {
                clauses.push(self.clause(part));
                continue;
            };
            if std::mem::replace(&mut told[usize::from(approve)], true) {
                continue;
            }
            let names: Vec<Filler> = parts.iter().filter_map(|part| alone(part, approve)).flatten().collect();
            let (who, several) = self.quorum(&names, 1);
            let text = agreement(&who, several, if approve { "approve" } else { "consent" }, true);
            clauses.push(Clause { text, lacks: None, compound: names.len() > 1 });
        }
        clauses
    }

    /// A condition by itself.
    pub(super) fn alone(self, condition: &Condition) -> String {
        self.clause(&logic(condition, true)).full()
    }

    /// What follows the act without any *when*, and whether it holds an *or*.
    fn phrase(self, logic: &Logic<'_>) -> Option<(String, bool)> {
        match logic {
            Logic::Fact(condition, true) => self.fact_phrase(condition),
            Logic::Fact(_, false) | Logic::And(_) => None,
            Logic::Or(parts) => {
                let phrases: Option<Vec<_>> = parts.iter().map(|part| self.phrase(part)).collect();
                let phrases: Vec<String> = phrases?.into_iter().map(|(phrase, _)| phrase).collect();
                Some((label::list(&phrases, "or"), true))
            }
        }
    }

    fn fact_phrase(self, condition: &Condition) -> Option<(String, bool)> {
        match condition {
            Condition::Flag(fact) => {
                let label = &self.vocabulary.fact(*fact).label;
                label::is_phrase_of_act(label).then(|| (label.clone(), false))
            }
            Condition::Choice(fact, values) => {
                let labels = self.labels(*fact, values);
                if labels.is_empty() || !labels.iter().all(|label| label::is_phrase(label)) {
                    return None;
                }
                match (labels.as_slice(), label::shared(&labels, "or")) {
                    ([one], _) => Some(((*one).to_owned(), false)),
                    (_, Some(shared)) => Some((shared, false)),
                    _ => Some((label::list(&owned(&labels), "or"), true)),
                }
            }
            Condition::Approval(names, count) => {
                Some((format!("with the approval of {}", self.quorum(names, *count).0), false))
            }
            Condition::Consent(names, count) => {
                Some((format!("with the consent of {}", self.quorum(names, *count).0), false))
            }
            _ => None,
        }
    }

    fn clause(self, logic: &Logic<'_>) -> Clause {
        match logic {
            Logic::Fact(condition, holds) => self.fact_clause(condition, *holds),
            Logic::And(parts) => self.joined_clause(parts, "and"),
            Logic::Or(parts) => self.joined_clause(parts, "or"),
        }
    }

    fn joined_clause(self, parts: &[Logic<'_>], joiner: &str) -> Clause {
        let clauses: Vec<Clause> = parts.iter().map(|part| self.clause(part)).collect();
        let alike = alike(&clauses);
        let nested = |part: &Logic<'_>| matches!(part, Logic::And(_) | Logic::Or(_));
        let texts: Vec<String> = parts
            .iter()
            .zip(&clauses)
            .map(|(part, clause)| match part {
                // Three levels of joints need brackets: no English keeps them apart.
                Logic::And(inner) | Logic::Or(inner) if inner.iter().any(nested) => format!("({})", clause.text),
                Logic::Or(_) if clauses.len() > 1 => format!("either {}", clause.text),
                _ if alike => clause.text.clone(),
                _ => clause.full(),
            })
            .collect();
        let text = label::list(&once(texts), joiner);
        // With *and* inside, *either* and the comma before *or* say where each alternative ends.
        let text = if joiner == "or" && parts.iter().any(nested) { format!("either {text}") } else { text };
        let lacks = clauses.first().filter(|_| alike).and_then(|clause| clause.lacks);
        Clause { text, lacks, compound: parts.len() > 1 }
    }

    fn fact_clause(self, condition: &Condition, holds: bool) -> Clause {
        let clause = |text: String, lacks| Clause { compound: label::is_compound(&text), text, lacks };
        match condition {
            Condition::Flag(fact) => {
                let fact = self.vocabulary.fact(*fact);
                // What the actor decides is said of the act, a circumstance of the actor.
                let subject = Some(if fact.chosen { IT } else { THEY });
                // A label may begin with its verb: `is absent`, `has been told`.
                let label = fact.label.strip_prefix("is ").unwrap_or(&fact.label);
                let had = label
                    .strip_prefix("has ")
                    .map(|rest| if fact.chosen { format!("it has {rest}") } else { format!("they have {rest}") });
                let label = had.as_deref().unwrap_or(label);
                match (label::is_phrase_of_act(label), label::has_subject(label), holds) {
                    (true, _, true) => clause(format!("it is {label}"), None),
                    (true, _, false) => clause(format!("it is not {label}"), None),
                    (_, true, true) => clause(label.to_owned(), None),
                    (_, true, false) => clause(negation::denied(label), None),
                    (_, false, true) => clause(label.to_owned(), subject),
                    (_, false, false) => clause(format!("not {label}"), subject),
                }
            }
            Condition::Choice(fact, values) => clause(self.choice(*fact, values, holds), None),
            &Condition::Quantity(fact, comparison, amount) => {
                let label = &self.vocabulary.fact(fact).label;
                let counts = matches!(amount.unit, Unit::Person | Unit::Time) && label.starts_with("number of ");
                let amount = if counts { amount.number.to_string() } else { amount.to_string() };
                clause(format!("{} is {} {amount}", label::the(label), compared(comparison, holds)), None)
            }
            Condition::Approval(names, count) => {
                let (who, several) = self.quorum(names, *count);
                clause(agreement(&who, several, "approve", holds), None)
            }
            Condition::Consent(names, count) => {
                let (who, several) = self.quorum(names, *count);
                clause(agreement(&who, several, "consent", holds), None)
            }
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => self.clause(&logic(condition, holds)),
        }
    }

    fn choice(self, fact: FactId, values: &[u32], holds: bool) -> String {
        let labels = self.labels(fact, values);
        let phrases = labels.iter().all(|label| label::is_phrase(label));
        if !phrases && labels.iter().any(|label| label::is_phrase(label)) {
            return self.mixed_choice(fact, &labels, holds);
        }
        let subject = if phrases { "it".to_owned() } else { label::the(&self.vocabulary.fact(fact).label) };
        let words = match (label::shared(&labels, "or"), labels.as_slice(), holds) {
            (Some(shared), [_, _, ..], true) => shared,
            (Some(shared), [_, _, ..], false) => format!("not {shared}"),
            (_, [first, second], false) => format!("neither {first} nor {second}"),
            (_, [_, _, _, ..], false) => format!("none of {}", label::list(&owned(&labels), "and")),
            (_, _, true) => label::list(&owned(&labels), "or"),
            (_, _, false) => format!("not {}", label::list(&owned(&labels), "or")),
        };
        format!("{subject} is {words}")
    }

    /// Values of which some are phrases and some are not: `it is for teaching or the purpose is business`.
    fn mixed_choice(self, fact: FactId, labels: &[&str], holds: bool) -> String {
        let the_fact = label::the(&self.vocabulary.fact(fact).label);
        let (is, joiner) = if holds { ("is", "or") } else { ("is not", "and") };
        let told = |label: &&str| {
            let subject = if label::is_phrase(label) { "it" } else { the_fact.as_str() };
            format!("{subject} {is} {label}")
        };
        label::list(&labels.iter().map(told).collect::<Vec<_>>(), joiner)
    }

    fn labels(&self, fact: FactId, values: &[u32]) -> Vec<&str> {
        let FactKind::Choice(known) = &self.vocabulary.fact(fact).kind else { return Vec::new() };
        values.iter().filter_map(|&at| known.get(at as usize)).map(|value: &Value| value.label.as_str()).collect()
    }
}

impl Circumstances {
    /// The phrases put behind the act. A choice among others is set off by commas.
    pub(super) fn phrases_onto(&self, sentence: &mut Sentence) {
        self.phrases.iter().for_each(|phrase| sentence.words(phrase));
        let set_off = self.phrases.len() + self.choices.len() + self.clauses.len() > 1;
        for choice in &self.choices {
            if set_off {
                sentence.aside("either");
            }
            sentence.words(choice);
            sentence.open = set_off;
        }
    }

    /// The clauses with their *when*.
    pub(super) fn clauses(&self) -> Option<String> {
        introduced(&self.clauses, "when", "and")
    }

    /// Everything, as it stands after *but only*.
    pub(super) fn together(&self) -> Option<String> {
        let mut sentence = Sentence::default();
        self.phrases_onto(&mut sentence);
        match (sentence.text.trim_start_matches([',', ' ']), self.clauses()) {
            ("", clauses) => clauses,
            (phrases, None) => Some(phrases.to_owned()),
            (phrases, Some(clauses)) => Some(format!("{phrases} and {clauses}")),
        }
    }
}

impl Clause {
    /// The clause with a subject.
    fn full(&self) -> String {
        match self.lacks {
            Some(subject) => format!("{subject} {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// Whether clauses all have their subjects or all lack the same.
fn alike(clauses: &[Clause]) -> bool {
    clauses.iter().all(|clause| Some(clause.lacks) == clauses.first().map(|first| first.lacks))
}

/// Clauses with the word that introduces them, said again before each where they could be mistaken without it.
fn introduced(clauses: &[Clause], word: &str, joiner: &str) -> Option<String> {
    let alike = alike(clauses);
    let compound = clauses.len() > 1 && clauses.iter().any(|clause| clause.compound);
    let again = if compound { format!("{word} ") } else { String::new() };
    let text = |clause: &Clause| if alike { clause.text.clone() } else { clause.full() };
    let texts: Vec<String> = clauses.iter().map(|clause| format!("{again}{}", text(clause))).collect();
    let (last, first) = texts.split_last()?;
    let list = match first {
        [] => last.clone(),
        _ => format!("{}{} {joiner} {last}", first.join(", "), if compound { "," } else { "" }),
    };
    Some(if compound { list } else { format!("{word} {list}") })
}

/// Clauses that all speak of *it*, which is then said once: `it is for teaching and on school premises`.
fn once(clauses: Vec<String>) -> Vec<String> {
    const IT: &str = "it is ";
    if !clauses
        .iter()
        .all(|clause| clause.starts_with(IT) && !clause.contains("so that") && !label::is_compound(clause))
    {
        return clauses;
    }
    let shorter = |(at, clause): (usize, String)| match clause.strip_prefix(IT) {
        Some(rest) if at > 0 => rest.to_owned(),
        _ => clause,
    };
    clauses.into_iter().enumerate().map(shorter).collect()
}

fn logic(condition: &Condition, holds: bool) -> Logic<'_> {
    match condition {
        Condition::Not(inner) => logic(inner, !holds),
        Condition::All(parts) | Condition::Any(parts) => {
            let all = matches!(condition, Condition::All(_)) == holds;
            let mut parts = joined(parts.iter().map(|part| logic(part, holds)), all);
            match parts.len() {
                1 => parts.remove(0),
                _ if all => Logic::And(parts),
                _ => Logic::Or(parts),
            }
        }
        fact => Logic::Fact(fact, holds),
    }
}

/// Parts joined by *and* (or else by *or*), those that are joined so themselves taken apart.
fn joined<'c>(parts: impl Iterator<Item = Logic<'c>>, all: bool) -> Vec<Logic<'c>> {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Logic::And(inner) if all => flat.extend(inner),
            Logic::Or(inner) if !all => flat.extend(inner),
            other => flat.push(other),
        }
    }
    flat
}

fn compared(comparison: Comparison, holds: bool) -> &'static str {
    match (comparison, holds) {
        (_, true) => comparison.words(),
        (Comparison::AtMost, false) => Comparison::MoreThan.words(),
        (Comparison::AtLeast, false) => Comparison::LessThan.words(),
        (Comparison::MoreThan, false) => Comparison::AtMost.words(),
        (Comparison::LessThan, false) => Comparison::AtLeast.words(),
        (Comparison::Exactly, false) => "not exactly",
    }
}

fn agreement(who: &str, several: bool, verb: &str, holds: bool) -> String {
    if let (false, Some(count)) = (holds, who.strip_prefix("at least ")) {
        return format!("fewer than {count} {verb}");
    }
    match (holds, several) {
        (true, true) => format!("{who} {verb}"),
        (true, false) => format!("{who} {verb}s"),
        (false, true) if who.starts_with("both ") => format!("it is not so that {who} {verb}"),
        (false, true) => format!("{who} do not {verb}"),
        (false, false) if who.contains(" or ") => format!("it is not so that {who} {verb}s"),
        (false, false) => format!("{who} does not {verb}"),
    }
}

fn owned(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|&label| label.to_owned()).collect()
}
