//! The output folder: whole, or as it was.

use std::fs;

use serde_json::Value;

use super::{Folder, POLICY};

const BROKEN: &str = "policy broken \"Broken\" {\n  organisation nowhere\n  nonsense\n}\n";

#[test]
fn a_build_tells_what_it_wrote() {
    let folder = Folder::with_policies();
    let ran = folder.run("build policies --format json --out site").exits(0);
    assert_eq!(ran.out, "wrote 4 files to site\n");
    folder.run("build policies --format html").exits(0).says(&[" to site\n", "open site/index.html"]);
    assert_eq!(folder.names("."), ["policies", "site"], "nothing is left beside it");
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let folder = Folder::with_policies();
    folder.run("build policies --out one").exits(0);
    folder.run("build policies/mobile-phones.policy policies/vocabulary.policy --out two").exits(0);
    assert_eq!(folder.contents("one"), folder.contents("two"));
    // From another folder, on another number of threads.
    let mut command = folder.command();
    command.current_dir(folder.path("policies")).env("RAYON_NUM_THREADS", "1");
    folder.finish(command.args(["build", ".", "--out", "../three"])).exits(0);
    assert_eq!(folder.contents("one"), folder.contents("three"));
}

#[test]
fn a_failed_build_leaves_the_last_good_one() {
    let folder = Folder::with_policies();
    folder.run("build policies --out site").exits(0);
    let good = folder.contents("site");
    folder.write("policies/broken.policy", BROKEN);
    folder.run("build policies --out site").exits(1).complains(&["policies/broken.policy:", "nothing was published"]);
    assert_eq!(folder.contents("site"), good);
    folder.run("build policies --out fresh").exits(1);
    assert!(!folder.path("fresh").exists());
    assert_eq!(folder.names("."), ["policies", "site"]);
}

#[test]
fn keep_going_publishes_and_still_fails() {
    let folder = Folder::with_policies();
    folder.write("policies/broken.policy", BROKEN);
    let ran = folder.run("build policies --out site --keep-going").exits(1);
    assert!(ran.out.starts_with("wrote "), "{ran:?}");
    assert!(ran.err.contains("policies/broken.policy:"), "{ran:?}");
    assert!(folder.path("site/larkfield/mobile-phones.json").is_file());
    for page in ["index.html", "larkfield/mobile-phones.html", "larkfield/mobile-phones.md"] {
        let text = fs::read_to_string(folder.path("site").join(page)).expect("the page is there");
        assert!(text.contains("--keep-going"), "{page} does not say that it was built with errors");
    }
    fs::remove_file(folder.path("policies/broken.policy")).expect("a file can be removed");
    folder.run("build policies --out site --keep-going").exits(0);
    let index = fs::read_to_string(folder.path("site/index.html")).expect("the page is there");
    assert!(!index.contains("--keep-going"), "there is nothing to warn of");
}

#[test]
fn pages_of_deleted_policies_go() {
    let folder = Folder::with_policies();
    let second = POLICY.replace("policy mobile-phones", "policy second");
    folder.write("policies/second.policy", second);
    folder.run("build policies --out site --format json").exits(0);
    assert!(folder.path("site/larkfield/second.json").is_file());
    fs::remove_file(folder.path("policies/second.policy")).expect("a file can be removed");
    folder.run("build policies --out site --format json").exits(0);
    assert_eq!(folder.names("site/larkfield"), ["mobile-phones.json"]);
}

#[test]
fn a_folder_we_did_not_make_is_left_alone() {
    let folder = Folder::with_policies();
    folder.write("theirs/minutes.txt", "kept");
    folder.run("build policies --out theirs").exits(2).complains(&["`theirs` was not made by `clausal build`"]);
    assert_eq!(folder.contents("theirs"), [("minutes.txt".to_owned(), b"kept".to_vec())]);
    folder.write("marked/.clausal", "no marker of ours");
    folder.run("build policies --out marked").exits(2);
    fs::create_dir(folder.path("empty")).expect("a folder can be made");
    folder.run("build policies --out empty --format json").exits(0);
    assert_eq!(folder.names("."), ["empty", "marked", "policies", "theirs"]);
}

#[test]
fn a_file_that_somebody_added_is_not_lost() {
    let folder = Folder::with_policies();
    folder.run("build policies --out site --format json").exits(0);
    folder.write("site/larkfield/minutes.pdf", "kept");
    let before = folder.contents("site");
    folder
        .run("build policies --out site --format json")
        .exits(2)
        .complains(&["`site/larkfield/minutes.pdf` was not made by `clausal build` and would be lost"]);
    assert_eq!(folder.contents("site"), before);
    fs::remove_file(folder.path("site/larkfield/minutes.pdf")).expect("a file can be removed");
    folder.write("site/.DS_Store", "litter of a file manager");
    folder.run("build policies --out site --format json").exits(0);
}

