//! What the command line asks to compare: which of its words are revisions, which are folders and files.

use std::path::{Path, PathBuf};

use super::super::super::failure::Failure;
use super::super::super::paths::shown;
use super::super::super::revision::{Repository, State};
use super::Comparison;

/// One side, named and not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spec {
    /// A state of the repository.
    State(State),
    /// The files of its working tree.
    Files,
    /// A folder or file anywhere.
    Disk(PathBuf),
}

/// What is to be compared.
#[derive(Debug)]
pub(super) struct Asked {
    /// The repository, where it is asked.
    pub repository: Option<Repository>,
    pub old: Spec,
    pub new: Spec,
    /// The folders and files that it is about; none for the current folder.
    pub paths: Vec<PathBuf>,
    pub warnings: Vec<Failure>,
}

/// What one of two words before `--` means.
enum Word {
    Revision(State),
    Path(PathBuf),
}

const PATHS: &str = "folders and files that it is about stand after `--`: `clausal diff v3.0 -- policies/a.policy`";

impl Asked {
    /// What the words ask for.
    pub fn of(asked: Comparison<'_>, base: &Path) -> Result<Self, Failure> {
        match asked.between {
            [] => Asked::from_head(asked, base),
            [one] => Asked::from_one(one, asked, base),
            [old, new] => Asked::from_two(old, new, asked, base),
            [..] => Err(Failure::new("two states can be compared, not more").help(PATHS)),
        }
    }

    fn from_head(asked: Comparison<'_>, base: &Path) -> Result<Self, Failure> {
        let repository = Repository::here(base)?;
        repository.files()?;
        let (old, new) = match asked.staged {
            true => (repository.head()?, Spec::State(State::Staged)),
            false => (State::Commit(repository.commit("HEAD")?), Spec::Files),
        };
        Ok(Asked::within(repository, Spec::State(old), new, asked, None))
    }

    fn from_one(word: &Path, asked: Comparison<'_>, base: &Path) -> Result<Self, Failure> {
        let told = shown(word, base);
        let alone = || {
            let what = if word.is_dir() { "a folder" } else { "a file" };
            Failure::new(format!("`{told}` is {what}, and one alone cannot be compared")).help(format!(
                "`clausal diff -- {told}` compares it with what was committed last, `clausal diff OLD {told}` with another"
            ))
        };
        if is_plainly_a_path(word) {
            return Err(if word.exists() { alone() } else { no_such(&told) });
        }
        let Some(name) = word.to_str() else { return Err(no_such(&told)) };
        let repository = match Repository::here(base) {
            Err(_) if word.exists() => return Err(alone()),
            repository => repository?,
        };
        if let Some((old, new, warning)) = range(&repository, name)? {
            if asked.staged {
                return Err(Failure::new(format!("`{name}` names both sides, and `--staged` is one of its own"))
                    .help("leave one of them out"));
            }
            return Ok(Asked::within(repository, Spec::State(old), Spec::State(new), asked, warning));
        }
        let Some(commit) = repository.find(name)? else {
            return Err(match word.exists() {
                true => alone(),
                false => repository.commit(name).err().unwrap_or_else(|| no_such(&told)),
            });
        };
        repository.files()?;
        let warning = repository.doubt(name);
        let new = if asked.staged { Spec::State(State::Staged) } else { Spec::Files };
        Ok(Asked::within(repository, Spec::State(State::Commit(commit)), new, asked, warning))
    }

    fn from_two(old: &Path, new: &Path, asked: Comparison<'_>, base: &Path) -> Result<Self, Failure> {
        if asked.staged {
            return Err(Failure::new("`--staged` is one of two sides, and two others are named")
                .help("name one revision, or none for what was committed last"));
        }
        let on_disk = |old: PathBuf, new: PathBuf| Asked {
            repository: None,
            old: Spec::Disk(old),
            new: Spec::Disk(new),
            paths: asked.paths.to_vec(),
            warnings: Vec::new(),
        };
        let repository = match Repository::here(base) {
            Ok(repository) => repository,
            // Folders and files need no repository, and no git.
            Err(_) if old.exists() && new.exists() => return Ok(on_disk(old.to_owned(), new.to_owned())),
            Err(_) if is_plainly_a_path(old) && is_plainly_a_path(new) => {
                let missing = if old.exists() { new } else { old };
                return Err(no_such(&shown(missing, base)));
            }
            Err(failure) => return Err(failure),
        };
        let mut warnings = Vec::new();
        let before = word(old, &repository, asked, base, &mut warnings)?;
        let after = word(new, &repository, asked, base, &mut warnings)?;
        let mut found = match (before, after) {
            (Word::Path(old), Word::Path(new)) => on_disk(old, new),
            (Word::Revision(old), Word::Revision(new)) => {
                Asked::within(repository, Spec::State(old), Spec::State(new), asked, None)
            }
            (Word::Revision(old), Word::Path(new)) => {
                let (new, paths) = among_files(new, &repository, asked, base)?;
                Asked { paths, ..Asked::within(repository, Spec::State(old), new, asked, None) }
            }
            (Word::Path(old), Word::Revision(new)) => {
                let (old, paths) = among_files(old, &repository, asked, base)?;
                Asked { paths, ..Asked::within(repository, old, Spec::State(new), asked, None) }
            }
        };
        found.warnings = warnings;
        Ok(found)
    }

