//! A shift shown again: whatever is not told of its situation, it must show what it claims.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use clausal::model::RuleId;
use clausal::norms::{Aspect, Direction, Pair, Shift, Side};

use super::super::space::{Leaves, Situation, Space};
use super::{ChangeJudge, Claim, OF_DUTIES, Seen, Voice};

impl ChangeJudge<'_> {
    /// Whether the witness of a shift shows it; what it does not show otherwise.
    pub fn replay(&self, pair: &Pair, shift: &Shift) -> Result<(), String> {
        self.judge.steps.set(0);
        let voices = self.voices(pair);
        let rules: Vec<RuleId> = voices.iter().map(|voice| voice.norm.rule).collect();
        let mut space = Space::over(&self.judge, &self.judge.involved(&rules), Leaves::First);
        let [way] = shift.witness.ways.as_slice() else { return Err("it shows no way, or several".to_owned()) };
        // An amount depends on the rules that are looked at, and here there are more of them.
        space.admit(shift.witness.context.facts.iter().chain(&way.facts));
        let situations = space.completions(&shift.witness.context, way);
        expect(!situations.is_empty(), "there is such a situation")?;
        for at in situations {
            for &rule in &way.applies {
                expect(self.judge.rule_applies(rule, &at), "all apply that are said to")?;
            }
            match OF_DUTIES.contains(&shift.aspect) {
                true => self.shows_context(&space, &voices, shift, &at)?,
                false => self.shows_situation(&voices, shift, &at)?,
            }
        }
        Ok(())
    }

    /// The speaking rules of the side that says what the other does not, and those of the other.
    fn sides(&self, shift: &Shift, gaining: Side) -> [BTreeSet<RuleId>; 2] {
        let of = |side: Side| {
            let rules = if side == Side::Old { &shift.old } else { &shift.new };
            rules.iter().map(|&rule| self.joined.rule(side, rule)).collect()
        };
        [of(gaining), of(gaining.other())]
    }

    fn elsewhere(&self, shift: &Shift) -> BTreeSet<RuleId> {
        shift.elsewhere.iter().map(|&(side, rule)| self.joined.rule(side, rule)).collect()
    }

    fn shows_situation(&self, voices: &[Voice<'_>], shift: &Shift, at: &Situation) -> Result<(), String> {
        let applies: Vec<bool> = voices.iter().map(|voice| self.judge.applies(voice.norm, at)).collect();
        let claims = self.claims(voices, &applies, shift.aspect, shift.direction);
        let answers = |claim: &Claim| self.answers(voices, &applies, shift.aspect, claim, false);
        let claims: Vec<&Claim> =
            claims.iter().filter(|claim| !shift.elsewhere.is_empty() || answers(claim).is_empty()).collect();
        expect(!claims.is_empty(), "anything changed, or that nothing says so elsewhere")?;
        for side in [Side::Old, Side::New] {
            let own: Vec<&&Claim> = claims.iter().filter(|claim| voices[claim.voice].side == side).collect();
            let [speaking, _] = self.sides(shift, side);
            let saying: BTreeSet<RuleId> = own.iter().map(|claim| voices[claim.voice].norm.rule).collect();
            expect(saying.is_subset(&speaking), "all speak that say so")?;
            let applying = speaking.iter().all(|rule| self.judge.rule_applies(*rule, at));
            expect(applying, "all apply that speak")?;
        }
        let elsewhere: BTreeSet<RuleId> = match shift.elsewhere.is_empty() {
            true => BTreeSet::new(),
            false => claims.iter().flat_map(|claim| answers(claim)).collect(),
        };
        expect(elsewhere == self.elsewhere(shift), "just these rules say so elsewhere")
    }

    fn shows_context(&self, space: &Space, voices: &[Voice<'_>], shift: &Shift, at: &Situation) -> Result<(), String> {
        // All situations of the context, with every object: for some duties that belongs to the way.
        let mut seen = Vec::new();
        let mut start = at.clone();
        let _ = space.walk(&self.judge, &space.way_axes(true), &mut start, &[], &mut |at| {
            let applies = voices.iter().map(|voice| self.judge.applies(voice.norm, at)).collect();
            seen.push(Seen { at: at.clone(), applies });
            ControlFlow::Continue(())
        });
        if self.judge.gave_up() {
            return Ok(());
        }
        let instances = self.instances(space, voices, &seen);
        let gaining = if shift.direction == Direction::Tightened { Side::New } else { Side::Old };
        let [own, facing] = self.sides(shift, gaining);
        let chosen = space.chosen();
        let told = &shift.witness.ways[0];
        let is_shown = |place: &usize| {
            let it = &seen[*place].at;
            let facts = it.facts.iter().zip(&at.facts).all(|(a, b)| a == b || !chosen.contains(&a.0));
            (it.object, it.action, &it.slots) == (at.object, at.action, &at.slots)
                && (&it.approvals, &it.consents) == (&at.approvals, &at.consents)
                && facts
        };
        let gained = self.gained(voices, &instances, shift.aspect, shift.direction);
        let shows = gained.iter().filter(|it| {
            let any = voices[it.instance.voice].norm.any;
            any == (shift.witness.context.object.is_none() && told.object.is_some())
                && own.contains(&voices[it.instance.voice].norm.rule)
                && it.shown.iter().any(is_shown)
        });
        let shows: Vec<_> = shows.collect();
        expect(!shows.is_empty(), "the duty changed there")?;
        let elsewhere = self.elsewhere(shift);
        let alike = shows.iter().any(|it| it.elsewhere == elsewhere);
        expect(alike, "just these rules ask for it elsewhere")?;
        let applying = |rule: &RuleId| self.judge.rule_applies(*rule, at);
        expect(facing.iter().all(applying), "all apply that speak on the other side")?;
        expect(shift.aspect == Aspect::Ways || own.iter().any(applying), "the duty applies in its way")
    }
}

fn expect(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("it does not show that {what}")) }
}
