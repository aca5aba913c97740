//! From all rules to all answers: which questions are asked, in which order, and within which limits.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::answer::{Analysis, Disagreement, IdleException, IdleOverride, Limit, NeverApplies, Redundant, Undecided};
use super::index::Index;
use super::joint::{Joint, Shown};
use super::meaning::{Overriders, involved};
use super::pair::{Pairs, differ_in_time};
use super::profile::Profile;
use super::redundant::{Covered, edges_allow, terms_allow};
use super::rules::{At, Norm, Part, Rules};
use super::sets::{TooMany, answer};
use super::single::{Alone, Fate, Meet, Overridden, Single};
use super::space::Space;
use crate::model::{Modality, RuleId};

/// The rules looked at before the limits are: few at first, more while they are cheap. Numbers of things found and of steps
/// decide, not the machine, so that every machine stops at the same rule.
const FIRST_BATCH: usize = 16;
const LARGEST_BATCH: usize = 8_192;
/// A batch that takes fewer steps and finds less than this is followed by a larger one.
const CHEAP: (u64, usize) = (50_000_000, 1_000);
/// A batch that takes more steps or finds more than this is followed by a smaller one.
const DEAR: (u64, usize) = (200_000_000, 4_000);

/// An analysis on its way.
pub(super) struct Search<'r, 'a> {
    rules: &'r Rules<'a>,
    profiles: Vec<Profile>,
    alone: Vec<Alone>,
    overriders: Overriders,
    /// The edges as loser and winner, sorted.
    lost: Vec<(At, At)>,
    index: Index,
    /// Rules whose questions could not be decided for the number of cases.
    cases: Vec<At>,
}

/// What one rule came to with all rules it was compared with.
#[derive(Default)]
struct Compared {
    disagreements: Vec<Disagreement>,
    /// The rule that makes it needless.
    needless_by: Option<At>,
    comparisons: usize,
    steps: u64,
    left_out: usize,
    cases: Vec<At>,
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

impl<'r, 'a> Search<'r, 'a> {
    /// Looks at each rule by itself, and at what overrides what.
    pub(super) fn new(rules: &'r Rules<'a>) -> Self {
        let profiles: Vec<Profile> = rules.list.par_iter().map(|part| Profile::of(rules, part)).collect();
        let asked: Vec<Result<Alone, TooMany>> = (0..rules.list.len() as At)
            .into_par_iter()
            .map(|at| match profiles[at as usize].plain {
                true => Ok(Alone::default()),
                false => answer(&Space::of(rules, vec![at], false), &Single { at }),
            })
            .collect();
        let mut cases = Vec::new();
        let mut alone = Vec::with_capacity(asked.len());
        for (at, asked) in asked.into_iter().enumerate() {
            if asked.is_err() {
                cases.push(at as At);
            }
            alone.push(asked.unwrap_or_default());
        }
        let mut lost: Vec<(At, At)> = rules.edges.iter().map(|&(winner, loser)| (loser, winner)).collect();
        lost.sort_unstable();
        let mut search =
            Search { rules, profiles, alone, overriders: Vec::new(), lost, index: Index::of(rules), cases };
        search.overriders = search.meeting_overriders();
        search
    }

    /// Everything there is to say.
    pub(super) fn run(mut self) -> Analysis {
        let mut analysis = Analysis { cycles: self.rules.cycles.clone(), ..Analysis::default() };
        let fates = self.fates();
        analysis.never_applies = self.never_applies(&fates);
        analysis.idle_exceptions = self.idle_exceptions();
        analysis.idle_overrides = self.idle_overrides(&fates);
        self.compare_all(&mut analysis);
        let cases: Vec<At> = std::mem::take(&mut self.cases);
        self.undecided(&mut analysis, cases, Limit::Cases);
        let key = |it: &Disagreement| (it.rules.clone(), it.conflict, it.relation);
        analysis.disagreements.sort_by_cached_key(key);
        analysis
    }

    fn part(&self, at: At) -> &'r Part<'a> {
        self.rules.at(at)
    }

    fn id(&self, at: At) -> RuleId {
        self.part(at).id
    }

    fn covers(&self, at: At) -> bool {
        !self.alone[at as usize].covers_nothing
    }

