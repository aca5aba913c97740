//! `clausal check --staged`: what would be committed, whatever the files say.

use super::super::{Folder, POLICY, VOCABULARY};
use super::Repository;

/// A policy with a mistake in it.
fn broken() -> String {
    POLICY.replace("rule staff", "rule staf")
}

#[test]
fn what_is_staged_is_checked_and_not_the_files() {
    assert_ne!(broken(), POLICY);
    let repository = Repository::with_policies();
    repository.folder.write("policies/mobile-phones.policy", broken());
    repository.run("check policies").exits(1);
    repository.run("check policies --staged").exits(0).says(&["no findings in 1 policy"]);
    repository.git("add -A");
    repository.folder.write("policies/mobile-phones.policy", POLICY);
    repository.run("check policies").exits(0);
    let told = repository.run("check policies --staged").exits(1).says(&["policies/mobile-phones.policy:", "`staf`"]);
    let in_folder = repository.folder.finish(&mut repository.clausal_at("policies", "check --staged")).exits(1);
    assert_eq!(
        told.out.replace("policies/mobile", "mobile").replace("policies/vocabulary", "vocabulary"),
        in_folder.out
    );
}

#[test]
fn the_settings_are_those_that_are_staged() {
    let repository = Repository::with_policies();
    repository.folder.write("policies/mobile-phones.policy", broken());
    repository.folder.write("policies/clausal.toml", "[checks]\nnames = \"warning\"\n");
    repository.git("add -A");
    repository.folder.write("policies/clausal.toml", "");
    repository.run("check policies").exits(1);
    repository.run("check policies --staged").exits(0).says(&["warning[unknown-name]"]);
    repository.folder.write("policies/clausal.toml", "nonsense = 1\n");
    repository.git("add -A");
    repository
        .run("check policies --staged")
        .exits(2)
        .complains(&["`nonsense` is not a setting", ":policies/clausal.toml:1:1"]);
}

#[test]
fn what_is_not_there_is_told() {
    let repository = Repository::new();
    repository.folder.write("policies/vocabulary.policy", VOCABULARY);
    repository.run("check --staged").exits(2).complains(&["no policy in `.` is staged", "`git add` stages files"]);
    repository.git("add -A");
    repository.run("check --staged").exits(0);
    repository.run("check other --staged").exits(2).complains(&["no policy in `other` is staged"]);
    repository.run("check ../elsewhere --staged").exits(2).complains(&["`../elsewhere` lies outside the repository"]);
    repository.run("check --staged --fix unused-word").exits(2).complains(&["cannot be used with"]);
}

#[test]
fn a_merge_that_is_not_settled_is_told() {
    let repository = Repository::with_policies();
    let change = |to: &str| {
        repository.folder.write("policies/mobile-phones.policy", POLICY.replace("\"Mobile", &format!("\"{to} Mobile")));
        repository.git("commit -q -a -m change");
    };
    repository.git("checkout -q -b other");
    change("Other");
    repository.git("checkout -q main");
    change("Our");
    repository.try_git_at("", "merge -q other").exits(1);
    let told = ["`:policies/mobile-phones.policy` cannot be read: a merge has left it in several versions"];
    repository.run("check policies --staged").exits(2).complains(&told);
}

#[test]
fn without_git_or_a_repository_the_message_says_so() {
    let repository = Repository::with_policies();
    let mut command = repository.clausal_at("", "check policies --staged");
    command.env("PATH", "");
    repository
        .folder
        .finish(&mut command)
        .exits(2)
        .complains(&["git is not installed, or not on the path", "https://git-scm.com"]);
    let folder = Folder::with_policies();
    let mut command = Repository::quiet(folder.command());
    command.args(["check", "--staged"]).env("GIT_CEILING_DIRECTORIES", folder.path(".."));
    folder.finish(&mut command).exits(2).complains(&["this folder lies in no git repository"]);
    repository.git("clone -q --bare . bare.git");
    let mut command = repository.clausal_at("bare.git", "check --staged");
    repository.folder.finish(&mut command).exits(2).complains(&["a bare repository"]);
}

#[test]
fn a_repository_that_git_does_not_trust_is_explained() {
    let repository = Repository::with_policies();
    let mut command = repository.clausal_at("", "check policies --staged");
    command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    let folder = repository.folder.path("").canonicalize().expect("it is there");
    let remedy = format!("git config --global --add safe.directory '{}'", folder.display());
    let told = ["git does not trust the repository", "belongs to somebody else", remedy.trim_end_matches('/')];
    repository.folder.finish(&mut command).exits(2).complains(&told);
    repository.git("clone -q --bare . bare.git");
    let mut command = repository.clausal_at("bare.git", "check --staged");
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "safe.bareRepository");
    command.env("GIT_CONFIG_VALUE_0", "explicit");
    repository
        .folder
        .finish(&mut command)
        .exits(2)
        .complains(&["git is told not to use bare repositories", "GIT_DIR=PATH"]);
}

#[test]
fn nobodys_environment_changes_what_is_read() {
    let repository = Repository::with_policies();
    let expected = repository.run("check policies --staged").exits(0);
    let mut command = repository.clausal_at("", "check policies --staged");
    for (name, value) in [
        ("GIT_TRACE", "1"),
        ("GIT_TRACE2", "1"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_PAGER", "false"),
        ("PAGER", "false"),
        ("LANG", "de_DE.UTF-8"),
        ("LANGUAGE", "de"),
        ("GIT_CONFIG_COUNT", "2"),
        ("GIT_CONFIG_KEY_0", "core.quotePath"),
        ("GIT_CONFIG_VALUE_0", "true"),
        ("GIT_CONFIG_KEY_1", "color.ui"),
        ("GIT_CONFIG_VALUE_1", "always"),
    ] {
        command.env(name, value);
    }
    let ran = repository.folder.finish(&mut command).exits(0);
    assert_eq!((ran.out, ran.err), (expected.out, expected.err));
}

/// A git that passes all on to the real one, but breaks off in the middle of what it was asked for.
#[cfg(unix)]
#[test]
fn a_git_that_dies_does_not_keep_us_waiting() {
    use std::os::unix::fs::PermissionsExt;
    let repository = Repository::with_policies();
    for index in 0..3000 {
        repository.folder.write(&format!("policies/many/{index}.policy"), format!("# {index} {}\n", "x".repeat(300)));
    }
    repository.git("add -A");
    let real = repository
        .folder
        .finish(Repository::quiet(std::process::Command::new("sh")).args(["-c", "command -v git"]))
        .out;
    let real = real.trim();
    for (way, dying) in [
        ("at once", "exit 1".to_owned()),
        ("without reading", "exec 0<&-; kill -9 $$".to_owned()),
        ("in the middle", format!("{real} \"$@\" | head -c 100000; exit 0")),
        ("in an answer", format!("{real} \"$@\" | head -c 50; kill -9 $$")),
    ] {
        let script = format!("#!/bin/sh\ncase \"$*\" in *--batch*) {dying};; *) exec {real} \"$@\";; esac\n");
        repository.folder.write("bin/git", script);
        let program = repository.folder.path("bin/git");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
        let mut command = repository.clausal_at("", "check policies --staged");
        command.env("PATH", format!("{}:/usr/bin:/bin", repository.folder.path("bin").display()));
        let ran = repository.folder.finish(&mut command);
        assert_eq!(ran.code, Some(2), "{way}: {ran:?}");
        assert!(ran.err.contains("git ended without a word (`git cat-file`)"), "{way}: {ran:?}");
    }
}
