//! `version-mismatch`: the version of the header is not the last of the history, or the history has one twice.

use std::collections::BTreeMap;

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "version-mismatch",
        point: "the version and the history disagree",
        family: Family::Governance,
        severity: Some(Severity::Warning),
        page: include_str!("version_mismatch.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    let mut seen = BTreeMap::new();
    for entry in &policy.history {
        if let Some(first) = seen.insert(plain(&entry.version), entry.span) {
            findings.push(
                Finding::new(
                    CHECK.info.name,
                    entry.span,
                    format!("the history has version {} twice", plain(&entry.version)),
                )
                .and(first, "it stands here first")
                .help("give each version its own number, so that people can say which one they mean"),
            );
        }
    }
    // The last line as written, or the latest date where the lines are out of order, which is a finding of its own.
    let Some(last) = policy.history.iter().max_by_key(|entry| entry.date.first_day()) else { return };
    let Some((version, place)) = &policy.version else { return };
    let in_force = policy.history.last().is_some_and(|entry| plain(&entry.version) == plain(version));
    if in_force || plain(&last.version) == plain(version) {
        return;
    }
    findings.push(
        Finding::new(
            CHECK.info.name,
            *place,
            format!("this is version {version}, but the history ends with version {}", last.version),
        )
        .and(last.span, "the last version recorded")
        .help("record this version in the `history`, or correct the one that is wrong"),
    );
}

/// A version as it is compared: "Version 2" and "v2" are version 2.
fn plain(version: &str) -> String {
    let lower = version.trim().to_lowercase();
    let bare = lower.strip_prefix("version").or_else(|| lower.strip_prefix('v')).unwrap_or(&lower);
    bare.trim_start_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn versions_are_compared_without_the_word() {
        assert_eq!(plain("Version 2"), plain("2"));
        assert_eq!(plain("v3.1"), "3.1");
        assert_ne!(plain("2"), plain("2.0"));
    }
}
