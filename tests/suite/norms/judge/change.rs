//! The judge of changes: what a change of rules does (`docs/changes.md`), read word by word, by trying every situation.
//!
//! It shares nothing with the comparison it judges but the joined collection, which has a test of its own.

mod shown;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use clausal::model::{Modality, RuleId, WordId};
use clausal::norms::{Aspect, Direction, Joined, Pair, Question, Side};

use super::Judge;
use super::norm::Norm;
use super::space::{Axis, Leaves, Situation, Space};

/// Two joined collections, as the judge sees them.
pub struct ChangeJudge<'c> {
    joined: &'c Joined,
    judge: Judge<'c>,
}

/// What the change of a pair does: for each aspect and direction whether it shows where no rule outside the pair says the
/// same, and the first situation in which it shows.
pub type Judged = BTreeMap<(Aspect, Direction), First>;

pub struct First {
    pub alone: bool,
    pub at: Situation,
    pub any: bool,
}

/// A norm that is looked at.
struct Voice<'j> {
    side: Side,
    /// Whether it is one of the pair's.
    inside: bool,
    norm: &'j Norm,
}

/// A situation, and which of the norms apply in it.
struct Seen {
    at: Situation,
    applies: Vec<bool>,
}

/// Something one side says and the other does not.
struct Claim {
    voice: usize,
    /// Whether norms that only advise answer it too.
    advice_counts: bool,
    consequence: Option<WordId>,
}

/// A duty in a context: the ways in which it can be done there, as places in a list of situations.
struct Instance {
    voice: usize,
    context: Vec<Option<usize>>,
    ways: BTreeSet<usize>,
}

/// A duty that one side asks for in a context, and the other does not.
struct Gained {
    instance: Instance,
    /// For a change of ways, those by which it could be done on the other side only; else all its ways.
    shown: BTreeSet<usize>,
    /// Rules outside the pair that ask for it on the other side.
    elsewhere: BTreeSet<RuleId>,
}

const TERMS: [Aspect; 4] = [Aspect::Deadline, Aspect::Recurrence, Aspect::Limit, Aspect::Consequence];
const OF_DUTIES: [Aspect; 3] = [Aspect::Duty, Aspect::Advice, Aspect::Ways];

impl<'c> ChangeJudge<'c> {
    pub fn new(joined: &'c Joined) -> Self {
        ChangeJudge { joined, judge: Judge::new(&joined.collection, Question::default(), false) }
    }

    /// "Nothing is told, and it is left undecided, if one of its rules could not be understood": or takes no part for any
    /// other reason than that its policy is withdrawn.
    pub fn is_undecided(&self, pair: &Pair) -> bool {
        self.rules(pair).iter().flatten().any(|&rule| {
            let withdrawn = self.joined.collection.policy(rule.policy).is_withdrawn();
            !withdrawn && !self.judge.norms.contains_key(&rule)
        })
    }

    /// What the change of a pair does; `None` where that is too much to try out.
    pub fn judge(&self, pair: &Pair) -> Option<Judged> {
        self.judge.steps.set(0);
        let voices = self.voices(pair);
        let rules: Vec<RuleId> = voices.iter().map(|voice| voice.norm.rule).collect();
        let space = Space::over(&self.judge, &self.judge.involved(&rules), Leaves::First);
        let seen = self.every_situation(&space, &voices)?;
        let instances = self.instances(&space, &voices, &seen);
        let mut judged = Judged::new();
        for direction in Direction::ALL {
            for aspect in Aspect::ALL {
                let first = match OF_DUTIES.contains(&aspect) {
                    true => self.first_context(&space, &voices, &seen, &instances, aspect, direction),
                    false => self.first_situation(&space, &voices, &seen, &instances, aspect, direction),
                };
                judged.extend(first.map(|first| ((aspect, direction), first)));
            }
        }
        (!self.judge.gave_up()).then_some(judged)
    }

    fn rules(&self, pair: &Pair) -> [Vec<RuleId>; 2] {
        let of = |side, rules: &[RuleId]| rules.iter().map(|&rule| self.joined.rule(side, rule)).collect();
        [of(Side::Old, &pair.old), of(Side::New, &pair.new)]
    }