#[test]
fn an_output_folder_has_to_be_a_folder_outside_the_sources() {
    let folder = Folder::with_policies();
    folder.write("file", "kept");
    let refused = |out: &str, words: &str| {
        folder.run(&format!("build policies --out {out}")).exits(2).complains(&[words]);
    };
    refused("file", "the output folder `file` is a file");
    refused("file/site", "the output folder cannot be at `file/site`");
    refused("policies", "the output folder `policies` holds the sources");
    refused("policies/site", "the output folder `policies/site` lies inside the sources, `policies`");
    refused("policies/../policies/site", "lies inside the sources");
    refused(".", "the output folder `.` holds the sources");
    refused("nowhere/../site", "cannot be an output folder");
    folder.run("build --out site").exits(2).complains(&["lies inside the sources, `.`"]);
    assert_eq!(folder.names("."), ["file", "policies"]);
    assert_eq!(fs::read(folder.path("file")).expect("it is there"), b"kept");
}

#[test]
fn the_settings_name_the_output_folder() {
    let folder = Folder::with_policies();
    folder.write("policies/clausal.toml", "[output]\nfolder = \"../public\"\nformats = [\"json\"]\n");
    folder.run("build policies").exits(0).says(&["wrote 4 files to public\n"]);
    let mut command = folder.command();
    folder.finish(command.arg("build").current_dir(folder.path("policies"))).exits(0).says(&["to ../public\n"]);
}

