//! The texts that are obtained for what is asked, from real repositories.

#[path = "situations/tests.rs"]
mod situations;

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::*;
use crate::cli::args::Color;
use crate::cli::terminal::Terminal;

/// A repository in a folder of its own.
struct Repo {
    root: TempDir,
}

impl Repo {
    fn new() -> Self {
        Repo::init("init -q -b main")
    }

    fn init(how: &str) -> Self {
        let repo = Repo { root: tempfile::tempdir().expect("a temporary folder") };
        repo.git(how);
        repo
    }

    fn path(&self) -> PathBuf {
        self.root.path().canonicalize().expect("it is there")
    }

    fn git(&self, arguments: &str) -> String {
        self.git_at("", arguments)
    }

    fn git_at(&self, folder: &str, arguments: &str) -> String {
        let mut command = Command::new("git");
        command.current_dir(self.root.path().join(folder)).args(arguments.split(' '));
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Clerk").env(format!("GIT_{who}_EMAIL"), "clerk@example.org");
            command.env(format!("GIT_{who}_DATE"), "2026-03-17T10:00:00Z");
        }
        let output = command.output().expect("git is there");
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn commit(&self, name: &str) {
        self.git("add -A");
        self.git(&format!("commit -q -m {name}"));
        self.git(&format!("tag {name}"));
    }

    fn compare(&self, folder: &str, between: &[&str], paths: &[&str]) -> Result<Sides, Failure> {
        self.compare_with(folder, between, paths, false)
    }

    fn compare_with(&self, folder: &str, between: &[&str], paths: &[&str], staged: bool) -> Result<Sides, Failure> {
        let between: Vec<PathBuf> = between.iter().map(PathBuf::from).collect();
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let asked = Comparison { between: &between, paths: &paths, staged, as_of: None };
        let base = self.path().join(folder);
        read(asked, &base, &Progress::new(&Terminal::new(Color::Never)))
    }

    /// What two sides hold, by the paths of their files.
    #[track_caller]
    fn assert_sides(&self, folder: &str, between: &[&str], old: &[(&str, &str)], new: &[(&str, &str)]) -> Sides {
        let sides = self.compare(folder, between, &[]).expect("both can be read");
        assert_eq!(texts(&sides.old), old, "{between:?}, before");
        assert_eq!(texts(&sides.new), new, "{between:?}, after");
        sides
    }

    /// Why two sides cannot be read, and the help.
    #[track_caller]
    fn assert_fails(&self, folder: &str, between: &[&str], message: &str, help: &str) {
        let failure = self.compare(folder, between, &[]).err().expect("it cannot be read");
        assert_eq!(failure.message, message);
        let told = failure.help.clone().unwrap_or_default();
        assert!(told.contains(help), "{told}");
    }
}

/// The messages of warnings or failures.
fn messages(failures: &[Failure]) -> Vec<&str> {
    failures.iter().map(|failure| failure.message.as_str()).collect()
}

/// The paths and texts of a side.
fn texts(side: &Side) -> Vec<(&str, &str)> {
    side.sources.iter().map(|(_, file)| (file.path(), file.text())).collect()
}

#[test]
fn two_revisions_are_read_as_they_were() {
    let repo = Repo::new();
    repo.write("policies/a.policy", "one");
    repo.write("policies/.hidden/x.policy", "left out");
    repo.write("notes.txt", "left out");
    repo.commit("v1");
    repo.write("policies/a.policy", "two");
    repo.write("policies/b.policy", "new");
    repo.commit("v2");
    repo.write("policies/a.policy", "not committed");
    let sides = repo.compare("", &["v1..v2"], &[]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("policies/a.policy", "one")]);
    assert_eq!(texts(&sides.new), [("policies/a.policy", "two"), ("policies/b.policy", "new")]);
    assert_eq!((sides.old.origin.name(), sides.new.origin.name()), ("v1".to_owned(), "v2".to_owned()));
    let sides = repo.compare("policies", &["v1"], &[]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("a.policy", "one")]);
    assert_eq!(texts(&sides.new), [("a.policy", "not committed"), ("b.policy", "new")]);
    assert_eq!(
        sides.new.sources.iter().map(|(_, file)| file.name()).collect::<Vec<_>>(),
        ["policies/a.policy", "policies/b.policy"]
    );
    assert_eq!(repo.git("status --porcelain"), "M policies/a.policy");
}

