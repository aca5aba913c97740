//! Who approves and consents: when a set of people meets what conditions ask, and the first set that does.
//!
//! *n of (A, B, …)* is met when n of the names can each be given somebody of their own: a matching. Every such condition
//! stays met when more people approve, so that a smallest set is found by adding people one at a time.

use std::cell::RefCell;
use std::collections::HashMap;

use super::answer::Leaf;
use super::classes::members;
use super::facts::each_condition;
use super::leaves::LeafSet;
use super::mask::Mask;
use super::rules::{Part, Rules};
use super::sets::TooMany;
use super::space::each_of;
use crate::model::Condition;

/// What a set of situations says of one voice: that it is given, that it is not, or either.
pub(super) type Said = Option<bool>;

/// People who approve and people who consent.
pub(super) type People = (Vec<Leaf>, Vec<Leaf>);

/// The conditions that ask for approval or consent, each once, approvals first, and who may give them.
#[derive(Default)]
pub(super) struct Voices {
    list: Vec<Voice>,
    approvals: Electorate,
    consents: Electorate,
    /// What has been asked before.
    known: RefCell<HashMap<Vec<Said>, Result<bool, TooMany>>>,
}

/// A condition that asks for so many of some names.
struct Voice {
    consent: bool,
    names: Vec<LeafSet>,
    count: u32,
    /// The places of the names among those of the electorate.
    places: Vec<usize>,
}

/// Everyone who can make a difference to approvals, or to consents.
#[derive(Default)]
struct Electorate {
    /// In the order of leaves, each with the names it lies below. Of people below the same names no more than could ever
    /// be needed.
    people: Vec<(Leaf, Mask)>,
}

/// More steps than this are not taken to find one set of people.
const MOST_STEPS: usize = 20_000;

impl Voices {
    /// The voices these rules ask for.
    pub(super) fn of<'p, 'a: 'p>(rules: &Rules<'a>, parts: impl Iterator<Item = &'p Part<'a>>) -> Self {
        let mut list: Vec<Voice> = Vec::new();
        for part in parts {
            each_condition(part.rule, |condition| {
                let (names, count, consent) = match condition {
                    Condition::Approval(names, count) => (names, *count, false),
                    Condition::Consent(names, count) => (names, *count, true),
                    _ => return,
                };
                let names = each_of(rules, part, names);
                if position(&list, &names, count, consent).is_none() {
                    list.push(Voice { consent, names, count, places: Vec::new() });
                }
            });
        }
        // A stable sort: approvals first, else as met.
        list.sort_by_key(|voice| voice.consent);
        let mut voices = Voices { list, ..Voices::default() };
        voices.approvals = Electorate::of(rules, &mut voices.list, false);
        voices.consents = Electorate::of(rules, &mut voices.list, true);
        voices
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The voice that asks for so many of these.
    pub(super) fn find(&self, names: &[LeafSet], count: u32, consent: bool) -> Option<usize> {
        position(&self.list, names, count, consent)
    }

    /// Whether there are people with whom the voices are given and not given as said.
    pub(super) fn is_possible(&self, said: &[Said]) -> Result<bool, TooMany> {
        if said.iter().all(Option::is_none) {
            return Ok(true);
        }
        if let Some(known) = self.known.borrow().get(said) {
            return *known;
        }
        let possible = self.first(said).map(|found| found.is_some());
        self.known.borrow_mut().insert(said.to_vec(), possible);
        possible
    }

    /// The first people with whom the voices are as said: who approves, and who consents.
    pub(super) fn first(&self, said: &[Said]) -> Result<Option<People>, TooMany> {
        let Some(approvals) = self.approvals.first(&self.list, said, false)? else { return Ok(None) };
        let Some(consents) = self.consents.first(&self.list, said, true)? else { return Ok(None) };
        Ok(Some((approvals, consents)))
    }

    /// Which voices are given when just these people approve and consent.
    pub(super) fn given(&self, people: &People) -> Vec<bool> {
        let given = |voice: &Voice| {
            let (electorate, said) =
                (self.electorate(voice.consent), if voice.consent { &people.1 } else { &people.0 });
            let place = |leaf: &Leaf| electorate.people.iter().position(|known| known.0 == *leaf);
            let chosen = said.iter().filter_map(place).collect();
            let search = Search { electorate, asked: Vec::new(), refused: Vec::new(), chosen, steps: 0 };
            search.met(voice) >= voice.count as usize
        };
        self.list.iter().map(given).collect()
    }

    /// Sets of voices that have people in common, so that they cannot be judged apart.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (at, voice) in self.list.iter().enumerate() {
            let meets = |other: &usize| {
                let other = &self.list[*other];
                other.consent == voice.consent && self.electorate(voice.consent).share(voice, other)
            };
            let (mut joined, apart): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group: &Vec<usize>| group.iter().any(meets));
            joined.push(vec![at]);
            groups = apart;
            groups.push(joined.concat());
        }
        groups
    }

    fn electorate(&self, consent: bool) -> &Electorate {
        if consent { &self.consents } else { &self.approvals }
    }
}

