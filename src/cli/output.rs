//! The output folder: replaced as a whole once everything is written, or left as it was.
//!
//! Pages are written into a temporary folder beside the output folder and swapped in by renaming, so that a reader sees
//! the old pages or the new ones and a build that fails leaves the last good ones byte for byte. A folder that was not
//! made here is never touched, nor is one into which somebody has put a file of their own. This module knows no format:
//! it is handed paths and bytes.

mod claims;
mod marker;
mod place;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub(super) use self::claims::Claims;
use super::failure::{Failure, reason};

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
    written: Claims,
}

/// A file of an output folder.
#[derive(Debug)]
pub(super) struct Page {
    file: File,
    told: String,
    help: String,
}

impl Output {
    /// Makes sure that `folder` can be replaced, and prepares to; `roots` are the folders of the sources.
    pub fn prepare(folder: &Path, roots: &[PathBuf], base: &Path) -> Result<Self, Failure> {
        let target = place::resolve(folder, base)?;
        let told = place::told(folder, &target, base);
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
        Ok(Output { target, told, beside, written: Claims::default() })
    }

    /// The path the folder is told by.
    pub fn told(&self) -> &str {
        &self.told
    }

    /// Opens one file for writing; `path` has `/` between its parts and stays below the folder. Any thread may call it.
    ///
    /// Every write goes to the disk at once, so that no error is lost when the writer is dropped.
    pub fn create(&self, path: &str) -> io::Result<Page> {
        let told = format!("{}/{path}", self.told);
        self.written.add(path, &told).map_err(io::Error::other)?;
        let help = format!("nothing has changed in `{}`", self.told);
        let file = self.beside.path().join(place::NEW).join(path);
        let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
        match folder.and_then(|()| File::create(file)) {
            Ok(file) => Ok(Page { file, told, help }),
            Err(error) => Err(cannot_write(&told, &help, &error)),
        }
    }

    /// Writes one file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.create(path)?.write_all(bytes)
    }

    /// Puts the new folder in its place and takes the old one away; answers how many files it holds.
    pub fn commit(self) -> Result<usize, Failure> {
        let written = self.written.take();
        self.write(marker::NAME, marker::text(&written).as_bytes()).map_err(Failure::from)?;
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

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| match error.kind() {
            // The caller tries again.
            io::ErrorKind::Interrupted => error,
            _ => cannot_write(&self.told, &self.help, &error),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A failure as the error of a writer; it comes out again as it went in.
fn cannot_write(told: &str, help: &str, error: &io::Error) -> io::Error {
    io::Error::other(Failure::new(format!("`{told}` cannot be written: {}", reason(error))).help(help))
}
