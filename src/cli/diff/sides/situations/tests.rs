//! What repositories can be like: bare ones, shallow ones, merges, odd names, links, submodules, damage.

use super::*;

#[test]
fn ranges_begin_where_they_say() {
    let repo = Repo::new();
    repo.write("a.policy", "one");
    repo.commit("v1");
    repo.git("checkout -q -b side");
    repo.write("a.policy", "side");
    repo.commit("s1");
    repo.git("checkout -q main");
    repo.write("b.policy", "main");
    repo.commit("v2");
    repo.assert_sides("", &["main..side"], &[("a.policy", "one"), ("b.policy", "main")], &[("a.policy", "side")]);
    repo.assert_sides("", &["main...side"], &[("a.policy", "one")], &[("a.policy", "side")]);
    repo.assert_sides("", &["side..."], &[("a.policy", "one")], &[("a.policy", "one"), ("b.policy", "main")]);
    repo.git("merge -q --no-ff -m merged side");
    let before = [("a.policy", "one"), ("b.policy", "main")];
    let after = [("a.policy", "side"), ("b.policy", "main")];
    repo.assert_sides("", &["HEAD^!"], &before, &after);
    repo.assert_sides("", &["main~1", "main"], &before, &after);
    repo.assert_sides("", &["..HEAD^2"], &after, &[("a.policy", "side")]);
    repo.write("a.policy", "unsaved");
    repo.assert_sides("", &[], &after, &[("a.policy", "unsaved"), ("b.policy", "main")]);
    let sides = repo.assert_sides("", &["v1^!"], &[], &[("a.policy", "one")]);
    assert_eq!(
        messages(&sides.warnings),
        ["nothing had been committed before the first commit, which is what `v1^` asks for"]
    );
}

#[test]
fn what_is_staged_is_neither_the_commit_nor_the_file() {
    let repo = Repo::new();
    repo.write("a.policy", "staged");
    repo.git("add -A");
    let sides = repo.compare_with("", &[], &[], true).expect("nothing need be committed");
    assert_eq!((texts(&sides.old), texts(&sides.new)), (Vec::new(), vec![("a.policy", "staged")]));
    repo.assert_fails("", &[], "nothing has been committed yet, so there is nothing to compare with", "git commit");
    repo.commit("v1");
    repo.write("a.policy", "next");
    repo.git("add -A");
    repo.write("a.policy", "unsaved");
    repo.write("b.policy", "untracked");
    let sides = repo.compare_with("", &[], &[], true).expect("both can be read");
    assert_eq!((texts(&sides.old), texts(&sides.new)), (vec![("a.policy", "staged")], vec![("a.policy", "next")]));
    let failure = repo.compare_with("", &["v1..main"], &[], true).err().expect("it makes no sense");
    assert_eq!(failure.message, "`v1..main` names both sides, and `--staged` is one of its own");
}

#[test]
fn odd_names_are_names() {
    for format in ["sha1", "sha256"] {
        let repo = Repo::init(&format!("init -q -b main --object-format={format}"));
        let names = ["a b.policy", "d'e\"f.policy", "g\nh.policy", "öffentlich/ü.policy", "-x.policy", "UPPER.POLICY"];
        for name in names {
            repo.write(&format!("trust's \"policies\"/{name}"), name);
        }
        repo.commit("v1");
        let sides = repo.compare("trust's \"policies\"", &["v1"], &[]).expect("both can be read");
        assert_eq!(texts(&sides.old), texts(&sides.new));
        let mut expected: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
        expected.sort();
        assert_eq!(texts(&sides.old), expected);
        let sides = repo.compare("", &["v1"], &["trust's \"policies\"/g\nh.policy"]);
        let sides = sides.expect("both can be read");
        let told: Vec<bool> = sides.new.sources.iter().map(|(id, _)| sides.new.tells(id)).collect();
        assert_eq!(told.iter().filter(|told| **told).count(), 1);
    }
}

