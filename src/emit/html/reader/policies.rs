//! The policies that pages of readers are drawn from, and the way from a policy to its readers.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{FOLDER, Of, ROOT};
use crate::emit::html::Pages;
use crate::emit::page::{Date, Linked, StatusTold, organisation, several};
use crate::model::{PolicyId, RuleId, WordId};

/// The most readers that a policy's page leads to; the others are on the page of all.
const MOST: usize = 8;

/// A policy that a page is drawn from.
#[derive(Serialize)]
pub(in crate::emit::html) struct Drawn {
    href: String,
    title: String,
    version: Option<String>,
    status: Option<StatusTold>,
    effective: Option<Date>,
    /// What a reader has to know where it is not in force.
    mark: Option<String>,
    /// The organisation above whose policy it is.
    whose: Option<String>,
}

/// The way from a policy's summary to the page of a party that it binds, where it has one.
pub(in crate::emit::html) fn from_summary(pages: &Pages<'_>, id: PolicyId, party: WordId) -> Option<String> {
    let reader = pages.readership.of_policy(id)?.reader(party)?;
    // Summaries and readers have folders beside each other in that of their organisation.
    Some(format!("../{FOLDER}/{}.html", reader.stem))
}

/// The ways from a policy's page to those of its readers.
#[derive(Serialize)]
pub(in crate::emit::html) struct Readers {
    parties: Vec<Linked>,
    more: bool,
    all: String,
}

impl Of<'_, '_> {
    /// The policies that hold.
    pub fn drawn(&self) -> Vec<Drawn> {
        let scope = self.pages.site.scope;
        let drawn = self.organisation.policies.iter().map(|&id| {
            let policy = scope.collection.policy(id);
            let whose = organisation(scope, id);
            Drawn {
                href: format!("{ROOT}{}.html", self.pages.site.stem(id)),
                title: policy.title.clone(),
                version: policy.version.as_ref().map(|(version, _)| version.clone()),
                status: policy.status.map(|(status, _)| StatusTold::from(status)),
                effective: policy.effective.map(|(day, _)| day.into()),
                mark: self.standing(id).in_short(),
                whose: (whose != self.organisation.label).then(|| whose.to_owned()),
            }
        });
        drawn.collect()
    }
}

impl Readers {
    /// Those whom a policy is written for or binds by name, as far as they have pages; `None` where nobody has.
    pub fn of(pages: &Pages<'_>, id: PolicyId) -> Option<Self> {
        let collection = pages.site.scope.collection;
        let organisation = pages.readership.of_policy(id)?;
        let policy = collection.policy(id);
        let rules = (0..policy.rules.len()).map(|index| RuleId { policy: id, index: index as u32 });
        let mut named: BTreeSet<WordId> = rules.flat_map(|rule| pages.readership.bearers(rule)).collect();
        named.extend(&policy.audience);
        let root = pages.site.root(id);
        let folder = format!("{root}{}/{FOLDER}", organisation.id);
        let readers = organisation.readers.iter().filter(|reader| named.contains(&reader.party));
        let link = |reader: &crate::emit::page::Reader| Linked {
            text: several(&collection.vocabulary, reader.party).to_owned(),
            href: Some(format!("{folder}/{}.html", reader.stem)),
        };
        Some(Readers {
            parties: readers.clone().take(MOST).map(link).collect(),
            more: readers.count() > MOST,
            all: format!("{folder}/index.html"),
        })
    }
}
