//! What a pair of rule lists asks for before and after, as sets of situations, and where the one asks for more than the
//! other. Duties, which are compared context by context, have their own module.

use std::collections::BTreeSet;

use super::terms::{Class, at_least, binds};
use super::{Aspect, Direction, Side};
use crate::model::{FactId, WordId};
use crate::norms::answer::Witness;
use crate::norms::first::{Point, narrow, people};
use crate::norms::mask::Mask;
use crate::norms::meaning::{Meaning, Overriders};
use crate::norms::quorum::People;
use crate::norms::rules::{At, Norm};
use crate::norms::sets::{Query, Sets, TooMany};
use crate::norms::space::{DimKind, Tree, Which};

/// What changed within one pair.
pub(super) struct Demands<'q> {
    /// What overrides what.
    pub(super) overriders: &'q Overriders,
    /// The rules of the pair, before and after.
    pub(super) pair: [&'q [At]; 2],
    /// Rules outside the pair, before and after, that may say the same.
    pub(super) elsewhere: [&'q [At]; 2],
    /// What is asked for.
    pub(super) wanted: &'q [(Aspect, Direction)],
}

/// A shift, in the terms of the analysis.
pub(super) struct Found {
    /// What changed.
    pub(super) aspect: Aspect,
    /// Which way.
    pub(super) direction: Direction,
    /// The rules of the pair that speak, before and after.
    pub(super) speaking: [Vec<At>; 2],
    /// Rules outside the pair that say the same.
    pub(super) elsewhere: Vec<At>,
    /// Where it shows.
    pub(super) witness: Witness,
}

impl Query for Demands<'_> {
    type Answer = Vec<Found>;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<Vec<Found>, TooMany> {
        let meaning = Meaning::new(sets, self.overriders);
        let mut asked = Asked { demands: self, meaning };
        let mut found = Vec::new();
        for &(aspect, direction) in self.wanted {
            found.extend(match aspect {
                Aspect::Duty | Aspect::Advice | Aspect::Ways => asked.duties(aspect, direction)?,
                _ => asked.situations(aspect, direction)?,
            });
        }
        Ok(found)
    }
}

/// The pair in one way of keeping sets.
pub(super) struct Asked<'m, 's, S: Sets<'s>> {
    pub(super) demands: &'m Demands<'m>,
    pub(super) meaning: Meaning<'m, 's, S>,
}

/// One norm of a rule.
#[derive(Clone, Copy)]
struct Saying {
    at: At,
    norm: Norm,
    class: Class,
    binds: bool,
}

/// Something one side says that the other may not say.
#[derive(Clone, Copy)]
struct Topic {
    saying: Saying,
    side: Side,
    /// Whether only binding norms answer it.
    binding: bool,
    consequence: Option<WordId>,
}

/// Where one side says it and the other does not.
struct Claim<T> {
    at: At,
    side: Side,
    set: T,
    /// Where no rule elsewhere says it either.
    alone: T,
    /// What says it elsewhere.
    answers: Vec<(At, Norm)>,
}

/// A situation down to who approves.
pub(super) struct Exact<T> {
    /// Whether its object belongs to the way.
    pub(super) any: bool,
    pub(super) point: Point,
    pub(super) people: People,
    pub(super) set: T,
}

impl<'s, S: Sets<'s>> Asked<'_, 's, S> {
    fn sayings(&self, rules: &[At]) -> Vec<Saying> {
        let mut sayings = Vec::new();
        for &at in rules {
            let part = self.meaning.at(at);
            sayings.extend(part.norms().iter().map(|&norm| {
                let modality = part.modality(norm);
                Saying { at, norm, class: Class::of(modality), binds: binds(modality) }
            }));
        }
        sayings
    }

    fn applied(&mut self, saying: Saying) -> Result<S::Set, TooMany> {
        self.meaning.applied(saying.at, &Which::Norm(saying.norm))
    }

