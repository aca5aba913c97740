//! Where the links of prose lead in a PDF: references and defined terms to their places in it; other words are words.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Documents;
use crate::emit::page::{Address, elsewhere};
use crate::emit::prose::{Link, Links, is_safe};
use crate::emit::view::prose::shown;
use crate::model::{DefinitionIdx, Inline, InlineTarget, Policy, PolicyId, RuleId, Target};

/// The links of one policy.
pub(super) struct OfPolicy<'p, 'a> {
    id: PolicyId,
    policy: &'p Policy,
    address: Address<'p, 'a>,
    /// Every place of the document that something may lead to.
    places: HashSet<String>,
}

impl<'p, 'a> OfPolicy<'p, 'a> {
    pub fn new(documents: &'p Documents<'a>, id: PolicyId) -> Self {
        let policy = documents.site.scope.collection.policy(id);
        let address = documents.address(id);
        let rule = |index| RuleId { policy: id, index };
        let mut places: HashSet<String> = policy.blocks.iter().map(|block| block.path.clone()).collect();
        places.extend((0..policy.rules.len()).map(|at| address.rule(rule(at as u32))));
        places.extend((0..policy.definitions.len()).map(|at| address.definition(DefinitionIdx(at as u32))));
        OfPolicy { id, policy, address, places }
    }

    /// The place of this document that an address leads to, if it leads to one.
    pub fn anchor(&self, href: Option<&str>) -> Option<String> {
        href.and_then(|href| href.strip_prefix('#')).filter(|id| self.places.contains(*id)).map(str::to_owned)
    }

    fn to(&self, target: Target) -> Option<String> {
        self.anchor(self.address.of(target).as_deref()).map(|anchor| format!("#{anchor}"))
    }

    /// The words of a reference; a number of another policy says nothing without its name.
    fn named<'l>(&self, inline: &Inline, target: Target, words: Cow<'l, str>) -> Cow<'l, str> {
        let (policy, block) = match target {
            Target::Block(policy, block) => (policy, Some(block)),
            Target::Rule(rule) => (rule.policy, self.address.site.scope.collection.rule(rule).block),
            Target::Policy(_) | Target::Related(_) => return words,
        };
        if inline.shown.is_some() || policy == self.id {
            return words;
        }
        Cow::Owned(elsewhere(self.address.site.scope, self.id, policy, block, words.into_owned()))
    }
}

impl Links for OfPolicy<'_, '_> {
    fn link<'l>(&'l self, inline: &'l Inline) -> Link<'l> {
        let words = shown(self.address.site.scope, self.id, inline);
        let plain = |shown: Cow<'l, str>, class| Link { shown, href: None, class, title: None };
        match inline.target {
            InlineTarget::Word(_) => plain(words, ""),
            InlineTarget::Definition(index) => {
                let href = self.anchor(Some(&format!("#{}", self.address.definition(index))));
                let href = href.map(|anchor| Cow::Owned(format!("#{anchor}")));
                Link { shown: words, href, class: "term", title: None }
            }
            InlineTarget::Reference(reference) => {
                let target = self.policy.reference(reference).to;
                let href = match target {
                    Target::Related(at) => {
                        let url = self.policy.related.get(at as usize).and_then(|related| related.url.as_deref());
                        url.filter(|url| is_safe(url) && url.contains(':')).map(Cow::Borrowed)
                    }
                    target => self.to(target).map(Cow::Owned),
                };
                Link { shown: self.named(inline, target, words), href, class: "ref", title: None }
            }
            InlineTarget::Parameter(at) => {
                let is_set = self.policy.parameters.get(at as usize).is_some_and(|it| it.value.is_some());
                plain(words, if is_set { "" } else { "unset" })
            }
            // What nobody could resolve still has to be seen.
            InlineTarget::Broken if words.is_empty() => plain(Cow::Borrowed("[?]"), "unset"),
            InlineTarget::Broken => plain(words, "unset"),
        }
    }
}
