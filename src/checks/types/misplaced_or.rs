//! `misplaced-or`: `or` between names in a rule that is no duty. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "misplaced-or",
        point: "a choice stands where none can be made",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("misplaced_or.md"),
    },
    run: Run::WhileReading,
};
