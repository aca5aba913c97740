//! `clausal check --fix NAME`: the findings of some checks mended in the files.
//!
//! Edits are made to texts in memory, and the whole collection is checked again after each round of them; an edit that
//! would do more than mend its finding is left out. Only then are files written, and only those that changed.

mod diff;
mod kept;
mod names;
mod rounds;
mod write;

use std::collections::BTreeMap;

use super::args::CheckArguments;
use super::failure::Failure;
use super::files;
use super::pipeline::Run;
use super::progress::Progress;
use super::terminal::Terminal;
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
        terminal.print(&diff::unified(&before, &run.sources))?;
    } else {
        write::all(&before, &run.sources, &run.base)?;
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

/// Says what was mended in which file.
fn tell(mended: &[Mended], checks: &[&'static str], sources: &Sources, dry_run: bool, terminal: &Terminal) {
    let mut files: BTreeMap<_, Vec<&Mended>> = BTreeMap::new();
    for one in mended {
        for &file in &one.files {
            files.entry(file).or_default().push(one);
        }
    }
    let verb = if dry_run { "would be mended" } else { "mended" };
    terminal.tell(|err| {
        for (file, mended) in files {
            let count = if mended.len() == 1 { "1 finding".to_owned() } else { format!("{} findings", mended.len()) };
            writeln!(err, "{}: {count} {verb}", terminal.visible(sources.file(file).path()))?;
            for one in mended {
                writeln!(err, "  {}: {}", one.check, terminal.visible(&one.title))?;
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
