//! One rule and others: whether and how each two of them disagree.

use super::answer::{Conflict, Disagreement, Relation, Witness};
use super::first::{Point, narrow, order, people};
use super::meaning::{Meaning, Overriders};
use super::quorum::People;
use super::rules::{At, Duty, Norm};
use super::sets::{Query, Sets, TooMany};
use super::space::{DimKind, Which};
use crate::model::Modality;

/// All disagreements of a rule with others, each by itself; and of its own duties with each other.
pub(super) struct Pairs<'q> {
    /// What overrides what.
    pub(super) overriders: &'q Overriders,
    /// The rule that comes first in rule order.
    pub(super) earlier: At,
    /// The others, or the rule itself.
    pub(super) later: &'q [At],
    /// Whether their duties may exclude each other.
    pub(super) exclude: bool,
}

/// Where a witness lies: what goes ahead of what.
type Place = (Point, People);

/// What is done, with its object where that belongs to the way.
type Act = (usize, Option<usize>);

/// A disagreement, with what tells which of several goes ahead: the place of its witness.
struct Found {
    conflict: Conflict,
    rules: [At; 2],
    relation: Option<Relation>,
    place: Place,
    witness: Witness,
}

impl Query for Pairs<'_> {
    type Answer = Vec<Disagreement>;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<Vec<Disagreement>, TooMany> {
        let meaning = Meaning::new(sets, self.overriders);
        let mut asked = Asked { earlier: self.earlier, later: self.earlier, meaning, found: Vec::new() };
        let mut disagreements = Vec::new();
        for &later in self.later {
            asked.later = later;
            asked.all(self.exclude)?;
            let rules = asked.meaning.rules();
            disagreements.extend(asked.found.drain(..).map(|it| Disagreement {
                conflict: it.conflict,
                rules: it.rules.iter().map(|&at| rules.at(at).id).collect(),
                relation: it.relation,
                witness: it.witness,
            }));
        }
        Ok(disagreements)
    }
}

struct Asked<'m, 's, S: Sets<'s>> {
    earlier: At,
    later: At,
    meaning: Meaning<'m, 's, S>,
    found: Vec<Found>,
}

impl<'s, S: Sets<'s>> Asked<'_, 's, S> {
    fn all(&mut self, exclude: bool) -> Result<(), TooMany> {
        let (earlier, later) = (self.earlier, self.later);
        if earlier != later {
            self.permission_and_ban(earlier, later)?;
            self.permission_and_ban(later, earlier)?;
            self.duty_and_other(earlier, later)?;
            self.duty_and_other(later, earlier)?;
            self.deadlines()?;
        }
        if exclude {
            self.duties_that_exclude()?;
        }
        Ok(())
    }

    /// Keeps one disagreement for each name and relation: the one whose witness comes first, of equal ones the one met
    /// first.
    fn add(&mut self, found: Found) {
        let same = |known: &&mut Found| known.conflict == found.conflict && known.relation == found.relation;
        let earlier = |known: &Found| {
            found.place.0.cmp(&known.place.0).then_with(|| order(&found.place.1, &known.place.1)).is_lt()
        };
        match self.found.iter_mut().find(same) {
            None => self.found.push(found),
            Some(known) if earlier(known) => *known = found,
            Some(_) => {}
        }
    }

    fn in_one_policy(&self) -> bool {
        self.meaning.at(self.earlier).id.policy == self.meaning.at(self.later).id.policy
    }

    fn permission_and_ban(&mut self, first: At, second: At) -> Result<(), TooMany> {
        let (permission, ban) = (self.meaning.at(first), self.meaning.at(second));
        for &may in permission.norms().iter().filter(|&&norm| permission.modality(norm) == Modality::May) {
            for &not in ban.norms().iter().filter(|&&norm| ban.modality(norm) == Modality::MustNot) {
                let (may, not) = (Which::Norm(may), Which::Norm(not));
                let Some((place, witness)) = self.situation(first, &may, second, &not)? else { continue };
                let mut relation = None;
                if self.in_one_policy() {
                    let (left, right) = (self.meaning.cover(first, &may)?, self.meaning.cover(second, &not)?);
                    relation = Some(self.relation(&left, &right)?);
                }
                let conflict = match relation {
                    None | Some(Relation::Equal) => Conflict::Contradiction,
                    _ => Conflict::UnrankedRules,
                };
                self.add(Found { conflict, rules: [first, second], relation, place, witness });
            }
        }
        Ok(())
    }

    /// The first situation in which parts of two rules both apply.
    fn situation(
        &mut self,
        first: At,
        one: &Which,
        second: At,
        other: &Which,
    ) -> Result<Option<(Place, Witness)>, TooMany> {
        let (left, right) = (self.meaning.applied(first, one)?, self.meaning.applied(second, other)?);
        let both = self.meaning.sets.and(&left, &right)?;
        if self.meaning.sets.is_empty(&both) {
            return Ok(None);
        }
        let space = self.meaning.sets.space();
        let mut point = space.open();
        let rest = narrow(self.meaning.sets, &both, |_| true, &mut point)?;
        let people = people(self.meaning.sets, &rest)?;
        let way = space.way(&point, false, people.clone(), &[first, second])?;
        let witness = Witness { context: space.context(&point, false)?, ways: vec![way] };
        Ok(Some(((point, people), witness)))
    }

