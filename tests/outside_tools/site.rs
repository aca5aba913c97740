//! Pages and documents in a folder of their own, for other programs to read.

use std::io;
use std::path::Path;

use clausal::emit::html::{self, Settings};
use clausal::emit::markdown;
use clausal::emit::templates::Templates;

use super::compiled::Compiled;

/// Pages and documents in a folder that goes with them.
pub struct Site {
    pub folder: tempfile::TempDir,
    pub documents: Vec<String>,
}

impl Site {
    pub fn policies() -> Self {
        Site::of(&Compiled::policies())
    }

    pub fn new(files: &[(&str, &str)]) -> Self {
        Site::of(&Compiled::of(files))
    }

    fn of(compiled: &Compiled) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the site");
        let create = |path: &str| -> io::Result<std::fs::File> {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
            std::fs::File::create(file)
        };
        let templates = Templates::new([]).expect("the built-in templates");
        html::write(compiled.scope(), &templates, Settings::default(), &create).expect("pages");
        markdown::write(compiled.scope(), &templates, 0, &create).expect("documents");
        let keys = compiled.collection.policies.iter().map(|policy| policy.key.as_str());
        let documents = keys.map(|key| format!("{key}.md")).collect();
        Site { folder, documents }
    }
}