#[test]
fn paths_are_the_collection_or_limit_what_is_told() {
    let repo = Repo::new();
    repo.write("policies/a.policy", "a");
    repo.write("policies/hr/b.policy", "b");
    repo.write("tests/c.policy", "c");
    repo.commit("v1");
    let told = |sides: &Sides| -> Vec<(String, bool)> {
        sides.old.sources.iter().map(|(id, file)| (file.path().to_owned(), sides.old.tells(id))).collect()
    };
    let yes = |path: &str, told| (path.to_owned(), told);
    let sides = repo.compare("", &["v1"], &["policies"]).expect("both can be read");
    assert_eq!(told(&sides), [yes("policies/a.policy", true), yes("policies/hr/b.policy", true)]);
    let sides = repo.compare("", &["v1"], &["policies/hr/b.policy"]).expect("both can be read");
    assert_eq!(told(&sides), [yes("policies/a.policy", false), yes("policies/hr/b.policy", true)]);
    let failure = repo.compare("", &["v1"], &["polices"]).err().expect("there is no such folder");
    assert_eq!(failure.message, "there is no `polices` on either side");
}

#[test]
fn a_side_that_lacks_a_folder_is_empty_and_says_so() {
    let repo = Repo::new();
    repo.write("notes.txt", "x");
    repo.commit("v1");
    repo.write("policies/a.policy", "a");
    repo.commit("v2");
    let sides = repo.compare("policies", &["v1", "v2"], &[]).expect("one has it");
    assert!(sides.old.sources.is_empty() && sides.new.sources.len() == 1);
    assert_eq!(messages(&sides.warnings), ["there is no `policies` in `v1`"]);
    let sides = repo.compare("", &["v1^!"], &[]).err().expect("there is nothing on either side");
    assert_eq!(sides.message, "there is no policy to compare, neither in `v1^` nor in `v1`");
}

#[test]
fn a_file_is_compared_with_another_amid_the_same_collection() {
    let repo = Repo::new();
    repo.write("policies/words.policy", "words");
    repo.write("policies/a.policy", "new");
    repo.write("draft/a.policy", "old");
    let path = |path: &str| repo.path().join(path).to_string_lossy().into_owned();
    let (old, new) = (path("draft/a.policy"), path("policies/a.policy"));
    let sides = repo.compare("", &[&old, &new], &[]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("draft/a.policy", "old"), ("policies/words.policy", "words")]);
    assert_eq!(texts(&sides.new), [("policies/a.policy", "new"), ("policies/words.policy", "words")]);
}

#[test]
fn the_base_of_a_check_is_the_same_collection_then() {
    let repo = Repo::new();
    repo.write("policies/words.policy", "words");
    repo.write("policies/a.policy", "one");
    repo.commit("v1");
    repo.write("policies/a.policy", "two");
    let progress = Progress::new(&Terminal::new(Color::Never));
    let read = |revision: &str, path: &str| super::base(revision, &[PathBuf::from(path)], &repo.path(), &progress);
    let (side, warnings) = read("v1", "policies").expect("it can be read");
    assert_eq!(texts(&side), [("policies/a.policy", "one"), ("policies/words.policy", "words")]);
    assert!(warnings.is_empty());
    let (side, _) = read("v1", "policies/a.policy").expect("it can be read");
    assert_eq!(texts(&side), [("policies/a.policy", "one")], "what is not checked is not gone");
    repo.write("new/b.policy", "b");
    let (side, warnings) = read("v1", "new").expect("it can be read");
    assert!(side.sources.is_empty());
    assert_eq!(messages(&warnings), ["there is no `new` in `v1`"]);
    assert!(read("v2", "policies").is_err());
}
