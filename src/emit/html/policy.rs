//! The page of a policy: everything round its body.

use serde::Serialize;
use serde_json::Value;

use super::body::Body;
use super::contents::contents;
use super::frame::{Frame, Step};
use super::index::points;
use super::reader::Readers;
use super::{INDEX, Pages, Settings};
use crate::emit::page::{
    Date, Decision, Entry, Row, StatusTold, control, entries, filled, joined, organisation, party, preamble_end,
    several,
};
use crate::emit::prose::{is_safe, spelled};
use crate::emit::templates::TemplateError;
use crate::emit::view::{Generator, Header, PolicyExport};
use crate::model::{PartialDate, Policy, Target};

/// The list of the law behind a policy: its id and heading.
pub(super) const BASIS: (&str, &str) = ("page.basis", "Law and guidance");
/// The list of related policies: its id and heading.
pub(super) const RELATED: (&str, &str) = ("page.related", "Related policies");

/// What the template of the page is given; `policy` is the header as the JSON has it.
#[derive(Serialize)]
struct Page<'p> {
    policy: Value,
    generator: Generator,
    settings: Run,
    organisation: &'p str,
    status: Option<StatusTold>,
    effective: Option<Date>,
    due: Option<Date>,
    readers: Option<Readers>,
    control: Vec<Row>,
    contents: String,
    preamble: String,
    body: String,
    signatories: Vec<String>,
    words: Vec<Entry>,
    history: Vec<Version<'p>>,
    basis: Vec<Outside<'p>>,
    related: Vec<Outside<'p>>,
    accepted: Vec<Decision<'p>>,
    points: String,
    summary: String,
    file: String,
}

#[derive(Serialize)]
pub(super) struct Run {
    errors: usize,
    several: bool,
    markdown: bool,
    json: bool,
    pdf: bool,
}

#[derive(Serialize)]
struct Version<'p> {
    version: &'p str,
    date: Option<Date>,
    change: &'p str,
}

#[derive(Serialize)]
struct Outside<'p> {
    title: &'p str,
    edition: Option<&'p str>,
    href: Option<String>,
}

impl From<Settings<'_>> for Run {
    fn from(settings: Settings<'_>) -> Self {
        let Settings { errors, markdown, json, pdf, .. } = settings;
        Run { errors, several: errors > 1, markdown, json, pdf }
    }
}

/// The page of a policy.
pub(super) fn page(pages: &Pages<'_>, view: &PolicyExport<'_>) -> Result<String, TemplateError> {
    let scope = pages.site.scope;
    let header = &view.policy;
    let id = header.index;
    let policy = scope.collection.policy(id);
    let root = pages.site.root(id);

    let (before, after) = view.body.split_at(preamble_end(&view.body));
    let body = Body::new(pages, view);
    let (mut preamble, mut text) = (String::new(), String::new());
    body.nodes(before, 2, &mut preamble)?;
    body.nodes(after, 2, &mut text)?;

    let accepted: Vec<Decision<'_>> = view.accepted.iter().map(|it| body.accepted(it)).collect();
    let words = entries(pages.address(id), policy);
    let signatories: Vec<String> =
        policy.signatories.iter().map(|&word| party(&scope.collection.vocabulary, word)).collect();
    let parts = [
        ("page.sign-off", "Signatures", signatories.is_empty()),
        ("page.words", "Words used in this policy", words.is_empty()),
        ("page.history", "History", policy.history.is_empty()),
        (BASIS.0, BASIS.1, policy.basis.is_empty()),
        (RELATED.0, RELATED.1, policy.related.is_empty()),
        ("page.accepted", "Accepted points", accepted.is_empty()),
    ];
    let parts: Vec<(&str, &str)> =
        parts.iter().filter(|(.., is_empty)| !is_empty).map(|&(id, heading, _)| (id, heading)).collect();
    let contents = contents(pages, policy, &[("page.control", "Document control")], after, &parts)?;

    let status = policy.status.map(|(status, _)| StatusTold::from(status));
    let organisation = organisation(scope, id);
    let file = pages.site.stem(id).rsplit('/').next().unwrap_or("");
    let data = Page {
        policy: filled(header),
        generator: Generator::CLAUSAL,
        settings: pages.settings.into(),
        organisation,
        status,
        effective: policy.effective.map(|(day, _)| day.into()),
        due: policy.review_due().map(Date::from),
        readers: Readers::of(pages, id),
        control: control(scope, id),
        contents,
        preamble,
        body: text,
        signatories,
        words,
        history: header
            .history
            .iter()
            .map(|it| Version {
                version: it.version,
                date: PartialDate::parse(&it.date).map(Date::from),
                change: it.change,
            })
            .collect(),
        basis: header
            .basis
            .iter()
            .map(|it| Outside { title: it.title, edition: it.edition, href: safe(it.url) })
            .collect(),
        related: related(pages, header),
        points: points(accepted.len()),
        accepted,
        summary: super::summary::from_policy(file),
        file: file.to_owned(),
    };
    let (mut content, mut foot) =
        (String::with_capacity(data.body.len() + data.contents.len() + 16 * 1024), String::new());
    pages.templates.html("policy", &data, &mut content)?;
    pages.templates.html("policy-foot", &data, &mut foot)?;
    let index = format!("{root}{INDEX}");
    pages.framed(&Frame {
        language: header.language,
        title: format!("{} – {organisation}", policy.title),
        description: description(pages, policy, organisation),
        running: running(policy, organisation, status),
        skip: "the policy",
        whose: Some(organisation),
        trail: vec![
            Step::to("All policies", &index),
            match header.organisation {
                "" => Step::to(organisation, &index),
                id => Step::to(organisation, format!("{index}#{id}")),
            },
            Step::here(&policy.title),
        ],
        root,
        content,
        foot,
    })
}

fn related<'p>(pages: &Pages<'_>, header: &Header<'p>) -> Vec<Outside<'p>> {
    let collection = pages.site.scope.collection;
    let outside = |it: &crate::emit::view::Related<'p>| {
        // A related document may be a policy of the same collection: the one of this organisation with this id.
        let key = format!("{}/{}", header.organisation, it.id);
        let own = collection.policies().find(|(_, policy)| policy.key == key).map(|(id, _)| Target::Policy(id));
        let href = safe(it.url).or_else(|| pages.address(header.index).of(own?));
        Outside { title: it.title, edition: None, href }
    };
    header.related.iter().map(outside).collect()
}

fn safe(url: Option<&str>) -> Option<String> {
    url.filter(|url| is_safe(url)).map(|url| spelled(url).into_owned())
}

/// A sentence for search engines and link previews.
fn description(pages: &Pages<'_>, policy: &Policy, organisation: &str) -> String {
    let vocabulary = &pages.site.scope.collection.vocabulary;
    let audience: Vec<&str> = policy.audience.iter().map(|&word| several(vocabulary, word)).collect();
    let whom = if audience.is_empty() { String::new() } else { format!(", for {}", joined(&audience)) };
    format!("{} of {organisation}{whom}.", policy.title)
}

/// What the foot of every printed page says.
pub(super) fn running(policy: &Policy, organisation: &str, status: Option<StatusTold>) -> String {
    let mut running = format!("{organisation} · {}", policy.title);
    if let Some((version, _)) = &policy.version {
        running.push_str(" · version ");
        running.push_str(version);
    }
    if let Some(status) = status {
        running.push_str(" · ");
        running.push_str(&status.label.to_lowercase());
    }
    running
}
