//! `ambiguous-and-or`: `and` beside `or` without parentheses. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "ambiguous-and-or",
        point: "a condition can be read in two ways",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("ambiguous_and_or.md"),
    },
    run: Run::WhileReading,
};