    /// Every norm that takes part, in rule order.
    fn voices(&self, pair: &Pair) -> Vec<Voice<'_>> {
        let rules = self.rules(pair);
        let voice = |norm| {
            let &Norm { rule, .. } = norm;
            let side = self.joined.own(rule).0;
            Voice { side, inside: rules[side as usize].contains(&rule), norm }
        };
        self.judge.norms.values().flatten().map(voice).collect()
    }

    /// Those situations in which any norm applies, in order.
    fn every_situation(&self, space: &Space, voices: &[Voice<'_>]) -> Option<Vec<Seen>> {
        let mut seen = Vec::new();
        let Some(mut start) = space.start() else { return Some(seen) };
        let _ = space.walk(&self.judge, &space.situation_axes(), &mut start, &[], &mut |at| {
            let applies: Vec<bool> = voices.iter().map(|voice| self.judge.applies(voice.norm, at)).collect();
            if applies.contains(&true) {
                seen.push(Seen { at: at.clone(), applies });
            }
            ControlFlow::Continue(())
        });
        (!self.judge.gave_up()).then_some(seen)
    }

    /// The context of a situation: an object after `any` belongs to the way.
    fn context_of(space: &Space, at: &Situation, any: bool) -> Vec<Option<usize>> {
        let place = |axis: Axis| space.position(at, &[axis]).first().copied();
        let facts = space.context_axes(any).into_iter().filter(|axis| matches!(axis, Axis::Fact(_)));
        let object = if any { None } else { place(Axis::Object) };
        [place(Axis::Organisation), place(Axis::Party), object].into_iter().chain(facts.map(place)).collect()
    }

    fn instances(&self, space: &Space, voices: &[Voice<'_>], seen: &[Seen]) -> Vec<Instance> {
        let mut instances = Vec::new();
        for (voice, it) in voices.iter().enumerate().filter(|(_, it)| it.norm.modality.is_duty()) {
            let mut contexts: BTreeMap<Vec<Option<usize>>, BTreeSet<usize>> = BTreeMap::new();
            for (place, seen) in seen.iter().enumerate().filter(|(_, seen)| seen.applies[voice]) {
                contexts.entry(Self::context_of(space, &seen.at, it.norm.any)).or_default().insert(place);
            }
            instances.extend(contexts.into_iter().map(|(context, ways)| Instance { voice, context, ways }));
        }
        instances
    }

    /// The duties that the gaining side asks for and the facing side does not, as far as the pair goes.
    fn gained(
        &self,
        voices: &[Voice<'_>],
        instances: &[Instance],
        aspect: Aspect,
        direction: Direction,
    ) -> Vec<Gained> {
        let gaining = if direction == Direction::Tightened { Side::New } else { Side::Old };
        let binds = |voice: usize| voices[voice].norm.modality == Modality::Must;
        let mut gained = Vec::new();
        for duty in instances.iter().filter(|it| voices[it.voice].side == gaining && voices[it.voice].inside) {
            let facing = |inside: bool| {
                instances.iter().filter(move |it| voices[it.voice].side != gaining && voices[it.voice].inside == inside)
            };
            let asks = |it: &&Instance| (binds(it.voice) || !binds(duty.voice)) && it.ways.is_subset(&duty.ways);
            if facing(true).any(|it| asks(&it)) {
                continue;
            }
            let any = |it: &Instance| voices[it.voice].norm.any;
            let crossing = |it: &&Instance| {
                (binds(it.voice) || !binds(duty.voice)) && any(it) == any(duty) && !it.ways.is_disjoint(&duty.ways)
            };
            let others: BTreeSet<usize> =
                facing(true).filter(crossing).flat_map(|it| it.ways.difference(&duty.ways)).copied().collect();
            let its_aspect = match () {
                () if facing(true).any(|it| crossing(&it)) => Aspect::Ways,
                () if binds(duty.voice) => Aspect::Duty,
                () => Aspect::Advice,
            };
            if its_aspect == aspect {
                let shown = if aspect == Aspect::Ways { others } else { duty.ways.clone() };
                let elsewhere = facing(false).filter(asks).map(|it| voices[it.voice].norm.rule).collect();
                let instance = Instance { voice: duty.voice, context: duty.context.clone(), ways: duty.ways.clone() };
                gained.push(Gained { instance, shown, elsewhere });
            }
        }
        gained
    }

    fn first_context(
        &self,
        space: &Space,
        voices: &[Voice<'_>],
        seen: &[Seen],
        instances: &[Instance],
        aspect: Aspect,
        direction: Direction,
    ) -> Option<First> {
        let mut gained = self.gained(voices, instances, aspect, direction);
        let alone = gained.iter().any(|it| it.elsewhere.is_empty());
        gained.retain(|it| it.elsewhere.is_empty() || !alone);
        // The first of several duties with the same context: they are in the order of their rules.
        gained.sort_by(|a, b| a.instance.context.cmp(&b.instance.context));
        let first = gained.first()?;
        let any = voices[first.instance.voice].norm.any;
        let axes = space.way_axes(any);
        let way = first.shown.iter().min_by_key(|&&place| space.position(&seen[place].at, &axes))?;
        Some(First { alone, at: seen[*way].at.clone(), any })
    }

    fn first_situation(
        &self,
        space: &Space,
        voices: &[Voice<'_>],
        seen: &[Seen],
        instances: &[Instance],
        aspect: Aspect,
        direction: Direction,
    ) -> Option<First> {
        let bound = match aspect {
            Aspect::Release => self.gained(voices, instances, Aspect::Duty, direction),
            _ => Vec::new(),
        };
        let mut changed: Vec<(&Seen, bool)> = Vec::new();
        for it in seen {
            let is_bound = |duty: &Gained| {
                let any = voices[duty.instance.voice].norm.any;
                Self::context_of(space, &it.at, any) == duty.instance.context
            };
            if bound.iter().any(is_bound) {
                continue;
            }
            let claims = self.claims(voices, &it.applies, aspect, direction);
            if !claims.is_empty() {
                let answered = |claim: &Claim| !self.answers(voices, &it.applies, aspect, claim, false).is_empty();
                changed.push((it, !claims.iter().all(answered)));
            }
        }
        let alone = changed.iter().any(|it| it.1);
        let first = changed.iter().find(|it| it.1 == alone)?;
        Some(First { alone, at: first.0.at.clone(), any: false })
    }

    /// What the pair says in a situation on the gaining side, and does not on the facing side.
    fn claims(&self, voices: &[Voice<'_>], applies: &[bool], aspect: Aspect, direction: Direction) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (voice, it) in voices.iter().enumerate().filter(|(place, it)| it.inside && applies[*place]) {
            let modality = it.norm.modality;
            let freedom = matches!(modality, Modality::May | Modality::NeedNot);
            let gaining = if (direction == Direction::Tightened) == freedom { Side::Old } else { Side::New };
            if it.side != gaining {
                continue;
            }
            let advises = matches!(modality, Modality::Should | Modality::ShouldNot);
            let claim = |consequence| Claim { voice, advice_counts: advises, consequence };
            match aspect {
                Aspect::Ban if modality == Modality::MustNot => claims.push(claim(None)),
                Aspect::AdviceAgainst if modality == Modality::ShouldNot => claims.push(claim(None)),
                Aspect::Permission if modality == Modality::May => claims.push(claim(None)),
                Aspect::Release if modality == Modality::NeedNot => claims.push(claim(None)),
                Aspect::Consequence if !freedom => {
                    let consequences = &self.joined.collection.rule(it.norm.rule).on_breach;
                    claims.extend(consequences.iter().map(|&consequence| claim(Some(consequence))));
                }
                Aspect::Deadline | Aspect::Recurrence | Aspect::Limit => claims.push(claim(None)),
                _ => {}
            }
        }
        if TERMS.contains(&aspect) {
            // A binding norm is held against binding ones, and against all that stand beside it.
            let again = claims.iter().filter(|claim| !claim.advice_counts);
            let again: Vec<Claim> = again.map(|claim| Claim { advice_counts: true, ..*claim }).collect();
            claims.extend(again);
            claims.retain(|claim| {
                let beside = |(place, it): (usize, &Voice<'_>)| {
                    it.inside && applies[place] && self.is_beside(voices, claim, place)
                };
                voices.iter().enumerate().any(beside)
            });
        }
        claims.retain(|claim| self.answers(voices, applies, aspect, claim, true).is_empty());
        let told_already = claims.first().is_some_and(|claim| match aspect {
            Aspect::AdviceAgainst => voices.iter().enumerate().any(|(place, it)| {
                it.inside
                    && applies[place]
                    && it.side == voices[claim.voice].side
                    && it.norm.modality == Modality::MustNot
            }),
            Aspect::Permission => !self.claims(voices, applies, Aspect::Ban, direction).is_empty(),
            _ => false,
        });
        if told_already {
            claims.clear();
        }
        claims
    }

    /// Whether a norm stands on the other side of a claim and is of its kind.
    fn is_beside(&self, voices: &[Voice<'_>], claim: &Claim, place: usize) -> bool {
        let (own, other) = (voices[claim.voice].norm.modality, voices[place].norm.modality);
        let kind = |modality| match modality {
            Modality::Must | Modality::Should => 0,
            Modality::MustNot | Modality::ShouldNot => 1,
            Modality::May => 2,
            Modality::NeedNot => 3,
        };
        let advises = matches!(other, Modality::Should | Modality::ShouldNot);
        voices[place].side != voices[claim.voice].side && kind(own) == kind(other) && (claim.advice_counts || !advises)
    }

    /// The rules inside or outside the pair that say on the other side what a claim says.
    fn answers(
        &self,
        voices: &[Voice<'_>],
        applies: &[bool],
        aspect: Aspect,
        claim: &Claim,
        inside: bool,
    ) -> BTreeSet<RuleId> {
        let rule = |rule: RuleId| self.joined.collection.rule(rule);
        let own = voices[claim.voice].norm;
        let says = |(place, it): &(usize, &Voice<'_>)| {
            let terms = || match claim.consequence {
                Some(consequence) => rule(it.norm.rule).on_breach.contains(&consequence),
                None => terms::at_least(aspect, own.modality, rule(it.norm.rule), rule(own.rule)),
            };
            it.inside == inside && applies[*place] && self.is_beside(voices, claim, *place) && terms()
        };
        voices.iter().enumerate().filter(says).map(|(_, it)| it.norm.rule).collect()
    }
}
