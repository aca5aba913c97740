//! The templates of a user, read from a folder: every file below it, by its path there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::super::failure::{Failure, reason};
use super::super::files::read_text;
use super::super::paths::{shown, told};
use crate::emit::templates::FONTS;

/// The files of a user, each by its path below the folder, with `/` between the parts.
#[derive(Debug, Default)]
pub(in super::super) struct Own {
    /// Templates and styles.
    pub texts: BTreeMap<String, String>,
    /// Fonts for the PDF.
    pub fonts: Vec<(String, Vec<u8>)>,
}

/// Reads the files of a user; hidden ones are left out.
pub(in super::super) fn read(folder: &Path, base: &Path) -> Result<Own, Failure> {
    let name = shown(folder, base);
    let cannot = |why: String| Failure::new(format!("the templates folder `{name}` cannot be read: {why}"));
    if !std::fs::metadata(folder).map_err(|error| cannot(reason(&error)))?.is_dir() {
        return Err(cannot("it is a file".to_owned()));
    }
    let mut own = Own::default();
    for entry in entries(folder) {
        let entry = entry.map_err(|error| cannot(error.io_error().map_or_else(|| error.to_string(), reason)))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let Some(path) = told(below, base) else {
            return Err(cannot(format!("the name of `{}` is no text in UTF-8", shown(below, base))));
        };
        if path.starts_with(FONTS) {
            own.fonts.push((path, std::fs::read(entry.path()).map_err(|error| cannot(reason(&error)))?));
        } else {
            own.texts.insert(path, read_text(entry.path(), base)?);
        }
    }
    // The first font of a name is taken, and no folder lists its files in the same order everywhere.
    own.fonts.sort();
    Ok(own)
}

/// The files of such a folder that can be seen, unread, and the folder itself.
pub(in super::super) fn listed(folder: &Path) -> Vec<PathBuf> {
    let files = entries(folder).flatten().filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    std::iter::once(folder.to_owned()).chain(files).collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    WalkDir::new(folder).follow_links(true).into_iter().filter_entry(visible)
}
