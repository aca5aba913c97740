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

mod digest;

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::{BlockIdx, Collection, Definition, Item, Parent, Policy, Rule};
use digest::Digest;

/// A SHA-256, written in lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

/// The hashes of a policy and of everything in it, each list in the order of the model's.
#[derive(Clone, Debug)]
pub struct Hashes {
    /// Of the policy.
    pub policy: ContentHash,
    /// Of its blocks.
    pub blocks: Vec<ContentHash>,
    /// Of its rules.
    pub rules: Vec<ContentHash>,
    /// Of its definitions.
    pub definitions: Vec<ContentHash>,
}

impl Hashes {
    /// The hashes of a policy.
    pub fn of(collection: &Collection, policy: &Policy) -> Self {
        let none = ContentHash([0; 32]);
        let mut hashes = Hashes {
            policy: none,
            blocks: vec![none; policy.blocks.len()],
            rules: policy.rules.iter().map(|it| rule(collection, policy, it)).collect(),
            definitions: policy.definitions.iter().map(|it| definition(collection, policy, it)).collect(),
        };
        let mut digest = Digest::new(collection, policy);
        header(&mut digest, policy);
        hashes.items(&mut digest, None);
        hashes.policy = digest.finish();
        hashes
    }

    fn items(&mut self, digest: &mut Digest<'_>, parent: Parent) {
        let policy = digest.policy;
        let items = policy.items_of(parent);
        digest.count(items.len());
        for item in items {
            match item {
                Item::Prose(prose) => digest.tagged("prose", |digest| digest.prose(prose)),
                Item::Note(prose) => digest.tagged("note", |digest| digest.prose(prose)),
                Item::Heading(text, _) => digest.tagged("heading", |digest| digest.field(text)),
                &Item::Rule(index) => digest.tagged("rule", |digest| digest.inner(self.rules[index as usize])),
                &Item::Definition(index) => {
                    digest.tagged("definition", |digest| digest.inner(self.definitions[index.0 as usize]));
                }
                &Item::Withdrawn(index) => {
                    digest.tagged("withdrawn", |digest| digest.field(&policy.withdrawn[index as usize].id));
                }
                Item::Accept(_) => {}
                &Item::Block(index) => {
                    let hash = self.block(digest, index);
                    digest.tagged("block", |digest| digest.inner(hash));
                }
            }
        }
    }

    fn block(&mut self, outer: &Digest<'_>, index: BlockIdx) -> ContentHash {
        let block = outer.policy.block(index);
        let mut digest = Digest::new(outer.collection, outer.policy);
        digest.field(block.kind.name());
        digest.maybe(block.heading.as_deref());
        self.items(&mut digest, Some(index));
        let hash = digest.finish();
        self.blocks[index.0 as usize] = hash;
        hash
    }
}

impl ContentHash {
    fn hex(&self) -> [u8; 64] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        hex
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.hex()).unwrap_or_default())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(str::from_utf8(&self.hex()).unwrap_or_default())
    }
}

impl JsonSchema for ContentHash {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ContentHash".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// The hash of a rule.
fn rule(collection: &Collection, policy: &Policy, rule: &Rule) -> ContentHash {
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
fn definition(collection: &Collection, policy: &Policy, definition: &Definition) -> ContentHash {
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
fn header(digest: &mut Digest<'_>, policy: &Policy) {
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
