//! One rule by itself, and with what overrides it: whether it covers and applies anywhere, and which of its exceptions take
//! nothing out.

use super::meaning::{Meaning, Overriders};
use super::rules::At;
use super::sets::{Query, Sets, TooMany};
use super::space::Which;

/// What one rule covers.
pub(super) struct Single {
    /// The rule.
    pub(super) at: At,
}

/// What is known of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alone {
    /// Whether it covers nothing.
    pub(super) covers_nothing: bool,
    /// The places of its exceptions that take nothing out.
    pub(super) idle: Vec<u32>,
}

impl Query for Single {
    type Answer = Alone;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<Alone, TooMany> {
        let space = sets.space();
        let part = space.rules.at(self.at);
        let mut covers_nothing = true;
        for &norm in part.norms() {
            let cover = sets.of(&space.tree(self.at, &Which::Norm(norm), None)?)?;
            covers_nothing &= sets.is_empty(&cover);
        }
        let mut idle = Vec::new();
        if !covers_nothing {
            for place in 0..part.rule.unless.len() {
                let exception = sets.of(&space.exception(self.at, place)?)?;
                let mut takes_out = false;
                for &norm in part.norms() {
                    let without = sets.of(&space.tree(self.at, &Which::Norm(norm), Some(place))?)?;
                    let taken = sets.and(&without, &exception)?;
                    takes_out |= !sets.is_empty(&taken);
                }
                if !takes_out {
                    idle.push(place as u32);
                }
            }
        }
        Ok(Alone { covers_nothing, idle })
    }
}

/// Whether two rules cover a common situation.
pub(super) struct Meet {
    /// One.
    pub(super) one: At,
    /// The other.
    pub(super) other: At,
}

impl Query for Meet {
    type Answer = bool;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<bool, TooMany> {
        let none = Overriders::new();
        let mut meaning = Meaning::new(sets, &none);
        let (one, other) = (meaning.cover_whole(self.one)?, meaning.cover_whole(self.other)?);
        meaning.meet(&one, &other)
    }
}

/// What becomes of rules that are overridden.
pub(super) struct Overridden<'q> {
    /// What overrides what.
    pub(super) overriders: &'q Overriders,
    /// The rules, which cover something.
    pub(super) rules: &'q [At],
}

/// What becomes of one rule that is overridden.
pub(super) struct Fate {
    /// The rule.
    pub(super) at: At,
    /// Whether it applies anywhere.
    pub(super) applies: bool,
    /// The rules overriding it that apply somewhere it covers.
    pub(super) beaten_by: Vec<At>,
}

impl Query for Overridden<'_> {
    type Answer = Vec<Fate>;

    fn ask<'s, S: Sets<'s>>(&self, sets: &mut S) -> Result<Vec<Fate>, TooMany> {
        let mut meaning = Meaning::new(sets, self.overriders);
        let mut fates = Vec::with_capacity(self.rules.len());
        for &at in self.rules {
            let cover = meaning.cover_whole(at)?;
            let applied = meaning.applied_whole(at)?;
            let mut beaten_by = Vec::new();
            for &winner in &self.overriders[at as usize] {
                let beats = meaning.applied_whole(winner)?;
                if meaning.meet(&cover, &beats)? {
                    beaten_by.push(winner);
                }
            }
            fates.push(Fate { at, applies: !meaning.sets.is_empty(&applied), beaten_by });
        }
        Ok(fates)
    }
}
