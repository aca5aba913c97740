//! The objects of SARIF 2.1.0 that this program writes, named and ordered as the standard has them.
//!
//! No logic; what an object means is said by the standard.

use serde::Serialize;

use crate::diagnostic::witness::Witness;

macro_rules! objects {
    ($($(#[$meta:meta])* $name:ident $(<$life:lifetime>)? { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Serialize)]
            #[serde(rename_all = "camelCase")]
            pub(super) struct $name $(<$life>)? {
                $($(#[$field_meta])* pub $field: $type,)*
            }
        )*
    };
}

objects! {
    Log<'a> {
        #[serde(rename = "$schema")]
        schema: &'static str,
        version: &'static str,
        runs: [Run<'a>; 1],
    }

    Run<'a> {
        tool: Tool<'a>,
        original_uri_base_ids: BaseIds,
        column_kind: &'static str,
        results: Vec<Result<'a>>,
    }

    BaseIds {
        #[serde(rename = "SRCROOT")]
        src_root: UriBase,
    }

    UriBase {
        description: Text,
    }

    Tool<'a> {
        driver: Driver<'a>,
    }

    Driver<'a> {
        name: &'static str,
        semantic_version: &'static str,
        rules: Vec<Rule<'a>>,
    }

    Rule<'a> {
        id: &'a str,
        short_description: Text,
        full_description: Text,
        help: MultiformatMessage<'a>,
        default_configuration: Configuration,
        properties: Properties<'a>,
    }

    MultiformatMessage<'a> {
        text: &'a str,
        markdown: &'a str,
    }

    Configuration {
        enabled: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        level: Option<&'static str>,
    }

    Properties<'a> {
        tags: [&'a str; 1],
    }

    Result<'a> {
        rule_id: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        rule_index: Option<usize>,
        level: &'static str,
        message: Text,
        locations: Vec<Location>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        related_locations: Vec<Location>,
        partial_fingerprints: PartialFingerprints,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fixes: Vec<Fix>,
        #[serde(skip_serializing_if = "Option::is_none")]
        suppressions: Option<Vec<Suppression>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        properties: Option<Details<'a>>,
    }

    Details<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        relation: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        witness: Option<&'a Witness>,
    }

    Text {
        text: String,
    }

    Location {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<usize>,
        physical_location: PhysicalLocation,
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<Text>,
    }

    PhysicalLocation {
        artifact_location: ArtifactLocation,
        region: Region,
    }

    ArtifactLocation {
        uri: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        uri_base_id: Option<&'static str>,
    }

    Region {
        start_line: u32,
        start_column: u32,
        end_line: u32,
        end_column: u32,
    }

    PartialFingerprints {
        #[serde(rename = "clausalFinding/v1")]
        finding: String,
    }

    Fix {
        description: Text,
        artifact_changes: Vec<ArtifactChange>,
    }

    ArtifactChange {
        artifact_location: ArtifactLocation,
        replacements: Vec<Replacement>,
    }

    Replacement {
        deleted_region: Region,
        inserted_content: ArtifactContent,
    }

    ArtifactContent {
        text: String,
    }

    Suppression {
        kind: &'static str,
        status: &'static str,
        justification: String,
        location: SuppressionPlace,
    }

    SuppressionPlace {
        physical_location: PhysicalLocation,
    }
}

impl Text {
    pub(super) fn new(text: String) -> Self {
        Text { text }
    }
}
