//! `missing-metadata`: a header that lacks what a policy of its status needs.

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{Missing, Status};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "missing-metadata",
        point: "particulars of the document are missing",
        family: Family::Governance,
        severity: Some(Severity::Warning),
        page: include_str!("missing_metadata.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // A field that could not be read is not missing.
    if subject.is_damaged() {
        return;
    }
    let policy = subject.policy;
    let missing: Vec<Field> = Missing::of(policy).into_iter().map(told).collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<&str> = missing.iter().map(|field| field.name).collect();
    let mut lines: Vec<String> = missing.iter().map(|field| format!("`{}`", field.line)).collect();
    lines.dedup();
    // What could not be read may be what seems to be missing.
    if policy.unread {
        return;
    }
    let message = match policy.status {
        Some((status, _)) => format!("{} lacks {}", article(status), listed(&names)),
        None => format!("the header lacks {}", listed(&names)),
    };
    let mut finding =
        Finding::new(CHECK.info.name, policy.span, message).help(format!("add to the header {}", listed(&lines)));
    if let Some((_, place)) = policy.status {
        finding = finding.and(place, "the status that asks for it");
    }
    findings.push(finding);
}

/// A field that is missing: how it is told, and a line that would supply it.
struct Field {
    name: &'static str,
    line: &'static str,
}

/// A missing field, told.
fn told(missing: Missing) -> Field {
    let (name, line) = match missing {
        Missing::Version => ("a version", "version \"1.0\""),
        Missing::Status => ("a status", "status draft"),
        Missing::Owner => ("an owner", "owner POST"),
        Missing::Approval => ("its approval", "approved DATE by BODY"),
        Missing::ApprovalDate => ("the date of its approval", "approved DATE by BODY"),
        Missing::Approver => ("who approved it", "approved DATE by BODY"),
        Missing::Effective => ("the day it takes effect", "effective DATE"),
        Missing::Review => ("when it is to be reviewed", "review every 12 months"),
    };
    Field { name, line }
}

fn article(status: Status) -> &'static str {
    match status {
        Status::Draft => "a draft",
        Status::Consultation => "a policy under consultation",
        Status::Adopted => "an adopted policy",
        Status::Withdrawn => "a withdrawn policy",
    }
}

/// `a, b and c`.
fn listed<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn lists_read_as_english() {
        assert_eq!(listed(&["a version"]), "a version");
        assert_eq!(listed(&["a version", "an owner", "its approval"]), "a version, an owner and its approval");
    }
}
