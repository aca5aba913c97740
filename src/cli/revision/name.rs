//! From the name of a revision to a commit, and what to do about a name that is none.

use std::collections::BTreeSet;
use std::process::Output;

use jiff::civil::Date;

use super::super::failure::{Failure, nearest};
use super::program::{exit_text, explain};
use super::{Commit, Repository, State};

impl Repository {
    /// The commit of a name, which must be one.
    pub fn commit(&self, name: &str) -> Result<Commit, Failure> {
        match self.find(name)? {
            Some(commit) => Ok(commit),
            None => Err(self.unknown(name)?),
        }
    }

    /// The commit of a name, if it is the name of one.
    pub fn find(&self, name: &str) -> Result<Option<Commit>, Failure> {
        if name.is_empty() {
            return Ok(None);
        }
        let output = self.verify(name)?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && is_id(&id) {
            return Ok(Some(Commit { name: name.to_owned(), id }));
        }
        let said = exit_text(&output);
        let is_about_all = |said: &str| said.contains("dubious ownership") || said.contains("not a git repository");
        match output.status.code().is_none() || is_about_all(&said) {
            true => Err(explain("rev-parse", &said)),
            false => Ok(None),
        }
    }

    /// What git makes of a name, which is never taken for an option, whatever it begins with.
    fn verify(&self, name: &str) -> Result<Output, Failure> {
        if !name.contains(':') {
            return self.git(["rev-parse", "--verify", "--end-of-options", &format!("{name}^{{commit}}")]).ask();
        }
        // What follows a colon is a path, or is looked for in messages, to the last letter.
        let output = self.git(["rev-parse", "--verify", "--end-of-options", name]).ask()?;
        match output.status.success() {
            true => self.verify(String::from_utf8_lossy(&output.stdout).trim()),
            false => Ok(output),
        }
    }

    /// A word about a name that is both a branch's and a tag's.
    pub fn doubt(&self, name: &str) -> Option<Failure> {
        let output = self.verify(name).ok()?;
        exit_text(&output).contains("is ambiguous").then(|| {
            Failure::new(format!("`{name}` is the name of a tag and of a branch, and git takes the tag"))
                .help(format!("write `tags/{name}` or `heads/{name}`"))
        })
    }

    /// What was committed last; what was before the first commit where there is none.
    pub fn head(&self) -> Result<State, Failure> {
        match self.find("HEAD")? {
            Some(commit) => Ok(State::Commit(commit)),
            None if self.is_unborn()? => Ok(State::Nothing("HEAD".to_owned())),
            None => Err(self.unknown("HEAD")?),
        }
    }

