//! The map of `policies/README.md`, from passages of the originals to clauses, held against the policies.

use std::collections::BTreeSet;
use std::path::Path;

use super::collection::{check, policies};

/// The clause paths that the table below a policy's heading names.
fn mapped(readme: &str, key: &str) -> BTreeSet<String> {
    let start =
        readme.find(&format!("\n## {key}\n")).unwrap_or_else(|| panic!("policies/README.md has no table for {key}"));
    let rest = &readme[start + 4..];
    let table = &rest[..rest.find("\n## ").unwrap_or(rest.len())];
    let cells = table
        .lines()
        .filter(|line| line.starts_with('|'))
        .filter_map(|line| line.trim_end_matches([' ', '|']).rsplit('|').next());
    let is_path =
        |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/');
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).filter(is_path).map(str::to_owned).collect()
}

#[test]
fn the_map_names_every_clause_and_no_other() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/README.md");
    let readme = std::fs::read_to_string(readme).expect("it is there");
    let checked = check(policies(), None);
    let mut wrong = Vec::new();
    for policy in &checked.collection.policies {
        let mapped = mapped(&readme, &policy.key);
        assert!(mapped.len() > 20, "{} has a table of {} paths", policy.key, mapped.len());
        let known: BTreeSet<String> = policy.blocks.iter().map(|block| block.path.clone()).collect();
        wrong.extend(mapped.difference(&known).map(|path| format!("{}: no clause `{path}`", policy.key)));
        wrong.extend(known.difference(&mapped).map(|path| format!("{}: `{path}` is not in the table", policy.key)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
