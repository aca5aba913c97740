//! The two states that are compared: from what the command line names to two collections, checked.
//!
//! Two folders or files are read as `check` reads them, and git is not asked. Revisions are read from the repository, by the
//! same rules. What one side lacks is no failure – a folder may be new – but it is told.

mod around;
mod asked;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use self::asked::{Asked, Spec};
use super::super::args::Levels;
use super::super::failure::Failure;
use super::super::files::{self, Reading};
use super::super::paths::shown;
use super::super::pipeline::{self, Checked, Checker, Question};
use super::super::progress::Progress;
use super::super::revision::{self, At, Commit, Repository, State};
use super::super::settings::Settings;
use super::super::severities::Names;
use crate::checks;
use crate::diagnostic::Finding;
use crate::model::Collection;
use crate::source::{FileId, Sources, Span};

/// What the command line asks to compare.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Comparison<'a> {
    /// What stands before `--`: none, one or two folders, files, revisions or ranges of them.
    pub between: &'a [PathBuf],
    /// What stands after it: the folders that are the collection, or files of it that alone are told.
    pub paths: &'a [PathBuf],
    /// Whether the newer side is what is staged.
    pub staged: bool,
    /// The day dates are judged against.
    pub as_of: Option<Date>,
}

/// Two states of a collection.
pub(in super::super) struct Sides {
    /// The state before.
    pub old: Side,
    /// The state after.
    pub new: Side,
    /// What is odd, but kept nothing from being read.
    pub warnings: Vec<Failure>,
}

/// One state of a collection.
pub(in super::super) struct Side {
    /// Where it comes from.
    pub origin: Origin,
    /// Its settings.
    pub settings: Settings,
    /// Its texts, told by the paths they have among the files of today.
    pub sources: Sources,
    /// What they mean.
    pub collection: Collection,
    /// What is wrong with them.
    pub findings: Vec<Finding>,
    /// What of it could not be read.
    pub unread: Vec<Failure>,
    /// The files and folders that alone are told of; `None` is all.
    only: Option<Vec<String>>,
}

/// Where a state comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Origin {
    /// A commit, and the day it was made.
    Commit(Commit, Option<Date>),
    /// What is staged for the next commit.
    Staged,
    /// What was before the first commit: nothing. The name it was given.
    Nothing(String),
    /// The files of the working tree.
    Files,
    /// A folder or file, named.
    Path(String),
}

/// A state that was read, but not looked into yet.
struct Texts {
    origin: Origin,
    settings: Settings,
    sources: Sources,
    unread: Vec<Failure>,
    /// Those of the paths that it lacks.
    absent: Vec<String>,
}

/// What reading needs to know.
struct Reader<'r> {
    base: &'r Path,
    names: Names,
    progress: &'r Progress,
    warnings: Vec<Failure>,
}

impl Origin {
    /// What it is called: `v3.0`, `the working tree`, `policies/old`.
    pub fn name(&self) -> String {
        match self {
            Origin::Commit(commit, _) => commit.name.clone(),
            Origin::Staged => "what is staged".to_owned(),
            Origin::Nothing(name) => name.clone(),
            Origin::Files => "the working tree".to_owned(),
            Origin::Path(path) => path.clone(),
        }
    }
}

impl Side {
    /// What changes are looked for in; `damage` are the places of its sources that could not be understood.
    pub fn given<'a>(&'a self, damage: &'a [Span]) -> crate::diff::Given<'a> {
        crate::diff::Given {
            collection: &self.collection,
            sources: &self.sources,
            damage,
            is_whole: self.unread.is_empty(),
        }
    }

    /// Whether some of its files are not told of.
    pub fn is_limited(&self) -> bool {
        self.only.is_some()
    }

    /// Whether what a file holds is told of.
    pub fn tells(&self, file: FileId) -> bool {
        let path = self.sources.file(file).path();
        self.only.as_ref().is_none_or(|only| only.iter().any(|it| holds(it, path)))
    }
}

/// Reads both sides and checks them, both at once.
pub(in super::super) fn read(asked: Comparison<'_>, base: &Path, progress: &Progress) -> Result<Sides, Failure> {
    let Asked { repository, old, new, paths, warnings } = Asked::of(asked, base)?;
    let mut reader = Reader { base, names: Names::new(checks::ALL.iter().map(|check| check.info)), progress, warnings };
    let (roots, only) = match &repository {
        Some(repository) => around::collection(repository, [&new, &old], &paths, base)?,
        None => (Vec::new(), around::told([&old, &new], &paths, base)),
    };
    let before = reader.texts(repository.as_ref(), &old, &new, &roots)?;
    let after = reader.texts(repository.as_ref(), &new, &old, &roots)?;
    reader.lacking(&before, &after)?;
    let question = Question { as_of: asked.as_of, ..Question::default() };
    let (old, new) = rayon::join(
        || reader.check(before, only.clone(), question.clone()),
        || reader.check(after, only.clone(), question.clone()),
    );
    Ok(Sides { old: old?, new: new?, warnings: reader.warnings })
}

/// Reads the collection below `paths` as it was at a revision, without checking it: what `check --against` compares with.
pub(in super::super) fn base(
    revision: &str,
    paths: &[PathBuf],
    base: &Path,
    progress: &Progress,
) -> Result<(Side, Vec<Failure>), Failure> {
    let repository = Repository::here(base)?;
    let commit = repository.commit(revision)?;
    let warnings = repository.doubt(revision).into_iter().collect();
    let names = Names::new(checks::ALL.iter().map(|check| check.info));
    let mut reader = Reader { base, names, progress, warnings };
    // The same paths as now: of a file that is checked by itself, the others are not gone.
    let roots = paths.iter().map(|path| repository.locate(path)).collect::<Result<Vec<_>, _>>()?;
    let texts = reader.state(&repository, &State::Commit(commit), &roots)?;
    reader.tell_lack(&texts, "everything in it counts as new");
    reader.warnings.extend(texts.unread.iter().cloned());
    let Texts { origin, settings, sources, unread, .. } = texts;
    let Checked { collection, findings, .. } = pipeline::understood(&sources, progress);
    Ok((Side { origin, settings, sources, collection, findings, unread, only: None }, reader.warnings))
}

