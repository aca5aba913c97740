//! The output folder: replaced as a whole once everything is written, or left as it was.
//!
//! Pages are written into a temporary folder beside the output folder and swapped in by renaming, so that a reader sees
//! the old pages or the new ones and a build that fails leaves the last good ones byte for byte. A folder that was not
//! made here is never touched, nor is one into which somebody has put a file of their own. This module knows no format:
//! it is handed paths and bytes.

mod marker;
mod place;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use tempfile::TempDir;

use super::failure::{Failure, reason};
use super::paths::shown;

/// An output folder being written, not yet in its place. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Output {
    /// Where it goes.
    target: PathBuf,
    /// The path it is told by.
    told: String,
    /// The folder beside it that holds the new pages, and the old ones for a moment.
    beside: TempDir,
    /// What has been written, with `/` between the parts of a path.
    written: Mutex<BTreeSet<String>>,
}

impl Output {
    /// Makes sure that `folder` can be replaced, and prepares to; `roots` are the folders of the sources.
    pub fn prepare(folder: &Path, roots: &[PathBuf], base: &Path) -> Result<Self, Failure> {
        let told = shown(folder, base);
        let target = place::resolve(folder, base)?;
        place::check(&target, &told, roots, base)?;
        let cannot = |error| Failure::new(format!("nothing can be written beside `{told}`: {}", reason(&error)));
        let (parent, name) = place::parts(&target).ok_or_else(|| place::no_place(&told))?;
        fs::create_dir_all(parent).map_err(cannot)?;
        let prefix = place::prefix(name);
        place::tidy(&target, parent, &prefix).map_err(cannot)?;
        marker::check(&target, &told)?;
        let beside = tempfile::Builder::new().prefix(&prefix).tempdir_in(parent).map_err(cannot)?;
        // Unlike the temporary folder itself, which nobody else may read, this one gets the usual permissions.
        fs::create_dir(beside.path().join(place::NEW)).map_err(cannot)?;
        Ok(Output { target, told, beside, written: Mutex::default() })
    }

    /// Writes one file; `path` has `/` between its parts and stays below the folder. Any thread may call it.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let relative = Path::new(path);
        if path.is_empty() || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Failure::new(format!("`{path}` would be written outside `{}`", self.told)));
        }
        let cannot = |error: io::Error| {
            let told = format!("{}/{path}", self.told);
            Failure::new(format!("`{told}` cannot be written: {}", reason(&error)))
                .help(format!("nothing has changed in `{}`", self.told))
        };
        let mut written = self.written.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if !written.insert(path.to_owned()) {
            return Err(Failure::new(format!("two pages would be written to `{}/{path}`", self.told))
                .help("give one of the policies another id"));
        }
        drop(written);
        let file = self.beside.path().join(place::NEW).join(relative);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        fs::write(file, bytes).map_err(cannot)
    }

    /// Puts the new folder in its place and takes the old one away; answers how many files it holds.
    pub fn commit(self) -> Result<usize, Failure> {
        let written = std::mem::take(&mut *self.written.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        self.write(marker::NAME, marker::text(&written).as_bytes())?;
        // Somebody may have put something there while the pages were made.
        marker::check(&self.target, &self.told)?;
        let new = self.beside.path().join(place::NEW);
        let old = self.beside.path().join(place::OLD);
        let cannot = |error: &io::Error| {
            Failure::new(format!("`{}` cannot be replaced: {}", self.told, reason(error)))
                .help("nothing has changed in it; another program may have it open")
        };
        let had_one = match fs::rename(&self.target, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(cannot(&error)),
        };
        if let Err(error) = fs::rename(&new, &self.target) {
            if had_one && fs::rename(&old, &self.target).is_err() {
                let kept = self.beside.keep();
                return Err(Failure::new(format!("`{}` cannot be replaced: {}", self.told, reason(&error)))
                    .help(format!("its last good pages are in `{}`", kept.join(place::OLD).display())));
            }
            return Err(cannot(&error));
        }
        // The old pages go with the temporary folder. If they cannot, the next build tries again.
        drop(self.beside);
        Ok(written.len())
    }
}
