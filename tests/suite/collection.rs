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
    let Compiled { sources, collection, findings: found } = Compiled::from(files);
    let context = checks::Context::new(&collection, &sources, as_of, &found);
    let mut findings = checks::run(&context);
    findings.extend(found);
    let findings = checks::finish(&context, findings, &checks::Settings::default());
    Checked { sources, collection, findings }
}

/// The example policies, told by paths below the project.
pub fn policies() -> Vec<SourceFile> {
    compiled::policies()
}
