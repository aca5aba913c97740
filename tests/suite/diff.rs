//! What has changed between two collections: every folder of `tests/changes/clauses` holds an `old.policy`, a `new.policy`
//! and, in `told.txt`, everything that changed between the two, and from the second back to the first.

use std::fmt::Write;
use std::path::Path;

use clausal::checks::modality::binds;
use clausal::diff;
use clausal::emit::changes::view::{Change, Changes, Clause, Is, Piece, Verdict};
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

/// Collections to be compared: the example policies, and small ones made at random.
fn collections(random: u64) -> Vec<Vec<(String, String)>> {
    let files = |files: Vec<SourceFile>| files.iter().map(|it| (it.path().to_owned(), it.text().to_owned())).collect();
    let mut all = vec![files(policies())];
    all.extend((0..random).map(super::norms::random::collection));
    all
}

fn checked(files: &[(String, String)]) -> Checked {
    check(files.iter().map(|(path, text)| SourceFile::new(path.clone(), text.clone())).collect(), None)
}

#[test]
fn a_collection_compared_with_itself_has_not_changed_whatever_the_order_of_its_files() {
    for files in collections(150) {
        let mut turned = files.clone();
        turned.reverse();
        let found = changes(&checked(&files), &checked(&turned), &Ask::default());
        assert_eq!(told(&found), "nothing\n", "{files:?}");
    }
}

/// What a line becomes, if it becomes something else.
type EditLine = fn(&str) -> Option<String>;

/// Edits that change no meaning, each made wherever it can be: what a line becomes, or `None` where it is not for it.
const EDITORIAL: [(&str, EditLine); 7] = [
    ("a comment", |line| line.contains("clause ").then(|| format!("# A word about it.\n{line}"))),
    ("a blank line", |line| line.trim_start().starts_with("rule ").then(|| format!("\n\n{line}"))),
    ("a heading", |line| {
        let opens = line.trim_start().starts_with("section ") && line.contains("\" {");
        opens.then(|| line.replacen("\" {", ", in other words\" {", 1))
    }),
    ("a word in a note or in prose", |line| {
        let is_prose = line.trim_start().starts_with("| ") && line.contains(" the ");
        is_prose.then(|| line.replacen(" the ", " the said ", 1))
    }),
    ("line ends", |line| Some(format!("{line} "))),
    ("another line in a paragraph", |line| {
        let is_prose = line.trim_start().starts_with("| ") && line.matches('|').count() == 1 && line.contains(", ");
        let indent = &line[..line.len() - line.trim_start().len()];
        // A line that begins with a mark of Markdown would be something else.
        let (before, after) = line.split_once(", ")?;
        let is_plain =
            after.starts_with(|letter: char| letter.is_alphabetic()) && !before.contains('{') && !after.contains('}');
        (is_prose && is_plain).then(|| format!("{before},\n{indent}| {after}"))
    }),
    ("a label", |line| {
        line.contains("party pupil ").then(|| line.replace("party pupil ", "party pupil \"student of the school\" "))
    }),
];

#[test]
fn editorial_changes_never_change_what_is_asked() {
    let files = collections(0).remove(0);
    let before = checked(&files);
    for (name, edit) in EDITORIAL {
        let mut made = 0;
        let edited: Vec<(String, String)> = files
            .iter()
            .map(|(path, text)| {
                let lines = text.lines().map(|line| match edit(line) {
                    Some(new) => {
                        made += 1;
                        new
                    }
                    None => line.to_owned(),
                });
                (path.clone(), lines.collect::<Vec<String>>().join("\n") + "\n")
            })
            .collect();
        assert!(made > 0, "{name} is nowhere made");
        let after = checked(&edited);
        let syntax: Vec<_> = after.findings.iter().filter(|it| it.check == "syntax").map(|it| &it.message).collect();
        assert!(syntax.is_empty(), "{name}: {syntax:?}");
        let found = changes(&before, &after, &Ask::default());
        for clause in found.policies.iter().flat_map(|policy| &policy.clauses) {
            assert!(clause.effects.is_empty(), "{name}: {} {:?}", clause.key, clause.effects);
            assert!(!clause.changes.contains(&Change::Meaning), "{name}: {}", clause.key);
        }
        if matches!(name, "a comment" | "a blank line" | "line ends" | "another line in a paragraph") {
            assert_eq!(told(&found), "nothing\n", "{name}");
        }
    }
}

#[test]
fn whatever_is_damaged_is_never_told_as_gone() {
    let files = collections(0).remove(0);
    let before = checked(&files);
    // Every fifth rule loses its modality, file by file.
    for at in 0..files.len() {
        let mut edited = files.clone();
        let mut seen = 0;
        let lines = files[at].1.lines().map(|line| {
            let is_rule = line.trim_start().starts_with("rule ") && line.contains(" must ");
            seen += usize::from(is_rule);
            if is_rule && seen.is_multiple_of(5) { line.replacen(" must ", " mut ", 1) } else { line.to_owned() }
        });
        edited[at].1 = lines.collect::<Vec<String>>().join("\n") + "\n";
        let after = checked(&edited);
        for (old, new) in [(&before, &after), (&after, &before)] {
            let found = changes(old, new, &Ask::default());
            assert_eq!(found.policies.is_empty(), seen < 5, "{}", files[at].0);
            for clause in found.policies.iter().flat_map(|policy| &policy.clauses) {
                assert!(clause.effects.is_empty(), "{} {:?}", clause.key, clause.effects);
                assert_eq!(clause.verdict, Some(Verdict::Undecided), "{}", clause.key);
            }
        }
    }
}
