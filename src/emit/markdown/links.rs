//! Where the links of prose lead in Markdown: references to their places; words are words.

use std::borrow::Cow;

use super::Documents;
use crate::emit::page::Address;
use crate::emit::prose::{Link, Links, is_safe};
use crate::emit::view::prose::shown;
use crate::model::{Inline, InlineTarget, Policy, PolicyId, Target};

/// The links of one policy.
pub(super) struct OfPolicy<'p, 'a> {
    documents: &'p Documents<'a>,
    id: PolicyId,
    policy: &'p Policy,
    address: Address<'p, 'a>,
}

impl<'p, 'a> OfPolicy<'p, 'a> {
    pub fn new(documents: &'p Documents<'a>, id: PolicyId) -> Self {
        OfPolicy { documents, id, policy: documents.site.scope.collection.policy(id), address: documents.address(id) }
    }
}

impl Links for OfPolicy<'_, '_> {
    fn link<'l>(&'l self, inline: &'l Inline) -> Link<'l> {
        let scope = self.documents.site.scope;
        let words = shown(scope, self.id, inline);
        let plain = |shown: Cow<'l, str>| Link { shown, href: None, class: "", title: None };
        match inline.target {
            InlineTarget::Reference(reference) => {
                let target = self.policy.reference(reference).to;
                let href = match target {
                    Target::Related(at) => {
                        let url = self.policy.related.get(at as usize).and_then(|related| related.url.as_deref());
                        url.filter(|url| is_safe(url)).map(Cow::Borrowed)
                    }
                    target => self.address.of(target).map(Cow::Owned),
                };
                Link { shown: words, href, class: "", title: None }
            }
            InlineTarget::Broken if words.is_empty() => plain(Cow::Borrowed("[?]")),
            _ => plain(words),
        }
    }
}
