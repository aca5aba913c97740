//! What is told of a rule beside its sentence: what a breach brings, what it overrides and what it gives way to.

use serde::Serialize;

use super::Pages;
use crate::emit::page::{Linked, MOST_NAMED, and_more, rule_told};
use crate::model::{RuleId, WordId};

/// Something told of a rule.
#[derive(Serialize)]
pub(super) struct Tag {
    label: &'static str,
    items: Vec<Linked>,
}

/// The tags of a rule; `address` says where another rule is to be found from the page they stand on.
pub(super) fn tags(pages: &Pages<'_>, id: RuleId, address: impl Fn(RuleId) -> Option<String>) -> Vec<Tag> {
    let scope = pages.site.scope;
    let rule = scope.collection.rule(id);
    let mut tags = Vec::new();
    if !rule.on_breach.is_empty() {
        let label = |&word: &WordId| scope.collection.vocabulary.word(word).label.as_str();
        let breach: Vec<&str> = rule.on_breach.iter().map(label).collect();
        tags.push(Tag { label: "On breach", items: vec![Linked { text: breach.join(", "), href: None }] });
    }
    // The first of them, each with where it is to be found, and how many more there are.
    let told = |rules: &[RuleId]| -> Vec<Linked> {
        let item = |&other: &RuleId| Linked { text: rule_told(scope, id.policy, other), href: address(other) };
        let named = rules.iter().take(MOST_NAMED).map(item);
        named.chain(and_more(rules.len()).map(|text| Linked { text, href: None })).collect()
    };
    if !rule.overrides.is_empty() {
        tags.push(Tag { label: "Overrides", items: told(&rule.overrides) });
    }
    let mut gives_way = told(pages.site.beaten_by(id));
    let related = &scope.collection.policy(id.policy).related;
    let outside = rule.yields_outside.iter().filter_map(|&at| related.get(at as usize));
    gives_way.extend(outside.map(|related| Linked { text: related.title.clone(), href: None }));
    if !gives_way.is_empty() {
        tags.push(Tag { label: "Gives way to", items: gives_way });
    }
    tags
}
