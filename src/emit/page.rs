//! What every format for readers tells in the same words: dates, parties, numbers, the rows of the document control,
//! the tags of a rule, the list of words. Knows no markup and no template.

mod address;
mod control;
mod decision;
mod edges;
mod former;
mod readership;
mod words;

use serde::Serialize;
use serde_json::Value;

use super::view::{Header, Node, Scope};
use crate::model::{
    BlockIdx, BlockKind, Item, Parent, PartialDate, Policy, PolicyId, RuleId, Status, Target, Vocabulary, WordId,
    without_article,
};
use crate::verbalise;

pub(super) use address::{Address, Format, Site};
pub(super) use control::{Piece, Row, control, cycle};
pub(super) use decision::{Decision, Decisions, Linked};
pub(super) use edges::{Edges, edges};
pub(super) use former::Former;
pub(super) use readership::{Act, Asked, Cell, Elsewhere, Organisation, Reader, Readership, Standing};
pub(super) use words::{Entry, entries, gloss};

pub(super) use super::view::prose::{number, title};

/// How many of the rules that one overrides are named: one that beats a whole policy would fill pages with their names.
pub(super) const MOST_NAMED: usize = 8;

/// What is said of the rest, where `all` are more than are named.
pub(super) fn and_more(all: usize) -> Option<String> {
    (all > MOST_NAMED).then(|| format!("and {} more", all - MOST_NAMED))
}

/// A date for readers and for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Date {
    /// As exact as it is known, `2026-03`.
    pub iso: String,
    /// `March 2026`.
    pub told: String,
}

impl From<PartialDate> for Date {
    fn from(date: PartialDate) -> Self {
        Date { iso: date.to_string(), told: date.told() }
    }
}

/// A status in a word, and the notice it deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct StatusTold {
    /// As in the source: `draft`.
    pub name: &'static str,
    /// For a reader.
    pub label: &'static str,
    /// What a reader must know before anything else, where there is such a thing.
    pub notice: Option<&'static str>,
}

impl From<Status> for StatusTold {
    fn from(status: Status) -> Self {
        let (label, notice) = match status {
            Status::Draft => ("Draft", Some("This policy has not been adopted.")),
            Status::Consultation => {
                ("Consultation", Some("This policy is out for consultation. It has not been adopted."))
            }
            Status::Adopted => ("Adopted", None),
            Status::Withdrawn => ("Withdrawn", Some("This policy has been withdrawn and is no longer in force.")),
        };
        StatusTold { name: status.name(), label, notice }
    }
}

/// Where the blocks of a policy begin.
pub(super) fn preamble_end(nodes: &[Node<'_>]) -> usize {
    let is_block = |node: &Node<'_>| {
        matches!(node, Node::Section(_) | Node::Annex(_) | Node::Clause(_) | Node::Heading(_) | Node::Withdrawn(_))
    };
    nodes.iter().position(is_block).unwrap_or(nodes.len())
}

/// What kind of place a block is, with its number: `clause 3.2(a)`, `this clause`.
pub(super) fn place(policy: &Policy, block: BlockIdx) -> String {
    let kind = policy.block(block).kind;
    match number(policy, block) {
        // The number of an annex may say so itself.
        Some(number) if kind == BlockKind::Annex && number.starts_with("Annex") => number.into_owned(),
        Some(number) => format!("{} {number}", kind.name()),
        None => format!("this {}", kind.name()),
    }
}

/// What a rule is called on the page of a policy: its clause, which of its rules where there are several, and the policy
/// where it is another one.
pub(super) fn rule_told(scope: Scope<'_>, from: PolicyId, id: RuleId) -> String {
    let rule = scope.collection.rule(id);
    let policy = scope.collection.policy(id.policy);
    let clause = title(scope, scope.collection.policy(from), Target::Rule(id));
    let is_rule = |item: &&Item| matches!(item, Item::Rule(_));
    let several = policy.items_of(rule.block).iter().filter(is_rule).nth(1).is_some();
    let told = if several { format!("the {} rule of {clause}", ordinal(rule.position)) } else { clause.into_owned() };
    elsewhere(scope, from, id.policy, rule.block, told)
}

/// What a place of one policy, called so, is called on the page of another.
pub(super) fn elsewhere(scope: Scope<'_>, from: PolicyId, of: PolicyId, block: Parent, called: String) -> String {
    if of == from || block.is_none() { called } else { format!("{called} in {}", scope.collection.policy(of).title) }
}

fn ordinal(position: u32) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let word = (position as usize).checked_sub(1).and_then(|at| WORDS.get(at));
    word.map_or_else(|| format!("{position}th"), |&word| word.to_owned())
}

/// The organisation a policy speaks for: its label, or its id where it is not declared.
pub(super) fn organisation<'a>(scope: Scope<'a>, policy: PolicyId) -> &'a str {
    let policy = scope.collection.policy(policy);
    match policy.organisation {
        Some(word) => &scope.collection.vocabulary.word(word).label,
        None => policy.key.split_once('/').map_or(policy.key.as_str(), |(organisation, _)| organisation),
    }
}

/// The header as the JSON has it, with `null` or an empty list where the JSON leaves a field out: so that a template can
/// ask for what a policy may not have, and still be told of a name that there is not.
pub(super) fn filled(header: &Header<'_>) -> Value {
    const NULLS: [&str; 8] = ["version", "status", "owner", "contact", "default", "approved", "effective", "review"];
    let mut value = serde_json::to_value(header).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        for name in NULLS {
            fields.entry(name).or_insert(Value::Null);
        }
        for name in ["supersedes", "signatories"] {
            fields.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        }
    }
    value
}

/// A party as the subject of a list: `Headteacher`.
pub(super) fn party(vocabulary: &Vocabulary, word: WordId) -> String {
    let label = &vocabulary.word(word).label;
    capitalised(without_article(label).unwrap_or(label))
}

/// A party in a sentence: `the headteacher`, `Ofsted`.
pub(super) fn the(vocabulary: &Vocabulary, word: WordId) -> String {
    verbalise::the(&vocabulary.word(word).label)
}

/// Several of a word: `members of staff`.
pub(super) fn several(vocabulary: &Vocabulary, word: WordId) -> &str {
    let word = vocabulary.word(word);
    if without_article(&word.label).is_some() { &word.label } else { &word.plural }
}

/// `a, b and c`.
pub(super) fn joined<S: AsRef<str>>(items: &[S]) -> String {
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        text.push_str(match at {
            0 => "",
            _ if at + 1 == items.len() => " and ",
            _ => ", ",
        });
        text.push_str(item.as_ref());
    }
    text
}

/// The first letter in capitals.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Words as a sentence: a capital in front, a full stop behind.
pub(super) fn sentence(text: &str) -> String {
    let mut text = capitalised(text.trim());
    if !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    text
}
