//! `clausal explain`: all checks at a glance, or the page of one of them.

use std::fmt::Write;

use super::Exit;
use super::args::ExplainArguments;
use super::failure::{Failure, nearest};
use super::manual;
use super::terminal::{Side, Terminal};
use crate::checks;
use crate::diagnostic::{CheckInfo, Family, Severity};

/// Runs the verb.
pub(super) fn run(arguments: &ExplainArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let width = terminal.width(Side::Out).min(100);
    let colour = terminal.colour(Side::Out);
    let checks = || checks::ALL.iter().map(|check| check.info);
    let text = match &arguments.name {
        None => list(checks(), width, colour),
        Some(name) => {
            let name = name.as_str();
            match checks().find(|check| check.name == name) {
                Some(check) => page(&check, width, colour),
                None if checks().any(|check| check.family.name() == name) => {
                    list(checks().filter(|check| check.family.name() == name), width, colour)
                }
                None => return Err(unknown(name)),
            }
        }
    };
    terminal.print(&text)?;
    Ok(Exit::Clean)
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::new(format!("`{name}` is not a check"));
    match nearest(name, checks::ALL.iter().flat_map(|check| [check.info.name, check.info.family.name()])) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("`clausal explain` lists them all"),
    }
}

/// The check's own page, and how to change what its findings weigh.
fn page(check: &CheckInfo, width: usize, colour: bool) -> String {
    let name = check.name;
    let settings = match check.family {
        Family::Syntax => "Its findings are always errors.".to_owned(),
        _ => format!(
            "What its findings weigh is set in `clausal.toml` under `[checks]`, with `{name} = \"note\"` for example, or \
             for one run with `--deny {name}`, `--warn {name}` or `--allow {name}`."
        ),
    };
    let page = manual::render(check.page, width, colour);
    format!("{}\n\n{}", page.trim_end(), manual::render(&settings, width, colour))
}

fn list(checks: impl Iterator<Item = CheckInfo>, width: usize, colour: bool) -> String {
    let checks: Vec<CheckInfo> = checks.collect();
    let column = checks.iter().map(|check| check.name.len()).max().unwrap_or(0) + 2;
    let mut text = String::new();
    let mut family = None;
    for check in &checks {
        if family.replace(check.family) != Some(check.family) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", manual::strong(check.family.name(), colour));
        }
        let lead = format!("  {:column$}{:9}", check.name, weight(check.severity));
        let told = manual::wrap(&manual::plain(check.summary()), width.saturating_sub(lead.len()).max(24));
        for (index, line) in told.iter().enumerate() {
            let lead = if index == 0 { lead.as_str() } else { "" };
            let _ = writeln!(text, "{lead:indent$}{line}", indent = column + 11);
        }
    }
    text.push_str("\n`clausal explain NAME` tells more about each.\n");
    text
}

fn weight(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) => "note",
        None => "off",
    }
}
