//! `duplicate-form`: one form of words for two words. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "duplicate-form",
        point: "two words are written alike",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("duplicate_form.md"),
    },
    run: Run::WhileReading,
};
