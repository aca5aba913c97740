//! The page of every check is its test: the wrong example gives the findings that stand below it, the right one none.
//!
//! `CLAUSAL_UPDATE=1` writes the findings into the pages. What a page has no room for is tested in the modules below.

mod accepts;
mod governance;
mod norms;
mod odd;
mod prose;
mod versions;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clausal::checks::{self, Base, Check, Context, Settings};
use clausal::diagnostic::{Finding, Severity};
use clausal::model::{Collection, PartialDate};
use clausal::report::{self, Options};
use clausal::source::{SourceFile, Sources};
use clausal::{diff, resolve, syntax};

/// A page taken apart.
struct Page {
    title: String,
    paragraphs: Vec<String>,
    wrong: String,
    found: String,
    right: String,
    /// What the examples are compared with, where the check compares.
    before: Option<String>,
    /// The day its examples are judged on.
    as_of: Option<PartialDate>,
    /// Other checks that its wrong example is caught by.
    also: BTreeSet<String>,
}

impl Page {
    fn of(check: &Check) -> Page {
        let page = check.info.page;
        let name = check.info.name;
        let title = page.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default().to_owned();
        let paragraphs: Vec<String> = page.split("\n\n").map(|part| part.trim().to_owned()).collect();
        let sole = |blocks: Vec<String>, what: &str| {
            assert_eq!(blocks.len(), 1, "{name}: one {what}");
            blocks.into_iter().next().unwrap_or_default()
        };
        let (_, examples) = page.split_once("\n## Wrong\n").unwrap_or_else(|| panic!("{name} has no wrong example"));
        let before =
            page.split_once("\n## Before\n").map(|(_, rest)| rest.split("\n## Wrong\n").next().unwrap_or_default());
        let (wrong, right) =
            examples.split_once("\n## Right\n").unwrap_or_else(|| panic!("{name} has no right example"));
        let marked = |mark: &str| paragraphs.iter().find_map(|part| part.strip_prefix(mark)?.strip_suffix('.'));
        let as_of = marked("The examples are judged on ").map(|day| PartialDate::parse(day).expect("a day"));
        let also = marked("Also found: ").into_iter().flat_map(|names| names.split(", ")).map(|it| it.replace('`', ""));
        Page {
            title,
            wrong: sole(fenced(wrong, "policy"), "wrong example"),
            found: sole(fenced(wrong, "text"), "list of findings"),
            right: sole(fenced(right, "policy"), "right example"),
            before: before.map(|before| sole(fenced(before, "policy"), "example before")),
            as_of,
            also: also.collect(),
            paragraphs,
        }
    }
}

/// The fenced blocks of one language.
fn fenced(text: &str, language: &str) -> Vec<String> {
    let open = format!("\n```{language}\n");
    let rest = text.split(&open).skip(1);
    rest.map(|rest| rest.split_once("```").map_or(rest, |(inner, _)| inner).to_owned()).collect()
}

/// The files of an example: `# file: x.policy` begins one; without such a line there is one.
fn files(example: &str) -> Vec<SourceFile> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in example.split_inclusive('\n') {
        match line.trim().strip_prefix("# file: ") {
            Some(path) => files.push((path.to_owned(), String::new())),
            None if files.is_empty() => files.push(("example.policy".to_owned(), line.to_owned())),
            None => files.last_mut().expect("a file has begun").1.push_str(line),
        }
    }
    files.into_iter().map(|(path, text)| SourceFile::new(path, text)).collect()
}

/// What the sources mean, and what was found on the way.
fn understood(sources: &Sources) -> (Collection, Vec<Finding>) {
    let mut found = Vec::new();
    let mut asts = Vec::new();
    for (id, file) in sources.iter() {
        let parsed = syntax::parse(id, file);
        asts.push(parsed.ast);
        found.extend(parsed.findings);
    }
    let (collection, unresolved) = resolve::resolve(sources, &asts);
    found.extend(unresolved);
    (collection, found)
}

/// What every stage finds, finished.
fn findings(sources: &Sources, as_of: Option<PartialDate>, settings: &Settings) -> Vec<Finding> {
    findings_since(sources, None, as_of, settings)
}

