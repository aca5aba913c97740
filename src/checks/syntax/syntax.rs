//! `syntax`: text that cannot be read. The parser finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "syntax",
        point: "a part cannot be read",
        family: Family::Syntax,
        severity: Some(Severity::Error),
        page: include_str!("syntax.md"),
    },
    run: Run::WhileReading,
};
