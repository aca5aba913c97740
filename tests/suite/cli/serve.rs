//! The preview: what it shows while files change, break and come back, and to whom.

mod preview;
mod requests;
mod storm;

use std::fs;

use self::preview::Preview;
use super::{Folder, POLICY, VOCABULARY};

/// The page of the policy that `init` writes.
const PAGE: &str = "/larkfield/mobile-phones.html";
/// A clause's words in it, and what they are changed into.
const OLD: &str = "Mobile Phone Policy";
const NEW: &str = "Telephone Policy";

/// A preview that begins, and has pages.
pub(super) fn answers(folder: &Folder, arguments: &str) {
    assert_eq!(Preview::of_pages(folder, arguments).get(PAGE).status, 200);
}

#[test]
fn it_shows_what_build_writes() {
    let folder = Folder::with_policies();
    folder.run("build policies --out site").exits(0);
    let preview = Preview::of_pages(&folder, "serve policies");
    let written = folder.contents("site");
    assert!(written.len() > 5, "{}", written.len());
    for (path, bytes) in written {
        let answer = preview.get(&format!("/{path}"));
        if path == ".clausal" {
            assert_eq!(answer.status, 404, "it is about the folder");
            continue;
        }
        assert_eq!(answer.status, 200, "{path}");
        let text = String::from_utf8(bytes).expect("what is written is text");
        if !path.ends_with(".html") {
            assert_eq!(answer.body, text, "{path}");
            continue;
        }
        assert!(!text.contains("<script src=\"/.clausal"), "what is published holds nothing of the preview");
        let (head, rest) = answer.body.split_once("<link rel=\"stylesheet\" href=\"/.clausal/").expect("it is put in");
        let (_, rest) = rest.split_once("</script>\n").expect("the script is put in");
        let (body, rest) = rest.split_once("<div class=\"clausal-preview\"").expect("the panel is put in");
        let (_, rest) = rest.split_once("</section>\n</div>\n").expect("the panel ends");
        assert_eq!([head, body, rest].concat(), text, "{path}");
    }
    assert_eq!(folder.names("."), ["policies", "site"], "nothing is written");
}

#[test]
fn the_last_good_page_stays_while_a_file_is_broken() {
    let folder = Folder::with_policies();
    let preview = Preview::of_pages(&folder, "serve policies");
    assert!(
        preview.get(PAGE).body.contains("data-kind=\"others\" aria-labelledby=\"clausal.preview-headline\" hidden>")
    );
    folder.write("policies/mobile-phones.policy", POLICY.replace(OLD, NEW).replace("must not use", "must not usse"));
    let page = preview.wait(PAGE, "Until the error is mended, the pages stay as they were at ");
    for words in [
        OLD,
        "role=\"region\"",
        "<details data-list=\"errors\" open>\n<summary>1 error</summary>",
        "<code>usse</code> is not a declared action",
        "<code>policies/mobile-phones.policy:",
        "Help: did you mean <code>use</code>?",
    ] {
        assert!(page.contains(words), "no {words:?} in {page}");
    }
    assert!(!page.contains(NEW));
    assert_eq!(preview.state("errors"), 1);
    folder.write("policies/mobile-phones.policy", POLICY.replace(OLD, NEW));
    let page = preview.wait(PAGE, NEW);
    assert!(!page.contains("<details") && page.contains("hidden>\n<h2"), "{page}");
    assert_eq!(preview.state("errors"), 0);
}

#[test]
fn warnings_are_told_and_stop_nothing() {
    let folder = Folder::with_policies();
    let preview = Preview::of_pages(&folder, "serve policies --as-of 2026-11-20");
    folder.write("policies/more.policy", "vocabulary more {\n  party visitor\n}\n");
    let page = preview.wait(PAGE, "1 warning");
    assert!(page.contains("<details data-list=\"others\">") && page.contains("unused-word"), "{page}");
    assert_eq!((preview.state("errors"), preview.state("warnings")), (0, 1));
}

