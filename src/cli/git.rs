//! `clausal git setup`: what makes a git repository good to review policies in.
//!
//! It writes three things, and nothing outside the repository: a line of `.gitattributes`, which is committed and so holds
//! for everybody; the driver it names, in the configuration of this clone, by which `git diff` names the clause; and a hook
//! of this clone that checks what is about to be committed. All is shown before it is written, and can be taken back.

mod driver;
mod hook;
mod marked;
mod write;

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use similar::TextDiff;

use super::Exit;
use super::args::{GitArguments, GitVerb, SetupArguments};
use super::failure::Failure;
use super::pipeline::here;
use super::revision::{Repository, State, listed};
use super::terminal::Terminal;

/// One thing that would change.
#[derive(Debug)]
enum Change {
    /// A file: where, its path as it is told, what it holds and what it would hold.
    File { path: PathBuf, told: String, old: Option<String>, new: Option<String>, is_program: bool },
    /// A setting of the repository's configuration.
    Setting { name: &'static str, old: Option<String>, new: Option<&'static str> },
}

/// What is to be done, and what only a person can do.
#[derive(Debug, Default)]
struct Plan {
    changes: Vec<Change>,
    warnings: Vec<Failure>,
}

/// The line of `.gitattributes`: line ends are the same in every clone, and the driver is ours.
const ATTRIBUTES: [&str; 1] = ["*.policy text diff=policy"];

/// Runs the verb.
pub(super) fn run(arguments: &GitArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let GitVerb::Setup(arguments) = &arguments.verb;
    let base = here()?;
    let repository = Repository::here(&base)?;
    let plan = plan(&repository, arguments)?;
    for warning in &plan.warnings {
        terminal.warn(warning);
    }
    if plan.changes.is_empty() {
        let nothing = if arguments.remove { "nothing of it is here" } else { "everything is in place already" };
        terminal.print(&format!("{nothing}\n"))?;
        return Ok(Exit::Clean);
    }
    terminal.print(&shown(&plan, terminal))?;
    if arguments.dry_run {
        return Ok(Exit::Clean);
    }
    if !arguments.yes && !agreed(terminal)? {
        terminal.tell(|err| writeln!(err, "nothing was written"));
        return Ok(Exit::Clean);
    }
    let done = plan.changes.iter().map(|change| write::apply(&repository, change)).collect::<Result<Vec<_>, _>>()?;
    terminal.print(&format!("\n{}\n", done.join("\n")))?;
    if !arguments.remove {
        terminal.print(
            "`.gitattributes` holds for everybody once it is committed; configuration and hook are those of this clone, so \
             that everybody runs `clausal git setup` once\n",
        )?;
    }
    Ok(Exit::Clean)
}

/// What would have to change.
fn plan(repository: &Repository, arguments: &SetupArguments) -> Result<Plan, Failure> {
    let top = repository.files().map_err(|failure| {
        Failure::new("this is a bare repository or the inside of one: nobody edits policies here")
            .help(failure.help.map_or_else(String::new, |_| "run it in a clone that holds the files".to_owned()))
    })?;
    let mut plan = Plan::default();
    let path = top.join(".gitattributes");
    let told = ".gitattributes".to_owned();
    let old = write::text(&path, &told)?;
    let new = match arguments.remove {
        true => marked::without(old.as_deref().unwrap_or_default(), &told)?,
        false => Some(marked::with(old.as_deref().unwrap_or_default(), &ATTRIBUTES, &told)?),
    };
    if old != new && !(old.is_none() && new.is_none()) {
        plan.changes.push(Change::File { path, told, old, new, is_program: false });
    }
    plan.changes.extend(driver::changes(repository, arguments.remove)?);
    hook::plan(repository, arguments, &mut plan)?;
    if !arguments.remove {
        plan.warnings.extend(line_ends(repository)?);
    }
    Ok(plan)
}

/// A word about policies that were committed with the line ends of Windows, which git would tell as changed from now on.
fn line_ends(repository: &Repository) -> Result<Option<Failure>, Failure> {
    if listed(repository, &State::Staged)?.is_folder("") != Some(true) {
        return Ok(None);
    }
    let bytes = repository.git(["ls-files", "--eol", "-z", "--", ":/*.policy"]).bytes()?;
    let has_crlf = |line: &[u8]| line.starts_with(b"i/crlf") || line.starts_with(b"i/mixed");
    Ok(bytes.split(|byte| *byte == 0).any(has_crlf).then(|| {
        Failure::new("some policies were committed with the line ends of Windows").help(
            "git will show them as changed: commit them once with the line ends that git keeps, `git add --renormalize .`",
        )
    }))
}

/// The plan as a difference.
fn shown(plan: &Plan, terminal: &Terminal) -> String {
    let mut text = String::new();
    for change in &plan.changes {
        match change {
            Change::File { told, old, new, .. } => {
                let told = terminal.visible(told);
                let side = |text: &Option<String>, mark: &str| match text {
                    Some(_) => format!("{mark}/{told}"),
                    None => "/dev/null".to_owned(),
                };
                let (from, to) = (side(old, "a"), side(new, "b"));
                let (old, new) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
                let diff = TextDiff::from_lines(old, new);
                text.push_str(&diff.unified_diff().context_radius(3).header(&from, &to).to_string());
            }
            Change::Setting { name, old, new } => {
                text.push_str(&format!("configuration of the repository: {name}\n"));
                for (mark, value) in [("-", old.as_deref()), ("+", *new)] {
                    if let Some(value) = value {
                        text.push_str(&format!("{mark}{}\n", terminal.visible(value)));
                    }
                }
            }
        }
    }
    text
}

/// Whether somebody at the terminal agrees.
fn agreed(terminal: &Terminal) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new("nothing was written: there is no terminal to ask on")
            .help("`--yes` writes it without asking, `--dry-run` only shows it"));
    }
    terminal.tell(|err| write!(err, "\nwrite this? [y/N] "));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    Ok(read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
