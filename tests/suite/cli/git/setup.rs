//! `clausal git setup`: what it writes, what it leaves alone, and that git then does what it promises.

use std::fs;

use super::super::POLICY;
use super::Repository;

/// Everything that setup may write.
fn written(repository: &Repository) -> (Option<String>, Option<String>, String) {
    let read = |path: &str| fs::read_to_string(repository.folder.path(path)).ok();
    (read(".gitattributes"), read(".git/hooks/pre-commit"), repository.git("config --local --list"))
}

#[test]
fn it_shows_asks_writes_and_takes_back() {
    let repository = Repository::with_policies();
    let before = written(&repository);
    let shown = repository.run("git setup policies --dry-run").exits(0);
    let words = ["+*.policy text diff=policy", "diff.policy.xfuncname", "+  clausal check --staged policies || exit 1"];
    let shown = shown.says(&words).out;
    assert_eq!(written(&repository), before);
    let asked = repository.run("git setup policies").exits(2).complains(&["there is no terminal to ask on", "`--yes`"]);
    assert_eq!((asked.out, written(&repository)), (shown.clone(), before.clone()));
    let done = repository
        .run("git setup policies --yes")
        .exits(0)
        .says(&["wrote .gitattributes", "wrote .git/hooks/pre-commit"]);
    assert!(done.out.starts_with(&shown));
    let after = written(&repository);
    assert_ne!(after, before);
    repository.run("git setup policies --yes").exits(0).says(&["everything is in place already"]);
    assert_eq!(written(&repository), after);
    assert_eq!(repository.git("status --porcelain"), "?? .gitattributes\n");
    repository.run("git setup --remove --dry-run").exits(0).says(&["-*.policy text diff=policy"]);
    assert_eq!(written(&repository), after);
    repository.run("git setup --remove --yes").exits(0).says(&["took .gitattributes away"]);
    assert_eq!(written(&repository), before);
    repository.run("git setup --remove --yes").exits(0).says(&["nothing of it is here"]);
}

#[test]
fn what_others_wrote_stays() {
    let repository = Repository::with_policies();
    repository.folder.write(".gitattributes", "*.png binary\r\n*.csv text\r\n");
    repository.folder.write(".git/hooks/pre-commit", "#!/bin/sh\nexec make lint\n");
    repository.git("config diff.policy.wordRegex [a-z]+");
    let ran = repository.run("git setup --yes").exits(0);
    ran.complains(&["`.git/hooks/pre-commit` is somebody else's hook", "clausal check --staged . || exit 1"])
        .says(&["-[a-z]+", "changed .gitattributes"]);
    let (attributes, hook, _) = written(&repository);
    let attributes = attributes.expect("it is there");
    assert!(attributes.starts_with("*.png binary\r\n*.csv text\r\n#"), "{attributes:?}");
    assert_eq!(attributes.matches('\n').count(), attributes.matches("\r\n").count());
    assert_eq!(hook.as_deref(), Some("#!/bin/sh\nexec make lint\n"));
    assert!(repository.git("check-attr diff -- x.policy").contains("diff: policy"));
    repository.git("config diff.policy.wordRegex [a-z]+");
    repository.run("git setup --remove --yes").exits(0);
    let (attributes, hook, config) = written(&repository);
    assert_eq!(attributes.as_deref(), Some("*.png binary\r\n*.csv text\r\n"));
    assert_eq!(hook.as_deref(), Some("#!/bin/sh\nexec make lint\n"));
    assert!(config.contains("diff.policy.wordregex=[a-z]+") && !config.contains("xfuncname"));
    let added = "#!/bin/sh\nif ! git diff --cached --quiet --no-ext-diff -- '*.policy' '*clausal.toml'; then\n  clausal check \
                 --staged . || exit 1\n  clausal fmt --check --staged . || exit 1\nfi\nexec make lint\n";
    repository.folder.write(".git/hooks/pre-commit", added);
    let ran = repository.run("git setup --yes").exits(0);
    assert!(!ran.err.contains("hook"), "what was added by hand is there: {}", ran.err);
}

