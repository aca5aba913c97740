//! `check --fix`: what it mends, what it leaves, and that it does to files nothing else.

use std::fs;

use super::{Folder, POLICY};

/// A policy with two things that can be mended unasked: `or` where commas belong, and a misspelt word.
const SLIPS: &str = r#"# The header is short.
policy visits "Visits" {
  organisation larkfield
  version "1.0"
  status draft
  owner headteacher
}

clause silence "Silence" {
  | {Staff} must not use a {phone} in lessons, nor may {pupils}. # no comment

  # Kept.
  rule quiet: staff or pupil must not use mobile-phone # kept too
    when time is lesson

  rule pupli must not use mobile-phone
    when time is break
}
"#;

const BEFORE: &str = "rule quiet: staff or pupil must not";
const AFTER: &str = "rule quiet: staff, pupil must not";

fn with(policy: &str) -> Folder {
    let folder = Folder::with_policies();
    folder.write("policies/visits.policy", policy);
    folder
}

fn text(folder: &Folder) -> String {
    fs::read_to_string(folder.path("policies/visits.policy")).expect("it is there")
}

#[test]
fn only_the_checks_named_are_mended() {
    let folder = with(SLIPS);
    let vocabulary = fs::read(folder.path("policies/vocabulary.policy")).expect("it is there");
    folder
        .run("check policies --fix misplaced-or")
        .exits(1)
        .complains(&["policies/visits.policy: 1 finding mended\n  misplaced-or: join them by commas\n"])
        .says(&["error[unknown-name]: `pupli`"]);
    assert_eq!(text(&folder), SLIPS.replace(BEFORE, AFTER));
    assert_eq!(fs::read(folder.path("policies/vocabulary.policy")).expect("it is there"), vocabulary);
    assert_eq!(folder.names("policies"), ["mobile-phones.policy", "visits.policy", "vocabulary.policy"]);
}

#[test]
fn several_are_mended_at_once() {
    let folder = with(SLIPS);
    let ran = folder.run("check policies --fix misplaced-or,unknown-name").exits(0);
    assert!(ran.err.contains("policies/visits.policy: 2 findings mended\n"), "{}", ran.err);
    assert!(
        ran.out.ends_with("in 2 policies (3 files)\n") || ran.out.ends_with("no findings in 2 policies\n"),
        "{ran:?}"
    );
    assert_eq!(text(&folder), SLIPS.replace(BEFORE, AFTER).replace("pupli", "pupil"));
}

#[test]
fn what_meets_in_one_rule_is_mended_in_two_rounds() {
    let slips = SLIPS.replace("staff or pupil must not use", "staf or pupil must not use");
    let folder = with(&slips);
    folder.run("check policies --fix misplaced-or --fix unknown-name").exits(0).complains(&["3 findings mended"]);
    assert_eq!(text(&folder), SLIPS.replace(BEFORE, AFTER).replace("pupli", "pupil"));
}

#[test]
fn mending_twice_is_mending_once() {
    let folder = with(SLIPS);
    folder.run("check policies --fix misplaced-or").exits(1);
    let once = text(&folder);
    let when =
        || fs::metadata(folder.path("policies/visits.policy")).and_then(|it| it.modified()).expect("it is there");
    let before = when();
    folder
        .run("check policies --fix misplaced-or")
        .exits(1)
        .complains(&["nothing to mend: no finding of `misplaced-or` has an edit that can be made unasked"]);
    assert_eq!(text(&folder), once);
    assert_eq!(when(), before, "what has not changed is not written");
}

#[test]
fn a_dry_run_prints_the_difference_and_changes_nothing() {
    let folder = with(SLIPS);
    let before = folder.contents("policies");
    let ran = folder
        .run("check policies --fix misplaced-or --dry-run")
        .exits(1)
        .complains(&["policies/visits.policy: 1 finding would be mended"]);
    let diff = "--- a/policies/visits.policy\n+++ b/policies/visits.policy\n@@ -10,7 +10,7 @@\n";
    assert!(ran.out.starts_with(diff), "{}", ran.out);
    let lines = format!("\n-  {BEFORE} use mobile-phone # kept too\n+  {AFTER} use mobile-phone # kept too\n");
    assert!(ran.out.contains(&lines), "{}", ran.out);
    assert_eq!(folder.contents("policies"), before);
    folder.run("check policies --dry-run").exits(2).complains(&["--fix"]);
    folder.run("check policies --fix misplaced-or --dry-run --format json").exits(2);
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    let dos = format!("\u{feff}{}", SLIPS.replace('\n', "\r\n"));
    let folder = with(&dos);
    folder.run("check policies --fix misplaced-or,unknown-name").exits(0);
    assert_eq!(text(&folder), dos.replace(BEFORE, AFTER).replace("pupli", "pupil"));
}

