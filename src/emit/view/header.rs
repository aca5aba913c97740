//! What is said of a policy as a whole: its header, as the contract writes it.

use schemars::JsonSchema;
use serde::Serialize;

use super::condition::OneOrMany;
use super::{ContentHash, Quantity, Source};
use crate::model::{Numbering, PartialDate, Policy, PolicyId, Silence, Status};

/// What is said of a policy as a whole.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Header<'a> {
    /// Its key, `organisation/policy`, which never changes.
    pub key: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The organisation it speaks for, with those below it.
    pub organisation: &'a str,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<&'a str>,
    /// How far it has come: `draft`, `consultation`, `adopted` or `withdrawn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = Status::ALL.map(Status::name)))]
    pub status: Option<&'static str>,
    /// The party that answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<&'a str>,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<&'a str>,
    /// What its authors say of acts no rule speaks of: `permitted`, `forbidden` or `silent`. No part of the analysis.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = Silence::ALL.map(Silence::name)))]
    pub default: Option<&'static str>,
    /// When and by whom it was approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approval<'a>>,
    /// The day it takes effect: a date as exact as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// When it is to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The parties it is written for.
    pub audience: Vec<&'a str>,
    /// What it replaces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<&'a str>,
    /// Other policies and outside documents.
    pub related: Vec<Related<'a>>,
    /// Law and guidance it rests on.
    pub basis: Vec<Basis<'a>>,
    /// How its blocks are numbered: `decimal`, `legal`, `headings` or `none`.
    #[schemars(extend("enum" = Numbering::ALL.map(Numbering::name)))]
    pub numbering: &'static str,
    /// The language of its prose, as a tag of BCP 47.
    pub language: &'a str,
    /// The parties that sign it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<&'a str>,
    /// Its versions so far, in the order written.
    pub history: Vec<History<'a>>,
    /// What a school fills in.
    pub parameters: Vec<Parameter<'a>>,
    /// SHA-256 of the header and of everything in the policy, layout and numbers aside.
    pub content_hash: ContentHash,
    /// Where its head stands.
    pub source: Source<'a>,
    /// The policy in the model.
    #[serde(skip)]
    pub index: PolicyId,
}

/// An approval.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Approval<'a> {
    /// The day, as exact as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The party, or a list of them where there are several.
    pub by: OneOrMany<'a>,
    /// The minute that records it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<&'a str>,
}

/// When a policy is looked at again.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Review {
    /// Every so long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<Quantity>,
    /// At the latest then, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When the next review is due: `by`, or else the interval counted from the approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// Another policy or an outside document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Related<'a> {
    /// The id references use.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Where it is to be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
}

/// Law or guidance a policy rests on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Basis<'a> {
    /// Its title.
    pub title: &'a str,
    /// Which edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<&'a str>,
    /// Where it is to be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
}

/// One version of a policy.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct History<'a> {
    /// The version.
    pub version: &'a str,
    /// Its date, as exact as it is known.
    pub date: String,
    /// What changed.
    pub change: &'a str,
}

/// A blank that a school fills in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Parameter<'a> {
    /// Its id.
    pub id: &'a str,
    /// What is to be filled in.
    pub label: &'a str,
    /// What was filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
}

impl<'a> Header<'a> {
    pub(super) fn new(scope: super::Scope<'a>, index: PolicyId, content_hash: ContentHash) -> Self {
        let policy = scope.collection.policy(index);
        let id = |word| scope.word(word);
        Header {
            key: &policy.key,
            id: &policy.id,
            title: &policy.title,
            organisation: policy.key.split_once('/').map_or("", |(organisation, _)| organisation),
            version: policy.version.as_ref().map(|(version, _)| version.as_str()),
            status: policy.status.map(|(status, _)| status.name()),
            owner: policy.owner.map(id),
            contact: policy.contact.as_deref(),
            default: policy.default.map(|silence| silence.name()),
            approved: policy.approved.as_ref().map(|approval| Approval {
                date: approval.date.map(told),
                by: OneOrMany::new(approval.by.iter().map(|&party| scope.word(party)).collect()),
                minute: approval.minute.as_deref(),
            }),
            effective: policy.effective.map(|(date, _)| told(date)),
            review: Review::new(policy),
            audience: policy.audience.iter().map(|&party| id(party)).collect(),
            supersedes: policy.supersedes.iter().map(String::as_str).collect(),
            related: policy
                .related
                .iter()
                .map(|it| Related { id: &it.id, title: &it.title, url: it.url.as_deref() })
                .collect(),
            basis: policy
                .basis
                .iter()
                .map(|it| Basis { title: &it.title, edition: it.edition.as_deref(), url: it.url.as_deref() })
                .collect(),
            numbering: policy.numbering.name(),
            language: &policy.language,
            signatories: policy.signatories.iter().map(|&party| id(party)).collect(),
            history: policy
                .history
                .iter()
                .map(|it| History { version: &it.version, date: told(it.date), change: &it.change })
                .collect(),
            parameters: policy
                .parameters
                .iter()
                .map(|it| Parameter { id: &it.id, label: &it.label, value: it.value.as_deref() })
                .collect(),
            content_hash,
            source: Source::new(policy.span, scope.sources),
            index,
        }
    }
}

impl Review {
    fn new(policy: &Policy) -> Option<Self> {
        let review = Review {
            every: policy.review.every.map(|(every, _)| every.into()),
            by: policy.review.by.map(|(by, _)| told(by)),
            due: policy.review_due().map(told),
        };
        (review.every.is_some() || review.by.is_some()).then_some(review)
    }
}

fn told(date: PartialDate) -> String {
    date.to_string()
}