#[test]
fn what_an_interrupted_build_left_is_cleared_up() {
    let folder = Folder::with_policies();
    folder.run("build policies --out site --format json").exits(0);
    let good = folder.contents("site");
    folder.write(".site.clausal-abc123/new/half.html", "half");
    folder.write(".site.clausal-theirs/notes.txt", "kept");
    folder.run("build policies --out site --format json").exits(0);
    assert_eq!(folder.names("."), [".site.clausal-theirs", "policies", "site"]);

    // Interrupted in the moment between taking the old pages away and putting the new ones there: the next build brings
    // the old ones back, even if it fails itself.
    fs::create_dir(folder.path(".site.clausal-def456")).expect("a folder can be made");
    fs::rename(folder.path("site"), folder.path(".site.clausal-def456/old")).expect("a folder can be moved");
    folder.run("build policies --out site --format json --templates nowhere");
    assert_eq!(folder.contents("site"), good);
    folder.run("build policies --out site --format json").exits(0);
    assert_eq!(folder.names("."), [".site.clausal-theirs", "policies", "site"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::super::permissions_hold;
    use super::*;

    fn set_mode(folder: &Folder, path: &str, mode: u32) {
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(mode)).expect("permissions can be set");
    }

    #[test]
    fn a_read_only_folder_is_told() {
        let folder = Folder::with_policies();
        folder.run("build policies --out site --format json").exits(0);
        let good = folder.contents("site");
        set_mode(&folder, "site", 0o555);
        folder.run("build policies --out site").exits(2).complains(&["the output folder `site` is read-only"]);
        assert_eq!(folder.contents("site"), good);
        set_mode(&folder, "site", 0o755);
        if !permissions_hold() {
            eprintln!("partly skipped: permissions mean nothing to this user");
            return;
        }
        fs::create_dir(folder.path("closed")).expect("a folder can be made");
        set_mode(&folder, "closed", 0o555);
        let ran = folder.run("build policies --out closed/site").exits(2);
        assert!(ran.err.contains("nothing can be written beside `closed/site`"), "{}", ran.err);
        set_mode(&folder, "closed", 0o755);
    }

    #[test]
    fn others_can_read_what_was_built() {
        let folder = Folder::with_policies();
        let mut command = Command::new("sh");
        let script =
            format!("umask 022; exec {} build policies --out site --format json", env!("CARGO_BIN_EXE_clausal"));
        folder.finish(command.args(["-c", &script]).current_dir(folder.path("."))).exits(0);
        let mode = fs::metadata(folder.path("site")).expect("it was made").permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
    }

    #[test]
    fn a_link_to_the_output_folder_stays_a_link() {
        let folder = Folder::with_policies();
        fs::create_dir(folder.path("real")).expect("a folder can be made");
        symlink("real", folder.path("site")).expect("a link can be made");
        folder.run("build policies --out site --format json").exits(0);
        assert!(folder.path("site").is_symlink());
        assert!(folder.path("real/collection.json").is_file());
    }

    /// The last good pages and a collection too large for what is left of the disk.
    fn nearly_full(folder: &Folder, prefix: &str) -> Vec<(String, Vec<u8>)> {
        folder.run(&format!("build policies --out {prefix}site --format json")).exits(0);
        let more: String = (0..400)
            .map(|number| format!("clause more-{number} {{\n  | Some more is said here, at length.\n}}\n"))
            .collect();
        folder
            .write("policies/long.policy", format!("{}{more}", POLICY.replace("policy mobile-phones", "policy long")));
        folder.contents(&format!("{prefix}site"))
    }

    #[test]
    fn a_write_that_fails_half_way_leaves_the_last_good_build() {
        let folder = Folder::with_policies();
        let good = nearly_full(&folder, "");
        // No file may grow beyond some blocks: the disk is full in the middle of a page.
        let program = env!("CARGO_BIN_EXE_clausal");
        let script = format!("trap '' XFSZ; ulimit -f 64; exec {program} build policies --out site --format json");
        let mut command = Command::new("sh");
        let ran = folder.finish(command.args(["-c", &script]).current_dir(folder.path("."))).exits(2);
        assert!(ran.err.contains("cannot be written: the file would be larger"), "{}", ran.err);
        assert!(ran.err.contains("nothing has changed in `site`"), "{}", ran.err);
        assert_eq!(folder.contents("site"), good);
        assert_eq!(folder.names("."), ["policies", "site"], "nothing is left beside it");
    }

    #[test]
    fn a_full_disk_leaves_the_last_good_build() {
        let folder = Folder::with_policies();
        fs::create_dir(folder.path("disk")).expect("a folder can be made");
        let disk = folder.path("disk");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=128k", "none"]).arg(&disk);
        if !mount.output().is_ok_and(|ended| ended.status.success()) {
            eprintln!("skipped: this user cannot make a small disk");
            return;
        }
        let good = nearly_full(&folder, "disk/");
        let ran = folder.run("build policies --out disk/site --format json");
        let (after, names) = (folder.contents("disk/site"), folder.names("disk"));
        let unmounted = Command::new("umount").arg(&disk).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
        ran.exits(2).complains(&["cannot be written: the disk is full", "nothing has changed in `disk/site`"]);
        assert_eq!(after, good);
        assert_eq!(names, ["site"]);
    }
}

#[test]
fn templates_are_replaced_one_by_one() {
    let folder = Folder::with_policies();
    folder.write("look/html/style/colours.css", "/* ours */\n");
    folder.run("build policies --out site --format html --templates look").exits(0);
    let style = fs::read_to_string(folder.path("site/style.css")).expect("it is there");
    assert!(
        style.starts_with("/* ours */\n\n/*\n * What bare elements"),
        "the first part is replaced, the others are not"
    );
    let good = folder.contents("site");
    let refused = |words: &str| {
        folder.run("build policies --out site --templates look").exits(2).complains(&[words]);
        assert_eq!(folder.contents("site"), good);
    };
    folder.write("look/html/index.hbs", "<p>\n{{#if}\n");
    refused("template `html/index.hbs`");
    folder.write("look/html/index.hbs", "<p>\n{{nonsense}}\n");
    refused("template `html/index.hbs`, line 2: ");
    fs::remove_file(folder.path("look/html/index.hbs")).expect("a file can be removed");
    folder.write("look/html/indx.hbs", "<p>\n");
    refused("template `html/indx.hbs`");
    folder
        .run("build policies --out site --templates nowhere")
        .exits(2)
        .complains(&["the templates folder `nowhere` cannot be read: there is no such file or folder"]);
}

#[test]
fn the_findings_are_published_as_they_are_told() {
    let folder = Folder::with_policies();
    let accepted = POLICY.replace(
        "    rule pupil should",
        "    | They will [permitted/encouraged] to do so.\n\n    accept left-over-placeholder because \"the board has yet to \
         decide\"\n\n    rule pupil should",
    );
    let adopted = accepted.replace(
        "status       draft",
        "status adopted\n approved 2020-01-01 by governing-board\n effective 2020-01-02",
    );
    folder.write("policies/mobile-phones.policy", adopted);
    folder.run("build policies --out site --format json --as-of 2026-03-17").exits(0);
    let read = |path: &str| fs::read_to_string(folder.path(path)).expect("it was written");
    let findings = read("site/findings.json");
    assert_eq!(findings, folder.run("check policies --format json --as-of 2026-03-17").out, "the same bytes");
    let (alone, whole): (Value, Value) = (
        serde_json::from_str(&findings).expect("JSON"),
        serde_json::from_str(&read("site/collection.json")).expect("JSON"),
    );
    assert_eq!((&alone["findings"], &alone["summary"]), (&whole["findings"], &whole["summary"]));
    let checks: Vec<&str> =
        alone["findings"].as_array().expect("a list").iter().filter_map(|finding| finding["check"].as_str()).collect();
    assert!(checks.contains(&"review-overdue") && checks.contains(&"left-over-placeholder"), "{checks:?}");
    assert_eq!(alone["summary"]["accepted"], 1);
    folder.run("build policies --out site --format json").exits(0);
    assert!(!read("site/findings.json").contains("review-overdue"), "without a day no date is judged");
    folder.run("build policies --out pages --format html").exits(0);
    assert!(!folder.path("pages/findings.json").exists());
}
