//! The JSON Schemas (2020-12) of the formats, made from the types of [`super::view`]. Knows no value of them.

use serde_json::Value;

use super::changes::view::Changes;
use super::desk::anchors::AnchorsExport;
use super::view::{CollectionExport, PolicyExport, RuleLine};
use crate::diagnostic::schema::of;

/// Name for all time of the schema of `clausal-policy`; it changes with the version.
pub const POLICY_URN: &str = "urn:clausal:schema:policy:1.0.0";
/// Name for all time of the schema of `clausal-collection`.
pub const COLLECTION_URN: &str = "urn:clausal:schema:collection:1.1.0";
/// Name for all time of the schema of a line of `rules.jsonl`.
pub const RULE_URN: &str = "urn:clausal:schema:rule:1.0.0";
/// Name for all time of the schema of `clausal-anchors`.
pub const ANCHORS_URN: &str = "urn:clausal:schema:anchors:1.0.0";

/// Name for all time of the schema of `clausal-diff`.
pub const DIFF_URN: &str = "urn:clausal:schema:diff:1.0.0";

/// The schema of a policy's document.
pub fn policy() -> Value {
    of::<PolicyExport<'static>>(POLICY_URN)
}

/// The schema of a collection's document.
pub fn collection() -> Value {
    of::<CollectionExport<'static>>(COLLECTION_URN)
}

/// The schema of a line of `rules.jsonl`.
pub fn rule() -> Value {
    of::<RuleLine<'static, 'static>>(RULE_URN)
}

/// The schema of the list of anchors.
pub fn anchors() -> Value {
    of::<AnchorsExport<'static>>(ANCHORS_URN)
}

/// The schema of what changed between two collections.
pub fn diff() -> Value {
    of::<Changes>(DIFF_URN)
}
