//! A disagreement shown again: "evaluating the rules on the witness must show the conflict".

use std::collections::BTreeSet;

use clausal::model::{Collection, Modality, RuleId};
use clausal::norms::{Conflict, Disagreement, Question};

use super::Judge;
use super::norm::Norm;
use super::space::{Leaves, Situation, Space};

/// A duty, and whether a disagreement of it shows.
type Shows<'s> = &'s dyn Fn(&Norm) -> Result<(), String>;

/// Whether the witness shows what the disagreement claims; what it does not show otherwise.
pub fn replay(collection: &Collection, question: Question, told: &Disagreement) -> Result<(), String> {
    let judge = Judge::new(collection, question, false);
    let over = |more: BTreeSet<RuleId>| {
        let rules: Vec<RuleId> = told.rules.iter().copied().chain(more).collect();
        Replay { judge: &judge, told, space: Space::over(&judge, &judge.involved(&rules), Leaves::FirstOfWay) }
    };
    if told.rules.len() == 2 {
        return over(BTreeSet::new()).run();
    }
    // Of a joint set the witness tells of those too that block its duty alone somewhere: it shows for some duty.
    let duties = judge.norms_of(told.rules[0]);
    let shown = duties.iter().map(|duty| over(judge.closing_alone(duty, told.conflict)).run());
    shown.reduce(Result::or).unwrap_or_else(|| Err("its first rule takes no part".to_owned()))
}

struct Replay<'r, 'c> {
    judge: &'r Judge<'c>,
    told: &'r Disagreement,
    space: Space,
}

impl Replay<'_, '_> {
    fn run(&self) -> Result<(), String> {
        let rules = &self.told.rules;
        let [first, others @ ..] = rules.as_slice() else { return Err("it names no rule".to_owned()) };
        let (Some(second), Some(last)) = (others.first(), self.told.witness.ways.last()) else {
            return Err("it names one rule, or shows no way".to_owned());
        };
        if rules.iter().any(|rule| self.judge.norms_of(*rule).is_empty()) {
            return Err("a rule of it takes no part".to_owned());
        }
        let context = self.at(self.told.witness.ways.len() - 1)?;
        let ways: Vec<Situation> =
            (0..self.told.witness.ways.len()).map(|way| self.at(way)).collect::<Result<_, String>>()?;
        for (way, at) in self.told.witness.ways.iter().zip(&ways) {
            expect(way.applies.iter().all(|rule| self.judge.rule_applies(*rule, at)), "all apply that are said to")?;
        }
        let related = first.policy == second.policy && others.len() == 1;
        if self.told.relation.is_some() != (related && self.told.conflict != Conflict::ConflictingDeadlines) {
            return Err(format!("{:?} is its relation", self.told.relation));
        }
        let modality = |rule: RuleId| self.judge.collection.rule(rule).modality;
        match (self.told.conflict, modality(*first)) {
            (Conflict::ConflictingDeadlines, _) => {
                expect(ways.len() == 1 && last.applies == *rules, "both duties apply")
            }
            (Conflict::IncompatibleDuties, _) => self.incompatible(*second, &context, &ways),
            (_, Modality::May) => {
                let forbids = |norm: &Norm| norm.modality == Modality::MustNot && self.judge.applies(norm, &ways[0]);
                let allows = |norm: &Norm| norm.modality == Modality::May && self.judge.applies(norm, &ways[0]);
                expect(ways.len() == 1 && last.applies == *rules, "a permission has one way, in which both apply")?;
                expect(self.judge.norms_of(*first).iter().any(allows), "the permission applies")?;
                expect(self.judge.norms_of(*second).iter().any(forbids), "the ban applies")
            }
            (_, Modality::Must | Modality::Should) => {
                self.some_duty(&|duty| self.closed(duty, others, &context, &ways))
            }
            (conflict, modality) => Err(format!("{conflict:?} of a rule that says {}", modality.words())),
        }
    }

    /// The situation of one way.
    fn at(&self, way: usize) -> Result<Situation, String> {
        let witness = &self.told.witness;
        let at = self.space.situation(&witness.context, &witness.ways[way]);
        at.ok_or_else(|| "it tells other facts or slots than its rules ask for".to_owned())
    }

    /// Whether it shows of some duty of the first rule; why not, of the last.
    fn some_duty(&self, shows: Shows<'_>) -> Result<(), String> {
        let mut why = Err("its first rule is no duty".to_owned());
        for duty in self.judge.norms_of(self.told.rules[0]) {
            why = shows(duty);
            if why.is_ok() {
                break;
            }
        }
        why
    }

    /// Every way of the duty is closed by the bans named, none of them to spare; each way shown is closed by its ban alone.
    fn closed(&self, duty: &Norm, bans: &[RuleId], context: &Situation, shown: &[Situation]) -> Result<(), String> {
        let closes = |ban: &RuleId, way: &Situation| {
            let opposes = |norm: &&Norm| norm.is_ban() || norm.modality == Modality::NeedNot;
            self.judge.norms_of(*ban).iter().filter(opposes).any(|norm| self.judge.applies(norm, way))
        };
        let ways = self.judge.ways(&self.space, duty, context, duty.any);
        expect(!ways.is_empty(), "the duty is in force")?;
        expect(ways.iter().all(|way| bans.iter().any(|ban| closes(ban, way))), "every way is closed")?;
        expect(shown.len() == bans.len(), "a way for each ban")?;
        if bans.len() > 1 {
            let alone = self.judge.closing_alone(duty, self.told.conflict);
            let opens = |ban: &RuleId| ways.iter().any(|way| !closes(ban, way));
            expect(alone.iter().all(opens), "no ban blocks alone there")?;
        }
        for ((ban, shown), told) in bans.iter().zip(shown).zip(&self.told.witness.ways) {
            expect(told.applies == [duty.rule, *ban], "the duty and the ban apply in its way")?;
            let alone = |way: &Situation| bans.iter().all(|other| closes(other, way) == (other == ban));
            expect(ways.iter().any(alone), "each ban is needed")?;
            expect(self.judge.applies(duty, shown) && alone(shown), "the way shown is closed by its ban alone")?;
        }
        Ok(())
    }

    /// Every way of the one duty excludes every way of the other.
    fn incompatible(&self, second: RuleId, context: &Situation, shown: &[Situation]) -> Result<(), String> {
        let [u, v] = shown else { return Err("a way of each duty is shown".to_owned()) };
        let clash = |u: &Situation, v: &Situation| self.judge.exclude_each_other(u, v) && u.object == v.object;
        self.some_duty(&|duty| {
            let mut why = Err("no other duty".to_owned());
            for other in self.judge.norms_of(second) {
                let any = duty.any || other.any;
                let ways = |duty: &Norm| self.judge.ways(&self.space, duty, context, any);
                let (first, second) = (ways(duty), ways(other));
                let shown = self.judge.applies(duty, u) && self.judge.applies(other, v);
                let told = [vec![duty.rule], vec![other.rule]];
                let shown = shown && told.iter().eq(self.told.witness.ways.iter().map(|way| &way.applies));
                let all = first.iter().all(|u| second.iter().all(|v| clash(u, v)));
                why = expect(shown && all && !first.is_empty() && !second.is_empty(), "all ways exclude each other");
                if why.is_ok() {
                    break;
                }
            }
            why
        })
    }
}

fn expect(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("it does not show that {what}")) }
}
