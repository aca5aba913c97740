//! Rules that another makes needless.

use super::meaning::{Meaning, Overriders};
use super::rules::{At, Norm};
use super::sets::{Query, Sets, TooMany};
use super::space::Which;
use crate::model::{Deadline, Modality, Rule};

/// Whether all a rule says is said by another, as far as what they cover goes.
pub(super) struct Covered {
    /// The rule that may be needless.
    pub(super) rule: At,
    /// The other.
    pub(super) by: At,
}

impl Query for Covered {
    type Answer = bool;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<bool, TooMany> {
        let none = Overriders::new();
        let mut meaning = Meaning::new(sets, &none);
        let part = meaning.at(self.rule);
        if part.rule.modality.is_duty() {
            for duty in part.duties().ok_or(TooMany)? {
                if !self.duty(&mut meaning, &Which::Duty(duty))? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        for &norm in part.norms() {
            if !self.norm(&mut meaning, norm)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Covered {
    fn norm<'s, S: Sets<'s>>(&self, meaning: &mut Meaning<'_, 's, S>, norm: Norm) -> Result<bool, TooMany> {
        let modality = meaning.at(self.rule).modality(norm);
        let cover = meaning.cover(self.rule, &Which::Norm(norm))?;
        if meaning.sets.is_empty(&cover) {
            return Ok(true);
        }
        let other = meaning.at(self.by);
        for &theirs in other.norms().iter().filter(|&&theirs| other.modality(theirs) == modality) {
            let outer = meaning.cover(self.by, &Which::Norm(theirs))?;
            if meaning.within(&cover, &outer)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a duty of the other has these contexts among its own, and there no wider ways.
    fn duty<'s, S: Sets<'s>>(&self, meaning: &mut Meaning<'_, 's, S>, duty: &Which) -> Result<bool, TooMany> {
        let (part, other) = (meaning.at(self.rule), meaning.at(self.by));
        let any = part.any_object() || other.any_object();
        let ways = meaning.cover(self.rule, duty)?;
        if meaning.sets.is_empty(&ways) {
            return Ok(true);
        }
        let contexts = meaning.sets.contexts(&ways, any)?;
        for theirs in other.duties().ok_or(TooMany)? {
            let theirs = meaning.cover(self.by, &Which::Duty(theirs))?;
            let their_contexts = meaning.sets.contexts(&theirs, any)?;
            if !meaning.within(&contexts, &their_contexts)? {
                continue;
            }
            let there = meaning.sets.and(&theirs, &contexts)?;
            if meaning.within(&there, &ways)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether what is said beside the act allows `rule` to be needless because of `by`: time limits, recurrence, consequences.
/// Edges are compared by [`edges_allow`].
pub(super) fn terms_allow(rule: &Rule, by: &Rule) -> bool {
    // Of a permission with `only when` each half is compared by itself, and one that covers nothing not at all.
    let same_force = match (rule.modality, by.modality) {
        (one, other) if one == other => true,
        (Modality::MustNot, Modality::May) => !by.only_when.is_empty(),
        (Modality::May, Modality::MustNot) => !rule.only_when.is_empty(),
        _ => false,
    };
    let every = match (rule.every, by.every) {
        (None, None) => true,
        (Some(one), Some(other)) => one.compare(other).is_some_and(|order| order.is_eq()),
        _ => false,
    };
    let consequences = |of: &Rule| {
        let mut words = of.on_breach.clone();
        words.sort_unstable();
        words.dedup();
        words
    };
    same_force && every && no_later(&rule.deadline, &by.deadline) && consequences(rule) == consequences(by)
}

/// Whether the second limit lets nothing pass that the first forbids, and asks over the same time.
fn no_later(of: &Deadline, than: &Deadline) -> bool {
    let within = match (of.within, than.within) {
        (None, _) => true,
        (Some(_), _) if than.immediately => true,
        (Some((length, event)), Some((other, from))) => {
            event == from && other.compare(length).is_some_and(|order| order.is_le())
        }
        (Some(_), None) => false,
    };
    let before = of.before.is_none() || than.immediately || of.before == than.before;
    within && before && (!of.immediately || than.immediately) && of.after == than.after && of.until == than.until
}

/// Whether a rule's overrides are no stronger than the other's: whatever it beats the other beats, and whatever beats the
/// other beats it; edges between the two aside. Edges are sorted, as winner and loser and as loser and winner.
pub(super) fn edges_allow(won: &[(At, At)], lost: &[(At, At)], rule: At, by: At) -> bool {
    let beaten = of(won, rule).all(|loser| loser == by || won.binary_search(&(by, loser)).is_ok());
    let beating = of(lost, by).all(|winner| winner == rule || lost.binary_search(&(rule, winner)).is_ok());
    beaten && beating
}

fn of(edges: &[(At, At)], at: At) -> impl Iterator<Item = At> + '_ {
    let start = edges.partition_point(|edge| edge.0 < at);
    edges[start..].iter().take_while(move |edge| edge.0 == at).map(|edge| edge.1)
}
