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
#[cfg(feature = "pdf")]
use crate::emit::pdf;
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
    let templates = Templates::new(own.texts).map_err(|error| Failure::new(error.to_string()))?.with_fonts(own.fonts);
    let settings = Settings {
        brand: Some(&run.settings.brand),
        as_of: run.checker.as_of(),
        // A file that could not be read is missing from the pages just as one that is wrong.
        errors: if preview { run.totals().errors + run.unread.len() } else { 0 },
        markdown: formats.contains(&Format::Markdown),
        json: formats.contains(&Format::Json),
        pdf: formats.contains(&Format::Pdf),
    };
    let checks: Vec<CheckInfo> = checks::ALL.iter().map(|check| check.info).collect();
    let scope = Scope { collection: &run.collection, sources: &run.sources, checks: &checks };
    for format in formats {
        match format {
            Format::Html => html::write(scope, &templates, settings, create).map_err(failure)?,
            Format::Markdown => markdown::write(scope, &templates, settings.errors, create).map_err(failure)?,
            Format::Pdf => write_pdf(scope, &templates, settings, create)?,
            Format::Json => {
                json::write(scope, &run.findings, create)?;
                report::json(&mut create(json::FINDINGS)?, &run.findings, &run.sources)?;
            }
        }
    }
    Ok(())
}

/// Makes sure that this program can write what it is asked for.
pub(in super::super) fn can_write(formats: &[Format]) -> Result<(), Failure> {
    if cfg!(feature = "pdf") || !formats.contains(&Format::Pdf) {
        return Ok(());
    }
    Err(Failure::new("this `clausal` was built without PDF").help(
        "the released programs have it, and `cargo install --path . --features pdf` builds one, which takes some minutes; \
         meanwhile the Markdown can become a PDF: \
         `pandoc site/ORGANISATION/POLICY.md --pdf-engine=weasyprint --css site/print.css -o policy.pdf`",
    ))
}

#[cfg(feature = "pdf")]
fn write_pdf<W: Write>(
    scope: Scope<'_>,
    templates: &Templates,
    settings: Settings<'_>,
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Failure> {
    let settings = pdf::Settings { brand: settings.brand, errors: settings.errors };
    pdf::write(scope, templates, settings, create).map_err(|error| match error {
        pdf::Error::Template(error) => failure(Error::Template(error)),
        pdf::Error::Text(error) => Failure::new(error.message).help(error.help),
        pdf::Error::Io(error) => Failure::from(error),
    })
}

#[cfg(not(feature = "pdf"))]
fn write_pdf<W: Write>(
    _: Scope<'_>,
    _: &Templates,
    _: Settings<'_>,
    _: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Failure> {
    can_write(&[Format::Pdf])
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Template(error) => Failure::new(error.to_string()),
        Error::Io(error) => Failure::from(error),
    }
}
