//! The texts of a collection at a state of the repository, and its settings there.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::failure::Failure;
use super::super::files;
use super::super::progress::Progress;
use super::super::settings::{self, Settings};
use super::super::severities::Names;
use super::blobs::{Blob, Blobs};
use super::tree::{Found, Place, Policy, Tree, Trouble, join};
use super::{Repository, State};
use crate::source::{SourceFile, Sources};

/// What was found at a state of the repository.
#[derive(Debug)]
pub(in super::super) struct At {
    /// The texts, by the paths they have in the working tree.
    pub sources: Sources,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// Oddities that kept nothing from being read.
    pub warnings: Vec<Failure>,
    /// The settings file of the collection, unread, and the folder its paths count from.
    pub settings: Option<(SourceFile, String)>,
    /// Those of the paths that are not there.
    pub absent: Vec<String>,
}

/// Reads every policy file at or below `paths`, which are paths of the repository, as it is at `state`.
pub(in super::super) fn read(
    repository: &Repository,
    state: &State,
    paths: &[String],
    progress: &Progress,
) -> Result<At, Failure> {
    let mut blobs = Blobs::start(repository)?;
    let tree = linked(repository, state, &mut blobs)?;
    let mut found = Found::default();
    let absent: Vec<String> = paths.iter().filter(|path| !tree.find(path, &mut found)).cloned().collect();
    let (mut failures, warnings) = told(repository, state, &found.troubles);
    let policies = once_each(found.policies, repository);
    let settings_file = settings_file(&tree, paths);
    let mut ids: Vec<String> = policies.iter().map(|policy| policy.id.clone()).collect();
    ids.extend(settings_file.iter().map(|(_, _, id)| id.clone()));
    progress.stage("reading", ids.len());
    let mut contents = blobs.read(&ids, || progress.step())?.into_iter();
    let mut files = Vec::new();
    for (policy, blob) in policies.iter().zip(contents.by_ref()) {
        let path = repository.shown(&policy.path);
        let file = match blob {
            Blob::Bytes(bytes) => SourceFile::from_bytes(path, bytes),
            Blob::TooLarge(size) => SourceFile::too_large(path, size),
            Blob::Missing => {
                failures.push(missing(repository, &state.told(&policy.path)));
                continue;
            }
        };
        files.push(file.named(policy.real.clone()));
    }
    let mut settings = None;
    if let (Some((folder, path, _)), Some(blob)) = (settings_file, contents.next()) {
        let path = state.told(&path);
        match blob {
            Blob::Bytes(bytes) => match String::from_utf8(bytes) {
                Ok(text) => settings = Some((SourceFile::new(path, text), folder)),
                Err(_) => failures.push(Failure::new(format!("`{path}` is no text in UTF-8"))),
            },
            Blob::TooLarge(_) => failures.push(Failure::new(format!("`{path}` is too large to be read"))),
            Blob::Missing => failures.push(missing(repository, &path)),
        }
    }
    Ok(At { sources: Sources::new(files), failures, warnings, settings, absent })
}

/// The settings at a state; mistakes in them are told, and the settings left out: nobody can mend the past.
pub(in super::super) fn settings(at: &At, repository: &Repository, names: &Names) -> (Settings, Vec<Failure>) {
    let Some((file, folder)) = &at.settings else { return (Settings::default(), Vec::new()) };
    let folder = repository.shown(folder);
    match Settings::parse_past(file, Path::new(&folder), &repository.base, names) {
        Ok(settings) => (settings, Vec::new()),
        Err(mut failure) => {
            let mut failures = std::mem::take(&mut failure.others);
            failures.push(failure);
            let path = file.path();
            failures
                .push(Failure::new(format!("the settings in `{path}` are left aside, and the usual ones hold there")));
            (Settings::default(), failures)
        }
    }
}

/// The files of a state, its links read.
pub(in super::super) fn listed(repository: &Repository, state: &State) -> Result<Tree, Failure> {
    linked(repository, state, &mut Blobs::start(repository)?)
}

fn linked(repository: &Repository, state: &State, blobs: &mut Blobs) -> Result<Tree, Failure> {
    let mut tree = tree(repository, state)?;
    let links = tree.links();
    let texts = blobs.read(&links, || ())?.into_iter().map(|blob| match blob {
        Blob::Bytes(bytes) => String::from_utf8(bytes).ok(),
        _ => None,
    });
    tree.lead(links.iter().cloned().zip(texts).filter_map(|(id, text)| Some((id, text?))).collect());
    Ok(tree)
}

