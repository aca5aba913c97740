//! `missing-object`: an action without the object it takes. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "missing-object",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("missing_object.md"),
    },
    run: Run::WhileReading,
};
