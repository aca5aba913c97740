//! Why a run could not do its work: a message for the person at the keyboard, with a remedy.
//!
//! A failure is no finding: findings are about what the sources say, failures about files, folders and options.

use std::fmt;
use std::io;

/// One thing that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What could not be done and why: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Failures told before this one.
    pub others: Vec<Failure>,
}

impl Failure {
    /// A failure with nothing to do about it.
    pub fn new(message: impl Into<String>) -> Self {
        Failure { message: message.into(), help: None, others: Vec::new() }
    }

    /// The same with a remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Several failures as one; the last of them carries the others. `None` where there is none.
    pub fn all(mut failures: Vec<Failure>) -> Option<Self> {
        let mut last = failures.pop()?;
        failures.append(&mut last.others);
        last.others = failures;
        Some(last)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    /// The failure that a writer was given to carry, or the system's own words.
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Failure>()) {
            Some(failure) => failure.clone(),
            None => Failure::new(format!("nothing could be written: {}", reason(&error))),
        }
    }
}

/// What the system says in the words of people who use it: "there is no such file or folder".
pub(super) fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "there is no such file or folder".to_owned(),
        Kind::PermissionDenied => "the system does not allow it".to_owned(),
        Kind::StorageFull => "the disk is full".to_owned(),
        Kind::QuotaExceeded => "your share of the disk is used up".to_owned(),
        Kind::FileTooLarge => "the file would be larger than the system allows".to_owned(),
        Kind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
        Kind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        Kind::ResourceBusy => "it is in use, perhaps as a disk of its own".to_owned(),
        Kind::CrossesDevices => "it is a disk of its own, and cannot be renamed".to_owned(),
        Kind::InvalidFilename => "the name is longer than the system allows".to_owned(),
        // A link that leads to itself has no stable kind of its own.
        _ if is_link_loop(error) => "its links lead in a circle".to_owned(),
        _ => plain(&error.to_string()),
    }
}

/// A suggestion for a misspelt word: the nearest of the known ones, if any is near.
pub(super) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let near = |candidate: &&str| {
        let most = (candidate.chars().count() / 3).max(1);
        strsim::damerau_levenshtein(word, candidate) <= most
    };
    known.filter(near).min_by_key(|candidate| strsim::damerau_levenshtein(word, candidate))
}

#[cfg(unix)]
fn is_link_loop(error: &io::Error) -> bool {
    // ELOOP on Linux, and on the BSDs and macOS.
    matches!(error.raw_os_error(), Some(40) if cfg!(target_os = "linux"))
        || matches!(error.raw_os_error(), Some(62) if !cfg!(target_os = "linux"))
}

#[cfg(not(unix))]
fn is_link_loop(_: &io::Error) -> bool {
    false
}

/// The system's own words without its number, beginning with a small letter.
fn plain(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or(text).trim_end_matches('.');
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_without_numbers() {
        assert_eq!(reason(&io::Error::from_raw_os_error(2)), "there is no such file or folder");
        assert_eq!(plain("Too many open files (os error 24)"), "too many open files");
    }

    #[test]
    fn a_far_word_is_no_suggestion() {
        let known = ["review-overdue", "contradiction"];
        assert_eq!(nearest("reveiw-overdue", known.into_iter()), Some("review-overdue"));
        assert_eq!(nearest("weather", known.into_iter()), None);
    }
}
