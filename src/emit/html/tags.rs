//! What is told of a rule beside its sentence: what a breach brings, what it overrides and what it gives way to.

use serde::Serialize;

use super::Pages;
use crate::emit::page::{Edges, Linked, edges};
use crate::model::RuleId;

/// Something told of a rule.
#[derive(Serialize)]
pub(super) struct Tag {
    label: &'static str,
    items: Vec<Linked>,
}

/// The tags of a rule; `address` says where another rule is to be found from the page they stand on.
pub(super) fn tags(pages: &Pages<'_>, id: RuleId, address: impl Fn(RuleId) -> Option<String>) -> Vec<Tag> {
    let Edges { breach, overrides, gives_way } = edges(&pages.site, id, address);
    let breach = breach.map(|text| Linked { text, href: None }).into_iter().collect();
    let tags = [("On breach", breach), ("Overrides", overrides), ("Gives way to", gives_way)];
    tags.into_iter().filter(|(_, items)| !items.is_empty()).map(|(label, items)| Tag { label, items }).collect()
}
