//! `clausal check --fix NAME`: the findings of some checks mended in the files.
//!
//! Edits are made to texts in memory, and the whole collection is checked again after each round of them; an edit that
//! would do more than mend its finding is left out. Only then are files written, and only those that changed.

mod kept;
mod names;
mod rounds;

use std::collections::BTreeMap;

use super::args::CheckArguments;
use super::failure::Failure;
use super::files;
use super::pipeline::Run;
use super::progress::Progress;
use super::terminal::Terminal;
use super::{rewrite, unified};
use crate::source::Sources;
use rounds::{Mended, Rounds};

/// Mends what can be, in the files or, for a dry run, in what is printed. The run is what it comes to afterwards.
pub(super) fn run(
    run: &mut Run,
    arguments: &CheckArguments,
    terminal: &Terminal,
    progress: Progress,
) -> Result<(), Failure> {
    let checks = names::known(&arguments.fix)?;
    whole(run, arguments)?;
    let mut rounds = Rounds::new(run, &checks);
    rounds.go(&progress);
    let Rounds { sources, checked, mended, left, .. } = rounds;
    let before = std::mem::replace(&mut run.sources, sources);
    run.collection = checked.collection;
    run.findings = checked.findings;
    run.comments = checked.comments;
    drop(progress);
    for failure in &left {
        terminal.warn(failure);
    }
    if arguments.dry_run {
        terminal.print(&unified::diff(&before, &run.sources))?;
    } else {
        rewrite::all(&before, &run.sources, &run.base)?;
    }
    tell(&mended, &checks, &run.sources, arguments.dry_run, terminal);
    Ok(())
}

/// Makes sure that nothing is mended on the strength of half a collection.
fn whole(run: &Run, arguments: &CheckArguments) -> Result<(), Failure> {
    if !run.unread.is_empty() {
        let mut failures = run.unread.clone();
        failures.push(
            Failure::new("nothing is mended while some of the files cannot be read")
                .help("what seems wrong in the others may be right together with these"),
        );
        return Failure::all(failures).map_or(Ok(()), Err);
    }
    match files::left_out(&arguments.paths.paths, &run.base) {
        None => Ok(()),
        Some(file) => Err(Failure::new(format!("nothing is mended while `{file}` is not read")).help(
            "name the folder that holds the whole collection: what is wrong in a part of it may be right in the whole",
        )),
    }
}

/// How many different edits are told of each file.
const MOST_TOLD: usize = 12;

/// Says what was mended in which file.
fn tell(mended: &[Mended], checks: &[&'static str], sources: &Sources, dry_run: bool, terminal: &Terminal) {
    let mut files: BTreeMap<_, Vec<(&str, &str, usize)>> = BTreeMap::new();
    for one in mended {
        for &file in &one.files {
            let told = files.entry(file).or_default();
            match told.iter_mut().find(|(check, title, _)| (*check, *title) == (one.check, one.title.as_str())) {
                Some((_, _, times)) => *times += 1,
                None => told.push((one.check, &one.title, 1)),
            }
        }
    }
    let verb = if dry_run { "would be mended" } else { "mended" };
    terminal.tell(|err| {
        for (file, told) in files {
            let count: usize = told.iter().map(|(_, _, times)| times).sum();
            let findings = if count == 1 { "finding" } else { "findings" };
            writeln!(err, "{}: {count} {findings} {verb}", terminal.visible(sources.file(file).path()))?;
            for (check, title, times) in told.iter().take(MOST_TOLD) {
                let times = if *times == 1 { String::new() } else { format!(" ({times} times)") };
                writeln!(err, "  {check}: {}{times}", terminal.visible(title))?;
            }
            if let Some(more) = told.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
                writeln!(err, "  and {more} more")?;
            }
        }
        if mended.is_empty() {
            let names: Vec<String> = checks.iter().map(|check| format!("`{check}`")).collect();
            writeln!(
                err,
                "nothing to mend: no finding of {} has an edit that can be made unasked",
                names.join(" or ")
            )?;
        }
        Ok(())
    });
}
