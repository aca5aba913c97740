//! The one view of a collection that every format shares: what the JSON contract says, as types.
//!
//! A page that a governor reads and a file that a program reads are made from these values, so that they cannot drift
//! apart. The types borrow from the model wherever they can. What one format needs beyond them (a link's address, prose
//! as HTML) it adds in types of its own; for that some values carry, outside the JSON, the index of what they show in the
//! model. This module knows no format but the field names of the contract, which are for life.

mod body;
mod build;
mod condition;
pub mod hash;
mod header;
mod place;
pub mod prose;
mod rule;
mod vocabulary;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::export;

pub use body::{
    Accepted, Block, Definition, Heading, Node, Prose, Reference, ReferenceKind, RuleRef, TermRef, Withdrawn,
};
pub use build::{Scope, collection, headers, policy};
pub use condition::{Condition, OneOrMany};
pub use hash::{ContentHash, Hashes};
pub use header::{Approval, Basis, Header, History, Parameter, Related, Review};
pub use place::{Position, Quantity, Source};
pub use rule::{Deadline, Recurrence, Rule, Slot};
pub use vocabulary::{Action, Bound, BoundKind, Fact, FactKind, Takes, Value, Vocabulary, Word};

/// The version of the formats of a policy and of a rule. Its first number rises when old readers break, its second when
/// optional fields are added.
pub const FORMAT_VERSION: &str = "1.0.0";
/// The version of the format of a collection, which carries findings. Since 1.1 these have `relation`, `witness` and, in
/// their fixes, `choice`.
pub const COLLECTION_VERSION: &str = "1.1.0";

/// The program that wrote a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Generator {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// The root of the format `clausal-policy`: one policy, whole, with the words it uses.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "A policy compiled by Clausal")]
pub struct PolicyExport<'a> {
    /// The schema this document follows.
    #[serde(rename = "$schema")]
    #[schemars(extend("const" = crate::emit::schema::POLICY_URN))]
    pub schema: &'static str,
    /// Name of the format.
    #[schemars(extend("const" = "clausal-policy"))]
    pub format: &'static str,
    /// Version of the format: old readers break when its first number changes, optional fields are added when its second
    /// does.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    pub format_version: &'static str,
    /// The program that wrote this.
    pub generator: Generator,
    /// What is said of the policy as a whole.
    pub policy: Header<'a>,
    /// The words and facts this policy uses, with all that lies above and below them, so that the document can be read
    /// alone.
    pub vocabulary: Vocabulary<'a>,
    /// The document, in order.
    pub body: Vec<Node<'a>>,
    /// All rules, in document order.
    pub rules: Vec<Rule<'a>>,
    /// All defined terms, in document order.
    pub definitions: Vec<Definition<'a>>,
    /// All references of its prose, in document order.
    pub references: Vec<Reference<'a>>,
    /// The findings its authors have decided to live with.
    pub accepted: Vec<Accepted<'a>>,
}

/// The root of the format `clausal-collection`: every policy's header, all rules, and what was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "A collection of policies compiled by Clausal")]
pub struct CollectionExport<'a> {
    /// The schema this document follows.
    #[serde(rename = "$schema")]
    #[schemars(regex(pattern = r"^urn:clausal:schema:collection:1\.[0-9]+\.[0-9]+$"))]
    pub schema: &'static str,
    /// Name of the format.
    #[schemars(extend("const" = "clausal-collection"))]
    pub format: &'static str,
    /// Version of the format: old readers break when its first number changes, optional fields are added when its second
    /// does.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    pub format_version: &'static str,
    /// The program that wrote this.
    pub generator: Generator,
    /// What is said of each policy as a whole, by path of its source.
    pub policies: Vec<Header<'a>>,
    /// All words and facts of the collection.
    pub vocabulary: Vocabulary<'a>,
    /// All rules of all policies, by path of their source and place in it.
    pub rules: Vec<Rule<'a>>,
    /// Everything that was found, accepted findings included.
    pub findings: Vec<export::Finding>,
    /// How many findings there are.
    pub summary: export::Summary,
}

/// A line of `rules.jsonl`: a rule that can be read without anything around it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "A rule compiled by Clausal, as a line of its own")]
pub struct RuleLine<'a, 'b> {
    /// Version of the format: old readers break when its first number changes, optional fields are added when its second
    /// does.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    pub format_version: &'static str,
    /// Key of the policy the rule stands in.
    pub policy: &'a str,
    /// The rule.
    #[serde(flatten)]
    pub rule: &'b Rule<'a>,
}

impl Generator {
    /// This program.
    pub const CLAUSAL: Generator = Generator { name: "clausal", version: env!("CARGO_PKG_VERSION") };
}
