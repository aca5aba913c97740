//! Where a rule stands, as a reader of the document finds it: by number or heading, and in another policy by its title.

use crate::model::{BlockIdx, Collection, Parent, Policy, PolicyId, RuleId};

/// The place of a rule as told in the policy `from`: `5.1`; from elsewhere `Fairfield Schools Trust's Social Media Policy,
/// 5.1`.
pub fn place(collection: &Collection, rule: RuleId, from: PolicyId) -> String {
    let clause = clause(collection.policy(rule.policy), collection.rule(rule).block);
    if rule.policy == from {
        return clause;
    }
    format!("{}, {clause}", policy(collection, rule.policy, from))
}

/// A policy by its title, and by its organisation where that is not the organisation of the policy `from`.
fn policy(collection: &Collection, id: PolicyId, from: PolicyId) -> String {
    let policy = collection.policy(id);
    let bare = ["the ", "The "].iter().find_map(|article| policy.title.strip_prefix(article)).unwrap_or(&policy.title);
    match policy.organisation {
        Some(organisation) if collection.policy(from).organisation != Some(organisation) => {
            format!("{} {bare}", possessive(&collection.vocabulary.word(organisation).label))
        }
        _ => format!("the {bare}"),
    }
}

/// A block by its number; by its heading or id, and the number of the block around it, where it has none.
fn clause(policy: &Policy, block: Parent) -> String {
    let Some(own) = block else { return "the preamble".to_owned() };
    if let Some(number) = number(policy, own) {
        return number;
    }
    let it = policy.block(own);
    let name = match &it.heading {
        Some(heading) => format!("“{heading}”"),
        None => format!("{} `{}`", it.kind.name(), it.id),
    };
    let mut around = it.parent;
    while let Some(outer) = around {
        if let Some(number) = number(policy, outer) {
            return format!("{name} in {number}");
        }
        around = policy.block(outer).parent;
    }
    name
}

/// The number of a block; one in brackets, which counts within the block around it, with that block's before it.
fn number(policy: &Policy, block: BlockIdx) -> Option<String> {
    let mut number = policy.block(block).number.clone()?;
    let mut around = policy.block(block).parent;
    while let Some(outer) = around.filter(|_| number.starts_with('(')) {
        let outer = policy.block(outer);
        number.insert_str(0, outer.number.as_deref().unwrap_or_default());
        around = outer.parent;
    }
    Some(number)
}

/// `the school's`, `St Thomas'`.
fn possessive(name: &str) -> String {
    if name.ends_with(['s', '\'', '’']) {
        format!("{}'", name.trim_end_matches(['\'', '’']))
    } else {
        format!("{name}'s")
    }
}

#[cfg(test)]
mod tests {
    use super::possessive;

    #[test]
    fn owners_take_an_apostrophe() {
        assert_eq!(possessive("Fairfield Schools Trust"), "Fairfield Schools Trust's");
        assert_eq!(possessive("Bitterne Park and Sinclair Schools"), "Bitterne Park and Sinclair Schools'");
        assert_eq!(possessive("St Thomas'"), "St Thomas'");
    }
}
