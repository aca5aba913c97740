//! The formats, one after the other, into an output folder. It knows which emitter makes which, and nothing they write.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::args::Format;
use super::super::failure::Failure;
use super::super::output::Output;
use super::super::pipeline::Run;
use super::templates;
use crate::emit;
use crate::emit::view::Scope;

/// Writes every file of every format.
pub(super) fn write(
    run: &Run,
    formats: &[Format],
    templates: Option<&Path>,
    preview: bool,
    output: &Output,
) -> Result<(), Failure> {
    let templates = match templates {
        Some(folder) => templates::read(folder, &run.base)?,
        None => BTreeMap::new(),
    };
    let scope = Scope { collection: &run.collection, sources: &run.sources };
    for format in formats {
        match format {
            Format::Html | Format::Markdown => return Err(unavailable(templates.len(), preview)),
            Format::Json => emit::json::write(scope, &run.findings, &|path: &str| output.create(path))?,
        }
    }
    Ok(())
}

fn unavailable(_: usize, _: bool) -> Failure {
    Failure::new("web pages and Markdown cannot be written by this version").help("ask for `--format json`")
}
