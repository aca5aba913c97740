//! `clausal fmt`: files laid out in the one canonical way, in place or from standard input to standard output.
//!
//! What the layout is, and whether it can be had safely, is the library's to say; files are written as `check --fix`
//! writes them.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::Exit;
use super::args::FmtArguments;
use super::failure::{Failure, reason};
use super::files::{self, Reading};
use super::pipeline::{here, staged};
use super::progress::Progress;
use super::revision::At;
use super::terminal::Terminal;
use super::{rewrite, unified};
use crate::diagnostic::Finding;
use crate::source::{FileId, SourceFile, Sources};
use crate::syntax::{Refusal, format};

/// Standard input, as a path of the command line and as it is told.
const INPUT: (&str, &str) = ("-", "standard input");

/// Runs the verb.
pub(super) fn run(arguments: &FmtArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    if arguments.paths.iter().any(|path| path == Path::new(INPUT.0)) {
        if arguments.staged {
            return Err(Failure::new("`-`, which is standard input, is never staged").help("leave `--staged` out"));
        }
        return filter(arguments, terminal);
    }
    let base = here()?;
    let progress = Progress::new(terminal);
    let (sources, mut failures, warnings) = match arguments.staged {
        true => {
            let At { sources, failures, warnings, .. } = staged(&arguments.paths, &base, &progress)?.1;
            (sources, failures, warnings)
        }
        false => {
            let Reading { sources, failures, warnings, .. } = files::read(&arguments.paths, &base, &progress)?;
            (sources, failures, warnings)
        }
    };
    for warning in &warnings {
        terminal.warn(warning);
    }
    progress.stage("laying out", sources.len());
    let files: Vec<_> = sources.iter().collect();
    let laid: Vec<Result<SourceFile, Failure>> = files
        .into_par_iter()
        .map(|(id, file)| {
            let laid = lay_out(id, file);
            progress.step();
            laid
        })
        .collect();
    let mut after = Vec::with_capacity(sources.len());
    for (laid, (_, old)) in laid.into_iter().zip(sources.iter()) {
        match laid {
            Ok(file) => after.push(file),
            Err(failure) => {
                failures.push(failure);
                after.push(old.clone());
            }
        }
    }
    drop(progress);
    let after = Sources::new(after);
    for failure in &failures {
        terminal.fail(failure);
    }
    let changed = show(&sources, &after, arguments, terminal)?;
    if !arguments.check && !arguments.diff && !arguments.staged {
        rewrite::all(&sources, &after, &base)?;
    }
    tell(&sources, &changed, failures.len(), arguments, terminal);
    Ok(exit(!failures.is_empty(), !changed.is_empty(), arguments))
}

/// Standard input to standard output: the whole of it laid out, or nothing.
fn filter(arguments: &FmtArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    if arguments.paths.len() > 1 {
        return Err(Failure::new("`-`, which is standard input, cannot be named together with files")
            .help("lay them out in two runs"));
    }
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock().take(SourceFile::MAX_BYTES + 1).read_to_end(&mut bytes);
    input.map_err(|error| Failure::new(format!("standard input cannot be read: {}", reason(&error))))?;
    let before = Sources::new(vec![SourceFile::from_bytes(INPUT.1, bytes)]);
    let old = before.file(FileId(0));
    let new = lay_out(FileId(0), old)?;
    let is_changed = new.text() != old.text();
    if arguments.check || arguments.diff {
        let after = Sources::new(vec![new]);
        let changed = show(&before, &after, arguments, terminal)?;
        return Ok(exit(false, !changed.is_empty(), arguments));
    }
    terminal.print(new.text())?;
    Ok(exit(false, is_changed, arguments))
}

/// Prints what was asked for, and gives the files that change.
fn show(
    before: &Sources,
    after: &Sources,
    arguments: &FmtArguments,
    terminal: &Terminal,
) -> Result<Vec<FileId>, Failure> {
    let is_changed = |((_, old), (_, new)): &((_, &SourceFile), (_, &SourceFile))| old.text() != new.text();
    let changed: Vec<FileId> = before.iter().zip(after.iter()).filter(is_changed).map(|((id, _), _)| id).collect();
    if arguments.diff {
        terminal.print(&unified::diff(before, after))?;
    }
    if arguments.check {
        let names: String =
            changed.iter().map(|&id| format!("{}\n", terminal.visible(before.file(id).path()))).collect();
        terminal.print(&names)?;
    }
    Ok(changed)
}

/// Says what was done, or what would be.
fn tell(sources: &Sources, changed: &[FileId], left: usize, arguments: &FmtArguments, terminal: &Terminal) {
    let is_dry = arguments.check || arguments.diff;
    let counted = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    terminal.tell(|err| {
        if !is_dry {
            for &id in changed {
                writeln!(err, "{}: laid out", terminal.visible(sources.file(id).path()))?;
            }
        }
        let done = match is_dry {
            true => "would be laid out anew",
            false => "laid out anew",
        };
        let same = sources.len().saturating_sub(changed.len() + left);
        write!(err, "{} {done}, {same} left unchanged", counted(changed.len()))?;
        match left {
            0 => writeln!(err),
            _ => writeln!(err, ", {left} that could not be"),
        }
    });
}

fn exit(has_failed: bool, has_changed: bool, arguments: &FmtArguments) -> Exit {
    match (has_failed, has_changed && (arguments.check || arguments.diff)) {
        (true, _) => Exit::Failed,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Clean,
    }
}

/// A file with its new text, or why it is left as it is.
fn lay_out(id: FileId, file: &SourceFile) -> Result<SourceFile, Failure> {
    let told = file.path();
    let place = |finding: &Finding| {
        let at = file.position(finding.span().start);
        format!("line {}: {}", at.line, finding.message)
    };
    format(id, file).map(|text| file.with_text(text)).map_err(|refusal| match refusal {
        Refusal::Unread(finding) => {
            let failure = Failure::new(format!("`{told}` cannot be laid out: {}", finding.message));
            match &finding.help {
                Some(help) => failure.help(help.clone()),
                None => failure,
            }
        }
        Refusal::Mended(finding) => {
            Failure::new(format!("`{told}` is left as it is: nothing is sure of what belongs to what in it"))
                .help(format!("mend this first: {}", place(&finding)))
        }
        Refusal::Unsure(finding) => {
            Failure::new(format!("`{told}` is left as it is: its mistakes would be read in another way"))
                .help(format!("mend this first: {}", place(&finding)))
        }
        Refusal::Fault => Failure::new(format!(
            "`{told}` is left as it is: laid out anew, it would not be read as the same; this is a defect of clausal"
        ))
        .help("nothing was written; please report it together with the file"),
    })
}
