//! What there is to say of a rule besides its sentence: what a breach brings, and which rules it beats and gives way to.

use super::{Linked, MOST_NAMED, Site, and_more, rule_told};
use crate::model::{RuleId, WordId};

/// What stands behind the sentence of a rule.
#[derive(Debug, Default)]
pub(in crate::emit) struct Edges {
    /// What a breach brings.
    pub breach: Option<String>,
    /// The rules it overrides.
    pub overrides: Vec<Linked>,
    /// The rules and outside documents it gives way to.
    pub gives_way: Vec<Linked>,
}

/// What there is to say of a rule, in the words of the policy it stands in; `address` says where another rule is to be
/// found from the page it is told on.
pub(in crate::emit) fn edges(site: &Site<'_>, id: RuleId, address: impl Fn(RuleId) -> Option<String>) -> Edges {
    let collection = site.scope.collection;
    let rule = collection.rule(id);
    let label = |&word: &WordId| collection.vocabulary.word(word).label.as_str();
    let breach: Vec<&str> = rule.on_breach.iter().map(label).collect();
    // The first of them, each with where it is to be found, and how many more there are.
    let told = |rules: &[RuleId]| -> Vec<Linked> {
        let item = |&other: &RuleId| Linked { text: rule_told(site.scope, id.policy, other), href: address(other) };
        let named = rules.iter().take(MOST_NAMED).map(item);
        named.chain(and_more(rules.len()).map(|text| Linked { text, href: None })).collect()
    };
    let mut gives_way = told(site.beaten_by(id));
    let related = &collection.policy(id.policy).related;
    let outside = rule.yields_outside.iter().filter_map(|&at| related.get(at as usize));
    gives_way.extend(outside.map(|related| Linked { text: related.title.clone(), href: None }));
    Edges { breach: (!breach.is_empty()).then(|| breach.join(", ")), overrides: told(&rule.overrides), gives_way }
}
