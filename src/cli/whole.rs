//! One file written whole or not at all: beside its place first, then into it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a text beside its file and puts it in its place; folders that lack are made. A program can be run.
pub(super) fn write(path: &Path, text: &str, is_program: bool) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".clausal-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    permit(path, file.as_file(), is_program)?;
    file.persist(path)?;
    Ok(())
}

/// The permissions that the file had, or those of a new one; a program can be run.
#[cfg(unix)]
fn permit(path: &Path, file: &fs::File, is_program: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0o644, |about| about.permissions().mode());
    let run = if is_program { 0o111 } else { 0 };
    file.set_permissions(fs::Permissions::from_mode(mode | run))
}

#[cfg(not(unix))]
fn permit(_: &Path, _: &fs::File, _: bool) -> io::Result<()> {
    Ok(())
}
