//! What a change of rules does, as `docs/changes.md` defines it: whether more is asked of people after it or less, by the sets
//! of situations that rules cover before and after, each with a situation in which it shows.
//!
//! Two collections are joined into one ([`Joined`]); what stands for one clause before and after is a [`Pair`], and [`compare`]
//! says of each pair what changed. It is exact within its limits, as the analysis is, and knows the model alone.

mod demands;
mod duties;
mod joined;
mod run;
mod same;
mod terms;
mod vocabulary;

pub use joined::Joined;
pub use run::compare;

use super::answer::Witness;
use crate::model::RuleId;

/// Before the change or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Before.
    Old,
    /// After.
    New,
}

/// What stands for one clause before and after: rules of their own collections. Either list may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The rules before.
    pub old: Vec<RuleId>,
    /// The rules after.
    pub new: Vec<RuleId>,
}

/// Whether more is asked of people, or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// More is asked, or a freedom is gone.
    Tightened,
    /// Less is asked, or there is a freedom more.
    Relaxed,
}

/// What of a demand changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// What must not be done.
    Ban,
    /// What should not be done.
    AdviceAgainst,
    /// What must be done.
    Duty,
    /// What should be done.
    Advice,
    /// How a duty or advice can be fulfilled, where it is in force before and after.
    Ways,
    /// What may be done.
    Permission,
    /// What need not be done.
    Release,
    /// By when a duty is to be done.
    Deadline,
    /// How often something is to be done.
    Recurrence,
    /// From when or until when something holds.
    Limit,
    /// What follows a breach.
    Consequence,
}

/// One thing that a change of rules does.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Which way it goes.
    pub direction: Direction,
    /// What it is about.
    pub aspect: Aspect,
    /// The rules of the pair that speak in the witness, before; in rule order.
    pub old: Vec<RuleId>,
    /// The same after.
    pub new: Vec<RuleId>,
    /// Rules outside the pair that say the same in the witness on the side where the pair does not, so that on the whole
    /// nothing changes there. Only where that is so in every situation in which the pair changed.
    pub elsewhere: Vec<(Side, RuleId)>,
    /// The first situation, with one way: in words and facts of the joined collection, and with its rules.
    pub witness: Witness,
}

/// What the change of one pair does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// Everything it does, one entry for each aspect and direction, in their order: aspects, then directions.
    pub shifts: Vec<Shift>,
    /// Whether there may be more: a limit stopped the comparison, or what one of the rules means is not known.
    pub undecided: bool,
}

/// An effect in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing is asked that was not asked before, and nothing is no longer.
    Unchanged,
    /// More is asked.
    Tightened,
    /// Less is asked.
    Relaxed,
    /// More is asked in one situation or respect, less in another.
    Both,
}

impl Effect {
    /// The effect in one word, as far as it is known.
    pub fn verdict(&self) -> Verdict {
        let goes = |direction| self.shifts.iter().any(|shift| shift.direction == direction);
        match (goes(Direction::Tightened), goes(Direction::Relaxed)) {
            (false, false) => Verdict::Unchanged,
            (true, false) => Verdict::Tightened,
            (false, true) => Verdict::Relaxed,
            (true, true) => Verdict::Both,
        }
    }
}

impl Side {
    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Old => Side::New,
            Side::New => Side::Old,
        }
    }
}

impl Direction {
    /// Both.
    pub const ALL: [Direction; 2] = [Direction::Tightened, Direction::Relaxed];

    /// As it is exported: `tightened`.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Tightened => "tightened",
            Direction::Relaxed => "relaxed",
        }
    }

    /// The side that says what the other does not: of demands the new one where more is asked, of freedoms the old one.
    fn gaining(self, freedom: bool) -> Side {
        match (self == Direction::Tightened) == freedom {
            true => Side::Old,
            false => Side::New,
        }
    }
}

impl Aspect {
    /// All of them, in order.
    pub const ALL: [Aspect; 11] = [
        Aspect::Ban,
        Aspect::AdviceAgainst,
        Aspect::Duty,
        Aspect::Advice,
        Aspect::Ways,
        Aspect::Permission,
        Aspect::Release,
        Aspect::Deadline,
        Aspect::Recurrence,
        Aspect::Limit,
        Aspect::Consequence,
    ];

    /// As it is exported: `advice-against`.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Ban => "ban",
            Aspect::AdviceAgainst => "advice-against",
            Aspect::Duty => "duty",
            Aspect::Advice => "advice",
            Aspect::Ways => "ways",
            Aspect::Permission => "permission",
            Aspect::Release => "release",
            Aspect::Deadline => "deadline",
            Aspect::Recurrence => "recurrence",
            Aspect::Limit => "limit",
            Aspect::Consequence => "consequence",
        }
    }

    /// Whether it is about what is asked beside the act.
    fn is_term(self) -> bool {
        matches!(self, Aspect::Deadline | Aspect::Recurrence | Aspect::Limit | Aspect::Consequence)
    }
}

impl Verdict {
    /// As it is exported: `unchanged`.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Unchanged => "unchanged",
            Verdict::Tightened => "tightened",
            Verdict::Relaxed => "relaxed",
            Verdict::Both => "both",
        }
    }
}
