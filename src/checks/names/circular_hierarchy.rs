//! `circular-hierarchy`: a word that lies below itself. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "circular-hierarchy",
        point: "a word lies below itself",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: include_str!("circular_hierarchy.md"),
    },
    run: Run::WhileReading,
};