#[test]
fn what_was_accepted_stays() {
    let accepted = SLIPS.replace("  # Kept.", "  accept misplaced-or because \"the minutes say it so\"\n  # Kept.");
    let folder = with(&accepted);
    folder.run("check policies --fix misplaced-or").exits(1).complains(&["nothing to mend"]);
    assert_eq!(text(&folder), accepted);
}

#[test]
fn an_edit_that_would_change_who_gives_way_is_left_out() {
    let slips = SLIPS.replace("    when time is break", "    when time is break\n    overrides @silense#quiet");
    let folder = with(&slips);
    let ran = folder.run("check policies --fix unknown-reference,misplaced-or").exits(1);
    assert!(
        ran.err.contains("warning: the unknown-reference at policies/visits.policy:18:16 is left as it is: it would change which rule gives way to which"),
        "{}",
        ran.err
    );
    assert_eq!(text(&folder), slips.replace(BEFORE, AFTER), "the other is mended all the same");
}

#[test]
fn an_edit_that_would_bring_another_finding_is_left_out() {
    let slips = SLIPS.replace("  # Kept.", "  accept misplaced-orr because \"the board said so\"\n  # Kept.");
    let slips = slips.replace("pupli", "pupil");
    let folder = with(&slips.replace(BEFORE, AFTER));
    let ran = folder.run("check policies --fix unknown-name").exits(1);
    let told = "the unknown-name at policies/visits.policy:12:10 is left as it is: another finding would come of it, unused-accept: ";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert_eq!(text(&folder), slips.replace(BEFORE, AFTER));
}

#[test]
fn an_edit_that_would_lose_a_comment_is_left_out() {
    let slips = SLIPS.replace("staff or pupil must not", "staff # the whole of it\n    or pupil must not");
    let folder = with(&slips);
    let ran = folder.run("check policies --fix misplaced-or").exits(1);
    let told = "is left as it is: the comment `# the whole of it` would be lost\n  help: mend it by hand";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert_eq!(text(&folder), slips);
}

#[test]
fn checks_that_cannot_be_mended_are_refused_with_the_reason() {
    let folder = with(SLIPS);
    let refused = |name: &str, words: &[&str]| {
        folder.run(&format!("check policies --fix {name}")).exits(2).complains(words);
    };
    refused("review-overdue", &["no program can mend the findings of `review-overdue`", "clausal explain"]);
    refused("all", &["`all` is not a check but many", "one by one"]);
    refused("names", &["`names` is not a check but many"]);
    refused("misplaced-ro", &["`misplaced-ro` is not a check", "did you mean `misplaced-or`?"]);
    assert_eq!(text(&folder), SLIPS);
}

#[test]
fn nothing_is_mended_on_half_a_collection() {
    let folder = with(SLIPS);
    folder
        .run("check policies/visits.policy policies/vocabulary.policy --fix misplaced-or")
        .exits(2)
        .complains(&["nothing is mended while `policies/mobile-phones.policy` is not read"]);
    assert_eq!(text(&folder), SLIPS);
    folder
        .run("check policies/visits.policy policies/vocabulary.policy policies/mobile-phones.policy --fix misplaced-or")
        .exits(1);
    assert_eq!(text(&folder), SLIPS.replace(BEFORE, AFTER));
    folder.run("check policies nowhere --fix unknown-name").exits(2).complains(&["nothing is mended while some"]);
    assert_eq!(text(&folder), SLIPS.replace(BEFORE, AFTER));
}

#[test]
fn machine_formats_tell_what_is_left() {
    let folder = with(SLIPS);
    let ran = folder.run("check policies --fix unknown-name --format json").exits(1);
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("nothing but JSON");
    assert_eq!(document["findings"][0]["check"], "misplaced-or");
    assert_eq!(document["summary"]["error"], 1);
}

