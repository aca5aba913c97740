//! The git program: started so that nobody's settings change what it answers, and its refusals in plain words.
//!
//! Variables that say where a repository is are left alone: git sets them itself when it runs a hook.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::super::failure::{Failure, reason};

/// Variables that would change what git prints, or what it takes an object for.
const UNWANTED: [&str; 14] = [
    "GIT_ATTR_SOURCE",
    "GIT_DIFF_OPTS",
    "GIT_EXTERNAL_DIFF",
    "GIT_FLUSH",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_PAGER_IN_USE",
    "GIT_REDIRECT_STDERR",
    "GIT_REDIRECT_STDIN",
    "GIT_REDIRECT_STDOUT",
    "GIT_REPLACE_REF_BASE",
    "LANGUAGE",
];

/// A run of git.
pub(in super::super) struct Git {
    command: Command,
    what: String,
}

impl Git {
    /// A run with these arguments in a folder, that in which the program was started.
    pub fn new<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Self {
        let arguments: Vec<OsString> = arguments.into_iter().map(|it| it.as_ref().to_owned()).collect();
        let what = arguments.first().map(|verb| verb.to_string_lossy().into_owned()).unwrap_or_default();
        let mut command = Command::new("git");
        command.current_dir(folder);
        // What is configured for people to read stays out; whom git trusts stays in.
        command.args([
            "--no-pager",
            "--no-replace-objects",
            "-c",
            "core.warnAmbiguousRefs=true",
            "-c",
            "core.fsmonitor=false",
        ]);
        command.args(arguments);
        for name in UNWANTED {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_TRACE")) {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Git { command, what }
    }

    /// The command, for those who talk with it.
    pub fn command(mut self) -> Command {
        self.command.stdin(Stdio::piped());
        self.command
    }

    /// What it said, whether it was content or not.
    pub fn ask(mut self) -> Result<Output, Failure> {
        self.command.output().map_err(|error| not_started(&error))
    }

    /// What it printed; anything but success is a failure.
    pub fn bytes(self) -> Result<Vec<u8>, Failure> {
        let what = self.what.clone();
        let output = self.ask()?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(refused(&what, &output)),
        }
    }

    /// What it printed as text, without the end of its last line: a path may hold the end of a line itself.
    pub fn line(self) -> Result<String, Failure> {
        let bytes = self.bytes()?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new("the path of this repository is no text in UTF-8").help("give its folders plain names")
        })?;
        Ok(text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).unwrap_or(&text).to_owned())
    }
}

/// Why git could not be started.
pub(super) fn not_started(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new("git is not installed, or not on the path")
            .help("revisions are read by the program `git`: install it from https://git-scm.com; folders and files are compared without it"),
        _ => Failure::new(format!("git cannot be started: {}", reason(error))),
    }
}

/// What git said to standard error, without its mark.
pub(in super::super) fn exit_text(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    let lines: Vec<&str> = lines.map(|line| line.trim_start_matches("fatal: ").trim_start_matches("error: ")).collect();
    lines.join("; ")
}

/// Why git refused, in plain words where it is known, and in its own where it is not.
fn refused(what: &str, output: &Output) -> Failure {
    explain(what, &exit_text(output))
}

pub(super) fn explain(what: &str, said: &str) -> Failure {
    if let Some(rest) = said.split("dubious ownership in repository at ").nth(1) {
        let folder = rest.split('\'').nth(1).unwrap_or("").to_owned();
        return Failure::new(format!(
            "git does not trust the repository `{folder}`, since it belongs to somebody else"
        ))
        .help(format!(
            "if you trust whoever it belongs to, run `git config --global --add safe.directory '{folder}'`"
        ));
    }
    if said.contains("not a git repository") {
        return Failure::new("this folder lies in no git repository")
            .help("run it in one to compare revisions; two folders or two files are compared anywhere: `clausal diff OLD NEW`");
    }
    if said.contains("safe.bareRepository") {
        return Failure::new("git is told not to use bare repositories it happens to stand in")
            .help("name the repository: put `GIT_DIR=PATH` before the command");
    }
    match said {
        "" => {
            Failure::new(format!("git ended without a word (`git {what}`)")).help("it may have been stopped; try again")
        }
        said => Failure::new(format!("git cannot answer (`git {what}`): {said}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_refuses_is_told_in_plain_words() {
        let said = "detected dubious ownership in repository at '/srv/policies'; To add an exception for this directory, \
                    call:; git config --global --add safe.directory /srv/policies";
        let failure = explain("rev-parse", said);
        assert_eq!(
            failure.message,
            "git does not trust the repository `/srv/policies`, since it belongs to somebody else"
        );
        assert!(failure.help.is_some_and(|help| help.contains("safe.directory '/srv/policies'")));
        let failure = explain("ls-tree", "");
        assert_eq!(failure.message, "git ended without a word (`git ls-tree`)");
    }
}
