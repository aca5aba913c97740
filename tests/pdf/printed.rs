//! What stands on the printed page, as pdftotext reads it.

use std::process::Command;

use super::compiled::Compiled;
use super::made::{Folder, all, everything, made};
use super::tools::{run, tools};

#[test]
fn every_page_but_the_cover_has_its_running_lines_and_every_page_its_number() {
    let Some(tool) = tools(&["pdftotext"]) else { return };
    for compiled in all() {
        let documents = made(&compiled);
        for path in &Folder::of(&documents).paths {
            let text = run(Command::new(&tool[0]).arg("-layout").arg(path).arg("-"));
            let pages: Vec<&str> = text.split_terminator('\u{c}').collect();
            assert!(pages.len() > 3, "{path:?}: {} pages", pages.len());
            let titles: Vec<&str> = compiled.collection.policies.iter().map(|it| it.title.as_str()).collect();
            for (at, page) in pages.iter().enumerate() {
                let number = format!("Page {} of {}", at + 1, pages.len());
                let last = page.trim_end().lines().last().unwrap_or("");
                assert!(last.ends_with(&number), "{path:?}: no `{number}` at the foot of\n{page}");
                let first = page.trim_start().lines().next().unwrap_or("");
                let runs = first.ends_with("Printed copies may be out of date")
                    && titles.iter().any(|title| first.starts_with(title));
                assert_eq!(runs, at > 0, "{path:?}, page {}: {first}", at + 1);
            }
        }
    }
}

#[test]
fn the_pages_are_about_as_many_as_the_words_need() {
    let Some(tool) = tools(&["pdftotext"]) else { return };
    let documents = made(&Compiled::policies());
    assert_eq!(documents.len(), 5);
    for path in &Folder::of(&documents).paths {
        let text = run(Command::new(&tool[0]).arg(path).arg("-"));
        let (pages, words) = (text.matches('\u{c}').count(), text.split_whitespace().count());
        let each = words / pages;
        assert!((100..500).contains(&each), "{path:?}: {words} words on {pages} pages");
    }
}

#[test]
fn the_cover_says_what_the_document_is() {
    let Some(tool) = tools(&["pdftotext"]) else { return };
    let documents = made(&everything());
    let text = run(Command::new(&tool[0]).arg("-layout").arg(&Folder::of(&documents).paths[0]).arg("-"));
    let cover = text.split('\u{c}').next().unwrap_or("");
    for words in ["Hill School", "Everything", "Version 2.0 · Adopted · In force from April 2026", "Document control"]
    {
        assert!(cover.contains(words), "`{words}` is not in\n{cover}");
    }
    assert!(text.contains("Signature") && text.contains("Governing board"), "somebody signs it:\n{text}");
}
