//! Where the links of prose lead on a page of HTML, and what a reader sees when pointing at them.

use std::borrow::Cow;

use super::Pages;
use crate::emit::page::Address;
use crate::emit::prose::{Link, Links, is_safe, spelled};
use crate::emit::view::prose::{shown, text};
use crate::model::{Inline, InlineTarget, Policy, PolicyId, Target};

/// The links of one policy.
pub(super) struct OfPolicy<'p, 'a> {
    pages: &'p Pages<'a>,
    id: PolicyId,
    policy: &'p Policy,
    address: Address<'p, 'a>,
}

impl<'p, 'a> OfPolicy<'p, 'a> {
    pub fn new(pages: &'p Pages<'a>, id: PolicyId) -> Self {
        OfPolicy { pages, id, policy: pages.site.scope.collection.policy(id), address: pages.address(id) }
    }

    fn reference(&self, target: Target) -> (Option<String>, Option<&str>) {
        let collection = self.pages.site.scope.collection;
        let title = match target {
            Target::Block(policy, block) => collection.policy(policy).block(block).heading.as_deref(),
            Target::Policy(policy) => Some(collection.policy(policy).title.as_str()),
            Target::Rule(rule) => rule_heading(collection.policy(rule.policy), collection.rule(rule).block),
            Target::Related(at) => {
                let related = self.policy.related.get(at as usize);
                let url = related.and_then(|it| it.url.as_deref()).filter(|url| is_safe(url));
                return (url.map(|url| spelled(url).into_owned()), related.map(|it| it.title.as_str()));
            }
        };
        (self.address.of(target), title)
    }
}

fn rule_heading(policy: &Policy, block: crate::model::Parent) -> Option<&str> {
    policy.block(block?).heading.as_deref()
}

impl Links for OfPolicy<'_, '_> {
    fn link<'l>(&'l self, inline: &'l Inline) -> Link<'l> {
        let scope = self.pages.site.scope;
        let words = shown(scope, self.id, inline);
        match inline.target {
            InlineTarget::Word(word) => match self.pages.glosses.get(word.0 as usize) {
                Some(gloss) if !gloss.is_empty() => Link {
                    shown: words,
                    href: Some(Cow::Owned(format!("#{}", self.address.word(word)))),
                    class: "term",
                    title: Some(Cow::Borrowed(gloss)),
                },
                _ => Link { shown: words, href: None, class: "", title: None },
            },
            InlineTarget::Definition(index) => {
                let definition = self.policy.definition(index);
                let says = definition
                    .prose
                    .as_ref()
                    .map(|prose| text(&crate::emit::view::prose::markdown(scope, self.id, prose)).replace('\n', " "));
                Link {
                    shown: words,
                    href: Some(Cow::Owned(format!("#{}", self.address.definition(index)))),
                    class: "term",
                    title: says.map(Cow::Owned),
                }
            }
            InlineTarget::Reference(reference) => {
                let target = self.policy.reference(reference).to;
                let (href, title_of) = self.reference(target);
                let title_of = title_of.filter(|title| *title != words);
                Link { shown: words, href: href.map(Cow::Owned), class: "ref", title: title_of.map(Cow::Borrowed) }
            }
            InlineTarget::Parameter(at) => {
                let is_set = self.policy.parameters.get(at as usize).is_some_and(|it| it.value.is_some());
                Link { shown: words, href: None, class: if is_set { "" } else { "unset" }, title: None }
            }
            InlineTarget::Broken => Link { shown: broken(words), href: None, class: "unset", title: None },
        }
    }
}

/// What nobody could resolve still has to be seen.
fn broken(words: Cow<'_, str>) -> Cow<'_, str> {
    if words.is_empty() { Cow::Borrowed("[?]") } else { words }
}
