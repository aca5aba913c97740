//! What a reader's page gathers from its rules: by when, what a breach brings, what others owe, and what is said of each
//! act. Each item leads to its rule.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::Of;
use crate::emit::page::{Asked, Elsewhere, Linked, Reader, capitalised, several};
use crate::model::{Amount, Deadline, Modality, Rule, RuleId, Unit, WordId};
use crate::verbalise;

/// How many rules of others are told: who is named by more is in the middle of things, and reads the policies.
const MOST_OF_OTHERS: usize = 60;

/// How many rules are listed whose breach brings one and the same.
const MOST_OF_BREACHES: usize = 60;

/// Clauses of one policy.
#[derive(Serialize)]
pub(super) struct Clauses {
    /// Its title, where the organisation has several.
    policy: Option<String>,
    links: Vec<Linked>,
}

/// Something that is due.
#[derive(Serialize)]
pub(super) struct Due {
    when: String,
    what: String,
    href: String,
    place: Linked,
}

/// What follows a breach of some rules.
#[derive(Serialize)]
pub(super) struct Follows {
    label: String,
    /// How many they are, where they are too many to be listed: each says it of itself.
    many: Option<usize>,
    clauses: Vec<Clauses>,
}

/// A sentence, and where more is to be found.
#[derive(Serialize)]
pub(super) struct OfOthers {
    text: String,
    place: Linked,
}

/// What is said of one act.
#[derive(Serialize)]
pub(super) struct OfAct {
    id: String,
    label: String,
    says: Vec<Says>,
    elsewhere: Vec<Linked>,
}

#[derive(Serialize)]
struct Says {
    modality: &'static str,
    clauses: Vec<Clauses>,
}

impl Of<'_, '_> {
    /// The id of what a reader's page says of an act.
    pub fn act_id(&self, action: WordId) -> String {
        format!("page.act.{}", self.pages.site.scope.collection.vocabulary.word(action).id)
    }

    /// Where a rule is on the same page.
    pub(super) fn here(&self, id: RuleId) -> String {
        format!("#{}", self.place_of(id))
    }

    /// The clauses of some rules, which are in the order of their policies; `to` says where each leads.
    pub(super) fn clauses(&self, rules: &[RuleId], to: impl Fn(RuleId) -> String) -> Vec<Clauses> {
        let collection = self.pages.site.scope.collection;
        let policies = rules.chunk_by(|a, b| a.policy == b.policy).filter_map(|rules| {
            let policy = collection.policy(rules.first()?.policy);
            let mut seen = HashSet::new();
            let links = rules.iter().filter_map(|&id| {
                let text = self.clause_in_short(id);
                seen.insert(text.clone()).then(|| Linked { text, href: Some(to(id)) })
            });
            Some(Clauses { policy: self.several.then(|| policy.title.clone()), links: links.collect() })
        });
        policies.collect()
    }

    /// The rules with a time limit, what is due at once first.
    pub(super) fn deadlines(&self, asked: &Asked) -> Vec<Due> {
        let collection = self.pages.site.scope.collection;
        let mut rules: Vec<RuleId> = asked.bound().filter(|&id| is_due(collection.rule(id))).collect();
        rules.sort_by_key(|&id| urgency(collection.rule(id)));
        let due = rules.into_iter().filter_map(|id| {
            Some(Due {
                when: capitalised(&verbalise::deadline(collection, id)?),
                what: capitalised(&verbalise::gist(collection, id)),
                href: self.here(id),
                place: self.clause(id),
            })
        });
        due.collect()
    }

    /// What breaches bring, in the order of the vocabulary.
    pub(super) fn consequences(&self, asked: &Asked) -> Vec<Follows> {
        let collection = self.pages.site.scope.collection;
        let mut follows: BTreeMap<WordId, Vec<RuleId>> = BTreeMap::new();
        for id in asked.bound() {
            for &consequence in &collection.rule(id).on_breach {
                follows.entry(consequence).or_default().push(id);
            }
        }
        let told = follows.into_iter().map(|(consequence, mut rules)| {
            self.organisation.sort(&mut rules);
            let label = capitalised(&collection.vocabulary.word(consequence).label);
            if rules.len() > MOST_OF_BREACHES {
                return Follows { label, many: Some(rules.len()), clauses: Vec::new() };
            }
            Follows { label, many: None, clauses: self.clauses(&rules, |id| self.here(id)) }
        });
        told.collect()
    }

