//! `duplicate-id`: one id for two things of the same kind or place. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "duplicate-id",
        point: "two places have the same name",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("duplicate_id.md"),
    },
    run: Run::WhileReading,
};
