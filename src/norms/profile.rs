//! What can be told of a rule at a glance, so that rules that cannot meet are never compared: every answer that rules
//! something out is certain, every other one is only a perhaps.

use super::facts::{self, each_condition};
use super::leaves::LeafSet;
use super::rules::{Norm, Part, Rules};
use super::space::each_of;
use crate::model::{Choice, Comparison, Condition, FactId, FactKind, Filler, Modality, Vocabulary};

/// A rule at a glance.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// The modalities of its norms, one bit each.
    pub(super) modalities: u8,
    /// What all its norms need of facts, by fact.
    needs: Box<[(FactId, Need)]>,
    /// The facts its conditions name at all, sorted.
    mentions: Box<[FactId]>,
    /// Whether its conditions name approval or consent at all.
    mentions_voices: bool,
    /// Whether it applies only with or only without somebody's approval or consent.
    needs_voice: bool,
    /// Whether it covers something and each of its exceptions takes something out, for certain.
    pub(super) plain: bool,
}

/// What a norm needs a fact to be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Need {
    /// One of these values of a flag (*no*, *yes*) or a choice.
    Values(u64),
    /// One of these values of a choice with more than 64, sorted.
    Among(Box<[u32]>),
    /// None of these values of a choice with more than 64, sorted.
    Except(Box<[u32]>),
    /// Between these amounts.
    Between(u128, u128),
}

/// The bit of a modality.
pub(super) fn bit(modality: Modality) -> u8 {
    1 << modality as u8
}

impl Profile {
    /// The profile of a rule.
    pub(super) fn of(rules: &Rules<'_>, part: &Part<'_>) -> Self {
        let rule = part.rule;
        let mut profile = Profile {
            modalities: part.norms().iter().map(|&norm| bit(part.modality(norm))).fold(0, |all, one| all | one),
            ..Profile::default()
        };
        let mut mentions = Vec::new();
        let mut independent = true;
        let mut voices = 0;
        each_condition(rule, |condition| match condition {
            Condition::Flag(fact) | Condition::Choice(fact, _) | Condition::Quantity(fact, ..) => {
                mentions.push(*fact);
                independent &= is_open(rules.vocabulary, condition);
            }
            Condition::Approval(names, count) | Condition::Consent(names, count) => {
                voices += 1;
                independent &= *count == 1 && has_voters(rules, part, names);
            }
            _ => {}
        });
        mentions.sort_unstable();
        let asked = mentions.len();
        mentions.dedup();
        independent &= asked == mentions.len() && voices <= 1;
        profile.mentions = mentions.into_boxed_slice();
        profile.mentions_voices = voices > 0;
        let sets =
            [&part.party, &part.action].into_iter().chain(&part.object).chain(part.slots.iter().map(|slot| &slot.1));
        let somewhere = rules.as_one || !part.organisation.is_empty();
        // Conditions each about something of its own, each of which may hold or not, stand in nobody's way.
        let mut slots: Vec<u8> = part.slots.iter().map(|slot| slot.0).collect();
        slots.dedup();
        profile.plain =
            independent && somewhere && slots.len() == part.slots.len() && sets.clone().all(|set| !set.is_empty());

        let mut needs = Vec::new();
        let mut needs_voice = false;
        let mut add = |condition: &Condition, holds: bool| {
            collect(rules, part, condition, holds, &mut needs, &mut needs_voice);
        };
        rule.when.iter().for_each(|when| add(&when.condition, true));
        rule.unless.iter().for_each(|unless| add(&unless.condition, false));
        profile.needs_voice = needs_voice;
        profile.needs = joined(needs).into_boxed_slice();
        profile
    }

    /// Whether one of its norms has this modality.
    pub(super) fn has(&self, modality: Modality) -> bool {
        self.modalities & bit(modality) != 0
    }

