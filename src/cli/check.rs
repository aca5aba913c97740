//! `clausal check`: what is wrong, told in the form that was asked for.

use super::Exit;
use super::args::{CheckArguments, ReportFormat};
use super::failure::Failure;
use super::fix;
use super::pipeline::{self, Question, Run};
use super::progress::Progress;
use super::terminal::{Side, Terminal};
use crate::{checks, report};

/// Runs the verb.
pub(super) fn run(arguments: &CheckArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let as_of = arguments.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let question = Question { as_of: Some(as_of), as_one: arguments.as_one, against: arguments.against.clone() };
    let progress = Progress::new(terminal);
    let read = if arguments.staged { pipeline::run_staged } else { pipeline::run };
    let mut run = read(&arguments.paths, &arguments.levels, question, terminal, &progress)?;
    if arguments.fix.is_empty() {
        drop(progress);
    } else {
        fix::run(&mut run, arguments, terminal, progress)?;
    }
    if !arguments.dry_run {
        tell(&run, arguments, terminal)?;
    }
    for failure in &run.unread {
        terminal.fail(failure);
    }
    Ok(exit(&run))
}

/// The exit code for what was found: what could not be read outweighs what was.
pub(super) fn exit(run: &Run) -> Exit {
    if !run.unread.is_empty() {
        return Exit::Failed;
    }
    if run.totals().errors > 0 { Exit::Findings } else { Exit::Clean }
}

fn tell(run: &Run, arguments: &CheckArguments, terminal: &Terminal) -> Result<(), Failure> {
    let Run { findings, sources, .. } = run;
    let options = terminal.options(Side::Out, arguments.accepted);
    let summary = report::summary(&run.totals());
    let checks: Vec<_> = checks::ALL.iter().map(|check| check.info).collect();
    terminal.write(|out| match arguments.format {
        ReportFormat::Human => {
            report::human(out, findings, sources, &options)?;
            writeln!(out, "{summary}")
        }
        ReportFormat::Short => report::short(out, findings, sources, &options),
        ReportFormat::Json => report::json(out, findings, sources),
        ReportFormat::Sarif => report::sarif(out, findings, sources, &checks),
        ReportFormat::Github => report::github(out, findings, sources, &options),
        ReportFormat::Gitlab => report::gitlab(out, findings, sources, &options),
    })?;
    if arguments.format != ReportFormat::Human {
        terminal.tell(|err| writeln!(err, "{summary}"));
    }
    Ok(())
}