#[test]
fn dates_are_judged_when_a_day_is_given() {
    let folder = Folder::new();
    folder.write("policies/vocabulary.policy", VOCABULARY);
    let adopted = "status adopted\n  approved 2020-09-08 by governing-board\n  effective 2020-09-15";
    folder.write("policies/mobile-phones.policy", POLICY.replace("status       draft", adopted));
    let preview = Preview::of_pages(&folder, "serve policies");
    assert!(!preview.get("/").body.contains("review-overdue"));
    let preview = Preview::of_pages(&folder, "serve policies --as-of 2030-01-01 --warn review-overdue");
    preview.wait("/", "review-overdue");
}

#[test]
fn without_a_first_good_build_there_is_a_page_that_says_why() {
    let folder = Folder::with_policies();
    folder.write("policies/mobile-phones.policy", "policy mobile-phones {\n  nonsense <b>\n}\n");
    let preview = Preview::of(&folder, "serve policies");
    let page = preview.wait(PAGE, "The pages cannot be made yet");
    assert!(page.contains("<code>policies/mobile-phones.policy:") && !page.contains("nonsense <b>"), "{page}");
    assert_eq!(preview.get("/style.css").status, 503);
    folder.write("policies/mobile-phones.policy", POLICY);
    preview.wait(PAGE, "During lessons");
    assert_eq!(preview.get("/style.css").status, 200);
}

/// One thing that goes wrong with files, what the panel says of it, and how it is put right.
struct Trouble {
    wrong: fn(&Folder),
    told: &'static str,
    right: fn(&Folder),
}

/// Settings that name other files.
const SETTINGS: &str = "[site]\nlogo = \"logo.svg\"\n[output]\ntemplates = \"../look\"\n";
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";

#[test]
fn whatever_becomes_of_files_it_stays_and_recovers() {
    let folder = Folder::with_policies();
    folder.write("policies/clausal.toml", SETTINGS);
    folder.write("policies/logo.svg", LOGO);
    folder.write("look/html/note.hbs", "<aside>{{{content}}}</aside>");
    let preview = Preview::of_pages(&folder, "serve policies");
    let troubles = [
        Trouble {
            wrong: |folder| folder.write("policies/clausal.toml", format!("{SETTINGS}wrong = 1\n")),
            told: "<code>wrong</code> is not a setting of [output]",
            right: |folder| folder.write("policies/clausal.toml", SETTINGS),
        },
        Trouble {
            wrong: |folder| folder.write("policies/logo.svg", "a drawing"),
            told: "is no picture that can be shown",
            right: |folder| folder.write("policies/logo.svg", LOGO),
        },
        Trouble {
            wrong: |folder| folder.write("look/html/note.hbs", "{{#if}}"),
            told: "template <code>html/note.hbs</code>",
            right: |folder| folder.write("look/html/note.hbs", "<aside>{{{content}}}</aside>"),
        },
        Trouble {
            wrong: |folder| folder.write("look/html/notes.hbs", "x"),
            told: "there is no template of this name to replace",
            right: |folder| fs::remove_file(folder.path("look/html/notes.hbs")).expect("it can be removed"),
        },
        Trouble {
            wrong: |folder| fs::rename(folder.path("look"), folder.path("aside")).expect("it can be renamed"),
            told: "the templates folder <code>policies/../look</code> cannot be read",
            right: |folder| fs::rename(folder.path("aside"), folder.path("look")).expect("it can be renamed"),
        },
        Trouble {
            wrong: |folder| folder.write("policies/mobile-phones.policy", b"policy \xff {"),
            told: "mobile-phones.policy",
            right: |folder| folder.write("policies/mobile-phones.policy", POLICY),
        },
        Trouble {
            wrong: |folder| fs::rename(folder.path("policies"), folder.path("aside")).expect("it can be renamed"),
            told: "<code>policies</code> cannot be read: there is no such file or folder",
            right: |folder| fs::rename(folder.path("aside"), folder.path("policies")).expect("it can be renamed"),
        },
        Trouble {
            wrong: |folder| {
                folder.write("policies/second.policy", POLICY);
            },
            told: "declared twice",
            right: |folder| fs::remove_file(folder.path("policies/second.policy")).expect("it can be removed"),
        },
        #[cfg(unix)]
        Trouble {
            wrong: |folder| {
                let link = folder.path("policies/dead.policy");
                std::os::unix::fs::symlink("nowhere", link).expect("a link can be made");
            },
            told: "it is a link; mend it or remove it",
            right: |folder| fs::remove_file(folder.path("policies/dead.policy")).expect("it can be removed"),
        },
    ];
    for Trouble { wrong, told, right } in troubles {
        wrong(&folder);
        let page = preview.wait(PAGE, told);
        assert!(page.contains(OLD), "the last good page stays in spite of {told:?}");
        right(&folder);
        preview.wait_for(|preview| !preview.get(PAGE).body.contains("data-list=\"errors\""));
    }
}

