//! The command line: reads files, asks the library, writes files and says what happened.
//!
//! Only this module and those below it touch files, the clock, the terminal and the environment. It knows nothing of the
//! language: what the sources mean, what is wrong with them and what is published comes from the modules beside it.

mod args;
mod build;
mod check;
mod completions;
#[allow(dead_code, reason = "the verb `diff` is made of it")]
mod diff;
mod explain;
mod failure;
mod files;
mod fix;
mod fmt;
mod git;
mod guard;
mod init;
mod manual;
mod output;
mod paths;
mod pipeline;
mod progress;
mod revision;
mod rewrite;
mod schema;
mod serve;
mod settings;
mod severities;
mod terminal;
mod unified;
mod whole;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Verb};
use terminal::Terminal;

/// How a run ended, told by the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything was read and nothing is wrong that counts as an error.
    Clean = 0,
    /// There are findings of severity error, or files that differ.
    Findings = 1,
    /// Something could not be read, written or understood on the command line.
    Failed = 2,
}

/// The whole program: arguments in, exit code out.
pub fn main() -> ExitCode {
    let exit = guard::run(|| match Arguments::try_parse() {
        Ok(arguments) => run(arguments),
        Err(error) => {
            // Help and version are no errors; a closed pipe is no reason to complain about either.
            let _ = error.print();
            if error.use_stderr() { Exit::Failed } else { Exit::Clean }
        }
    });
    ExitCode::from(exit as u8)
}

fn run(arguments: Arguments) -> Exit {
    let terminal = Terminal::new(arguments.color);
    let outcome = match arguments.verb {
        Verb::Init(arguments) => init::run(&arguments, &terminal),
        Verb::Check(arguments) => check::run(&arguments, &terminal),
        Verb::Fmt(arguments) => fmt::run(&arguments, &terminal),
        Verb::Build(arguments) => build::run(&arguments, &terminal),
        Verb::Serve(arguments) => serve::run(&arguments, &terminal),
        Verb::Diff(arguments) => diff::run(&arguments, &terminal),
        Verb::Git(arguments) => git::run(&arguments, &terminal),
        Verb::Explain(arguments) => explain::run(&arguments, &terminal),
        Verb::Schema(arguments) => schema::run(&arguments, &terminal),
        Verb::Completions(arguments) => completions::run(&arguments, &terminal),
    };
    match outcome {
        Ok(exit) => exit,
        Err(failure) => {
            terminal.fail(&failure);
            Exit::Failed
        }
    }
}
