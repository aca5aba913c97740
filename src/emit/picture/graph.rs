//! Who, what and whom: the rules of a policy as acts, those that say the same of the same merged.
//!
//! Two rules are one row where they bind the same party with the same force to the same act, and where naming their
//! things or their other parties together says nothing that neither of them says. Knows no place on paper.

use std::collections::{HashMap, HashSet};

use crate::model::{Choice, Collection, Filler, Kind, Modality, PolicyId, Rule, RuleId, WordId, without_article};
use crate::verbalise;

/// How many things a row names before it counts the rest.
const NAMED: usize = 3;

/// A party with what a policy asks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emit) struct Bearer {
    /// How several of it are told, as written: `members of staff`.
    pub label: String,
    /// Its word, where it is one: not a group that the policy defines, nor several words that are told alike.
    pub party: Option<WordId>,
    /// The rules that bind it.
    pub rules: Vec<RuleId>,
    /// What it must, should and may do: by force, and within that first what concerns another party.
    pub rows: Vec<Row>,
    /// The other parties of its rows.
    pub others: Vec<String>,
}

/// An act with its force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emit) struct Row {
    /// The force.
    pub modality: Modality,
    /// The act: `post`.
    pub act: String,
    /// The things it is done to, as they are told.
    pub things: Vec<String>,
    /// What stands between the act and those it concerns: a preposition, or nothing where it is done to them.
    pub link: Option<&'static str>,
    /// What narrows every rule of this row.
    pub narrowed: Narrowed,
    /// The other parties that it concerns: indices into those of the bearer.
    pub towards: Vec<usize>,
    /// The rules, in document order.
    pub rules: Vec<RuleId>,
}

/// What narrows a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::emit) enum Narrowed {
    /// No condition.
    Never,
    /// An exception.
    Exceptions,
    /// A condition, with or without exceptions.
    Cases,
}

/// What tells rows apart.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    bearer: usize,
    modality: Modality,
    act: String,
    /// The things, where others are concerned: each of these must then be true of each of those. Of what concerns nobody
    /// else only whether there are any.
    things: Vec<String>,
    has_things: bool,
    link: Option<Option<&'static str>>,
    narrowed: Narrowed,
}

/// Rows as they grow.
#[derive(Default)]
struct Builder {
    bearers: Vec<Bearer>,
    by_label: HashMap<String, usize>,
    rows: HashMap<Key, usize>,
    others: HashMap<(usize, String), usize>,
    things: HashSet<(usize, usize, String)>,
    towards: HashSet<(usize, usize, usize)>,
}

/// What a rule says of one preposition, or of its object.
struct Link {
    preposition: Option<&'static str>,
    others: Vec<String>,
}

impl Row {
    /// The act with its things, the first of them where there are many, and what leads on to those it concerns.
    pub fn short(&self) -> String {
        match self.things.get(..NAMED - 1) {
            Some(first) if self.things.len() > NAMED => {
                let mut items = first.to_vec();
                items.push(format!("{} more", self.things.len() - first.len()));
                // "a, b and 8 more" even of a ban: "or 8 more" would be told of something else.
                self.told(&items, "and")
            }
            _ => self.full(),
        }
    }

    /// The act with all its things, and what leads on to those it concerns.
    pub fn full(&self) -> String {
        self.told(&self.things, self.joiner())
    }

    /// What joins things and parties: a ban of this *and* that would forbid only both together.
    pub fn joiner(&self) -> &'static str {
        joiner(self.modality)
    }

    fn told(&self, things: &[String], joiner: &str) -> String {
        let mut told = self.act.clone();
        if !things.is_empty() {
            told.push(' ');
            told.push_str(&verbalise::list(things, joiner));
        }
        if let Some(link) = self.link {
            told.push(' ');
            told.push_str(link);
        }
        told
    }
}

