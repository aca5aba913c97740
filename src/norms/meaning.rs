//! Where rules cover and where they apply, as sets of one space.

use std::collections::HashMap;

use super::rules::{At, Part, Rules};
use super::sets::{Sets, TooMany};
use super::space::Which;

/// For each rule the rules that override it and cover something it covers, in rule order.
pub(super) type Overriders = Vec<Vec<At>>;

/// More rules than this are not taken together.
pub(super) const MOST_INVOLVED: usize = 1024;

/// The rules, and every rule that overrides one of them, directly or through others, where both cover something; in rule
/// order.
pub(super) fn involved(overriders: &Overriders, rules: &[At]) -> Result<Vec<At>, TooMany> {
    let mut all: Vec<At> = rules.to_vec();
    all.sort_unstable();
    all.dedup();
    let mut known: std::collections::HashSet<At> = all.iter().copied().collect();
    let mut next = 0;
    while let Some(&at) = all.get(next) {
        next += 1;
        all.extend(overriders[at as usize].iter().copied().filter(|&winner| known.insert(winner)));
        if all.len() > MOST_INVOLVED {
            return Err(TooMany);
        }
    }
    all.sort_unstable();
    Ok(all)
}

/// What rules mean in one space.
pub(super) struct Meaning<'m, 's, S: Sets<'s>> {
    /// The sets.
    pub(super) sets: &'m mut S,
    overriders: &'m Overriders,
    covers: HashMap<(At, Which), S::Set>,
    applied: HashMap<(At, Which), S::Set>,
    whole: HashMap<At, S::Set>,
}

impl<'m, 's, S: Sets<'s>> Meaning<'m, 's, S> {
    /// The meaning of the members of a space.
    pub(super) fn new(sets: &'m mut S, overriders: &'m Overriders) -> Self {
        Meaning { sets, overriders, covers: HashMap::new(), applied: HashMap::new(), whole: HashMap::new() }
    }

    /// All rules.
    pub(super) fn rules(&self) -> &'s Rules<'s> {
        self.sets.space().rules
    }

    /// A rule.
    pub(super) fn at(&self, at: At) -> &'s Part<'s> {
        self.rules().at(at)
    }

    /// Where a part of a rule covers.
    pub(super) fn cover(&mut self, at: At, which: &Which) -> Result<S::Set, TooMany> {
        let key = (at, which.clone());
        if let Some(known) = self.covers.get(&key) {
            return Ok(known.clone());
        }
        let tree = self.sets.space().tree(at, which, None)?;
        let set = self.sets.of(&tree)?;
        self.covers.insert(key, set.clone());
        Ok(set)
    }

    /// Where a part of a rule applies: where it covers, and no rule that overrides it applies.
    pub(super) fn applied(&mut self, at: At, which: &Which) -> Result<S::Set, TooMany> {
        let key = (at, which.clone());
        if let Some(known) = self.applied.get(&key) {
            return Ok(known.clone());
        }
        let mut set = self.cover(at, which)?;
        let overriders = self.overriders;
        for &winner in &overriders[at as usize] {
            if self.sets.is_empty(&set) {
                break;
            }
            let beats = self.applied_whole(winner)?;
            set = self.sets.minus(&set, &beats)?;
        }
        self.applied.insert(key, set.clone());
        Ok(set)
    }

    /// Where any norm of a rule applies.
    pub(super) fn applied_whole(&mut self, at: At) -> Result<S::Set, TooMany> {
        if let Some(known) = self.whole.get(&at) {
            return Ok(known.clone());
        }
        let mut all = self.sets.none();
        for &norm in self.at(at).norms() {
            let applied = self.applied(at, &Which::Norm(norm))?;
            all = self.sets.or(&all, &applied)?;
        }
        self.whole.insert(at, all.clone());
        Ok(all)
    }

    /// Where any norm of a rule covers.
    pub(super) fn cover_whole(&mut self, at: At) -> Result<S::Set, TooMany> {
        let mut all = self.sets.none();
        for &norm in self.at(at).norms() {
            let cover = self.cover(at, &Which::Norm(norm))?;
            all = self.sets.or(&all, &cover)?;
        }
        Ok(all)
    }

    /// Whether two sets have something in common.
    pub(super) fn meet(&mut self, a: &S::Set, b: &S::Set) -> Result<bool, TooMany> {
        let both = self.sets.and(a, b)?;
        Ok(!self.sets.is_empty(&both))
    }

    /// Whether all of one set is in another.
    pub(super) fn within(&mut self, inner: &S::Set, outer: &S::Set) -> Result<bool, TooMany> {
        let rest = self.sets.minus(inner, outer)?;
        Ok(self.sets.is_empty(&rest))
    }
}
