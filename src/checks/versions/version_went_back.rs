//! `version-went-back`: a policy has an earlier version than it had.

use std::cmp::Ordering;

use super::both;
use crate::checks::{Base, Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "version-went-back",
        point: "a policy has an earlier version than it had",
        family: Family::Versions,
        severity: Some(Severity::Error),
        page: include_str!("version_went_back.md"),
    },
    run: Run::Against(run),
};

fn run(context: &Context<'_>, base: &Base<'_>, findings: &mut Vec<Finding>) {
    for it in both(context, base) {
        let (Some((old, _)), Some((new, place))) = (&it.old.version, &it.new.version) else { continue };
        if order(new, old) != Some(Ordering::Less) {
            continue;
        }
        let message = format!("this is version {new}, and at `{}` it was version {old}", base.name);
        findings.push(Finding::new(CHECK.info.name, *place, message).help(
            "give it a version of its own, later than all before: nobody can tell two texts under one number apart",
        ));
    }
}

/// How two versions lie to each other, number by number: 1.10 comes after 1.9. `None` where one is not made of numbers.
fn order(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (numbers(one)?, numbers(other)?);
    let length = one.len().max(other.len());
    let filled = |mut numbers: Vec<u64>| {
        numbers.resize(length, 0);
        numbers
    };
    Some(filled(one).cmp(&filled(other)))
}

fn numbers(version: &str) -> Option<Vec<u64>> {
    let lower = version.trim().to_lowercase();
    let bare = lower.strip_prefix("version").or_else(|| lower.strip_prefix('v')).unwrap_or(&lower);
    bare.trim_start_matches(['.', ' ']).split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_number_by_number() {
        assert_eq!(order("1.9", "1.10"), Some(Ordering::Less));
        assert_eq!(order("v2", "2.0"), Some(Ordering::Equal));
        assert_eq!(order("Version 3", "2.9"), Some(Ordering::Greater));
        assert_eq!(order("2026a", "2025b"), None);
    }
}