fn tree(repository: &Repository, state: &State) -> Result<Tree, Failure> {
    match state {
        State::Commit(commit) => {
            let listing = repository.git(["ls-tree", "-r", "-z", "--full-tree", &commit.id]).bytes();
            listing.map(|listing| Tree::of_commit(&listing)).map_err(|failure| match repository.is_shallow() {
                true => failure.help("parts of the repository are not in this copy: `git fetch --unshallow` gets them"),
                false => failure,
            })
        }
        // The listing is that of the whole repository, whatever folder the program was started in.
        State::Staged => repository
            .git(["ls-files", "--stage", "-z", "--full-name", "--", ":/"])
            .bytes()
            .map(|listing| Tree::of_index(&listing)),
        State::Nothing(_) => Ok(Tree::default()),
    }
}

/// The files without those that two ways lead to, under the shortest of their names.
fn once_each(policies: Vec<Policy>, repository: &Repository) -> Vec<Policy> {
    let mut once: BTreeMap<String, Policy> = BTreeMap::new();
    let rank = |policy: &Policy| {
        let told = repository.shown(&policy.path);
        (told.len(), told)
    };
    for policy in policies {
        if once.get(&policy.real).is_none_or(|known| rank(&policy) < rank(known)) {
            once.insert(policy.real.clone(), policy);
        }
    }
    once.into_values().collect()
}

/// The settings file of the first path: its folder, its path and its id.
fn settings_file(tree: &Tree, paths: &[String]) -> Option<(String, String, String)> {
    let first = paths.first()?;
    let folder = match tree.place(first) {
        Place::Folder(_) => first.clone(),
        Place::File(..) => first.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default(),
        _ => return None,
    };
    let path = join(&folder, settings::FILE);
    match tree.place(&path) {
        Place::File(_, entry) => Some((folder, path, entry.id)),
        _ => None,
    }
}

/// What stands in the way of files, and what is odd.
fn told(repository: &Repository, state: &State, troubles: &[Trouble]) -> (Vec<Failure>, Vec<Failure>) {
    let (mut failures, mut warnings) = (Vec::new(), Vec::new());
    let cannot = |path: &str, why: &str| Failure::new(format!("`{}` cannot be read: {why}", state.told(path)));
    for trouble in troubles {
        match trouble {
            Trouble::Name(path) => failures.push(
                Failure::new(format!("the name of `{}` is no text in UTF-8", state.told(path)))
                    .help("give the file a name in plain letters, then it can be read"),
            ),
            Trouble::Conflict(path) => failures.push(
                cannot(path, "a merge has left it in several versions").help("settle them, then `git add` the file"),
            ),
            Trouble::Dead(path) => failures
                .push(cannot(path, "there is no such file or folder").help("it is a link; mend it or remove it")),
            Trouble::Circle(path) => failures.push(cannot(path, "its links lead in a circle")),
            Trouble::Outside(path) if files::is_policy(Path::new(path)) => failures.push(
                cannot(path, "it is a link that leads out of the repository")
                    .help("a revision holds the link alone; keep the file itself in the repository"),
            ),
            Trouble::Outside(path) => {
                // What is a folder now was perhaps one then; anything else is nobody's business here.
                if repository.on_disk(path).is_none_or(|path| path.is_dir()) {
                    warnings.push(
                        Failure::new(format!("`{}` is a link that leads out of the repository", state.told(path)))
                            .help("a revision holds the link alone, so what it leads to is not read"),
                    );
                }
            }
            Trouble::Back(path, above) => warnings.push(
                Failure::new(format!(
                    "`{}` is a link that leads back to `{}`, in which it lies",
                    state.told(path),
                    repository.shown(above)
                ))
                .help("it is not followed; what is below is read once"),
            ),
            Trouble::Folder(path) => warnings.push(
                Failure::new(format!("`{}` is a folder, though it is named like a policy file", state.told(path)))
                    .help("the policy files in it are read; a plainer name would do"),
            ),
            Trouble::Module(path) => {
                let here = repository.on_disk(path).filter(|folder| folder.join(".git").exists());
                // A submodule without policies is nobody's business here; one that is not there now cannot be told.
                if here.is_none_or(|folder| !files::listed(&[folder], &repository.base).0.is_empty()) {
                    warnings.push(
                        Failure::new(format!("the files of `{}` are not read: it is a submodule", state.told(path)))
                            .help("it is a repository with revisions of its own; run the command in it"),
                    );
                }
            }
        }
    }
    (failures, warnings)
}

fn missing(repository: &Repository, told: &str) -> Failure {
    let failure = Failure::new(format!("`{told}` cannot be read: its content is not in this copy of the repository"));
    match repository.is_shallow() {
        true => failure.help("`git fetch --unshallow` gets what is missing"),
        false => failure.help("`git fsck` says what else is missing; a fresh clone has it all"),
    }
}
