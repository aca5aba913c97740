//! A collection as it is at a revision of a git repository, or as it is staged for the next commit.
//!
//! Everything is asked of the `git` program, with commands that write nothing: nothing is checked out, and the working
//! tree is never looked at. What stands in a revision is taken by the rules that a walk of the folder would take it by.

mod blobs;
mod name;
mod place;
mod program;
mod read;
mod tree;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub(super) use self::program::Git;
pub(super) use self::read::{At, listed, read, settings};
pub(super) use self::tree::Tree;
use super::failure::Failure;

/// The repository that holds the folder the program was started in.
#[derive(Debug)]
pub(super) struct Repository {
    /// The folder of its files, links followed; `None` in a bare repository and inside `.git`.
    top: Option<PathBuf>,
    /// The folder the program was started in, as seen from `top`, with `/` between its parts; empty for `top` itself.
    prefix: String,
    /// The folder the program was started in.
    base: PathBuf,
}

/// A commit, by the name somebody gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// The name given: `v3.0`, `HEAD~2`.
    pub name: String,
    /// Its id, in full.
    pub id: String,
}

/// What is read instead of the files of the working tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// What a commit holds.
    Commit(Commit),
    /// What is staged for the next commit.
    Staged,
    /// Nothing: what was before the first commit, by the name of that.
    Nothing(String),
}

impl State {
    /// What it is called before a path, as git writes it: `v3.0:a.policy`, `:a.policy`.
    fn prefix(&self) -> &str {
        match self {
            State::Commit(commit) => &commit.name,
            State::Staged => "",
            State::Nothing(name) => name,
        }
    }

    /// A path in it, as git writes it.
    fn told(&self, path: &str) -> String {
        format!("{}:{path}", self.prefix())
    }
}

impl Repository {
    /// The repository round the folder the program was started in, `base`.
    pub fn here(base: &Path) -> Result<Self, Failure> {
        let mut repository = Repository { top: None, prefix: String::new(), base: base.to_owned() };
        if repository.git(["rev-parse", "--is-inside-work-tree"]).line()? == "true" {
            let top = PathBuf::from(repository.git(["rev-parse", "--show-toplevel"]).line()?);
            let prefix = repository.git(["rev-parse", "--show-prefix"]).line()?;
            repository.top = Some(top.canonicalize().unwrap_or(top));
            repository.prefix = prefix.trim_end_matches('/').to_owned();
        }
        Ok(repository)
    }

    /// The folder of its files, or why there is none to compare with.
    pub fn files(&self) -> Result<&Path, Failure> {
        self.top.as_deref().ok_or_else(|| {
            Failure::new("this is a bare repository or the inside of one: it has no files to compare with")
                .help("name two revisions, as in `clausal diff v3.0..v3.1`")
        })
    }

    /// A run of git in it.
    pub fn git<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Git {
        Git::new(&self.base, arguments)
    }
}