    /// Everything that is looked for on the other side.
    fn topics(&self, aspect: Aspect, direction: Direction) -> Vec<Topic> {
        let mut topics = Vec::new();
        for side in [Side::Old, Side::New] {
            for saying in self.sayings(self.demands.pair[side as usize]) {
                if direction.gaining(saying.class.is_freedom()) != side {
                    continue;
                }
                let topic = Topic { saying, side, binding: saying.binds, consequence: None };
                match aspect {
                    Aspect::Ban if saying.class == Class::Ban && saying.binds => topics.push(topic),
                    Aspect::AdviceAgainst if saying.class == Class::Ban && !saying.binds => topics.push(topic),
                    Aspect::Permission if saying.class == Class::Permission => topics.push(topic),
                    Aspect::Release if saying.class == Class::Release => topics.push(topic),
                    Aspect::Deadline | Aspect::Recurrence | Aspect::Limit => {
                        topics.push(topic);
                        topics.extend(also_as_advice(topic));
                    }
                    Aspect::Consequence if !saying.class.is_freedom() => {
                        for &consequence in &self.meaning.at(saying.at).rule.on_breach {
                            let topic = Topic { consequence: Some(consequence), ..topic };
                            topics.push(topic);
                            topics.extend(also_as_advice(topic));
                        }
                    }
                    _ => {}
                }
            }
        }
        topics
    }

    /// Whether a norm is of the kind that could answer a topic.
    fn stands_beside(topic: &Topic, other: &Saying) -> bool {
        other.class == topic.saying.class && (other.binds || !topic.binding)
    }

    /// Whether what a norm says of this is at least what the topic says, where both apply.
    fn answers(&self, aspect: Aspect, topic: &Topic, other: &Saying) -> bool {
        let (ours, theirs) = (self.meaning.at(other.at).rule, self.meaning.at(topic.saying.at).rule);
        Self::stands_beside(topic, other)
            && match topic.consequence {
                Some(consequence) => ours.on_breach.contains(&consequence),
                None => at_least(aspect, topic.saying.class, ours, theirs),
            }
    }

    fn claim(&mut self, aspect: Aspect, direction: Direction, topic: Topic) -> Result<Option<Claim<S::Set>>, TooMany> {
        let facing = topic.side.other();
        let theirs = self.sayings(self.demands.pair[facing as usize]);
        let mut set = self.applied(topic.saying)?;
        if aspect.is_term() {
            let beside = theirs.iter().copied().filter(|other| Self::stands_beside(&topic, other));
            if beside.clone().all(|other| self.answers(aspect, &topic, &other)) {
                return Ok(None);
            }
            let beside: Vec<Saying> = beside.collect();
            let present = self.any_of(&beside)?;
            set = self.meaning.sets.and(&set, &present)?;
        }
        let answering: Vec<Saying> = theirs.into_iter().filter(|other| self.answers(aspect, &topic, other)).collect();
        let answered = self.any_of(&answering)?;
        set = self.meaning.sets.minus(&set, &answered)?;
        let told_already = match aspect {
            // What is now forbidden is not told as advised against too, nor a permission as lost.
            Aspect::AdviceAgainst => {
                let bans = self.sayings(self.demands.pair[topic.side as usize]);
                let bans: Vec<Saying> = bans.into_iter().filter(|it| it.class == Class::Ban && it.binds).collect();
                Some(self.any_of(&bans)?)
            }
            Aspect::Permission => Some(self.changed(Aspect::Ban, direction)?),
            // Nor a release as lost where there now is a duty.
            Aspect::Release => Some(self.bound(direction)?),
            _ => None,
        };
        if let Some(told) = told_already {
            set = self.meaning.sets.minus(&set, &told)?;
        }
        if self.meaning.sets.is_empty(&set) {
            return Ok(None);
        }
        let outside = self.sayings(self.demands.elsewhere[facing as usize]);
        let outside: Vec<Saying> = outside.into_iter().filter(|other| self.answers(aspect, &topic, other)).collect();
        let answered = self.any_of(&outside)?;
        let alone = self.meaning.sets.minus(&set, &answered)?;
        let answers = outside.iter().map(|it| (it.at, it.norm)).collect();
        Ok(Some(Claim { at: topic.saying.at, side: topic.side, set, alone, answers }))
    }

