//! Duties before and after, context by context.
//!
//! What the duties of one side ask for in a context is a list of sets of ways: of each set some way has to be taken. A side
//! asks for all that a duty asks for if one of its own duties leaves no way but some of that duty's.

use super::demands::{Asked, Exact, Found};
use super::terms::binds;
use super::{Aspect, Direction};
use crate::norms::first::{Point, narrow};
use crate::norms::rules::At;
use crate::norms::sets::{Sets, TooMany};
use crate::norms::space::{DimKind, Which};

/// A duty of a rule: one of those that commas make.
struct Duty<T> {
    at: At,
    binds: bool,
    any: bool,
    ways: T,
}

/// A duty that one side has and the other does not ask for, and where.
struct Claim<T> {
    duty: Duty<T>,
    contexts: T,
    /// Where nothing elsewhere asks for it either.
    alone: T,
    /// What asks for it elsewhere, and where.
    answers: Vec<(At, T)>,
    /// Of its ways: those by which it could be done on the other side, and not on its own.
    others: Vec<(At, T)>,
}

/// Where a claim shows first: the context, the situations in it, and the claim.
type First<'c, T> = (Point, T, &'c Claim<T>);

impl<'s, S: Sets<'s>> Asked<'_, 's, S> {
    /// The first context in which a duty, or its ways, changed.
    pub(super) fn duties(&mut self, aspect: Aspect, direction: Direction) -> Result<Option<Found>, TooMany> {
        let claims = self.duty_claims(aspect, direction)?;
        let alone = claims.iter().any(|claim| !self.meaning.sets.is_empty(&claim.alone));
        let shown = |claim: &Claim<S::Set>| if alone { claim.alone.clone() } else { claim.contexts.clone() };
        let space = self.meaning.sets.space();
        let mut first: Option<First<'_, S::Set>> = None;
        for claim in &claims {
            let contexts = shown(claim);
            if self.meaning.sets.is_empty(&contexts) {
                continue;
            }
            let mut point = space.open();
            let here = narrow(self.meaning.sets, &contexts, |dim| !space.is_way(dim, claim.duty.any), &mut point)?;
            if first.as_ref().is_none_or(|known| point < known.0) {
                first = Some((point, here, claim));
            }
        }
        let Some((mut point, here, claim)) = first else { return Ok(None) };
        let any = claim.duty.any;
        let mut ways = claim.duty.ways.clone();
        if aspect == Aspect::Ways {
            ways = self.meaning.sets.none();
            for (_, others) in &claim.others {
                ways = self.meaning.sets.or(&ways, others)?;
            }
        }
        let ways = self.meaning.sets.and(&ways, &here)?;
        let way = narrow(self.meaning.sets, &ways, |dim| space.is_way(dim, any), &mut point)?;
        let exact = self.exact(point, way, any)?;
        let gaining = direction.gaining(false) as usize;
        let mut speaking = [Vec::new(), Vec::new()];
        let mut marks: Vec<S::Set> = match aspect {
            Aspect::Ways => claim.others.iter().map(|others| others.1.clone()).collect(),
            _ => vec![claim.duty.ways.clone()],
        };
        for other in &claims {
            marks.push(shown(other));
            if self.meaning.meet(&shown(other), &exact.set)? {
                speaking[gaining].push(other.duty.at);
            }
        }
        speaking[1 - gaining] = self.facing(claim, aspect, gaining, &exact)?;
        for &at in self.demands.pair[1 - gaining] {
            marks.push(self.meaning.applied_whole(at)?);
        }
        let mut elsewhere = Vec::new();
        for (at, contexts) in claim.answers.iter().filter(|_| !alone) {
            if self.meaning.meet(contexts, &here)? {
                elsewhere.push(*at);
            }
            marks.push(contexts.clone());
        }
        self.found(aspect, direction, speaking, elsewhere, exact, marks).map(Some)
    }

    /// The rules that speak on the side that does not ask for a duty.
    fn facing(
        &mut self,
        claim: &Claim<S::Set>,
        aspect: Aspect,
        gaining: usize,
        exact: &Exact<S::Set>,
    ) -> Result<Vec<At>, TooMany> {
        if aspect != Aspect::Ways {
            return self.applying(self.demands.pair[1 - gaining], exact);
        }
        let mut facing = Vec::new();
        for (at, others) in &claim.others {
            if self.meaning.meet(others, &exact.set)? {
                facing.push(*at);
            }
        }
        Ok(facing)
    }

    /// All contexts in which a duty changed.
    pub(super) fn bound(&mut self, direction: Direction) -> Result<S::Set, TooMany> {
        let mut all = self.meaning.sets.none();
        for claim in self.duty_claims(Aspect::Duty, direction)? {
            all = self.meaning.sets.or(&all, &claim.contexts)?;
        }
        Ok(all)
    }

