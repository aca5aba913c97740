//! Edits made in rounds, in memory: chosen, made together, and kept only if the collection is what it was but for what
//! they mend.

use std::collections::BTreeSet;

use super::super::failure::Failure;
use super::super::pipeline::{Checked, Checker, Run};
use super::super::progress::Progress;
use super::kept::{self, Place};
use crate::diagnostic::edit::{Moves, apply, meet};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::model::Collection;
use crate::source::{FileId, Sources, Span};

/// How often the collection is checked before it is enough: no collection comes near to it whose edits are any good.
const MOST_TRIALS: usize = 500;

/// The rounds, and what they have come to.
pub(super) struct Rounds<'n> {
    /// The texts as mended so far.
    pub sources: Sources,
    /// What they mean, and what is wrong with them.
    pub checked: Checked,
    /// What was mended.
    pub mended: Vec<Mended>,
    /// What was not, and why.
    pub left: Vec<Failure>,
    checks: &'n [&'static str],
    checker: Checker,
    /// The findings whose edits are left out, as their places are now.
    refused: Vec<Place>,
    trials: usize,
}

/// A finding that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mended {
    /// Its check.
    pub check: &'static str,
    /// What was done.
    pub title: String,
    /// In which files.
    pub files: BTreeSet<FileId>,
}

/// A finding that is to be mended, with the edits to be made.
#[derive(Clone, Debug)]
pub(super) struct Mending {
    /// The finding.
    pub place: Place,
    title: String,
    /// The edits, with line ends like those of their files.
    pub edits: Vec<Edit>,
    /// Where to look for it.
    at: Span,
}

