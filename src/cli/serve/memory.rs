//! Pages kept in memory: what `build` writes into a folder, by the same paths.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem;
use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;

use super::super::output::Claims;

/// Files by their paths, with `/` between the parts.
pub(super) type Files = BTreeMap<String, Bytes>;

/// An output folder in memory, being written.
#[derive(Debug, Default)]
pub(super) struct Memory {
    claims: Claims,
    files: Mutex<Files>,
}

/// A file of it, which is there once it is dropped.
#[derive(Debug)]
pub(super) struct Page<'m> {
    memory: &'m Memory,
    path: String,
    bytes: Vec<u8>,
}

impl Memory {
    /// Opens one file for writing, on the same terms as a folder. Any thread may call it.
    pub fn create(&self, path: &str) -> io::Result<Page<'_>> {
        self.claims.add(path, path).map_err(io::Error::other)?;
        Ok(Page { memory: self, path: path.to_owned(), bytes: Vec::new() })
    }

    /// What was written.
    pub fn files(self) -> Files {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let bytes = Bytes::from(mem::take(&mut self.bytes).into_boxed_slice());
        let mut files = self.memory.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(mem::take(&mut self.path), bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_kept_as_they_are_written() {
        let memory = Memory::default();
        memory.create("a/b.html").and_then(|mut page| page.write_all(b"<p>")).expect("memory takes all");
        assert!(memory.create("a/b.html").is_err(), "it would be written twice");
        assert!(memory.create("../b.html").is_err(), "it lies elsewhere");
        assert_eq!(memory.files().into_iter().collect::<Vec<_>>(), [("a/b.html".to_owned(), Bytes::from("<p>"))]);
    }
}
