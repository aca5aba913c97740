//! What stands in the lists round the body, with every address led to a place of the document, to the web or nowhere.

use std::borrow::Cow;

use serde::Serialize;

use super::links::OfPolicy;
use crate::emit::page::{Date, Decision, Linked};
use crate::emit::prose::{is_safe, spelled};
use crate::emit::view::Header;
use crate::model::PartialDate;

/// A few words, and the place of the document they lead to.
#[derive(Debug, Serialize)]
pub(super) struct Lead {
    /// The place.
    pub anchor: Option<String>,
    /// The words.
    pub text: String,
}

/// A decision to live with a finding.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    check: String,
    what: String,
    with: Option<Lead>,
    because: String,
    by: Option<String>,
    until: Option<String>,
    at: Lead,
}

/// A document outside.
#[derive(Debug, Serialize)]
pub(super) struct Outside<'p> {
    title: &'p str,
    edition: Option<&'p str>,
    url: Option<Cow<'p, str>>,
}

/// A version of the policy.
#[derive(Debug, Serialize)]
pub(super) struct Version<'p> {
    version: &'p str,
    date: String,
    change: &'p str,
}

impl Told {
    pub fn new(decision: Decision<'_>, links: &OfPolicy<'_, '_>) -> Self {
        let lead = |Linked { text, href }: Linked| Lead { anchor: links.anchor(href.as_deref()), text };
        let Decision { check, what, with, because, by, until, at } = decision;
        Told {
            check: check.to_owned(),
            what,
            with: with.map(lead),
            because,
            by,
            until: until.map(|date: Date| date.told),
            at: lead(at),
        }
    }
}

/// The versions so far.
pub(super) fn history<'p>(header: &Header<'p>) -> Vec<Version<'p>> {
    let told = |date: &str| PartialDate::parse(date).map_or_else(|| date.to_owned(), PartialDate::told);
    header.history.iter().map(|it| Version { version: it.version, date: told(&it.date), change: it.change }).collect()
}

/// Law and guidance.
pub(super) fn basis<'p>(header: &Header<'p>) -> Vec<Outside<'p>> {
    header.basis.iter().map(|it| Outside { title: it.title, edition: it.edition, url: whole(it.url) }).collect()
}

/// Related documents.
pub(super) fn related<'p>(header: &Header<'p>) -> Vec<Outside<'p>> {
    header.related.iter().map(|it| Outside { title: it.title, edition: None, url: whole(it.url) }).collect()
}

/// An address that leads to the same place wherever the document lies.
fn whole(url: Option<&str>) -> Option<Cow<'_, str>> {
    url.filter(|url| is_safe(url) && url.contains(':')).map(spelled)
}
