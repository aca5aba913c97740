//! The situations tried: for each part of a situation the values some rule involved can tell apart, in the fixed order.

use std::ops::ControlFlow;

use clausal::model::{FactId, Kind, PREPOSITIONS, RuleId};
use clausal::norms::{Context, Leaf, Value, Way};

use super::norm::{Name, Norm, Test};
use super::values::{Fact, facts, sets};
use super::{Judge, MOST_STEPS};

/// One part of a situation. Slots and facts by their place in the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Organisation,
    Party,
    Object,
    Action,
    Slot(usize),
    Fact(usize),
    Approvals,
    Consents,
}

/// "A situation is a context and a way."
#[derive(Clone, Debug)]
pub struct Situation {
    pub organisation: Option<Leaf>,
    pub party: Leaf,
    pub object: Option<Leaf>,
    pub action: Leaf,
    pub slots: Vec<(&'static str, Option<Leaf>)>,
    pub facts: Vec<(FactId, Value)>,
    pub approvals: Vec<Leaf>,
    pub consents: Vec<Leaf>,
    /// The place of each value among those of its axis: organisation, party, object, action, approvals, consents, slots
    /// and facts.
    places: Vec<usize>,
}

/// The situations that are tried, as lists of values to be combined.
pub struct Space {
    organisations: Vec<Option<Leaf>>,
    parties: Vec<Leaf>,
    objects: Vec<Option<Leaf>>,
    actions: Vec<Leaf>,
    slots: Vec<(&'static str, Vec<Option<Leaf>>)>,
    facts: Vec<Fact>,
    approvals: Vec<Vec<Leaf>>,
    consents: Vec<Vec<Leaf>>,
}

/// Whether of several leaves that no name of the rules tells apart only the first is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// Only the first: whatever holds of another holds of it, and it comes first.
    First,
    /// The same for what belongs to the way alone.
    FirstOfWay,
    /// Every one.
    Every,
}

impl Situation {
    /// The value of a fact.
    pub fn fact(&self, id: FactId) -> Value {
        self.facts.iter().find(|(fact, _)| *fact == id).map(|(_, value)| *value).expect("a fact of the rules involved")
    }
}

impl Space {
    /// What these rules can tell apart. Left out are: leaves no rule names, which rules take for nothing at all or do not
    /// cover; facts and slots no rule asks for; of leaves that lie below the same names all but the first (with `First`),
    /// but for actions, which exclude each other one by one, and for objects beside an `any`, which must be the same.
    pub fn over(judge: &Judge<'_>, rules: &[RuleId], leaves: Leaves) -> Space {
        if judge.whole && leaves != Leaves::Every {
            let all: Vec<RuleId> = judge.norms.keys().copied().collect();
            return Space::over(judge, &all, Leaves::Every);
        }
        let norms: Vec<&Norm> = rules.iter().flat_map(|rule| judge.norms_of(*rule)).collect();
        let of_context = if leaves == Leaves::First { Leaves::First } else { Leaves::Every };
        let of_way = if leaves == Leaves::Every { Leaves::Every } else { Leaves::First };
        let below = |names: Vec<&Name>, leaves| judge.below_these(&names, leaves, 1);
        let parties = judge.whole_kinds(&[Kind::Party]);
        let things = judge.whole_kinds(&[Kind::Party, Kind::Thing]);
        let (organisations, actions) = (judge.whole_kinds(&[Kind::Organisation]), judge.whole_kinds(&[Kind::Action]));
        let or_nothing = |leaves: Vec<Leaf>| std::iter::once(None).chain(leaves.into_iter().map(Some)).collect();
        let own = norms.iter().filter_map(|norm| norm.organisation).map(|word| vec![word]);
        let own: Vec<Name> = own.chain(organisations).collect();
        let organisations = match judge.as_one {
            true => vec![None],
            false => below(own.iter().collect(), of_context).into_iter().map(Some).collect(),
        };
        let objects_told_apart = if norms.iter().any(|norm| norm.any) { Leaves::Every } else { of_context };
        let in_slot = |preposition: &str| {
            let slots = norms.iter().flat_map(|norm| &norm.slots).filter(|(named, _)| *named == preposition);
            let mut names: Vec<&Name> = slots.flat_map(|(_, names)| names).collect();
            if !names.is_empty() {
                names.extend(&things);
            }
            names
        };
        let slots = PREPOSITIONS.iter().map(|&preposition| (preposition, in_slot(preposition)));
        let (mut approving, mut consenting) = (Vec::new(), Vec::new());
        for norm in &norms {
            norm.tests(|test| match test {
                Test::Approval(by, count) => approving.push((by, *count)),
                Test::Consent(of, count) => consenting.push((of, *count)),
                _ => {}
            });
        }
        if !approving.is_empty() {
            approving.push((&parties, 0));
        }
        if !consenting.is_empty() {
            consenting.push((&parties, 0));
        }
        Space {
            organisations,
            parties: below(norms.iter().flat_map(|norm| &norm.bearers).chain(&parties).collect(), of_context),
            objects: or_nothing(below(
                norms.iter().flat_map(|norm| &norm.objects).chain(&things).collect(),
                objects_told_apart,
            )),
            actions: below(norms.iter().flat_map(|norm| &norm.actions).chain(&actions).collect(), Leaves::Every),
            slots: slots
                .filter(|(_, names)| !names.is_empty())
                .map(|(preposition, names)| (preposition, or_nothing(below(names, of_way))))
                .collect(),
            facts: facts(judge, &norms),
            approvals: sets(judge, &approving, of_way),
            consents: sets(judge, &consenting, of_way),
        }
    }

