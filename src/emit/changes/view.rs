//! What has changed between two collections as every format shows it: the types of the format `clausal-diff`.
//!
//! Plain data, all of it told already: a page, a comment in a review and a program read the same values. How the changes
//! are found is no concern of this module; field names, their order and what is optional are the contract's.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::export::{Finding, Position};
use crate::diagnostic::witness::Witness;
use crate::emit::view::Generator;

pub use crate::diff::{Change, Direction, Fate, Is, Topic, Verdict, WordFate};

/// The version of the format. Its first number rises when old readers break, its second when optional fields are added.
pub const VERSION: &str = "1.0.0";

/// The root of the format `clausal-diff`: what changed between two collections, and what that does.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "What changed between two collections compiled by Clausal")]
pub struct Changes {
    /// The schema this document follows.
    #[serde(rename = "$schema")]
    #[schemars(extend("const" = crate::emit::schema::DIFF_URN))]
    pub schema: &'static str,
    /// Name of the format.
    #[schemars(extend("const" = "clausal-diff"))]
    pub format: &'static str,
    /// Version of the format: old readers break when its first number changes, optional fields are added when its second
    /// does.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    pub format_version: &'static str,
    /// The program that wrote this.
    pub generator: Generator,
    /// What is compared: before.
    pub old: Side,
    /// What is compared: after.
    pub new: Side,
    /// How much has changed.
    pub summary: Summary,
    /// What changes for whom on the whole: every effect of every policy that nothing elsewhere makes up for, by the parties
    /// it is for, in vocabulary order.
    pub parties: Vec<Party>,
    /// The policies that changed, in path order, those that are gone after those that are there.
    pub policies: Vec<Policy>,
    /// The words and facts of the vocabulary that changed.
    pub vocabulary: Vec<Word>,
    /// Findings of the new side that the old one has not, but those accepted.
    pub new_findings: Vec<Finding>,
    /// Findings of the old side that the new one has no more, or has accepted.
    pub resolved_findings: Vec<Finding>,
    /// Whether editorial changes were left out.
    pub material_only: bool,
    /// The party that was asked for; then only changes of rules for it, and for what lies above and below it, are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_for: Option<String>,
}

/// One of the two collections.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffSide")]
pub struct Side {
    /// What it was asked for by: a revision, a folder, a file.
    pub name: String,
    /// How many policies it has.
    pub policies: usize,
    /// How many of its findings are errors: what stands around these is compared as far as it can be understood.
    pub errors: usize,
    /// Files that could not be read, or not understood in full, each with what is wrong.
    pub damaged: Vec<Damaged>,
}

/// A file of which not everything could be understood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Damaged {
    /// Its path.
    pub path: String,
    /// What is wrong, in a few words.
    pub message: String,
    /// Where, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Position>,
}

/// How much has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffSummary")]
pub struct Summary {
    /// Policies that are new.
    pub policies_added: usize,
    /// Policies that are gone or withdrawn.
    pub policies_removed: usize,
    /// Other policies with changes.
    pub policies_changed: usize,
    /// Clauses (and sections, annexes, policies by what stands in them themselves) with material changes.
    pub material: usize,
    /// Clauses with editorial changes alone.
    pub editorial: usize,
    /// Of those with material changes, clauses that ask more than before, or permit less.
    pub tightened: usize,
    /// Clauses that ask less than before, or permit more.
    pub relaxed: usize,
    /// Clauses that do both.
    pub both: usize,
    /// Clauses of which it could not be said.
    pub undecided: usize,
}

/// A party with everything that changes for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffParty")]
pub struct Party {
    /// Its id in the vocabulary.
    pub id: String,
    /// Its label, for several: `members of staff`.
    pub label: String,
    /// The changes, those that tighten first: each with the place of its clause in `policies`.
    pub effects: Vec<EffectOf>,
}

/// An effect, by where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectOf {
    /// The policy: a place in `policies`, from 0.
    pub policy: usize,
    /// The clause: a place in its `clauses`, from 0.
    pub clause: usize,
    /// The effect: a place in its `effects`, from 0.
    pub effect: usize,
}

/// A policy with what changed in it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffPolicy")]
pub struct Policy {
    /// Its key: `organisation/policy`.
    pub key: String,
    /// The key it had before, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_key: Option<String>,
    /// Its title.
    pub title: String,
    /// Label of the organisation it speaks for, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Its version before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_version: Option<String>,
    /// Its version now; of a policy that is gone, absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Path of its source now, or before if it is gone.
    pub path: String,
    /// What became of it.
    pub change: Fate,
    /// Whether anything about it is more than editorial.
    pub material: bool,
    /// True where the other side has a file of this name that could not be understood, so that the policy may be there.
    /// Absent otherwise.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unread: bool,
    /// Fields of its header that changed.
    pub fields: Vec<Field>,
    /// What changed in its text: the policy's own first, then its blocks in document order, those that are gone where they
    /// stood.
    pub clauses: Vec<Clause>,
}