#[test]
fn policies_come_and_go() {
    let folder = Folder::with_policies();
    let preview = Preview::of_pages(&folder, "serve policies");
    assert_eq!(preview.get("/larkfield/second.html").status, 404);
    folder.write("policies/deep/second.policy", POLICY.replace("policy mobile-phones", "policy second"));
    preview.wait("/larkfield/second.html", OLD);
    fs::remove_dir_all(folder.path("policies/deep")).expect("it can be removed");
    let page = preview.wait("/larkfield/second.html", "There is no such page");
    assert!(page.contains("preview.js"), "it comes back by itself");
}

#[test]
fn what_no_edit_can_mend_ends_it_before_it_begins() {
    let folder = Folder::with_policies();
    folder.write("policies/minutes.txt", "x");
    for (arguments, told) in [
        ("serve nowhere", "`nowhere` cannot be read: there is no such file or folder"),
        ("serve policies/minutes.txt", "is not a policy file"),
        ("serve policies --templates nowhere", "the templates folder `nowhere` cannot be read"),
        ("serve policies --deny reveiw-overdue", "did you mean `review-overdue`?"),
        ("serve policies --port 65536", "65536"),
        ("serve policies --port http", "http"),
        ("serve policies --as-of soon", "a day is written as year-month-day"),
    ] {
        let ran = folder.run(arguments).exits(2).complains(&[told]);
        assert!(ran.out.is_empty(), "{arguments}: {ran:?}");
    }
}

#[test]
fn a_port_in_use_is_told_or_passed_over() {
    let folder = Folder::with_policies();
    let first = Preview::of(&folder, "serve policies --port 0");
    let taken = format!("serve policies --port {}", first.port());
    let words = format!("port {} is in use by another program", first.port());
    folder.run(&taken).exits(2).complains(&[&words, "leave `--port` out"]);
    // Without a port, the second goes elsewhere.
    let (one, other) = (Preview::of(&folder, "serve policies"), Preview::of(&folder, "serve policies"));
    assert_ne!(one.port(), other.port());
    assert!(one.port() >= 4747 && other.port() >= 4747);
}

#[test]
fn the_terminal_is_told_what_happens() {
    let folder = Folder::with_policies();
    let mut preview = Preview::of_pages(&folder, "serve policies --color always");
    folder.write("policies/mobile-phones.policy", POLICY.replace("must not use", "must not usse"));
    preview.wait(PAGE, "1 error");
    folder.write("policies/mobile-phones.policy", POLICY.replace(OLD, NEW));
    preview.wait(PAGE, NEW);
    preview.wait_for(|preview| preview.err().contains("the pages are made again"));
    let told = preview.err();
    for words in ["the pages are made\n", "usse", "the last good pages stay", "\u{1b}["] {
        assert!(told.contains(words), "no {words:?} in {told}");
    }
    #[cfg(unix)]
    {
        let (code, out) = preview.interrupt();
        assert_eq!((code, out.as_str()), (Some(0), "Ctrl-C ends the preview\n\nthe preview has ended\n"));
    }
    #[cfg(not(unix))]
    let _ = &mut preview;
}

#[cfg(unix)]
#[test]
fn it_opens_the_browser_when_asked_to() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_policies();
    let opener = if cfg!(target_os = "macos") { "bin/open" } else { "bin/xdg-open" };
    folder.write(opener, "#!/bin/sh\necho \"$@\" > opened\n");
    fs::set_permissions(folder.path(opener), fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", folder.path("bin").display());
    let preview = Preview::with(&folder, "serve policies --open", &[("PATH", &path)]);
    let address = format!("http://127.0.0.1:{}/\n", preview.port());
    preview.wait_for(|_| fs::read_to_string(folder.path("opened")).is_ok_and(|opened| opened == address));
}
