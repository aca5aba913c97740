//! `clausal fmt`: files laid out in place, looked at only, or from standard input to standard output.

use std::fs::{self, File};

use super::{Folder, POLICY, Ran, VOCABULARY};

/// A policy whose layout is not as it should be, and the same laid out.
const MESSY: &str = "policy visits \"Visits\"{ organisation larkfield\n  status draft }\n# Kept.\nclause a {\n|Words.\n\n\n  rule staff must use mobile-phone when emergency # kept too\n}";
const NEAT: &str = "policy visits \"Visits\" {\n  organisation larkfield\n  status       draft\n}\n\n# Kept.\nclause a {\n  | Words.\n\n  rule staff must use mobile-phone\n    when emergency # kept too\n}\n";

/// A collection of which one file is not laid out.
fn messy() -> Folder {
    let folder = Folder::with_policies();
    folder.write("policies/visits.policy", MESSY);
    folder
}

fn text(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path(path)).expect("it can be read")
}

/// Runs the program with a text as its standard input.
fn piped(folder: &Folder, arguments: &str, input: impl AsRef<[u8]>) -> Ran {
    folder.write("input", input);
    let mut command = folder.command();
    command.args(arguments.split_whitespace());
    command.stdin(File::open(folder.path("input")).expect("it can be opened"));
    folder.finish(&mut command)
}

#[test]
fn files_are_laid_out_in_place() {
    let folder = messy();
    let ran = folder.run("fmt").exits(0);
    assert_eq!(ran.out, "");
    assert_eq!(ran.err, "policies/visits.policy: laid out\n1 file laid out anew, 2 left unchanged\n");
    assert_eq!(text(&folder, "policies/visits.policy"), NEAT);
    assert_eq!(text(&folder, "policies/mobile-phones.policy"), POLICY);
    assert_eq!(text(&folder, "policies/vocabulary.policy"), VOCABULARY);
    assert_eq!(folder.names("policies"), ["mobile-phones.policy", "visits.policy", "vocabulary.policy"]);
    let when = || fs::metadata(folder.path("policies/visits.policy")).and_then(|about| about.modified()).ok();
    let before = when();
    let ran = folder.run("fmt policies").exits(0);
    assert_eq!(ran.err, "0 files laid out anew, 3 left unchanged\n");
    assert_eq!(when(), before, "what has not changed is not written");
}

#[test]
fn what_init_writes_is_laid_out() {
    let folder = Folder::new();
    folder.run("init").exits(0);
    folder.run("fmt --check").exits(0);
}

#[test]
fn a_check_lists_and_changes_nothing() {
    let folder = messy();
    folder.write("policies/a/more.policy", MESSY);
    let before = folder.contents("policies");
    let ran = folder.run("fmt policies --check").exits(1);
    assert_eq!(ran.out, "policies/a/more.policy\npolicies/visits.policy\n");
    assert_eq!(ran.err, "2 files would be laid out anew, 2 left unchanged\n");
    assert_eq!(folder.contents("policies"), before);
    folder.run("fmt policies").exits(0);
    assert_eq!(folder.run("fmt policies --check").exits(0).out, "");
}

#[test]
fn a_difference_is_printed_and_nothing_changed() {
    let folder = messy();
    let before = folder.contents("policies");
    let ran = folder.run("fmt policies --diff").exits(1);
    let head = "--- a/policies/visits.policy\n+++ b/policies/visits.policy\n@@ -1,9 +1,12 @@\n-policy visits \"Visits\"{ organisation larkfield\n";
    assert!(ran.out.starts_with(head), "{}", ran.out);
    assert!(ran.out.contains("\n+    when emergency # kept too\n"), "{}", ran.out);
    assert_eq!(folder.contents("policies"), before);
    folder.run("fmt policies").exits(0);
    assert_eq!(folder.run("fmt policies --diff").exits(0).out, "");
    folder.run("fmt --diff --check").exits(2);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let ran = piped(&folder, "fmt -", MESSY).exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (NEAT, ""));
    assert_eq!(piped(&folder, "fmt -", NEAT).exits(0).out, NEAT);
    assert_eq!(piped(&folder, "fmt -", MESSY.replace('\n', "\r\n")).exits(0).out, NEAT.replace('\n', "\r\n"));
    assert_eq!(piped(&folder, "fmt -", "").exits(0).out, "");
    assert_eq!(piped(&folder, "fmt - --check", MESSY).exits(1).out, "standard input\n");
    assert_eq!(piped(&folder, "fmt - --check", NEAT).exits(0).out, "");
    piped(&folder, "fmt - --diff", MESSY).exits(1).says(&["+++ b/standard input", "+  | Words."]);
    piped(&folder, "fmt - policies", NEAT).exits(2).complains(&["cannot be named together with files"]);
}

