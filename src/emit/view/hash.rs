//! Content hashes: SHA-256 over what a thing says, so that a reader can ask whether it has changed.
//!
//! A hash is no identity. What goes in, in this order, each field with its length so that no two can run together:
//!
//! - of a **rule**: modality; bearers; actions and how they are joined; objects, how they are joined, and `any`; each
//!   slot; `when`, `only when` and `unless`, inherited ones included; deadline; recurrence; consequences; keys of the rules
//!   it overrides; ids of the outside documents it yields to. Names are ids; a group goes in with the words it stands for.
//! - of **prose**: its Markdown as written, links in their braces, runs of blanks and single line ends folded into one
//!   blank, so that laying a paragraph out afresh changes nothing.
//! - of a **definition**: term, further forms, words it stands for, its prose.
//! - of a **block**: its kind, heading, and in order its prose, notes, rules, definitions, headings, withdrawn ids and
//!   inner blocks, the latter by their hashes.
//! - of a **policy**: every field of its header and, as of a block, everything in it.
//!
//! Never: ids of blocks, names of rules, numbers (which follow from the place), `was`, places in the source, accepted
//! findings, and the labels of the vocabulary.

use sha2::{Digest as _, Sha256};

use crate::model::{
    Amount, Collection, Condition, Definition, FactKind, Filler, Policy, Prose, Qualified, Rule, WordId,
};

/// A SHA-256 in lower-case hexadecimal digits.
pub type Hex = String;

/// A hash being made.
pub(super) struct Digest<'a> {
    hash: Sha256,
    collection: &'a Collection,
    policy: &'a Policy,
}

impl<'a> Digest<'a> {
    pub(super) fn new(collection: &'a Collection, policy: &'a Policy) -> Self {
        Digest { hash: Sha256::new(), collection, policy }
    }

    /// The hash of all fields so far.
    pub(super) fn finish(self) -> Hex {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let bytes = self.hash.finalize();
        bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)])).collect()
    }

    /// One field.
    pub(super) fn field(&mut self, text: &str) {
        self.count(text.len());
        self.hash.update(text.as_bytes());
    }

    /// A field that may be absent; absent is not the same as empty.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        self.count(usize::from(text.is_some()));
        if let Some(text) = text {
            self.field(text);
        }
    }

    /// How many fields follow.
    pub(super) fn count(&mut self, count: usize) {
        self.hash.update((count as u64).to_le_bytes());
    }

    /// A list of texts.
    pub(super) fn list<'t>(&mut self, texts: impl ExactSizeIterator<Item = &'t str>) {
        self.count(texts.len());
        texts.for_each(|text| self.field(text));
    }

    /// A list of words, by their ids.
    pub(super) fn words(&mut self, words: &[WordId]) {
        let collection = self.collection;
        self.list(words.iter().map(|&word| collection.vocabulary.word(word).id.as_str()));
    }

    /// Prose, blanks folded.
    pub(super) fn prose(&mut self, prose: &Prose) {
        self.field(&fold(&prose.markdown));
    }

    /// An amount, or none.
    pub(super) fn amount(&mut self, amount: Option<Amount>) {
        self.count(usize::from(amount.is_some()));
        if let Some(amount) = amount {
            self.field(&amount.number.to_string());
            self.field(amount.unit.name());
        }
    }

    fn fillers(&mut self, fillers: &[Filler]) {
        self.count(fillers.len());
        for filler in fillers {
            match *filler {
                Filler::Word(word) => {
                    self.field("word");
                    self.words(&[word]);
                }
                Filler::Group(definition) => {
                    let definition = self.policy.definition(definition);
                    self.field("group");
                    self.field(&definition.id);
                    self.words(&definition.group);
                }
            }
        }
    }

    fn conditions(&mut self, parts: &[Qualified]) {
        self.count(parts.len());
        parts.iter().for_each(|part| self.condition(&part.condition));
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                self.field(if matches!(condition, Condition::All(_)) { "all" } else { "any" });
                self.count(parts.len());
                parts.iter().for_each(|part| self.condition(part));
            }
            Condition::Not(inner) => {
                self.field("not");
                self.condition(inner);
            }
            &Condition::Flag(fact) => {
                self.field("flag");
                self.field(&self.collection.vocabulary.fact(fact).id);
            }
            Condition::Choice(fact, values) => {
                let fact = self.collection.vocabulary.fact(*fact);
                self.field("choice");
                self.field(&fact.id);
                self.count(values.len());
                if let FactKind::Choice(known) = &fact.kind {
                    values.iter().filter_map(|&at| known.get(at as usize)).for_each(|value| self.field(&value.id));
                }
            }
            &Condition::Quantity(fact, comparison, amount) => {
                self.field("quantity");
                self.field(&self.collection.vocabulary.fact(fact).id);
                self.field(comparison.words());
                self.amount(Some(amount));
            }
            Condition::Approval(names, count) | Condition::Consent(names, count) => {
                self.field(if matches!(condition, Condition::Approval(..)) { "approval" } else { "consent" });
                self.fillers(names);
                self.count(*count as usize);
            }
        }
    }
}

