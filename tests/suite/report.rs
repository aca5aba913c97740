//! What reports look like: golden texts for people, schemas and golden texts for programs.
//!
//! The golden files lie in `tests/report/`; each holds one case in all the forms that people see.

mod cases;
mod machine;
mod people;
mod totality;

use clausal::diagnostic::Finding;
use clausal::report::{Options, github, gitlab, human, json, sarif, short};
use clausal::source::Sources;

/// Sources with what was found in them.
struct Case {
    name: &'static str,
    sources: Sources,
    findings: Vec<Finding>,
}

impl Case {
    fn human(&self, options: &Options) -> String {
        written(|out| human(out, &self.findings, &self.sources, options))
    }

    fn short(&self, options: &Options) -> String {
        written(|out| short(out, &self.findings, &self.sources, options))
    }

    fn github(&self, options: &Options) -> String {
        written(|out| github(out, &self.findings, &self.sources, options))
    }

    fn gitlab(&self, options: &Options) -> String {
        written(|out| gitlab(out, &self.findings, &self.sources, options))
    }

    fn json(&self) -> String {
        written(|out| json(out, &self.findings, &self.sources))
    }

    fn sarif(&self) -> String {
        written(|out| sarif(out, &self.findings, &self.sources, cases::CHECKS))
    }
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}
