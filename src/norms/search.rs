//! From all rules to all answers: which questions are asked, in which order, and within which limits.

mod compare;

use std::collections::BTreeMap;

use rayon::prelude::*;

use self::compare::Compared;
use super::answer::{Analysis, Disagreement, IdleException, IdleOverride, Limit, NeverApplies, Redundant, Undecided};
use super::index::Index;
use super::meaning::{Overriders, involved};
use super::profile::Profile;
use super::rules::{At, Part, Rules};
use super::sets::{TooMany, answer};
use super::single::{Alone, Fate, Meet, Overridden, Single};
use super::space::Space;
use crate::model::RuleId;

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
}

/// How much there is to tell of a disagreement: mostly 1, more where its situation takes very many facts.
fn length(disagreement: &Disagreement) -> usize {
    let witness = &disagreement.witness;
    let facts = witness.context.facts.len() + witness.ways.iter().map(|way| way.facts.len()).sum::<usize>();
    1 + facts / 128
}
