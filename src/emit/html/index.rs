//! The page of the collection: what needs attention, its policies by organisation, and its files for other programs.

mod attention;

use serde::Serialize;
use serde_json::Value;

use super::Pages;
use super::frame::Frame;
use super::policy::Run;
use super::reader;
use crate::emit::desk::{Entry, Standing, anchors, calendar, register};
use crate::emit::json;
use crate::emit::page::{Date, StatusTold, cycle, filled, joined, party, several, the};
use crate::emit::templates::TemplateError;
use crate::emit::view::{Generator, Header};
use crate::model::{Kind, Modality, PartialDate};

use attention::Attention;

/// From how many organisations on the page begins with a list of them.
const MANY: usize = 8;
/// What stands over policies that name no organisation, a mistake that has been reported.
const NOBODYS: &str = "Without an organisation";

#[derive(Serialize)]
struct Index<'p> {
    generator: Generator,
    settings: Run,
    facts: Vec<String>,
    as_of: Option<Date>,
    attention: Attention,
    contents: bool,
    organisations: Vec<Group<'p>>,
    withdrawn: Vec<Line<'p>>,
    files: Vec<File>,
    built: String,
}

#[derive(Serialize)]
struct Group<'p> {
    /// Empty where policies name no organisation.
    id: &'p str,
    label: &'p str,
    count: String,
    /// The page of who must do what, where anybody must do anything.
    readers: Option<String>,
    policies: Vec<Line<'p>>,
}

/// A policy of the index; `policy` is its header as the JSON has it.
#[derive(Serialize)]
struct Line<'p> {
    policy: Value,
    href: String,
    summary: String,
    organisation: &'p str,
    /// Where links to its organisation lead, which has no other place on the page.
    anchor: Option<&'p str>,
    audience: Option<String>,
    status: Option<StatusTold>,
    owner: Option<String>,
    approved: Option<Approved<'p>>,
    due: Option<Date>,
    review: Option<Judged>,
    every: Option<String>,
    accepted: usize,
    until: Option<Date>,
    first_of_several: bool,
    decisions: Option<Judged>,
    rules: Vec<Count>,
}

#[derive(Serialize)]
struct Approved<'p> {
    date: Option<Date>,
    by: Option<String>,
    minute: Option<&'p str>,
}

/// What is said of a date that has passed or is near.
#[derive(Clone, Debug, Serialize)]
struct Judged {
    /// `past` or `soon`, for the stylesheet.
    name: &'static str,
    label: &'static str,
}

/// How many rules of a policy have a modality.
#[derive(Serialize)]
struct Count {
    modality: &'static str,
    count: usize,
}

/// A file for other programs.
#[derive(Serialize)]
struct File {
    href: &'static str,
    label: &'static str,
    format: &'static str,
    what: &'static str,
}

/// The page, from the headers of all policies, in their order, and from what the desk knows of them.
pub(super) fn page(pages: &Pages<'_>, headers: &[Header<'_>], desk: &[Entry<'_>]) -> Result<String, TemplateError> {
    let (withdrawn, standing): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) =
        desk.iter().partition(|entry| entry.policy.is_withdrawn());
    let mut organisations: Vec<Group<'_>> = Vec::new();
    for group in standing.chunk_by(|a, b| a.organisation_id == b.organisation_id) {
        let Some(first) = group.first() else { continue };
        organisations.push(Group {
            id: first.organisation_id,
            label: if first.organisation_id.is_empty() { NOBODYS } else { first.organisation },
            count: count(group.len(), "policy", "policies"),
            readers: pages.readership.with_id(first.organisation_id).map(reader::index),
            policies: group.iter().filter_map(|entry| Line::new(pages, headers, entry)).collect(),
        });
    }
    let mut gone: Vec<Line<'_>> = Vec::new();
    for group in withdrawn.chunk_by(|a, b| a.organisation_id == b.organisation_id) {
        let lines = group.iter().filter_map(|entry| Line::new(pages, headers, entry));
        for (at, mut line) in lines.enumerate() {
            let id = group.first().map(|entry| entry.organisation_id).filter(|id| at == 0 && !id.is_empty());
            line.anchor = id.filter(|id| organisations.iter().all(|group| group.id != *id));
            gone.push(line);
        }
    }
    let whose = whose(pages, desk);
    let data = Index {
        generator: Generator::CLAUSAL,
        settings: pages.settings.into(),
        facts: facts(desk),
        as_of: pages.settings.as_of.map(|day| PartialDate::from_day(day).into()),
        attention: attention::attention(pages, desk),
        contents: organisations.len() >= MANY,
        files: files(pages, desk),
        built: count(desk.len(), "policy", "policies"),
        organisations,
        withdrawn: gone,
    };
    let (mut content, mut foot) = (String::new(), String::new());
    pages.templates.html("index", &data, &mut content)?;
    pages.templates.html("index-foot", &data, &mut foot)?;
    let (of_whom, dash) = whose.map_or_else(Default::default, |it| (format!(" of {it}"), format!(" – {it}")));
    pages.framed(&Frame {
        language: language(headers),
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

/// Whose policies they are: the publisher; or the organisation above all others, where there is one; or else the only
/// one that has policies.
pub(super) fn whose<'p>(pages: &'p Pages<'_>, desk: &[Entry<'p>]) -> Option<&'p str> {
    if let Some(name) = pages.settings.brand.and_then(|brand| brand.name.as_deref()) {
        return Some(name);
    }
    let words = &pages.site.scope.collection.vocabulary.words;
    let mut tops = words.iter().filter(|word| word.kind == Kind::Organisation && word.parents.is_empty());
    if let (Some(only), None) = (tops.next(), tops.next()) {
        return Some(&only.label);
    }
    let first = desk.first()?;
    desk.iter().all(|entry| entry.organisation_id == first.organisation_id).then_some(first.organisation)
}