/// The hash of a rule.
pub(super) fn rule(collection: &Collection, policy: &Policy, rule: &Rule) -> Hex {
    let mut digest = Digest::new(collection, policy);
    digest.field("rule");
    digest.field(rule.modality.words());
    digest.fillers(&rule.bearers);
    digest.words(&rule.actions);
    digest.count(rule.actions_are as usize);
    digest.fillers(&rule.objects.names);
    digest.count(rule.objects.are as usize);
    digest.count(usize::from(rule.objects.any));
    digest.count(rule.slots.len());
    for slot in &rule.slots {
        digest.field(slot.preposition);
        digest.fillers(&slot.names);
        digest.count(slot.are as usize);
    }
    digest.conditions(&rule.when);
    digest.conditions(&rule.only_when);
    digest.conditions(&rule.unless);
    let deadline = &rule.deadline;
    digest.amount(deadline.within.map(|(amount, _)| amount));
    for event in [deadline.within.and_then(|(_, of)| of), deadline.before, deadline.after, deadline.until] {
        digest.words(event.as_slice());
    }
    digest.count(usize::from(deadline.immediately));
    digest.amount(rule.every);
    digest.words(&rule.on_breach);
    digest.list(rule.overrides.iter().map(|&loser| collection.rule(loser).key.as_str()));
    let outside: Vec<&str> = rule
        .yields_outside
        .iter()
        .filter_map(|&at| policy.related.get(at as usize))
        .map(|related| related.id.as_str())
        .collect();
    digest.list(outside.into_iter());
    digest.finish()
}

/// The hash of a definition.
pub(super) fn definition(collection: &Collection, policy: &Policy, definition: &Definition) -> Hex {
    let mut digest = Digest::new(collection, policy);
    digest.field("definition");
    digest.field(&definition.term);
    digest.list(definition.also.iter().map(String::as_str));
    digest.words(&definition.group);
    digest.count(usize::from(definition.prose.is_some()));
    if let Some(prose) = &definition.prose {
        digest.prose(prose);
    }
    digest.finish()
}

/// Everything a policy's header says, put into a hash.
pub(super) fn header(digest: &mut Digest<'_>, policy: &Policy) {
    digest.field("policy");
    digest.field(&policy.title);
    digest.words(policy.organisation.as_slice());
    digest.maybe(policy.version.as_ref().map(|(version, _)| version.as_str()));
    digest.maybe(policy.status.map(|(status, _)| status.name()));
    digest.words(policy.owner.as_slice());
    digest.maybe(policy.contact.as_deref());
    digest.maybe(policy.default.map(|silence| silence.name()));
    digest.count(usize::from(policy.approved.is_some()));
    if let Some(approval) = &policy.approved {
        digest.maybe(approval.date.map(|date| date.to_string()).as_deref());
        digest.words(&approval.by);
        digest.maybe(approval.minute.as_deref());
    }
    digest.maybe(policy.effective.map(|(date, _)| date.to_string()).as_deref());
    digest.amount(policy.review.every.map(|(every, _)| every));
    digest.maybe(policy.review.by.map(|(by, _)| by.to_string()).as_deref());
    digest.words(&policy.audience);
    digest.list(policy.supersedes.iter().map(String::as_str));
    digest.count(policy.related.len());
    for related in &policy.related {
        digest.field(&related.id);
        digest.field(&related.title);
        digest.maybe(related.url.as_deref());
    }
    digest.count(policy.basis.len());
    for basis in &policy.basis {
        digest.field(&basis.title);
        digest.maybe(basis.edition.as_deref());
        digest.maybe(basis.url.as_deref());
    }
    digest.field(policy.numbering.name());
    digest.field(&policy.language);
    digest.words(&policy.signatories);
    digest.count(policy.history.len());
    for entry in &policy.history {
        digest.field(&entry.version);
        digest.field(&entry.date.to_string());
        digest.field(&entry.change);
    }
    digest.count(policy.parameters.len());
    for parameter in &policy.parameters {
        digest.field(&parameter.id);
        digest.field(&parameter.label);
        digest.maybe(parameter.value.as_deref());
    }
}

/// The text with each run of blanks and at most one line end as one blank, and each longer one as a line end.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap: Option<usize> = None;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            let lines = gap.unwrap_or(0) + usize::from(c == '\n');
            gap = Some(lines);
            continue;
        }
        if let Some(lines) = gap.take() {
            folded.push(if lines > 1 { '\n' } else { ' ' });
        }
        folded.push(c);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_paragraphs_and_forgets_lines() {
        assert_eq!(fold("  one\ntwo   three\n\n\nfour "), "one two three\nfour");
        assert_eq!(fold(""), "");
    }
}
