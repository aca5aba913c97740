//! `wrong-filler`: a word that an action does not take in that place. Resolution finds it.

use crate::checks::{Check, Run};
use crate::diagnostic::{CheckInfo, Family, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "wrong-filler",
        point: "a word stands where another kind of word belongs",
        family: Family::Types,
        severity: Some(Severity::Error),
        page: include_str!("wrong_filler.md"),
    },
    run: Run::WhileReading,
};
