//! `clausal diff`: what changed between two states of a collection, and what it means for whom.
//!
//! It reads both states, asks the library what changed, and writes that in the form that was asked for.

pub(super) mod sides;

use std::collections::BTreeSet;
use std::path::Path;

use self::sides::{Comparison, Side, Sides};
use super::Exit;
use super::args::{ChangesFormat, DiffArguments};
use super::build::templates;
use super::failure::{Failure, nearest, reason};
use super::files::is_policy;
use super::paths::shown;
use super::pipeline::{damage, here};
use super::progress::Progress;
use super::terminal::{self, Terminal};
use super::whole;
use crate::checks::modality;
use crate::diff;
use crate::emit::changes::view::{Changes, Damaged};
use crate::emit::changes::{self, Ask, Given, Screen};
use crate::emit::templates::Templates;
use crate::model::Kind;

/// Runs the verb.
pub(super) fn run(arguments: &DiffArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let base = here()?;
    let progress = Progress::new(terminal);
    let comparison = Comparison {
        between: &arguments.between,
        paths: &arguments.paths,
        staged: arguments.staged,
        as_of: arguments.as_of,
    };
    let sides = sides::read(comparison, &base, &progress)?;
    for warning in &sides.warnings {
        terminal.warn(warning);
    }
    if let Some(party) = &arguments.party {
        declared(party, &sides)?;
    }
    progress.stage("comparing", 0);
    let (before, now) = (damage(&sides.old.findings), damage(&sides.new.findings));
    let found = diff::changes(sides.old.given(&before), sides.new.given(&now), &modality::binds);
    let ask = Ask { material_only: arguments.material, party: arguments.party.clone(), paths: asked_for(&sides) };
    let changes = report(&sides, &found, &ask);
    drop(progress);
    tell(&changes, &sides, arguments, terminal, &base)?;
    let mut exit = if arguments.exit_code && has_changed(&changes) { Exit::Findings } else { Exit::Clean };
    for failure in sides.old.unread.iter().chain(&sides.new.unread) {
        terminal.fail(failure);
        exit = Exit::Failed;
    }
    // The system takes everything back whole, sooner than it could be handed back piece by piece.
    std::mem::forget((sides, found));
    Ok(exit)
}

fn report(sides: &Sides, found: &diff::Changes, ask: &Ask) -> Changes {
    let (old, new) = (unread(&sides.old), unread(&sides.new));
    let names = (sides.old.origin.name(), sides.new.origin.name());
    fn given<'a>(name: &'a str, side: &'a Side, damaged: &'a [Damaged]) -> Given<'a> {
        let Side { collection, sources, findings, .. } = side;
        Given { name, collection, sources, findings, damaged }
    }
    changes::report(found, given(&names.0, &sides.old, &old), given(&names.1, &sides.new, &new), ask)
}

/// What could not be read, as the report tells it.
fn unread(side: &Side) -> Vec<Damaged> {
    let told = |failure: &Failure| Damaged { path: String::new(), message: failure.message.clone(), at: None };
    side.unread.iter().map(told).collect()
}

/// Whether anything changed of what is told.
fn has_changed(changes: &Changes) -> bool {
    !changes.policies.is_empty() || !changes.vocabulary.is_empty()
}

/// The names of the files that alone are told of; `None` where that is all.
fn asked_for(sides: &Sides) -> Option<BTreeSet<String>> {
    if !sides.old.is_limited() && !sides.new.is_limited() {
        return None;
    }
    let names = |side: &Side| -> Vec<String> {
        let told = side.sources.iter().filter(|(id, _)| side.tells(*id));
        told.map(|(_, file)| file.name().to_owned()).collect()
    };
    Some(names(&sides.old).into_iter().chain(names(&sides.new)).collect())
}

/// Makes sure that a party is declared on one side at least.
fn declared(party: &str, sides: &Sides) -> Result<(), Failure> {
    let parties: BTreeSet<&str> = [&sides.old, &sides.new]
        .into_iter()
        .flat_map(|side| side.collection.vocabulary.of_kind(Kind::Party))
        .map(|(_, word)| word.id.as_str())
        .collect();
    if parties.contains(party) {
        return Ok(());
    }
    let failure = Failure::new(format!("`{party}` is no party of the vocabulary, neither before nor now"));
    Err(match nearest(party, parties.into_iter()) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("give the id of a party as the vocabulary declares it, as in `--for staff`"),
    })
}

/// Writes the changes where they are wanted.
fn tell(
    changes: &Changes,
    sides: &Sides,
    arguments: &DiffArguments,
    terminal: &Terminal,
    base: &Path,
) -> Result<(), Failure> {
    let text = match arguments.format {
        ChangesFormat::Human => {
            let is_file = arguments.out.is_some();
            let side = terminal::Side::Out;
            let screen = Screen {
                width: terminal.width(side),
                colour: !is_file && terminal.colour(side),
                unicode: is_file || terminal.unicode(side),
            };
            changes::terminal(changes, screen)
        }
        ChangesFormat::Markdown => changes::markdown(changes, &templates(sides, base)?).map_err(template)?,
        ChangesFormat::Html => {
            let brand = Some(&sides.new.settings.brand);
            changes::html(changes, &templates(sides, base)?, brand).map_err(template)?
        }
        ChangesFormat::Json => changes::json(changes).map_err(|error| Failure::new(reason(&error)))?,
    };
    match &arguments.out {
        None => terminal.print(&text),
        Some(path) => write(path, &text, terminal, base),
    }
}

/// Writes the report into a file, in whose place there may be an older one, but never a policy.
fn write(path: &Path, text: &str, terminal: &Terminal, base: &Path) -> Result<(), Failure> {
    let told = shown(path, base);
    if is_policy(path) {
        return Err(Failure::new(format!("`{told}` has the name of a policy, and is not written over"))
            .help("give the report another name, such as `changes.md` or `changes.html`"));
    }
    let written = match path.metadata() {
        Ok(about) if about.is_dir() => {
            return Err(Failure::new(format!("`{told}` is a folder")).help("name a file to write into"));
        }
        // What is no plain file is written into, not replaced: a pipe, `/dev/stdout`.
        Ok(about) if !about.is_file() => std::fs::write(path, text),
        // A link stays a link.
        _ => whole::write(&path.canonicalize().unwrap_or_else(|_| path.to_owned()), text, false),
    };
    written.map_err(|error| {
        Failure::new(format!("`{told}` cannot be written: {}", reason(&error)))
            .help("name a file in a folder that can be written to, after `--out`")
    })?;
    terminal.tell(|err| writeln!(err, "wrote {}", terminal.visible(&told)));
    Ok(())
}

/// The templates that the newer side's settings name.
fn templates(sides: &Sides, base: &Path) -> Result<Templates, Failure> {
    let own = match &sides.new.settings.templates {
        Some(folder) => templates::read(folder, base)?,
        None => Default::default(),
    };
    Templates::new(own.texts).map_err(template)
}

fn template(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}
