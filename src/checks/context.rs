//! What a check is given: the collection and what is known of the run, and one policy with what is read of it once.
//!
//! It keeps what several checks need, so that none does it twice; it finds nothing itself.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::Settings;
use super::prose::reading::{self, PolicyReading};
use crate::diagnostic::{Family, Finding};
use crate::diff::Changes;
use crate::model::{BlockIdx, Collection, Item, Parent, Policy, PolicyId, Prose};
use crate::norms::{self, Analysis, Question};
use crate::source::{FileId, Sources, Span};

/// The whole run.
pub struct Context<'a> {
    /// What the sources mean.
    pub collection: &'a Collection,
    /// The sources.
    pub sources: &'a Sources,
    /// The day dates are judged against; `None` leaves judgements that need one out.
    pub as_of: Option<Date>,
    /// Whether all organisations of the collection are taken as one.
    pub as_one: bool,
    /// Whether every check of norms is off, so that nothing need be analysed.
    without_norms: bool,
    analysis: OnceLock<Analysis>,
    /// Files with text that could not be read.
    damaged: BTreeSet<FileId>,
    /// The places of what was found while reading and may have cost the model a rule, in order.
    lost: Vec<Span>,
    /// The names that were suggested for misspelt ones.
    suggested: BTreeSet<String>,
    base: Option<Base<'a>>,
}

/// What a collection is compared with: as it was before.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    /// What it was asked for by: a revision.
    pub name: &'a str,
    /// What its sources mean.
    pub collection: &'a Collection,
    /// What changed since.
    pub changes: &'a Changes,
}

/// One policy of the run.
pub struct Subject<'a> {
    /// The run.
    pub context: &'a Context<'a>,
    /// Which policy.
    pub id: PolicyId,
    /// The policy.
    pub policy: &'a Policy,
    reading: OnceCell<PolicyReading<'a>>,
}

impl<'a> Context<'a> {
    /// A run over `collection`, in which reading has `found` these.
    pub fn new(collection: &'a Collection, sources: &'a Sources, as_of: Option<Date>, found: &[Finding]) -> Self {
        let unread = found.iter().filter(|finding| finding.check == "syntax");
        let damaged = unread.flat_map(|finding| &finding.labels).map(|label| label.span.file).collect();
        let costly = |check: &str| check == "unknown-name" || family_of(check) == Some(Family::Types);
        let mut lost: Vec<Span> = found.iter().filter(|it| costly(it.check)).map(Finding::span).collect();
        lost.sort_unstable();
        let misspelt =
            found.iter().filter(|finding| finding.check == "unknown-name").flat_map(|finding| &finding.fixes);
        let suggested = misspelt.flat_map(|fix| &fix.edits).map(|edit| edit.text.clone()).collect();
        Context {
            collection,
            sources,
            as_of,
            as_one: false,
            without_norms: false,
            analysis: OnceLock::new(),
            damaged,
            lost,
            suggested,
            base: None,
        }
    }

    /// The same with all organisations taken as one, or not.
    pub fn as_one(mut self, as_one: bool) -> Self {
        self.as_one = as_one;
        self
    }

    /// The same for a run that ends with these settings: what only checks that are off would need is not worked out.
    pub fn weighed_by(mut self, settings: &Settings) -> Self {
        let mut norms = super::ALL.iter().filter(|check| check.info.family == Family::Norms);
        self.without_norms = norms.all(|check| settings.severity(check.info.name).is_none());
        self
    }

    /// The same with an analysis that has been made already.
    pub fn analysed(self, analysis: Analysis) -> Self {
        Context { analysis: OnceLock::from(analysis), ..self }
    }

    /// The same compared with what the collection was before.
    pub fn against(mut self, base: Base<'a>) -> Self {
        self.base = Some(base);
        self
    }

    /// What the collection is compared with, where it is.
    pub fn base(&self) -> Option<&Base<'a>> {
        self.base.as_ref()
    }

    /// What the rules mean together, worked out when it is first asked for; `None` where every check of norms is off.
    pub fn analysis(&self) -> Option<&Analysis> {
        if self.without_norms {
            return None;
        }
        let question = Question { as_one: self.as_one };
        Some(self.analysis.get_or_init(|| norms::analyse(self.collection, question)))
    }

    /// Whether some text of this file could not be read, so that what seems to be missing in it may be there.
    pub fn is_damaged(&self, file: FileId) -> bool {
        self.damaged.contains(&file)
    }

    /// Whether some text of any file could not be read.
    pub fn any_damaged(&self) -> bool {
        !self.damaged.is_empty()
    }

    /// Whether some misspelt name is probably this one.
    pub fn is_suggested(&self, name: &str) -> bool {
        self.suggested.contains(name)
    }

    /// Whether a rule may be missing from the model in this place, for something that reading found there.
    pub fn may_lack_rules(&self, place: Span) -> bool {
        let first = self.lost.partition_point(|span| (span.file, span.start) < (place.file, place.start));
        self.lost.get(first).is_some_and(|span| span.file == place.file && span.start < place.end)
    }
}

fn family_of(check: &str) -> Option<Family> {
    super::find(check).map(|check| check.info.family)
}

impl<'a> Subject<'a> {
    /// A policy of a run.
    pub fn new(context: &'a Context<'a>, id: PolicyId, policy: &'a Policy) -> Self {
        Subject { context, id, policy, reading: OnceCell::new() }
    }

    /// The file the policy stands in.
    pub fn file(&self) -> FileId {
        self.policy.span.file
    }

    /// Whether some text of its file could not be read.
    pub fn is_damaged(&self) -> bool {
        self.context.is_damaged(self.file())
    }

    /// Its binding prose, read for words that bind.
    pub fn reading(&self) -> &PolicyReading<'a> {
        self.reading.get_or_init(|| reading::read_policy(self.policy))
    }

    /// Calls `visit` with every piece of prose, notes and definitions among them, and the block it stands in.
    pub fn each_prose(&self, mut visit: impl FnMut(Parent, &'a Prose)) {
        let parents = std::iter::once(None).chain((0..self.policy.blocks.len()).map(|at| Some(BlockIdx(at as u32))));
        for parent in parents {
            for item in self.policy.items_of(parent) {
                match item {
                    Item::Prose(prose) | Item::Note(prose) => visit(parent, prose),
                    Item::Definition(index) => {
                        if let Some(prose) = &self.policy.definition(*index).prose {
                            visit(parent, prose);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}
