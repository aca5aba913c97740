//! The document of a policy as the contract writes it: blocks and what stands in them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::{ContentHash, Source};
use crate::model::{self, BlockIdx, DefinitionIdx};

/// One thing in the body of a policy or in a block.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Node<'a> {
    /// A section with a heading.
    Section(Block<'a>),
    /// An annex, lettered.
    Annex(Block<'a>),
    /// A clause.
    Clause(Block<'a>),
    /// Text that people are bound by.
    Prose(Prose<'a>),
    /// Text that is shown and binds nobody.
    Note(Prose<'a>),
    /// The place of a rule.
    Rule(RuleRef<'a>),
    /// The place of a definition.
    Definition(TermRef<'a>),
    /// A heading that has no number.
    Heading(Heading<'a>),
    /// The kept place of a deleted clause.
    Withdrawn(Withdrawn<'a>),
    /// A finding that is accepted here.
    Accept(Accepted<'a>),
}

/// A section, annex or clause.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Block<'a> {
    /// Its id, unique among its siblings.
    pub id: &'a str,
    /// Its key, `organisation/policy:section/clause`, made from written ids alone.
    pub key: &'a str,
    /// Its number, which follows from its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<&'a str>,
    /// Its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<&'a str>,
    /// The paths of ids in this policy that it was known by before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<&'a str>,
    /// SHA-256 of its heading and of what stands in it, ids, numbers and layout aside.
    pub content_hash: ContentHash,
    /// Where it stands.
    pub source: Source<'a>,
    /// What stands in it, in order.
    pub children: Vec<Node<'a>>,
    /// The block in the model.
    #[serde(skip)]
    pub index: BlockIdx,
}

/// A piece of text. Links to terms are shown as their words, references as the number or the title they lead to,
/// parameters as their value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Prose<'a> {
    /// The text as CommonMark with GFM tables.
    pub markdown: Cow<'a, str>,
    /// The text without markup: paragraphs, items and rows on lines of their own.
    pub text: String,
    /// The prose in the model, its links still in it.
    #[serde(skip)]
    pub origin: &'a model::Prose,
}

/// The place of a rule in the text.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RuleRef<'a> {
    /// Key of the rule, which is among `rules`.
    pub key: &'a str,
    /// Its index among the rules of its policy.
    #[serde(skip)]
    pub index: u32,
}

/// The place of a definition in the text.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct TermRef<'a> {
    /// Id of the definition, which is among `definitions`.
    pub id: &'a str,
    /// The definition in the model.
    #[serde(skip)]
    pub index: DefinitionIdx,
}

/// A heading that has no number.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Heading<'a> {
    /// Its words.
    pub text: &'a str,
}

/// The kept place of a deleted clause, so that its id never comes to mean something else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Withdrawn<'a> {
    /// The id.
    pub id: &'a str,
    /// The key the clause had.
    pub key: String,
    /// The number kept for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<&'a str>,
    /// Why it went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'a str>,
    /// In which version of the policy it went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#in: Option<&'a str>,
    /// Its index among the withdrawn clauses of its policy.
    #[serde(skip)]
    pub index: u32,
}

/// A term the policy defines.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Definition<'a> {
    /// Its id, unique in the policy.
    pub id: &'a str,
    /// The term.
    pub term: &'a str,
    /// Further forms of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<&'a str>,
    /// The words of the vocabulary it stands for in rules of this policy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#as: Vec<&'a str>,
    /// What it says, as CommonMark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<Cow<'a, str>>,
    /// What it says, without markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Key of the block it stands in; absent for one of the policy itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<&'a str>,
    /// SHA-256 of the term, its forms, its words and what it says.
    pub content_hash: ContentHash,
    /// Where its id stands.
    pub source: Source<'a>,
    /// The definition in the model.
    #[serde(skip)]
    pub index: DefinitionIdx,
}

/// A reference from prose to somewhere else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reference<'a> {
    /// What it leads to.
    pub kind: ReferenceKind,
    /// Key of the block it stands in, or of the policy.
    pub from: &'a str,
    /// Key of what it leads to; of a related document its id.
    pub to: &'a str,
    /// Where it stands.
    pub source: Source<'a>,
}

/// What a reference can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
pub enum ReferenceKind {
    /// A whole policy.
    Policy,
    /// A section.
    Section,
    /// An annex.
    Annex,
    /// A clause.
    Clause,
    /// A rule.
    Rule,
    /// A document among `related`.
    Related,
}

/// A finding that somebody has decided to live with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Accept")]
pub struct Accepted<'a> {
    /// Name of the check.
    pub check: &'a str,
    /// Key of the block whose findings are meant, or of the policy.
    pub at: &'a str,
    /// Key of the other side of the finding; of a related document its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<&'a str>,
    /// The reason given.
    pub because: &'a str,
    /// The party that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'a str>,
    /// The last day the decision holds, as exact as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Where it stands.
    pub source: Source<'a>,
}
