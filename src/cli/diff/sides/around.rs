//! The collection round what is named: a folder is one; a file belongs to the folder that holds the settings, or else to the
//! highest one that is reached from it through folders with policies in them.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::super::failure::Failure;
use super::super::super::files::{self, is_hidden, is_policy};
use super::super::super::paths::shown;
use super::super::super::revision::{Repository, Tree, listed};
use super::super::super::settings;
use super::asked::Spec;

/// Where folders and files are looked for.
enum Look<'l> {
    Tree(Tree),
    Disk(&'l Path),
}

/// What a path is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
}

/// The folders of the collection that the paths are about, as paths of the repository, and the paths that alone are told
/// of. Each path is looked for on the first side, then on the second.
pub(super) fn collection(
    repository: &Repository,
    sides: [&Spec; 2],
    paths: &[PathBuf],
    base: &Path,
) -> Result<(Vec<String>, Option<Vec<String>>), Failure> {
    if paths.is_empty() {
        return Ok((vec![repository.locate(Path::new("."))?], None));
    }
    let mut looks = Vec::new();
    for side in sides {
        match side {
            Spec::State(state) => looks.push(Look::Tree(listed(repository, state)?)),
            Spec::Files => looks.push(Look::Disk(repository.files()?)),
            Spec::Disk(_) => {}
        }
    }
    let (mut roots, mut only, mut has_files) = (Vec::new(), Vec::new(), false);
    for path in paths {
        let place = repository.locate(path)?;
        let found = looks.iter().find_map(|look| Some((look, look.kind(&place)?)));
        let root = match found {
            None => {
                let is_option = path.as_os_str().as_encoded_bytes().first() == Some(&b'-');
                return Err(Failure::new(format!("there is no `{}` on either side", shown(path, base))).help(
                    match is_option {
                        true => "options stand before `--`, folders and files after it",
                        false => "after `--`, name folders or files as they are seen from here",
                    },
                ));
            }
            Some((_, Kind::Folder)) => place.clone(),
            Some((_, Kind::File)) if !is_policy(Path::new(&place)) => {
                let told = shown(path, base);
                return Err(Failure::new(format!("`{told}` is not a policy file: its name does not end in `.policy`")));
            }
            Some((look, Kind::File)) => {
                has_files = true;
                let chain = chain(&place);
                let has_policies = |folder: &String| look.has_policies(folder);
                around(&chain, |folder| look.has_settings(folder), has_policies).cloned().unwrap_or_default()
            }
        };
        only.push(repository.shown(&place));
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    Ok((roots, has_files.then_some(only)))
}

/// The paths that alone are told of, where no repository is asked: those that are named, or the two files that are compared.
pub(super) fn told(sides: [&Spec; 2], paths: &[PathBuf], base: &Path) -> Option<Vec<String>> {
    let files = sides.iter().filter_map(|side| match side {
        Spec::Disk(path) if !path.is_dir() => Some(path),
        _ => None,
    });
    let told: Vec<String> = if paths.is_empty() { files.collect::<Vec<_>>() } else { paths.iter().collect() }
        .into_iter()
        .map(|path| shown(path, base))
        .collect();
    (!told.is_empty()).then_some(told)
}

/// The policies that are read together with a file: those of its collection, or of the other file's where it lies alone;
/// never the other file, which is another state of the same.
pub(super) fn beside(file: &Path, other: Option<&Path>, base: &Path) -> Vec<PathBuf> {
    let real = |path: &Path| path.canonicalize().ok();
    let apart = [real(file), other.and_then(real)];
    let round = |file: &Path| -> Vec<PathBuf> {
        let Some(folder) = on_disk(file, base) else { return Vec::new() };
        let files = files::listed(&[folder], base).0.into_iter();
        files.filter(|file| !apart.contains(&real(file))).collect()
    };
    let ours = round(file);
    match other {
        Some(other) if ours.is_empty() => round(other),
        _ => ours,
    }
}

/// The collection of a file that no repository is asked for.
fn on_disk(file: &Path, base: &Path) -> Option<PathBuf> {
    let folder = base.join(file.parent()?).canonicalize().ok()?;
    let mut chain: Vec<PathBuf> = folder.ancestors().map(Path::to_owned).collect();
    if let Some(top) = chain.iter().position(|folder| folder.join(".git").exists()) {
        chain.truncate(top + 1);
    }
    around(&chain, |folder| folder.join(settings::FILE).is_file(), |folder| has_policies(folder)).cloned()
}

/// Of a folder and those above it, the one that is the collection.
fn around<T>(chain: &[T], has_settings: impl Fn(&T) -> bool, has_policies: impl Fn(&T) -> bool) -> Option<&T> {
    let settled = chain.iter().find(|folder| has_settings(folder));
    settled.or_else(|| chain.iter().take_while(|folder| has_policies(folder)).last()).or_else(|| chain.first())
}

/// The folder of a file and those above it.
fn chain(file: &str) -> Vec<String> {
    let ends = file.match_indices('/').map(|(end, _)| end).rev();
    ends.filter_map(|end| file.get(..end)).chain([""]).map(str::to_owned).collect()
}

impl Look<'_> {
    fn kind(&self, path: &str) -> Option<Kind> {
        let is_folder = match self {
            Look::Tree(tree) => tree.is_folder(path)?,
            Look::Disk(top) => fs::metadata(top.join(path)).ok()?.is_dir(),
        };
        Some(if is_folder { Kind::Folder } else { Kind::File })
    }

    fn has_settings(&self, folder: &str) -> bool {
        match self {
            Look::Tree(tree) => tree.has_file(folder, settings::FILE),
            Look::Disk(top) => top.join(folder).join(settings::FILE).is_file(),
        }
    }

    fn has_policies(&self, folder: &str) -> bool {
        match self {
            Look::Tree(tree) => tree.has_policies(folder),
            Look::Disk(top) => has_policies(&top.join(folder)),
        }
    }
}

/// Whether a folder holds policy files itself, not below it.
fn has_policies(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| !is_hidden(&entry.file_name()) && is_policy(&entry.path()) && entry.path().is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_around(file: &str, settings: &[&str], policies: &[&str], expected: &str) {
        let chain = chain(file);
        let found = around(&chain, |it| settings.contains(&it.as_str()), |it| policies.contains(&it.as_str()));
        assert_eq!(found.map(String::as_str), Some(expected));
    }

    #[test]
    fn a_file_belongs_to_a_collection() {
        assert_around("a.policy", &[], &[""], "");
        assert_around("p/hr/a.policy", &["p"], &["", "p", "p/hr"], "p");
        assert_around("p/hr/a.policy", &["", "p/hr"], &["", "p", "p/hr"], "p/hr");
        assert_around("p/hr/a.policy", &[], &["p", "p/hr"], "p");
        assert_around("p/hr/a.policy", &[], &["", "p/hr"], "p/hr");
        assert_around("p/hr/a.policy", &[], &[], "p/hr");
    }
}
