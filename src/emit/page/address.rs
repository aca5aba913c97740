//! Where everything is to be found: the path of each policy's page, and the id of every place on it.
//!
//! Ids of HTML are paths of written ids, with `/`. A rule's has one dot, a defined term's two, so that they never meet.
//! Ids of Markdown have `.` for `/` and `:` before what is no block: Pandoc, LaTeX and Typst allow no slash.

use std::collections::{HashMap, HashSet};

use super::Scope;
use crate::model::{
    Accept, BlockIdx, DefinitionIdx, InlineTarget, Item, Policy, PolicyId, Prose, RuleId, Target, WordId,
};

/// What a page is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) enum Format {
    /// `.html`
    Html,
    /// `.md`
    Markdown,
}

/// A collection with the place of each of its pages.
#[derive(Debug)]
pub(in crate::emit) struct Site<'a> {
    /// What the pages are made from.
    pub scope: Scope<'a>,
    /// The path of each policy's page, without its ending.
    stems: Vec<String>,
    /// Blocks that something leads to, per policy: in Markdown only these need an id where they have no heading.
    sought: HashSet<(PolicyId, BlockIdx)>,
    /// For each rule that gives way those it gives way to, in rule order.
    beaten_by: HashMap<RuleId, Vec<RuleId>>,
    /// For each block the decisions made elsewhere, by policy and place in it, to live with a finding that has its other
    /// side in this block.
    decided_elsewhere: HashMap<(PolicyId, BlockIdx), Vec<(PolicyId, usize)>>,
}

/// The addresses of one format, as seen from one policy.
#[derive(Clone, Copy, Debug)]
pub(in crate::emit) struct Address<'s, 'a> {
    /// All places.
    pub site: &'s Site<'a>,
    /// Where the links stand.
    pub from: PolicyId,
    /// In what they are written.
    pub format: Format,
}

impl<'a> Site<'a> {
    pub fn new(scope: Scope<'a>) -> Self {
        let mut taken = HashSet::new();
        let stems = scope.collection.policies.iter().map(|policy| stem(policy, &mut taken)).collect();
        let mut sought = HashSet::new();
        for (id, policy) in scope.collection.policies() {
            let targets = policy.references.iter().map(|reference| reference.to);
            let accepts = policy
                .accepts
                .iter()
                .flat_map(|it| it.with.into_iter().chain(it.block.map(|block| Target::Block(id, block))));
            for target in targets.chain(accepts) {
                match target {
                    Target::Block(policy, block) => drop(sought.insert((policy, block))),
                    Target::Rule(rule) => sought.extend(scope.collection.rule(rule).block.map(|it| (rule.policy, it))),
                    Target::Policy(_) | Target::Related(_) => {}
                }
            }
        }
        let mut beaten_by: HashMap<RuleId, Vec<RuleId>> = HashMap::new();
        for (winner, rule) in scope.collection.rules() {
            for &loser in &rule.overrides {
                let ends = [winner, loser].map(|id| Some((id.policy, scope.collection.rule(id).block?)));
                sought.extend(ends.into_iter().flatten());
                let is_gone = |id: RuleId| scope.collection.policy(id.policy).is_withdrawn();
                // A rule that binds nobody any more is in nobody's way.
                if !is_gone(winner) || is_gone(loser) {
                    beaten_by.entry(loser).or_default().push(winner);
                }
            }
        }
        Site { scope, stems, sought, beaten_by, decided_elsewhere: decided_elsewhere(scope) }
    }

    /// The rules that a rule gives way to.
    pub fn beaten_by(&self, rule: RuleId) -> &[RuleId] {
        self.beaten_by.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// The decisions made elsewhere to live with a finding that has its other side in this block.
    pub fn decided_elsewhere(
        &self,
        policy: PolicyId,
        block: BlockIdx,
    ) -> impl Iterator<Item = (PolicyId, &'a Accept)> + '_ {
        let decisions = self.decided_elsewhere.get(&(policy, block)).into_iter().flatten();
        decisions.filter_map(|&(id, at)| Some((id, self.scope.collection.policy(id).accepts.get(at)?)))
    }

    /// The path of a policy's page, without its ending.
    pub fn stem(&self, policy: PolicyId) -> &str {
        self.stems.get(policy.0 as usize).map_or("", String::as_str)
    }

    /// What leads from a policy's page to the folder of the index: `../`.
    pub fn root(&self, policy: PolicyId) -> String {
        "../".repeat(self.stem(policy).matches('/').count())
    }

    /// Whether anything leads to a block.
    pub fn is_sought(&self, policy: PolicyId, block: BlockIdx) -> bool {
        self.sought.contains(&(policy, block))
    }
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Html => ".html",
            Format::Markdown => ".md",
        }
    }

    /// The id of a block, from its path.
    pub fn block(self, path: &str) -> String {
        match self {
            Format::Html => path.to_owned(),
            Format::Markdown => path.replace('/', "."),
        }
    }
}

