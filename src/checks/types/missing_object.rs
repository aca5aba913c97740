//! `missing-object`: an action without the object it takes. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "missing-object",
        point: "a rule does not say to what it applies",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("missing_object.md"),
    },
    run: Run::WhileReading,
};
