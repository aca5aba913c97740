//! `unknown-reference`: a reference that leads nowhere. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unknown-reference",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("unknown_reference.md"),
    },
    run: Run::WhileReading,
};
