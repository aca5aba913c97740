//! From pairs to effects: which pairs are compared at all, with which rules outside them, and within which limits.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::demands::{Demands, Found};
use super::same::Alike;
use super::terms::Class;
use super::{Aspect, Direction, Effect, Joined, Pair, Shift, Side};
use crate::model::RuleId;
use crate::norms::answer::Witness;
use crate::norms::index::Index;
use crate::norms::meaning::{Overriders, involved};
use crate::norms::rules::{At, Part, Rules};
use crate::norms::sets::{TooMany, answer};
use crate::norms::single::Meet;
use crate::norms::space::Space;
use crate::norms::{Limits, Question};

/// Pairs compared before the limits are looked at: numbers of things decide, so that every machine stops at the same pair.
const BATCH: usize = 1024;

/// What the change of each pair does: whether more is asked of people after it, or less, and where that shows.
///
/// Rules of withdrawn policies ask for nothing. Of a pair nothing is told, and it is left undecided, if one of its rules
/// could not be understood in full, is overridden by such a rule, directly or not, or speaks for an unknown organisation.
pub fn compare(joined: &Joined, pairs: &[Pair], limits: Limits) -> Vec<Effect> {
    let rules = Rules::of(&joined.collection, Question::default(), limits);
    Run::new(joined, &rules).all(pairs)
}

/// A comparison on its way.
struct Run<'r, 'a> {
    joined: &'a Joined,
    rules: &'r Rules<'a>,
    /// For each rule what overrides it, whether they meet or not.
    winners: Vec<Vec<At>>,
    /// For each rule looked at so far what overrides it and covers something that it covers.
    overriders: Overriders,
    /// Which rules have been looked at.
    known: Vec<bool>,
    index: OnceLock<Index>,
}

/// A pair of the rules that take part.
struct Parties {
    sides: [Vec<At>; 2],
    /// Whether what it means is not known in full.
    unknown: bool,
}

/// What came of one pair.
#[derive(Default)]
struct Compared {
    found: Vec<Found>,
    undecided: bool,
    steps: u64,
}

impl<'r, 'a> Run<'r, 'a> {
    fn new(joined: &'a Joined, rules: &'r Rules<'a>) -> Self {
        let mut winners = vec![Vec::new(); rules.list.len()];
        for &(winner, loser) in &rules.edges {
            winners[loser as usize].push(winner);
        }
        let (overriders, known) = (vec![Vec::new(); rules.list.len()], vec![false; rules.list.len()]);
        Run { joined, rules, winners, overriders, known, index: OnceLock::new() }
    }

    fn all(mut self, pairs: &[Pair]) -> Vec<Effect> {
        let parties: Vec<Parties> = pairs.par_iter().map(|pair| self.parties(pair)).collect();
        let alike = Alike::of(self.rules, &self.winners);
        let differs = |pair: &Parties| !pair.unknown && !alike.are(&pair.sides[0], &pair.sides[1]);
        let differ: Vec<bool> = parties.par_iter().map(differs).collect();
        let changed: Vec<usize> = (0..parties.len()).filter(|&at| differ[at]).collect();
        let mut effects: Vec<Effect> =
            parties.iter().map(|pair| Effect { undecided: pair.unknown, ..Effect::default() }).collect();
        let mut steps = 0;
        for batch in changed.chunks(BATCH) {
            if steps > self.rules.limits.all_steps {
                batch.iter().for_each(|&pair| effects[pair].undecided = true);
                continue;
            }
            let compared = self.batch(batch.iter().map(|&pair| &parties[pair].sides).collect());
            for (&pair, compared) in batch.iter().zip(compared) {
                steps += compared.steps;
                effects[pair].undecided = compared.undecided;
                effects[pair].shifts = compared.found.into_iter().map(|found| self.shift(found)).collect();
            }
        }
        effects
    }

    /// The rules of a pair that ask for something.
    fn parties(&self, pair: &Pair) -> Parties {
        let mut parties = Parties { sides: [Vec::new(), Vec::new()], unknown: false };
        for (side, rules) in [(Side::Old, &pair.old), (Side::New, &pair.new)] {
            for &rule in rules {
                let id = self.joined.rule(side, rule);
                match self.rules.list.binary_search_by_key(&id, |part| part.id) {
                    Ok(at) => parties.sides[side as usize].push(at as At),
                    Err(_) => parties.unknown |= !self.joined.collection.policy(id.policy).is_withdrawn(),
                }
            }
            parties.sides[side as usize].sort_unstable();
            parties.sides[side as usize].dedup();
        }
        parties
    }