    fn duty_and_other(&mut self, first: At, second: At) -> Result<(), TooMany> {
        let (duty, other) = (self.meaning.at(first), self.meaning.at(second));
        let force = duty.rule.modality;
        for &norm in other.norms() {
            let against = other.modality(norm);
            let advice = match (force, against) {
                (Modality::Must, Modality::MustNot | Modality::NeedNot) => false,
                (Modality::Must, Modality::ShouldNot) => true,
                (Modality::Should, Modality::MustNot | Modality::ShouldNot) => true,
                _ => continue,
            };
            let norm = Which::Norm(norm);
            for each in duty.duties().ok_or(TooMany)? {
                let each = Which::Duty(each);
                self.closed(first, &each, second, &norm, advice)?;
            }
        }
        Ok(())
    }

    /// A duty all of whose ways a norm closes, or gives leave to leave, in some context.
    fn closed(&mut self, first: At, duty: &Which, second: At, norm: &Which, advice: bool) -> Result<(), TooMany> {
        let any = self.meaning.at(first).any_object();
        let ways = self.meaning.applied(first, duty)?;
        let closing = self.meaning.applied(second, norm)?;
        let open = self.meaning.sets.minus(&ways, &closing)?;
        let (in_force, open) = (self.meaning.sets.contexts(&ways, any)?, self.meaning.sets.contexts(&open, any)?);
        let closed = self.meaning.sets.minus(&in_force, &open)?;
        if self.meaning.sets.is_empty(&closed) {
            return Ok(());
        }
        let (place, witness) = self.shown(&ways, &closed, any, [first, second])?;
        let mut relation = None;
        if self.in_one_policy() {
            let (left, right) = (self.meaning.cover(first, duty)?, self.meaning.cover(second, norm)?);
            let (left, right) = (self.meaning.sets.contexts(&left, any)?, self.meaning.sets.contexts(&right, any)?);
            relation = Some(self.relation(&left, &right)?);
        }
        let conflict = match relation {
            _ if advice => Conflict::ContradictoryAdvice,
            None | Some(Relation::Equal | Relation::Crossing) => Conflict::Contradiction,
            Some(Relation::Narrower | Relation::Wider) => Conflict::UnrankedRules,
        };
        self.add(Found { conflict, rules: [first, second], relation, place, witness });
        Ok(())
    }

    /// The first of these contexts, and in it the first of these ways, in which both rules apply.
    fn shown(
        &mut self,
        ways: &S::Set,
        contexts: &S::Set,
        any: bool,
        applies: [At; 2],
    ) -> Result<(Place, Witness), TooMany> {
        let space = self.meaning.sets.space();
        let mut point = space.open();
        let here = narrow(self.meaning.sets, contexts, |dim| !space.is_way(dim, any), &mut point)?;
        let context = space.context(&point, any)?;
        let place = (point.clone(), People::default());
        let ways = self.meaning.sets.and(ways, &here)?;
        let way = narrow(self.meaning.sets, &ways, |dim| space.is_way(dim, any), &mut point)?;
        let people = people(self.meaning.sets, &way)?;
        Ok((place, Witness { context, ways: vec![space.way(&point, any, people, &applies)?] }))
    }

    fn relation(&mut self, left: &S::Set, right: &S::Set) -> Result<Relation, TooMany> {
        Ok(match (self.meaning.within(left, right)?, self.meaning.within(right, left)?) {
            (true, true) => Relation::Equal,
            (true, false) => Relation::Narrower,
            (false, true) => Relation::Wider,
            (false, false) => Relation::Crossing,
        })
    }

    fn deadlines(&mut self) -> Result<(), TooMany> {
        let (earlier, later) = (self.earlier, self.later);
        if !differ_in_time(self.meaning.at(earlier).rule, self.meaning.at(later).rule) {
            return Ok(());
        }
        let any = self.meaning.at(earlier).any_object() || self.meaning.at(later).any_object();
        let main = Which::Norm(Norm::Main);
        let (left, right) = (self.meaning.applied(earlier, &main)?, self.meaning.applied(later, &main)?);
        let both = self.meaning.sets.and(&left, &right)?;
        if self.meaning.sets.is_empty(&both) {
            return Ok(());
        }
        let contexts = self.meaning.sets.contexts(&both, any)?;
        let (place, witness) = self.shown(&both, &contexts, any, [earlier, later])?;
        let conflict = Conflict::ConflictingDeadlines;
        self.add(Found { conflict, rules: [earlier, later], relation: None, place, witness });
        Ok(())
    }

