//! One duty against several bans: sets of them that leave no way open together, with none to spare.

use super::answer::{Conflict, Witness};
use super::first::{Point, narrow, people};
use super::meaning::{Meaning, Overriders};
use super::rules::{At, Duty, Norm};
use super::sets::{Query, Sets, TooMany};
use super::space::Which;
use crate::model::Modality;

/// The joint sets against the duties of one rule.
pub(super) struct Joint<'q> {
    /// What overrides what.
    pub(super) overriders: &'q Overriders,
    /// The rule with the duties.
    pub(super) duty: At,
    /// The bans that may close some of its ways, in rule order.
    pub(super) bans: &'q [(At, Norm)],
}

/// A search for the first joint set is given up after so many steps.
const MOST_STEPS: usize = 4096;

/// A ban that closes some ways of the duty.
struct Ban<T> {
    at: At,
    norm: Norm,
    advises: bool,
    applied: T,
}

/// A set of bans that close a duty of the rule together, none to spare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// Its name: only bans against a `must` contradict, where advice takes part it is contradictory advice.
    pub(super) conflict: Conflict,
    /// The duty.
    pub(super) duty: Duty,
    /// The bans, in rule order.
    pub(super) bans: Vec<(At, Norm)>,
    /// The bans that close the duty alone in some context: there no set is looked for.
    pub(super) alone: Vec<(At, Norm)>,
}

impl Query for Joint<'_> {
    /// For each duty the first set of each name.
    type Answer = Vec<Closing>;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<Vec<Closing>, TooMany> {
        let mut meaning = Meaning::new(sets, self.overriders);
        let rule = meaning.at(self.duty);
        let must = rule.rule.modality == Modality::Must;
        let any = rule.any_object();
        let mut found = Vec::new();
        for duty in rule.duties().ok_or(TooMany)? {
            let ways = meaning.applied(self.duty, &Which::Duty(duty.clone()))?;
            let mut bans = Vec::new();
            for &(at, norm) in self.bans {
                let applied = meaning.applied(at, &Which::Norm(norm))?;
                if meaning.meet(&ways, &applied)? {
                    let advises = meaning.at(at).modality(norm) == Modality::ShouldNot;
                    bans.push(Ban { at, norm, advises, applied });
                }
            }
            let mut search = |bans: Vec<&Ban<S::Set>>, with_advice: bool, conflict: Conflict| {
                if bans.len() < 2 {
                    return Ok(());
                }
                let mut search = Search::of(meaning.sets, &ways, bans, any, with_advice)?;
                if let Some(bans) = search.first(meaning.sets)? {
                    let alone = search.alone.iter().map(|ban| (ban.at, ban.norm)).collect();
                    found.push(Closing { conflict, duty: duty.clone(), bans, alone });
                }
                Ok(())
            };
            if must {
                search(bans.iter().filter(|ban| !ban.advises).collect(), false, Conflict::JointContradiction)?;
            }
            if !must || bans.iter().any(|ban| ban.advises) {
                search(bans.iter().collect(), must, Conflict::ContradictoryAdvice)?;
            }
        }
        Ok(found)
    }
}

/// The witness of a set that closes a duty together.
pub(super) struct Shown<'q> {
    /// What overrides what.
    pub(super) overriders: &'q Overriders,
    /// The rule with the duty.
    pub(super) rule: At,
    /// The set.
    pub(super) closing: &'q Closing,
}

impl Query for Shown<'_> {
    /// The place of the context, and the witness.
    type Answer = (Point, Witness);

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<(Point, Witness), TooMany> {
        let mut meaning = Meaning::new(sets, self.overriders);
        let any = meaning.at(self.rule).any_object();
        let ways = meaning.applied(self.rule, &Which::Duty(self.closing.duty.clone()))?;
        let (mut bans, mut alone) = (Vec::new(), Vec::new());
        for (list, all) in [(&self.closing.bans, &mut bans), (&self.closing.alone, &mut alone)] {
            for &(at, norm) in list {
                all.push(Ban { at, norm, advises: false, applied: meaning.applied(at, &Which::Norm(norm))? });
            }
        }
        let sets = meaning.sets;
        let search = Search::of(sets, &ways, bans.iter().chain(&alone).collect(), any, false)?;
        let chosen: Vec<usize> = (0..bans.len()).collect();
        let (_, counts, _) = search.counting(sets, &chosen)?;
        let space = sets.space();
        let mut point = space.open();
        let here = narrow(sets, &counts, |dim| !space.is_way(dim, any), &mut point)?;
        let context = space.context(&point, any)?;
        let here = sets.and(&ways, &here)?;
        let mut shown = Vec::new();
        for (at, ban) in bans.iter().enumerate() {
            let others: Vec<usize> = chosen.iter().copied().filter(|&other| other != at).collect();
            let own = search.left_open(sets, &here, &others)?;
            let mut point = point.clone();
            let way = narrow(sets, &own, |dim| space.is_way(dim, any), &mut point)?;
            let people = people(sets, &way)?;
            shown.push(space.way(&point, any, people, &[self.rule, ban.at])?);
        }
        Ok((point, Witness { context, ways: shown }))
    }
}

