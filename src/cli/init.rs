//! `clausal init`: a small collection to start from, whose files explain themselves.
//!
//! It never overwrites: if one of its files is there already, none is written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::Exit;
use super::args::InitArguments;
use super::failure::{Failure, reason};
use super::paths::shown;
use super::pipeline::here;
use super::terminal::Terminal;

/// The files, by name.
const FILES: [(&str, &str); 3] = [
    ("clausal.toml", include_str!("../../templates/init/clausal.toml")),
    ("vocabulary.policy", include_str!("../../templates/init/vocabulary.policy")),
    ("mobile-phones.policy", include_str!("../../templates/init/mobile-phones.policy")),
];

/// Runs the verb.
pub(super) fn run(arguments: &InitArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let base = here()?;
    let folder = arguments.folder.as_path();
    let told = shown(folder, &base);
    if fs::metadata(folder).is_ok_and(|about| !about.is_dir()) {
        return Err(Failure::new(format!("`{told}` is a file, not a folder")).help("name a folder to write into"));
    }
    for (name, _) in FILES {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            return Err(Failure::new(format!("`{}` exists already, so nothing is written", shown(&path, &base)))
                .help("name another folder: `clausal init DIR`"));
        }
    }
    fs::create_dir_all(folder)
        .map_err(|error| Failure::new(format!("the folder `{told}` cannot be made: {}", reason(&error))))?;
    write(folder).map_err(|error| {
        Failure::new(format!("`{told}` cannot be written into: {}", reason(&error))).help("nothing was written")
    })?;
    let here = if told == "." { String::new() } else { format!(" {}", quoted(&told)) };
    let files: Vec<String> =
        FILES.iter().map(|(name, _)| format!("  {}\n", shown(&folder.join(name), &base))).collect();
    terminal.print(&format!(
        "wrote a small collection:\n{}\nread `mobile-phones.policy` first, then:\n  clausal check{here}\n  clausal \
         build{here}\n",
        files.concat()
    ))?;
    Ok(Exit::Clean)
}

/// Writes all files or none.
fn write(folder: &Path) -> io::Result<()> {
    for (index, (name, text)) in FILES.iter().enumerate() {
        let path = folder.join(name);
        // Somebody may have been quicker; what is theirs stays.
        let written = File::create_new(&path).and_then(|mut file| {
            file.write_all(text.as_bytes()).inspect_err(|_| {
                let _ = fs::remove_file(&path);
            })
        });
        if let Err(error) = written {
            for (name, _) in FILES.iter().take(index) {
                let _ = fs::remove_file(folder.join(name));
            }
            return Err(error);
        }
    }
    Ok(())
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = path.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
