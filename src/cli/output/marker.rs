//! The file that says which folder is ours: `.clausal`, in every output folder, with the list of what was written.
//!
//! The list is there so that a file somebody else has put into the folder is noticed before the folder is replaced.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::super::failure::{Failure, reason};

/// The name of the file.
pub(super) const NAME: &str = ".clausal";

/// How the file begins, in every version of this program.
const HEAD: &str = "# This folder was written by `clausal build`";

const REST: &str = ", which replaces it as a whole.
# Keep files of your own elsewhere. What it holds:
";

/// Files that file managers leave behind wherever they look.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The text of the file.
pub(super) fn text(written: &BTreeSet<String>) -> String {
    let lines = written.iter().flat_map(|path| [path.as_str(), "\n"]);
    [HEAD, REST].into_iter().chain(lines).collect()
}

/// Whether the folder may be replaced: there is none, it is empty, or all that is in it was written by a build.
pub(super) fn check(folder: &Path, told: &str) -> Result<(), Failure> {
    let cannot = |error| Failure::new(format!("the output folder `{told}` cannot be read: {}", reason(&error)));
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(error)),
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let marker = fs::read_to_string(folder.join(NAME)).unwrap_or_default();
    if !marker.starts_with(HEAD) {
        return Err(Failure::new(format!("the folder `{told}` was not made by `clausal build`, so it is left alone"))
            .help("name an empty folder or a new one with `--out`, or empty this one yourself"));
    }
    let ours: BTreeSet<&str> = marker.lines().filter(|line| !line.starts_with('#')).chain([NAME]).collect();
    match stranger(folder, "", &ours).map_err(cannot)? {
        None => Ok(()),
        Some(stranger) => {
            Err(Failure::new(format!("`{told}/{stranger}` was not made by `clausal build` and would be lost"))
                .help("keep files of your own outside the output folder, which is replaced as a whole"))
        }
    }
}

/// The first file in path order that is not in the list.
fn stranger(folder: &Path, below: &str, ours: &BTreeSet<&str>) -> std::io::Result<Option<String>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            if let Some(found) = stranger(&entry.path(), &path, ours)? {
                return Ok(Some(found));
            }
        } else if !ours.contains(path.as_str()) && !LITTER.contains(&name.as_str()) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
