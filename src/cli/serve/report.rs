//! What was found in the sources, told in the page: findings and failures alike, without their sources.

use super::super::failure::Failure;
use super::super::pipeline::Run;
use crate::diagnostic::{Finding, Severity};
use crate::report::Totals;
use crate::source::{Sources, Span};

/// How many of the errors, and how many of the rest, are told; a page of ten thousand findings helps nobody.
const MOST: usize = 50;

/// What was found, ready to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// What keeps the pages from being made.
    pub errors: List,
    /// Warnings and notes.
    pub others: List,
    /// How many of the others are warnings.
    pub warnings: usize,
}

/// The first of some items, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The first of them.
    pub items: Vec<Item>,
    /// How many there are in all.
    pub count: usize,
}

/// One finding or failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Whether it is an error, a warning or a note.
    pub severity: Severity,
    /// The name of the check that found it.
    pub check: Option<&'static str>,
    /// Where: `path:line:column`, where a place is known.
    pub place: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Further places, with a few words each.
    pub further: Vec<(String, String)>,
}

impl Report {
    /// What a run found that nobody has accepted, and what it could not read.
    pub fn of(run: &Run) -> Self {
        let mut report = Report::default();
        for failure in &run.unread {
            report.errors.add(|| Item::of_failure(failure, Severity::Error));
        }
        for finding in run.findings.iter().filter(|finding| finding.accepted.is_none()) {
            let list = if finding.severity == Severity::Error { &mut report.errors } else { &mut report.others };
            list.add(|| Item::of_finding(finding, &run.sources));
        }
        for warning in &run.warnings {
            report.others.add(|| Item::of_failure(warning, Severity::Warning));
        }
        let Totals { warnings, .. } = run.totals();
        report.warnings = warnings + run.warnings.len();
        report
    }

    /// The same with a failure, which kept the pages from being made.
    pub fn and(mut self, failure: &Failure) -> Self {
        for failure in failure.others.iter().chain([failure]) {
            self.errors.add(|| Item::of_failure(failure, Severity::Error));
        }
        self
    }
}

impl List {
    fn add(&mut self, item: impl FnOnce() -> Item) {
        self.count += 1;
        if self.items.len() < MOST {
            self.items.push(item());
        }
    }
}

impl Item {
    fn of_finding(finding: &Finding, sources: &Sources) -> Self {
        let mut labels = finding.labels.iter();
        Item {
            severity: finding.severity,
            check: Some(finding.check),
            place: labels.next().map(|label| place(label.span, sources)),
            message: finding.message.clone(),
            help: finding.help.clone(),
            further: labels.map(|label| (place(label.span, sources), label.text.clone())).collect(),
        }
    }

    fn of_failure(failure: &Failure, severity: Severity) -> Self {
        let Failure { message, help, .. } = failure.clone();
        Item { severity, check: None, place: None, message, help, further: Vec::new() }
    }
}

fn place(span: Span, sources: &Sources) -> String {
    let file = sources.file(span.file);
    let at = file.position(span.start);
    format!("{}:{}:{}", file.path(), at.line, at.column)
}
