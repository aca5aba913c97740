//! The shortest reference that leads from one policy to a rule, and the name a rule needs for it.
//!
//! It follows the rules by which references are resolved; a path that could mean another block, now or by a former id, is
//! never taken.

use std::collections::BTreeSet;

use crate::model::{BlockIdx, Collection, Item, Kind, Modality, Policy, PolicyId, Rule, RuleId};

/// A reference to a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// As written, with its `@`.
    pub(super) text: String,
    /// The name to be given to the rule, where the reference needs one that is not there.
    pub(super) name: Option<String>,
}

/// The reference from `from` to `rule`; `None` where none can lead there, since ids are given twice.
pub(super) fn to(collection: &Collection, rule: RuleId, from: PolicyId) -> Option<Reference> {
    let policy = collection.policy(rule.policy);
    let it = collection.rule(rule);
    if it.key.contains('~') {
        return None;
    }
    if let Some(block) = it.block.filter(|&block| is_all_of(policy, block)) {
        let text = format!("@{}", path(collection, rule.policy, Some(block), from, false)?);
        return Some(Reference { text, name: None });
    }
    let path = path(collection, rule.policy, it.block, from, true)?;
    let (name, is_new) = match &it.name {
        Some(name) => (name.clone(), false),
        None => (new_name(collection, policy, it), true),
    };
    // A name that two rules of one block have leads to the first of them.
    let mut named = policy.rules.iter().filter(|other| other.block == it.block && other.name == it.name);
    if !is_new && named.nth(1).is_some() {
        return None;
    }
    Some(Reference { text: format!("@{path}#{name}"), name: is_new.then_some(name) })
}

/// Whether a block holds one rule and no block, so that a reference to it means that rule.
fn is_all_of(policy: &Policy, block: BlockIdx) -> bool {
    let items = &policy.block(block).items;
    let rules = items.iter().filter(|item| matches!(item, Item::Rule(_))).count();
    rules == 1 && !items.iter().any(|item| matches!(item, Item::Block(_)))
}

/// The part of a reference before `#`, without the `@`.
fn path(collection: &Collection, id: PolicyId, block: Option<BlockIdx>, from: PolicyId, named: bool) -> Option<String> {
    let policy = collection.policy(id);
    let Some(block) = block else { return Some(format!("{}:", prefix(collection, id, from)?)) };
    if policy.block(block).path.contains('~') {
        return None;
    }
    let full = policy.block(block).path.as_str();
    let mut starts: Vec<usize> = full.match_indices('/').map(|(at, _)| at + 1).collect();
    starts.push(0);
    starts.sort_unstable_by(|a, b| b.cmp(a));
    if id == from {
        let short = starts.iter().filter_map(|&start| full.get(start..)).find(|path| {
            let is_document = !named && policy.related.iter().any(|related| related.id == *path);
            !is_document && leads_to(policy, path, false) == Some(block)
        });
        if let Some(short) = short {
            return Some(short.to_owned());
        }
    }
    let prefix = prefix(collection, id, from)?;
    let short = starts.iter().filter_map(|&start| full.get(start..));
    short.into_iter().find(|path| leads_to(policy, path, true) == Some(block)).map(|path| format!("{prefix}:{path}"))
}

/// The block that a path leads to, where it is one alone.
fn leads_to(policy: &Policy, path: &str, in_full: bool) -> Option<BlockIdx> {
    let mut found = None;
    for (at, block) in policy.blocks.iter().enumerate() {
        if block.path == path && (in_full || path.contains('/')) {
            return Some(BlockIdx(at as u32));
        }
        let is_end = block.path.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'));
        if is_end && found.replace(BlockIdx(at as u32)).is_some() {
            // A later block may still have the path in full.
            let mut later = policy.blocks.iter().enumerate().skip(at);
            let full = later.find(|(_, block)| block.path == path && (in_full || path.contains('/')));
            return full.map(|(at, _)| BlockIdx(at as u32));
        }
    }
    found
}

/// How a policy is named from another: by its id, with its organisation where the id alone could mean another's.
fn prefix(collection: &Collection, id: PolicyId, from: PolicyId) -> Option<String> {
    let policy = collection.policy(id);
    if policy.key.contains('~') {
        return None;
    }
    let organisation = |policy: &Policy| policy.key.split_once('/').map(|(organisation, _)| organisation.to_owned());
    let namesakes: Vec<&Policy> = collection.policies.iter().filter(|other| other.id == policy.id).collect();
    let own = organisation(collection.policy(from));
    let of_own = namesakes.iter().find(|other| organisation(other) == own);
    let short = match of_own {
        Some(found) => std::ptr::eq(*found, policy),
        None => namesakes.len() == 1,
    };
    Some(if short { policy.id.clone() } else { policy.key.clone() })
}

/// A name for a rule that has none, made of what it speaks of and used by no other rule of its block.
fn new_name(collection: &Collection, policy: &Policy, rule: &Rule) -> String {
    let taken: BTreeSet<&str> = policy
        .rules
        .iter()
        .filter(|other| other.block == rule.block)
        .filter_map(|other| other.name.as_deref())
        .collect();
    let id = |word| collection.vocabulary.word(word).id.as_str();
    let action = rule.actions.first().map_or("rule", |&action| id(action));
    let no = if matches!(rule.modality, Modality::MustNot | Modality::ShouldNot) { "no-" } else { "" };
    let short = format!("{no}{action}");
    let object = rule.objects.names.first().map(|&name| match name {
        crate::model::Filler::Word(word) => id(word),
        crate::model::Filler::Group(group) => policy.definition(group).id.as_str(),
    });
    let long = object.map_or(short.clone(), |object| format!("{short}-{object}"));
    let mut names = [short, long.clone()].into_iter().chain((2..=taken.len() + 2).map(|at| format!("{long}-{at}")));
    let fits = |name: &String| !taken.contains(name.as_str()) && !is_reserved(name);
    names.find(fits).unwrap_or(long)
}

/// Words that could be mistaken for a part of the language, though the grammar lets rules be named so.
fn is_reserved(name: &str) -> bool {
    let modality = Modality::ALL.iter().any(|modality| modality.words().split(' ').any(|word| word == name));
    modality || name == "rule" || name == "any" || Kind::ALL.iter().any(|kind| kind.name() == name)
}
