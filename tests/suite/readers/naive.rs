//! Whom each rule binds, read off the model once more without any of the code that makes the pages.

use std::collections::{BTreeMap, BTreeSet};

use clausal::model::{Collection, Filler, Kind, Modality, Policy, Rule, Status, WordId};

/// A rule that holds in an organisation.
pub struct Holds<'c> {
    /// The policy it stands in.
    pub policy: &'c Policy,
    /// The rule.
    pub rule: &'c Rule,
    /// The parties it names as bound.
    pub bearers: Vec<WordId>,
}

/// Every organisation with a policy that is not withdrawn, with the rules that hold in it.
pub fn organisations(collection: &Collection) -> BTreeMap<&str, Vec<Holds<'_>>> {
    let holding = |policy: &&Policy| !matches!(policy.status, Some((Status::Withdrawn, _)));
    let named = collection.policies.iter().filter(holding).filter_map(|policy| Some((folder(policy)?, policy)));
    named
        .map(|(organisation, of)| {
            let above = |policy: &&Policy| {
                folder(policy) == Some(organisation)
                    || matches!((of.organisation, policy.organisation), (Some(low), Some(high)) if is_below(collection, low, high))
            };
            let policies = collection.policies.iter().filter(holding).filter(above);
            let rules = policies.flat_map(|policy| {
                policy.rules.iter().map(move |rule| Holds { policy, rule, bearers: bearers(collection, policy, rule) })
            });
            (organisation, rules.collect())
        })
        .collect()
}

/// The folder of a policy's page.
fn folder(policy: &Policy) -> Option<&str> {
    policy.key.split_once('/').map(|(organisation, _)| organisation)
}

/// Whether a word is another or a kind of it: somewhere above it the other stands.
pub fn is_below(collection: &Collection, low: WordId, high: WordId) -> bool {
    low == high || collection.vocabulary.word(low).parents.iter().any(|&above| is_below(collection, above, high))
}

fn bearers(collection: &Collection, policy: &Policy, rule: &Rule) -> Vec<WordId> {
    let mut found = Vec::new();
    for name in &rule.bearers {
        match name {
            Filler::Word(word) => found.push(*word),
            Filler::Group(definition) => found.extend(&policy.definitions[definition.0 as usize].group),
        }
    }
    found.retain(|&word| collection.vocabulary.word(word).kind == Kind::Party);
    found
}

impl Holds<'_> {
    /// Whether it binds all of a party.
    pub fn binds(&self, collection: &Collection, party: WordId) -> bool {
        self.bearers.iter().any(|&bearer| is_below(collection, party, bearer))
    }

    /// Whether it binds some of a party and not all.
    pub fn binds_some(&self, collection: &Collection, party: WordId) -> bool {
        !self.binds(collection, party) && self.bearers.iter().any(|&bearer| is_below(collection, bearer, party))
    }

    /// The id it has on the pages of readers.
    pub fn id(&self) -> String {
        let name = self.rule.name.clone().unwrap_or_else(|| self.rule.position.to_string());
        let place = match self.rule.block {
            None => format!("policy.rule.{name}"),
            Some(block) => match self.policy.blocks[block.0 as usize].path.as_str() {
                "page" => format!("page.rule.{name}"),
                path => format!("{path}.{name}"),
            },
        };
        format!("{}/{place}", self.policy.key)
    }

    /// Whether its policy is adopted, or nothing is said of that.
    pub fn is_in_force(&self) -> bool {
        !matches!(self.policy.status, Some((Status::Draft | Status::Consultation, _)))
    }

    /// Whether it says something of an action: it names it, or names what it is a kind of and asks for nothing.
    pub fn speaks_of(&self, collection: &Collection, action: WordId) -> bool {
        let is_duty = matches!(self.rule.modality, Modality::Must | Modality::Should);
        self.rule.actions.iter().any(|&named| named == action || (!is_duty && is_below(collection, action, named)))
    }
}

/// What a cell of the table must say: letters and how many rules; `None` where no rule speaks.
pub fn cell<'h>(rules: impl Iterator<Item = &'h Holds<'h>>) -> Option<(Vec<&'static str>, usize)> {
    let rules: Vec<&Holds<'_>> = rules.collect();
    let in_force: Vec<&Holds<'_>> = rules.iter().copied().filter(|holds| holds.is_in_force()).collect();
    let counted = if in_force.is_empty() { rules } else { in_force };
    let found: BTreeSet<Modality> = counted.iter().map(|holds| holds.rule.modality).collect();
    let strongest = [
        [(Modality::Must, "M"), (Modality::MustNot, "MN")],
        [(Modality::Should, "S"), (Modality::ShouldNot, "SN")],
        [(Modality::May, "P"), (Modality::NeedNot, "NN")],
    ];
    let of = |pair: &[(Modality, &'static str); 2]| {
        pair.iter().filter(|(modality, _)| found.contains(modality)).map(|(_, letters)| *letters).collect::<Vec<_>>()
    };
    strongest.iter().map(of).find(|letters| !letters.is_empty()).map(|letters| (letters, counted.len()))
}
