//! `misplaced-only-when`: `only when` in a rule that is no permission. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "misplaced-only-when",
        point: "a limit stands where nothing is permitted",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("misplaced_only_when.md"),
    },
    run: Run::WhileReading,
};
