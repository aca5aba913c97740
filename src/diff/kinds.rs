//! What can happen to things: the words that every report shares with the export, where they are part of the contract.

use schemars::JsonSchema;
use serde::Serialize;

/// What became of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is no longer in force: its status says so.
    Withdrawn,
    /// It was withdrawn and is in force again.
    Reinstated,
    /// It changed.
    Changed,
}

/// What can happen to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is gone, and its id is kept as withdrawn.
    Withdrawn,
    /// It stands elsewhere: below another block, or in another order.
    Moved,
    /// Its number is another.
    Renumbered,
    /// Its id is another.
    Renamed,
    /// Its heading is another.
    Retitled,
    /// Its words are others.
    Reworded,
    /// Its rules are written otherwise, whether or not they mean something else.
    RulesRewritten,
    /// What it asks of people is something else.
    Meaning,
}

/// What a clause asks of people, compared with before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The same.
    Unchanged,
    /// More, or it permits less.
    Tightened,
    /// Less, or it permits more.
    Relaxed,
    /// More in one situation, less in another.
    Both,
    /// It could not be said.
    Undecided,
}

/// The way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "DiffDirection")]
pub enum Direction {
    /// More is asked, or less permitted.
    Tightened,
    /// Less is asked, or more permitted.
    Relaxed,
}

/// What happened to a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Is {
    /// It stands on both sides.
    Same,
    /// It went.
    Removed,
    /// It came.
    Added,
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The words changed and the rules did not.
    WordsWithoutRules,
    /// The rules changed and the words did not.
    RulesWithoutWords,
    /// Binding words changed that no rule says the meaning of.
    NoRule,
    /// Nothing of the clause changed, but the vocabulary did, and with it what the rules mean.
    ThroughWords,
    /// Nothing of the clause changed, but a rule elsewhere that overrides its rules.
    ThroughOverrides,
    /// It could not be said what the change does.
    Undecided,
    /// An id is gone without `withdrawn` or `was`.
    LostId,
    /// A rule came from another clause or went to one.
    RuleMoved,
}

/// What happened to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordFate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It changed.
    Changed,
}