/// A field of a policy's header that changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffField")]
pub struct Field {
    /// Its name, as the policy's export has it: `version`, `approved`, `parameter`.
    pub field: &'static str,
    /// What a reader calls it: `Version`.
    pub label: String,
    /// What it said before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What it says now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Whether that is more than editorial.
    pub material: bool,
}

/// What changed in a section, annex or clause, or in a policy itself: its own text and rules, not those of the blocks in it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffClause")]
pub struct Clause {
    /// Its key now, or before if it is gone.
    pub key: String,
    /// The key it had before, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_key: Option<String>,
    /// `policy`, `section`, `annex` or `clause`.
    pub kind: &'static str,
    /// Its number now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its number before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_number: Option<String>,
    /// Its heading now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Its heading before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_heading: Option<String>,
    /// Headings of what it stands in, from the top, each with its number: now, or before if it is gone.
    pub within: Vec<String>,
    /// The same before, where it has moved to stand in something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_within: Option<Vec<String>>,
    /// Everything that happened to it, each once.
    pub changes: Vec<Change>,
    /// Whether any of that is more than editorial.
    pub material: bool,
    /// What it asks of people compared with before; absent where it has no rules on either side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why it went, of one that is withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What changes for people, those that tighten first.
    pub effects: Vec<Effect>,
    /// Texts that changed, in order.
    pub texts: Vec<Text>,
    /// Rules that are written otherwise, in order.
    pub rules: Vec<Rule>,
    /// What a reviewer should look at.
    pub remarks: Vec<Remark>,
    /// Where it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Where it stood before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_source: Option<Source>,
}

/// A place in a file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "DiffSource")]
pub struct Source {
    /// Path of the file, with `/` between its parts.
    pub path: String,
    /// The first character.
    pub start: Position,
}

/// A text that changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffText")]
pub struct Text {
    /// What it is: `prose`, `note`, `definition`, `heading`.
    pub kind: &'static str,
    /// The term, of a definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// Its words, in order: what stayed, what went, what came. Paragraphs end in two line feeds.
    pub words: Vec<Piece>,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "DiffPiece")]
pub struct Piece {
    /// Whether it stayed, went or came.
    pub is: Is,
    /// The words, with the blanks between them.
    pub text: String,
}

/// A rule that is written otherwise, came or went.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffRule")]
pub struct Rule {
    /// Its key now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Its key before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_key: Option<String>,
    /// Its sentence now, with what a breach brings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Its sentence before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The words of both sentences.
    pub words: Vec<Piece>,
}

/// One thing that changes for people.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffEffect")]
pub struct Effect {
    /// The way it goes.
    pub direction: Direction,
    /// What of the rules changed: `ban`, `duty`, `permission`, `deadline` and so on.
    pub aspect: &'static str,
    /// What changes, in one sentence with one situation as an example, beginning in small and with no full stop.
    pub sentence: String,
    /// Ids of the parties it changes something for: those whose rules are written otherwise; where nothing is, and words of
    /// the vocabulary changed, those of the situation.
    pub parties: Vec<String>,
    /// Clauses outside this one that said the same before (of what tightens) or say it still (of what relaxes) in that
    /// situation, so that there on the whole nothing changes. Empty where something does.
    pub elsewhere: Vec<Elsewhere>,
    /// The situation.
    pub witness: Witness,
}

/// A clause that says the same.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Elsewhere {
    /// Key of its rule.
    pub key: String,
    /// Where it stands: `clause 4.2 of the Social Media Policy`.
    pub place: String,
}

/// Something a reviewer should look at.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Remark {
    /// What it is about.
    pub topic: Topic,
    /// The remark, in one sentence.
    pub text: String,
}

/// A word or fact of the vocabulary that changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DiffWord")]
pub struct Word {
    /// `party`, `action`, `fact` and so on.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// `added`, `removed` or `changed`.
    pub change: WordFate,
    /// What changed about it, a sentence each.
    pub details: Vec<String>,
    /// Whether rules mean something else through it.
    pub material: bool,
    /// Keys of the clauses, not written otherwise, whose rules mean something else through it.
    pub affects: Vec<String>,
}
