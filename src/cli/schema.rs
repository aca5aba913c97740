//! `clausal schema`: the JSON Schema of a document, for those who write programs against it.

use super::Exit;
use super::args::{SchemaArguments, SchemaName};
use super::failure::Failure;
use super::terminal::Terminal;
use crate::{emit, report};

/// Runs the verb.
pub(super) fn run(arguments: &SchemaArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let schema = match arguments.name {
        SchemaName::Policy => emit::schema::policy(),
        SchemaName::Collection => emit::schema::collection(),
        SchemaName::Rule => emit::schema::rule(),
        SchemaName::Anchors => emit::schema::anchors(),
        SchemaName::Findings => report::schema(),
        SchemaName::Diff => emit::schema::diff(),
    };
    terminal.print(&format!("{schema:#}\n"))?;
    Ok(Exit::Clean)
}
