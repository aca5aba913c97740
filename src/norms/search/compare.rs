//! One rule against all others: with which it is compared in detail, and what comes of it.

use std::collections::BTreeMap;

use super::Search;
use crate::model::{Modality, RuleId};
use crate::norms::answer::Disagreement;
use crate::norms::joint::{Joint, Shown};
use crate::norms::leaves::LeafSet;
use crate::norms::meaning::involved;
use crate::norms::pair::{Pairs, differ_in_time};
use crate::norms::profile::Profile;
use crate::norms::redundant::{Covered, edges_allow, terms_allow};
use crate::norms::rules::{At, Norm};
use crate::norms::sets::{TooMany, answer};
use crate::norms::space::Space;

/// What one rule came to with all rules it was compared with.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) disagreements: Vec<Disagreement>,
    /// The rule that makes it needless.
    pub(super) needless_by: Option<At>,
    comparisons: usize,
    pub(super) steps: u64,
    pub(super) left_out: usize,
    pub(super) cases: Vec<At>,
}

/// Rules that one rule may have to do with.
#[derive(Default)]
struct Partners {
    /// Later rules it may disagree with, and whether their acts may exclude each other.
    rules: Vec<(At, bool)>,
    /// Rules that may make it needless.
    saying_more: Vec<At>,
    /// Bans that may close some of its ways.
    bans: Vec<(At, Norm)>,
    left_out: usize,
}

impl Search<'_, '_> {
    fn partners(&self, at: At) -> Partners {
        let mut partners = Partners::default();
        if !self.covers(at) {
            return partners;
        }
        let (part, profile) = (self.part(at), &self.profiles[at as usize]);
        let mut meeting: Vec<At> = Vec::new();
        self.index.meeting(&self.rules.leaves, at, |group| {
            let meets =
                |other: &At| *other != at && self.covers(*other) && profile.may_meet(&self.profiles[*other as usize]);
            meeting.extend(group.iter().copied().filter(meets));
        });
        meeting.sort_unstable();
        for &other in &meeting {
            let theirs = self.part(other);
            if self.may_be_needless(at, other) {
                partners.saying_more.push(other);
            }
            if !part.slots_may_meet(theirs, self.rules) {
                continue;
            }
            if part.rule.modality.is_duty()
                && let Some(norm) = theirs.ban()
            {
                partners.bans.push((other, norm));
            }
            if other > at && self.may_disagree(at, other) {
                partners.rules.push((other, false));
            }
        }
        if part.rule.modality == Modality::Must {
            self.index.excluding(&self.rules.leaves, at, |group| {
                let from = group.partition_point(|&other| other < at);
                let meets = |other: &At| {
                    let theirs = &self.profiles[*other as usize];
                    let contexts = profile.may_share_context(theirs, self.rules.vocabulary);
                    self.covers(*other) && theirs.has(Modality::Must) && contexts
                };
                partners.rules.extend(group[from..].iter().copied().filter(meets).map(|other| (other, true)));
            });
        }
        // A rule met in both ways is asked for both at once.
        partners.rules.sort_unstable_by_key(|&(other, exclude)| (other, !exclude));
        partners.rules.dedup_by_key(|partner| partner.0);
        let overridden = |at: At| !self.overriders[at as usize].is_empty();
        if !overridden(at) && !partners.bans.iter().any(|ban| overridden(ban.0)) {
            partners.bans.retain(|&(ban, _)| !self.asks_for_more(at, ban));
        }
        let limits = self.rules.limits;
        partners.left_out += partners.rules.len().saturating_sub(limits.partners);
        partners.rules.truncate(limits.partners);
        if partners.bans.len() > limits.bans {
            // Some of them alone would not tell which set is the first.
            partners.left_out += partners.bans.len();
            partners.bans.clear();
        }
        partners
    }

    /// Whether a ban asks for something in a slot that the duty leaves open. Where nothing is overridden, such a ban is of
    /// no use to close the duty together with others: those that close the ways with nothing there close the rest too.
    fn asks_for_more(&self, duty: At, ban: At) -> bool {
        let duty = self.part(duty);
        let foreign = |(slot, _): &(u8, LeafSet)| !duty.slots.iter().any(|(own, _)| own == slot);
        self.part(ban).slots.iter().any(foreign)
    }

    /// Whether two rules that meet may disagree, from what is seen at a glance.
    fn may_disagree(&self, one: At, other: At) -> bool {
        let (left, right) = (self.part(one), self.part(other));
        let (a, b) = (&self.profiles[one as usize], &self.profiles[other as usize]);
        let permission = |a: &Profile, b: &Profile| a.has(Modality::May) && b.has(Modality::MustNot);
        permission(a, b)
            || permission(b, a)
            || self.may_close(one, other)
            || self.may_close(other, one)
            || differ_in_time(left.rule, right.rule)
    }

    /// Whether a rule may close every way of another, which is a duty, or release from it.
    fn may_close(&self, duty: At, other: At) -> bool {
        let (part, against) = (self.part(duty), self.part(other));
        let (profile, theirs) = (&self.profiles[duty as usize], &self.profiles[other as usize]);
        let against_it = match part.rule.modality {
            Modality::Must => {
                [Modality::MustNot, Modality::ShouldNot, Modality::NeedNot].iter().any(|&it| theirs.has(it))
            }
            Modality::Should => theirs.has(Modality::MustNot) || theirs.has(Modality::ShouldNot),
            _ => false,
        };
        if !against_it || !self.overriders[duty as usize].is_empty() {
            return against_it;
        }
        theirs.may_close(profile, self.rules.vocabulary) && part.may_be_closed_by(against, self.rules)
    }

