//! The first situation of a set, in the order in which witnesses are looked for.

use std::cmp::Ordering;

use super::answer::{Context, Leaf, Value, Way};
use super::quorum::People;
use super::rules::At;
use super::sets::{Sets, TooMany};
use super::space::{DimKind, Space};
use crate::model::{FactId, PREPOSITIONS, RuleId};

/// Values of the dimensions that are fixed so far.
pub(super) type Point = Vec<Option<usize>>;

/// The situations of a set, which is not empty, with the first values of all dimensions that `wanted` names, voices aside;
/// the values are noted in `point`. All other dimensions are fixed in the set already, or do not matter to it.
pub(super) fn narrow<'s, S: Sets<'s>>(
    sets: &mut S,
    set: &S::Set,
    wanted: impl Fn(usize) -> bool,
    point: &mut Point,
) -> Result<S::Set, TooMany> {
    let space = sets.space();
    let is_voice = |dim: usize| matches!(space.dims[dim].kind, DimKind::Voice(_));
    let wanted: Vec<usize> = (0..space.dims.len()).filter(|&dim| !is_voice(dim) && wanted(dim)).collect();
    let (values, narrowed) = sets.first(set, &wanted)?;
    for (&dim, value) in wanted.iter().zip(values) {
        point[dim] = Some(value);
    }
    Ok(narrowed)
}

/// The first people of a set in which everything else is fixed.
pub(super) fn people<'s, S: Sets<'s>>(sets: &S, set: &S::Set) -> Result<People, TooMany> {
    let mut first: Option<People> = None;
    for said in sets.voices(set)? {
        let Some(found) = sets.space().voices.first(&said)? else { continue };
        let earlier = first.as_ref().is_none_or(|known| order(&found, known).is_lt());
        if earlier {
            first = Some(found);
        }
    }
    first.ok_or(TooMany)
}

/// Few people before many, then in the order of leaves; approvals before consents.
pub(super) fn order(a: &People, b: &People) -> Ordering {
    let key = |people: &People| (people.0.len(), people.0.clone(), people.1.len(), people.1.clone());
    key(a).cmp(&key(b))
}

impl Space<'_> {
    /// A point with nothing fixed.
    pub(super) fn open(&self) -> Point {
        vec![None; self.dims.len()]
    }

    /// The context of a point; `any` takes the object out of it. A point that fixes too little for one tells nothing.
    pub(super) fn context(&self, point: &Point, any: bool) -> Result<Context, TooMany> {
        let leaf = |kind| self.leaf_at(point, kind);
        Ok(Context {
            organisation: leaf(DimKind::Organisation),
            party: leaf(DimKind::Party).ok_or(TooMany)?,
            object: if any { None } else { leaf(DimKind::Object) },
            facts: self.facts(point, false),
        })
    }

    /// The way of a point, in which these rules apply.
    pub(super) fn way(&self, point: &Point, any: bool, people: People, applies: &[At]) -> Result<Way, TooMany> {
        let leaf = |kind| self.leaf_at(point, kind);
        let slots = (0..PREPOSITIONS.len() as u8)
            .filter_map(|slot| Some((PREPOSITIONS[slot as usize], leaf(DimKind::Slot(slot))?)));
        let mut rules: Vec<RuleId> = Vec::new();
        for &at in applies {
            let id = self.rules.at(at).id;
            if !rules.contains(&id) {
                rules.push(id);
            }
        }
        Ok(Way {
            action: leaf(DimKind::Action).ok_or(TooMany)?,
            object: if any { leaf(DimKind::Object) } else { None },
            slots: slots.collect(),
            facts: self.facts(point, true),
            approvals: people.0,
            consents: people.1,
            applies: rules,
        })
    }

    fn leaf_at(&self, point: &Point, kind: DimKind) -> Option<Leaf> {
        let dim = self.dim(kind)?;
        self.leaf(dim, point[dim]?)
    }

    fn facts(&self, point: &Point, chosen: bool) -> Vec<(FactId, Value)> {
        let fact = |(dim, value): (usize, &Option<usize>)| match self.dims[dim].kind {
            DimKind::Fact(fact) if self.rules.vocabulary.fact(fact).chosen == chosen => {
                Some((fact, *self.dims[dim].values.get((*value)?)?))
            }
            _ => None,
        };
        point.iter().enumerate().filter_map(fact).collect()
    }
}