    fn may_meet(&self, one: At, other: At) -> bool {
        self.part(one).may_meet(self.part(other), self.rules, true)
            && self.profiles[one as usize].may_meet(&self.profiles[other as usize])
    }

    fn meeting_overriders(&mut self) -> Overriders {
        let meets = |&(winner, loser): &(At, At)| {
            if !self.covers(winner) || !self.covers(loser) || !self.may_meet(winner, loser) {
                return Ok(false);
            }
            let members = vec![winner.min(loser), winner.max(loser)];
            answer(&Space::of(self.rules, members, false), &Meet { one: winner, other: loser })
        };
        let asked: Vec<Result<bool, TooMany>> = self.rules.edges.par_iter().map(meets).collect();
        let mut overriders = vec![Vec::new(); self.rules.list.len()];
        for (&(winner, loser), meets) in self.rules.edges.iter().zip(asked) {
            if meets.is_err() {
                self.cases.extend([winner, loser]);
            }
            // What could not be decided counts as meeting: then it is decided with the rest, or not at all.
            if meets.unwrap_or(true) {
                overriders[loser as usize].push(winner);
            }
        }
        overriders
    }

    /// The space of some rules with all that override them.
    fn space(&self, rules: &[At], with_exclusions: bool) -> Result<Space<'r>, TooMany>
    where
        'a: 'r,
    {
        Ok(Space::of(self.rules, involved(&self.overriders, rules)?, with_exclusions))
    }

    /// What becomes of each rule that is overridden where it covers something, by rule; `None` where that could not be
    /// decided.
    fn fates(&mut self) -> Vec<(At, Option<Fate>)> {
        let groups = self.override_groups();
        let ask = |group: &Vec<At>| -> Vec<(At, Option<Fate>)> {
            let mut steps = 0;
            let mut decide = |rules: &[At]| -> Result<Vec<Fate>, TooMany> {
                if steps > 2 * self.rules.limits.steps {
                    return Err(TooMany);
                }
                let space = self.space(rules, false)?;
                let fates = answer(&space, &Overridden { overriders: &self.overriders, rules });
                steps += space.spent();
                fates
            };
            // Rules that hang together are decided together; where they are too many, each with its own overriders, as long
            // as that is not too much either.
            match decide(group) {
                Ok(fates) => fates.into_iter().map(|fate| (fate.at, Some(fate))).collect(),
                Err(TooMany) => {
                    let alone = |&at: &At| (at, decide(&[at]).ok().and_then(|mut fates| fates.pop()));
                    group.iter().map(alone).collect()
                }
            }
        };
        let mut fates: Vec<(At, Option<Fate>)> = groups.par_iter().flat_map_iter(ask).collect();
        fates.sort_by_key(|fate| fate.0);
        self.cases.extend(fates.iter().filter(|fate| fate.1.is_none()).map(|fate| fate.0));
        fates
    }

    /// The rules that are overridden, those together that overrides join.
    fn override_groups(&self) -> Vec<Vec<At>> {
        let mut head: Vec<At> = (0..self.rules.list.len() as At).collect();
        fn find(head: &mut [At], mut at: At) -> At {
            while head[at as usize] != at {
                head[at as usize] = head[head[at as usize] as usize];
                at = head[at as usize];
            }
            at
        }
        for (loser, winners) in self.overriders.iter().enumerate() {
            for &winner in winners {
                let (a, b) = (find(&mut head, loser as At), find(&mut head, winner));
                head[a.max(b) as usize] = a.min(b);
            }
        }
        let mut groups: BTreeMap<At, Vec<At>> = BTreeMap::new();
        for (loser, winners) in self.overriders.iter().enumerate() {
            if !winners.is_empty() {
                groups.entry(find(&mut head, loser as At)).or_default().push(loser as At);
            }
        }
        groups.into_values().collect()
    }

    fn never_applies(&self, fates: &[(At, Option<Fate>)]) -> Vec<NeverApplies> {
        let nothing = (0..self.rules.list.len() as At).filter(|&at| !self.covers(at)).map(|at| (at, Vec::new()));
        let beaten = fates.iter().filter_map(|(at, fate)| {
            let fate = fate.as_ref().filter(|fate| !fate.applies)?;
            Some((*at, fate.beaten_by.iter().map(|&winner| self.id(winner)).collect()))
        });
        let mut never: Vec<(At, Vec<RuleId>)> = nothing.chain(beaten).collect();
        never.sort_by_key(|never| never.0);
        never.into_iter().map(|(at, overridden_by)| NeverApplies { rule: self.id(at), overridden_by }).collect()
    }

