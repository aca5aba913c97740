//! The situation of a disagreement told so that whoever was never taught the syntax sees it: *a teacher using Facebook for
//! personal purposes, in working hours, on school equipment*.
//!
//! Where one rule stands against another, the situation is told by itself, since the two rules stand beside it. Where
//! several bans close the ways of a duty, each way is told with what closes it.

mod circumstances;

use super::label;
use super::place::place;
use crate::model::{Collection, Condition, Filler, Kind, Modality, Rule, RuleId, WordId};
use crate::norms::{Conflict, Disagreement, Leaf, Way, Witness};
use circumstances::Circumstances;

/// The witness of a disagreement as a sentence, beginning in small and with no full stop.
pub fn witness(collection: &Collection, disagreement: &Disagreement) -> String {
    let scene = Scene { collection, rules: &disagreement.rules, witness: &disagreement.witness };
    let told = match disagreement.conflict {
        Conflict::IncompatibleDuties => scene.duties(),
        _ if disagreement.rules.len() > 2 => scene.closed_ways(),
        _ => scene.situation(),
    };
    scene.at_its_organisation(told)
}

/// A situation, and the rules it is shown for.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) collection: &'a Collection,
    pub(super) rules: &'a [RuleId],
    pub(super) witness: &'a Witness,
}

/// How an object is told that may have been named before.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Naming {
    InFull,
    AsIt,
}

