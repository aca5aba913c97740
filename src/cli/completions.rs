//! `clausal completions`: a script that completes verbs and options in a shell.

use clap::CommandFactory;

use super::Exit;
use super::args::{Arguments, CompletionsArguments};
use super::failure::Failure;
use super::terminal::Terminal;

/// Runs the verb.
pub(super) fn run(arguments: &CompletionsArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    // Written to memory first: clap would panic on a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "clausal", &mut script);
    terminal.write(|out| out.write_all(&script))?;
    Ok(Exit::Clean)
}