/// The same compared with what the sources were before, where that is given.
fn findings_since(
    sources: &Sources,
    before: Option<&Sources>,
    as_of: Option<PartialDate>,
    settings: &Settings,
) -> Vec<Finding> {
    let (collection, mut found) = understood(sources);
    let base = before.map(|before| {
        let (old, _) = understood(before);
        let given = |collection, sources| diff::Given { collection, sources, damage: &[], is_whole: true };
        let changes = diff::changes(given(&old, before), given(&collection, sources), &checks::modality::binds);
        (old, changes)
    });
    let mut context = Context::new(&collection, sources, as_of.map(PartialDate::first_day), &found);
    if let Some((old, changes)) = &base {
        context = context.against(Base { name: "main", collection: old, changes });
    }
    found.extend(checks::run(&context));
    checks::finish(&context, found, settings)
}

/// An example with what it was before, where the page gives that.
fn check(example: &str, page: &Page) -> (Vec<Finding>, String) {
    let sources = Sources::new(files(example));
    let before = page.before.as_ref().map(|before| Sources::new(files(before)));
    let found = findings_since(&sources, before.as_ref(), page.as_of, &Settings::default());
    let mut out = Vec::new();
    report::short(&mut out, &found, &sources, &Options::default()).expect("writing to memory succeeds");
    let open = found.into_iter().filter(|finding| finding.accepted.is_none()).collect();
    (open, String::from_utf8(out).expect("reports are UTF-8"))
}

fn path_of(check: &Check) -> PathBuf {
    let file = format!("{}/{}.md", check.info.family.name(), check.info.name.replace('-', "_"));
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks").join(file)
}

#[test]
fn the_wrong_example_of_each_page_is_found_out_as_the_page_says() {
    let update = std::env::var_os("CLAUSAL_UPDATE").is_some_and(|value| value == "1");
    let mut problems = Vec::new();
    for check_ in checks::ALL {
        let (name, page) = (check_.info.name, Page::of(check_));
        let (found, shown) = check(&page.wrong, &page);
        if !found.iter().any(|finding| finding.check == name) {
            problems.push(format!("{name}: its wrong example is not caught\n{shown}"));
        }
        for other in found.iter().filter(|finding| finding.check != name && !page.also.contains(finding.check)) {
            problems.push(format!("{name}: its wrong example is caught by {} too\n{shown}", other.check));
        }
        for also in &page.also {
            if !found.iter().any(|finding| finding.check == also) {
                problems.push(format!("{name}: its wrong example is not caught by {also}"));
            }
        }
        if shown != page.found {
            if update {
                let listed = format!("```text\n{}```", page.found);
                let page = check_.info.page.replacen(&listed, &format!("```text\n{shown}```"), 1);
                std::fs::write(path_of(check_), page).expect("a page can be written");
            } else {
                problems.push(format!("{name}: the page says\n{}but found is\n{shown}", page.found));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_right_example_of_each_page_is_clean() {
    let mut problems = String::new();
    for check_ in checks::ALL {
        let page = Page::of(check_);
        let (_, shown) = check(&page.right, &page);
        if !shown.is_empty() {
            problems.push_str(&format!("{}:\n{shown}", check_.info.name));
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn each_page_says_what_its_check_is() {
    for check in checks::ALL {
        let (info, page) = (check.info, Page::of(check));
        assert_eq!(page.title, info.name);
        let severity = match info.severity {
            Some(Severity::Error) => "error",
            Some(Severity::Warning) => "warning",
            Some(Severity::Note) => "note",
            None => "off",
        };
        assert_eq!(page.paragraphs[1], info.summary());
        assert!(page.paragraphs[1].ends_with('.'), "{}", info.name);
        assert_eq!(page.paragraphs[2], format!("Default severity: {severity}."), "{}", info.name);
        assert!(path_of(check).exists(), "{} lies in the folder of its family", info.name);
    }
}

#[test]
fn the_list_of_checks_is_that_of_the_folder() {
    let mut listed: Vec<PathBuf> = checks::ALL.iter().map(path_of).collect();
    let names: BTreeSet<&str> = checks::ALL.iter().map(|check| check.info.name).collect();
    assert_eq!(names.len(), listed.len(), "each name stands for one check");
    assert!(checks::ALL.windows(2).all(|pair| pair[0].info.family <= pair[1].info.family), "families stand together");
    let mut pages = Vec::new();
    for family in ["syntax", "names", "types", "norms", "prose", "accessibility", "governance", "versions", "accepts"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks").join(family);
        for entry in std::fs::read_dir(folder).expect("a family has a folder") {
            let path = entry.expect("a folder can be listed").path();
            if path.extension().is_some_and(|kind| kind == "md") && !path.ends_with("modality-words.md") {
                pages.push(path);
            }
        }
    }
    listed.sort();
    pages.sort();
    assert_eq!(listed, pages);
}
