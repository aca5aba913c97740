//! The formats, one after the other, into an output folder or wherever the caller has files made. It knows which emitter
//! makes which, and nothing they write.

use std::io::{self, Write};
use std::path::Path;

use super::super::args::Format;
use super::super::failure::Failure;
use super::super::pipeline::Run;
use super::templates;
use crate::checks;
use crate::diagnostic::CheckInfo;
use crate::emit::html::{Error, Settings};
use crate::emit::templates::Templates;
use crate::emit::view::Scope;
use crate::emit::{html, json, markdown};
use crate::report;

/// Writes every file of every format; `templates` is the folder of a user's own, and a preview is made in spite of
/// errors. `create` gives the writer for a path, which is relative and has `/` between its parts.
pub(in super::super) fn write<W: Write>(
    run: &Run,
    formats: &[Format],
    templates: Option<&Path>,
    preview: bool,
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Failure> {
    let own = match templates {
        Some(folder) => templates::read(folder, &run.base)?,
        None => Default::default(),
    };
    let templates = Templates::new(own).map_err(|error| Failure::new(error.to_string()))?;
    let settings = Settings {
        brand: Some(&run.settings.brand),
        as_of: run.checker.as_of(),
        // A file that could not be read is missing from the pages just as one that is wrong.
        errors: if preview { run.totals().errors + run.unread.len() } else { 0 },
        markdown: formats.contains(&Format::Markdown),
        json: formats.contains(&Format::Json),
    };
    let checks: Vec<CheckInfo> = checks::ALL.iter().map(|check| check.info).collect();
    let scope = Scope { collection: &run.collection, sources: &run.sources, checks: &checks };
    for format in formats {
        match format {
            Format::Html => html::write(scope, &templates, settings, create).map_err(failure)?,
            Format::Markdown => markdown::write(scope, &templates, settings.errors, create).map_err(failure)?,
            Format::Json => {
                json::write(scope, &run.findings, create)?;
                report::json(&mut create(json::FINDINGS)?, &run.findings, &run.sources)?;
            }
        }
    }
    Ok(())
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Template(error) => Failure::new(error.to_string()),
        Error::Io(error) => Failure::from(error),
    }
}
