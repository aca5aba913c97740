//! Programs that this machine may have, and what they say.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the programs are; `None`, told, where one is missing.
#[track_caller]
pub fn tools(names: &[&str]) -> Option<Vec<PathBuf>> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let find = |name: &str| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    let mut found = Vec::new();
    for name in names {
        match find(name) {
            Some(path) => found.push(path),
            None if are_required() => {
                panic!("no {name}, and CLAUSAL_REQUIRE_TOOLS=1 asks for it")
            }
            None => {
                println!("skipped: no {name}");
                return None;
            }
        }
    }
    Some(found)
}

/// Whether a missing program is a failure.
pub fn are_required() -> bool {
    std::env::var_os("CLAUSAL_REQUIRE_TOOLS").is_some_and(|value| value == "1")
}

/// What a program writes; it must succeed, and Pandoc must not warn.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("the program can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    let is_browser = command.get_program().to_string_lossy().contains("chrom");
    assert!(is_browser || said.trim().is_empty(), "{command:?} says: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
