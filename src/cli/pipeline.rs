//! From paths to a collection and its findings: the way that `check` and `build` have in common.
//!
//! It strings the stages of the library together and knows nothing of what they do.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{Levels, Paths};
use super::diff::sides;
use super::failure::{Failure, reason};
use super::files::{self, Reading};
use super::paths::shown;
use super::progress::Progress;
use super::revision::{self, At, Repository, State};
use super::settings::Settings;
use super::severities::Names;
use super::terminal::Terminal;
use crate::checks;
use crate::diagnostic::Finding;
use crate::diff;
use crate::model::Collection;
use crate::report::Totals;
use crate::resolve::resolve;
use crate::source::{SourceFile, Sources, Span};
use crate::syntax::{ast::Ast, parse};

/// Everything that is known of the sources of a run.
pub(super) struct Run {
    /// The folder the program was started in.
    pub base: PathBuf,
    /// The folders of the sources.
    pub roots: Vec<PathBuf>,
    /// The settings of the collection.
    pub settings: Settings,
    /// The texts.
    pub sources: Sources,
    /// What they mean.
    pub collection: Collection,
    /// What is wrong with them, ready to be shown.
    pub findings: Vec<Finding>,
    /// The places of all comments, in order.
    pub comments: Vec<Span>,
    /// Files that could not be read.
    pub unread: Vec<Failure>,
    /// Oddities that stopped nothing.
    pub warnings: Vec<Failure>,
    /// How the sources were checked, so that they can be checked again after an edit.
    pub checker: Checker,
}

/// How sources are checked in this run.
#[derive(Clone)]
pub(super) struct Checker {
    weights: checks::Settings,
    question: Question,
    /// What the sources are compared with.
    base: Option<Arc<sides::Side>>,
    /// Whether all of the sources could be read.
    is_whole: bool,
}

/// What is asked of a run besides how much its findings weigh.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    /// The day dates are judged against; `None` leaves judgements that need one out.
    pub as_of: Option<Date>,
    /// Whether all organisations are taken as one.
    pub as_one: bool,
    /// The revision that the sources are compared with.
    pub against: Option<String>,
}

/// What sources mean, and what is wrong with them.
pub(super) struct Checked {
    /// What they mean.
    pub collection: Collection,
    /// What is wrong with them, ready to be shown.
    pub findings: Vec<Finding>,
    /// The places of all comments, in order.
    pub comments: Vec<Span>,
}

/// Reads the sources below the paths and checks them, for a program that ends when it has told of the run.
pub(super) fn run(
    paths: &Paths,
    levels: &Levels,
    question: Question,
    terminal: &Terminal,
    progress: &Progress,
) -> Result<ManuallyDrop<Run>, Failure> {
    let run = read(paths, levels, question, progress)?;
    for warning in &run.warnings {
        terminal.warn(warning);
    }
    // To hand a large collection back piece by piece would take a tenth of the time, and the system takes it back whole.
    Ok(ManuallyDrop::new(run))
}

/// Reads the sources below the paths and checks them, and tells nobody.
pub(super) fn read(paths: &Paths, levels: &Levels, question: Question, progress: &Progress) -> Result<Run, Failure> {
    let base = here()?;
    let names = Names::new(checks::ALL.iter().map(|check| check.info));
    let (settings, mut warnings) = Settings::read(&paths.paths, &base, &names)?;
    let mut checker = Checker::new(&settings, levels, question, &names)?;
    warnings.extend(checker.read_base(&paths.paths, &base, progress)?);
    let Reading { sources, failures, warnings: odd, roots } = files::read(&paths.paths, &base, progress)?;
    warnings.extend(odd);
    checker.is_whole = failures.is_empty();
    let Checked { collection, findings, comments } = checker.check(&sources, progress);
    warnings.extend(partly_read(paths, &findings, &base));
    let unread = failures;
    Ok(Run { base, roots, settings, sources, collection, findings, comments, unread, warnings, checker })
}

/// Reads the sources below the paths as they are staged for the next commit, and checks them.
pub(super) fn run_staged(
    paths: &Paths,
    levels: &Levels,
    question: Question,
    terminal: &Terminal,
    progress: &Progress,
) -> Result<ManuallyDrop<Run>, Failure> {
    let base = here()?;
    let (repository, at) = staged(&paths.paths, &base, progress)?;
    let names = Names::new(checks::ALL.iter().map(|check| check.info));
    let (settings, odd) = revision::settings(&at, &repository, &names);
    if let Some(failure) = Failure::all(odd) {
        return Err(failure);
    }
    let mut checker = Checker::new(&settings, levels, question, &names)?;
    let odd = checker.read_base(&paths.paths, &base, progress)?;
    let At { sources, failures, mut warnings, .. } = at;
    warnings.extend(odd);
    checker.is_whole = failures.is_empty();
    let Checked { collection, findings, comments } = checker.check(&sources, progress);
    warnings.extend(partly_read(paths, &findings, &base));
    for warning in &warnings {
        terminal.warn(warning);
    }
    let run = Run {
        base,
        roots: repository.files().map(Path::to_owned).into_iter().collect(),
        settings,
        sources,
        collection,
        findings,
        comments,
        unread: failures,
        warnings,
        checker,
    };
    Ok(ManuallyDrop::new(run))
}

