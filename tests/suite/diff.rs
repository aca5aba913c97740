//! What has changed between two collections: every folder of `tests/changes/clauses` holds an `old.policy`, a `new.policy`
//! and, in `told.txt`, everything that changed between the two, and from the second back to the first.

use std::fmt::Write;
use std::path::Path;

use clausal::checks::modality::binds;
use clausal::diff;
use clausal::emit::changes::view::{Changes, Clause, Is, Piece};
use clausal::emit::changes::{Ask, Given, report};
use clausal::source::{SourceFile, Span};

use super::collection::{Checked, check, policies};
use super::golden::golden;

/// The changes between two collections as every format is given them.
pub fn changes(old: &Checked, new: &Checked, ask: &Ask) -> Changes {
    let (before, now) = (damage(old), damage(new));
    let found = diff::changes(side(old, &before), side(new, &now), &binds);
    report(&found, given("old", old), given("new", new), ask)
}

fn side<'a>(side: &'a Checked, damage: &'a [Span]) -> diff::Given<'a> {
    diff::Given { collection: &side.collection, sources: &side.sources, damage, is_whole: true }
}

/// The places that could not be understood.
fn damage(side: &Checked) -> Vec<Span> {
    side.findings.iter().filter(|finding| finding.check == "syntax").map(|finding| finding.span()).collect()
}

fn given<'a>(name: &'a str, side: &'a Checked) -> Given<'a> {
    Given { name, collection: &side.collection, sources: &side.sources, findings: &side.findings, damaged: &[] }
}

/// A collection of one file.
pub fn single(text: &str) -> Checked {
    check(vec![SourceFile::new("school.policy", text)], None)
}

fn told(changes: &Changes) -> String {
    let mut out = String::new();
    for policy in &changes.policies {
        let _ = writeln!(out, "{:?} {}", policy.change, policy.key);
        for field in &policy.fields {
            let is = if field.material { " (material)" } else { "" };
            let says = |it: &Option<String>| it.as_deref().unwrap_or("–").to_owned();
            let _ = writeln!(out, "  {}{is}: {} -> {}", field.label, says(&field.old), says(&field.new));
        }
        for it in &policy.clauses {
            clause(&mut out, it);
        }
    }
    for word in &changes.vocabulary {
        let _ = writeln!(out, "{:?} {} {}: {}", word.change, word.kind, word.id, word.details.join("; "));
        for key in &word.affects {
            let _ = writeln!(out, "  affects {key}");
        }
    }
    for finding in &changes.new_findings {
        let _ = writeln!(out, "new finding: {}: {}", finding.check, finding.message);
    }
    for finding in &changes.resolved_findings {
        let _ = writeln!(out, "resolved: {}: {}", finding.check, finding.message);
    }
    if out.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

fn clause(out: &mut String, clause: &Clause) {
    let is = if clause.material { " (material)" } else { "" };
    let verdict = clause.verdict.map(|verdict| format!(", {verdict:?}")).unwrap_or_default();
    let _ = writeln!(out, "  {}{is}: {:?}{verdict}", clause.key, clause.changes);
    let mut from = |what: &str, old: &Option<String>, new: &Option<String>| {
        if let (Some(old), Some(new)) = (old, new)
            && old != new
        {
            let _ = writeln!(out, "    {what} {old} -> {new}");
        }
    };
    from("key", &clause.old_key, &Some(clause.key.clone()));
    from("number", &clause.old_number, &clause.number);
    from("heading", &clause.old_heading, &clause.heading);
    if let Some(within) = &clause.old_within {
        let _ = writeln!(out, "    within {} -> {}", within.join(" › "), clause.within.join(" › "));
    }
    for effect in &clause.effects {
        let _ = writeln!(out, "    {:?} ({}): {}", effect.direction, effect.aspect, effect.sentence);
        for other in &effect.elsewhere {
            let _ = writeln!(out, "      elsewhere: {} ({})", other.place, other.key);
        }
    }
    for text in &clause.texts {
        let term = text.term.as_ref().map(|term| format!(" “{term}”")).unwrap_or_default();
        let _ = writeln!(out, "    {}{term}: {}", text.kind, words(&text.words));
    }
    for rule in &clause.rules {
        let _ = writeln!(out, "    rule: {}", words(&rule.words));
    }
    for remark in &clause.remarks {
        let _ = writeln!(out, "    remark ({:?}): {}", remark.topic, remark.text);
    }
}

fn words(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| {
        let text = piece.text.replace('\n', "¶");
        match piece.is {
            Is::Same => text,
            Is::Removed => format!("[-{text}-]"),
            Is::Added => format!("{{+{text}+}}"),
        }
    };
    pieces.iter().map(piece).collect()
}

#[test]
fn every_case_is_told_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/clauses");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .expect("the cases can be listed")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in Unicode"))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let read = |name: &str| {
            let path = folder.join(&case).join(name);
            single(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        };
        let (old, new) = (read("old.policy"), read("new.policy"));
        let there = told(&changes(&old, &new, &Ask::default()));
        let back = told(&changes(&new, &old, &Ask::default()));
        golden(&format!("changes/clauses/{case}/told.txt"), &format!("{there}\nand back\n\n{back}"));
    }
}

#[test]
fn what_is_the_same_has_not_changed() {
    let (old, new) = (check(policies(), None), check(policies(), None));
    assert_eq!(told(&changes(&old, &new, &Ask::default())), "nothing\n");
}
