//! `incomparable-units`: an amount in a unit that cannot be compared. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "incomparable-units",
        point: "two amounts cannot be compared",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("incomparable_units.md"),
    },
    run: Run::WhileReading,
};