    /// The first rules of others that name a party, and how many more there are.
    pub(super) fn others(&self, asked: &Asked) -> (Vec<OfOthers>, Option<String>) {
        let collection = self.pages.site.scope.collection;
        let told = asked.named.iter().take(MOST_OF_OTHERS).map(|&id| {
            let mut place = self.clause(id);
            if self.several {
                place.text = format!("{}, {}", place.text, collection.policy(id.policy).title);
            }
            OfOthers { text: verbalise::statement(collection, id), place }
        });
        let more = asked.named.len().saturating_sub(MOST_OF_OTHERS);
        (told.collect(), (more > 0).then(|| format!("And {more} more, in the policies themselves.")))
    }

    /// Where the rules are that are too many to be told again.
    pub(super) fn elsewhere(&self, asked: &Asked) -> Vec<OfOthers> {
        let told = asked.elsewhere.iter().filter_map(|elsewhere| {
            let Elsewhere { rules, some, .. } = *elsewhere;
            let whom = several(&self.pages.site.scope.collection.vocabulary, elsewhere.party);
            let count = if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") };
            let text = if some { format!("{count} only for {whom}") } else { format!("{count} for {whom}") };
            Some(OfOthers { text, place: self.page_elsewhere(elsewhere)? })
        });
        told.collect()
    }

    fn page_elsewhere(&self, elsewhere: &Elsewhere) -> Option<Linked> {
        let organisation = self.pages.readership.organisations.get(elsewhere.organisation)?;
        let whom = several(&self.pages.site.scope.collection.vocabulary, elsewhere.party);
        let is_own = organisation.id == self.organisation.id;
        let text = if is_own { whom.to_owned() } else { format!("{whom} ({})", organisation.label) };
        Some(Linked { text, href: Some(self.reader_page(organisation, elsewhere.party)) })
    }

    /// What all rules that bind a party say of each act, those told elsewhere included.
    pub(super) fn of_acts(&self, reader: &Reader, asked: &Asked) -> Vec<OfAct> {
        let collection = self.pages.site.scope.collection;
        let readership = &self.pages.readership;
        let binding = readership.binding(self.organisation, reader.party);
        let listed: HashSet<RuleId> = asked.direct.iter().copied().collect();
        let by_act = readership.by_act(&self.acts, &binding);
        let told = self.acts.iter().zip(by_act).filter(|(_, rules)| !rules.is_empty()).map(|(act, rules)| {
            let (here, away): (Vec<RuleId>, Vec<RuleId>) = rules.into_iter().partition(|id| listed.contains(id));
            let says = Modality::ALL.into_iter().filter_map(|modality| {
                let of: Vec<RuleId> =
                    here.iter().copied().filter(|&id| collection.rule(id).modality == modality).collect();
                let clauses = self.clauses(&of, |id| self.here(id));
                (!of.is_empty()).then_some(Says { modality: modality.words(), clauses })
            });
            let bearers: BTreeSet<WordId> = away.iter().flat_map(|&id| readership.bearers(id)).collect();
            let pages = asked.elsewhere.iter().filter(|it| !it.some && bearers.contains(&it.party));
            OfAct {
                id: self.act_id(act.action),
                label: capitalised(&collection.vocabulary.word(act.action).label),
                says: says.collect(),
                elsewhere: pages.filter_map(|it| self.page_elsewhere(it)).collect(),
            }
        });
        told.collect()
    }
}

/// Whether a rule says by when, from when or how often.
fn is_due(rule: &Rule) -> bool {
    !rule.deadline.is_empty() || rule.every.is_some()
}

/// What time limits are sorted by: what is due at once, then within a time, the shortest first, then by events, then again
/// and again.
fn urgency(rule: &Rule) -> (u8, u128) {
    let Deadline { within, before, until, after, immediately } = &rule.deadline;
    if *immediately {
        return (0, 0);
    }
    if let Some((amount, _)) = within {
        return (1, roughly(*amount));
    }
    let events = [before, until, after];
    if let Some(at) = events.iter().position(|event| event.is_some()) {
        return (2 + at as u8, 0);
    }
    (5, rule.every.map_or(0, roughly))
}

/// How long an amount of time is, well enough for an order: months and school days differ in length.
fn roughly(amount: Amount) -> u128 {
    let minutes = match amount.unit {
        Unit::Minute => 1,
        Unit::Hour => 60,
        Unit::Week => 7 * 24 * 60,
        Unit::Month => 30 * 24 * 60,
        Unit::Year => 365 * 24 * 60,
        _ => 24 * 60,
    };
    amount.number.ten_millionths().saturating_mul(minutes)
}