/// A search for the first set of bans that close a duty together.
struct Search<'b, T> {
    ways: &'b T,
    bans: Vec<&'b Ban<T>>,
    /// Those of them that close the duty alone in some context.
    alone: Vec<&'b Ban<T>>,
    any: bool,
    /// Whether only sets count in which a ban advises.
    with_advice: bool,
    /// The contexts in which sets are looked for.
    contexts: T,
    steps: usize,
}

impl<'b, T: Clone> Search<'b, T> {
    /// A search in the contexts in which the duty is in force and no ban closes it alone.
    fn of<'s, S: Sets<'s, Set = T>>(
        sets: &mut S,
        ways: &'b T,
        bans: Vec<&'b Ban<T>>,
        any: bool,
        with_advice: bool,
    ) -> Result<Self, TooMany> {
        let in_force = sets.contexts(ways, any)?;
        let (mut contexts, mut alone) = (in_force.clone(), Vec::new());
        for &ban in &bans {
            let open = sets.minus(ways, &ban.applied)?;
            let open = sets.contexts(&open, any)?;
            let closed = sets.minus(&in_force, &open)?;
            if !sets.is_empty(&closed) {
                contexts = sets.minus(&contexts, &closed)?;
                alone.push(ban);
            }
        }
        Ok(Search { ways, bans, alone, any, with_advice, contexts, steps: 0 })
    }

    /// The first set there is.
    fn first<'s, S: Sets<'s, Set = T>>(&mut self, sets: &mut S) -> Result<Option<Vec<(At, Norm)>>, TooMany> {
        if sets.is_empty(&self.contexts) {
            return Ok(None);
        }
        let chosen = self.extend(sets, &mut Vec::new())?;
        Ok(chosen.map(|chosen| chosen.into_iter().map(|ban| (self.bans[ban].at, self.bans[ban].norm)).collect()))
    }

    /// What these bans leave open of some ways.
    fn left_open<'s, S: Sets<'s, Set = T>>(&self, sets: &mut S, ways: &T, bans: &[usize]) -> Result<T, TooMany> {
        bans.iter().try_fold(ways.clone(), |open, &ban| sets.minus(&open, &self.bans[ban].applied))
    }

    /// The contexts in which none of these bans is to spare, each closing a way that no other of them closes; those of
    /// them in which they close everything; and the ways they leave open anywhere.
    fn counting<'s, S: Sets<'s, Set = T>>(&self, sets: &mut S, chosen: &[usize]) -> Result<(T, T, T), TooMany> {
        let mut needed = self.contexts.clone();
        for &ban in chosen {
            let others: Vec<usize> = chosen.iter().copied().filter(|&other| other != ban).collect();
            let left = self.left_open(sets, self.ways, &others)?;
            let own = sets.and(&left, &self.bans[ban].applied)?;
            let own = sets.contexts(&own, self.any)?;
            needed = sets.and(&needed, &own)?;
        }
        let open = self.left_open(sets, self.ways, chosen)?;
        let open_contexts = sets.contexts(&open, self.any)?;
        let counts = sets.minus(&needed, &open_contexts)?;
        Ok((needed, counts, open))
    }

    /// The first set of bans, in the order of lists, that begins with those chosen and counts somewhere.
    fn extend<'s, S: Sets<'s, Set = T>>(
        &mut self,
        sets: &mut S,
        chosen: &mut Vec<usize>,
    ) -> Result<Option<Vec<usize>>, TooMany> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(TooMany);
        }
        let (needed, counts, open) = self.counting(sets, chosen)?;
        let enough = !self.with_advice || chosen.iter().any(|&ban| self.bans[ban].advises);
        if chosen.len() >= 2 && enough && !sets.is_empty(&counts) {
            return Ok(Some(chosen.clone()));
        }
        // With all that come later, can they close everything anywhere?
        let from = chosen.last().map_or(0, |last| last + 1);
        let later: Vec<usize> = (from..self.bans.len()).collect();
        let still_open = self.left_open(sets, &open, &later)?;
        let still_open = sets.contexts(&still_open, self.any)?;
        let hope = sets.minus(&needed, &still_open)?;
        if sets.is_empty(&hope) {
            return Ok(None);
        }
        for next in later {
            chosen.push(next);
            if let Some(found) = self.extend(sets, chosen)? {
                return Ok(Some(found));
            }
            chosen.pop();
        }
        Ok(None)
    }
}
