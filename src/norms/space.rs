//! The situations that a few rules tell apart: every dimension of a situation cut down to the values among which these rules
//! make a difference, each in the order in which witnesses are looked for.
//!
//! A word stands for all leaves below the same names, a quantity for a bound or for what lies between two bounds. What the
//! rules mean becomes a tree of literals over these values; how sets of situations are kept is no concern of this module.

use std::cell::Cell;

use super::answer::{Leaf, Value};
use super::classes::{Class, classes};
use super::facts;
use super::leaves::LeafSet;
use super::mask::Mask;
use super::quorum::Voices;
use super::rules::{At, Duty, Norm, Part, Rules, place_of, words};
use super::sets::TooMany;
use crate::model::{Condition, FactId, Filler};

/// The situations that some rules tell apart.
pub(super) struct Space<'a> {
    /// All rules that take part.
    pub(super) rules: &'a Rules<'a>,
    /// Those this space is for, in rule order.
    pub(super) members: Vec<At>,
    /// The dimensions, in the order in which a witness fixes them: organisation (unless all are one), party, object,
    /// action, slots, facts, then who approves and who consents as one yes-or-no dimension for each such condition.
    pub(super) dims: Vec<Dim>,
    /// Who may approve and consent.
    pub(super) voices: Voices,
    /// For each member the places of its names among those of the dimensions.
    named: Vec<Named>,
    /// What the actions on either side of an exclusion are, as names of the action dimension.
    exclusions: Vec<(usize, usize)>,
    /// The steps that questions about this space have taken.
    steps: Cell<u64>,
}

/// A dimension.
pub(super) struct Dim {
    /// What it is.
    pub(super) kind: DimKind,
    /// How many values it has.
    pub(super) len: usize,
    /// For each name that stands here the values below it.
    names: Vec<Mask>,
    /// For words, what each value stands for; the first value of objects and slots is *nothing* and not listed.
    pub(super) classes: Vec<Class>,
    /// For facts, what each value is.
    pub(super) values: Vec<Value>,
}

/// What a dimension is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DimKind {
    /// The organisation.
    Organisation,
    /// Who acts.
    Party,
    /// What it is done to.
    Object,
    /// What is done.
    Action,
    /// What stands after a preposition.
    Slot(u8),
    /// The value of a fact.
    Fact(FactId),
    /// Whether an approval or consent that a condition asks for is given.
    Voice(usize),
}

/// Where the names of a rule are found among those of the dimensions: all of a list, then each.
struct Named {
    organisation: Option<usize>,
    party: List,
    action: List,
    object: Option<List>,
    slots: Vec<(usize, List)>,
}

struct List {
    all: usize,
    each: Vec<usize>,
}

/// What a norm asks of a situation.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A dimension has one of these values.
    Lit(usize, Mask),
    /// All of these hold.
    All(Vec<Tree>),
    /// One of these holds.
    Any(Vec<Tree>),
}

/// Which part of a rule's meaning is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Which {
    /// One of its norms, whole.
    Norm(Norm),
    /// One of the duties its commas make.
    Duty(Duty),
}

/// The names that stand in one dimension.
#[derive(Default)]
struct Register(Vec<LeafSet>);

impl Register {
    fn add(&mut self, name: LeafSet) -> usize {
        if let Some(at) = self.0.iter().position(|known| *known == name) {
            return at;
        }
        self.0.push(name);
        self.0.len() - 1
    }

    fn list(&mut self, all: LeafSet, each: impl IntoIterator<Item = LeafSet>) -> List {
        List { all: self.add(all), each: each.into_iter().map(|name| self.add(name)).collect() }
    }
}

