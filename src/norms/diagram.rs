//! Sets of situations as binary decision diagrams (Bryant, *Graph-based algorithms for Boolean function manipulation*, 1986):
//! each value of a dimension is a number written in bits.
//!
//! The only code that knows the library of diagrams.

use biodivine_lib_bdd::{Bdd, BddPartialValuation, BddVariable, BddVariableSet, op_function};

use super::mask::Mask;
use super::quorum::Said;
use super::sets::{Sets, TooMany};
use super::space::{DimKind, Space, Tree};

/// No two diagrams are joined that take more steps than this.
const MOST_STEPS: usize = 400_000;
/// To go through a node takes about as long as through so many words of boxes.
const STEPS_A_NODE: usize = 16;
/// Two diagrams whose sizes multiply to less are joined without asking how many steps it takes.
const SMALL: usize = 200_000;
/// More voices than this that have people in common are not told apart.
const MOST_VOICES: usize = 12;
/// More alternatives than this of who approves are not gone through.
const MOST_ALTERNATIVES: usize = 4096;

/// Diagrams over a space.
pub(super) struct Diagrams<'s> {
    space: &'s Space<'s>,
    variables: BddVariableSet,
    /// The bits of each dimension, the highest first.
    bits: Vec<Vec<BddVariable>>,
    /// The situations there are.
    valid: Bdd,
}

impl Diagrams<'_> {
    fn join(
        &self,
        a: &Bdd,
        b: &Bdd,
        op: impl Fn(Option<bool>, Option<bool>) -> Option<bool> + Copy,
    ) -> Result<Bdd, TooMany> {
        if a.size().saturating_mul(b.size()) > SMALL {
            let (_, steps) = Bdd::check_binary_op(MOST_STEPS, a, b, op).ok_or(TooMany)?;
            self.space.spend(STEPS_A_NODE * steps)?;
        }
        let joined = Bdd::binary_op_with_limit(self.space.rules.limits.nodes, a, b, op).ok_or(TooMany)?;
        self.space.spend(STEPS_A_NODE * (a.size() + b.size() + joined.size()))?;
        Ok(joined)
    }

    fn literal(&self, dim: usize, mask: &Mask) -> Result<Bdd, TooMany> {
        let mut found = self.variables.mk_false();
        for value in mask.numbers(self.space.dims[dim].len) {
            found = self.join(&found, &self.value(dim, value)?, op_function::or)?;
        }
        Ok(found)
    }

    fn value(&self, dim: usize, value: usize) -> Result<Bdd, TooMany> {
        let mut found = self.variables.mk_true();
        for (place, &bit) in self.bits[dim].iter().rev().enumerate() {
            let literal = self.variables.mk_literal(bit, value & (1 << place) != 0);
            found = self.join(&found, &literal, op_function::and)?;
        }
        Ok(found)
    }

    fn build(&self, tree: &Tree) -> Result<Bdd, TooMany> {
        match tree {
            Tree::Lit(dim, mask) => self.literal(*dim, mask),
            Tree::All(parts) => parts
                .iter()
                .try_fold(self.variables.mk_true(), |all, part| self.join(&all, &self.build(part)?, op_function::and)),
            Tree::Any(parts) => parts
                .iter()
                .try_fold(self.variables.mk_false(), |any, part| self.join(&any, &self.build(part)?, op_function::or)),
        }
    }

    /// What voices can be given and not given together, for voices that have people in common.
    fn together(&self, voices: &[usize], from: usize, said: &mut Vec<Said>) -> Result<Bdd, TooMany> {
        if !self.space.voices.is_possible(said)? {
            return Ok(self.variables.mk_false());
        }
        let Some(&voice) = voices.get(from) else { return Ok(self.variables.mk_true()) };
        let mut either = self.variables.mk_false();
        for given in [false, true] {
            said[voice] = Some(given);
            let rest = self.together(voices, from + 1, said)?;
            let literal = self.voice(voice, given)?;
            let both = self.join(&literal, &rest, op_function::and)?;
            either = self.join(&either, &both, op_function::or)?;
        }
        said[voice] = None;
        Ok(either)
    }

    fn voice(&self, voice: usize, given: bool) -> Result<Bdd, TooMany> {
        match self.space.dim(DimKind::Voice(voice)) {
            Some(dim) => self.value(dim, usize::from(given)),
            None => Ok(self.variables.mk_false()),
        }
    }
}