    fn within(repository: Repository, old: Spec, new: Spec, asked: Comparison<'_>, warning: Option<Failure>) -> Self {
        let warnings = warning.into_iter().collect();
        Asked { repository: Some(repository), old, new, paths: asked.paths.to_vec(), warnings }
    }
}

/// A path that is compared with a revision: files of the working tree where it lies there, and then it says which folder or
/// file of the revision is meant.
fn among_files(
    path: PathBuf,
    repository: &Repository,
    asked: Comparison<'_>,
    base: &Path,
) -> Result<(Spec, Vec<PathBuf>), Failure> {
    if repository.files().is_err() || repository.locate(&path).is_err() {
        return Ok((Spec::Disk(path), asked.paths.to_vec()));
    }
    if !asked.paths.is_empty() {
        return Err(Failure::new(format!("`{}` is compared, so nothing can follow `--`", shown(&path, base)))
            .help("name the revision alone, and folders and files after `--`"));
    }
    Ok((Spec::Files, vec![path]))
}

/// What one of two words means.
fn word(
    word: &Path,
    repository: &Repository,
    asked: Comparison<'_>,
    base: &Path,
    warnings: &mut Vec<Failure>,
) -> Result<Word, Failure> {
    let told = shown(word, base);
    let exists = word.exists();
    if is_plainly_a_path(word) {
        return if exists { Ok(Word::Path(word.to_owned())) } else { Err(no_such(&told)) };
    }
    let Some(name) = word.to_str() else {
        return if exists { Ok(Word::Path(word.to_owned())) } else { Err(no_such(&told)) };
    };
    match repository.find(name)? {
        // Where paths follow `--`, what stands before it is none.
        Some(_) if exists && asked.paths.is_empty() => {
            let what = if word.is_dir() { "folder" } else { "file" };
            Err(Failure::new(format!("`{name}` is a revision, and a {what} too")).help(format!(
                "write `./{name}` for the {what}, or the revision's full name: `heads/{name}`, `tags/{name}`"
            )))
        }
        Some(commit) => {
            warnings.extend(repository.doubt(name));
            Ok(Word::Revision(State::Commit(commit)))
        }
        None if exists => Ok(Word::Path(word.to_owned())),
        None if name.contains("..") || name.ends_with("^!") => {
            Err(Failure::new(format!("`{name}` names two sides, and another is named besides")).help(PATHS))
        }
        None => {
            let failure = repository.commit(name).err().unwrap_or_else(|| no_such(&told));
            Err(Failure { message: format!("{}, and no such file or folder here", failure.message), ..failure })
        }
    }
}

/// The two sides that one word names, and a word about the choice of the first: `A..B`, `A...B`, `A^!`.
fn range(repository: &Repository, word: &str) -> Result<Option<(State, State, Option<Failure>)>, Failure> {
    let side = |name: &str| repository.commit(if name.is_empty() { "HEAD" } else { name });
    if let Some(name) = word.strip_suffix("^!") {
        let commit = side(name)?;
        return Ok(Some((repository.before(&commit)?, State::Commit(commit), None)));
    }
    let Some((old, new)) = word.split_once("..") else { return Ok(None) };
    let Some(new) = new.strip_prefix('.') else {
        let (old, new) = (side(old)?, side(new)?);
        let warning = repository.doubt(&old.name).or_else(|| repository.doubt(&new.name));
        return Ok(Some((State::Commit(old), State::Commit(new), warning)));
    };
    let (ours, theirs) = (side(old)?, side(new)?);
    let (common, warning) = repository.common(&ours, &theirs)?;
    Ok(Some((State::Commit(common), State::Commit(theirs), warning)))
}

/// Whether a word is written so that it can be no revision.
fn is_plainly_a_path(word: &Path) -> bool {
    let bytes = word.as_os_str().as_encoded_bytes();
    word.is_absolute() || word.starts_with(".") || word.starts_with("..") || matches!(bytes.last(), Some(b'/' | b'\\'))
}

fn no_such(told: &str) -> Failure {
    Failure::new(format!("`{told}` cannot be read: there is no such file or folder"))
}