#[test]
fn bare_repositories_have_revisions_and_no_files() {
    let repo = Repo::new();
    repo.write("policies/a.policy", "one");
    repo.commit("v1");
    repo.write("policies/a.policy", "two");
    repo.commit("v2");
    repo.git("clone -q --bare . bare.git");
    repo.assert_sides("bare.git", &["v1..v2"], &[("policies/a.policy", "one")], &[("policies/a.policy", "two")]);
    let sides = repo.compare("bare.git", &["v1", "v2"], &["policies/a.policy"]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("policies/a.policy", "one")]);
    let message = "this is a bare repository or the inside of one: it has no files to compare with";
    for between in [&["v1"][..], &[]] {
        repo.assert_fails("bare.git", between, message, "clausal diff v3.0..v3.1");
        repo.assert_fails(".git", between, message, "clausal diff v3.0..v3.1");
    }
    repo.assert_sides(".git/refs", &["v1..v2"], &[("policies/a.policy", "one")], &[("policies/a.policy", "two")]);
}

#[test]
fn other_working_trees_are_their_own() {
    let repo = Repo::new();
    repo.write("policies/a.policy", "one");
    repo.commit("v1");
    let other = tempfile::tempdir().expect("a temporary folder");
    repo.git(&format!("worktree add -q {}/side -b side", other.path().display()));
    fs::write(other.path().join("side/policies/a.policy"), "side").expect("it can be written");
    let side = Repo { root: other };
    side.assert_sides("side/policies", &["v1"], &[("a.policy", "one")], &[("a.policy", "side")]);
}

#[test]
fn shallow_copies_say_how_to_get_the_rest() {
    let repo = Repo::new();
    repo.write("a.policy", "one");
    repo.commit("v1");
    repo.write("a.policy", "two");
    repo.commit("v2");
    repo.git(&format!("clone -q --depth 1 --no-tags file://{} copy", repo.path().display()));
    repo.assert_fails("copy", &["v1"], "there is no revision `v1` in this repository", "git fetch --unshallow");
    repo.assert_fails("copy", &["HEAD^!"], "there is no revision `HEAD^` in this repository", "fetch-depth: 0");
    repo.assert_fails("copy", &["HEAD~1"], "there is no revision `HEAD~1` in this repository", "fetch-depth: 0");
    let copy = Repo { root: tempfile::tempdir().expect("a temporary folder") };
    let from = repo.path();
    repo.git("checkout -q -b feature");
    copy.git(&format!("clone -q --depth 1 --no-single-branch file://{} copy", from.display()));
    copy.assert_fails(
        "copy",
        &["main"],
        "there is no revision `main` in this repository",
        "did you mean `origin/main`?",
    );
}

#[test]
fn names_that_are_none_are_told() {
    let repo = Repo::new();
    repo.write("a.policy", "one");
    repo.commit("v3.0");
    repo.git("branch september-review");
    let no = |name: &str| format!("there is no revision `{name}` in this repository");
    repo.assert_fails("", &["v3.1"], &no("v3.1"), "did you mean `v3.0`?");
    repo.assert_fails("", &["septembre-review~2"], &no("septembre-review~2"), "did you mean `september-review~2`?");
    repo.assert_fails("", &["v3.0..nothing-like-it"], &no("nothing-like-it"), "git branch --all");
    repo.assert_fails("", &["--all"], &no("--all"), "git branch --all");
    repo.assert_fails("", &["v3.0..--output=x"], &no("--output=x"), "git branch --all");
    repo.assert_fails(
        "",
        &["v3.0", "--upload-pack=touch x"],
        &format!("{}, and no such file or folder here", no("--upload-pack=touch x")),
        "",
    );
    repo.assert_fails(
        "",
        &["HEAD:a.policy"],
        "`HEAD:a.policy` is no commit, but something a commit holds",
        "after `--`",
    );
    repo.assert_fails("", &["@{u}"], "`@{u}` is no revision: the branch follows no other branch", "name the branch");
    repo.assert_fails("", &[""], "the name of a revision is empty", "a branch, a tag or a commit");
    repo.assert_fails("", &["v3.0", "v3.0..main"], "`v3.0..main` names two sides, and another is named besides", "--");
    repo.assert_sides("", &[":/v3"], &[("a.policy", "one")], &[("a.policy", "one")]);
    assert!(!repo.path().join("x").exists());
}