impl<'a> Space<'a> {
    /// The space of these rules, which are in rule order; told apart also by what excludes what, where that is asked.
    pub(super) fn of(rules: &'a Rules<'a>, members: Vec<At>, with_exclusions: bool) -> Self {
        let mut registers: [Register; 4] = Default::default();
        let [organisations, parties, objects, actions] = &mut registers;
        let mut slots: Vec<(u8, Register)> = Vec::new();
        let mut named = Vec::with_capacity(members.len());
        for &at in &members {
            let part = rules.at(at);
            let rule = part.rule;
            // Only the duties of a comma are told apart name by name.
            let apart = rule.modality.is_duty();
            let below = |names: &[Filler]| match apart && names.len() > 1 {
                true => each_of(rules, part, names),
                false => Vec::new(),
            };
            let its_slots = rule.slots.iter().map(|slot| {
                let preposition = place_of(slot.preposition);
                let register = match slots.iter().position(|(known, _)| *known == preposition) {
                    Some(at) => at,
                    None => {
                        slots.push((preposition, Register::default()));
                        slots.len() - 1
                    }
                };
                let own = |(place, _): &&(u8, LeafSet)| *place == preposition;
                let all = match part.slots.iter().filter(own).count() {
                    1 => part.slots.iter().find(own).map(|slot| slot.1.clone()),
                    _ => None,
                };
                let all = all.unwrap_or_else(|| LeafSet::union(&each_of(rules, part, &slot.names)));
                (register, slots[register].1.list(all, below(&slot.names)))
            });
            let its_slots = its_slots.collect();
            named.push(Named {
                organisation: (!rules.as_one).then(|| organisations.add(part.organisation.clone())),
                party: parties.list(part.party.clone(), below(&rule.bearers)),
                action: {
                    let names = if apart && rule.actions.len() > 1 { rule.actions.as_slice() } else { &[] };
                    actions.list(part.action.clone(), names.iter().map(|&action| rules.leaves.below([action])))
                },
                object: part.object.clone().map(|all| objects.list(all, below(&rule.objects.names))),
                slots: its_slots,
            });
        }
        let mut exclusions = Vec::new();
        if with_exclusions {
            for (left, right) in rules.exclusions() {
                exclusions.push((actions.add(left), actions.add(right)));
            }
        }

        let mut dims = Vec::new();
        let [organisations, parties, objects, actions] = registers;
        if !rules.as_one {
            dims.push(Dim::of_words(rules, DimKind::Organisation, organisations));
        }
        dims.push(Dim::of_words(rules, DimKind::Party, parties));
        dims.push(Dim::of_words(rules, DimKind::Object, objects));
        dims.push(Dim::of_words(rules, DimKind::Action, actions));
        // The slots stand in the order of the prepositions, whichever rule names them first.
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|&at| slots[at].0);
        let first_slot = dims.len();
        let mut place = vec![0; slots.len()];
        order.iter().enumerate().for_each(|(at, &register)| place[register] = first_slot + at);
        named.iter_mut().flat_map(|named| &mut named.slots).for_each(|(slot, _)| *slot = place[*slot]);
        let mut registers: Vec<(u8, Register)> = slots;
        registers.sort_by_key(|(preposition, _)| *preposition);
        for (preposition, names) in registers {
            dims.push(Dim::of_words(rules, DimKind::Slot(preposition), names));
        }
        let parts = || members.iter().map(|&at| rules.at(at));
        for (fact, values) in facts::asked(rules.vocabulary, parts()) {
            dims.push(Dim {
                kind: DimKind::Fact(fact),
                len: values.len(),
                names: Vec::new(),
                classes: Vec::new(),
                values,
            });
        }
        let voices = Voices::of(rules, parts());
        for voice in 0..voices.len() {
            let kind = DimKind::Voice(voice);
            dims.push(Dim { kind, len: 2, names: Vec::new(), classes: Vec::new(), values: Vec::new() });
        }
        Space { rules, members, dims, voices, named, exclusions, steps: Cell::new(0) }
    }

    /// Notes so many steps; too many end the question.
    pub(super) fn spend(&self, steps: usize) -> Result<(), TooMany> {
        let spent = self.steps.get() + steps as u64;
        self.steps.set(spent);
        if spent > self.rules.limits.steps { Err(TooMany) } else { Ok(()) }
    }

    /// The steps noted so far.
    pub(super) fn spent(&self) -> u64 {
        self.steps.get()
    }

    /// Whether the actor decides this dimension; of the object that is so beside a duty after `any`.
    pub(super) fn is_way(&self, dim: usize, any: bool) -> bool {
        match self.dims[dim].kind {
            DimKind::Organisation | DimKind::Party => false,
            DimKind::Object => any,
            DimKind::Action | DimKind::Slot(_) | DimKind::Voice(_) => true,
            DimKind::Fact(fact) => self.rules.vocabulary.fact(fact).chosen,
        }
    }

    /// The dimension of a kind; every space has one for parties, objects and actions.
    pub(super) fn dim(&self, kind: DimKind) -> Option<usize> {
        self.dims.iter().position(|dim| dim.kind == kind)
    }

    /// Whether acts of two values of the action dimension exclude each other.
    pub(super) fn exclude(&self, a: usize, b: usize) -> bool {
        let Some(dim) = self.dim(DimKind::Action) else { return false };
        let names = &self.dims[dim].names;
        let meets = |name: usize, value: usize| names[name].has(value);
        self.exclusions
            .iter()
            .any(|&(one, other)| (meets(one, a) && meets(other, b)) || (meets(one, b) && meets(other, a)))
    }

    /// What a part of a member's meaning covers, its `unless` at `without` left out.
    pub(super) fn tree(&self, at: At, which: &Which, without: Option<usize>) -> Result<Tree, TooMany> {
        let part = self.rules.at(at);
        let mut all = self.act(at, which)?;
        for when in &part.rule.when {
            all.push(self.condition(part, &when.condition, true)?);
        }
        for (place, unless) in part.rule.unless.iter().enumerate() {
            if Some(place) != without {
                all.push(self.condition(part, &unless.condition, false)?);
            }
        }
        let otherwise = *which == Which::Norm(Norm::Otherwise);
        let only = part.rule.only_when.iter().map(|only| self.condition(part, &only.condition, !otherwise));
        let only = only.collect::<Result<Vec<Tree>, TooMany>>()?;
        match otherwise {
            true => all.push(Tree::Any(only)),
            false => all.extend(only),
        }
        Ok(Tree::All(all))
    }

    /// What one `unless` of a member takes out.
    pub(super) fn exception(&self, at: At, place: usize) -> Result<Tree, TooMany> {
        let part = self.rules.at(at);
        self.condition(part, &part.rule.unless[place].condition, true)
    }

    /// The literals of the act; a rule that is no member has none here, and leaves the question open.
    fn act(&self, at: At, which: &Which) -> Result<Vec<Tree>, TooMany> {
        let member = self.members.binary_search(&at).map_err(|_| TooMany)?;
        let named = &self.named[member];
        let whole = Duty { slots: vec![None; named.slots.len()], ..Duty::default() };
        let duty = match which {
            Which::Norm(_) => &whole,
            Which::Duty(duty) => duty,
        };
        let mut all = Vec::with_capacity(5 + named.slots.len());
        let mut literal = |kind: DimKind, name: usize| {
            let dim = self.dim(kind).ok_or(TooMany)?;
            all.push(Tree::Lit(dim, self.dims[dim].names[name].clone()));
            Ok(())
        };
        let pick = |list: &List, name: Option<u32>| match name {
            Some(name) => list.each.get(name as usize).copied().unwrap_or(list.all),
            None => list.all,
        };
        if let Some(organisation) = named.organisation {
            literal(DimKind::Organisation, organisation)?;
        }
        literal(DimKind::Party, pick(&named.party, duty.bearer))?;
        if let Some(object) = &named.object {
            literal(DimKind::Object, pick(object, duty.object))?;
        }
        literal(DimKind::Action, pick(&named.action, duty.action))?;
        for (place, (dim, list)) in named.slots.iter().enumerate() {
            let name = pick(list, duty.slots.get(place).copied().flatten());
            all.push(Tree::Lit(*dim, self.dims[*dim].names[name].clone()));
        }
        Ok(all)
    }

    /// A condition of a rule, or its opposite.
    fn condition(&self, part: &Part<'_>, condition: &Condition, holds: bool) -> Result<Tree, TooMany> {
        let each = |parts: &[Condition]| -> Result<Vec<Tree>, TooMany> {
            parts.iter().map(|inner| self.condition(part, inner, holds)).collect()
        };
        match condition {
            Condition::All(parts) if holds => Ok(Tree::All(each(parts)?)),
            Condition::All(parts) => Ok(Tree::Any(each(parts)?)),
            Condition::Any(parts) if holds => Ok(Tree::Any(each(parts)?)),
            Condition::Any(parts) => Ok(Tree::All(each(parts)?)),
            Condition::Not(inner) => self.condition(part, inner, !holds),
            Condition::Approval(names, count) => self.voice(part, names, *count, false, holds),
            Condition::Consent(names, count) => self.voice(part, names, *count, true, holds),
            Condition::Flag(fact) | Condition::Choice(fact, _) | Condition::Quantity(fact, ..) => {
                let dim = self.dim(DimKind::Fact(*fact)).ok_or(TooMany)?;
                let values = &self.dims[dim].values;
                let fits = values.iter().enumerate().filter(|(_, value)| facts::fits(condition, **value) == holds);
                Ok(Tree::Lit(dim, Mask::of(values.len(), fits.map(|(at, _)| at))))
            }
        }
    }

    fn voice(
        &self,
        part: &Part<'_>,
        names: &[Filler],
        count: u32,
        consent: bool,
        holds: bool,
    ) -> Result<Tree, TooMany> {
        let names = each_of(self.rules, part, names);
        let dim = self.voices.find(&names, count, consent).and_then(|voice| self.dim(DimKind::Voice(voice)));
        Ok(Tree::Lit(dim.ok_or(TooMany)?, Mask::of(2, [usize::from(holds)])))
    }

    /// What a value of a word dimension stands for; `None` for *nothing*.
    pub(super) fn leaf(&self, dim: usize, value: usize) -> Option<Leaf> {
        self.class(dim, value).map(|class| class.first)
    }

    /// Whether a value of the object dimension stands for just one object.
    pub(super) fn is_single(&self, dim: usize, value: usize) -> bool {
        self.class(dim, value).is_some_and(|class| !class.several)
    }

    /// Whether a value of the object dimension stands for just one object, or for none at all.
    pub(super) fn is_one(&self, dim: usize, value: usize) -> bool {
        self.class(dim, value).is_none_or(|class| !class.several)
    }

    fn class(&self, dim: usize, value: usize) -> Option<&Class> {
        let dim = &self.dims[dim];
        match dim.may_be_nothing() {
            true => dim.classes.get(value.checked_sub(1)?),
            false => dim.classes.get(value),
        }
    }
}

impl Dim {
    fn of_words(rules: &Rules<'_>, kind: DimKind, names: Register) -> Self {
        let classes = classes(&rules.leaves, &names.0);
        let mut dim = Dim { kind, len: 0, names: Vec::new(), classes, values: Vec::new() };
        let nothing = usize::from(dim.may_be_nothing());
        dim.len = dim.classes.len() + nothing;
        for name in 0..names.0.len() {
            let below = dim.classes.iter().enumerate().filter(|(_, class)| class.below.has(name));
            dim.names.push(Mask::of(dim.len, below.map(|(at, _)| at + nothing)));
        }
        dim
    }

    /// Whether its first value is *nothing*.
    fn may_be_nothing(&self) -> bool {
        matches!(self.kind, DimKind::Object | DimKind::Slot(_))
    }
}

/// What lies below each of some names of a rule.
pub(super) fn each_of(rules: &Rules<'_>, part: &Part<'_>, names: &[Filler]) -> Vec<LeafSet> {
    names.iter().map(|&name| rules.leaves.below(words(part.policy, name))).collect()
}
