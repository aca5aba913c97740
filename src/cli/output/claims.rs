//! Which paths of an output have been given out, so that no file is written over another and none lies elsewhere.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::{Mutex, PoisonError};

use super::super::failure::Failure;

/// The paths that have been given out, with `/` between their parts. Any thread may ask for one.
#[derive(Debug, Default)]
pub(in super::super) struct Claims(Mutex<BTreeSet<String>>);

impl Claims {
    /// Makes sure that a path lies below the output and is written once; `told` is what people are told it by.
    pub fn add(&self, path: &str, told: &str) -> Result<(), Failure> {
        if path.is_empty() || !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Failure::new(format!("`{told}` does not lie in the output folder")));
        }
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !given.insert(path.to_owned()) {
            return Err(Failure::new(format!("two files would be written to `{told}`"))
                .help("give one of the two policies another id"));
        }
        Ok(())
    }

    /// All of them; afterwards none is given out.
    pub fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
