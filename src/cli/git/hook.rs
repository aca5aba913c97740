//! The hook that runs before a commit: what is staged is checked, and an error stops the commit.
//!
//! A hook that somebody else wrote is never changed, nor is a folder of hooks outside the repository, which others may share.

use std::path::{Path, PathBuf};

use super::super::args::SetupArguments;
use super::super::failure::Failure;
use super::super::revision::Repository;
use super::{Change, Plan, marked, write};

/// What begins a hook of our own.
const SHEBANG: &str = "#!/bin/sh\n";

/// Adds what is to be done about the hook.
pub(super) fn plan(repository: &Repository, arguments: &SetupArguments, plan: &mut Plan) -> Result<(), Failure> {
    let folder = PathBuf::from(repository.git(["rev-parse", "--git-path", "hooks"]).line()?);
    let path = repository.base().join(folder).join("pre-commit");
    let told = repository.told(&path);
    let lines = lines(repository, arguments)?;
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let old = write::text(&path, &told)?;
    let is_ours = old.as_deref().is_some_and(marked::is_in);
    if arguments.remove {
        if let Some(text) = old.as_deref().filter(|_| is_ours) {
            let rest = marked::without(text, &told)?.filter(|rest| rest.trim() != SHEBANG.trim());
            plan.changes.push(Change::File { path, told, old, new: rest, is_program: true });
        }
        return Ok(());
    }
    if !is_inside(repository, &path)? {
        plan.warnings.push(
            Failure::new(format!(
                "the hooks of this repository lie outside it, in `{told}`, and nothing is written there"
            ))
            .help(format!("add to that file: {}", lines.join("; "))),
        );
        return Ok(());
    }
    let text = match old.as_deref() {
        Some(text) if !is_ours && !text.trim().is_empty() => {
            if !lines.iter().all(|line| line.starts_with('#') || text.contains(line.trim())) {
                plan.warnings.push(
                    Failure::new(format!("`{told}` is somebody else's hook, and stays as it is"))
                        .help(format!("to check policies too, add to it: {}", lines.join("; "))),
                );
            }
            return Ok(());
        }
        Some(text) if is_ours => text,
        _ => SHEBANG,
    };
    let new = marked::with(text, &lines, &told)?;
    if old.as_deref() != Some(new.as_str()) || !write::is_program(&path) {
        plan.changes.push(Change::File { path, told, old, new: Some(new), is_program: true });
    }
    Ok(())
}

/// The lines of the hook, which git runs at the top of the working tree.
fn lines(repository: &Repository, arguments: &SetupArguments) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    for path in &arguments.paths {
        let place = repository.locate(path)?;
        paths.push(if place.is_empty() { ".".to_owned() } else { quoted(&place) });
    }
    let paths = paths.join(" ");
    Ok(vec![
        "# What is about to be committed is checked; `git commit --no-verify` passes this by.".to_owned(),
        "if ! git diff --cached --quiet --no-ext-diff -- '*.policy' '*clausal.toml'; then".to_owned(),
        format!("  clausal check --staged {paths} || exit 1"),
        format!("  clausal fmt --check --staged {paths} || exit 1"),
        "fi".to_owned(),
    ])
}

/// A path as a shell takes it, and never as an option.
fn quoted(path: &str) -> String {
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    let is_plain = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter));
    if is_plain { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Whether a file lies in the working tree, or in the folder where git keeps the repository.
fn is_inside(repository: &Repository, path: &Path) -> Result<bool, Failure> {
    let common = repository.git(["rev-parse", "--git-common-dir"]).line()?;
    let real = |path: &Path| {
        // The folder of hooks need not be there yet.
        let there =
            path.ancestors().find_map(|above| Some((above.canonicalize().ok()?, path.strip_prefix(above).ok()?)));
        there.map_or_else(|| path.to_owned(), |(real, rest)| real.join(rest))
    };
    let homes = [repository.files()?.to_owned(), real(&repository.base().join(common))];
    let path = real(path);
    Ok(homes.iter().any(|home| path.starts_with(home)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_no_options_and_no_commands() {
        assert_eq!(quoted("policies/hr"), "policies/hr");
        assert_eq!(quoted("-x"), "./-x");
        assert_eq!(quoted("head's; rm *"), r"'head'\''s; rm *'");
    }
}
