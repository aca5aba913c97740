//! How much findings weigh in a run: the defaults of the checks, then the settings, then the options.
//!
//! A name is a check, a family of checks or `all`; `warnings`, in options only, is whatever would be a warning then. The
//! narrower name wins over the wider one whatever their order, an option wins over the settings. What cannot be read is
//! always an error: text that is passed over must never look like text that is right.

use std::collections::BTreeMap;

use super::args::Levels;
use super::failure::{Failure, nearest};
use crate::diagnostic::{CheckInfo, Family, Severity};

const ALL: &str = "all";
const WARNINGS: &str = "warnings";

/// What a finding of a check weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// It counts as this.
    As(Severity),
    /// It is left out.
    Off,
}

/// The names that levels can be given to.
#[derive(Debug)]
pub(super) struct Names {
    checks: Vec<CheckInfo>,
}

/// The severity of every check in this run; `None` is a check that is left out.
pub(super) type Severities = BTreeMap<&'static str, Option<Severity>>;

impl Level {
    /// The level as the settings spell it.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "error" => Level::As(Severity::Error),
            "warning" => Level::As(Severity::Warning),
            "note" => Level::As(Severity::Note),
            "off" => Level::Off,
            _ => return None,
        })
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Level::As(severity) => Some(severity),
            Level::Off => None,
        }
    }
}

impl Names {
    /// The names of these checks, their families, and `all`.
    pub fn new(checks: impl IntoIterator<Item = CheckInfo>) -> Self {
        Names { checks: checks.into_iter().collect() }
    }

    /// Whether there is such a check or family; if not, why not and what may have been meant.
    pub fn known(&self, name: &str) -> Result<(), Failure> {
        if name == ALL || self.checks.iter().any(|check| check.name == name || check.family.name() == name) {
            return Ok(());
        }
        let failure = Failure::new(format!("`{name}` is not a check"));
        let names = self.checks.iter().flat_map(|check| [check.name, check.family.name()]);
        Err(match nearest(name, names.chain([ALL, WARNINGS])) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`clausal explain` lists them all"),
        })
    }

    /// Whether the findings of a name may weigh as little as this.
    pub fn can_be(&self, name: &str, level: Level) -> Result<(), Failure> {
        let is_fixed = |check: &CheckInfo| fixed(check) && (check.name == name || check.family.name() == name);
        if level == Level::As(Severity::Error) || !self.checks.iter().any(is_fixed) {
            return Ok(());
        }
        Err(Failure::new(format!("findings of `{name}` are always errors"))
            .help("text that cannot be read would be passed over without a word; mend it instead"))
    }

    /// The severities of a run.
    pub fn severities(&self, settings: &[(String, Level)], options: &Levels) -> Result<Severities, Failure> {
        let options = self.given(options)?;
        let mut severities: Severities = self
            .checks
            .iter()
            .map(|check| {
                let level = level(check, &options).or_else(|| level(check, settings));
                let severity = level.filter(|_| !fixed(check)).map_or(check.severity, Level::severity);
                (check.name, severity)
            })
            .collect();
        if let Some((_, level)) = options.iter().find(|(name, _)| name == WARNINGS) {
            for check in &self.checks {
                // A check named by an option has been told what to be.
                let is_named = options.iter().any(|(name, _)| name == check.name || name == check.family.name());
                if let Some(severity) = severities.get_mut(check.name)
                    && *severity == Some(Severity::Warning)
                    && !is_named
                {
                    *severity = level.severity();
                }
            }
        }
        Ok(severities)
    }

    /// The options as names and levels.
    fn given(&self, options: &Levels) -> Result<Vec<(String, Level)>, Failure> {
        let lists = [
            ("--deny", &options.deny, Level::As(Severity::Error)),
            ("--warn", &options.warn, Level::As(Severity::Warning)),
            ("--allow", &options.allow, Level::Off),
        ];
        let mut failures = Vec::new();
        let mut given: Vec<(String, Level)> = Vec::new();
        for (option, names, level) in lists {
            for name in names {
                let known = if name == WARNINGS { Ok(()) } else { self.known(name) };
                if let Err(failure) = known.and_then(|()| self.can_be(name, level)) {
                    failures.push(Failure { message: format!("{option} {name}: {}", failure.message), ..failure });
                } else if given.iter().any(|(known, other)| known == name && *other != level) {
                    failures.push(
                        Failure::new(format!("{option} {name}: another option says otherwise of `{name}`"))
                            .help("name it once"),
                    );
                } else {
                    given.push((name.clone(), level));
                }
            }
        }
        Failure::all(failures).map_or(Ok(given), Err)
    }
}

/// Whether nobody may say how much a check's findings weigh.
fn fixed(check: &CheckInfo) -> bool {
    check.family == Family::Syntax
}

/// What a list says of a check: by its own name, else by its family's, else by `all`.
fn level(check: &CheckInfo, list: &[(String, Level)]) -> Option<Level> {
    let said = |of: &str| list.iter().find(|(name, _)| name == of).map(|(_, level)| *level);
    said(check.name).or_else(|| said(check.family.name())).or_else(|| said(ALL))
}

#[cfg(test)]
mod tests;