impl<'s> Sets<'s> for Diagrams<'s> {
    type Set = Bdd;

    fn new(space: &'s Space<'s>) -> Result<Self, TooMany> {
        let widths = space.dims.iter().map(|dim| usize::BITS - dim.len.saturating_sub(1).leading_zeros());
        let mut next = 0;
        let bits: Vec<Vec<BddVariable>> = widths
            .map(|width| {
                let first = next;
                next += width as usize;
                (first..next).map(BddVariable::from_index).collect()
            })
            .collect();
        let count = u16::try_from(next).ok().filter(|&count| count < u16::MAX).ok_or(TooMany)?;
        let variables = BddVariableSet::new_anonymous(count);
        let valid = variables.mk_true();
        let mut diagrams = Diagrams { space, variables, bits, valid };
        for (dim, it) in space.dims.iter().enumerate() {
            let any = diagrams.literal(dim, &Mask::all(it.len))?;
            diagrams.valid = diagrams.join(&diagrams.valid, &any, op_function::and)?;
        }
        for group in space.voices.groups() {
            if group.len() > MOST_VOICES {
                return Err(TooMany);
            }
            let together = diagrams.together(&group, 0, &mut vec![None; space.voices.len()])?;
            diagrams.valid = diagrams.join(&diagrams.valid, &together, op_function::and)?;
        }
        Ok(diagrams)
    }

    fn space(&self) -> &'s Space<'s> {
        self.space
    }

    fn of(&mut self, tree: &Tree) -> Result<Bdd, TooMany> {
        let built = self.build(tree)?;
        self.join(&built, &self.valid, op_function::and)
    }

    fn none(&self) -> Bdd {
        self.variables.mk_false()
    }

    fn and(&mut self, a: &Bdd, b: &Bdd) -> Result<Bdd, TooMany> {
        self.join(a, b, op_function::and)
    }

    fn or(&mut self, a: &Bdd, b: &Bdd) -> Result<Bdd, TooMany> {
        self.join(a, b, op_function::or)
    }

    fn minus(&mut self, a: &Bdd, b: &Bdd) -> Result<Bdd, TooMany> {
        self.join(a, b, op_function::and_not)
    }

    fn contexts(&mut self, a: &Bdd, any: bool) -> Result<Bdd, TooMany> {
        let mut found = a.clone();
        for dim in (0..self.bits.len()).rev().filter(|&dim| self.space.is_way(dim, any)) {
            for &bit in self.bits[dim].iter().rev() {
                let (no, yes) = (found.var_restrict(bit, false), found.var_restrict(bit, true));
                found = self.join(&no, &yes, op_function::or)?;
            }
        }
        Ok(found)
    }

    fn is_empty(&self, a: &Bdd) -> bool {
        a.is_false()
    }

    fn fix(&mut self, a: &Bdd, dim: usize, value: usize) -> Result<Bdd, TooMany> {
        let value = self.value(dim, value)?;
        self.join(a, &value, op_function::and)
    }

    fn first(&mut self, a: &Bdd, dims: &[usize]) -> Result<(Vec<usize>, Bdd), TooMany> {
        // The bits stand in the order of the dimensions, the highest of each first, so that the first valuation of a
        // diagram holds the first values.
        let first = a.first_valuation().ok_or(TooMany)?;
        let mut clause = BddPartialValuation::empty();
        let mut values = Vec::with_capacity(dims.len());
        for &dim in dims {
            let mut value = 0;
            for &bit in &self.bits[dim] {
                clause.set_value(bit, first.value(bit));
                value = 2 * value + usize::from(first.value(bit));
            }
            values.push(value);
        }
        let fixed = self.variables.mk_conjunctive_clause(&clause);
        Ok((values, self.join(a, &fixed, op_function::and)?))
    }

    fn voices(&self, a: &Bdd) -> Result<Vec<Vec<Said>>, TooMany> {
        let mut alternatives = Vec::new();
        for clause in a.sat_clauses() {
            if alternatives.len() == MOST_ALTERNATIVES {
                return Err(TooMany);
            }
            let said = |voice: usize| {
                let bit = self.space.dim(DimKind::Voice(voice)).and_then(|dim| self.bits[dim].first());
                bit.and_then(|&bit| clause.get_value(bit))
            };
            let said: Vec<Said> = (0..self.space.voices.len()).map(said).collect();
            if self.space.voices.is_possible(&said)? {
                alternatives.push(said);
            }
        }
        alternatives.sort_unstable();
        alternatives.dedup();
        Ok(alternatives)
    }
}
