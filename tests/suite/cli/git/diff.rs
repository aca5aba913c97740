//! `clausal diff` and `clausal check --against` as they are run, on histories of a small collection.

use std::fs;

use super::super::{Folder, POLICY, VOCABULARY};
use super::Repository;

/// The rule that the tests change, and what becomes of it.
const RULE: &str = "rule staff must not take picture with own-phone";
const SOFTER: &str = "rule staff should not take picture with own-phone";

/// A repository with two versions: the second asks less, and has another word in the title.
fn two_versions() -> Repository {
    assert!(POLICY.contains(RULE), "{POLICY}");
    let repository = Repository::with_policies();
    repository.git("tag v1");
    repository.folder.write("policies/mobile-phones.policy", POLICY.replace(RULE, SOFTER));
    repository.git("commit -q -a -m v2");
    repository.git("tag v2");
    repository
}

#[test]
fn what_changed_is_told_in_every_form() {
    let repository = two_versions();
    let human = repository.run("diff v1..v2 -- policies").exits(0);
    let human = human.says(&["1 clause changes what is asked of people: 1 relaxed", "from v1 (1 policy) to v2"]).out;
    assert_eq!(repository.run("diff v1 v2 --format terminal -- policies").exits(0).out, human);
    repository.run("diff v1 --format markdown -- policies").exits(0).says(&["## What changes: v1 → the working tree"]);
    repository.run("diff HEAD^! --format html -- policies").exits(0).says(&["<!doctype html>", "HEAD^ → HEAD"]);
    let json = repository.run("diff v1..v2 --format json -- policies").exits(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((json["old"]["name"].as_str(), json["new"]["name"].as_str()), (Some("v1"), Some("v2")));
    assert_eq!(json["summary"]["relaxed"], 1);
    assert_eq!(json["policies"][0]["path"], "policies/mobile-phones.policy");
    let back = repository.run("diff v2..v1 -- policies").exits(0);
    back.says(&["1 clause changes what is asked of people: 1 tightened"]);
    repository.run("diff v2 -- policies").exits(0).says(&["nothing changed"]);
}

#[test]
fn the_exit_code_says_whether_anything_changed() {
    let repository = two_versions();
    repository.run("diff v1..v2 --exit-code -- policies").exits(1);
    repository.run("diff v1..v2 --exit-code --material -- policies").exits(1);
    repository.run("diff v2..v2 --exit-code -- policies").exits(0);
    repository.run("diff --exit-code -- policies").exits(0);
    let text = POLICY.replace(RULE, SOFTER).replace("\"Mobile", "\"Our Mobile");
    repository.folder.write("policies/mobile-phones.policy", text);
    repository.run("diff --exit-code -- policies").exits(1);
    repository.run("diff --exit-code --material -- policies").exits(0);
    repository.run("diff --staged --exit-code -- policies").exits(0);
    repository.git("add -A");
    repository.run("diff --staged --exit-code -- policies").exits(1).says(&["to what is staged"]);
}

#[test]
fn what_is_told_can_be_limited() {
    let repository = two_versions();
    repository.run("diff v1..v2 --exit-code -- policies/vocabulary.policy").exits(0).says(&["nothing changed"]);
    repository.run("diff v1..v2 --exit-code -- policies/mobile-phones.policy").exits(1).says(&["1 relaxed"]);
    repository.run("diff v1..v2 --for staff -- policies").exits(0).says(&["Members of staff", "1 relaxed"]);
    repository.run("diff v1..v2 --for pupil --exit-code -- policies").exits(0);
    repository.run("diff v1..v2 --for pupill -- policies").exits(2).complains(&["did you mean `pupil`?"]);
    repository.run("diff v1..v2 -- policies --material").exits(2).complains(&["options stand before `--`"]);
    let mut command = repository.clausal_at("policies", "diff v1..v2 -- mobile-phones.policy");
    repository.folder.finish(&mut command).exits(0).says(&["1 relaxed"]);
}

#[test]
fn reports_are_written_into_files() {
    let repository = two_versions();
    let ran = repository.run("diff v1..v2 --format html --out changes.html -- policies").exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "wrote changes.html\n"));
    let page = fs::read_to_string(repository.folder.path("changes.html")).expect("it was written");
    assert!(page.contains("v1 → v2"));
    repository.run("diff v1..v1 --format html --out changes.html -- policies").exits(0);
    assert_ne!(fs::read_to_string(repository.folder.path("changes.html")).expect("it is there"), page);
    let before = repository.folder.contents("policies");
    let wrong = repository.run("diff v1..v2 --out policies/mobile-phones.policy -- policies").exits(2);
    wrong.complains(&["has the name of a policy"]);
    repository.run("diff v1..v2 --out policies -- policies").exits(2).complains(&["`policies` is a folder"]);
    repository.run("diff v1..v2 --out changes.html/x.md -- policies").exits(2).complains(&["cannot be written"]);
    assert_eq!(repository.folder.contents("policies"), before);
    let mut names = repository.folder.names("");
    names.retain(|name| name != ".git");
    assert_eq!(names, ["changes.html", "policies"]);
}