    /// The first parent of a commit, or what was before the first.
    pub fn before(&self, commit: &Commit) -> Result<State, Failure> {
        let output = self.git(["cat-file", "commit", &commit.id]).bytes()?;
        let text = String::from_utf8_lossy(&output);
        let parent = text.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("parent "));
        let name = format!("{}^", commit.name);
        let Some(parent) = parent else { return Ok(State::Nothing(name)) };
        // In a copy without its older commits, the oldest of the others names a parent that is not there.
        match self.git(["cat-file", "-e", parent]).ask()?.status.success() {
            true => Ok(State::Commit(Commit { name, id: parent.to_owned() })),
            false => Err(self.unknown(&name)?),
        }
    }

    /// The newest commit that two others have in common, and a word where there are several such.
    pub fn common(&self, ours: &Commit, theirs: &Commit) -> Result<(Commit, Option<Failure>), Failure> {
        let output = self.git(["merge-base", "--all", &ours.id, &theirs.id]).ask()?;
        let ids = String::from_utf8_lossy(&output.stdout).into_owned();
        let ids: Vec<&str> = ids.lines().filter(|id| is_id(id)).collect();
        let Some(&id) = ids.first() else {
            let failure = Failure::new(format!("`{}` and `{}` have no commit in common", ours.name, theirs.name));
            return Err(match self.is_shallow() {
                true => failure.help(UNSHALLOW),
                false => failure.help(format!("compare them with each other: `{}..{}`", ours.name, theirs.name)),
            });
        };
        let short = id.get(..10).unwrap_or(id);
        let warning = (ids.len() > 1).then(|| {
            let count = ids.len();
            Failure::new(format!("`{}` and `{}` parted at {count} commits; taken is `{short}`", ours.name, theirs.name))
                .help("each has been merged into the other; to begin from another commit, name it")
        });
        Ok((Commit { name: short.to_owned(), id: id.to_owned() }, warning))
    }

    /// The day a commit was made, where it was made.
    pub fn day(&self, commit: &Commit) -> Option<Date> {
        let log = ["log", "-1", "--no-show-signature", "--no-notes", "--format=%cI", &commit.id];
        self.git(log).line().ok()?.get(..10)?.parse().ok()
    }

    /// Whether only the newest commits are here.
    pub(super) fn is_shallow(&self) -> bool {
        self.git(["rev-parse", "--is-shallow-repository"]).line().is_ok_and(|answer| answer == "true")
    }

    /// Whether nothing has been committed yet on the current branch.
    fn is_unborn(&self) -> Result<bool, Failure> {
        let head = self.git(["rev-parse", "--verify", "--quiet", "HEAD"]).ask()?;
        let symbolic = self.git(["symbolic-ref", "--quiet", "HEAD"]).ask()?;
        Ok(!head.status.success() && symbolic.status.success())
    }

    /// Why a name is no revision, and what may have been meant.
    fn unknown(&self, name: &str) -> Result<Failure, Failure> {
        if name.is_empty() {
            return Ok(Failure::new("the name of a revision is empty").help("write a branch, a tag or a commit"));
        }
        if is_head(name) && self.is_unborn()? {
            return Ok(Failure::new("nothing has been committed yet, so there is nothing to compare with")
                .help("commit the policies once: `git add .` and `git commit`"));
        }
        let said = exit_text(&self.verify(name)?);
        if said.contains("is ambiguous") && said.contains("short") {
            return Ok(
                Failure::new(format!("several commits have ids that begin with `{name}`")).help("write more of it")
            );
        }
        if said.contains("expected commit type") {
            return Ok(Failure::new(format!("`{name}` is no commit, but something a commit holds"))
                .help("write a branch, a tag or a commit; name folders and files after `--`"));
        }
        if said.contains("no upstream configured") {
            return Ok(Failure::new(format!("`{name}` is no revision: the branch follows no other branch"))
                .help("name the branch to compare with"));
        }
        let failure = Failure::new(format!("there is no revision `{name}` in this repository"));
        Ok(match self.suggestion(name)? {
            Some((near, true)) => failure.help(format!("did you mean `{near}`?")),
            _ if self.is_shallow() => failure.help(UNSHALLOW),
            Some((near, _)) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help(
                "`git branch --all` and `git tag` list the names there are; `git fetch --tags` gets those made elsewhere",
            ),
        })
    }

    /// A branch or tag whose name is near, and whether it is the same name, elsewhere.
    fn suggestion(&self, name: &str) -> Result<Option<(String, bool)>, Failure> {
        let kinds = ["refs/heads/", "refs/tags/", "refs/remotes/"];
        let bytes = self.git(["for-each-ref", "--format=%(refname)"].iter().chain(&kinds)).bytes()?;
        let text = String::from_utf8_lossy(&bytes);
        let short = |full: &'_ str| kinds.iter().find_map(|kind| full.strip_prefix(kind).map(str::to_owned));
        let names: BTreeSet<String> = text.lines().filter_map(short).filter(|it| !it.ends_with("/HEAD")).collect();
        // `main~2` is looked for as `main`, and the rest goes back on.
        let (stem, rest) = name.split_at(name.find(['~', '^', '@', ':']).unwrap_or(name.len()));
        if stem.is_empty() || names.contains(stem) {
            return Ok(None);
        }
        let whole = |near: &str, same| Some((format!("{near}{rest}"), same));
        let is_same = |known: &&String| known.rsplit_once('/').is_some_and(|(_, last)| last == stem);
        Ok(match names.iter().find(is_same) {
            Some(elsewhere) => whole(elsewhere, true),
            None => nearest(stem, names.iter().map(String::as_str)).and_then(|near| whole(near, false)),
        })
    }
}

/// What to do in a copy that holds the newest commits only.
const UNSHALLOW: &str = "this copy of the repository holds its newest commits only: `git fetch --unshallow --tags` gets \
    the others; in GitHub Actions, give `actions/checkout` the setting `fetch-depth: 0`, in GitLab set `GIT_DEPTH: 0`";

fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a name begins at what was committed last.
fn is_head(name: &str) -> bool {
    let rest = name.strip_prefix("HEAD").or_else(|| name.strip_prefix('@'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['~', '^']))
}
