//! Sources compiled as far as the model, for tests of what comes after it.

use std::path::Path;
use std::sync::LazyLock;

use clausal::diagnostic::{CheckInfo, Finding};
use clausal::emit::view::Scope;
use clausal::model::Collection;
use clausal::resolve::resolve;
use clausal::source::{SourceFile, Sources};
use clausal::syntax::parse;

/// Sources, what they mean, and what was found on the way there.
pub struct Compiled {
    pub sources: Sources,
    pub collection: Collection,
    pub findings: Vec<Finding>,
}

/// The example policies, told by paths below the project.
pub fn policies() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let entries = std::fs::read_dir(folder).expect("the folder of the policies can be read");
    let mut files: Vec<SourceFile> = entries
        .map(|entry| entry.expect("an entry of the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "policy"))
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            SourceFile::from_bytes(format!("policies/{name}"), std::fs::read(&path).expect("a policy can be read"))
        })
        .collect();
    files.sort_by(|a, b| a.path().cmp(b.path()));
    files
}

impl Compiled {
    /// Texts with their paths.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Compiled::from(files.iter().map(|&(path, text)| SourceFile::new(path, text)).collect())
    }

    /// Files as they are read, whatever their bytes.
    pub fn of_bytes(files: Vec<(String, Vec<u8>)>) -> Self {
        Compiled::from(files.into_iter().map(|(path, bytes)| SourceFile::from_bytes(path, bytes)).collect())
    }

    /// Sources.
    pub fn from(files: Vec<SourceFile>) -> Self {
        let sources = Sources::new(files);
        let (mut asts, mut findings) = (Vec::new(), Vec::new());
        for (id, file) in sources.iter() {
            let parsed = parse(id, file);
            asts.push(parsed.ast);
            findings.extend(parsed.findings);
        }
        let (collection, found) = resolve(&sources, &asts);
        drop(asts);
        findings.extend(found);
        Compiled { sources, collection, findings }
    }

    /// The example policies.
    pub fn policies() -> Self {
        Compiled::from(policies())
    }

    /// What views are made from.
    pub fn scope(&self) -> Scope<'_> {
        static CHECKS: LazyLock<Vec<CheckInfo>> =
            LazyLock::new(|| clausal::checks::ALL.iter().map(|check| check.info).collect());
        Scope { collection: &self.collection, sources: &self.sources, checks: &CHECKS }
    }

    /// The same, once nothing was found wrong.
    #[track_caller]
    pub fn sound(self) -> Self {
        let told: Vec<String> = self
            .findings
            .iter()
            .map(|finding| {
                let text = self.sources.text(finding.span());
                format!("{}: {} at `{text}`", finding.check, finding.message)
            })
            .collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
        self
    }
}
