//! What the program makes of files: which it reads, and what it says of those it cannot.

use std::fs;

use super::{Folder, POLICY, VOCABULARY};

#[test]
fn a_folder_stands_for_every_policy_below_it() {
    let folder = Folder::new();
    folder.write("a/vocabulary.policy", VOCABULARY);
    folder.write("a/deep/er/mobile-phones.POLICY", POLICY);
    folder.write("a/.hidden/x.policy", "not read {");
    folder.write("a/.x.policy", "not read {");
    folder.write("a/notes.txt", "not read {");
    folder.run("check a").exits(0).says(&["no findings in 1 policy"]);
    folder.run("check").exits(0).says(&["no findings in 1 policy"]);
}

#[test]
fn a_file_given_twice_is_read_once() {
    let folder = Folder::with_policies();
    folder.run("check policies ./policies policies/mobile-phones.policy").exits(0).says(&["no findings in 1 policy"]);
}

#[test]
fn paths_are_told_from_the_current_folder() {
    let folder = Folder::with_policies();
    folder.write("policies/broken.policy", "policy {\n");
    folder.run("check policies --format short").exits(1).says(&["policies/broken.policy:1:"]);
    let whole = folder.path("policies").to_string_lossy().into_owned();
    let ran = folder.run(&format!("check {whole} --format short")).exits(1);
    assert!(ran.out.starts_with("policies/broken.policy:1:"), "{}", ran.out);
}