fn position(list: &[Voice], names: &[LeafSet], count: u32, consent: bool) -> Option<usize> {
    list.iter().position(|voice| voice.consent == consent && voice.count == count && voice.names == names)
}

impl Electorate {
    fn of(rules: &Rules<'_>, voices: &mut [Voice], consent: bool) -> Self {
        let mut names: Vec<LeafSet> = Vec::new();
        let mut needed = 0;
        for voice in voices.iter_mut().filter(|voice| voice.consent == consent) {
            needed += voice.count as usize;
            for name in &voice.names {
                let known = names.iter().position(|known| known == name);
                voice.places.push(known.unwrap_or_else(|| {
                    names.push(name.clone());
                    names.len() - 1
                }));
            }
        }
        let people = if names.is_empty() { Vec::new() } else { members(&rules.leaves, &names, needed) };
        Electorate { people }
    }

    fn share(&self, a: &Voice, b: &Voice) -> bool {
        let below = |voice: &Voice, person: &Mask| voice.places.iter().any(|&name| person.has(name));
        self.people.iter().any(|(_, person)| below(a, person) && below(b, person))
    }

    /// The smallest set of people, of equally small ones the first, with whom the voices are as said.
    fn first(&self, voices: &[Voice], said: &[Said], consent: bool) -> Result<Option<Vec<Leaf>>, TooMany> {
        let mut asked = Vec::new();
        let mut refused = Vec::new();
        for (voice, said) in voices.iter().zip(said).filter(|(voice, _)| voice.consent == consent) {
            match said {
                Some(true) => asked.push(voice),
                Some(false) => refused.push(voice),
                None => {}
            }
        }
        // A set of people for each voice that is asked for is enough for all of them, so that no smallest set is larger.
        let most = asked.iter().map(|voice| voice.count as usize).sum::<usize>().min(self.people.len());
        let mut search = Search { electorate: self, asked, refused, chosen: Vec::new(), steps: 0 };
        for size in 0..=most {
            if search.choose(0, size)? {
                return Ok(Some(search.chosen.iter().map(|&person| self.people[person].0).collect()));
            }
        }
        Ok(None)
    }
}

/// A search for people, one at a time in their order.
struct Search<'v> {
    electorate: &'v Electorate,
    asked: Vec<&'v Voice>,
    refused: Vec<&'v Voice>,
    chosen: Vec<usize>,
    steps: usize,
}

impl Search<'_> {
    /// Whether so many more people, from this one on, make the voices as wanted; those chosen then are they.
    fn choose(&mut self, from: usize, more: usize) -> Result<bool, TooMany> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(TooMany);
        }
        if self.refused.iter().any(|voice| self.met(voice) >= voice.count as usize) {
            return Ok(false);
        }
        // Each further person gives a voice one more at the most.
        if self.asked.iter().any(|voice| self.met(voice) + more < voice.count as usize) {
            return Ok(false);
        }
        if more == 0 {
            return Ok(true);
        }
        let people = &self.electorate.people;
        let mut tried: Vec<&Mask> = Vec::new();
        for (person, (_, below)) in people.iter().enumerate().skip(from) {
            // People below the same names are the same to every voice: the first that is left stands for all of them.
            if tried.contains(&below) {
                continue;
            }
            tried.push(below);
            self.chosen.push(person);
            if self.choose(person + 1, more - 1)? {
                return Ok(true);
            }
            self.chosen.pop();
        }
        Ok(false)
    }

    /// How many of the names of a voice the chosen can meet, each by somebody else (Kuhn's augmenting paths).
    fn met(&self, voice: &Voice) -> usize {
        let mut given: Vec<Option<usize>> = vec![None; self.chosen.len()];
        (0..voice.places.len())
            .filter(|&name| self.place(voice, name, &mut given, &mut vec![false; self.chosen.len()]))
            .count()
    }

    fn place(&self, voice: &Voice, name: usize, given: &mut [Option<usize>], seen: &mut [bool]) -> bool {
        for person in 0..self.chosen.len() {
            let below = &self.electorate.people[self.chosen[person]].1;
            if seen[person] || !below.has(voice.places[name]) {
                continue;
            }
            seen[person] = true;
            let free = match given[person] {
                None => true,
                Some(other) => self.place(voice, other, given, seen),
            };
            if free {
                given[person] = Some(name);
                return true;
            }
        }
        false
    }
}
