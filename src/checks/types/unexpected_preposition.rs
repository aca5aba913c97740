//! `unexpected-preposition`: a preposition that an action does not take. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unexpected-preposition",
        point: "a rule is put in words that do not fit",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("unexpected_preposition.md"),
    },
    run: Run::WhileReading,
};