    /// Whether what both need of facts may be true in one context, whatever the actor decides.
    pub(super) fn may_share_context(&self, other: &Profile, vocabulary: &Vocabulary) -> bool {
        self.needs.iter().all(|(fact, need)| {
            let theirs = other.need_of(*fact);
            vocabulary.fact(*fact).chosen || theirs.is_none_or(|theirs| need.meets(theirs))
        })
    }

    /// Whether what both need of facts may be true at once.
    pub(super) fn may_meet(&self, other: &Profile) -> bool {
        let (mut left, mut right) = (self.needs.iter(), other.needs.iter());
        let (mut a, mut b) = (left.next(), right.next());
        while let (Some(x), Some(y)) = (a, b) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => a = left.next(),
                std::cmp::Ordering::Greater => b = right.next(),
                std::cmp::Ordering::Equal => {
                    if !x.1.meets(&y.1) {
                        return false;
                    }
                    (a, b) = (left.next(), right.next());
                }
            }
        }
        true
    }

    fn need_of(&self, fact: FactId) -> Option<&Need> {
        self.needs.binary_search_by_key(&fact, |need| need.0).ok().map(|at| &self.needs[at].1)
    }

    fn mentions(&self, fact: FactId) -> bool {
        self.mentions.binary_search(&fact).is_ok()
    }

    /// Whether a ban or release with this profile may close every way of a duty with the other, no rule overriding the
    /// duty: what the actor decides and the duty leaves open must not matter to it.
    pub(super) fn may_close(&self, duty: &Profile, vocabulary: &Vocabulary) -> bool {
        let chosen_apart = |(fact, _): &&(FactId, Need)| vocabulary.fact(*fact).chosen && !duty.mentions(*fact);
        (!self.needs_voice || duty.mentions_voices) && !self.needs.iter().any(|need| chosen_apart(&need))
    }

    /// Whether a rule with this profile may cover all that one with the other covers; of a duty only facts that are not
    /// chosen count.
    pub(super) fn may_contain(&self, inner: &Profile, vocabulary: &Vocabulary, duty: bool) -> bool {
        let counts = |fact: FactId| !duty || !vocabulary.fact(fact).chosen;
        let apart = |(fact, need): &(FactId, Need)| {
            // Where nothing hangs together, a rule needs of a fact just what it says at once.
            let wider = inner.plain && !inner.need_of(*fact).is_some_and(|own| own.may_be_within(need));
            counts(*fact) && (wider || !inner.mentions(*fact))
        };
        !self.needs.iter().any(apart) && (duty || !self.needs_voice || inner.mentions_voices)
    }
}

impl Need {
    fn meets(&self, other: &Need) -> bool {
        match (self, other) {
            (Need::Values(a), Need::Values(b)) => a & b != 0,
            (Need::Between(low, high), Need::Between(from, to)) => low <= to && from <= high,
            (Need::Among(a), Need::Among(b)) => a.iter().any(|value| b.binary_search(value).is_ok()),
            (Need::Among(a), Need::Except(b)) | (Need::Except(b), Need::Among(a)) => {
                a.iter().any(|value| b.binary_search(value).is_err())
            }
            _ => true,
        }
    }

    /// Whether all of it is in the other, for all that is known: what is denied is certain.
    fn may_be_within(&self, other: &Need) -> bool {
        match (self, other) {
            (Need::Values(a), Need::Values(b)) => a & !b == 0,
            (Need::Between(low, high), Need::Between(from, to)) => from <= low && high <= to,
            (Need::Among(a), Need::Among(b)) => a.iter().all(|value| b.binary_search(value).is_ok()),
            (Need::Among(a), Need::Except(b)) => a.iter().all(|value| b.binary_search(value).is_err()),
            (Need::Except(a), Need::Except(b)) => b.iter().all(|value| a.binary_search(value).is_ok()),
            _ => true,
        }
    }

    /// What both say, or the first alone where that is not easily told.
    fn and(&self, other: &Need) -> Need {
        match (self, other) {
            (Need::Values(a), Need::Values(b)) => Need::Values(a & b),
            (Need::Between(low, high), Need::Between(from, to)) => Need::Between(*low.max(from), *high.min(to)),
            (Need::Among(a), Need::Among(b)) => {
                Need::Among(a.iter().copied().filter(|value| b.binary_search(value).is_ok()).collect())
            }
            _ => self.clone(),
        }
    }
}