/// `2 accepted points`. A point is a decision: one can settle several findings, and some are found on certain days only.
pub(super) fn points(accepted: usize) -> String {
    count(accepted, "accepted point", "accepted points")
}

impl<'p> Line<'p> {
    fn new(pages: &Pages<'_>, headers: &[Header<'_>], entry: &Entry<'p>) -> Option<Self> {
        let policy = entry.policy;
        let vocabulary = &pages.site.scope.collection.vocabulary;
        let audience: Vec<&str> = policy.audience.iter().map(|&word| several(vocabulary, word)).collect();
        let first = policy.accepts.iter().filter_map(|accept| entry.standing(accept)).min();
        Some(Line {
            policy: filled(headers.get(entry.id.0 as usize)?),
            href: pages.path(entry.id),
            summary: pages.summary_path(entry.id),
            organisation: entry.organisation,
            anchor: None,
            audience: (!audience.is_empty()).then(|| joined(&audience)),
            status: policy.status.map(|(status, _)| StatusTold::from(status)),
            owner: policy.owner.map(|owner| party(vocabulary, owner)),
            approved: policy.approved.as_ref().map(|approval| Approved {
                date: approval.date.map(Date::from),
                by: (!approval.by.is_empty())
                    .then(|| joined(&approval.by.iter().map(|&word| the(vocabulary, word)).collect::<Vec<_>>())),
                minute: approval.minute.as_deref(),
            }),
            due: entry.due.map(Date::from),
            review: Judged::of(entry.review, "Overdue", "Due soon"),
            every: cycle(policy),
            accepted: policy.accepts.len(),
            until: entry.first_until().map(Date::from),
            first_of_several: policy.accepts.len() > 1,
            decisions: Judged::of(first, "Run out", "Runs out soon"),
            rules: Modality::ALL.into_iter().filter_map(|modality| Count::of(entry, modality)).collect(),
        })
    }
}

impl Judged {
    fn of(standing: Option<Standing>, past: &'static str, soon: &'static str) -> Option<Self> {
        match standing? {
            Standing::Past => Some(Judged { name: "past", label: past }),
            Standing::Soon => Some(Judged { name: "soon", label: soon }),
            Standing::Later => None,
        }
    }
}

impl Count {
    fn of(entry: &Entry<'_>, modality: Modality) -> Option<Self> {
        let count = entry.policy.rules.iter().filter(|rule| rule.modality == modality).count();
        (count > 0).then_some(Count { modality: modality.words(), count })
    }
}

/// What is counted under the title.
fn facts(desk: &[Entry<'_>]) -> Vec<String> {
    let mut organisations: Vec<&str> = desk.iter().map(|entry| entry.organisation_id).collect();
    organisations.dedup();
    organisations.retain(|id| !id.is_empty());
    let withdrawn = desk.iter().filter(|entry| entry.policy.is_withdrawn()).count();
    let policies = count(desk.len(), "policy", "policies");
    vec![
        if withdrawn > 0 { format!("{policies}, {withdrawn} withdrawn") } else { policies },
        count(organisations.len(), "organisation", "organisations"),
        count(desk.iter().map(|entry| entry.policy.rules.len()).sum(), "rule", "rules"),
        points(desk.iter().map(|entry| entry.policy.accepts.len()).sum()),
    ]
}

/// The files for other programs that stand beside the page.
fn files(pages: &Pages<'_>, desk: &[Entry<'_>]) -> Vec<File> {
    let file = |href, label, format, what| File { href, label, format, what };
    let mut files = vec![file(
        register::FILE,
        "Register of policies",
        "CSV",
        "a row for each policy, for Excel and other spreadsheets",
    )];
    if calendar::has_events(desk) {
        files.push(file(
            calendar::FILE,
            "Review dates",
            "ICS",
            "for the calendar of Outlook, Google or Apple: when reviews are due and decisions run out",
        ));
    }
    files.push(file(
        anchors::FILE,
        "Addresses of all pages and clauses",
        "JSON",
        "old addresses too, for whoever checks the links of an intranet",
    ));
    if pages.settings.json {
        files.push(file(json::COLLECTION, "All policies and rules", "JSON", "for other programs"));
        files.push(file(json::RULES, "All rules, one on each line", "JSON lines", "for other programs"));
        files.push(file(json::FINDINGS, "What was found", "JSON", "the findings of the checks, those accepted too"));
    }
    files
}

/// The language of the page: its own words are English.
fn language<'p>(headers: &[Header<'p>]) -> &'p str {
    let first = headers.first().map_or("en", |header| header.language);
    let one = headers.iter().all(|header| header.language == first);
    if one && first.starts_with("en") { first } else { "en" }
}

/// `1 policy`, `1,200 policies`.
fn count(count: usize, one: &str, several: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { several })
}

/// A number with a comma before each group of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        let told = [0, 1, 999, 1_000, 123_456, 1_234_567].map(grouped);
        assert_eq!(told, ["0", "1", "999", "1,000", "123,456", "1,234,567"]);
        assert_eq!(
            (count(1, "policy", "policies"), count(0, "policy", "policies")),
            ("1 policy".into(), "0 policies".into())
        );
    }
}