    /// "Organisation, party, object, action, slots, facts, approvals, consents."
    pub fn situation_axes(&self) -> Vec<Axis> {
        let mut axes = vec![Axis::Organisation, Axis::Party, Axis::Object, Axis::Action];
        axes.extend((0..self.slots.len()).map(Axis::Slot));
        axes.extend((0..self.facts.len()).map(Axis::Fact));
        axes.extend([Axis::Approvals, Axis::Consents]);
        axes
    }

    /// "A context fixes the organisation, the party leaf, the object leaf and the value of every fact that is not chosen";
    /// "an object after `any` belongs to the way".
    pub fn context_axes(&self, any: bool) -> Vec<Axis> {
        let mut axes = vec![Axis::Organisation, Axis::Party];
        axes.extend((!any).then_some(Axis::Object));
        axes.extend((0..self.facts.len()).filter(|&fact| !self.facts[fact].chosen).map(Axis::Fact));
        axes
    }

    /// "A way fixes the action leaf, each prepositional slot, every chosen fact, and which leaves approve and consent."
    pub fn way_axes(&self, any: bool) -> Vec<Axis> {
        let mut axes = vec![Axis::Action];
        axes.extend(any.then_some(Axis::Object));
        axes.extend((0..self.slots.len()).map(Axis::Slot));
        axes.extend((0..self.facts.len()).filter(|&fact| self.facts[fact].chosen).map(Axis::Fact));
        axes.extend([Axis::Approvals, Axis::Consents]);
        axes
    }

    /// A situation to begin with; `None` where some part has no value at all.
    pub fn start(&self) -> Option<Situation> {
        Some(Situation {
            organisation: *self.organisations.first()?,
            party: *self.parties.first()?,
            object: None,
            action: *self.actions.first()?,
            slots: self.slots.iter().map(|(preposition, _)| (*preposition, None)).collect(),
            facts: self
                .facts
                .iter()
                .map(|fact| Some((fact.id, *fact.values.first()?)))
                .collect::<Option<Vec<(FactId, Value)>>>()?,
            approvals: Vec::new(),
            consents: Vec::new(),
            places: vec![0; 6 + self.slots.len() + self.facts.len()],
        })
    }

