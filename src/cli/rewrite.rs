//! Texts to files: each file whole or not at all, and all of them or, as far as the system allows, none.
//!
//! A new text is written beside its file and put in its place by renaming, with the permissions the old one had; a link
//! stays a link, and the file it leads to is replaced. Knows nothing of what changed.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::{Failure, reason};
use crate::source::{SourceFile, Sources};

/// A file whose new text is written, but not yet in its place.
struct Pending<'s> {
    told: &'s str,
    target: PathBuf,
    about: Metadata,
    old: &'s str,
    new: NamedTempFile,
}

/// Writes every file whose text has changed. `base` is the folder that paths are told from.
pub(super) fn all(before: &Sources, after: &Sources, base: &Path) -> Result<(), Failure> {
    let changed = before.iter().zip(after.iter()).filter(|((_, old), (_, new))| old.text() != new.text());
    let pending = changed.map(|((_, old), (_, new))| prepare(old, new, base)).collect::<Result<Vec<_>, _>>()?;
    let mut done: Vec<(PathBuf, Metadata, &str)> = Vec::new();
    for Pending { told, target, about, old, new } in pending {
        if let Err(error) = new.persist(&target) {
            let failure = cannot(told, &error.error);
            let stuck: Vec<String> = done
                .iter()
                .filter(|(target, about, old)| {
                    beside(target, about, old).and_then(|it| Ok(it.persist(target)?)).is_err()
                })
                .map(|(target, ..)| format!("`{}`", target.display()))
                .collect();
            return Err(match stuck.is_empty() {
                true => failure.help("nothing has changed"),
                false => failure.help(format!("{} had been written already, and stays so", stuck.join(", "))),
            });
        }
        done.push((target, about, old));
    }
    Ok(())
}

fn prepare<'s>(old: &'s SourceFile, new: &'s SourceFile, base: &Path) -> Result<Pending<'s>, Failure> {
    let told = old.path();
    let cannot = |error: io::Error| cannot(told, &error).help("nothing has changed");
    let target = base.join(told).canonicalize().map_err(cannot)?;
    let about = fs::metadata(&target).map_err(cannot)?;
    if about.permissions().readonly() {
        return Err(Failure::new(format!("`{told}` cannot be written: it is read-only"))
            .help("nothing has changed; allow writing to it, or edit it by hand"));
    }
    if fs::read(&target).map_err(cannot)? != old.text().as_bytes() {
        return Err(Failure::new(format!("`{told}` has changed since it was read, so it is left alone"))
            .help("nothing has changed; run it again"));
    }
    let new = beside(&target, &about, new.text()).map_err(cannot)?;
    Ok(Pending { told, target, about, old: old.text(), new })
}

/// A text in a file beside its target, ready to take its place.
fn beside(target: &Path, about: &Metadata, text: &str) -> io::Result<NamedTempFile> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".clausal-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    keep_owner(file.path(), about);
    file.as_file().set_permissions(about.permissions())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A file of another owner or group stays theirs where this user may give it to them.
#[cfg(unix)]
fn keep_owner(path: &Path, about: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(path, None, Some(about.gid()));
    let _ = chown(path, Some(about.uid()), None);
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) {}

fn cannot(told: &str, error: &io::Error) -> Failure {
    Failure::new(format!("`{told}` cannot be written: {}", reason(error)))
}
