//! A collection of the tests: sources read and checked in memory, without the command line.

use clausal::checks;
use clausal::diagnostic::Finding;
use clausal::model::Collection;
use clausal::source::{SourceFile, Sources};

use super::compiled::{self, Compiled};

/// Sources with what they mean and what is wrong with them.
pub struct Checked {
    pub sources: Sources,
    pub collection: Collection,
    pub findings: Vec<Finding>,
}

/// Checks the texts, as of a day where one is given.
pub fn check(files: Vec<SourceFile>, as_of: Option<jiff::civil::Date>) -> Checked {
    checked(files, as_of, false)
}

/// Checks the texts, all organisations taken as one, as of a day on which what is accepted in the example policies holds.
pub fn check_as_one(files: Vec<SourceFile>) -> Checked {
    checked(files, Some(jiff::civil::date(2026, 11, 20)), true)
}

fn checked(files: Vec<SourceFile>, as_of: Option<jiff::civil::Date>, as_one: bool) -> Checked {
    let Compiled { sources, collection, findings: found } = Compiled::from(files);
    let context = checks::Context::new(&collection, &sources, as_of, &found).as_one(as_one);
    let mut findings = checks::run(&context);
    findings.extend(found);
    let findings = checks::finish(&context, findings, &checks::Settings::default());
    Checked { sources, collection, findings }
}

/// The example policies, told by paths below the project.
pub fn policies() -> Vec<SourceFile> {
    compiled::policies()
}