    fn len(&self, axis: Axis) -> usize {
        match axis {
            Axis::Organisation => self.organisations.len(),
            Axis::Party => self.parties.len(),
            Axis::Object => self.objects.len(),
            Axis::Action => self.actions.len(),
            Axis::Slot(slot) => self.slots[slot].1.len(),
            Axis::Fact(fact) => self.facts[fact].values.len(),
            Axis::Approvals => self.approvals.len(),
            Axis::Consents => self.consents.len(),
        }
    }

    fn set(&self, at: &mut Situation, axis: Axis, place: usize) {
        at.places[self.index(axis)] = place;
        match axis {
            Axis::Organisation => at.organisation = self.organisations[place],
            Axis::Party => at.party = self.parties[place],
            Axis::Object => at.object = self.objects[place],
            Axis::Action => at.action = self.actions[place],
            Axis::Slot(slot) => at.slots[slot].1 = self.slots[slot].1[place],
            Axis::Fact(fact) => at.facts[fact].1 = self.facts[fact].values[place],
            Axis::Approvals => at.approvals.clone_from(&self.approvals[place]),
            Axis::Consents => at.consents.clone_from(&self.consents[place]),
        }
    }

    fn index(&self, axis: Axis) -> usize {
        match axis {
            Axis::Organisation => 0,
            Axis::Party => 1,
            Axis::Object => 2,
            Axis::Action => 3,
            Axis::Approvals => 4,
            Axis::Consents => 5,
            Axis::Slot(slot) => 6 + slot,
            Axis::Fact(fact) => 6 + self.slots.len() + fact,
        }
    }

    /// Where a situation stands in the order of these axes.
    pub fn position(&self, at: &Situation, axes: &[Axis]) -> Vec<usize> {
        axes.iter().map(|&axis| at.places[self.index(axis)]).collect()
    }

