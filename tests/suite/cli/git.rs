//! Collections in git repositories: what is staged, and what `clausal git setup` does; with the git program itself.

mod diff;
mod history;
mod setup;
mod staged;

use std::process::Command;

use super::{Folder, Ran};

/// A folder that is a repository, with the program on its path.
struct Repository {
    folder: Folder,
}

impl Repository {
    /// An empty repository.
    fn new() -> Self {
        let repository = Repository { folder: Folder::new() };
        repository.git("init -q -b main");
        repository
    }

    /// A repository with a clean collection in `policies`, committed.
    fn with_policies() -> Self {
        let repository = Repository { folder: Folder::with_policies() };
        repository.git("init -q -b main");
        repository.git("add -A");
        repository.git("commit -q -m v1");
        repository
    }

    /// A command that knows nobody's settings, and no time but one.
    fn quiet(mut command: Command) -> Command {
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_PAGER", "cat");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Clerk").env(format!("GIT_{who}_EMAIL"), "clerk@example.org");
            command.env(format!("GIT_{who}_DATE"), "2026-03-17T10:00:00Z");
        }
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_clausal")).parent().expect("it lies in a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(program.to_owned()).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(folders).expect("folders have plain names"));
        command
    }

    /// Runs git with arguments parted by blanks, to see how it ends.
    fn try_git_at(&self, folder: &str, arguments: &str) -> Ran {
        let mut command = Repository::quiet(Command::new("git"));
        command.current_dir(self.folder.path(folder)).args(arguments.split(' '));
        self.folder.finish(&mut command)
    }

    #[track_caller]
    fn git(&self, arguments: &str) -> String {
        self.try_git_at("", arguments).exits(0).out
    }

    /// `clausal` with arguments parted by blanks, in a folder.
    fn clausal_at(&self, folder: &str, arguments: &str) -> Command {
        let mut command = Repository::quiet(self.folder.command());
        command.current_dir(self.folder.path(folder)).args(arguments.split_whitespace());
        command
    }

    fn run(&self, arguments: &str) -> Ran {
        self.folder.finish(&mut self.clausal_at("", arguments))
    }
}