#[test]
fn folders_and_files_are_compared_without_git() {
    let folder = Folder::with_policies();
    folder.write("new/vocabulary.policy", VOCABULARY);
    folder.write("new/mobile-phones.policy", POLICY.replace(RULE, SOFTER));
    let run = |arguments: &str| {
        let mut command = Repository::quiet(folder.command());
        command.args(arguments.split(' ')).env("PATH", "").env("GIT_CEILING_DIRECTORIES", folder.path(".."));
        folder.finish(&mut command)
    };
    run("diff policies new").exits(0).says(&["1 relaxed", "from policies (1 policy) to new (1 policy)"]);
    run("diff policies/mobile-phones.policy new/mobile-phones.policy --exit-code").exits(1).says(&["1 relaxed"]);
    run("diff policies/vocabulary.policy new/vocabulary.policy --exit-code").exits(0);
    folder.write("draft/mobile-phones.policy", POLICY.replace(RULE, SOFTER));
    run("diff policies/mobile-phones.policy draft/mobile-phones.policy").exits(0).says(&["1 relaxed"]);
    run("diff policies other").exits(2).complains(&["git is not installed"]);
    run("diff ./policies ./other").exits(2).complains(&["`other` cannot be read"]);
}

#[test]
fn what_cannot_be_read_or_understood_is_told_with_the_rest() {
    let repository = two_versions();
    let broken = POLICY.replace(RULE, "rule staff must must take picture with own-phone");
    repository.folder.write("policies/mobile-phones.policy", format!("{broken}\n}}}}"));
    repository.folder.write("policies/other.policy", POLICY.replace("mobile-phones", "other"));
    repository.git("add -A");
    repository.git("commit -q -m v3");
    let told = repository.run("diff v2..HEAD -- policies").exits(0);
    told.says(&["What could not be understood", "policies/mobile-phones.policy"]);
    let id = repository.git("rev-parse HEAD:policies/other.policy");
    let (folder, file) = id.trim().split_at(2);
    fs::remove_file(repository.folder.path(".git/objects").join(folder).join(file)).expect("it is a loose object");
    let ran = repository.run("diff v2..HEAD -- policies").exits(2);
    ran.says(&["policies/other.policy"]).complains(&["its content is not in this copy of the repository"]);
}

#[test]
fn a_policy_that_cannot_be_read_is_not_taken_for_gone() {
    let repository = two_versions();
    let id = repository.git("rev-parse v2:policies/mobile-phones.policy");
    let (folder, file) = id.trim().split_at(2);
    fs::remove_file(repository.folder.path(".git/objects").join(folder).join(file)).expect("it is a loose object");
    let ran = repository.run("diff v1..v2 --format json -- policies").exits(2);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["policies"][0]["unread"], true, "{}", ran.out);
    assert_eq!(json["new"]["damaged"].as_array().map(Vec::len), Some(1), "{}", ran.out);
    repository.run("diff v1..v2 -- policies").exits(2).says(&["What could not be understood"]);
}

