//! The house rules, as tests: which module may know which, what every file begins with, how long it may be.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the crate may use of the others. A module that is not listed may use nothing.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("text", &[]),
    ("diagnostic", &["source"]),
    ("syntax", &["source", "diagnostic"]),
    ("model", &["source"]),
    ("resolve", &["source", "diagnostic", "syntax", "model"]),
    ("norms", &["model"]),
    ("verbalise", &["diagnostic", "model", "norms"]),
    ("diff", &["source", "model", "norms", "verbalise"]),
    ("checks", &["source", "diagnostic", "model", "norms", "verbalise", "diff"]),
    ("emit", &["source", "text", "diagnostic", "model", "norms", "verbalise", "diff"]),
    ("report", &["source", "text", "diagnostic"]),
    (
        "cli",
        &[
            "source",
            "diagnostic",
            "syntax",
            "model",
            "resolve",
            "norms",
            "verbalise",
            "diff",
            "checks",
            "emit",
            "report",
        ],
    ),
];

/// Words that only one place may use, and that place.
const AT_HOME: &[(&str, &str)] = &[
    ("pest", "src/syntax/parse"),
    ("pest_derive", "src/syntax/parse"),
    ("miette", "src/report"),
    ("handlebars", "src/emit"),
    ("clap", "src/cli"),
    ("indicatif", "src/cli"),
    ("tempfile", "src/cli"),
    ("walkdir", "src/cli"),
    ("hyper", "src/cli/serve"),
    ("hyper_util", "src/cli/serve"),
    ("http_body_util", "src/cli/serve"),
    ("tokio", "src/cli/serve"),
    ("std::fs", "src/cli"),
    ("std::env", "src/cli"),
    ("SystemTime", "src/cli"),
    ("Zoned::now", "src/cli"),
];

/// The longest a file may be, in lines.
const MOST_LINES: usize = 600;

/// A Rust file of `src/`: its path with `/`, its text, and the text before its own tests.
struct File {
    path: String,
    text: String,
}

impl File {
    fn module(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below.split(['/', '.']).next().unwrap_or(below)
    }

    /// The lines that are no comment, up to the tests at the end of the file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = self.text.find("#[cfg(test)]").unwrap_or(self.text.len());
        let lines = self.text[..end].lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), "rs", &mut files);
    files
        .iter()
        .map(|path| File {
            path: path.strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(path).expect("it can be read"),
        })
        .filter(|file| !file.path.ends_with("/tests.rs"))
        .collect()
}

fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("it is there").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, ending, files);
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
}

/// Whether `word` stands in `line` with no letter before or after it.
fn mentions(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn fail_if_any(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn imports_run_downward() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = file.module();
        if matches!(module, "lib" | "main") {
            continue;
        }
        let allowed = MAY_USE.iter().find(|(name, _)| *name == module).map_or(&[][..], |(_, allowed)| allowed);
        for (at, line) in file.code() {
            for (_, rest) in line.match_indices("crate::").map(|(at, found)| (at, &line[at + found.len()..])) {
                let used = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or("");
                if !used.is_empty() && used != module && !allowed.contains(&used) {
                    wrong.push(format!("{}:{at}: `{module}` must not know `{used}`", file.path));
                }
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn each_library_has_one_home() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (at, line) in file.code() {
            for (word, home) in AT_HOME {
                let at_home = file.path.starts_with(home) || file.path == "src/main.rs";
                if mentions(line, word) && !at_home {
                    wrong.push(format!("{}:{at}: `{word}` belongs in {home}", file.path));
                }
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn every_file_says_what_it_is_for_and_is_of_readable_length() {
    let mut wrong = Vec::new();
    for file in sources() {
        if !file.text.starts_with("//!") {
            wrong.push(format!("{}: begins with no `//!`", file.path));
        }
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: has {lines} lines, and {MOST_LINES} are the most", file.path));
        }
        if file.path.ends_with("/mod.rs") {
            wrong.push(format!("{}: write `x.rs` beside the folder `x/`", file.path));
        }
    }
    fail_if_any(wrong);
}

#[test]
fn nothing_an_author_writes_ends_the_program() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (at, line) in file.code() {
            for word in [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("] {
                if line.contains(word) {
                    wrong.push(format!("{}:{at}: `{word}` can end a user's run", file.path));
                }
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn every_rule_of_the_grammar_is_explained() {
    let grammar =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/policy.pest")).expect("it is there");
    let mut wrong = Vec::new();
    let mut before = "";
    for line in grammar.lines() {
        let begins_rule = line.split_once('=').is_some_and(|(name, rest)| {
            let name = name.trim();
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_') && rest.contains('{')
        });
        if begins_rule && !before.starts_with("///") {
            wrong.push(format!("`{}` has no `///` line", line.trim()));
        }
        before = line;
    }
    fail_if_any(wrong);
}

#[test]
fn every_check_has_its_page_and_is_listed_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
    let mut pages = Vec::new();
    collect(&root, "md", &mut pages);
    let names: Vec<&str> = clausal::checks::ALL.iter().map(|check| check.info.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), names.len(), "a check is listed twice");
    for name in names {
        let file = format!("{}.md", name.replace('-', "_"));
        assert!(pages.iter().any(|page| page.ends_with(&file)), "{name} has no page");
        let code = pages.iter().find(|page| page.ends_with(&file)).map(|page| page.with_extension("rs"));
        assert!(code.is_some_and(|code| code.exists()), "{name} has no code beside its page");
    }
}
