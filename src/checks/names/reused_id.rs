//! `reused-id`: an id that a withdrawn clause or an old name still holds. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "reused-id",
        point: "a new clause has the name of an earlier one",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("reused_id.md"),
    },
    run: Run::WhileReading,
};