    fn batch(&mut self, pairs: Vec<&[Vec<At>; 2]>) -> Vec<Compared> {
        self.look_at(pairs.iter().flat_map(|pair| pair.concat()).collect());
        let mut compared: Vec<Compared> = pairs.par_iter().map(|pair| self.first(pair)).collect();
        // Only now is known which rules outside the pairs matter.
        let outside = |(pair, compared): (&&[Vec<At>; 2], &Compared)| -> Vec<Result<[Vec<At>; 2], TooMany>> {
            compared.found.iter().map(|found| self.elsewhere(pair, found)).collect()
        };
        let elsewhere: Vec<Vec<Result<[Vec<At>; 2], TooMany>>> =
            pairs.par_iter().zip(compared.par_iter()).map(outside).collect();
        self.look_at(elsewhere.iter().flatten().flatten().flat_map(|rules| rules.concat()).collect());
        let again = |((pair, compared), elsewhere): ((&&[Vec<At>; 2], &mut Compared), &Vec<_>)| {
            for (place, elsewhere) in elsewhere.iter().enumerate() {
                self.again(pair, compared, place, elsewhere);
            }
        };
        pairs.par_iter().zip(compared.par_iter_mut()).zip(elsewhere.par_iter()).for_each(again);
        compared
    }

    /// What changed in one pair, rules outside it left aside.
    fn first(&self, pair: &[Vec<At>; 2]) -> Compared {
        let mut compared = Compared::default();
        let wanted: Vec<(Aspect, Direction)> =
            Aspect::ALL.into_iter().flat_map(|aspect| Direction::ALL.map(|direction| (aspect, direction))).collect();
        let nobody = [Vec::new(), Vec::new()];
        match self.ask(pair, &nobody, &wanted, &mut compared.steps) {
            Ok(found) => compared.found = found,
            // What is too much at once need not be for each aspect.
            Err(TooMany) => {
                for one in wanted {
                    let enough = compared.steps > 2 * self.rules.limits.steps;
                    let asked =
                        if enough { Err(TooMany) } else { self.ask(pair, &nobody, &[one], &mut compared.steps) };
                    compared.undecided |= asked.is_err();
                    compared.found.extend(asked.unwrap_or_default());
                }
            }
        }
        compared
    }

    /// The same shift again, in a situation in which no rule outside the pair says the same, or with those that do.
    fn again(
        &self,
        pair: &[Vec<At>; 2],
        compared: &mut Compared,
        place: usize,
        elsewhere: &Result<[Vec<At>; 2], TooMany>,
    ) {
        let found = &compared.found[place];
        let wanted = (found.aspect, found.direction);
        let asked = match elsewhere {
            Ok(rules) if rules.iter().all(Vec::is_empty) => return,
            Ok(rules) => self.ask(pair, rules, &[wanted], &mut compared.steps),
            Err(TooMany) => Err(TooMany),
        };
        match asked.ok().and_then(|mut found| found.pop()) {
            Some(found) => compared.found[place] = found,
            None => compared.undecided = true,
        }
    }

    fn ask(
        &self,
        pair: &[Vec<At>; 2],
        elsewhere: &[Vec<At>; 2],
        wanted: &[(Aspect, Direction)],
        steps: &mut u64,
    ) -> Result<Vec<Found>, TooMany> {
        let members = involved(&self.overriders, &[pair.concat(), elsewhere.concat()].concat())?;
        let space = Space::of(self.rules, members, false);
        let demands = Demands {
            overriders: &self.overriders,
            pair: [&pair[0], &pair[1]],
            elsewhere: [&elsewhere[0], &elsewhere[1]],
            wanted,
        };
        let found = answer(&space, &demands);
        *steps += space.spent();
        found
    }

