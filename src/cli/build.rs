//! `clausal build`: the collection, published.
//!
//! Errors among the findings stop it before anything is written; with `--keep-going` it writes what could be understood.

pub(super) mod pages;
pub(super) mod templates;

use std::path::PathBuf;

use super::Exit;
use super::args::{BuildArguments, Format};
use super::check::exit;
use super::failure::Failure;
use super::output::Output;
use super::pipeline::{self, Question, Run};
use super::progress::Progress;
use super::terminal::{Side, Terminal};
use crate::diagnostic::{Finding, Severity};
use crate::report;

/// The output folder where nobody names one.
const FOLDER: &str = "site";

/// Runs the verb.
pub(super) fn run(arguments: &BuildArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let progress = Progress::new(terminal);
    let question = Question { as_of: arguments.as_of, ..Question::default() };
    let run = pipeline::run(&arguments.paths, &arguments.levels, question, terminal, &progress)?;
    let formats = formats(&arguments.format, &run.settings.formats);
    pages::can_write(&formats)?;
    let exit = exit(&run);
    if exit != Exit::Clean && !arguments.keep_going {
        drop(progress);
        tell(&run, terminal);
        terminal.tell(|err| writeln!(err, "nothing was published; `--keep-going` publishes what can be understood"));
        return Ok(exit);
    }
    let folder = arguments.out.clone().or_else(|| run.settings.folder.clone()).unwrap_or_else(|| PathBuf::from(FOLDER));
    let templates = arguments.templates.as_ref().or(run.settings.templates.as_ref());
    let output = Output::prepare(&folder, &run.roots, &run.base)?;
    progress.stage("writing", 0);
    let create = |path: &str| output.create(path);
    pages::write(&run, &formats, templates.map(PathBuf::as_path), exit != Exit::Clean, &create).map_err(unchanged)?;
    let told = output.told().to_owned();
    let written = output.commit()?;
    drop(progress);
    tell(&run, terminal);
    terminal.print(&outcome(&told, written, &formats))?;
    Ok(exit)
}

/// A failure that says, where it says no more, that the last pages are still there.
fn unchanged(failure: Failure) -> Failure {
    match failure.help {
        Some(_) => failure,
        None => failure.help("nothing has changed in the output folder"),
    }
}

/// What is written, each once and in a fixed order: what was given, or else what the settings say, or else what is usual.
pub(super) fn formats(given: &[Format], set: &[Format]) -> Vec<Format> {
    let mut formats = match (given, set) {
        (given, _) if !given.is_empty() => given.to_vec(),
        (_, set) if !set.is_empty() => set.to_vec(),
        _ => Format::USUAL.to_vec(),
    };
    formats.sort();
    formats.dedup();
    formats
}

/// Tells the errors in full and counts the rest, and tells the files that could not be read.
pub(super) fn tell(run: &Run, terminal: &Terminal) {
    let is_told = |finding: &&Finding| finding.severity == Severity::Error && finding.accepted.is_none();
    let errors: Vec<Finding> = run.findings.iter().filter(is_told).cloned().collect();
    let options = terminal.options(Side::Err, false);
    let totals = run.totals();
    terminal.tell(|err| {
        report::human(err, &errors, &run.sources, &options)?;
        let more = if totals.warnings + totals.notes > 0 { "; `clausal check` shows them all" } else { "" };
        writeln!(err, "{}{more}", report::summary(&totals))
    });
    for failure in &run.unread {
        terminal.fail(failure);
    }
}

/// What was written where, and how to read it.
fn outcome(told: &str, written: usize, formats: &[Format]) -> String {
    let files = if written == 1 { "1 file".to_owned() } else { format!("{written} files") };
    let mut text = format!("wrote {files} to {told}\n");
    if formats.contains(&Format::Html) {
        text.push_str(&format!("open {told}/index.html in a browser to read them\n"));
    }
    text
}
