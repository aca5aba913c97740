//! A collection of the tests: sources read and checked in memory, without the command line.

use std::path::Path;

use clausal::checks;
use clausal::diagnostic::Finding;
use clausal::model::Collection;
use clausal::resolve::resolve;
use clausal::source::{SourceFile, Sources};
use clausal::syntax;

/// Sources with what they mean and what is wrong with them.
pub struct Checked {
    pub sources: Sources,
    pub collection: Collection,
    pub findings: Vec<Finding>,
}

/// Checks the texts, as of a day where one is given.
pub fn check(files: Vec<SourceFile>, as_of: Option<jiff::civil::Date>) -> Checked {
    let sources = Sources::new(files);
    let (mut asts, mut found) = (Vec::new(), Vec::new());
    for (id, file) in sources.iter() {
        let parsed = syntax::parse(id, file);
        asts.push(parsed.ast);
        found.extend(parsed.findings);
    }
    let (collection, resolved) = resolve(&sources, &asts);
    found.extend(resolved);
    let context = checks::Context::new(&collection, &sources, as_of, &found);
    let mut findings = checks::run(&context);
    findings.extend(found);
    let findings = checks::finish(&context, findings, &checks::Settings::default());
    drop(asts);
    Checked { sources, collection, findings }
}

/// The example policies, told by paths below the project.
pub fn policies() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut files: Vec<SourceFile> = std::fs::read_dir(&folder)
        .expect("policies/ is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "policy"))
        .map(|path| {
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            SourceFile::from_bytes(format!("policies/{name}"), std::fs::read(&path).expect("it can be read"))
        })
        .collect();
    files.sort_by(|a, b| a.path().cmp(b.path()));
    files
}
