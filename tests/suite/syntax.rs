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
        if let Some(help) = &finding.help {
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

/// How many findings a text has, and that each place of them lies in the text.
fn count(text: &str) -> usize {
    let source = SourceFile::new("x.policy", text);
    let parsed = syntax::parse(FileId(0), &source);
    for label in parsed.findings.iter().flat_map(|finding| &finding.labels) {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(start <= end && text.get(start..end).is_some(), "{start}..{end} is no place of the text");
    }
    parsed.findings.len()
}

#[test]
fn a_word_that_begins_like_not_is_no_ban() {
    let source =
        SourceFile::new("x.policy", "policy p \"P\" { organisation o }\nclause c { rule staff must notify pupil }");
    let parsed = syntax::parse(FileId(0), &source);
    assert!(parsed.findings.is_empty());
    let tree = format!("{:?}", parsed.ast);
    assert!(tree.contains("negated: false") && tree.contains("\"notify\""), "{tree}");
}

#[test]
fn a_misspelt_condition_never_vanishes() {
    for wrong in ["wen purpose is personal", "unles on-premises", "when purpose ist personal", "only whn a", "within 3"]
    {
        let text = format!("policy p \"P\" {{ organisation o }}\nclause c {{ rule staff must use media {wrong} }}");
        assert_eq!(count(&text), 1, "{wrong}");
    }
}

#[test]
fn odd_texts_are_told_off_in_time() {
    let deep = "{".repeat(100_000);
    let brackets =
        format!("policy p \"P\" {{ organisation o }} clause c {{ rule a may b when {} x }}", "(".repeat(300));
    let line = format!("policy p \"P\" {{ organisation o }}\nclause c {{\n| {}\n}}", "word ".repeat(200_000));
    let nots =
        format!("policy p \"P\" {{ organisation o }} clause c {{ rule a may b when {} x }}", "not ".repeat(100_000));
    let quotes = "\"".repeat(100_001);
    let closes = "}".repeat(100_000);
    for (text, least) in [(deep, 1), (brackets, 1), (line, 0), (nots, 1), (quotes, 1), (closes, 1)] {
        assert!(count(&text) >= least, "{}", text.chars().take(60).collect::<String>());
    }
}

#[test]
fn files_that_hold_no_text_say_so() {
    let told = |bytes: &[u8]| {
        let source = SourceFile::from_bytes("x.policy", bytes.to_vec());
        syntax::parse(FileId(0), &source).findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(told(b"policy\0"), ["this file is not text"]);
    assert_eq!(told(b"# a\n# \xff"), ["byte 6 of this file, on line 2, is 0xFF, which is no UTF-8 text"]);
    assert_eq!(told(b""), ["there is nothing in this file"]);
    assert_eq!(told(b"# only a comment\n"), ["there is nothing in this file"]);
    assert_eq!(
        told(b"policy p \"P\" { organisation o }\rclause c {\r| x\r}\r"),
        ["a line ends here in a lone carriage return"]
    );
    assert_eq!(told(b"\xef\xbb\xbfpolicy p \"P\" { organisation o }\r\nclause c {\r\n| x\r\n}\r\n"), [""; 0]);
    let source = SourceFile::too_large("x.policy", 50 * 1024 * 1024);
    assert_eq!(
        syntax::parse(FileId(0), &source).findings[0].message,
        "this file has 50 MB, and no more than 32 MB are read"
    );
}

#[test]
fn a_missing_brace_in_a_long_file_is_told_near_where_it_belongs() {
    let mut text = String::from("policy p \"P\" {\n  organisation o\n}\n\n");
    for section in 0..20 {
        text.push_str(&format!("section s{section} \"S\" {{\n"));
        for clause in 0..10 {
            let close = if (section, clause) == (9, 4) { "" } else { "  }\n" };
            text.push_str(&format!("  clause c{clause} {{\n    | Words.\n    rule staff must use media\n{close}"));
        }
        text.push_str("}\n");
    }
    let source = SourceFile::new("x.policy", text.as_str());
    let parsed = syntax::parse(FileId(0), &source);
    assert_eq!(parsed.findings.len(), 1);
    let line = source.position(parsed.findings[0].labels[0].span.start).line;
    let wanted = text.lines().take(line as usize - 1).filter(|line| line.contains("clause c")).count();
    assert_eq!(wanted, 9 * 10 + 5, "the place is the line after the clause that is not closed");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC*") {
        count(&text);
    }

    #[test]
    fn no_heap_of_words_makes_the_parser_panic(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..80)) {
        count(&words.join(" "));
        count(&words.join("\n"));
    }
}

/// What policies are made of.
pub(super) const WORDS: &[&str] = &[
    "policy",
    "vocabulary",
    "section",
    "clause",
    "annex",
    "rule",
    "each",
    "each rule",
    "note",
    "define",
    "accept",
    "heading",
    "withdrawn",
    "must",
    "must not",
    "should",
    "may",
    "need not",
    "when",
    "only when",
    "unless",
    "within",
    "before",
    "every",
    "on breach",
    "overrides",
    "yields to",
    "and",
    "or",
    "not",
    "any of",
    "is",
    "is not",
    "is one of",
    "at most",
    "approved by",
    "consent of",
    "because",
    "party",
    "thing",
    "action",
    "fact",
    "takes",
    "also",
    "plural",
    "only",
    "staff",
    "x",
    "\"words\"",
    "\"",
    "{",
    "}",
    "(",
    ")",
    "|",
    "| some {term} words",
    "| {@x",
    "# comment",
    "#",
    "@a/b#c",
    "@",
    ":",
    ",",
    "=",
    "2026-03-17",
    "30 minutes",
    "2 of",
    "“",
    "é",
    "\u{a0}",
    "organisation o",
    "review every 12 months",
];

#[test]
fn of_very_many_mistakes_the_first_are_told_and_the_rest_counted() {
    let text = format!("policy p \"P\" {{ organisation o }}\n{}", "}\n".repeat(5_000));
    let source = SourceFile::new("x.policy", text);
    let findings = syntax::parse(FileId(0), &source).findings;
    assert_eq!(findings.len(), 1_001);
    assert_eq!(findings[1_000].message, "this file has 4000 more mistakes of this kind");
}