#[test]
fn nothing_outside_the_repository_is_touched() {
    let repository = Repository::with_policies();
    let outside = tempfile::tempdir().expect("a temporary folder");
    repository.git(&format!("config core.hooksPath {}", outside.path().display()));
    repository.run("git setup --yes").exits(0).complains(&["lie outside it", "add to that file"]);
    assert_eq!(fs::read_dir(outside.path()).expect("it is there").count(), 0);
    repository.git("config core.hooksPath .hooks");
    repository.run("git setup --yes").exits(0).says(&["wrote .hooks/pre-commit"]);
    let bare = Repository::new();
    bare.git("clone -q --bare . bare.git");
    let mut command = bare.clausal_at("bare.git", "git setup --yes");
    bare.folder.finish(&mut command).exits(2).complains(&["nobody edits policies here"]);
}

#[test]
fn damage_and_links_are_told_and_nothing_is_written() {
    let repository = Repository::with_policies();
    repository.folder.write(".gitattributes", "# >>> clausal git setup\n*.policy text\n");
    repository.run("git setup --yes").exits(2).complains(&["have lost one of their marks", "nothing was written"]);
    fs::remove_file(repository.folder.path(".gitattributes")).expect("it is there");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/gitattributes", repository.folder.path(".gitattributes")).expect("a link");
        repository.run("git setup --yes").exits(2).complains(&["`.gitattributes` is a link"]);
    }
    assert!(!repository.folder.path(".git/hooks/pre-commit").exists());
    repository.run("git").exits(2).complains(&["Usage: clausal git", "setup"]);
    repository.run("git steup").exits(2).complains(&["setup"]);
}

#[cfg(unix)]
#[test]
fn the_hook_stops_a_commit_that_has_an_error() {
    let repository = Repository::with_policies();
    repository.folder.write("notes.txt", "x");
    repository.run("git setup policies --yes").exits(0);
    repository.git("add -A");
    repository.git("commit -q -m setup");
    repository.folder.write("policies/mobile-phones.policy", POLICY.replace("rule staff", "rule staf"));
    repository.git("add -A");
    let stopped = repository.try_git_at("", "commit -q -m wrong").exits(1);
    assert!(format!("{}{}", stopped.out, stopped.err).contains("`staf` is not a declared"), "{stopped:?}");
    // What is not about policies is committed whatever they are like, and so is what is right.
    repository.git("reset -q");
    repository.folder.write("notes.txt", "y");
    repository.git("add notes.txt");
    repository.git("commit -q -m notes");
    repository.try_git_at("policies", "commit -q -a -m wrong").exits(1);
    repository.folder.write("policies/mobile-phones.policy", POLICY.replace("\"Mobile", "\"Our Mobile"));
    repository.try_git_at("policies", "commit -q -m right -- mobile-phones.policy").exits(0);
    repository
        .folder
        .write("policies/mobile-phones.policy", POLICY.replace("    rule staff must not", "rule staff must   not"));
    let stopped = repository.try_git_at("", "commit -q -a -m untidy").exits(1);
    assert!(format!("{}{}", stopped.out, stopped.err).contains("1 file would be laid out anew"), "{stopped:?}");
    repository.git("add -A");
    repository.run("fmt policies").exits(0);
    repository.run("fmt --check policies").exits(0);
    repository.run("fmt --check --staged policies").exits(1).says(&["policies/mobile-phones.policy"]);
    repository
        .run("fmt --diff --staged policies")
        .exits(1)
        .says(&["-rule staff must   not", "+    rule staff must not"]);
    repository.run("fmt --staged policies").exits(2).complains(&["--check"]);
    repository.git("commit -q -a -m tidy");
    let side = tempfile::tempdir().expect("a temporary folder");
    let side = side.path().join("side");
    repository.git(&format!("worktree add -q -b side {}", side.display()));
    let told = repository.clausal_at("", "git setup policies --yes").current_dir(&side).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&told.stdout), "everything is in place already\n");
    fs::write(side.join("policies/mobile-phones.policy"), "nonsense {").expect("it can be written");
    let commit = Repository::quiet(std::process::Command::new("git"))
        .current_dir(&side)
        .args(["commit", "-q", "-a", "-m", "wrong"])
        .output()
        .expect("git runs");
    assert_eq!(commit.status.code(), Some(1));
}

