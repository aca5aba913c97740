//! Findings as the format `clausal-findings` of the JSON contract, and its schema.
//!
//! The types of a single finding belong to [`export`], since other exports carry findings too; here is the root.

mod formatter;

use std::io::{self, BufWriter, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::{self, export, schema};
use crate::source::Sources;

pub(super) use formatter::write_json;

/// The schema's name for all time; it changes with the version.
const URN: &str = "urn:clausal:schema:findings:1.1.0";
const FORMAT_VERSION: &str = "1.1.0";

/// The root of the format `clausal-findings`: everything a run of `clausal check` found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Findings of Clausal")]
struct Findings {
    /// The schema this document follows.
    #[serde(rename = "$schema")]
    #[schemars(regex(pattern = r"^urn:clausal:schema:findings:1\.[0-9]+\.[0-9]+$"))]
    schema: &'static str,
    /// Name of the format.
    #[schemars(extend("const" = "clausal-findings"))]
    format: &'static str,
    /// Version of the format: old readers break when its first number changes, optional fields are added when its
    /// second does.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    format_version: &'static str,
    /// The program that wrote this.
    generator: Generator,
    /// Everything found, accepted findings included.
    findings: Vec<export::Finding>,
    /// How many there are.
    summary: export::Summary,
}

/// The program that wrote a document.
#[derive(Serialize, JsonSchema)]
struct Generator {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// Writes all findings, the accepted ones too, as one document with a final line end.
pub fn json(out: &mut dyn Write, findings: &[diagnostic::Finding], sources: &Sources) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let document = Findings {
        schema: URN,
        format: "clausal-findings",
        format_version: FORMAT_VERSION,
        generator: Generator { name: "clausal", version: env!("CARGO_PKG_VERSION") },
        findings: findings.iter().map(|finding| export::Finding::new(finding, sources)).collect(),
        summary: export::Summary::of(findings),
    };
    write_json(&mut out, &document)?;
    out.flush()
}

/// The JSON Schema (2020-12) of the format, as `clausal schema findings` prints it.
pub fn schema() -> Value {
    schema::of::<Findings>(URN)
}