/// Whether a condition about one fact may hold and may not hold.
fn is_open(vocabulary: &Vocabulary, condition: &Condition) -> bool {
    match condition {
        Condition::Choice(fact, values) => match &vocabulary.fact(*fact).kind {
            FactKind::Choice(all) => {
                let mut named = values.clone();
                named.sort_unstable();
                named.dedup();
                !named.is_empty() && named.len() < all.len()
            }
            _ => false,
        },
        Condition::Quantity(_, comparison, amount) => {
            let zero = amount.in_base() == 0;
            !(zero && matches!(comparison, Comparison::AtLeast | Comparison::LessThan))
        }
        _ => true,
    }
}

fn has_voters(rules: &Rules<'_>, part: &Part<'_>, names: &[Filler]) -> bool {
    each_of(rules, part, names).iter().any(|name| !name.is_empty())
}

fn collect(
    rules: &Rules<'_>,
    part: &Part<'_>,
    condition: &Condition,
    holds: bool,
    needs: &mut Vec<(FactId, Need)>,
    needs_voice: &mut bool,
) {
    match condition {
        Condition::All(parts) if holds => {
            parts.iter().for_each(|inner| collect(rules, part, inner, holds, needs, needs_voice));
        }
        Condition::Any(parts) if !holds => {
            parts.iter().for_each(|inner| collect(rules, part, inner, holds, needs, needs_voice));
        }
        Condition::Not(inner) => collect(rules, part, inner, !holds, needs, needs_voice),
        Condition::Flag(fact) => needs.push((*fact, Need::Values(1 << u8::from(holds)))),
        Condition::Choice(fact, values) => {
            let FactKind::Choice(all) = &rules.vocabulary.fact(*fact).kind else { return };
            if !is_open(rules.vocabulary, condition) {
                return;
            }
            if all.len() > 64 {
                let mut named = values.clone();
                named.sort_unstable();
                named.dedup();
                let named = named.into_boxed_slice();
                needs.push((*fact, if holds { Need::Among(named) } else { Need::Except(named) }));
                return;
            }
            let named = values.iter().fold(0u64, |set, value| set | 1 << value);
            let every = u64::MAX >> (64 - all.len());
            needs.push((*fact, Need::Values(if holds { named } else { every & !named })));
        }
        Condition::Quantity(fact, comparison, amount) if is_open(rules.vocabulary, condition) => {
            let bound = amount.in_base();
            // Of what is counted in whole numbers the next one is the next there is; else the bound itself is near enough.
            let next = if amount.unit.is_whole() { facts::one_of(amount.unit) } else { 0 };
            let need = match (comparison, holds) {
                (Comparison::AtMost, true) | (Comparison::MoreThan, false) => Need::Between(0, bound),
                (Comparison::LessThan, true) | (Comparison::AtLeast, false) => {
                    Need::Between(0, bound.saturating_sub(next))
                }
                (Comparison::AtLeast, true) | (Comparison::LessThan, false) => Need::Between(bound, u128::MAX),
                (Comparison::MoreThan, true) | (Comparison::AtMost, false) => {
                    Need::Between(bound.saturating_add(next), u128::MAX)
                }
                (Comparison::Exactly, true) => Need::Between(bound, bound),
                // More than none; any other hole in the middle leaves amounts on both sides.
                (Comparison::Exactly, false) if bound == 0 => Need::Between(next, u128::MAX),
                (Comparison::Exactly, false) => return,
            };
            needs.push((*fact, need));
        }
        // Either way round somebody's approval decides, if anybody can give it.
        Condition::Approval(names, 1) | Condition::Consent(names, 1) => *needs_voice |= has_voters(rules, part, names),
        _ => {}
    }
}