#[test]
fn standard_input_that_cannot_be_laid_out_gives_nothing() {
    let folder = Folder::new();
    let told = |input: &[u8], words: &[&str]| {
        let ran = piped(&folder, "fmt -", input).exits(2).complains(words);
        assert_eq!(ran.out, "");
    };
    told(MESSY.trim_end_matches('}').as_bytes(), &["`standard input` is left as it is", "mend this first: line"]);
    told(b"# \xff", &["`standard input` cannot be laid out: byte 2 of this file, on line 1, is 0xFF"]);
    told(b"a\0", &["this file is not text", "Word document"]);
    told(&vec![b' '; 33 * 1024 * 1024], &["MB are read"]);
}

#[test]
fn a_mistake_stays_as_it_stands_and_the_rest_is_laid_out() {
    let folder = messy();
    let mistaken = |text: &str| text.replace("when emergency", "whn   emergency");
    folder.write("policies/visits.policy", mistaken(MESSY));
    folder.run("fmt policies").exits(0).complains(&["policies/visits.policy: laid out\n"]);
    let wanted = NEAT.replace("mobile-phone\n    when emergency", "mobile-phone whn   emergency");
    assert_eq!(text(&folder, "policies/visits.policy"), wanted);
}

#[test]
fn what_cannot_be_laid_out_stops_no_other_file() {
    let folder = messy();
    let lost = MESSY.trim_end_matches('}');
    folder.write("policies/lost.policy", lost);
    folder.write("policies/word.policy", b"a\0");
    folder.write("policies/latin.policy", b"# caf\xe9\n");
    let huge = File::create(folder.path("policies/huge.policy")).expect("a file can be made");
    huge.set_len(33 * 1024 * 1024).expect("it can be made long");
    let ran = folder.run("fmt policies").exits(2).complains(&[
        "`policies/lost.policy` is left as it is: nothing is sure of what belongs to what in it",
        "mend this first: line 4: this `{` is never closed",
        "`policies/word.policy` cannot be laid out: this file is not text",
        "`policies/latin.policy` cannot be laid out: byte 5",
        "`policies/huge.policy` cannot be laid out: this file has 33 MB",
        "policies/visits.policy: laid out\n",
        "1 file laid out anew, 2 left unchanged, 4 that could not be\n",
    ]);
    assert_eq!(ran.out, "");
    assert_eq!(text(&folder, "policies/visits.policy"), NEAT);
    assert_eq!(text(&folder, "policies/lost.policy"), lost);
    folder.run("fmt policies --check").exits(2);
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    let folder = Folder::new();
    folder.run("fmt").exits(2).complains(&["there is no `.policy` file in `.`"]);
    folder.run("fmt nowhere").exits(2).complains(&["`nowhere`"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn permit(folder: &Folder, path: &str, mode: u32) {
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(mode)).expect("permissions can be set");
    }

    #[test]
    fn permissions_stay_and_links_stay_links() {
        let folder = messy();
        permit(&folder, "policies/visits.policy", 0o640);
        folder.write("elsewhere/linked.policy", MESSY);
        symlink("../elsewhere/linked.policy", folder.path("policies/linked.policy")).expect("a link can be made");
        symlink(".", folder.path("policies/loop")).expect("a link can be made");
        folder.run("fmt policies").exits(0).complains(&[
            "warning: `policies/loop` is a link that leads back",
            "policies/linked.policy: laid out\npolicies/visits.policy: laid out\n",
        ]);
        let about = fs::metadata(folder.path("policies/visits.policy")).expect("it is there");
        assert_eq!(about.permissions().mode() & 0o777, 0o640);
        let link = fs::symlink_metadata(folder.path("policies/linked.policy")).expect("it is there");
        assert!(link.file_type().is_symlink());
        assert_eq!(text(&folder, "elsewhere/linked.policy"), NEAT);
    }

    #[test]
    fn a_file_that_is_read_only_keeps_all_from_being_written() {
        let folder = messy();
        folder.write("policies/zoo.policy", MESSY);
        permit(&folder, "policies/zoo.policy", 0o444);
        let before = folder.contents("policies");
        folder
            .run("fmt policies")
            .exits(2)
            .complains(&["`policies/zoo.policy` cannot be written: it is read-only", "nothing has changed"]);
        assert_eq!(folder.contents("policies"), before);
        folder.run("fmt policies --check").exits(1);
    }
}