/// A policy whose clauses lie in each other, with enough between their heads and what is changed.
const NESTED: &str = r#"policy nested "Nested Policy" {
  organisation school
  status       draft

  section conduct "Conduct {at work}" {
    | Opening words of the section.
    clause phones "Mobile phones" number "4" {
      | Line one of the clause itself.
      | Line two.
      | Line three.
      | Line four.
      | The clause itself says OUTER here.

      clause trips {
        | Line one of the clause within.
        | section and clause are words as well, and so is policy.
        | Line three.
        | Line four.
        | The inner clause says INNER here.
        rule staff must not use phone
          when on-trip
      }
    }
  }
  annex forms "Forms" {
    | One.
    | Two.
    | Three.
    | Four.
    | The annex says ANNEX here.
  }
}

vocabulary nested-words {
  party staff "member of staff"
  fact duty { on-duty off-duty }
  fact place "where it is" {
    one
    two
    three
    four
    FIVE
  }
}
"#;

#[test]
fn differences_name_the_innermost_clause() {
    for end in ["\n", "\r\n"] {
        let repository = Repository::new();
        repository.git("config core.autocrlf false");
        repository.run("git setup --yes").exits(0);
        let write = |text: &str| repository.folder.write("nested.policy", text.replace('\n', end));
        write(NESTED);
        repository.git("add -A");
        repository.git("commit -q --no-verify -m v1");
        let changed = ["OUTER", "INNER", "ANNEX", "FIVE"]
            .iter()
            .fold(NESTED.to_owned(), |text, word| text.replace(word, "other"));
        write(&changed);
        let heads = |shown: String| -> Vec<String> {
            let heads = shown.lines().filter_map(|line| line.strip_prefix("@@")?.split_once("@@ "));
            heads.map(|(_, head)| head.to_owned()).collect()
        };
        let expected = [
            "clause phones \"Mobile phones\" number \"4\"",
            "clause trips",
            "annex forms \"Forms\"",
            "fact place \"where it is\"",
        ];
        assert_eq!(heads(repository.git("diff -U1")), expected);
        repository.git("commit -q --no-verify -a -m v2");
        assert_eq!(heads(repository.git("log -p -1 -U1")), expected);
    }
}

#[test]
fn words_are_parted_where_people_part_them() {
    let repository = Repository::new();
    repository.run("git setup --yes").exits(0);
    let line = |words: &str| repository.folder.write("a.policy", format!("  | {words}\n"));
    line("Staff must not use school-owned phones, the pupil’s café “card” or {line managers}.");
    repository.git("add -A");
    repository.git("commit -q --no-verify -m v1");
    line("Staff may not use trust-owned phones; the pupil’s cafés “card” or {line manager}.");
    let shown = repository.git("diff --word-diff --word-diff-regex= --no-color a.policy");
    assert!(!shown.is_empty());
    let shown = repository.git("diff --word-diff --no-color a.policy");
    let expected = "Staff [-must-]{+may+} not use [-school-owned-]{+trust-owned+} phones[-,-]{+;+} the pupil’s \
                    [-café-]{+cafés+} “card” or {line [-managers-]{+manager+}}.";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn line_ends_of_windows_are_told() {
    let repository = Repository::new();
    repository.git("config core.autocrlf false");
    repository.folder.write("a.policy", POLICY.replace('\n', "\r\n"));
    repository.git("add -A");
    repository.git("commit -q -m v1");
    repository.run("git setup --yes").exits(0).complains(&["line ends of Windows", "git add --renormalize ."]);
    repository.git("add --renormalize .");
    repository.git("commit -q --no-verify -m v2");
    let ran = repository.run("git setup --yes").exits(0);
    assert!(!ran.err.contains("Windows"));
}
