//! The changes made: each file whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use super::super::failure::{Failure, reason};
use super::super::revision::Repository;
use super::super::whole;
use super::{Change, driver};

/// What a file holds; `None` where there is none.
pub(super) fn text(path: &Path, told: &str) -> Result<Option<String>, Failure> {
    let cannot = |error: io::Error| Failure::new(format!("`{told}` cannot be read: {}", reason(&error)));
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(error)),
        Ok(about) if about.is_symlink() => {
            return Err(Failure::new(format!("`{told}` is a link, and what it leads to may belong to others"))
                .help("put a file in its place, and run it again; nothing was written"));
        }
        Ok(about) if !about.is_file() => return Err(Failure::new(format!("`{told}` is no file"))),
        Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(cannot)?;
    String::from_utf8(bytes).map(Some).map_err(|_| {
        Failure::new(format!("`{told}` is no text in UTF-8"))
            .help("save it as UTF-8, and run it again; nothing was written")
    })
}

/// Makes one change; answers with a word about it.
pub(super) fn apply(repository: &Repository, change: &Change) -> Result<String, Failure> {
    match change {
        Change::Setting { name, new, .. } => {
            driver::apply(repository, name, *new)?;
            Ok(format!("{} {name} in the configuration of the repository", if new.is_some() { "set" } else { "unset" }))
        }
        Change::File { path, told, new: None, .. } => {
            fs::remove_file(path)
                .map_err(|error| Failure::new(format!("`{told}` cannot be taken away: {}", reason(&error))))?;
            Ok(format!("took {told} away, which held nothing else"))
        }
        Change::File { path, told, old, new: Some(new), is_program } => {
            whole::write(path, new, *is_program)
                .map_err(|error| Failure::new(format!("`{told}` cannot be written: {}", reason(&error))))?;
            Ok(format!("{} {told}", if old.is_some() { "changed" } else { "wrote" }))
        }
    }
}

/// Whether a file can be run.
#[cfg(unix)]
pub(super) fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
pub(super) fn is_program(_: &Path) -> bool {
    true
}