#[test]
fn a_file_of_no_text_is_never_written() {
    let folder = with(SLIPS);
    let latin = b"policy caf\xe9 \"x\" {\n}\n";
    folder.write("policies/latin.policy", latin);
    folder.run("check policies --fix syntax,misplaced-or,unknown-name");
    assert_eq!(fs::read(folder.path("policies/latin.policy")).expect("it is there"), latin);
}

#[test]
fn what_init_writes_has_nothing_to_mend() {
    let folder = Folder::with_policies();
    folder
        .run("check policies --fix syntax,unknown-name,history-out-of-order")
        .exits(0)
        .complains(&["nothing to mend"]);
    assert_eq!(fs::read_to_string(folder.path("policies/mobile-phones.policy")).expect("it is there"), POLICY);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::super::permissions_hold;
    use super::*;

    fn set_mode(folder: &Folder, path: &str, mode: u32) {
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(mode)).expect("permissions can be set");
    }

    fn mode(folder: &Folder, path: &str) -> u32 {
        fs::metadata(folder.path(path)).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = with(SLIPS);
        fs::rename(folder.path("policies/visits.policy"), folder.path("real.txt")).expect("it can be moved");
        symlink("../real.txt", folder.path("policies/visits.policy")).expect("a link can be made");
        folder.run("check policies --fix misplaced-or").exits(1);
        assert!(folder.path("policies/visits.policy").is_symlink());
        assert_eq!(fs::read_to_string(folder.path("real.txt")).expect("it is there"), SLIPS.replace(BEFORE, AFTER));
    }

    #[test]
    fn permissions_stay() {
        let folder = with(SLIPS);
        set_mode(&folder, "policies/visits.policy", 0o640);
        folder.run("check policies --fix misplaced-or").exits(1);
        assert_eq!(mode(&folder, "policies/visits.policy"), 0o640);
        assert_ne!(text(&folder), SLIPS);
    }

    #[test]
    fn of_several_files_all_or_none_are_written() {
        let folder = with(SLIPS);
        folder.write(
            "policies/first.policy",
            SLIPS.replace("policy visits", "policy first").replace("time is lesson", "emergency"),
        );
        set_mode(&folder, "policies/visits.policy", 0o444);
        let before = folder.contents("policies");
        folder
            .run("check policies --fix misplaced-or")
            .exits(2)
            .complains(&["`policies/visits.policy` cannot be written: it is read-only", "nothing has changed"]);
        assert_eq!(folder.contents("policies"), before);
        set_mode(&folder, "policies/visits.policy", 0o644);
        if permissions_hold() {
            set_mode(&folder, "policies", 0o555);
            folder
                .run("check policies --fix misplaced-or")
                .exits(2)
                .complains(&["cannot be written", "nothing has changed"]);
            set_mode(&folder, "policies", 0o755);
            assert_eq!(folder.contents("policies"), before);
        }
    }
}

#[test]
fn unused_words_are_taken_out_of_the_vocabulary() {
    let folder = with(&SLIPS.replace(BEFORE, AFTER).replace("pupli", "pupil"));
    let extra = "\nvocabulary extra {\n  # A comment on it.\n  party visitor \"visitor\" plural \"visitors\" { parent  governor }\n  \
                 party guest party stranger # of no use\n  thing badge\n  action wear takes badge\n  fact weather { rain sun }\n}\n";
    folder.write("policies/extra.policy", extra);
    folder.run("check policies").says(&["nothing uses the party `visitor`", "nothing uses the fact `weather`"]);
    let ran = folder.run("check policies --fix unused-word").exits(0);
    assert!(ran.out.ends_with("no findings in 2 policies\n"), "{ran:?}");
    assert!(
        ran.err.contains("policies/extra.policy: 6 findings mended\n  unused-word: take out `visitor`\n"),
        "{}",
        ran.err
    );
    let left = fs::read_to_string(folder.path("policies/extra.policy")).expect("it is there");
    assert_eq!(left, "\nvocabulary extra {\n  # A comment on it.\n  # of no use\n}\n");
}

#[test]
fn a_word_whose_comment_would_go_with_it_stays() {
    let folder = Folder::with_policies();
    let extra = "vocabulary extra {\n  party visitor {\n    parent # by appointment\n  }\n  thing badge\n}\n";
    folder.write("policies/extra.policy", extra);
    folder.run("check policies --fix unused-word").complains(&["the comment `# by appointment` would be lost"]);
    let left = fs::read_to_string(folder.path("policies/extra.policy")).expect("it is there");
    assert!(left.contains("# by appointment") && !left.contains("badge"), "{left}");
}

