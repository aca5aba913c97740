//! Which checks can be named after `--fix`, and why the others cannot.

use super::super::failure::{Failure, nearest};
use crate::checks;

/// The checks whose findings may carry an edit that can be made without asking.
pub(super) const MENDED: &[&str] = &[
    "syntax",
    "unknown-name",
    "unknown-reference",
    "unused-word",
    "unexpected-preposition",
    "misplaced-only-when",
    "misplaced-or",
    "ambiguous-and-or",
    "idle-exception",
    "idle-override",
    "unknown-language",
    "history-out-of-order",
];

/// The checks whose findings carry edits of which only an author can choose.
pub(super) const CHOSEN: &[&str] = &[
    "contradiction",
    "joint-contradiction",
    "unranked-rules",
    "contradictory-advice",
    "conflicting-deadlines",
    "override-cycle",
];

/// The checks of these names, each once.
pub(super) fn known(names: &[String]) -> Result<Vec<&'static str>, Failure> {
    let mut known = Vec::new();
    let mut failures = Vec::new();
    for name in names {
        match one(name) {
            Ok(check) if known.contains(&check) => {}
            Ok(check) => known.push(check),
            Err(failure) => failures.push(Failure { message: format!("--fix {name}: {}", failure.message), ..failure }),
        }
    }
    Failure::all(failures).map_or(Ok(known), Err)
}

fn one(name: &str) -> Result<&'static str, Failure> {
    if let Some(check) = MENDED.iter().find(|check| **check == name) {
        return Ok(check);
    }
    if CHOSEN.contains(&name) {
        return Err(Failure::new("which of several edits is right is for people to choose")
            .help("`clausal check` prints them under each finding; write the one that is meant"));
    }
    if let Some(check) = checks::find(name) {
        let name = check.info.name;
        return Err(Failure::new(format!("no program can mend the findings of `{name}`"))
            .help(format!("`clausal explain {name}` tells how to mend them")));
    }
    let is_family = checks::ALL.iter().any(|check| check.info.family.name() == name);
    if is_family || matches!(name, "all" | "warnings") {
        return Err(Failure::new(format!("`{name}` is not a check but many"))
            .help(format!("name the checks one by one, as in `--fix {}`", MENDED.last().unwrap_or(&"NAME"))));
    }
    let failure = Failure::new(format!("`{name}` is not a check"));
    let names = checks::ALL.iter().map(|check| check.info.name);
    Err(match nearest(name, names) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help(format!("these can be mended: {}", MENDED.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str) -> (String, String) {
        let failure = known(&[name.to_owned()]).expect_err("it cannot be mended");
        (failure.message, failure.help.unwrap_or_default())
    }

    #[test]
    fn only_checks_with_edits_can_be_named() {
        for name in MENDED.iter().chain(CHOSEN) {
            assert!(checks::find(name).is_some(), "{name} is no check");
        }
        let names = ["misplaced-or", "syntax", "misplaced-or"].map(str::to_owned);
        assert_eq!(known(&names), Ok(vec!["misplaced-or", "syntax"]));
        for name in CHOSEN {
            assert!(refused(name).0.contains("for people to choose"));
        }
    }

    #[test]
    fn the_others_are_refused_with_the_reason() {
        let (message, help) = refused("review-overdue");
        assert_eq!(message, "--fix review-overdue: no program can mend the findings of `review-overdue`");
        assert_eq!(help, "`clausal explain review-overdue` tells how to mend them");
        for name in ["all", "warnings", "names"] {
            assert_eq!(refused(name).0, format!("--fix {name}: `{name}` is not a check but many"));
        }
        assert_eq!(refused("misplaced-ro").1, "did you mean `misplaced-or`?");
        assert!(refused("weather").1.starts_with("these can be mended: syntax, "));
    }
}
