//! The page of the collection: its policies by organisation.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Pages;
use super::frame::Frame;
use super::policy::Run;
use crate::emit::page::{Date, StatusTold, filled, joined, organisation, party, several};
use crate::emit::templates::TemplateError;
use crate::emit::view::{Generator, Header};
use crate::model::{Kind, Vocabulary, WordId};

#[derive(Serialize)]
struct Index<'p> {
    generator: Generator,
    settings: Run,
    facts: Vec<String>,
    files: String,
    organisations: Vec<Group<'p>>,
}

#[derive(Serialize)]
struct Group<'p> {
    id: &'p str,
    label: &'p str,
    policies: Vec<Line<'p>>,
}

/// A policy of the index; `policy` is its header as the JSON has it.
#[derive(Serialize)]
struct Line<'p> {
    policy: Value,
    #[serde(skip)]
    order: (String, &'p str),
    href: String,
    audience: Option<String>,
    status: Option<StatusTold>,
    owner: Option<String>,
    due: Option<Date>,
    accepted: usize,
}

/// The page, from the headers of all policies.
pub(super) fn page(pages: &Pages<'_>, headers: &[Header<'_>]) -> Result<String, TemplateError> {
    let scope = pages.site.scope;
    let vocabulary = &scope.collection.vocabulary;
    let mut groups: BTreeMap<(Vec<String>, &str), Group<'_>> = BTreeMap::new();
    for header in headers {
        let policy = scope.collection.policy(header.index);
        let line = Line {
            policy: filled(header),
            order: (header.title.to_lowercase(), header.key),
            href: pages.path(header.index),
            audience: (!policy.audience.is_empty())
                .then(|| joined(&policy.audience.iter().map(|&word| several(vocabulary, word)).collect::<Vec<_>>())),
            status: policy.status.map(|(status, _)| StatusTold::from(status)),
            owner: policy.owner.map(|owner| party(vocabulary, owner)),
            due: policy.review_due().map(Date::from),
            accepted: policy.accepts.len(),
        };
        groups
            .entry((line_of(vocabulary, policy.organisation), header.organisation))
            .or_insert_with(|| Group {
                id: header.organisation,
                label: organisation(scope, header.index),
                policies: Vec::new(),
            })
            .policies
            .push(line);
    }
    let mut organisations: Vec<Group<'_>> = groups.into_values().collect();
    for group in &mut organisations {
        group.policies.sort_by(|a, b| a.order.cmp(&b.order));
    }
    let accepted: usize = scope.collection.policies.iter().map(|policy| policy.accepts.len()).sum();
    let facts = vec![
        count(headers.len(), "policy", "policies"),
        count(organisations.len(), "organisation", "organisations"),
        points(accepted),
    ];
    let mut languages: Vec<&str> = headers.iter().map(|header| header.language).collect();
    languages.sort_unstable();
    languages.dedup();
    let whose = whose(pages, &organisations);
    let data = Index {
        generator: Generator::CLAUSAL,
        settings: pages.settings.into(),
        facts,
        files: count(scope.collection.policies.len(), "policy", "policies"),
        organisations,
    };
    let (mut content, mut foot) = (String::new(), String::new());
    pages.templates.html("index", &data, &mut content)?;
    pages.templates.html("index-foot", &data, &mut foot)?;
    let of = pages.settings.brand.and_then(|brand| brand.name.as_deref()).or(whose);
    let (of_whom, dash) = of.map_or_else(Default::default, |it| (format!(" of {it}"), format!(" – {it}")));
    pages.framed(&Frame {
        // Its own words are English.
        language: match languages.as_slice() {
            [one] if one.starts_with("en") => one,
            _ => "en",
        },
        title: format!("Policies{dash}"),
        description: format!("The policies{of_whom}, with their version, status, owner and next review."),
        running: format!("Policies{of_whom}"),
        skip: "the policies",
        whose,
        content,
        foot,
        ..Frame::default()
    })
}

/// What organisations are sorted by: their names from the top down, so that a school follows its trust.
fn line_of(vocabulary: &Vocabulary, organisation: Option<WordId>) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = organisation;
    // A circle, which is a mistake that has been reported, ends when it has been gone round.
    while let Some(word) = next.filter(|_| names.len() < vocabulary.words.len()) {
        names.push(vocabulary.word(word).label.to_lowercase());
        next = vocabulary.word(word).parents.first().copied();
    }
    names.reverse();
    names
}

/// The organisation above all others, where there is one; or else the only one that has policies.
fn whose<'p>(pages: &'p Pages<'_>, groups: &[Group<'p>]) -> Option<&'p str> {
    let words = &pages.site.scope.collection.vocabulary.words;
    let mut tops = words.iter().filter(|word| word.kind == Kind::Organisation && word.parents.is_empty());
    match (tops.next(), tops.next(), groups) {
        (Some(only), None, _) => Some(&only.label),
        (_, _, [only]) => Some(only.label),
        _ => None,
    }
}

/// `2 accepted points`. A point is a decision: one can settle several findings, and some are found on certain days only.
pub(super) fn points(accepted: usize) -> String {
    count(accepted, "accepted point", "accepted points")
}

fn count(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
