//! An output folder kept in memory, for what the emitters write.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Mutex;

/// Files by their paths.
#[derive(Default)]
pub struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

/// One of the files, being written.
pub struct File<'m>(&'m Memory, String);

impl Memory {
    /// Opens a file; no path may be opened twice.
    pub fn create(&self, path: &str) -> io::Result<File<'_>> {
        let new = self.0.lock().expect("no writer panics").insert(path.to_owned(), Vec::new()).is_none();
        assert!(new, "{path} is written twice");
        Ok(File(self, path.to_owned()))
    }

    /// What was written.
    pub fn files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().expect("no writer panics")
    }
}

impl Write for File<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.0.0.lock().expect("no writer panics");
        files.entry(self.1.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