impl Reader<'_> {
    /// The texts of one side.
    fn texts(
        &mut self,
        repository: Option<&Repository>,
        spec: &Spec,
        other: &Spec,
        roots: &[String],
    ) -> Result<Texts, Failure> {
        match (spec, repository) {
            (Spec::State(state), Some(repository)) => self.state(repository, state, roots),
            (Spec::Files, Some(repository)) => {
                let top = repository.files()?;
                let (there, absent): (Vec<&String>, Vec<&String>) =
                    roots.iter().partition(|root| top.join(root).symlink_metadata().is_ok());
                let paths: Vec<PathBuf> = there.into_iter().map(|root| top.join(root)).collect();
                let absent = absent.into_iter().map(|root| named(repository, root)).collect();
                self.files(Origin::Files, &paths, absent)
            }
            (Spec::Disk(path), _) => {
                let other = if let Spec::Disk(other) = other { Some(other.as_path()) } else { None };
                let origin = Origin::Path(shown(path, self.base));
                if path.is_dir() {
                    return self.files(origin, std::slice::from_ref(path), Vec::new());
                }
                files::unusable(std::slice::from_ref(path), self.base).map_or(Ok(()), Err)?;
                let mut paths = vec![path.clone()];
                paths.extend(around::beside(path, other, self.base));
                self.files(origin, &paths, Vec::new())
            }
            (Spec::State(_) | Spec::Files, None) => Err(Failure::new("this folder lies in no git repository")),
        }
    }

    fn files(&mut self, origin: Origin, paths: &[PathBuf], absent: Vec<String>) -> Result<Texts, Failure> {
        let (settings, odd) = Settings::read(paths, self.base, &self.names)?;
        self.warnings.extend(odd);
        let Reading { sources, failures, warnings, .. } = files::read_any(paths, self.base, self.progress);
        self.warnings.extend(warnings);
        Ok(Texts { origin, settings, sources, unread: failures, absent })
    }

    fn state(&mut self, repository: &Repository, state: &State, roots: &[String]) -> Result<Texts, Failure> {
        let at = revision::read(repository, state, roots, self.progress)?;
        let (settings, odd) = revision::settings(&at, repository, &self.names);
        let At { sources, failures, warnings, absent, .. } = at;
        self.warnings.extend(warnings.into_iter().chain(odd));
        let absent = absent.iter().map(|root| named(repository, root)).collect();
        let origin = match state {
            State::Commit(commit) => Origin::Commit(commit.clone(), repository.day(commit)),
            State::Staged => Origin::Staged,
            State::Nothing(name) => Origin::Nothing(name.clone()),
        };
        Ok(Texts { origin, settings, sources, unread: failures, absent })
    }

    /// Makes sure that there is something to compare, and tells what one side lacks.
    fn lacking(&mut self, old: &Texts, new: &Texts) -> Result<(), Failure> {
        let (before, after) = (old.origin.name(), new.origin.name());
        if let Some(path) = old.absent.iter().find(|path| new.absent.contains(path)) {
            return Err(Failure::new(format!("there is no `{path}`, neither in `{before}` nor in `{after}`"))
                .help("after `--`, name folders or files as they are seen from here"));
        }
        if old.sources.is_empty() && new.sources.is_empty() {
            let mut failures: Vec<Failure> = old.unread.iter().chain(&new.unread).cloned().collect();
            failures.push(
                Failure::new(format!("there is no policy to compare, neither in `{before}` nor in `{after}`"))
                    .help("name the folder that holds the policies after `--`, or run the command in it"),
            );
            return Failure::all(failures).map_or(Ok(()), Err);
        }
        self.tell_lack(old, "everything in it is told as new");
        self.tell_lack(new, "everything in it is told as gone");
        Ok(())
    }

    fn tell_lack(&mut self, texts: &Texts, outcome: &str) {
        let name = texts.origin.name();
        if let Origin::Nothing(name) = &texts.origin {
            let message =
                format!("nothing had been committed before the first commit, which is what `{name}` asks for");
            return self.warnings.push(Failure::new(message).help(outcome));
        }
        for path in &texts.absent {
            self.warnings.push(Failure::new(format!("there is no `{path}` in `{name}`")).help(outcome));
        }
        if texts.sources.is_empty() && texts.absent.is_empty() {
            self.warnings.push(Failure::new(format!("there is no policy in `{name}`")).help(outcome));
        }
    }

    fn check(&self, texts: Texts, only: Option<Vec<String>>, question: Question) -> Result<Side, Failure> {
        let Texts { origin, settings, sources, unread, .. } = texts;
        let checker = Checker::new(&settings, &Levels::default(), question, &self.names)?;
        let Checked { collection, findings, .. } = checker.check(&sources, self.progress);
        Ok(Side { origin, settings, sources, collection, findings, unread, only })
    }
}

/// A folder as it is told; the one the program was started in by its name.
fn named(repository: &Repository, path: &str) -> String {
    match repository.shown(path).as_str() {
        "." if !path.is_empty() => path.to_owned(),
        shown => shown.to_owned(),
    }
}

/// Whether a path is this one or lies below it.
fn holds(folder: &str, path: &str) -> bool {
    folder == "." || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