    /// Where any of these norms applies.
    fn any_of(&mut self, sayings: &[Saying]) -> Result<S::Set, TooMany> {
        let mut all = self.meaning.sets.none();
        for &saying in sayings {
            let applied = self.applied(saying)?;
            all = self.meaning.sets.or(&all, &applied)?;
        }
        Ok(all)
    }

    fn claims(&mut self, aspect: Aspect, direction: Direction) -> Result<Vec<Claim<S::Set>>, TooMany> {
        let mut claims = Vec::new();
        for topic in self.topics(aspect, direction) {
            claims.extend(self.claim(aspect, direction, topic)?);
        }
        Ok(claims)
    }

    /// All situations in which an aspect changed.
    fn changed(&mut self, aspect: Aspect, direction: Direction) -> Result<S::Set, TooMany> {
        let mut all = self.meaning.sets.none();
        for claim in self.claims(aspect, direction)? {
            all = self.meaning.sets.or(&all, &claim.set)?;
        }
        Ok(all)
    }

    fn situations(&mut self, aspect: Aspect, direction: Direction) -> Result<Option<Found>, TooMany> {
        let claims = self.claims(aspect, direction)?;
        let alone = claims.iter().any(|claim| !self.meaning.sets.is_empty(&claim.alone));
        let shown = |claim: &Claim<S::Set>| if alone { claim.alone.clone() } else { claim.set.clone() };
        let mut all = self.meaning.sets.none();
        for claim in &claims {
            all = self.meaning.sets.or(&all, &shown(claim))?;
        }
        if self.meaning.sets.is_empty(&all) {
            return Ok(None);
        }
        let mut point = self.meaning.sets.space().open();
        let rest = narrow(self.meaning.sets, &all, |_| true, &mut point)?;
        let exact = self.exact(point, rest, false)?;
        let mut speaking = [Vec::new(), Vec::new()];
        let mut elsewhere = Vec::new();
        let mut marks = Vec::new();
        for claim in &claims {
            marks.push(shown(claim));
            if !self.meaning.meet(&shown(claim), &exact.set)? {
                continue;
            }
            speaking[claim.side as usize].push(claim.at);
            let facing = claim.side.other() as usize;
            let beside = |at: &At| !aspect.is_term() || self.is_beside(claim.at, *at);
            let beside: Vec<At> = self.demands.pair[facing].iter().copied().filter(beside).collect();
            speaking[facing].extend(self.applying(&beside, &exact)?);
            for at in beside {
                marks.push(self.meaning.applied_whole(at)?);
            }
            if !alone {
                for &(at, norm) in &claim.answers {
                    let applied = self.meaning.applied(at, &Which::Norm(norm))?;
                    if self.meaning.meet(&applied, &exact.set)? {
                        elsewhere.push(at);
                    }
                    marks.push(applied);
                }
            }
        }
        self.found(aspect, direction, speaking, elsewhere, exact, marks).map(Some)
    }

    /// Whether two rules have norms of one class.
    fn is_beside(&self, one: At, other: At) -> bool {
        let (one, other) = (self.sayings(&[one]), self.sayings(&[other]));
        one.iter().any(|saying| other.iter().any(|it| it.class == saying.class))
    }

    /// Those of some rules that apply in a situation.
    pub(super) fn applying(&mut self, rules: &[At], exact: &Exact<S::Set>) -> Result<Vec<At>, TooMany> {
        let mut applying = Vec::new();
        for &at in rules {
            let applied = self.meaning.applied_whole(at)?;
            if self.meaning.meet(&applied, &exact.set)? {
                applying.push(at);
            }
        }
        Ok(applying)
    }

