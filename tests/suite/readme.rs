//! README and docs: the examples shown there are what the program makes of them.

use std::path::Path;

use clausal::diagnostic::Severity;
use clausal::report::{self, Options, Totals};
use clausal::source::SourceFile;
use clausal::verbalise;

use super::collection::{check, check_as_one, policies};

const WORDS: &str = r#"vocabulary school {
  organisation northgate "Northgate Schools Trust"

  party staff "member of staff" plural "members of staff" {
    line-manager
    headteacher "the headteacher"
  }
  party pupil

  thing social-media "social media" plural "social media"
  thing pupil-message "message from a pupil" plural "messages from pupils"

  action contact "be in direct contact with" takes party on social-media
  action report takes thing to party

  fact relationship { immediate-family none }
  event message-received "receiving the message"
  consequence gross-misconduct
}
"#;

const HEADER: &str = "policy social-media \"Social Media Policy\" {
  organisation northgate
  version      \"1.0\"
  status       draft
  owner        headteacher
}

";

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("it is there")
}

/// The first fenced block of a kind.
fn block(text: &str, kind: &str) -> String {
    let fence = format!("```{kind}\n");
    let start = text.find(&fence).map(|at| at + fence.len()).expect("README has such a block");
    let length = text[start..].find("```").expect("the block ends");
    text[start..start + length].to_owned()
}

fn files(clause: &str) -> Vec<SourceFile> {
    let policy = format!("{HEADER}{clause}");
    vec![SourceFile::new("social-media.policy", policy), SourceFile::new("words.policy", WORDS)]
}

#[test]
fn the_tour_is_what_the_program_says() {
    let readme = readme();
    let checked = check(files(&block(&readme, "policy")), None);
    let mut told = Vec::new();
    report::human(&mut told, &checked.findings, &checked.sources, &Options::default()).expect("a buffer takes all");
    let told = String::from_utf8(told).expect("reports are text");
    let (findings, _) = told.split_once("\n`clausal explain").expect("it ends with a word about `explain`");
    let summary = report::summary(&Totals::of(&checked.findings, 1, 2));
    assert_eq!(block(&readme, "text"), format!("{findings}\n{summary}\n"));
}

#[test]
fn the_contradiction_shown_is_one_of_the_example_policies() {
    let readme = readme();
    let shown =
        readme.split("```text\n").nth(2).and_then(|rest| rest.split("```").next()).expect("there are two such blocks");
    let checked = check_as_one(policies());
    let errors =
        checked.findings.iter().filter(|finding| finding.severity == Severity::Error && finding.accepted.is_none());
    assert!(readme.contains(&format!("One of the {} contradictions it finds", errors.count())));
    let mut told = Vec::new();
    report::human(&mut told, &checked.findings, &checked.sources, &Options::default()).expect("a buffer takes all");
    let told = String::from_utf8(told).expect("reports are text");
    assert!(told.contains(shown), "README shows\n{shown}");
}

#[test]
fn the_rules_of_the_tour_read_as_shown() {
    let readme = readme();
    let mended =
        block(&readme, "policy").replace("imediate", "immediate").replace("should be reported", "must be reported");
    let checked = check(files(&mended), None);
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    let shown = readme.replace("\n> ", " ").replace("**", "");
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for (id, _) in checked.collection.rules() {
        let sentence = verbalise::statement(&checked.collection, id);
        assert!(shown.contains(&sentence), "README lacks `{sentence}`");
    }
}

#[test]
fn the_example_of_the_language_page_has_no_errors() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md");
    let page = std::fs::read_to_string(page).expect("it is there");
    let blocks: Vec<&str> = page.split("```policy\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 2);
    let files = blocks.iter().enumerate().map(|(at, text)| SourceFile::new(format!("{at}.policy"), *text)).collect();
    let checked = check(files, None);
    let wrong: Vec<_> = checked.findings.iter().filter(|finding| finding.check != "unused-word").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(checked.collection.rules().count(), 4);
}

#[test]
fn what_changes_for_staff_is_told_as_the_history_tells_it() {
    let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/history/for-staff.txt");
    let told = std::fs::read_to_string(told).expect("the history has been told");
    assert!(readme().contains(&format!("```text\n{told}```\n")), "README shows another answer than\n{told}");
}