/// Two rules of which one is an exception to the other in writing only, and one with an exception that takes nothing out.
const IDLE: &str = r#"policy visits "Visits" {
  organisation larkfield
  version "1.0"
  status draft
  owner headteacher
}

clause lessons "Lessons" {
  | {Staff} must not use a {phone} in lessons.

  rule quiet: staff must not use mobile-phone
    when time is lesson
    # Said by the board.
    unless time is break
}

clause breaks "Breaks" {
  | {Pupils} may use a {phone} in breaks.

  rule pupil may use mobile-phone
    when time is break
    overrides @lessons#quiet
}
"#;

#[test]
fn exceptions_and_overrides_that_do_nothing_are_taken_out() {
    let folder = with(IDLE);
    let ran = folder.run("check policies").exits(0);
    assert!(ran.out.contains("[idle-exception]") && ran.out.contains("[idle-override]"), "{}", ran.out);
    let ran = folder.run("check policies --fix idle-override").exits(0);
    assert!(ran.out.contains("[idle-exception]") && !ran.out.contains("[idle-override]"), "{}", ran.out);
    let without = IDLE.replace("    overrides @lessons#quiet\n", "");
    assert_eq!(text(&folder), without);
    folder.write("policies/visits.policy", IDLE);
    let ran = folder.run("check policies --fix idle-override,idle-exception").exits(0);
    assert!(ran.out.ends_with("no findings in 2 policies\n"), "{ran:?}");
    assert_eq!(text(&folder), without.replace("    unless time is break\n", ""), "the comment stays");
}

#[test]
fn which_rule_gives_way_is_never_chosen() {
    let clash = IDLE
        .replace("pupil may use", "staff may use")
        .replace("    overrides @lessons#quiet\n", "")
        .replace("time is break", "time is lesson");
    let folder = with(&clash.replace("    unless time is lesson\n", ""));
    let before = folder.contents("policies");
    folder.run("check policies").exits(1).says(&[
        "error[contradiction]",
        "  choose one:\n",
        "yields to @mobile-phones:",
    ]);
    for name in ["contradiction", "unranked-rules"] {
        folder
            .run(&format!("check policies --fix {name}"))
            .exits(2)
            .complains(&["which of several edits is right is for people to choose"]);
    }
    let ran = folder.run("check policies --fix idle-exception,idle-override,unused-word,unknown-name");
    assert!(ran.err.contains("nothing to mend"), "{ran:?}");
    assert_eq!(folder.contents("policies"), before);
}

/// The files of a page's wrong example.
fn wrong_example(page: &str) -> Vec<(String, String)> {
    let example =
        page.split("```policy\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has an example");
    let mut files: Vec<(String, String)> = Vec::new();
    for line in example.split_inclusive('\n') {
        match line.trim().strip_prefix("# file: ") {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => match files.last_mut() {
                Some((_, text)) => text.push_str(line),
                None => files.push(("example.policy".to_owned(), line.to_owned())),
            },
        }
    }
    files
}

/// What a check's findings carry is what `--fix` says of it.
#[test]
fn every_check_whose_page_shows_an_edit_can_be_named() {
    let (mut mended, mut wrong) = (Vec::new(), String::new());
    for check in clausal::checks::ALL {
        let name = check.info.name;
        let files = wrong_example(check.info.page);
        let sources = files.iter().map(|(path, text)| clausal::source::SourceFile::new(path.as_str(), text.as_str()));
        let found = crate::suite::collection::check(sources.collect(), None).findings;
        let fixes: Vec<_> = found.iter().filter(|it| it.check == name).flat_map(|it| &it.fixes).collect();
        let folder = Folder::new();
        files.iter().for_each(|(path, text)| folder.write(&format!("policies/{path}"), text));
        if fixes.iter().any(|fix| !fix.choice) {
            let ran = folder.run(&format!("check policies --fix {name}"));
            if ran.code == Some(2) || !ran.err.contains(" mended\n") {
                wrong.push_str(&format!("{name}: {}", ran.err));
            }
            mended.push(name);
        } else if !fixes.is_empty() {
            let ran = folder.run(&format!("check policies --fix {name}"));
            if !ran.err.contains("is for people to choose") {
                wrong.push_str(&format!("{name}: {}", ran.err));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(mended.len() >= 3, "{mended:?}");
}