    fn idle_exceptions(&self) -> Vec<IdleException> {
        let of = |(at, alone): (usize, &Alone)| {
            let rule = self.id(at as At);
            alone.idle.iter().map(move |&exception| IdleException { rule, exception }).collect::<Vec<_>>()
        };
        self.alone.iter().enumerate().flat_map(of).collect()
    }

    fn idle_overrides(&self, fates: &[(At, Option<Fate>)]) -> Vec<IdleOverride> {
        let takes_effect = |winner: At, loser: At| {
            let fate = fates.binary_search_by_key(&loser, |fate| fate.0).ok().map(|at| &fates[at].1);
            match fate {
                // What could not be decided is told as that.
                Some(None) => true,
                Some(Some(fate)) => fate.beaten_by.binary_search(&winner).is_ok(),
                None => false,
            }
        };
        let counts = |&&(winner, loser): &&(At, At)| self.covers(winner) && self.covers(loser);
        let idle = self.rules.edges.iter().filter(counts).filter(|edge| !takes_effect(edge.0, edge.1));
        idle.map(|&(winner, loser)| IdleOverride { winner: self.id(winner), loser: self.id(loser) }).collect()
    }

    fn compare_all(&mut self, analysis: &mut Analysis) {
        let mut crowded = Vec::new();
        let (mut steps, mut told, mut left_out) = (0, 0, 0);
        let (mut from, mut size) = (0, FIRST_BATCH);
        let limits = self.rules.limits;
        while from < self.rules.list.len() {
            let rest = (self.rules.list.len() - from) as u64;
            let stopped = match () {
                () if told > limits.disagreements => Some(Limit::Disagreements(rest)),
                () if steps > limits.all_steps => Some(Limit::Steps(rest)),
                () => None,
            };
            if let Some(limit) = stopped {
                self.undecided(analysis, (from as At..self.rules.list.len() as At).collect(), limit);
                break;
            }
            let batch = from..(from + size).min(self.rules.list.len());
            from = batch.end;
            let compared: Vec<Compared> = batch.clone().into_par_iter().map(|at| self.compare(at as At)).collect();
            let (mut found, mut taken) = (0, 0);
            for (at, compared) in batch.zip(compared) {
                found += compared.disagreements.iter().map(length).sum::<usize>();
                analysis.disagreements.extend(compared.disagreements);
                let needless = compared.needless_by.map(|by| Redundant { rule: self.id(at as At), by: self.id(by) });
                analysis.redundant.extend(needless);
                taken += compared.steps;
                if compared.left_out > 0 {
                    crowded.push(at as At);
                    left_out += compared.left_out as u64;
                }
                self.cases.extend(compared.cases);
            }
            if taken < CHEAP.0 && found < CHEAP.1 {
                size = (2 * size).min(LARGEST_BATCH);
            } else if taken > DEAR.0 || found > DEAR.1 {
                size = (size / 4).max(2);
            }
            steps += taken;
            told += found;
        }
        if !crowded.is_empty() {
            self.undecided(analysis, crowded, Limit::Partners(left_out));
        }
    }

    fn undecided(&self, analysis: &mut Analysis, mut rules: Vec<At>, limit: Limit) {
        rules.sort_unstable();
        rules.dedup();
        if !rules.is_empty() {
            analysis.undecided.push(Undecided { rules: rules.into_iter().map(|at| self.id(at)).collect(), limit });
        }
    }

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
        let foreign = |(slot, _): &(u8, super::leaves::LeafSet)| !duty.slots.iter().any(|(own, _)| own == slot);
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

    fn compare(&self, at: At) -> Compared {
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

/// How much there is to tell of a disagreement: mostly 1, more where its situation takes very many facts.
fn length(disagreement: &Disagreement) -> usize {
    let witness = &disagreement.witness;
    let facts = witness.context.facts.len() + witness.ways.iter().map(|way| way.facts.len()).sum::<usize>();
    1 + facts / 128
}
