//! Who is bound by what: for each organisation the parties its policies bind, and for each party its rules.
//!
//! Whose policies hold. A policy speaks for its organisation and for all below it. The readers of an organisation are
//! therefore bound by its own policies and by those of every organisation above it; those of a school below it are on the
//! pages of that school. An organisation has pages where it has a policy of its own that is not withdrawn: who works in a
//! school that has none reads the pages of its trust.
//!
//! Who has a page. Every party that a rule names as bound, and every party below such a one that the policies name
//! anywhere: in their prose, their rules or their header. A party above such a one has a page where a policy is written
//! for it. A party that nothing names has none: the page of what it lies below says that it is for them as well.
//!
//! What binds. A rule binds a party directly where a bearer is the party or lies above it, and some of the party where a
//! bearer lies below it. Groups that a policy defines stand for their words. A rule whose bearers could not be read may
//! bind anybody: it is on every page. Withdrawn policies bind nobody; drafts are told, and that they are drafts.
//!
//! How much. What stands on another page already is repeated, so that a page can be read alone, up to an allowance in
//! proportion to what there is; past it, the longest lists are led to instead (see [`Asked::elsewhere`]). Nothing is left out.
//!
//! It knows the model, and neither markup nor addresses but the name of a page.

mod acts;
mod asked;
mod parties;
mod standing;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::{Collection, Policy, PolicyId, RuleId, WordId};

pub(in crate::emit) use acts::{Act, Cell};
pub(in crate::emit) use asked::{Asked, Elsewhere};
pub(in crate::emit) use standing::Standing;

/// Rules that may be repeated on other pages in all organisations together, besides those in proportion.
const REPEATED: usize = 50_000;
/// The fewest of these that an organisation has.
const REPEATED_AT_LEAST: usize = 1_000;
/// How many rules of another page are repeated at most, the widest that fits the allowance.
const MOST: [usize; 5] = [usize::MAX, 200, 50, 10, 0];

/// Who is bound by what in a collection.
#[derive(Debug)]
pub(in crate::emit) struct Readership<'a> {
    collection: &'a Collection,
    /// The organisations that have policies, by id.
    pub organisations: Vec<Organisation>,
    of_policy: HashMap<PolicyId, usize>,
}

/// An organisation with policies of its own.
#[derive(Debug)]
pub(in crate::emit) struct Organisation {
    /// Its id, which is the folder of its policies.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The policies that hold in it: its own by title, then those of the organisations above it.
    pub policies: Vec<PolicyId>,
    /// Who has a page, in the order of the vocabulary.
    pub readers: Vec<Reader>,
    /// Organisations that its own policies speak for and that have none of their own, as they are called.
    pub with: Vec<String>,
    /// Organisations below it that have policies of their own.
    pub below: Vec<usize>,
    /// Organisations above it that have policies, the nearest first.
    above: Vec<usize>,
    /// The place of each policy among those that hold.
    places: HashMap<PolicyId, usize>,
    own: Own,
    /// The longest list of another page that is repeated.
    most: usize,
}

/// A party that has a page.
#[derive(Debug)]
pub(in crate::emit) struct Reader {
    /// The party.
    pub party: WordId,
    /// The name of its page, without its ending.
    pub stem: String,
    /// Those whom the page is for as well, since they have none.
    pub also: Vec<WordId>,
}

/// What an organisation's own policies say.
#[derive(Debug, Default)]
struct Own {
    /// The rules that name a party as bound.
    bearers: BTreeMap<WordId, Vec<RuleId>>,
    /// The rules that name a party as one who is acted on or asked.
    involved: BTreeMap<WordId, Vec<RuleId>>,
    /// Rules of which nobody knows whom they bind.
    unread: Vec<RuleId>,
    /// The parties that are named anywhere.
    named: BTreeSet<WordId>,
    /// The parties that policies are written for.
    audience: BTreeSet<WordId>,
    policies: usize,
    rules: usize,
}

impl<'a> Readership<'a> {
    /// Reads it from a collection.
    pub fn of(collection: &'a Collection) -> Self {
        let mut owned: BTreeMap<&str, Vec<PolicyId>> = BTreeMap::new();
        for (id, policy) in collection.policies().filter(|(_, policy)| !policy.is_withdrawn()) {
            // A policy that names no organisation, a mistake that has been reported, speaks for nobody.
            if let Some((organisation, _)) = policy.key.split_once('/') {
                owned.entry(organisation).or_default().push(id);
            }
        }
        let mut organisations: Vec<Organisation> =
            owned.iter().map(|(id, policies)| Organisation::new(collection, id, policies)).collect();
        let of_policy: HashMap<PolicyId, usize> =
            owned.values().enumerate().flat_map(|(at, own)| own.iter().map(move |&id| (id, at))).collect();
        relate(collection, &owned, &mut organisations);
        let mut readership = Readership { collection, organisations, of_policy };
        for at in 0..readership.organisations.len() {
            let readers = readership.readers(at);
            if let Some(organisation) = readership.organisations.get_mut(at) {
                organisation.readers = readers;
            }
        }
        let with_pages = readership.organisations.iter().filter(|it| !it.readers.is_empty()).count();
        let share = (REPEATED / with_pages.max(1)).max(REPEATED_AT_LEAST);
        for at in 0..readership.organisations.len() {
            let most = readership.most(at, share);
            if let Some(organisation) = readership.organisations.get_mut(at) {
                organisation.most = most;
            }
        }
        readership
    }