#[test]
fn a_file_without_its_collection_is_told() {
    let folder = Folder::with_policies();
    folder
        .run("check policies/mobile-phones.policy")
        .exits(1)
        .complains(&["only the files named were read", "name their folder, `policies`, to read the whole collection"]);
    let ran = folder.run("check policies/mobile-phones.policy policies/vocabulary.policy").exits(0);
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn nothing_to_read_is_told_with_what_to_do() {
    let folder = Folder::new();
    folder.run("check").exits(2).complains(&["there is no `.policy` file in `.`", "clausal init"]);
    folder.run("build").exits(2).complains(&["there is no `.policy` file in `.`"]);
}

#[test]
fn a_missing_path_stops_no_other() {
    let folder = Folder::with_policies();
    folder
        .run("check nowhere policies --format json")
        .exits(2)
        .complains(&["error: `nowhere` cannot be read: there is no such file or folder"])
        .says(&["\"findings\": []"]);
    let ran = folder.run("check nowhere").exits(2);
    assert!(ran.out.is_empty(), "there is nothing to say of nothing: {}", ran.out);
    folder.run("build nowhere policies --out site").exits(2).complains(&["nothing was published"]);
    assert!(!folder.path("site").exists());
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let folder = Folder::with_policies();
    folder.write("policies/minutes.docx", "x");
    folder.run("check policies/minutes.docx").exits(2).complains(&["`policies/minutes.docx` is not a policy file"]);
}

#[test]
fn an_empty_file_is_told() {
    let folder = Folder::with_policies();
    folder.write("policies/empty.policy", "");
    let ran = folder.run("check policies --format short").exits(1);
    assert_eq!(ran.out, "policies/empty.policy:1:1: error[syntax]: there is nothing in this file\n");
}

#[test]
fn files_that_are_no_text_are_told_and_the_others_checked() {
    let folder = Folder::with_policies();
    folder.write("policies/picture.policy", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    folder.write("policies/latin.policy", b"policy caf\xe9 \"x\" {\n}\n");
    folder.write("policies/unknown.policy", "vocabulary more { party a, }\n");
    let ran = folder.run("check policies --format short").exits(1);
    assert!(ran.out.contains("policies/picture.policy:1:1: error[syntax]"), "{}", ran.out);
    assert!(ran.out.contains("policies/latin.policy:1:"), "{}", ran.out);
    assert!(ran.out.to_lowercase().contains("e9"), "the byte is told: {}", ran.out);
    assert!(ran.out.contains("policies/unknown.policy:1:"), "{}", ran.out);
}

#[test]
fn odd_text_gives_findings_and_nothing_worse() {
    let folder = Folder::new();
    let long = format!("policy x \"{}\" {{\n  organisation a\n}}\n", "a".repeat(1 << 20));
    for (name, text) in [("cr", "policy x\r{ }\r"), ("deep", &"{".repeat(100_000)), ("long", &long)] {
        folder.write(&format!("{name}.policy"), text);
        let ran = folder.run(&format!("check {name}.policy --format short"));
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        assert!(ran.out.contains("error["), "{name}: {ran:?}");
        assert!(ran.out.len() < 20_000, "{name}: so long an answer helps nobody: {}", ran.out.len());
    }
}

#[test]
fn a_file_of_fifty_megabytes_is_not_read() {
    let folder = Folder::with_policies();
    folder.write("policies/huge.policy", "");
    let file = fs::File::options().write(true).open(folder.path("policies/huge.policy")).expect("it is there");
    file.set_len(50 * 1024 * 1024).expect("a file can be long");
    let ran = folder.run("check policies --format short").exits(1);
    assert!(ran.out.starts_with("policies/huge.policy:1:1: error[syntax]"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
}

#[test]
fn a_missing_brace_is_told_near_where_it_belongs() {
    let folder = Folder::with_policies();
    let mut text = POLICY.to_owned();
    text.push_str("\nsection more \"More\" {\n");
    for number in 0..200 {
        let end = if number == 100 { "" } else { "  }\n" };
        text.push_str(&format!("  clause number-{number} {{\n    | Something is said here.\n\n{end}\n"));
    }
    text.push_str("}\n");
    assert!(text.lines().count() > 1000);
    let broken = text.lines().position(|line| line.contains("clause number-100 {")).expect("it is there") + 1;
    folder.write("policies/mobile-phones.policy", &text);
    let ran = folder.run("check policies --format short").exits(1);
    let told: usize = ran.out.split(':').nth(1).and_then(|line| line.parse().ok()).expect("a line is told");
    assert!((broken..=broken + 6).contains(&told), "line {told}, not {broken}: {}", ran.out);
    assert_eq!(ran.out.matches("error[").count(), 1, "one mistake, one finding: {}", ran.out);
}

#[test]
fn two_files_that_declare_one_policy_are_both_told() {
    let folder = Folder::with_policies();
    folder.write("policies/second.policy", POLICY);
    let ran = folder.run("check policies").exits(1);
    for path in ["policies/mobile-phones.policy:", "policies/second.policy:", "duplicate-id"] {
        assert!(ran.out.contains(path), "{path}: {}", ran.out);
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::super::permissions_hold;
    use super::*;

    #[test]
    fn an_unreadable_file_is_told_and_the_others_are_checked() {
        if !permissions_hold() {
            eprintln!("skipped: permissions mean nothing to this user");
            return;
        }
        let folder = Folder::with_policies();
        folder.write("policies/closed.policy", POLICY);
        folder.write("policies/broken.policy", "policy {\n");
        let closed = fs::Permissions::from_mode(0o000);
        fs::set_permissions(folder.path("policies/closed.policy"), closed).expect("permissions can be set");
        folder
            .run("check policies")
            .exits(2)
            .complains(&["`policies/closed.policy` cannot be read: the system does not allow it"])
            .says(&["policies/broken.policy:1"]);
    }

    #[test]
    fn a_folder_named_like_a_policy_is_told() {
        let folder = Folder::with_policies();
        folder.write("policies/odd.policy/broken.policy", "policy {\n");
        folder
            .run("check policies")
            .exits(1)
            .complains(&["warning: `policies/odd.policy` is a folder"])
            .says(&["policies/odd.policy/broken.policy:1"]);
    }

    #[test]
    fn links_that_lead_back_are_not_followed() {
        let folder = Folder::with_policies();
        symlink(".", folder.path("policies/loop")).expect("a link can be made");
        let ran = folder.run("check policies ./policies").exits(0);
        assert_eq!(ran.err.matches("warning:").count(), 1, "{}", ran.err);
        assert!(ran.err.contains("warning: `policies/loop` is a link that leads back to `policies`"), "{}", ran.err);
        symlink("self", folder.path("self")).expect("a link can be made");
        folder.run("check self").exits(2).complains(&["`self` cannot be read: its links lead in a circle"]);
    }

    #[test]
    fn a_dead_link_is_told() {
        let folder = Folder::with_policies();
        symlink("gone", folder.path("policies/dead.policy")).expect("a link can be made");
        symlink("gone", folder.path("policies/dead.txt")).expect("a link can be made");
        let ran = folder.run("check policies").exits(2);
        assert!(ran.err.contains("`policies/dead.policy` cannot be read: there is no such file"), "{}", ran.err);
        assert!(!ran.err.contains("dead.txt"), "{}", ran.err);
    }

    #[test]
    fn pipes_and_devices_are_never_opened() {
        let folder = Folder::with_policies();
        let made = Command::new("mkfifo").arg(folder.path("policies/pipe.policy")).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("skipped: there is no mkfifo");
            return;
        }
        folder.run("check policies").exits(2).complains(&["`policies/pipe.policy` cannot be read: it is a pipe"]);
        folder.run("check policies/pipe.policy").exits(2).complains(&["it is a pipe, neither a file nor a folder"]);
        folder.run("check /dev/zero").exits(2).complains(&["it is a device, neither a file nor a folder"]);
    }

    #[test]
    fn a_name_that_is_no_text_is_told() {
        let folder = Folder::with_policies();
        let name = folder.path("policies").join(OsStr::from_bytes(b"caf\xe9.policy"));
        if fs::write(name, POLICY).is_err() {
            eprintln!("skipped: this file system has text names only");
            return;
        }
        folder.run("check policies").exits(2).complains(&["is no text in UTF-8", "plain letters"]);
    }

    #[test]
    fn a_name_cannot_move_the_cursor() {
        let folder = Folder::with_policies();
        symlink("gone", folder.path("policies/\u{1b}[2Jx.policy")).expect("a link can be made");
        let ran = folder.run("check policies").exits(2);
        assert!(!ran.err.contains('\u{1b}') && ran.err.contains("\\u{1b}[2Jx.policy"), "{:?}", ran.err);
    }
}
