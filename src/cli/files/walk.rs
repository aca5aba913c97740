//! The policy files at and below a path.
//!
//! Symbolic links are followed, so that a collection can be put together from several places; a link that leads back to
//! a folder above it is told and not followed. Names that begin with a dot are left out below a folder, never when they
//! are given themselves.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::super::failure::{Failure, reason};
use super::super::paths::shown;
use super::read::kind;

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Policy files, some perhaps twice.
    pub files: Vec<PathBuf>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// Oddities.
    pub warnings: Vec<Failure>,
    /// Folders, absolute and with links followed.
    pub roots: Vec<PathBuf>,
}

impl Found {
    /// Adds what lies at or below `path`, which was given by somebody.
    pub fn add(&mut self, path: &Path, base: &Path) {
        let told = shown(path, base);
        let about = match fs::metadata(path) {
            Ok(about) => about,
            Err(error) => return self.fail(format!("`{told}` cannot be read: {}", reason(&error)), None),
        };
        if about.is_dir() {
            self.add_root(path);
            return self.add_folder(path, base);
        }
        if !about.is_file() {
            let kind = kind(about.file_type());
            return self.fail(format!("`{told}` cannot be read: it is {kind}, neither a file nor a folder"), None);
        }
        if !is_policy(path) {
            let message = format!("`{told}` is not a policy file: its name does not end in `.policy`");
            return self.fail(message, Some("write policies as plain text in files named `….policy`"));
        }
        self.add_root(path.parent().unwrap_or(path));
        self.files.push(path.to_owned());
    }

    fn add_root(&mut self, folder: &Path) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(real) = folder.canonicalize() {
            self.roots.push(real);
        }
    }

    fn add_folder(&mut self, folder: &Path, base: &Path) {
        let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) => self.add_entry(&entry, base),
                Err(error) => self.add_error(&error, base),
            }
        }
    }

    fn add_entry(&mut self, entry: &DirEntry, base: &Path) {
        if entry.depth() == 0 || !is_policy(entry.path()) {
            return;
        }
        let told = shown(entry.path(), base);
        let kind = entry.file_type();
        if kind.is_file() {
            self.files.push(entry.path().to_owned());
        } else if kind.is_dir() {
            let message = format!("`{told}` is a folder, though it is named like a policy file");
            self.warnings.push(Failure::new(message).help("the policy files in it are read; a plainer name would do"));
        } else {
            self.fail(format!("`{told}` cannot be read: it is {}, not a file", super::read::kind(kind)), None);
        }
    }

    fn add_error(&mut self, error: &walkdir::Error, base: &Path) {
        let Some(path) = error.path() else { return self.fail(error.to_string(), None) };
        let told = shown(path, base);
        if let Some(above) = error.loop_ancestor() {
            let message = format!("`{told}` is a link that leads back to `{}`, in which it lies", shown(above, base));
            self.warnings.push(Failure::new(message).help("it is not followed; what is below is read once"));
            return;
        }
        let link = fs::symlink_metadata(path);
        if link.as_ref().is_ok_and(Metadata::is_symlink) && !is_policy(path) {
            // A dead link that is no policy's is nobody's business here.
            return;
        }
        let what = error.io_error().map_or_else(|| error.to_string(), reason);
        let help = match link {
            Ok(link) if link.is_symlink() => Some("it is a link; mend it or remove it"),
            _ => None,
        };
        self.fail(format!("`{told}` cannot be read: {what}"), help);
    }

    fn fail(&mut self, message: String, help: Option<&str>) {
        let failure = Failure::new(message);
        self.failures.push(match help {
            Some(help) => failure.help(help),
            None => failure,
        });
    }
}

/// Whether a path is that of a policy, by its name.
pub(in super::super) fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("policy"))
}

/// Whether a name is left out where a folder is walked.
pub(in super::super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}
