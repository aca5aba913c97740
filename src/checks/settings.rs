//! What each check's findings weigh in a run: the defaults, and what the settings say otherwise.
//!
//! It reads no file and no argument; whoever does gives it names and severities.

use std::collections::BTreeMap;
use std::fmt;

use super::{find, nearest};
use crate::diagnostic::{Family, Severity};

/// Severities that differ from the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    levels: BTreeMap<&'static str, Option<Severity>>,
}

/// Why a severity could not be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no check of this name; the second is the nearest one.
    Unknown(String, Option<&'static str>),
    /// What cannot be read is always an error.
    Fixed(&'static str),
}

impl Settings {
    /// Sets the severity of a check by its name; `None` turns it off. The last word counts.
    pub fn set(&mut self, name: &str, severity: Option<Severity>) -> Result<(), Refused> {
        let Some(check) = find(name) else { return Err(Refused::Unknown(name.to_owned(), nearest(name))) };
        if check.info.family == Family::Syntax && severity != Some(Severity::Error) {
            return Err(Refused::Fixed(check.info.name));
        }
        self.levels.insert(check.info.name, severity);
        Ok(())
    }

    /// What a finding of this check weighs; `None` where the check is off. A name that is in no list is an error: it is
    /// a finding all the same.
    pub fn severity(&self, name: &str) -> Option<Severity> {
        match self.levels.get(name) {
            Some(level) => *level,
            None => find(name).map_or(Some(Severity::Error), |check| check.info.severity),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Unknown(name, Some(near)) => write!(f, "`{name}` is not a check; did you mean `{near}`?"),
            Refused::Unknown(name, None) => write!(f, "`{name}` is not a check"),
            Refused::Fixed(name) => write!(f, "`{name}` is always an error: what cannot be read means nothing"),
        }
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_take_names_of_checks_only() {
        let mut settings = Settings::default();
        assert_eq!(settings.severity("review-overdue"), Some(Severity::Warning));
        assert_eq!(settings.set("review-overdue", Some(Severity::Error)), Ok(()));
        assert_eq!(settings.severity("review-overdue"), Some(Severity::Error));
        assert_eq!(settings.set("unused-word", None), Ok(()));
        assert_eq!(settings.severity("unused-word"), None);
        let unknown = settings.set("review-overdu", None).unwrap_err();
        assert_eq!(unknown.to_string(), "`review-overdu` is not a check; did you mean `review-overdue`?");
        assert!(settings.set("syntax", Some(Severity::Note)).is_err());
        assert_eq!(settings.severity("syntax"), Some(Severity::Error));
    }
}