impl Scene<'_> {
    /// Somebody doing something.
    pub(super) fn situation(self) -> String {
        let who = self.one_of(self.witness.context.party);
        let Some(way) = self.witness.ways.first() else { return who };
        let doing = super::gerund::gerund(&self.action(way.action));
        let context = self.context().and(self.of_way(way));
        format!("{who} {}", context.after(&self.act(&doing, way, Naming::InFull)))
    }

    /// Two acts that exclude each other, both of which somebody must do.
    fn duties(self) -> String {
        let who = self.one_of(self.witness.context.party);
        let of_one_rule = self.rules.windows(2).all(|pair| pair.first() == pair.last());
        let mut acts = Vec::new();
        for (index, way) in self.witness.ways.iter().enumerate() {
            let naming = if index == 0 { Naming::InFull } else { Naming::AsIt };
            let act = self.of_way(way).after(&self.act(&self.action(way.action), way, naming));
            let source = self.rules.get(index).filter(|_| !of_one_rule).map(|&rule| self.place(rule));
            acts.push(match source {
                Some(source) => format!("{act} ({source})"),
                None => act,
            });
        }
        let context = self.context();
        let text = format!("{who} must {}", label::list(&acts, "and"));
        if context.is_empty() { text } else { context.set_off(&text) }
    }

    /// A duty, each way of doing it, and what closes that.
    fn closed_ways(self) -> String {
        let who = self.one_of(self.witness.context.party);
        let Some(&duty) = self.rules.first() else { return who };
        let must = self.duty(self.collection.rule(duty));
        let context = self.context();
        let bound = context.set_off(&format!("{who} who {must}"));
        let ways: Vec<String> = self.witness.ways.iter().map(|way| self.closed(way, duty)).collect();
        let comma = if context.is_empty() { "" } else { "," };
        format!("{bound}{comma} could {}", ways.join(" or "))
    }

    fn closed(self, way: &Way, duty: RuleId) -> String {
        let act = self.of_way(way).after(&self.act(&self.action(way.action), way, Naming::AsIt));
        let by = |advice: bool| {
            let of_sort = |rule: &&RuleId| {
                **rule != duty && (self.collection.rule(**rule).modality == Modality::ShouldNot) == advice
            };
            let places: Vec<String> = way.applies.iter().filter(of_sort).map(|&rule| self.place(rule)).collect();
            let verb = if advice { "advised against by" } else { "forbidden by" };
            (!places.is_empty()).then(|| format!("{verb} {}", label::list(&places, "and")))
        };
        let closers: Vec<String> = [by(false), by(true)].into_iter().flatten().collect();
        if closers.is_empty() { act } else { format!("{act} ({})", closers.join(", ")) }
    }

    /// `must report a message from a pupil`, with the duty's own names for what is left open.
    fn duty(self, rule: &Rule) -> String {
        let asked = |action: &&WordId| {
            let below = |leaf: WordId| self.collection.vocabulary.is_below(leaf, **action);
            self.witness.ways.iter().any(|way| match way.action {
                Leaf::One(one) => below(one),
                Leaf::Both(first, second) => below(first) || below(second),
            })
        };
        let actions: Vec<String> = rule.actions.iter().filter(asked).map(|&action| self.label(action)).collect();
        let mut text = format!("{} {}", rule.modality.words(), label::list(&actions, "or"));
        let any: Vec<String> = match self.witness.context.object {
            Some(object) => vec![self.one_of(object)],
            None if rule.objects.any => rule.objects.names.iter().filter_map(|&name| self.any(name)).collect(),
            None => Vec::new(),
        };
        if !any.is_empty() {
            text.push(' ');
            text.push_str(&label::list(&any, "or"));
        }
        text
    }

    fn any(self, name: Filler) -> Option<String> {
        match name {
            Filler::Word(word) => Some(format!("any {}", label::bare(&self.label(word)))),
            Filler::Group(_) => None,
        }
    }

    /// What is done, to what, with what: the verb as given. Slots that say what a thing is of or about stand next to it,
    /// an object that is a clause comes last.
    pub(super) fn act(self, verb: &str, way: &Way, naming: Naming) -> String {
        self.act_by(verb, way, naming, |_, leaf| self.one_of(leaf))
    }

    /// The same with what stands after a preposition told by `filler`.
    pub(super) fn act_by(
        self,
        verb: &str,
        way: &Way,
        naming: Naming,
        filler: impl Fn(&'static str, Leaf) -> String,
    ) -> String {
        let object = match (way.object, self.witness.context.object, naming) {
            (Some(object), _, _) | (None, Some(object), Naming::InFull) => Some(self.one_of(object)),
            (None, Some(object), Naming::AsIt) => Some(self.pronoun(object).to_owned()),
            (None, None, _) => None,
        };
        let mut slots: Vec<&(&'static str, Leaf)> = way.slots.iter().collect();
        slots.sort_by_key(|(preposition, _)| match *preposition {
            "of" => 0,
            "about" => 1,
            _ => 2,
        });
        let mut parts = vec![verb.to_owned()];
        let is_clause = object.as_deref().is_some_and(label::is_clause);
        let (near, far) = if is_clause { (None, object) } else { (object, None) };
        parts.extend(near);
        parts.extend(
            slots.into_iter().map(|&(preposition, leaf)| format!("{preposition} {}", filler(preposition, leaf))),
        );
        parts.extend(far);
        parts.join(" ")
    }

    /// What is told, with the organisation before it where that is not understood.
    pub(super) fn at_its_organisation(self, told: String) -> String {
        match self.organisation() {
            Some(organisation) => format!("at {organisation}, {told}"),
            None => told,
        }
    }

    /// Where the rules are of several organisations, or the situation is not at the one they are of: its name.
    fn organisation(self) -> Option<String> {
        let at = self.witness.context.organisation?;
        // By their ids: where two vocabularies are joined, a policy may name what stands for its organisation there.
        let id = |word: WordId| self.collection.vocabulary.word(word).id.as_str();
        let own = |rule: &RuleId| match (self.collection.policy(rule.policy).organisation, at) {
            (Some(own), Leaf::One(at)) => id(own) == id(at),
            _ => false,
        };
        if self.rules.iter().all(own) {
            return None;
        }
        Some(match at {
            Leaf::One(word) => self.label(word),
            Leaf::Both(first, second) => format!("{} and {}", self.label(first), self.label(second)),
        })
    }

    pub(super) fn context(self) -> Circumstances {
        let mut told = Circumstances::default();
        self.facts(&self.witness.context.facts, &mut told);
        told
    }

    /// What the actor decides besides the act: chosen facts, and who agrees. That nobody does is told where a rule asks.
    pub(super) fn of_way(self, way: &Way) -> Circumstances {
        let mut told = Circumstances::default();
        self.facts(&way.facts, &mut told);
        let asked = |wanted: fn(&Condition) -> bool| {
            let rules = self.rules.iter().map(|&rule| self.collection.rule(rule));
            let mut parts = rules.flat_map(|rule| rule.when.iter().chain(&rule.only_when).chain(&rule.unless));
            parts.any(|part| {
                let mut found = false;
                part.condition.walk(&mut |inner| found |= wanted(inner));
                found
            })
        };
        let agreements = [
            ("approval", &way.approvals, asked(|it| matches!(it, Condition::Approval(..)))),
            ("consent", &way.consents, asked(|it| matches!(it, Condition::Consent(..)))),
        ];
        for (word, who, asked) in agreements {
            let names: Vec<String> = who.iter().map(|&leaf| self.one_of(leaf)).collect();
            match (names.is_empty(), asked) {
                (false, _) => told.holds(format!("with the {word} of {}", label::list(&names, "and"))),
                (true, true) => told.holds(format!("without {word}")),
                (true, false) => {}
            }
        }
        told
    }

    fn place(self, rule: RuleId) -> String {
        let from = self.rules.first().map_or(rule.policy, |first| first.policy);
        place(self.collection, rule, from)
    }

    /// The leaf as somebody or something: `a teacher`, `a parent or carer who is also a member of staff`.
    pub(super) fn one_of(self, leaf: Leaf) -> String {
        match leaf {
            Leaf::One(word) => self.one(word),
            Leaf::Both(first, second) => {
                let is_person = self.collection.vocabulary.word(first).kind == Kind::Party;
                let who = if is_person { "who" } else { "that" };
                format!("{} {who} is also {}", self.one(first), self.one(second))
            }
        }
    }

    fn one(self, word: WordId) -> String {
        let word = self.collection.vocabulary.word(word);
        match word.kind {
            Kind::Organisation => word.label.clone(),
            _ => label::a(&word.label, &word.plural),
        }
    }

    pub(super) fn action(self, leaf: Leaf) -> String {
        match leaf {
            Leaf::One(word) => self.label(word),
            Leaf::Both(first, second) => format!("{} and {}", self.label(first), self.label(second)),
        }
    }

    fn pronoun(self, leaf: Leaf) -> &'static str {
        let (Leaf::One(word) | Leaf::Both(word, _)) = leaf;
        let word = self.collection.vocabulary.word(word);
        if word.kind == Kind::Party || label::is_plural(&word.label) { "them" } else { "it" }
    }

    fn label(self, word: WordId) -> String {
        self.collection.vocabulary.word(word).label.clone()
    }
}
