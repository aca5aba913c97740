//! `ambiguous-reference`: a reference that could mean several places. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "ambiguous-reference",
        point: "a reference could lead to several places",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("ambiguous_reference.md"),
    },
    run: Run::WhileReading,
};
