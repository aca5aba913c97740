//! `unknown-reference`: a reference that leads nowhere. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unknown-reference",
        point: "a reference leads nowhere",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("unknown_reference.md"),
    },
    run: Run::WhileReading,
};