    fn may_be_needless(&self, rule: At, by: At) -> bool {
        let (part, other) = (self.part(rule), self.part(by));
        let duty = part.rule.modality.is_duty();
        terms_allow(part.rule, other.rule)
            && other.may_contain(part, self.rules)
            && self.profiles[by as usize].may_contain(&self.profiles[rule as usize], self.rules.vocabulary, duty)
            && edges_allow(&self.rules.edges, &self.lost, rule, by)
    }

    /// What comes of a rule with all others.
    pub(super) fn compare(&self, at: At) -> Compared {
        let partners = self.partners(at);
        let mut compared = Compared { left_out: partners.left_out, ..Compared::default() };
        compared.comparisons = partners.rules.len();
        self.compare_pairs(at, &partners.rules, &mut compared);
        self.find_needless(at, &partners.saying_more, &mut compared);
        if partners.bans.len() >= 2 {
            match self.joint(at, &partners.bans, &mut compared.steps) {
                Ok(found) => compared.disagreements.extend(found),
                Err(TooMany) => compared.cases.push(at),
            }
        }
        compared
    }

    fn compare_pairs(&self, at: At, partners: &[(At, bool)], compared: &mut Compared) {
        // Partners with which the same rules play a part share one space, and what these rules mean in it.
        let mut shared: BTreeMap<(Vec<At>, bool), Vec<At>> = BTreeMap::new();
        for &(other, exclude) in partners {
            match involved(&self.overriders, &[at, other]) {
                Ok(members) => shared.entry((members, exclude)).or_default().push(other),
                Err(TooMany) => compared.cases.extend([at, other]),
            }
        }
        let most = self.rules.limits.steps;
        for ((members, exclude), later) in shared {
            let mut ask = |later: &[At]| -> Result<Vec<Disagreement>, TooMany> {
                if compared.steps > most {
                    return Err(TooMany);
                }
                let space = Space::of(self.rules, members.clone(), exclude);
                let pairs = Pairs { overriders: &self.overriders, earlier: at, later, exclude };
                let found = answer(&space, &pairs);
                compared.steps += space.spent();
                found
            };
            let (mut found, mut cases) = (Vec::new(), Vec::new());
            match ask(&later) {
                Ok(all) => found = all,
                // What is too much for all of them at once need not be for each.
                Err(TooMany) => {
                    for &other in &later {
                        match ask(&[other]) {
                            Ok(some) => found.extend(some),
                            Err(TooMany) => cases.extend([at, other]),
                        }
                    }
                }
            }
            compared.disagreements.extend(found);
            compared.cases.extend(cases);
        }
    }

    /// The first rule that makes this one needless; of two that make each other so, the later one is.
    fn find_needless(&self, at: At, others: &[At], compared: &mut Compared) {
        let most = compared.comparisons + self.rules.limits.partners;
        for &other in others {
            if compared.comparisons >= most {
                compared.left_out += 1;
                continue;
            }
            if compared.steps > self.rules.limits.steps {
                compared.cases.extend([at, other]);
                continue;
            }
            compared.comparisons += 1;
            let space = Space::of(self.rules, vec![at.min(other), at.max(other)], false);
            let covered = |rule, by| answer(&space, &Covered { rule, by });
            let needless = covered(at, other).and_then(|is_covered| {
                let mutual = is_covered && at < other && self.may_be_needless(other, at);
                Ok(is_covered && !(mutual && covered(other, at)?))
            });
            compared.steps += space.spent();
            match needless {
                Ok(true) => return compared.needless_by = Some(other),
                Ok(false) => {}
                Err(TooMany) => compared.cases.extend([at, other]),
            }
        }
    }

    /// The sets of bans that close duties of a rule together.
    fn joint(&self, at: At, bans: &[(At, Norm)], steps: &mut u64) -> Result<Vec<Disagreement>, TooMany> {
        let with = |bans: &[(At, Norm)]| bans.iter().map(|ban| ban.0).chain([at]).collect::<Vec<At>>();
        let joint = Joint { overriders: &self.overriders, duty: at, bans };
        let mut shown = Vec::new();
        let space = self.space(&with(bans), false)?;
        let found = answer(&space, &joint);
        *steps += space.spent();
        for closing in found? {
            // The witness tells of the rules of the set, and of those that would close the duty alone, but of no others.
            let involved = [closing.bans.as_slice(), &closing.alone].concat();
            let space = self.space(&with(&involved), false)?;
            let found = answer(&space, &Shown { overriders: &self.overriders, rule: at, closing: &closing });
            *steps += space.spent();
            let (place, witness) = found?;
            let rules: Vec<RuleId> =
                [at].into_iter().chain(closing.bans.iter().map(|ban| ban.0)).map(|at| self.id(at)).collect();
            shown.push((place, Disagreement { conflict: closing.conflict, rules, relation: None, witness }));
        }
        // Duties of one rule may be closed by the same bans: the first witness tells it, of equal ones the earlier duty's.
        shown.sort_by(|(a, one), (b, two)| (one.conflict, &one.rules, a).cmp(&(two.conflict, &two.rules, b)));
        shown.dedup_by(|(_, later), (_, first)| later.conflict == first.conflict && later.rules == first.rules);
        Ok(shown.into_iter().map(|(_, disagreement)| disagreement).collect())
    }
}