impl Narrowed {
    /// In words, in brackets: what follows an act could be read as part of it.
    pub fn told(self) -> Option<&'static str> {
        match self {
            Narrowed::Never => None,
            Narrowed::Exceptions => Some("(with exceptions)"),
            Narrowed::Cases => Some("(in some cases)"),
        }
    }

    fn of(rule: &Rule) -> Self {
        if !rule.when.is_empty() || !rule.only_when.is_empty() {
            Narrowed::Cases
        } else if !rule.unless.is_empty() {
            Narrowed::Exceptions
        } else {
            Narrowed::Never
        }
    }
}

fn joiner(modality: Modality) -> &'static str {
    match modality {
        Modality::MustNot | Modality::ShouldNot | Modality::NeedNot => "or",
        Modality::Must | Modality::Should | Modality::May => "and",
    }
}

/// The bearers of a policy, those with most rules first, then in document order.
pub(super) fn bearers(collection: &Collection, policy: PolicyId) -> Vec<Bearer> {
    let mut builder = Builder::default();
    for (index, rule) in collection.policy(policy).rules.iter().enumerate() {
        builder.rule(collection, RuleId { policy, index: index as u32 }, rule);
    }
    let mut bearers = builder.bearers;
    for bearer in &mut bearers {
        bearer.rows.sort_by_key(|row| (row.modality, row.towards.is_empty()));
    }
    bearers.sort_by_key(|bearer| std::cmp::Reverse(bearer.rules.len()));
    bearers
}

impl Builder {
    fn rule(&mut self, collection: &Collection, id: RuleId, rule: &Rule) {
        let teller = Names { collection, policy: id.policy };
        let acts: Vec<String> = rule.actions.iter().map(|&it| collection.vocabulary.word(it).label.clone()).collect();
        let joiner = if rule.actions_are == Choice::Any { "or" } else { joiner(rule.modality) };
        let act = match acts.as_slice() {
            // A rule whose act could not be understood is shown all the same.
            [] => "do something that is not declared".to_owned(),
            _ => verbalise::list(&acts, joiner),
        };
        let (parties, things) = teller.objects(rule);
        let mut links: Vec<Link> = Vec::new();
        if !parties.is_empty() {
            links.push(Link { preposition: None, others: parties });
        }
        for slot in &rule.slots {
            let (others, _) = teller.parted(&slot.names, slot.are);
            if !others.is_empty() {
                links.push(Link { preposition: Some(slot.preposition), others });
            }
        }
        let named = rule.bearers.iter().map(|&name| {
            let party = match name {
                Filler::Word(word) => Some(word),
                Filler::Group(_) => None,
            };
            (verbalise::names(collection, id.policy, &[name]).concat(), party)
        });
        let mut bearers: Vec<(String, Option<WordId>)> = named.collect();
        if bearers.is_empty() {
            bearers.push(("somebody who is not declared".to_owned(), None));
        }
        for (label, party) in bearers {
            let bearer = self.bearer(label, party, id);
            // Things beside the parties of one object are done by themselves: no line leads on from them.
            let is_object = links.iter().any(|link| link.preposition.is_none());
            if links.is_empty() || is_object && !things.is_empty() {
                self.row(bearer, rule, id, &act, &things, None);
            }
            for link in &links {
                let things = if is_object { &[][..] } else { &things };
                self.row(bearer, rule, id, &act, things, Some(link));
            }
        }
    }

    fn bearer(&mut self, label: String, party: Option<WordId>, rule: RuleId) -> usize {
        let next = self.bearers.len();
        let at = *self.by_label.entry(label).or_insert_with_key(|label| {
            let (label, rules, rows, others) = (label.clone(), Vec::new(), Vec::new(), Vec::new());
            self.bearers.push(Bearer { label, party, rules, rows, others });
            next
        });
        if let Some(bearer) = self.bearers.get_mut(at) {
            bearer.party = bearer.party.filter(|it| Some(*it) == party);
            if bearer.rules.last() != Some(&rule) {
                bearer.rules.push(rule);
            }
        }
        at
    }