    /// Visits every combination of values on these axes, in order, the rest as in `at`; only those whose organisation,
    /// party, object, action and slots all of `within` reach, since the others are of no interest to whoever asks.
    pub fn walk(
        &self,
        judge: &Judge<'_>,
        axes: &[Axis],
        at: &mut Situation,
        within: &[&Norm],
        visit: &mut dyn FnMut(&Situation) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some((&axis, rest)) = axes.split_first() else { return visit(at) };
        for place in 0..self.len(axis) {
            judge.steps.set(judge.steps.get() + 1);
            if judge.steps.get() > MOST_STEPS {
                return ControlFlow::Break(());
            }
            self.set(at, axis, place);
            if within.iter().all(|norm| judge.reaches(norm, axis, at)) {
                self.walk(judge, rest, at, within, visit)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The first combination on these axes of which `is_it` is true.
    pub fn first(
        &self,
        judge: &Judge<'_>,
        axes: &[Axis],
        start: Option<Situation>,
        within: &[&Norm],
        is_it: &mut dyn FnMut(&Situation) -> bool,
    ) -> Option<Situation> {
        let mut found = None;
        let _ = self.walk(judge, axes, &mut start?, within, &mut |at| {
            if !is_it(at) {
                return ControlFlow::Continue(());
            }
            found = Some(at.clone());
            ControlFlow::Break(())
        });
        found
    }

    /// The context of a situation, as it is told.
    pub fn context(&self, at: &Situation, any: bool) -> Context {
        Context {
            organisation: at.organisation,
            party: at.party,
            object: at.object.filter(|_| !any),
            facts: self.told_facts(at, false),
        }
    }

    /// The way of a situation, as it is told.
    pub fn way(&self, at: &Situation, any: bool, applies: Vec<RuleId>) -> Way {
        Way {
            action: at.action,
            object: at.object.filter(|_| any),
            slots: at.slots.iter().filter_map(|(preposition, filler)| Some((*preposition, (*filler)?))).collect(),
            facts: self.told_facts(at, true),
            approvals: at.approvals.clone(),
            consents: at.consents.clone(),
            applies,
        }
    }

    fn told_facts(&self, at: &Situation, chosen: bool) -> Vec<(FactId, Value)> {
        self.facts.iter().filter(|fact| fact.chosen == chosen).map(|fact| (fact.id, at.fact(fact.id))).collect()
    }

    /// Every situation that what is told of one may be, whatever the facts are that are not told.
    pub fn completions(&self, context: &Context, way: &Way) -> Vec<Situation> {
        let Some(mut start) = self.start() else { return Vec::new() };
        start.organisation = context.organisation;
        start.party = context.party;
        start.object = context.object.or(way.object);
        start.action = way.action;
        start.approvals.clone_from(&way.approvals);
        start.consents.clone_from(&way.consents);
        for (preposition, filler) in &mut start.slots {
            *filler = way.slots.iter().find(|(told, _)| told == preposition).map(|(_, leaf)| *leaf);
        }
        let mut all = vec![start];
        for (place, fact) in self.facts.iter().enumerate() {
            let told = context.facts.iter().chain(&way.facts).find(|(told, _)| *told == fact.id);
            let values = told.map_or(fact.values.clone(), |(_, value)| vec![*value]);
            let with = |at: &Situation, value: Value| {
                let mut at = at.clone();
                at.facts[place].1 = value;
                at
            };
            all = all.iter().flat_map(|at| values.iter().map(move |&value| with(at, value))).collect();
        }
        all
    }

    /// Tries these values too.
    pub fn admit<'f>(&mut self, told: impl Iterator<Item = &'f (FactId, Value)>) {
        for (id, value) in told {
            if let Some(fact) = self.facts.iter_mut().find(|fact| fact.id == *id)
                && !fact.values.contains(value)
            {
                fact.values.push(*value);
            }
        }
    }

    /// Which facts are chosen.
    pub fn chosen(&self) -> Vec<FactId> {
        self.facts.iter().filter(|fact| fact.chosen).map(|fact| fact.id).collect()
    }

    /// A situation of this space out of what is told of one; `None` where it is none.
    pub fn situation(&self, context: &Context, way: &Way) -> Option<Situation> {
        let told = |id: FactId| context.facts.iter().chain(&way.facts).find(|(fact, _)| *fact == id);
        let same_facts = context.facts.len() + way.facts.len() == self.facts.len();
        let known = |(named, _): &(&str, Leaf)| self.slots.iter().any(|(preposition, _)| preposition == named);
        if !same_facts || !way.slots.iter().all(known) {
            return None;
        }
        Some(Situation {
            organisation: context.organisation,
            party: context.party,
            object: context.object.or(way.object),
            action: way.action,
            slots: self
                .slots
                .iter()
                .map(|(preposition, _)| {
                    (*preposition, way.slots.iter().find(|(named, _)| named == preposition).map(|(_, leaf)| *leaf))
                })
                .collect(),
            facts: self.facts.iter().map(|fact| told(fact.id).copied()).collect::<Option<Vec<(FactId, Value)>>>()?,
            approvals: way.approvals.clone(),
            consents: way.consents.clone(),
            places: vec![0; 6 + self.slots.len() + self.facts.len()],
        })
    }
}

impl Judge<'_> {
    /// Where the whole vocabulary is tried, all words of these kinds.
    fn whole_kinds(&self, kinds: &[Kind]) -> Vec<Name> {
        let words = kinds.iter().flat_map(|&kind| self.collection.vocabulary.of_kind(kind)).filter(|_| self.whole);
        words.map(|(word, _)| vec![word]).collect()
    }

    /// The leaves at or below these names, in order; with `First` only so many of those that lie below the same names.
    pub fn below_these(&self, names: &[&Name], leaves: Leaves, most: usize) -> Vec<Leaf> {
        let sort = |leaf: Leaf| names.iter().map(|name| self.is_named(leaf, name)).collect::<Vec<bool>>();
        let mut found: Vec<(Leaf, Vec<bool>)> = Vec::new();
        for leaf in self.leaves.iter().copied().filter(|leaf| names.iter().any(|name| self.is_named(*leaf, name))) {
            let sort = sort(leaf);
            if leaves == Leaves::Every || found.iter().filter(|(_, other)| *other == sort).count() < most {
                found.push((leaf, sort));
            }
        }
        found.into_iter().map(|(leaf, _)| leaf).collect()
    }
}
