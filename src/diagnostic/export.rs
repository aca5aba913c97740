//! Findings as other programs read them: the types of the JSON contract, with paths, lines and columns for byte spans.
//!
//! Shared by the findings report and by whatever else exports findings. It must not know a format's root, a file or a
//! renderer; field names, their order and what is optional are the contract's, so nothing here changes without it.

use schemars::JsonSchema;
use serde::Serialize;

use super::witness::Witness;
use super::{Acceptance, Severity};
use crate::source::{self, Sources, Span};

/// The words for how two sets lie against each other.
pub const RELATIONS: [&str; 4] = ["equal", "narrower", "wider", "crossing"];

/// One thing found wrong, at one or more places.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Name of the check that found it.
    pub check: String,
    /// Its weight.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Keys of the rules involved.
    pub rules: Vec<String>,
    /// Between two rules of one policy that disagree: how what the first of `rules` covers lies against what the second
    /// does. It is the same, lies within it, holds it, or each has something the other has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = RELATIONS))]
    pub relation: Option<&'static str>,
    /// The places involved, the one to be mended first.
    pub locations: Vec<Location>,
    /// A situation in which it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Box<Witness>>,
    /// Edits that would mend it.
    pub fixes: Vec<Fix>,
    /// The decision to live with it; such a finding is not counted by its severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Path of the file, with `/` between its parts.
    pub path: String,
    /// Its first character.
    pub start: Position,
    /// The character after its last; the same as `start` where the place lies between two characters.
    pub end: Position,
    /// What is to be seen there, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A line and a column, both counted from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Column, from 1.
    #[schemars(range(min = 1))]
    pub column: u32,
}

/// A way to mend a finding by machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// What the fix does, as an instruction.
    pub title: String,
    /// True where only an author can choose it, since it settles which of two rules gives way; no program makes such a
    /// fix unasked. Absent otherwise.
    #[serde(skip_serializing_if = "is_false")]
    pub choice: bool,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// The text from `start` to `end` replaced by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// Path of the file, with `/` between its parts.
    pub path: String,
    /// The first character replaced.
    pub start: Position,
    /// The character after the last one replaced.
    pub end: Position,
    /// What stands there afterwards.
    pub text: String,
}

/// The decision to live with a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Accepted {
    /// The reason given.
    pub because: String,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The last day the decision holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// How many findings there are of each severity. Accepted findings are counted as accepted and nowhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Errors that nobody has accepted.
    pub error: usize,
    /// Warnings that nobody has accepted.
    pub warning: usize,
    /// Notes that nobody has accepted.
    pub note: usize,
    /// Accepted findings of any severity.
    pub accepted: usize,
}

impl Finding {
    /// The finding as exported.
    pub fn new(finding: &super::Finding, sources: &Sources) -> Self {
        Finding {
            check: finding.check.to_owned(),
            severity: finding.severity,
            message: finding.message.clone(),
            help: finding.help.clone(),
            rules: finding.rules.clone(),
            relation: finding.relation,
            locations: finding.labels.iter().map(|label| Location::new(label.span, &label.text, sources)).collect(),
            witness: finding.witness.clone(),
            fixes: finding.fixes.iter().map(|fix| Fix::new(fix, sources)).collect(),
            accepted: finding.accepted.as_ref().map(Accepted::new),
        }
    }
}

impl Location {
    /// The place a span covers; an empty label is left out.
    pub fn new(span: Span, label: &str, sources: &Sources) -> Self {
        let (start, end) = sources.positions(span);
        Location {
            path: sources.file(span.file).name().to_owned(),
            start: start.into(),
            end: end.into(),
            label: (!label.is_empty()).then(|| label.to_owned()),
        }
    }
}

impl Fix {
    fn new(fix: &super::Fix, sources: &Sources) -> Self {
        let edits = fix.edits.iter().map(|edit| Edit::new(edit, sources)).collect();
        Fix { title: fix.title.clone(), choice: fix.choice, edits }
    }
}

impl Edit {
    fn new(edit: &super::Edit, sources: &Sources) -> Self {
        let (start, end) = sources.positions(edit.span);
        let path = sources.file(edit.span.file).name().to_owned();
        Edit { path, start: start.into(), end: end.into(), text: edit.text.clone() }
    }
}

impl Accepted {
    fn new(acceptance: &Acceptance) -> Self {
        Accepted { because: acceptance.because.clone(), by: acceptance.by.clone(), until: acceptance.until.clone() }
    }
}

impl Summary {
    /// The findings, counted.
    pub fn of(findings: &[super::Finding]) -> Self {
        let mut summary = Summary::default();
        for finding in findings {
            let count = match finding.severity {
                _ if finding.accepted.is_some() => &mut summary.accepted,
                Severity::Error => &mut summary.error,
                Severity::Warning => &mut summary.warning,
                Severity::Note => &mut summary.note,
            };
            *count += 1;
        }
        summary
    }
}

impl From<source::Position> for Position {
    fn from(position: source::Position) -> Self {
        Position { line: position.line, column: position.column }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
