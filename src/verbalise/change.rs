//! What a change of rules does, told so that somebody who decides on it sees whom it touches: *a volunteer using a personal
//! device on a school trip could do this before and now may not*. No words of a rule, only the situation and what changed.

use super::witness::{Naming, Scene};
use super::{Teller, label};
use crate::model::{Choice, Deadline, Filler, Modality, Rule, RuleId};
use crate::norms::{Aspect, Direction, Joined, Leaf, Shift, Side, Verdict, Way};

/// A shift as a sentence, beginning in small and with no full stop.
pub fn shift(joined: &Joined, shift: &Shift) -> String {
    let of = |side, rules: &[RuleId]| rules.iter().map(|&rule| joined.rule(side, rule)).collect::<Vec<RuleId>>();
    let (old, new) = (of(Side::Old, &shift.old), of(Side::New, &shift.new));
    let rules = [old.as_slice(), &new].concat();
    let scene = Scene { collection: &joined.collection, rules: &rules, witness: &shift.witness };
    let Some(way) = shift.witness.ways.first() else { return String::new() };
    let change = Change { scene, way, old: &old, new: &new, is: Be::of(scene) };
    let tightened = shift.direction == Direction::Tightened;
    let told = match shift.aspect {
        Aspect::Ban if tightened => change.forbidden(),
        Aspect::Ban => change.no_longer_forbidden(),
        Aspect::AdviceAgainst => change.advised_against(tightened),
        Aspect::Duty if tightened => change.bound(),
        Aspect::Duty => change.no_longer_bound(),
        Aspect::Advice => change.advised(tightened),
        Aspect::Ways => change.enough(tightened),
        Aspect::Permission => change.permitted(tightened),
        Aspect::Release => change.released(tightened),
        Aspect::Deadline | Aspect::Recurrence | Aspect::Limit => change.limits(shift.aspect),
        Aspect::Consequence => change.consequence(tightened),
    };
    scene.at_its_organisation(told)
}

/// A verdict in a few words, as they would stand after *in what it asks of people,*.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unchanged => "nothing changes",
        Verdict::Tightened => "more is asked than before",
        Verdict::Relaxed => "less is asked than before",
        Verdict::Both => "more is asked in some situations and less in others",
    }
}

/// A shift with what is needed to tell it.
#[derive(Clone, Copy)]
struct Change<'a> {
    scene: Scene<'a>,
    way: &'a Way,
    /// The rules that speak, before and after, as the joined collection has them.
    old: &'a [RuleId],
    new: &'a [RuleId],
    is: Be,
}

/// The verbs of whoever acts, one or several.
#[derive(Clone, Copy)]
struct Be {
    is: &'static str,
    was: &'static str,
    has: &'static str,
}

impl Be {
    fn of(scene: Scene<'_>) -> Self {
        let (Leaf::One(party) | Leaf::Both(party, _)) = scene.witness.context.party;
        match label::is_plural(&scene.collection.vocabulary.word(party).label) {
            true => Be { is: "are", was: "were", has: "have" },
            false => Be { is: "is", was: "was", has: "has" },
        }
    }
}

