//! `crowded-rule`: two lists in one rule. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "crowded-rule",
        point: "a rule says too much at once",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("crowded_rule.md"),
    },
    run: Run::WhileReading,
};
