//! Where the output folder may lie, and what an interrupted build has left there.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::super::failure::{Failure, reason};
use super::super::files::kind;
use super::super::paths::shown;

/// The new pages, in the temporary folder.
pub(super) const NEW: &str = "new";
/// The pages they replace, there for a moment.
pub(super) const OLD: &str = "old";

/// The real path of the folder: absolute, links followed as far as it exists.
pub(super) fn resolve(folder: &Path, base: &Path) -> Result<PathBuf, Failure> {
    let mut existing = base.join(folder);
    let mut missing: Vec<OsString> = Vec::new();
    loop {
        match existing.canonicalize() {
            Ok(real) => return Ok(missing.into_iter().rev().fold(real, |path, part| path.join(part))),
            Err(error) if error.kind() == io::ErrorKind::NotFound && existing.symlink_metadata().is_err() => {}
            Err(error) => {
                let told = shown(&existing, base);
                return Err(Failure::new(format!("the output folder cannot be at `{told}`: {}", reason(&error))));
            }
        }
        match existing.components().next_back() {
            Some(Component::Normal(name)) => missing.push(name.to_owned()),
            // `a/../b` with no `a`: where that leads only the system could say, and it does not.
            _ => return Err(no_place(&shown(folder, base))),
        }
        existing.pop();
    }
}

/// The path the folder is told by: as it was given, without detours.
pub(super) fn told(folder: &Path, target: &Path, base: &Path) -> String {
    if folder.is_absolute() && !folder.starts_with(base) {
        return folder.display().to_string();
    }
    let has_detour = folder.components().any(|part| part == Component::ParentDir);
    shown(if has_detour { target } else { folder }, base)
}

/// Whether a folder may stand at `target`, which no source may lie in or around.
pub(super) fn check(target: &Path, told: &str, roots: &[PathBuf], base: &Path) -> Result<(), Failure> {
    if let Ok(about) = fs::metadata(target) {
        if !about.is_dir() {
            let kind = if about.is_file() { "a file" } else { kind(about.file_type()) };
            return Err(Failure::new(format!("the output folder `{told}` is {kind}"))
                .help("name a folder with `--out`; if it does not exist, it is made"));
        }
        if about.permissions().readonly() {
            return Err(Failure::new(format!("the output folder `{told}` is read-only"))
                .help("allow writing in it, or name another with `--out`"));
        }
    }
    for root in roots {
        let sources = shown(root, base);
        if root.starts_with(target) {
            return Err(Failure::new(format!("the output folder `{told}` holds the sources, `{sources}`"))
                .help("name another with `--out`: the output folder is replaced as a whole, and the sources with it"));
        }
        if target.starts_with(root) {
            return Err(Failure::new(format!("the output folder `{told}` lies inside the sources, `{sources}`")).help(
                "name a folder outside with `--out`, or keep the policies in a folder of their own and build that",
            ));
        }
    }
    Ok(())
}

/// The folder above `target`, and its name.
pub(super) fn parts(target: &Path) -> Option<(&Path, &OsStr)> {
    Some((target.parent()?, target.file_name()?))
}

pub(super) fn no_place(told: &str) -> Failure {
    Failure::new(format!("`{told}` cannot be an output folder")).help("name a folder with `--out`")
}

/// How the names of temporary folders for an output folder of this name begin.
pub(super) fn prefix(name: &OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".clausal-");
    prefix
}

/// Clears up after builds that were interrupted: if one of them had taken the old pages away and not yet put the new ones
/// in their place, the old ones come back; what is left of it goes.
pub(super) fn tidy(target: &Path, parent: &Path, prefix: &OsStr) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) || !is_ours(&entry.path())? {
            continue;
        }
        let old = entry.path().join(OLD);
        if old.is_dir() && target.symlink_metadata().is_err() {
            fs::rename(&old, target)?;
        }
        fs::remove_dir_all(entry.path())?;
    }
    Ok(())
}

/// Whether a folder holds nothing but what a build puts into its temporary folder.
fn is_ours(folder: &Path) -> io::Result<bool> {
    if !folder.symlink_metadata()?.is_dir() {
        return Ok(false);
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if name != NEW && name != OLD {
            return Ok(false);
        }
    }
    Ok(true)
}
