//! The parser: every `.policy` file below `tests/syntax/` has its findings in the `.txt` beside it.

use std::path::Path;

use clausal::report::{self, Options};
use clausal::source::{FileId, SourceFile, Sources};
use clausal::syntax;

use super::golden;

/// The findings of one text, one a line.
fn findings(name: &str, text: &str) -> String {
    let sources = Sources::new(vec![SourceFile::new(name, text)]);
    let parsed = syntax::parse(FileId(0), sources.file(FileId(0)));
    let mut out = Vec::new();
    for finding in &parsed.findings {
        report::short(&mut out, std::slice::from_ref(finding), &sources, &Options::default())
            .expect("a buffer takes all");
        for help in &finding.help {
            out.extend(format!("    help: {help}\n").bytes());
        }
    }
    String::from_utf8(out).expect("reports are text")
}

#[test]
fn each_mistake_gives_one_finding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".policy"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let text = std::fs::read_to_string(folder.join(&name)).expect("it can be read");
        golden::golden(&format!("syntax/{}.txt", name.trim_end_matches(".policy")), &findings(&name, &text));
    }
}
