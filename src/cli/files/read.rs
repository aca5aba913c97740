//! One file, from the disk to a text.
//!
//! Nothing but a regular file is ever opened, since a pipe or a device could keep the program waiting for ever, and no
//! more of it is read than a source may hold.

use std::fs::{self, File, FileType};
use std::io::Read;
use std::path::Path;

use super::super::failure::{Failure, reason};
use super::super::paths::shown;
use super::Candidate;
use crate::source::SourceFile;

/// The file as a source; one that is too large is not read, but said to be.
pub(super) fn read(candidate: Candidate, base: &Path) -> Result<SourceFile, Failure> {
    let Candidate { path, told, name } = candidate;
    let file = match read_bytes(&path, base)? {
        Ok(bytes) => SourceFile::from_bytes(told, bytes),
        Err(size) => SourceFile::too_large(told, size),
    };
    Ok(match name {
        Some(name) => file.named(name),
        None => file,
    })
}

/// A small text file of ours, such as the settings or a template.
pub(in super::super) fn read_text(path: &Path, base: &Path) -> Result<String, Failure> {
    let told = shown(path, base);
    let bytes = read_bytes(path, base)?.map_err(|_| Failure::new(format!("`{told}` is too large to be read")))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(format!("`{told}` is no text in UTF-8: line {line} holds a byte that begins no character"))
            .help("save the file as UTF-8")
    })
}

/// The bytes of a file that holds at most so many.
pub(in super::super) fn read_small(path: &Path, base: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let told = shown(path, base);
    match read_bytes(path, base)? {
        Ok(bytes) if bytes.len() as u64 <= most => Ok(bytes),
        _ => Err(Failure::new(format!("`{told}` is too large: at most {} kilobytes are read", most / 1024))),
    }
}

/// The bytes, or the size of a file that is too large.
fn read_bytes(path: &Path, base: &Path) -> Result<Result<Vec<u8>, u64>, Failure> {
    let told = shown(path, base);
    let cannot = |error| Failure::new(format!("`{told}` cannot be read: {}", reason(&error)));
    let about = fs::metadata(path).map_err(cannot)?;
    if !about.is_file() {
        return Err(Failure::new(format!("`{told}` cannot be read: it is {}, not a file", kind(about.file_type()))));
    }
    if about.len() > SourceFile::MAX_BYTES {
        return Ok(Err(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    let file = File::open(path).map_err(cannot)?;
    // The file may have grown since.
    file.take(SourceFile::MAX_BYTES + 1).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(Ok(bytes))
}

/// What something is that is no regular file.
pub(in super::super) fn kind(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    "something else"
}