/// By fact, each once: what is needed twice must be both.
fn joined(mut needs: Vec<(FactId, Need)>) -> Vec<(FactId, Need)> {
    needs.sort_by_key(|need| need.0);
    let mut joined: Vec<(FactId, Need)> = Vec::with_capacity(needs.len());
    for (fact, need) in needs {
        match joined.last_mut() {
            Some(last) if last.0 == fact => last.1 = last.1.and(&need),
            _ => joined.push((fact, need)),
        }
    }
    joined
}

impl Part<'_> {
    /// Whether the two may stand for one situation, conditions aside.
    pub(super) fn may_meet(&self, other: &Part<'_>, rules: &Rules<'_>, same_action: bool) -> bool {
        let leaves = &rules.leaves;
        let objects = match (&self.object, &other.object) {
            (Some(one), Some(two)) => leaves.may_meet(one, two),
            _ => true,
        };
        (rules.as_one || leaves.may_meet(&self.organisation, &other.organisation))
            && leaves.may_meet(&self.party, &other.party)
            && objects
            && (!same_action || (leaves.may_meet(&self.action, &other.action) && self.slots_may_meet(other, rules)))
    }

    /// Whether what stands in the slots of both may be the same.
    pub(super) fn slots_may_meet(&self, other: &Part<'_>, rules: &Rules<'_>) -> bool {
        self.slots.iter().all(|(slot, own)| {
            let theirs = other.slots.iter().filter(|(place, _)| place == slot);
            theirs.into_iter().all(|(_, theirs)| rules.leaves.may_meet(own, theirs))
        })
    }

    /// Whether a ban or release may close every way of this duty, no rule overriding the duty, as far as action and slots
    /// go.
    pub(super) fn may_be_closed_by(&self, ban: &Part<'_>, rules: &Rules<'_>) -> bool {
        let some_within = |names: Vec<LeafSet>, all: &LeafSet, are: Choice, outer: &LeafSet| match are {
            Choice::Each => names.iter().any(|name| name.is_within(outer)),
            Choice::Any => all.is_within(outer),
        };
        let actions = self.rule.actions.iter().map(|&action| rules.leaves.below([action])).collect();
        if !some_within(actions, &self.action, self.rule.actions_are, &ban.action) {
            return false;
        }
        ban.slots.iter().all(|(slot, outer)| {
            let mut own = self.rule.slots.iter().filter(|own| super::rules::place_of(own.preposition) == *slot);
            own.any(|own| {
                let names = each_of(rules, self, &own.names);
                let all = LeafSet::union(&names);
                some_within(names, &all, own.are, outer)
            })
        })
    }

    /// Whether this rule may say all that the other says, as far as its words go.
    pub(super) fn may_contain(&self, inner: &Part<'_>, rules: &Rules<'_>) -> bool {
        let any = self.any_object() || inner.any_object();
        let objects = match (&self.object, &inner.object) {
            (Some(outer), Some(own)) => any || own.is_within(outer),
            (Some(_), None) => any,
            (None, _) => true,
        };
        let within = (rules.as_one || inner.organisation.is_within(&self.organisation))
            && inner.party.is_within(&self.party)
            && objects;
        if !within {
            return false;
        }
        if inner.rule.modality.is_duty() {
            // The other way round: the ways of the one that stays must be among those of the needless one.
            return inner.action.shares(&self.action)
                && inner.slots.iter().all(|(slot, _)| self.slots.iter().any(|(own, _)| own == slot));
        }
        inner.action.is_within(&self.action)
            && self
                .slots
                .iter()
                .all(|(slot, outer)| inner.slots.iter().any(|(place, own)| place == slot && own.is_within(outer)))
    }

    /// The norm that forbids or advises against, if the rule has one.
    pub(super) fn ban(&self) -> Option<Norm> {
        let bans = |norm: &&Norm| matches!(self.modality(**norm), Modality::MustNot | Modality::ShouldNot);
        self.norms().iter().find(bans).copied()
    }
}