#[test]
fn a_check_is_made_against_a_revision() {
    let repository = two_versions();
    let against = |arguments: &str| repository.run(&format!("check policies --as-of 2026-03-17 {arguments}"));
    let told = against("--against v2");
    assert!(!told.out.contains("unversioned-change"), "{}", told.out);
    repository
        .folder
        .write("policies/mobile-phones.policy", POLICY.replace("status       draft", "status       adopted"));
    let text = fs::read_to_string(repository.folder.path("policies/mobile-phones.policy")).expect("it is there");
    repository.git("commit -q -a -m v3");
    repository.folder.write("policies/mobile-phones.policy", text.replace(RULE, SOFTER));
    against("--against HEAD").says(&["unversioned-change", "at `HEAD`"]);
    against("--against HEAD --staged").exits(0);
    repository.git("add -A");
    against("--against HEAD --staged").says(&["unversioned-change"]);
    against("--against v9").exits(2).complains(&["there is no revision `v9`", "did you mean `v"]);
    let ran = against("--against HEAD --format json");
    assert!(ran.out.contains("unversioned-change"));
    let plain = against("");
    assert!(!plain.out.contains("unversioned-change"));
}

#[test]
fn a_word_that_is_a_revision_and_a_folder_is_told() {
    let repository = two_versions();
    repository.git("branch policies v1");
    let told = ["`policies` is a revision, and a folder too", "`./policies`", "`heads/policies`"];
    repository.run("diff policies v2").exits(2).complains(&told);
    // Where paths follow, it can be no folder; nor where it stands alone.
    repository.run("diff policies v2 -- policies").exits(0).says(&["1 relaxed"]);
    repository.run("diff policies -- policies").exits(0).says(&["from policies (1 policy) to the working tree"]);
    repository.run("diff heads/policies ./policies").exits(0).says(&["1 relaxed"]);
}

#[test]
fn a_repository_is_found_where_the_environment_says() {
    let repository = two_versions();
    repository.git("clone -q --bare . bare.git");
    let elsewhere = Folder::new();
    let mut command = Repository::quiet(elsewhere.command());
    command.args(["diff", "v1..v2", "--", "policies"]).env("GIT_DIR", repository.folder.path("bare.git"));
    elsewhere.finish(&mut command).exits(0).says(&["1 relaxed"]);
}

/// What a clone is set to do with files on their way out of the repository, and in it, is not what was committed.
#[test]
fn filters_and_replacements_change_nothing() {
    let repository = two_versions();
    let expected = repository.run("diff v1..v2 --format json -- policies").exits(0).out;
    repository.git("config filter.loud.smudge false");
    repository.git("config filter.loud.required true");
    repository.git("config diff.loud.textconv false");
    repository.folder.write(".git/info/attributes", "*.policy filter=loud diff=loud\n");
    repository.git("replace v1 v2");
    assert_eq!(repository.git("rev-parse v1^{tree}"), repository.git("rev-parse v2^{tree}"), "git itself is taken in");
    assert_eq!(repository.run("diff v1..v2 --format json -- policies").exits(0).out, expected);
}

#[test]
fn nothing_is_checked_out_or_written() {
    let repository = two_versions();
    repository.folder.write("policies/mobile-phones.policy", "not saved yet {");
    repository.folder.write("policies/new.policy", "untracked");
    let before = repository.folder.contents("");
    for arguments in ["diff v1..v2 --", "diff v1 --", "diff --staged --", "diff v1...v2 --", "check --staged"] {
        repository.run(&format!("{arguments} policies"));
    }
    assert_eq!(repository.folder.contents(""), before);
}