    fn duty_claims(&mut self, aspect: Aspect, direction: Direction) -> Result<Vec<Claim<S::Set>>, TooMany> {
        let gaining = direction.gaining(false) as usize;
        let facing = self.duties_of(self.demands.pair[1 - gaining])?;
        let outside = self.duties_of(self.demands.elsewhere[1 - gaining])?;
        let mut claims = Vec::new();
        for duty in self.duties_of(self.demands.pair[gaining])? {
            let wanted = match aspect {
                Aspect::Duty => duty.binds,
                Aspect::Advice => !duty.binds,
                _ => true,
            };
            if wanted && let Some(claim) = self.duty_claim(aspect, duty, &facing, &outside)? {
                claims.push(claim);
            }
        }
        Ok(claims)
    }

    fn duty_claim(
        &mut self,
        aspect: Aspect,
        duty: Duty<S::Set>,
        facing: &[Duty<S::Set>],
        outside: &[Duty<S::Set>],
    ) -> Result<Option<Claim<S::Set>>, TooMany> {
        let mut contexts = self.meaning.sets.contexts(&duty.ways, duty.any)?;
        let (mut others, mut shared) = (Vec::new(), self.meaning.sets.none());
        for other in facing {
            // What asks for less force does not count; nor does what has no way in common.
            let both = self.meaning.sets.and(&other.ways, &duty.ways)?;
            if self.meaning.sets.is_empty(&both) {
                continue;
            }
            if !other.binds && duty.binds {
                continue;
            }
            let answered = self.asks_for(other, &duty)?;
            contexts = self.meaning.sets.minus(&contexts, &answered)?;
            if other.any == duty.any {
                let both = self.meaning.sets.contexts(&both, duty.any)?;
                shared = self.meaning.sets.or(&shared, &both)?;
                let beyond = self.meaning.sets.minus(&other.ways, &duty.ways)?;
                let beyond = self.meaning.sets.and(&beyond, &both)?;
                others.push((other.at, beyond));
            }
        }
        contexts = match aspect {
            Aspect::Ways => self.meaning.sets.and(&contexts, &shared)?,
            _ => self.meaning.sets.minus(&contexts, &shared)?,
        };
        if self.meaning.sets.is_empty(&contexts) {
            return Ok(None);
        }
        let (mut alone, mut answers) = (contexts.clone(), Vec::new());
        for other in outside.iter().filter(|other| other.binds || !duty.binds) {
            let answered = self.asks_for(other, &duty)?;
            alone = self.meaning.sets.minus(&alone, &answered)?;
            answers.push((other.at, answered));
        }
        Ok(Some(Claim { duty, contexts, alone, answers, others }))
    }

    /// The duties of some rules, with the ways in which they apply; those that apply nowhere are left out.
    fn duties_of(&mut self, rules: &[At]) -> Result<Vec<Duty<S::Set>>, TooMany> {
        let mut duties = Vec::new();
        for &at in rules {
            let part = self.meaning.at(at);
            if !part.rule.modality.is_duty() {
                continue;
            }
            for duty in part.duties().ok_or(TooMany)? {
                let ways = self.meaning.applied(at, &Which::Duty(duty))?;
                if !self.meaning.sets.is_empty(&ways) {
                    duties.push(Duty { at, binds: binds(part.rule.modality), any: part.any_object(), ways });
                }
            }
        }
        Ok(duties)
    }

    /// The contexts of a duty in which another is in force with none but ways of the first.
    fn asks_for(&mut self, other: &Duty<S::Set>, duty: &Duty<S::Set>) -> Result<S::Set, TooMany> {
        if other.any && !duty.any {
            return self.asks_for_one(other, duty);
        }
        let sets = &mut *self.meaning.sets;
        let in_force = sets.contexts(&duty.ways, duty.any)?;
        // An object that the duty leaves to the actor may be prescribed by the other: some object will do.
        let theirs = sets.contexts(&other.ways, other.any)?;
        let beyond = sets.minus(&other.ways, &duty.ways)?;
        let beyond = sets.contexts(&beyond, other.any)?;
        let mut answered = sets.minus(&theirs, &beyond)?;
        if duty.any && !other.any {
            answered = sets.contexts(&answered, true)?;
        }
        sets.and(&in_force, &answered)
    }

    /// The same where the other leaves the object to the actor and the duty does not: that object must be all it leaves.
    fn asks_for_one(&mut self, other: &Duty<S::Set>, duty: &Duty<S::Set>) -> Result<S::Set, TooMany> {
        let sets = &mut *self.meaning.sets;
        let space = sets.space();
        let object = space.dim(DimKind::Object).ok_or(TooMany)?;
        let theirs = sets.contexts(&other.ways, true)?;
        let mut all = sets.none();
        for value in (0..space.dims[object].len).filter(|&value| space.is_one(object, value)) {
            let ways = sets.fix(&duty.ways, object, value)?;
            let beyond = sets.minus(&other.ways, &ways)?;
            let beyond = sets.contexts(&beyond, true)?;
            let answered = sets.minus(&theirs, &beyond)?;
            let in_force = sets.contexts(&ways, false)?;
            let answered = sets.and(&in_force, &answered)?;
            all = sets.or(&all, &answered)?;
        }
        Ok(all)
    }
}