    /// The rules outside a pair that may say what one side of it says, on the other side; none where no such rule has to do
    /// with the situation shown, as far as words go.
    fn elsewhere(&self, pair: &[Vec<At>; 2], found: &Found) -> Result<[Vec<At>; 2], TooMany> {
        let index = self.index.get_or_init(|| Index::of(self.rules));
        let mut elsewhere = [Vec::new(), Vec::new()];
        let mut fit = false;
        for side in [Side::Old, Side::New] {
            let facing = side.other();
            for &at in &pair[side as usize] {
                let part = self.rules.at(at);
                let classes: Vec<Class> = classes(part)
                    .filter(|class| {
                        matters(found.aspect, *class) && found.direction.gaining(class.is_freedom()) == side
                    })
                    .collect();
                if classes.is_empty() {
                    continue;
                }
                index.meeting(&self.rules.leaves, at, |group| {
                    for &other in group {
                        let theirs = self.rules.at(other);
                        let meets = self.joined.own(theirs.id).0 == facing
                            && self::classes(theirs).any(|class| classes.contains(&class))
                            && pair[facing as usize].binary_search(&other).is_err()
                            && part.slots_may_meet(theirs, self.rules);
                        if meets {
                            fit |= self.fits(theirs, &found.witness);
                            elsewhere[facing as usize].push((at, other));
                        }
                    }
                });
            }
        }
        if !fit {
            return Ok([Vec::new(), Vec::new()]);
        }
        if elsewhere.iter().map(Vec::len).sum::<usize>() > self.rules.limits.partners {
            return Err(TooMany);
        }
        Ok(elsewhere.map(|pairs| {
            let met = pairs.into_iter().filter(|&(one, other)| self.meet(one, other)).map(|pair| pair.1);
            let mut met: Vec<At> = met.collect();
            met.sort_unstable();
            met.dedup();
            met
        }))
    }

    /// Whether the words of a rule fit a situation; of a duty those of its context.
    fn fits(&self, part: &Part<'_>, witness: &Witness) -> bool {
        let (leaves, context) = (&self.rules.leaves, &witness.context);
        let Some(way) = witness.ways.first() else { return true };
        let duty = part.rule.modality.is_duty();
        let any = duty && (part.any_object() || way.object.is_some());
        let object = context.object.or(way.object);
        let slot = |(place, set): &(u8, _)| {
            let filler = way.slots.iter().find(|(slot, _)| crate::norms::rules::place_of(slot) == *place);
            filler.is_some_and(|(_, leaf)| leaves.holds(set, *leaf))
        };
        context.organisation.is_none_or(|leaf| leaves.holds(&part.organisation, leaf))
            && leaves.holds(&part.party, context.party)
            && (any || part.object.as_ref().is_none_or(|set| object.is_some_and(|leaf| leaves.holds(set, leaf))))
            && (duty || leaves.holds(&part.action, way.action) && part.slots.iter().all(slot))
    }

    /// Whether two rules cover something together; so too where that could not be decided.
    fn meet(&self, one: At, other: At) -> bool {
        let (part, theirs) = (self.rules.at(one), self.rules.at(other));
        let space = || Space::of(self.rules, vec![one.min(other), one.max(other)], false);
        part.may_meet(theirs, self.rules, true) && answer(&space(), &Meet { one, other }).unwrap_or(true)
    }

    /// Finds out what overrides these rules, directly or through others.
    fn look_at(&mut self, mut open: Vec<At>) {
        loop {
            open.sort_unstable();
            open.dedup();
            open.retain(|&at| !std::mem::replace(&mut self.known[at as usize], true));
            if open.is_empty() {
                return;
            }
            let meeting = |&at: &At| {
                let winners = self.winners[at as usize].iter().copied();
                (at, winners.filter(|&winner| self.meet(winner, at)).collect::<Vec<At>>())
            };
            let met: Vec<(At, Vec<At>)> = open.par_iter().map(meeting).collect();
            open.clear();
            for (at, winners) in met {
                open.extend(&winners);
                self.overriders[at as usize] = winners;
            }
        }
    }

    fn shift(&self, found: Found) -> Shift {
        let own = |&at: &At| self.joined.own(self.rules.at(at).id);
        let [old, new] =
            found.speaking.each_ref().map(|rules| rules.iter().map(|at| own(at).1).collect::<Vec<RuleId>>());
        Shift {
            direction: found.direction,
            aspect: found.aspect,
            old,
            new,
            elsewhere: found.elsewhere.iter().map(own).collect(),
            witness: found.witness,
        }
    }
}

/// The classes of the norms of a rule.
fn classes<'p>(part: &'p Part<'_>) -> impl Iterator<Item = Class> + 'p {
    part.norms().iter().map(|&norm| Class::of(part.modality(norm)))
}

/// Whether norms of a class have an aspect.
fn matters(aspect: Aspect, class: Class) -> bool {
    match aspect {
        Aspect::Ban | Aspect::AdviceAgainst => class == Class::Ban,
        Aspect::Duty | Aspect::Advice | Aspect::Ways | Aspect::Deadline => class == Class::Duty,
        Aspect::Permission => class == Class::Permission,
        Aspect::Release => class == Class::Release,
        Aspect::Consequence => !class.is_freedom(),
        Aspect::Recurrence | Aspect::Limit => true,
    }
}
