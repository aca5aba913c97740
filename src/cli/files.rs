//! From the paths of the command line to the texts of a collection.
//!
//! Every file is read that can be; whatever stands in the way of one is told and stops none of the others. A file that
//! was read but is no text (a picture, a file of 50 MB) is a source like any other: the parser says what it is. This
//! module knows no policy.

mod home;
mod read;
mod walk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub(super) use read::{kind, read_small, read_text};
pub(super) use walk::{is_hidden, is_policy};

use self::home::Homes;
use super::failure::{Failure, reason};
use super::paths::{shown, told};
use super::progress::Progress;
use crate::source::{SourceFile, Sources};

/// What was found below the paths.
#[derive(Debug)]
pub(super) struct Reading {
    /// The texts.
    pub sources: Sources,
    /// Files and paths that could not be read.
    pub failures: Vec<Failure>,
    /// Oddities that kept nothing from being read.
    pub warnings: Vec<Failure>,
    /// The folders given, or those of the files given: absolute, links followed.
    pub roots: Vec<PathBuf>,
}

/// A file that is to be read.
#[derive(Debug)]
struct Candidate {
    path: PathBuf,
    told: String,
    /// Its path in exports, where it has one of its own.
    name: Option<String>,
}

/// Reads every policy file at or below the paths, each once, in parallel; there must be one.
pub(super) fn read(paths: &[PathBuf], base: &Path, progress: &Progress) -> Result<Reading, Failure> {
    let reading = read_any(paths, base, progress);
    match reading.sources.is_empty() {
        true => Err(Failure::all(reading.failures).unwrap_or_else(|| nothing_found(paths, base))),
        false => Ok(reading),
    }
}

/// The same where there need be none.
pub(super) fn read_any(paths: &[PathBuf], base: &Path, progress: &Progress) -> Reading {
    let walk::Found { files, mut failures, warnings, roots } = found(paths, base);
    let candidates = once_each(files, base, &Homes::new(&roots), &mut failures);
    progress.stage("reading", candidates.len());
    let texts: Vec<Result<SourceFile, Failure>> = candidates
        .into_par_iter()
        .map(|candidate| {
            let text = read::read(candidate, base);
            progress.step();
            text
        })
        .collect();
    let mut files = Vec::new();
    for text in texts {
        match text {
            Ok(file) => files.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    // Two paths may have led to the same trouble.
    let (failures, warnings) = (each_once(failures), each_once(warnings));
    Reading { sources: Sources::new(files), failures, warnings, roots }
}

/// The policy files at or below the paths, unread, some perhaps twice; and what stands in the way of others.
pub(super) fn listed(paths: &[PathBuf], base: &Path) -> (Vec<PathBuf>, Vec<Failure>) {
    let walk::Found { files, mut failures, warnings, .. } = found(paths, base);
    failures.extend(warnings);
    (files, failures)
}

fn found(paths: &[PathBuf], base: &Path) -> walk::Found {
    let mut found = walk::Found::default();
    for path in paths {
        found.add(path, base);
    }
    found
}

/// What is wrong with the paths themselves: one that is not there, or a file that is no policy.
pub(super) fn unusable(paths: &[PathBuf], base: &Path) -> Option<Failure> {
    let files: Vec<PathBuf> = paths.iter().filter(|path| !path.is_dir()).cloned().collect();
    Failure::all(each_once(found(&files, base).failures))
}

/// A policy file that lies beside or below one given by itself and is not given; `None` where the paths hold whole folders.
pub(super) fn left_out(paths: &[PathBuf], base: &Path) -> Option<String> {
    let real = |files: Vec<PathBuf>| files.into_iter().filter_map(|file| Some((file.canonicalize().ok()?, file)));
    let mut given = walk::Found::default();
    let mut around = walk::Found::default();
    for path in paths {
        given.add(path, base);
        if path.is_file() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            around.add(folder, base);
        }
    }
    let given: BTreeMap<PathBuf, PathBuf> = real(given.files).collect();
    real(around.files).find(|(real, _)| !given.contains_key(real)).map(|(_, file)| shown(&file, base))
}

/// The files without those that two ways lead to, under the shortest of their names.
fn once_each(files: Vec<PathBuf>, base: &Path, homes: &Homes, failures: &mut Vec<Failure>) -> Vec<Candidate> {
    let mut once: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    for path in files {
        let told = match told(&path, base) {
            Some(told) => told,
            None => {
                failures.push(
                    Failure::new(format!("the name of `{}` is no text in UTF-8", shown(&path, base)))
                        .help("give the file a name in plain letters, then it can be read"),
                );
                continue;
            }
        };
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                failures.push(Failure::new(format!("`{told}` cannot be read: {}", reason(&error))));
                continue;
            }
        };
        let is_better = |known: &Candidate| (told.len(), &told) < (known.told.len(), &known.told);
        if once.get(&real).is_none_or(is_better) {
            let name = homes.name(&real);
            once.insert(real, Candidate { path, told, name });
        }
    }
    once.into_values().collect()
}

fn each_once(failures: Vec<Failure>) -> Vec<Failure> {
    let mut once = Vec::new();
    for failure in failures {
        if !once.contains(&failure) {
            once.push(failure);
        }
    }
    once
}

fn nothing_found(paths: &[PathBuf], base: &Path) -> Failure {
    let places: Vec<String> = paths.iter().map(|path| format!("`{}`", shown(path, base))).collect();
    Failure::new(format!("there is no `.policy` file in {}", places.join(" or ")))
        .help("name the folder that holds the policies, or let `clausal init DIR` write a collection to start from")
}
