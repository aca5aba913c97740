//! What there is to say of a rule besides its sentence: what a breach brings, and which rules it beats and gives way to.

use super::{Address, Linked, MOST_NAMED, and_more, rule_told};
use crate::model::{RuleId, Target, WordId};

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

/// What there is to say of a rule to readers of the policy it stands in.
pub(in crate::emit) fn edges(address: Address<'_, '_>, id: RuleId) -> Edges {
    let collection = address.site.scope.collection;
    let rule = collection.rule(id);
    let breach: Vec<&str> =
        rule.on_breach.iter().map(|&word: &WordId| collection.vocabulary.word(word).label.as_str()).collect();
    let mut gives_way = rules(address, address.site.beaten_by(id));
    let related = &collection.policy(id.policy).related;
    let outside = rule.yields_outside.iter().filter_map(|&at| related.get(at as usize));
    gives_way.extend(outside.map(|related| Linked { text: related.title.clone(), href: None }));
    Edges {
        breach: (!breach.is_empty()).then(|| breach.join(", ")),
        overrides: rules(address, &rule.overrides),
        gives_way,
    }
}

/// The first of some rules, each with where it is to be found, and how many more there are.
fn rules(address: Address<'_, '_>, rules: &[RuleId]) -> Vec<Linked> {
    let told = |id| rule_told(address.site.scope, address.from, id);
    let item = |&id| Linked { text: told(id), href: address.of(Target::Rule(id)) };
    let named = rules.iter().take(MOST_NAMED).map(item);
    named.chain(and_more(rules.len()).map(|text| Linked { text, href: None })).collect()
}
