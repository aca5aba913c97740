//! What is wrong in the sources, as plain data: findings with their places and their fixes.
//!
//! This module knows no renderer, no severity table and no check: a stage that finds something names its check, and
//! severities are given out later, from the table of checks and the author's settings.

pub mod edit;
pub mod export;
pub mod schema;
pub mod witness;

use crate::source::Span;
use witness::Witness;

/// How much a finding weighs; the order is the order of importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// Probably a mistake; the sources still mean something definite.
    Warning,
    /// A mistake: nothing is published while it stands.
    Error,
}

/// One thing found wrong, at one or more places.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Name of the check that found it, as `clausal explain` takes it.
    pub check: &'static str,
    /// Its weight; set from the check's default and the settings when all findings are gathered.
    pub severity: Severity,
    /// What is wrong, in the author's words: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The places involved, the one to be mended first.
    pub labels: Vec<Label>,
    /// Edits that would mend it.
    pub fixes: Vec<Fix>,
    /// Keys of the rules involved, in the order the JSON contract gives.
    pub rules: Vec<String>,
    /// Keys of the blocks and policies the finding is about, besides the blocks its places lie in: what `accept … with`
    /// is matched against.
    pub about: Vec<String>,
    /// Between two rules of one policy that disagree: how what the first covers lies against what the second does
    /// (`equal`, `narrower`, `wider`, `crossing`).
    pub relation: Option<&'static str>,
    /// A situation in which it shows.
    pub witness: Option<Box<Witness>>,
    /// The decision to live with it, where an author has made one.
    pub accepted: Option<Acceptance>,
}

/// A place with a few words about it; the words may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there, in a few words.
    pub text: String,
}

/// A way to mend a finding by machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an instruction: "write `staff`".
    pub title: String,
    /// Whether only an author can choose it, since it settles which of two rules gives way: it is shown as an edit, and
    /// never made by `--fix`.
    pub choice: bool,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// The text at `span` replaced by `text`; an empty span inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// The decision to live with a finding: an `accept` of the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The reason given.
    pub because: String,
    /// Label of the party who decided.
    pub by: Option<String>,
    /// The last day it holds, as written.
    pub until: Option<String>,
    /// Where the decision stands.
    pub span: Span,
}

impl Finding {
    /// A finding of `check` at `span`; its severity is a note until severities are given out.
    pub fn new(check: &'static str, span: Span, message: impl Into<String>) -> Self {
        Finding {
            check,
            severity: Severity::Note,
            message: message.into(),
            help: None,
            labels: vec![Label { span, text: String::new() }],
            fixes: Vec::new(),
            rules: Vec::new(),
            about: Vec::new(),
            relation: None,
            witness: None,
            accepted: None,
        }
    }

    /// The same with a remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with words at its first place.
    pub fn labelled(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// The same with a further place.
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The same with a fix of one edit.
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fixes.push(Fix { title: title.into(), choice: false, edits: vec![Edit { span, text: text.into() }] });
        self
    }

    /// The same with edits of which an author has to choose: they settle which of two rules gives way.
    pub fn choice(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix { title: title.into(), choice: true, edits });
        self
    }

    /// The same with the key of a rule it is about.
    pub fn rule(mut self, key: impl Into<String>) -> Self {
        self.rules.push(key.into());
        self
    }

    /// The same with the key of a block or policy it is about.
    pub fn about(mut self, key: impl Into<String>) -> Self {
        self.about.push(key.into());
        self
    }

    /// Takes in another that tells the same of another place: its places stand behind these, and one fix mends all.
    pub fn take_in(&mut self, other: Finding) {
        let mut more = other.labels.into_iter();
        let same = more.next().map(|label| Label { span: label.span, text: "and here".to_owned() });
        self.labels.extend(same);
        let known: Vec<Label> = more.filter(|label| !self.labels.contains(label)).collect();
        self.labels.extend(known);
        for (fix, further) in self.fixes.iter_mut().zip(other.fixes) {
            fix.edits.extend(further.edits);
        }
        self.rules.extend(other.rules);
        self.about.extend(other.about);
    }

    /// The first place; every finding has one.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

/// What is known of a check besides how it works: what reports and `explain` show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInfo {
    /// Its name, which states the defect: `review-overdue`.
    pub name: &'static str,
    /// What it points out, for readers who have never seen a check: words that go on after a colon.
    pub point: &'static str,
    /// The family it belongs to.
    pub family: Family,
    /// What its findings weigh unless the settings say otherwise; `None` is a check that is off by default.
    pub severity: Option<Severity>,
    /// Its page in Markdown: a title line `# name`, one sentence that says what is wrong, the reason, a wrong example and
    /// a right one.
    pub page: &'static str,
}

/// The families of checks, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Text that cannot be read.
    Syntax,
    /// Words, ids and references.
    Names,
    /// Parts of a rule that do not fit together.
    Types,
    /// Rules that contradict each other or say nothing.
    Norms,
    /// Prose against its rules.
    Prose,
    /// What some readers could not perceive or find.
    Accessibility,
    /// Headers, dates and reviews.
    Governance,
    /// What changed since a base: versions, histories, ids that got lost.
    Versions,
    /// Decisions to live with a finding.
    Accepts,
}

impl CheckInfo {
    /// The first paragraph of the page below its title: what is wrong, in a sentence.
    pub fn summary(&self) -> &'static str {
        let body = self.page.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
        body.split("\n\n").next().unwrap_or("").trim()
    }
}

impl Family {
    /// The family's name as listed.
    pub fn name(self) -> &'static str {
        match self {
            Family::Syntax => "syntax",
            Family::Names => "names",
            Family::Types => "types",
            Family::Norms => "norms",
            Family::Prose => "prose",
            Family::Accessibility => "accessibility",
            Family::Governance => "governance",
            Family::Versions => "versions",
            Family::Accepts => "accepts",
        }
    }
}
