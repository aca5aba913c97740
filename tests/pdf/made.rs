//! Documents in memory and in a folder of their own.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use clausal::emit::pdf::{self, Error, Settings};
use clausal::emit::templates::Templates;

use super::compiled::Compiled;

/// The bytes of each document by its path.
pub type Documents = BTreeMap<String, Vec<u8>>;

/// Documents in a folder that goes with them.
pub struct Folder {
    _folder: tempfile::TempDir,
    pub paths: Vec<PathBuf>,
}

/// A policy that has one of everything, and one that every author's slip and malice has been put into.
pub fn everything() -> Compiled {
    Compiled::of(&[
        ("everything/policy.policy", include_str!("../export/everything.policy")),
        ("everything/words.policy", include_str!("../export/words.policy")),
    ])
    .sound()
}

pub fn hostile() -> Compiled {
    Compiled::of(&[("hostile.policy", include_str!("../compile/hostile.policy"))])
}

/// What `clausal init` writes.
pub fn init() -> Compiled {
    Compiled::of(&[
        ("mobile-phones.policy", include_str!("../../templates/init/mobile-phones.policy")),
        ("vocabulary.policy", include_str!("../../templates/init/vocabulary.policy")),
    ])
    .sound()
}

/// One policy with this body.
pub fn policy(body: &str) -> Compiled {
    let head = "vocabulary words { organisation north party staff thing post action share takes thing }\n\
                policy text \"Text\" { organisation north }\n";
    Compiled::of(&[("text.policy", &format!("{head}{body}"))])
}

/// Everything that is looked at from several sides.
pub fn all() -> Vec<Compiled> {
    vec![Compiled::policies(), everything(), hostile(), init()]
}

/// The documents of a collection.
#[track_caller]
pub fn made(compiled: &Compiled) -> Documents {
    with(compiled, &Templates::new([]).expect("the built-in templates"), Settings::default()).expect("documents")
}

/// The same with templates of others.
pub fn with(compiled: &Compiled, templates: &Templates, settings: Settings<'_>) -> Result<Documents, Error> {
    type Bytes = Arc<Mutex<Documents>>;
    struct File(Bytes, String);
    impl Write for File {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut files = self.0.lock().expect("no writer panics");
            files.entry(self.1.clone()).or_default().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let files = Bytes::default();
    pdf::write(compiled.scope(), templates, settings, &|path| Ok(File(Arc::clone(&files), path.to_owned())))?;
    let files = files.lock().expect("no writer panics").clone();
    Ok(files)
}

impl Folder {
    /// A folder with documents.
    pub fn of(documents: &Documents) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the documents");
        let paths = documents
            .iter()
            .map(|(path, bytes)| {
                let file = folder.path().join(path.replace('/', "."));
                std::fs::write(&file, bytes).expect("a document can be written");
                file
            })
            .collect();
        Folder { _folder: folder, paths }
    }
}