    /// The organisation a policy speaks for, where readers of it have pages.
    pub fn of_policy(&self, policy: PolicyId) -> Option<&Organisation> {
        let organisation = self.organisations.get(*self.of_policy.get(&policy)?)?;
        (!organisation.readers.is_empty()).then_some(organisation)
    }

    /// The organisation with this id, where readers of it have pages.
    pub fn with_id(&self, id: &str) -> Option<&Organisation> {
        let at = self.organisations.binary_search_by(|it| it.id.as_str().cmp(id)).ok()?;
        self.organisations.get(at).filter(|it| !it.readers.is_empty())
    }

    /// An organisation and those above it.
    fn holding<'o>(&'o self, organisation: &'o Organisation) -> impl Iterator<Item = &'o Organisation> {
        [organisation].into_iter().chain(organisation.above.iter().filter_map(|&at| self.organisations.get(at)))
    }

    /// How long a list of another page may be to be repeated: `share` and twice its own rules may be in all.
    fn most(&self, at: usize, share: usize) -> usize {
        let Some(organisation) = self.organisations.get(at) else { return 0 };
        let lists: Vec<usize> = organisation
            .readers
            .iter()
            .flat_map(|reader| self.lists(organisation, reader.party))
            .filter(|list| !list.is_home)
            .map(|list| list.rules.len())
            .collect();
        let allowed = share + 2 * organisation.own.rules;
        let fits = |most: &&usize| lists.iter().filter(|&length| length <= *most).sum::<usize>() <= allowed;
        MOST.iter().find(fits).copied().unwrap_or(0)
    }
}

impl Organisation {
    fn new(collection: &Collection, id: &str, policies: &[PolicyId]) -> Self {
        let mut own = Own::default();
        for &policy in policies {
            own.add(collection, policy);
        }
        let mut policies = policies.to_vec();
        policies.sort_by_cached_key(|&id| order(collection.policy(id)));
        let declared = policies.first().and_then(|&first| collection.policy(first).organisation);
        Organisation {
            id: id.to_owned(),
            label: declared.map_or(id, |word| &collection.vocabulary.word(word).label).to_owned(),
            policies,
            readers: Vec::new(),
            with: Vec::new(),
            below: Vec::new(),
            above: Vec::new(),
            places: HashMap::new(),
            own,
            most: 0,
        }
    }

    /// Rules in the order of the policies that hold, each once.
    pub fn sort(&self, rules: &mut Vec<RuleId>) {
        rules.sort_unstable_by_key(|id| (self.places.get(&id.policy), *id));
        rules.dedup();
    }

    /// The page of a party, where it has one.
    pub fn reader(&self, party: WordId) -> Option<&Reader> {
        let at = self.readers.binary_search_by_key(&party, |reader| reader.party).ok()?;
        self.readers.get(at)
    }
}

/// Tells every organisation of those above and below it, and of the policies it has from above.
fn relate(collection: &Collection, owned: &BTreeMap<&str, Vec<PolicyId>>, organisations: &mut [Organisation]) {
    let vocabulary = &collection.vocabulary;
    let words: Vec<Option<WordId>> =
        owned.values().map(|own| own.first().and_then(|&first| collection.policy(first).organisation)).collect();
    let index: HashMap<WordId, usize> =
        words.iter().enumerate().filter_map(|(at, word)| Some(((*word)?, at))).collect();
    for (at, word) in words.iter().enumerate() {
        let above: Vec<usize> = word
            .map(|word| upward(collection, word).into_iter().skip(1).filter_map(|it| index.get(&it).copied()).collect())
            .unwrap_or_default();
        let inherited: Vec<PolicyId> = above
            .iter()
            .filter_map(|&above| organisations.get(above))
            .flat_map(|it| it.policies.iter().take(it.own.policies))
            .copied()
            .collect();
        above.iter().for_each(|&above| organisations[above].below.push(at));
        let below = word.map(|word| downward(collection, word)).unwrap_or_default();
        let without = below.iter().skip(1).filter(|it| !index.contains_key(it));
        let organisation = &mut organisations[at];
        organisation.with = without.map(|&it| vocabulary.word(it).label.clone()).collect();
        organisation.above = above;
        organisation.places =
            (0..).zip(organisation.policies.iter().chain(&inherited)).map(|(n, &id)| (id, n)).collect();
        organisation.policies.extend(inherited);
    }
}

/// A word and all above it, the nearest first, each once.
fn upward(collection: &Collection, word: WordId) -> Vec<WordId> {
    spread(word, |word| &collection.vocabulary.word(word).parents)
}

/// A word and all below it, the nearest first, each once.
fn downward(collection: &Collection, word: WordId) -> Vec<WordId> {
    spread(word, |word| &collection.vocabulary.word(word).children)
}

fn spread<'c>(start: WordId, next: impl Fn(WordId) -> &'c [WordId]) -> Vec<WordId> {
    let mut found = vec![start];
    let mut seen = HashSet::from([start]);
    let mut at = 0;
    while let Some(&word) = found.get(at) {
        at += 1;
        found.extend(next(word).iter().filter(|word| seen.insert(**word)));
    }
    found
}

/// What policies of one organisation are sorted by.
fn order(policy: &Policy) -> (String, String) {
    (policy.title.to_lowercase(), policy.key.clone())
}