/// The sources below the paths as they are staged, of which there must be one.
pub(super) fn staged(paths: &[PathBuf], base: &Path, progress: &Progress) -> Result<(Repository, At), Failure> {
    let repository = Repository::here(base)?;
    repository.files()?;
    let places = paths.iter().map(|path| repository.locate(path)).collect::<Result<Vec<_>, _>>()?;
    let mut at = revision::read(&repository, &State::Staged, &places, progress)?;
    at.failures.extend(at.absent.iter().map(|path| nothing_staged(&repository.shown(path))));
    if at.sources.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| shown(path, base)).collect();
        return Err(Failure::all(at.failures).unwrap_or_else(|| nothing_staged(&places.join("` or `"))));
    }
    Ok((repository, at))
}

fn nothing_staged(place: &str) -> Failure {
    Failure::new(format!("no policy in `{place}` is staged for the next commit"))
        .help("`git add` stages files; without `--staged`, the files themselves are checked")
}

impl Checker {
    /// The way in which sources with these settings are checked.
    pub fn new(settings: &Settings, levels: &Levels, question: Question, names: &Names) -> Result<Self, Failure> {
        let mut weights = checks::Settings::default();
        for (name, severity) in names.severities(&settings.levels, levels)? {
            weights.set(name, severity).map_err(|refused| Failure::new(refused.to_string()))?;
        }
        Ok(Checker { weights, question, base: None, is_whole: true })
    }

    /// Reads what the sources are compared with, if they are; answers with what is odd about it.
    fn read_base(&mut self, paths: &[PathBuf], base: &Path, progress: &Progress) -> Result<Vec<Failure>, Failure> {
        let Some(revision) = &self.question.against else { return Ok(Vec::new()) };
        let (side, warnings) = sides::base(revision, paths, base, progress)?;
        self.base = Some(Arc::new(side));
        Ok(warnings)
    }

    /// The day dates are judged against.
    pub fn as_of(&self) -> Option<Date> {
        self.question.as_of
    }

    /// Checks sources, those of the run or an edited copy of them.
    pub fn check(&self, sources: &Sources, progress: &Progress) -> Checked {
        let Understood { collection, found, comments } = understand(sources, progress);
        progress.stage("checking", 0);
        let Question { as_of, as_one, .. } = self.question;
        let mut context =
            checks::Context::new(&collection, sources, as_of, &found).as_one(as_one).weighed_by(&self.weights);
        let now = damage(&found);
        let changes = self.base.as_ref().map(|base| {
            let before = damage(&base.findings);
            let given = diff::Given { collection: &collection, sources, damage: &now, is_whole: self.is_whole };
            diff::changes(base.given(&before), given, &checks::modality::binds)
        });
        if let (Some(base), Some(changes)) = (&self.base, &changes) {
            let name = self.question.against.as_deref().unwrap_or_default();
            context = context.against(checks::Base { name, collection: &base.collection, changes });
        }
        let mut findings = checks::run(&context);
        findings.extend(found);
        let findings = checks::finish(&context, findings, &self.weights);
        Checked { collection, findings, comments }
    }
}

impl Run {
    /// What the run came to.
    pub fn totals(&self) -> Totals {
        Totals::of(&self.findings, self.collection.policies.len(), self.sources.len())
    }
}

/// The places that could not be understood.
pub(super) fn damage(findings: &[Finding]) -> Vec<Span> {
    findings.iter().filter(|finding| finding.check == "syntax").map(Finding::span).collect()
}

/// A word about names that seem undeclared since only single files of a collection were read.
fn partly_read(paths: &Paths, findings: &[Finding], base: &Path) -> Option<Failure> {
    let is_unknown = |finding: &Finding| matches!(finding.check, "unknown-name" | "unknown-reference");
    let folder = paths.paths.iter().find_map(|path| path.parent())?;
    if paths.paths.iter().any(|path| path.is_dir()) || !findings.iter().any(is_unknown) {
        return None;
    }
    let message = "only the files named were read, and what they lack may be declared in others";
    Some(
        Failure::new(message)
            .help(format!("name their folder, `{}`, to read the whole collection", shown(folder, base))),
    )
}

/// The folder the program was started in.
pub(super) fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::new(format!("the current folder cannot be told: {}", reason(&error))))
}

/// What sources mean, with what was found on the way to it and no check run.
pub(super) fn understood(sources: &Sources, progress: &Progress) -> Checked {
    let Understood { collection, found, comments } = understand(sources, progress);
    Checked { collection, findings: found, comments }
}

/// The meaning of sources, and what was found on the way to it.
struct Understood {
    collection: Collection,
    found: Vec<Finding>,
    comments: Vec<Span>,
}

fn understand(sources: &Sources, progress: &Progress) -> Understood {
    progress.stage("parsing", sources.len());
    let files: Vec<_> = sources.iter().collect();
    let parsed: Vec<_> = files
        .into_par_iter()
        .map(|(id, file): (_, &SourceFile)| {
            let parsed = parse(id, file);
            progress.step();
            parsed
        })
        .collect();
    let (mut found, mut comments) = (Vec::new(), Vec::new());
    let mut trees: Vec<Ast<'_>> = Vec::with_capacity(parsed.len());
    for it in parsed {
        comments.extend_from_slice(&it.ast.comments);
        trees.push(it.ast);
        found.extend(it.findings);
    }
    progress.stage("resolving", 0);
    let (collection, resolved) = resolve(sources, &trees);
    trees.into_par_iter().for_each(drop);
    found.extend(resolved);
    Understood { collection, found, comments }
}
