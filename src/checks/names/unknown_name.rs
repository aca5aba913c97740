//! `unknown-name`: a name that nothing declares. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unknown-name",
        point: "a name is used that nobody has declared",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("unknown_name.md"),
    },
    run: Run::WhileReading,
};