impl Address<'_, '_> {
    /// The address of a place; `None` for an outside document, which has its own.
    pub fn of(self, target: Target) -> Option<String> {
        let (policy, id) = match target {
            Target::Policy(policy) => (policy, String::new()),
            Target::Block(policy, block) => {
                (policy, self.format.block(&self.site.scope.collection.policy(policy).block(block).path))
            }
            Target::Rule(rule) => (rule.policy, self.rule(rule)),
            Target::Related(_) => return None,
        };
        if self.format == Format::Markdown && policy == self.from && id.is_empty() {
            return None;
        }
        let mut address = if policy == self.from { String::new() } else { self.page(policy) };
        if policy == self.from || !id.is_empty() {
            address.push('#');
            address.push_str(if id.is_empty() { "page.main" } else { &id });
        }
        Some(address)
    }

    /// The address of another policy's page.
    pub fn page(self, policy: PolicyId) -> String {
        format!("{}{}{}", self.site.root(self.from), self.site.stem(policy), self.format.ending())
    }

    /// The id of a rule; in Markdown that of its clause.
    pub fn rule(self, id: RuleId) -> String {
        let policy = self.site.scope.collection.policy(id.policy);
        let rule = self.site.scope.collection.rule(id);
        let path = rule.block.map(|block| policy.block(block).path.as_str());
        if self.format == Format::Markdown {
            return path.map_or_else(String::new, |path| self.format.block(path));
        }
        let name = rule.name.clone().unwrap_or_else(|| rule.position.to_string());
        match path {
            // Parts of the page itself have such ids, and a rule of the policy itself has no block.
            Some("page") => format!("page.rule.{name}"),
            Some(path) => format!("{path}.{name}"),
            None => format!("policy.rule.{name}"),
        }
    }

    /// The id of a term defined here.
    pub fn definition(self, index: DefinitionIdx) -> String {
        let policy = self.site.scope.collection.policy(self.from);
        let definition = policy.definition(index);
        match (self.format, definition.block) {
            (Format::Markdown, _) => format!("term:{}", definition.id),
            (Format::Html, Some(block)) => format!("{}.term.{}", policy.block(block).path, definition.id),
            (Format::Html, None) => format!("policy.term.{}", definition.id),
        }
    }

    /// The id of a word in the list of words.
    pub fn word(self, word: WordId) -> String {
        let word = self.site.scope.collection.vocabulary.word(word);
        match self.format {
            Format::Html => format!("term.{}.{}", word.kind.name(), word.id),
            Format::Markdown => format!("term:{}:{}", word.kind.name(), word.id),
        }
    }
}

fn decided_elsewhere(scope: Scope<'_>) -> HashMap<(PolicyId, BlockIdx), Vec<(PolicyId, usize)>> {
    let mut elsewhere: HashMap<_, Vec<_>> = HashMap::new();
    for (id, policy) in scope.collection.policies() {
        for (at, accept) in policy.accepts.iter().enumerate() {
            let other = match accept.with {
                Some(Target::Block(policy, block)) => (policy, block),
                Some(Target::Rule(rule)) => match scope.collection.rule(rule).block {
                    Some(block) => (rule.policy, block),
                    None => continue,
                },
                Some(Target::Policy(_) | Target::Related(_)) | None => continue,
            };
            if accept.block.is_none_or(|block| (id, block) != other) {
                elsewhere.entry(other).or_default().push((id, at));
            }
        }
    }
    elsewhere
}

/// Every piece of prose of a policy.
pub(in crate::emit) fn prose(policy: &Policy) -> impl Iterator<Item = &Prose> {
    let items = policy.items.iter().chain(policy.blocks.iter().flat_map(|block| &block.items));
    let prose = items.filter_map(|item| match item {
        Item::Prose(prose) | Item::Note(prose) => Some(prose),
        _ => None,
    });
    prose.chain(policy.definitions.iter().filter_map(|definition| definition.prose.as_ref()))
}

/// The words that the prose of a policy leads to.
pub(in crate::emit) fn linked(policy: &Policy) -> impl Iterator<Item = WordId> + '_ {
    prose(policy).flat_map(|prose| &prose.inlines).filter_map(|inline| match inline.target {
        InlineTarget::Word(word) => Some(word),
        _ => None,
    })
}

/// `organisation/policy`. A second policy of the same key, which is a mistake that has been reported, gets a number rather
/// than the place of the first.
fn stem(policy: &Policy, taken: &mut HashSet<String>) -> String {
    let mut stem = policy.key.clone();
    let mut number = 2;
    // The page of a policy without an organisation must not take the place of the index.
    while stem == "index" || !taken.insert(stem.clone()) {
        stem = format!("{}-{number}", policy.key);
        number += 1;
    }
    stem
}