impl Change<'_> {
    fn forbidden(self) -> String {
        let (situation, Be { was, .. }) = (self.situation(), self.is);
        match () {
            () if self.says(self.old, Modality::ShouldNot) => {
                format!("{situation} {was} only advised against it before and now may not do it")
            }
            () if self.says(self.old, Modality::May) => {
                format!("{situation} {was} expressly allowed to do this before and now may not")
            }
            () => format!("{situation} could do this before and now may not"),
        }
    }

    fn no_longer_forbidden(self) -> String {
        let (situation, Be { was, is, .. }) = (self.situation(), self.is);
        let now = match () {
            () if self.says(self.new, Modality::ShouldNot) => format!("{is} now only advised against it"),
            () if self.says(self.new, Modality::May) => "now may".to_owned(),
            () => format!("no longer {is}"),
        };
        format!("{situation} {was} forbidden to do this before and {now}")
    }

    fn advised_against(self, tightened: bool) -> String {
        let (situation, Be { was, is, .. }) = (self.situation(), self.is);
        match tightened {
            true => format!("{situation} {is} now advised against it, and {was} not before"),
            false => format!("{situation} {was} advised against it before and no longer {is}"),
        }
    }

    fn bound(self) -> String {
        let before = match self.says(self.old, Modality::Should) {
            true => format!(", and {} only advised to before", self.is.was),
            false => String::new(),
        };
        format!("{} must now {}{before}", self.who(), self.asked(self.new, self.time(self.new)))
    }

    fn no_longer_bound(self) -> String {
        let Be { is, has, .. } = self.is;
        let now = match self.says(self.new, Modality::Should) {
            true => format!("{is} now only advised to"),
            false => format!("no longer {has} to"),
        };
        format!("{} had to {} and {now}", self.who(), closed(self.asked(self.old, None)))
    }

    fn advised(self, tightened: bool) -> String {
        let Be { is, was, .. } = self.is;
        match tightened {
            true => format!("{} {is} now advised to {}", self.who(), self.asked(self.new, self.time(self.new))),
            false => {
                format!("{} {was} advised to {} and no longer {is}", self.who(), closed(self.asked(self.old, None)))
            }
        }
    }

    fn enough(self, tightened: bool) -> String {
        let doing = super::gerund::gerund(&self.scene.action(self.way.action));
        let circumstances = self.scene.context().and(self.scene.of_way(self.way));
        let doing = closed(circumstances.after(&self.scene.act(&doing, self.way, Naming::InFull)));
        match tightened {
            true => format!("for {}, {doing} was enough before and no longer is", self.who()),
            false => format!("for {}, {doing} is enough now and was not before", self.who()),
        }
    }

    fn permitted(self, tightened: bool) -> String {
        let (situation, Be { was, is, .. }) = (self.situation(), self.is);
        match tightened {
            true => format!("{situation} {was} expressly allowed to do this before and no longer {is}"),
            false => format!("{situation} {is} now expressly allowed to do this, and {was} not before"),
        }
    }

    fn released(self, tightened: bool) -> String {
        let (who, act, Be { was, is, .. }) = (self.who(), self.act(None), self.is);
        match tightened {
            true => format!("{who} {was} expressly released from having to {} and no longer {is}", closed(act)),
            false => format!("{who} {is} now expressly released from having to {act}, and {was} not before"),
        }
    }

    fn limits(self, aspect: Aspect) -> String {
        let told = |rules: &[RuleId]| {
            let mut told: Vec<String> = rules.iter().map(|&rule| self.limit(rule, aspect)).collect();
            told.dedup();
            label::list(&told, "and")
        };
        let (before, now) = (told(self.old), told(self.new));
        let rule = self.new.first().or(self.old.first()).map(|&rule| self.scene.collection.rule(rule));
        let Some(rule) = rule else { return String::new() };
        if rule.modality.is_duty() {
            let modality = rule.modality.words();
            return format!("{} {modality} {}: {before} before, {now} now", self.who(), self.act(None));
        }
        let what = match rule.modality {
            Modality::MustNot => "the ban",
            Modality::ShouldNot => "the advice",
            Modality::NeedNot => "the release",
            // Either half of it may be what changed.
            _ if !rule.only_when.is_empty() => "what is said of permission",
            _ => "the permission",
        };
        format!("{what} for {} held {before} before and now holds {now}", self.situation())
    }

    /// What one rule says of an aspect.
    fn limit(self, rule: RuleId, aspect: Aspect) -> String {
        let it = self.scene.collection.rule(rule);
        let whole = it.deadline.clone();
        let (limits, every, none) = match aspect {
            Aspect::Recurrence => (Deadline::default(), it.every, "without saying how often"),
            Aspect::Deadline => (Deadline { after: None, until: None, ..whole }, None, "without a time limit"),
            _ if it.modality.is_duty() => {
                let limits = Deadline { after: whole.after, until: whole.until, ..Deadline::default() };
                (limits, None, "without a time limit")
            }
            _ => (whole, None, "without a time limit"),
        };
        self.teller(rule).limits(&limits, every).unwrap_or_else(|| none.to_owned())
    }

    fn consequence(self, tightened: bool) -> String {
        let of = |rules: &[RuleId]| {
            let rules = rules.iter().map(|&rule| self.scene.collection.rule(rule));
            rules.flat_map(|rule| &rule.on_breach).copied().collect::<Vec<_>>()
        };
        let (before, now) = (of(self.old), of(self.new));
        let (gained, other) = if tightened { (now, before) } else { (before, now) };
        let mut labels: Vec<String> = Vec::new();
        for word in gained.into_iter().filter(|word| !other.contains(word)) {
            let label = &self.scene.collection.vocabulary.word(word).label;
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
        let brings = label::list(&labels, "and");
        let duty = self.rule(self.new).filter(|rule| rule.modality.is_duty());
        let who = match duty {
            Some(rule) => format!("{} who {} {}", self.who(), rule.modality.words(), self.act(None)),
            None => self.scene.situation(),
        };
        match tightened {
            true => format!("for {who}, a breach now brings {brings}, and did not before"),
            false => format!("for {who}, a breach brought {brings} before and no longer does"),
        }
    }

    /// What is done in infinitive, with a time limit and the circumstances.
    fn act(self, time: Option<String>) -> String {
        self.in_circumstances(self.scene.act(&self.scene.action(self.way.action), self.way, Naming::InFull), time)
    }

    /// An act with its time limit and the circumstances.
    fn in_circumstances(self, mut act: String, time: Option<String>) -> String {
        if let Some(time) = time {
            act = format!("{act} {time}");
        }
        self.scene.context().and(self.scene.of_way(self.way)).set_off(&act)
    }

    /// What a duty of these rules asks for, in infinitive: where it leaves a choice, all there is to choose from.
    fn asked(self, rules: &[RuleId], time: Option<String>) -> String {
        let speaking = |rule: &&RuleId| self.way.applies.contains(rule);
        let Some(&rule) = rules.iter().find(speaking).or(rules.first()) else { return self.act(time) };
        let rule = self.scene.collection.rule(rule);
        let verb = match rule.actions_are {
            Choice::Any if rule.actions.len() > 1 => {
                let labels: Vec<String> =
                    rule.actions.iter().map(|&it| self.scene.collection.vocabulary.word(it).label.clone()).collect();
                label::list(&labels, "or")
            }
            _ => self.scene.action(self.way.action),
        };
        let choice = |preposition: &str, leaf: Leaf| {
            let slot = rule.slots.iter().find(|slot| slot.preposition == preposition && slot.are == Choice::Any);
            let word = |name: &Filler| match name {
                Filler::Word(word) => Some(self.scene.one_of(Leaf::One(*word))),
                Filler::Group(_) => None,
            };
            let names: Option<Vec<String>> = slot.and_then(|slot| slot.names.iter().map(word).collect());
            names.map_or_else(|| self.scene.one_of(leaf), |names| label::list(&names, "or"))
        };
        self.in_circumstances(self.scene.act_by(&verb, self.way, Naming::InFull, choice), time)
    }

    /// The time limits of the first of some rules.
    fn time(self, rules: &[RuleId]) -> Option<String> {
        let rule = *rules.first()?;
        self.teller(rule).time(self.scene.collection.rule(rule))
    }

    fn teller(&self, rule: RuleId) -> Teller<'_> {
        let collection = self.scene.collection;
        Teller { vocabulary: &collection.vocabulary, policy: collection.policy(rule.policy) }
    }

    /// Somebody doing something, as the subject of what follows.
    fn situation(self) -> String {
        closed(self.scene.situation())
    }

    fn who(self) -> String {
        self.scene.one_of(self.scene.witness.context.party)
    }

    fn rule(&self, rules: &[RuleId]) -> Option<&Rule> {
        rules.first().map(|&rule| self.scene.collection.rule(rule))
    }

    /// Whether one of these rules speaks with this force where the change shows.
    fn says(self, rules: &[RuleId], modality: Modality) -> bool {
        let speaks =
            |rule: &RuleId| self.way.applies.contains(rule) && self.scene.collection.rule(*rule).modality == modality;
        rules.iter().any(speaks)
    }
}

/// Words after which a sentence goes on: what was set off in them is set off at its end too.
fn closed(mut words: String) -> String {
    if words.contains(", ") {
        words.push(',');
    }
    words
}