    fn duties_that_exclude(&mut self) -> Result<(), TooMany> {
        let (one, other) = (self.meaning.at(self.earlier), self.meaning.at(self.later));
        if one.rule.modality != Modality::Must || other.rule.modality != Modality::Must {
            return Ok(());
        }
        let (left, right) = (one.duties().ok_or(TooMany)?, other.duties().ok_or(TooMany)?);
        let any = one.any_object() || other.any_object();
        for (at, first) in left.iter().enumerate() {
            let from = if self.earlier == self.later { at + 1 } else { 0 };
            for second in right.iter().skip(from) {
                self.exclusive(first, second, any)?;
            }
        }
        Ok(())
    }

    /// Two duties in force in one context, each way open to the one excluding each open to the other.
    fn exclusive(&mut self, first: &Duty, second: &Duty, any: bool) -> Result<(), TooMany> {
        let (earlier, later) = (self.earlier, self.later);
        let (one, other) = (Which::Duty(first.clone()), Which::Duty(second.clone()));
        let (left, right) = (self.meaning.applied(earlier, &one)?, self.meaning.applied(later, &other)?);
        let left_force = self.meaning.sets.contexts(&left, any)?;
        let right_force = self.meaning.sets.contexts(&right, any)?;
        let mut both = self.meaning.sets.and(&left_force, &right_force)?;
        // The duties of a comma mostly bind different people.
        if self.meaning.sets.is_empty(&both) {
            return Ok(());
        }
        let acts = |asked: &mut Self, set: &S::Set| asked.acts(set, any);
        let (left_acts, right_acts) = (acts(self, &left)?, acts(self, &right)?);
        let space = self.meaning.sets.space();
        let object = space.dim(DimKind::Object).ok_or(TooMany)?;
        for (a, left_contexts) in &left_acts {
            for (b, right_contexts) in &right_acts {
                if self.meaning.sets.is_empty(&both) {
                    return Ok(());
                }
                let same_object = !any || (a.1 == b.1 && a.1.is_some_and(|value| space.is_single(object, value)));
                if space.exclude(a.0, b.0) && same_object {
                    continue;
                }
                let open = self.meaning.sets.and(left_contexts, right_contexts)?;
                both = self.meaning.sets.minus(&both, &open)?;
            }
        }
        if self.meaning.sets.is_empty(&both) {
            return Ok(());
        }
        let mut point = space.open();
        let here = narrow(self.meaning.sets, &both, |dim| !space.is_way(dim, any), &mut point)?;
        let context = space.context(&point, any)?;
        let mut ways = Vec::new();
        for (set, at) in [(&left, earlier), (&right, later)] {
            let mut point = point.clone();
            let set = self.meaning.sets.and(set, &here)?;
            let way = narrow(self.meaning.sets, &set, |dim| space.is_way(dim, any), &mut point)?;
            let people = people(self.meaning.sets, &way)?;
            ways.push(space.way(&point, any, people, &[at])?);
        }
        let mut relation = None;
        if self.in_one_policy() {
            let (left, right) = (self.meaning.cover(earlier, &one)?, self.meaning.cover(later, &other)?);
            let (left, right) = (self.meaning.sets.contexts(&left, any)?, self.meaning.sets.contexts(&right, any)?);
            relation = Some(self.relation(&left, &right)?);
        }
        let place = (point, People::default());
        let witness = Witness { context, ways };
        self.add(Found { conflict: Conflict::IncompatibleDuties, rules: [earlier, later], relation, place, witness });
        Ok(())
    }

    /// The actions of a set, with their objects where those belong to the way, and the contexts in which each is open.
    fn acts(&mut self, set: &S::Set, any: bool) -> Result<Vec<(Act, S::Set)>, TooMany> {
        let space = self.meaning.sets.space();
        let action = space.dim(DimKind::Action).ok_or(TooMany)?;
        let object = space.dim(DimKind::Object).ok_or(TooMany)?;
        let mut acts = Vec::new();
        for value in 0..space.dims[action].len {
            let with = self.meaning.sets.fix(set, action, value)?;
            if self.meaning.sets.is_empty(&with) {
                continue;
            }
            if !any {
                acts.push(((value, None), self.meaning.sets.contexts(&with, any)?));
                continue;
            }
            for thing in 0..space.dims[object].len {
                let with = self.meaning.sets.fix(&with, object, thing)?;
                if !self.meaning.sets.is_empty(&with) {
                    acts.push(((value, Some(thing)), self.meaning.sets.contexts(&with, any)?));
                }
            }
        }
        Ok(acts)
    }
}

/// Whether both are duties with time limits that count from the same event, or from none, and differ.
pub(super) fn differ_in_time(a: &crate::model::Rule, b: &crate::model::Rule) -> bool {
    let (Some((left, of)), Some((right, from))) = (a.deadline.within, b.deadline.within) else { return false };
    let differ = left.compare(right).is_some_and(|order| order.is_ne());
    a.modality.is_duty() && b.modality.is_duty() && of == from && differ
}