    /// A situation in which all is fixed but who approves and consents: with the first people.
    pub(super) fn exact(&mut self, point: Point, rest: S::Set, any: bool) -> Result<Exact<S::Set>, TooMany> {
        let space = self.meaning.sets.space();
        let people = people(self.meaning.sets, &rest)?;
        let mut set = rest;
        for (voice, given) in space.voices.given(&people).into_iter().enumerate() {
            let dim = space.dim(DimKind::Voice(voice)).ok_or(TooMany)?;
            set = self.meaning.sets.fix(&set, dim, usize::from(given))?;
        }
        Ok(Exact { any, point, people, set })
    }

    /// The shift with its situation told. What is claimed of it must hold whatever the facts are that are not told: `marks` are
    /// sets that say so by whether it lies in them.
    pub(super) fn found(
        &mut self,
        aspect: Aspect,
        direction: Direction,
        mut speaking: [Vec<At>; 2],
        mut elsewhere: Vec<At>,
        exact: Exact<S::Set>,
        mut marks: Vec<S::Set>,
    ) -> Result<Found, TooMany> {
        for list in speaking.iter_mut().chain([&mut elsewhere]) {
            list.sort_unstable();
            list.dedup();
        }
        let applies = self.applying(&speaking.concat(), &exact)?;
        for &at in &applies {
            marks.push(self.meaning.applied_whole(at)?);
        }
        let told = self.told_facts(&exact, &marks)?;
        let space = self.meaning.sets.space();
        let mut context = space.context(&exact.point, exact.any)?;
        let mut way = space.way(&exact.point, exact.any, exact.people, &applies)?;
        context.facts.retain(|(fact, _)| told.contains(fact));
        way.facts.retain(|(fact, _)| told.contains(fact));
        Ok(Found { aspect, direction, speaking, elsewhere, witness: Witness { context, ways: vec![way] } })
    }

    /// A situation with some of its facts left open.
    fn opened(&mut self, exact: &Exact<S::Set>, open: &[usize]) -> Result<S::Set, TooMany> {
        let space = self.meaning.sets.space();
        let mut fixed = Vec::with_capacity(space.dims.len());
        for (dim, value) in exact.point.iter().enumerate().filter(|(dim, _)| !open.contains(dim)) {
            fixed.extend(value.map(|value| Tree::Lit(dim, Mask::of(space.dims[dim].len, [value]))));
        }
        for (voice, given) in space.voices.given(&exact.people).into_iter().enumerate() {
            let dim = space.dim(DimKind::Voice(voice)).ok_or(TooMany)?;
            fixed.push(Tree::Lit(dim, Mask::of(2, [usize::from(given)])));
        }
        self.meaning.sets.of(&Tree::All(fixed))
    }

    /// The facts that make a difference in a situation: without any of the others it lies in the same of these sets.
    fn told_facts(&mut self, exact: &Exact<S::Set>, marks: &[S::Set]) -> Result<BTreeSet<FactId>, TooMany> {
        let (mut holding, mut missing) = (Vec::new(), Vec::new());
        for mark in marks {
            match self.meaning.meet(mark, &exact.set)? {
                true => holding.push(mark),
                false => missing.push(mark),
            }
        }
        let space = self.meaning.sets.space();
        let (mut open, mut told) = (Vec::new(), BTreeSet::new());
        for (dim, it) in space.dims.iter().enumerate() {
            let DimKind::Fact(fact) = it.kind else { continue };
            open.push(dim);
            let wider = self.opened(exact, &open)?;
            let mut same = true;
            for mark in &holding {
                same = same && self.meaning.within(&wider, mark)?;
            }
            for mark in &missing {
                same = same && !self.meaning.meet(&wider, mark)?;
            }
            if !same {
                open.pop();
                told.insert(fact);
            }
        }
        Ok(told)
    }
}

/// A topic of a binding norm that is looked at a second time beside advice.
fn also_as_advice(topic: Topic) -> Option<Topic> {
    let both = topic.binding && !topic.saying.class.is_freedom();
    both.then_some(Topic { binding: false, ..topic })
}