    fn row(&mut self, at: usize, rule: &Rule, id: RuleId, act: &str, things: &[String], link: Option<&Link>) {
        let Some(bearer) = self.bearers.get_mut(at) else { return };
        let mut named = if link.is_some() { things.to_vec() } else { Vec::new() };
        named.sort_unstable();
        let key = Key {
            bearer: at,
            modality: rule.modality,
            act: act.to_owned(),
            things: named,
            has_things: !things.is_empty(),
            link: link.map(|link| link.preposition),
            narrowed: Narrowed::of(rule),
        };
        let next = bearer.rows.len();
        let row_at = *self.rows.entry(key).or_insert(next);
        if row_at == next {
            bearer.rows.push(Row {
                modality: rule.modality,
                act: act.to_owned(),
                things: Vec::new(),
                link: link.and_then(|link| link.preposition),
                narrowed: Narrowed::of(rule),
                towards: Vec::new(),
                rules: Vec::new(),
            });
        }
        let Some(row) = bearer.rows.get_mut(row_at) else { return };
        for thing in things {
            if self.things.insert((at, row_at, thing.clone())) {
                row.things.push(thing.clone());
            }
        }
        for other in link.map_or(&[][..], |link| &link.others) {
            let next = bearer.others.len();
            let other_at = *self.others.entry((at, other.clone())).or_insert(next);
            if other_at == next {
                bearer.others.push(other.clone());
            }
            if self.towards.insert((at, row_at, other_at)) {
                row.towards.push(other_at);
            }
        }
        if row.rules.last() != Some(&id) {
            row.rules.push(id);
        }
    }
}

/// Tells the names of one policy.
#[derive(Clone, Copy)]
struct Names<'c> {
    collection: &'c Collection,
    policy: PolicyId,
}

impl Names<'_> {
    /// The object of a rule: the parties in it, and the things.
    fn objects(self, rule: &Rule) -> (Vec<String>, Vec<String>) {
        let objects = &rule.objects;
        if !objects.any {
            return self.parted(&objects.names, objects.are);
        }
        let any: Vec<String> = objects.names.iter().map(|&name| format!("any {}", self.one(name))).collect();
        if objects.names.iter().any(|&name| self.is_party(name)) { (any, Vec::new()) } else { (Vec::new(), any) }
    }

    /// Names apart: parties and things. Alternatives are one: nobody is to read two of them as both.
    fn parted(self, names: &[Filler], are: Choice) -> (Vec<String>, Vec<String>) {
        let told = |names: &[Filler]| verbalise::names(self.collection, self.policy, names);
        let (parties, things): (Vec<Filler>, Vec<Filler>) = names.iter().partition(|&&name| self.is_party(name));
        match are {
            _ if names.is_empty() => (Vec::new(), Vec::new()),
            Choice::Each => (told(&parties), told(&things)),
            Choice::Any if parties.is_empty() => (Vec::new(), vec![verbalise::list(&told(names), "or")]),
            Choice::Any => (vec![verbalise::list(&told(names), "or")], Vec::new()),
        }
    }

    fn is_party(self, name: Filler) -> bool {
        let is = |kind: Kind| matches!(kind, Kind::Party | Kind::Organisation);
        match name {
            Filler::Word(word) => is(self.collection.vocabulary.word(word).kind),
            Filler::Group(definition) => {
                let group = &self.collection.policy(self.policy).definition(definition).group;
                group.iter().any(|&word| is(self.collection.vocabulary.word(word).kind))
            }
        }
    }

    /// One of them, without its article.
    fn one(self, name: Filler) -> String {
        let label = match name {
            Filler::Word(word) => &self.collection.vocabulary.word(word).label,
            Filler::Group(definition) => &self.collection.policy(self.policy).definition(definition).term,
        };
        without_article(label).unwrap_or(label).to_owned()
    }
}