#[test]
fn a_name_of_two_things_is_told() {
    let repo = Repo::new();
    repo.write("a.policy", "one");
    repo.commit("v1");
    repo.write("a.policy", "two");
    repo.git("commit -q -a -m two");
    repo.git("branch v1");
    let sides = repo.assert_sides("", &["v1"], &[("a.policy", "one")], &[("a.policy", "two")]);
    assert_eq!(messages(&sides.warnings), ["`v1` is the name of a tag and of a branch, and git takes the tag"]);
}

#[test]
fn no_repository_is_needed_for_folders() {
    let folder = Repo { root: tempfile::tempdir().expect("a temporary folder") };
    folder.write("old/a.policy", "one");
    folder.write("new/a.policy", "two");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (old, new) = (path("old"), path("new"));
    folder.assert_sides("", &[&old, &new], &[("old/a.policy", "one")], &[("new/a.policy", "two")]);
    folder.assert_fails("", &["v1"], "this folder lies in no git repository", "clausal diff OLD NEW");
    folder.assert_fails("", &[&old], "`old` is a folder, and one alone cannot be compared", "clausal diff -- old");
    folder.assert_fails("", &[&old, &path("other")], "`other` cannot be read: there is no such file or folder", "");
}

#[test]
fn a_revision_is_compared_with_a_folder() {
    let repo = Repo::new();
    repo.write("policies/a.policy", "one");
    repo.commit("v1");
    repo.write("policies/a.policy", "two");
    let elsewhere = Repo { root: tempfile::tempdir().expect("a temporary folder") };
    elsewhere.write("a.policy", "other");
    let inside = repo.path().join("policies").to_string_lossy().into_owned();
    repo.assert_sides("", &["v1", &inside], &[("policies/a.policy", "one")], &[("policies/a.policy", "two")]);
    repo.assert_sides("", &[&inside, "v1"], &[("policies/a.policy", "two")], &[("policies/a.policy", "one")]);
    let outside = elsewhere.path().to_string_lossy().into_owned();
    let sides = repo.compare("policies", &["v1", &outside], &[]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("a.policy", "one")]);
    assert_eq!(sides.new.sources.iter().map(|(_, file)| file.text()).collect::<Vec<_>>(), ["other"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_revision() {
    use std::os::unix::fs::symlink;
    let repo = Repo::new();
    repo.write("shared/words.policy", "words");
    repo.write("policies/a.policy", "a");
    let link = |target: &str, name: &str| symlink(target, repo.path().join(name)).expect("a link can be made");
    link("../shared", "policies/shared");
    link("a.policy", "policies/again.policy");
    link("../../outside.policy", "policies/out.policy");
    link("nowhere.policy", "policies/dead.policy");
    link("circle.policy", "policies/circle.policy");
    link("..", "policies/back");
    link("policies", "here");
    repo.commit("v1");
    let sides = repo.compare("", &["v1", "v1"], &["policies"]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("policies/a.policy", "a"), ("policies/shared/words.policy", "words")]);
    let mut unread = messages(&sides.old.unread);
    unread.sort_unstable();
    assert_eq!(
        unread,
        [
            "`v1:policies/circle.policy` cannot be read: its links lead in a circle",
            "`v1:policies/dead.policy` cannot be read: there is no such file or folder",
            "`v1:policies/out.policy` cannot be read: it is a link that leads out of the repository",
        ]
    );
    assert!(
        messages(&sides.warnings).contains(&"`v1:policies/back` is a link that leads back to `.`, in which it lies")
    );
    // The names in exports are those of the files themselves, as for a folder.
    let names: Vec<&str> = sides.old.sources.iter().map(|(_, file)| file.name()).collect();
    assert_eq!(names, ["policies/a.policy", "shared/words.policy"]);
    let sides = repo.compare("", &["v1"], &["here"]).expect("both can be read");
    assert_eq!(texts(&sides.old), texts(&sides.new));
}

#[test]
fn what_is_no_text_is_told_as_of_files() {
    let repo = Repo::new();
    fs::write(repo.path().join("latin.policy"), b"caf\xe9").expect("it can be written");
    fs::write(repo.path().join("picture.policy"), b"\0\0").expect("it can be written");
    fs::write(repo.path().join("huge.policy"), vec![b'a'; 33 * 1024 * 1024]).expect("it can be written");
    repo.write("a.policy", "a");
    repo.commit("v1");
    let sides = repo.compare("", &["v1"], &[]).expect("both can be read");
    let flaws = |side: &Side| -> Vec<_> { side.sources.iter().map(|(_, file)| file.flaw()).collect() };
    assert_eq!(flaws(&sides.old), flaws(&sides.new));
    assert_eq!(flaws(&sides.old).iter().flatten().count(), 3);
    let told = |side: &Side| -> Vec<String> { side.findings.iter().map(|finding| finding.message.clone()).collect() };
    assert_eq!(told(&sides.old), told(&sides.new));
}

#[test]
fn submodules_are_told() {
    let other = Repo::new();
    other.write("words.policy", "words");
    other.commit("v1");
    let repo = Repo::new();
    repo.write("a.policy", "a");
    repo.git(&format!("-c protocol.file.allow=always submodule --quiet add {} shared", other.path().display()));
    repo.commit("v1");
    let sides = repo.compare("", &["v1"], &[]).expect("both can be read");
    assert_eq!(texts(&sides.old), [("a.policy", "a")]);
    assert_eq!(messages(&sides.warnings), ["the files of `v1:shared` are not read: it is a submodule"]);
    let inside = repo.compare("shared", &["HEAD"], &[]).expect("it has revisions of its own");
    assert_eq!(
        (texts(&inside.old), texts(&inside.new)),
        (vec![("words.policy", "words")], vec![("words.policy", "words")])
    );
}

#[test]
fn an_object_that_is_lost_is_told_and_the_rest_is_read() {
    let repo = Repo::new();
    repo.write("a.policy", "a");
    repo.write("b.policy", "b");
    repo.commit("v1");
    let id = repo.git("rev-parse HEAD:a.policy");
    let (folder, file) = id.split_at(2);
    fs::remove_file(repo.path().join(".git/objects").join(folder).join(file)).expect("it is a loose object");
    let sides = repo.compare("", &["v1"], &[]).expect("the rest can be read");
    assert_eq!(texts(&sides.old), [("b.policy", "b")]);
    assert_eq!(
        messages(&sides.old.unread),
        ["`v1:a.policy` cannot be read: its content is not in this copy of the repository"]
    );
}

#[test]
fn settings_are_those_of_the_revision() {
    let repo = Repo::new();
    repo.write("a.policy", "a");
    repo.write("clausal.toml", "[checks]\nnonsense = \"off\"\n");
    repo.commit("v1");
    repo.write("clausal.toml", "[checks]\nprose = \"off\"\n[site]\nlogo = \"gone.svg\"\n");
    repo.commit("v2");
    let sides = repo.compare("", &["v1..v2"], &[]).expect("the past cannot be mended");
    assert_eq!(
        messages(&sides.warnings),
        [
            "v1:clausal.toml:2:1: `nonsense` is not a check",
            "the settings in `v1:clausal.toml` are left aside, and the usual ones hold there",
        ]
    );
    assert_eq!(sides.old.settings, Settings::default());
    assert_eq!(sides.new.settings.levels.len(), 1);
}

#[test]
fn a_thousand_files_are_read_whole() {
    let repo = Repo::new();
    for index in 0..1000 {
        repo.write(&format!("policies/{index}.policy"), &format!("# {index}\n").repeat(200));
    }
    repo.commit("v1");
    let repository = Repository::here(&repo.path()).expect("it is one");
    let commit = repository.commit("v1").expect("it is there");
    let progress = Progress::new(&Terminal::new(Color::Never));
    let at = revision::read(&repository, &State::Commit(commit), &[String::new()], &progress).expect("it can be read");
    assert_eq!(at.sources.len(), 1000);
    for (_, file) in at.sources.iter() {
        let index = file.path().trim_start_matches("policies/").trim_end_matches(".policy");
        assert_eq!(file.text(), format!("# {index}\n").repeat(200));
    }
}
