//! The shortest reference that leads from one policy to a rule, and the name a rule needs for it.
//!
//! It follows the rules by which references are resolved; a path that could mean another block is never taken.

use std::collections::{BTreeSet, HashMap};

use crate::model::{BlockIdx, Collection, Filler, Item, Kind, Modality, Parent, Policy, PolicyId, Rule, RuleId};

/// A reference to a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// As written, with its `@`.
    pub(super) text: String,
    /// The name to be given to the rule, where the reference needs one that is not there.
    pub(super) name: Option<String>,
}

/// What references can lead to, by id.
pub(super) struct References<'a> {
    collection: &'a Collection,
    blocks: HashMap<(PolicyId, &'a str), Vec<BlockIdx>>,
    policies: HashMap<&'a str, Vec<PolicyId>>,
}

impl<'a> References<'a> {
    /// Everything in a collection.
    pub(super) fn of(collection: &'a Collection) -> Self {
        let mut references = References { collection, blocks: HashMap::new(), policies: HashMap::new() };
        for (id, policy) in collection.policies() {
            references.policies.entry(&policy.id).or_default().push(id);
            for (at, block) in policy.blocks.iter().enumerate() {
                references.blocks.entry((id, &block.id)).or_default().push(BlockIdx(at as u32));
            }
        }
        references
    }

    /// The reference from `from` to `rule`; `None` where none can lead there, since ids are given twice.
    pub(super) fn to(&self, rule: RuleId, from: PolicyId) -> Option<Reference> {
        let policy = self.collection.policy(rule.policy);
        let it = self.collection.rule(rule);
        if it.key.contains('~') {
            return None;
        }
        if let Some(block) = it.block.filter(|&block| is_all_of(policy, block)) {
            return Some(Reference { text: format!("@{}", self.path(rule.policy, block, from, false)?), name: None });
        }
        let path = match it.block {
            Some(block) => self.path(rule.policy, block, from, true)?,
            None => format!("{}:", self.prefix(rule.policy, from)?),
        };
        let Some(name) = &it.name else {
            let name = new_name(self.collection, policy, it);
            return Some(Reference { text: format!("@{path}#{name}"), name: Some(name) });
        };
        // A name that two rules of one block have leads to the first of them.
        let alone = beside(policy, it.block).filter(|other| other.name == it.name).nth(1).is_none();
        alone.then(|| Reference { text: format!("@{path}#{name}"), name: None })
    }

    /// The reference from `from` by which a decision names the side of a finding that `rule` is: to the rule, or to its block
    /// where the rule has no name yet.
    pub(super) fn side(&self, rule: RuleId, from: PolicyId) -> Option<String> {
        let reference = self.to(rule, from)?;
        if reference.name.is_none() {
            return Some(reference.text);
        }
        let block = self.collection.rule(rule).block?;
        Some(format!("@{}", self.path(rule.policy, block, from, false)?))
    }

    /// The part of a reference to a block before `#`, without the `@`.
    fn path(&self, id: PolicyId, block: BlockIdx, from: PolicyId, named: bool) -> Option<String> {
        let policy = self.collection.policy(id);
        let full = policy.block(block).path.as_str();
        if full.contains('~') {
            return None;
        }
        let ends = || {
            let starts = full.rmatch_indices('/').map(|(at, _)| at + 1).chain([0]);
            starts.filter_map(|start| full.get(start..))
        };
        if id == from {
            let is_document = |path: &str| !named && policy.related.iter().any(|related| related.id == path);
            let short = ends().find(|path| !is_document(path) && self.leads_to(id, path, false) == Some(block));
            if let Some(short) = short {
                return Some(short.to_owned());
            }
        }
        let prefix = self.prefix(id, from)?;
        ends().find(|path| self.leads_to(id, path, true) == Some(block)).map(|path| format!("{prefix}:{path}"))
    }

    /// The block that a path leads to: the one that has it in full, where it reads from the policy down, else the only
    /// one whose path ends so.
    fn leads_to(&self, id: PolicyId, path: &str, in_full: bool) -> Option<BlockIdx> {
        let policy = self.collection.policy(id);
        let last = path.rsplit('/').next().unwrap_or(path);
        let named = self.blocks.get(&(id, last)).map_or(&[][..], Vec::as_slice);
        let whole = named.iter().find(|&&block| policy.block(block).path == path);
        if let Some(&whole) = whole.filter(|_| in_full || path.contains('/')) {
            return Some(whole);
        }
        let is_end = |block: &&BlockIdx| {
            let before = policy.block(**block).path.strip_suffix(path);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let mut ends = named.iter().filter(is_end);
        let first = ends.next().copied();
        first.filter(|_| ends.next().is_none())
    }

    /// How a policy is named from another: by its id, with its organisation where the id alone could mean another's.
    fn prefix(&self, id: PolicyId, from: PolicyId) -> Option<String> {
        let policy = self.collection.policy(id);
        if policy.key.contains('~') {
            return None;
        }
        let organisation = |id: PolicyId| self.collection.policy(id).key.split_once('/').map(|(before, _)| before);
        let namesakes = self.policies.get(policy.id.as_str()).map_or(&[][..], Vec::as_slice);
        let own = namesakes.iter().find(|&&other| organisation(other) == organisation(from));
        let short = own.map_or(namesakes.len() == 1, |&own| own == id);
        Some(if short { policy.id.clone() } else { policy.key.clone() })
    }
}

/// Whether a block holds one rule and no block, so that a reference to it means that rule.
fn is_all_of(policy: &Policy, block: BlockIdx) -> bool {
    let inner = policy.items_of(Some(block)).iter().any(|item| matches!(item, Item::Block(_)));
    !inner && beside(policy, Some(block)).count() == 1
}

/// The rules of a block, or of the policy itself.
fn beside(policy: &Policy, block: Parent) -> impl Iterator<Item = &Rule> {
    policy.items_of(block).iter().filter_map(|item| match item {
        Item::Rule(at) => policy.rules.get(*at as usize),
        _ => None,
    })
}

/// A name for a rule that has none, made of what it speaks of and used by no other rule of its block.
fn new_name(collection: &Collection, policy: &Policy, rule: &Rule) -> String {
    let taken: BTreeSet<&str> = beside(policy, rule.block).filter_map(|other| other.name.as_deref()).collect();
    let id = |word| collection.vocabulary.word(word).id.as_str();
    let action = rule.actions.first().map_or("rule", |&action| id(action));
    let no = if matches!(rule.modality, Modality::MustNot | Modality::ShouldNot) { "no-" } else { "" };
    let short = format!("{no}{action}");
    let object = rule.objects.names.first().map(|&name| match name {
        Filler::Word(word) => id(word),
        Filler::Group(group) => policy.definition(group).id.as_str(),
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