impl<'n> Rounds<'n> {
    /// Rounds over the sources of a run, for the findings of these checks. The run is left without them.
    pub fn new(run: &mut Run, checks: &'n [&'static str]) -> Self {
        let files = run.sources.iter().map(|(_, file)| file.clone()).collect();
        let checked = Checked {
            collection: std::mem::take(&mut run.collection),
            findings: std::mem::take(&mut run.findings),
            comments: std::mem::take(&mut run.comments),
        };
        Rounds {
            sources: Sources::new(files),
            checked,
            mended: Vec::new(),
            left: Vec::new(),
            checks,
            checker: run.checker.clone(),
            refused: Vec::new(),
            trials: 0,
        }
    }

    /// Makes rounds until there is nothing left to mend.
    pub fn go(&mut self, progress: &Progress) {
        loop {
            let mut some = self.choose();
            if some.is_empty() {
                return;
            }
            // Of edits that cannot all be kept, half are tried: the rest have their turn in a later round.
            while let Err(why) = self.attempt(&some, progress) {
                if let [only] = some.as_slice() {
                    self.leave(only, &why);
                    break;
                }
                some.truncate(some.len() / 2);
            }
            if self.trials >= MOST_TRIALS {
                let message = format!("after {MOST_TRIALS} attempts the rest is left as it is");
                self.left.push(Failure::new(message).help("run it again to go on from here"));
                return;
            }
        }
    }

    /// The edits of the next round: of each finding that has one way to be mended, as long as no two of them meet and no
    /// rule is touched by two.
    fn choose(&self) -> Vec<Mending> {
        let rules = rules(&self.checked.collection);
        let (mut chosen, mut touched, mut taken) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for finding in &self.checked.findings {
            let Some(mending) = self.mending(finding) else { continue };
            let spans = || mending.edits.iter().map(|edit| edit.span);
            let here: Vec<Span> = spans().flat_map(|span| around(&rules, span)).copied().collect();
            if here.iter().any(|rule| touched.contains(rule)) || spans().any(|span| meets_any(&taken, span)) {
                continue;
            }
            touched.extend(here);
            taken.extend(spans().map(|span| (span.file, span.start, span.end)));
            chosen.push(mending);
        }
        chosen
    }

    fn mending(&self, finding: &Finding) -> Option<Mending> {
        if finding.accepted.is_some() || !self.checks.contains(&finding.check) {
            return None;
        }
        let mut fixes = finding.fixes.iter().filter(|fix| !fix.choice && !fix.edits.is_empty());
        let fix: &Fix = fixes.next()?;
        let is_text = |edit: &Edit| self.sources.file(edit.span.file).flaw().is_none();
        if fixes.next().is_some() || !fix.edits.iter().all(is_text) {
            return None;
        }
        let place = Place::of(finding);
        if self.refused.contains(&place) {
            return None;
        }
        let edits = fix.edits.iter().map(|edit| with_line_ends(edit, &self.sources)).collect();
        Some(Mending { place, title: fix.title.clone(), edits, at: finding.span() })
    }

    /// Makes some edits; on failure nothing has changed.
    fn attempt(&mut self, some: &[Mending], progress: &Progress) -> Result<(), String> {
        self.trials += 1;
        let edits: Vec<&Edit> = some.iter().flat_map(|it| &it.edits).collect();
        let mut files = Vec::with_capacity(self.sources.len());
        for (id, file) in self.sources.iter() {
            let here: Vec<&Edit> = edits.iter().copied().filter(|edit| edit.span.file == id).collect();
            files.push(match here.as_slice() {
                [] => file.clone(),
                here => file.with_text(apply(file.text(), here).ok_or("its edits do not fit the text")?),
            });
        }
        let sources = Sources::new(files);
        let checked = self.checker.check(&sources, progress);
        kept::compare((&self.sources, &self.checked), (&sources, &checked), some)?;
        self.mended.extend(some.iter().map(|it| Mended {
            check: it.place.check,
            title: it.title.clone(),
            files: it.edits.iter().map(|edit| edit.span.file).collect(),
        }));
        let moves = Moves::of(&edits);
        self.refused.iter_mut().for_each(|place| place.follow(&moves));
        (self.sources, self.checked) = (sources, checked);
        Ok(())
    }

    fn leave(&mut self, mending: &Mending, why: &str) {
        let file = self.sources.file(mending.at.file);
        let at = file.position(mending.at.start);
        let place = format!("{}:{}:{}", file.path(), at.line, at.column);
        let message = format!("the {} at {place} is left as it is: {why}", mending.place.check);
        self.left.push(Failure::new(message).help("mend it by hand, if it is to be mended"));
        self.refused.push(mending.place.clone());
    }
}

/// The edit with the line ends of its file.
fn with_line_ends(edit: &Edit, sources: &Sources) -> Edit {
    let text = sources.file(edit.span.file).text();
    let first = text.find('\n').and_then(|at| at.checked_sub(1));
    let is_dos = first.is_some_and(|at| text.as_bytes().get(at) == Some(&b'\r'));
    let plain = edit.text.replace("\r\n", "\n");
    Edit { span: edit.span, text: if is_dos { plain.replace('\n', "\r\n") } else { plain } }
}

/// The places of all rules, in order.
fn rules(collection: &Collection) -> Vec<Span> {
    let mut rules: Vec<Span> = collection.rules().map(|(_, rule)| rule.span).collect();
    rules.sort_unstable();
    rules
}

/// The rules that a place lies in or touches; rules do not lie in each other.
fn around(rules: &[Span], place: Span) -> &[Span] {
    let first = rules.partition_point(|rule| (rule.file, rule.end) < (place.file, place.start));
    let rest = rules.get(first..).unwrap_or_default();
    let count = rest.partition_point(|rule| (rule.file, rule.start) <= (place.file, place.end));
    rest.get(..count).unwrap_or_default()
}

/// Whether a place meets one of those taken, none of which meet each other: then only the last few that begin before its
/// end can.
fn meets_any(taken: &BTreeSet<(FileId, u32, u32)>, place: Span) -> bool {
    let before = taken.range(..=(place.file, place.end, u32::MAX)).rev().take(3);
    before.into_iter().any(|&(file, start, end)| meet(place, Span { file, start, end }))
}
