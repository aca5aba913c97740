//! A policy on one page of paper, for whoever has two minutes; below it, on a screen, the policy as pictures.
//!
//! Nothing is written here that the policy does not say: its own fields, how its own text begins, its own rules. What is
//! left out is counted, so that nobody takes the page for the whole.

mod choice;
mod panel;
mod paper;

use serde::Serialize;
use serde_json::Value;

use super::frame::{Frame, Step};
use super::policy::{Run, running};
use super::{INDEX, Pages};
use crate::emit::page::{Date, Row, StatusTold, control, filled, number, organisation};
use crate::emit::templates::TemplateError;
use crate::emit::view::prose::title;
use crate::emit::view::{Generator, Node, PolicyExport, Prose};
use crate::model::{BlockKind, Modality, PolicyId, RuleId, Target};
use choice::Choice;
use panel::Panel;
use paper::Paper;

/// The rows of the document control that the facts below the title do not tell.
const KEY: &[&str] =
    &["Organisation", "For", "Owner", "Contact", "Approved", "Where this policy is silent", "Still to be filled in"];

/// The longest beginning that is quoted, in bytes.
const OPENING: usize = 420;

/// What the template is given; `policy` is the header as the JSON has it.
#[derive(Serialize)]
struct Summary<'p> {
    policy: Value,
    generator: Generator,
    settings: Run,
    organisation: &'p str,
    whole: String,
    status: Option<StatusTold>,
    effective: Option<Date>,
    due: Option<Date>,
    key: Vec<Row>,
    opening: Option<Opening>,
    parts: Vec<Part<'p>>,
    rules: usize,
    counts: Vec<Count>,
    timed: Vec<Told<'p>>,
    timed_more: usize,
    lists: Vec<List<'p>>,
    left: Option<String>,
    several_left: bool,
    panels: Vec<Panel>,
}

/// How the text of the policy begins.
#[derive(Serialize)]
struct Opening {
    text: String,
    href: String,
    place: Option<String>,
}

/// A section or annex.
#[derive(Serialize)]
struct Part<'p> {
    number: Option<String>,
    heading: &'p str,
    href: String,
}

/// How many rules there are of a force.
#[derive(Serialize)]
struct Count {
    modality: &'static str,
    label: String,
    all: usize,
    here: usize,
    elsewhere: usize,
}

/// The rules of a force that weigh most.
#[derive(Serialize)]
struct List<'p> {
    modality: &'static str,
    label: String,
    rules: Vec<Told<'p>>,
    more: usize,
}

/// A rule.
#[derive(Serialize)]
struct Told<'p> {
    key: &'p str,
    before: &'p str,
    modality: &'static str,
    after: &'p str,
    breach: Option<&'p str>,
    href: String,
    place: String,
}

impl Pages<'_> {
    /// The path of a policy's summary.
    pub fn summary_path(&self, policy: PolicyId) -> String {
        let stem = self.site.stem(policy);
        match stem.rsplit_once('/') {
            Some((folder, file)) => format!("{folder}/summaries/{file}.html"),
            None => format!("summaries/{stem}.html"),
        }
    }

    /// The summary of a policy.
    ///
    /// # Errors
    /// A template at fault.
    pub fn summary(&self, view: &PolicyExport<'_>) -> Result<String, TemplateError> {
        page(self, view)
    }
}

/// What leads from a policy's page to its summary.
pub(super) fn from_policy(file: &str) -> String {
    format!("summaries/{file}.html")
}

/// The page.
fn page(pages: &Pages<'_>, view: &PolicyExport<'_>) -> Result<String, TemplateError> {
    let scope = pages.site.scope;
    let header = &view.policy;
    let id = header.index;
    let policy = scope.collection.policy(id);
    let root = format!("../{}", pages.site.root(id));
    let file = pages.site.stem(id).rsplit('/').next().unwrap_or("");
    let links = Links { pages, id, whole: format!("../{file}.html") };

    let status = policy.status.map(|(status, _)| StatusTold::from(status));
    let organisation = organisation(scope, id);
    let key: Vec<Row> = control(scope, id).into_iter().filter(|row| KEY.contains(&row.label)).collect();
    let opening = opening(&links, view);
    let parts: Vec<Part<'_>> = view.body.iter().filter_map(|node| links.part(node)).collect();

    let forces = counts(view, &[]).len();
    let headings = parts.iter().map(|it| it.heading);
    let mut paper =
        Paper::new(&policy.title, status.and_then(|it| it.notice), headings, forces, pages.settings.errors > 0);
    let about = paper::about(&key, opening.as_ref().map(|it| it.text.as_str()));
    let choice = Choice::new(scope.collection, view, &mut paper, about);
    let here: Vec<RuleId> = choice.shown().collect();
    let counts = counts(view, &here);
    let left: Vec<String> =
        counts.iter().filter(|it| it.elsewhere > 0).map(|it| format!("{} {}", it.elsewhere, it.modality)).collect();

    let data = Summary {
        policy: filled(header),
        generator: Generator::CLAUSAL,
        settings: pages.settings.into(),
        organisation,
        status,
        effective: policy.effective.map(|(day, _)| day.into()),
        due: policy.review_due().map(Date::from),
        key,
        opening,
        parts,
        rules: view.rules.len(),
        timed: choice.timed.iter().filter_map(|&rule| links.told(view, rule)).collect(),
        timed_more: choice.timed_more,
        lists: choice
            .lists
            .iter()
            .map(|list| List {
                modality: list.modality.words(),
                label: crate::emit::page::capitalised(list.modality.words()),
                rules: list.rules.iter().filter_map(|&rule| links.told(view, rule)).collect(),
                more: list.more,
            })
            .collect(),
        several_left: counts.iter().map(|it| it.elsewhere).sum::<usize>() > 1,
        left: (!left.is_empty()).then(|| crate::emit::page::joined(&left)),
        counts,
        panels: panel::panels(&links),
        whole: links.whole.clone(),
    };
    let (mut content, mut foot) = (String::with_capacity(64 * 1024), String::new());
    pages.templates.html("summary", &data, &mut content)?;
    pages.templates.html("picture", &data, &mut content)?;
    pages.templates.html("summary-foot", &data, &mut foot)?;
    let index = format!("{root}{INDEX}");
    pages.framed(&Frame {
        language: header.language,
        title: format!("{}: summary – {organisation}", policy.title),
        description: format!("The {} of {organisation} on one page.", policy.title),
        running: running(policy, organisation, status),
        skip: "the summary",
        whose: Some(organisation),
        trail: vec![
            Step::to("All policies", &index),
            match header.organisation {
                "" => Step::to(organisation, &index),
                id => Step::to(organisation, format!("{index}#{id}")),
            },
            Step::to(&policy.title, &data.whole),
            Step::here("Summary"),
        ],
        root,
        content,
        foot,
    })
}

/// Leads from the summary into the policy.
struct Links<'p, 'a> {
    pages: &'p Pages<'a>,
    id: PolicyId,
    /// The address of the policy's page.
    whole: String,
}

impl Links<'_, '_> {
    fn rule(&self, rule: RuleId) -> String {
        format!("{}#{}", self.whole, self.pages.address(self.id).rule(rule))
    }

    /// What the place of a rule is called.
    fn place(&self, rule: RuleId) -> String {
        let scope = self.pages.site.scope;
        title(scope, scope.collection.policy(self.id), Target::Rule(rule)).into_owned()
    }

    fn told<'v>(&self, view: &'v PolicyExport<'_>, id: RuleId) -> Option<Told<'v>> {
        let rule = view.rules.get(id.index as usize)?;
        Some(Told {
            key: rule.key,
            before: &rule.told.before,
            modality: rule.told.modality,
            after: &rule.told.after,
            breach: rule.told.breach.as_deref(),
            href: self.rule(id),
            place: self.place(id),
        })
    }

    fn part<'v>(&self, node: &Node<'v>) -> Option<Part<'v>> {
        let (Node::Section(block) | Node::Annex(block) | Node::Clause(block)) = node else { return None };
        let policy = self.pages.site.scope.collection.policy(self.id);
        let it = policy.block(block.index);
        Some(Part {
            // An annex is told by its heading, which often says "Annex" itself.
            number: number(policy, block.index)
                .filter(|_| it.kind != BlockKind::Annex)
                .map(std::borrow::Cow::into_owned),
            heading: block.heading?,
            href: format!("{}#{}", self.whole, it.path),
        })
    }
}

/// The first paragraph of the policy, where it is short enough and whole by itself.
fn opening(links: &Links<'_, '_>, view: &PolicyExport<'_>) -> Option<Opening> {
    let (prose, place) = first_prose(&view.body, None)?;
    let text = prose.text.lines().next()?.trim();
    if text.is_empty() || text.len() > OPENING || !text.ends_with(['.', '!', '?']) {
        return None;
    }
    let policy = links.pages.site.scope.collection.policy(links.id);
    let href = match place {
        Some(block) => format!("{}#{}", links.whole, policy.block(block).path),
        None => links.whole.clone(),
    };
    Some(Opening {
        text: text.to_owned(),
        href,
        place: place.and_then(|it| number(policy, it)).map(|it| it.into_owned()),
    })
}

type Place = Option<crate::model::BlockIdx>;

/// The first prose of the document, and the block it stands in.
fn first_prose<'n, 'v>(nodes: &'n [Node<'v>], place: Place) -> Option<(&'n Prose<'v>, Place)> {
    nodes.iter().find_map(|node| match node {
        Node::Prose(prose) => Some((prose, place)),
        Node::Section(block) | Node::Annex(block) | Node::Clause(block) => {
            first_prose(&block.children, Some(block.index))
        }
        _ => None,
    })
}

/// How many rules of each force there are, here and elsewhere.
fn counts(view: &PolicyExport<'_>, here: &[RuleId]) -> Vec<Count> {
    let of = |modality: Modality| {
        let all = view.rules.iter().filter(|rule| rule.modality == modality.words()).count();
        let is = |id: &&RuleId| view.rules.get(id.index as usize).is_some_and(|rule| rule.modality == modality.words());
        let here = here.iter().filter(is).count();
        let label = crate::emit::page::capitalised(modality.words());
        Count { modality: modality.words(), label, all, here, elsewhere: all - here }
    };
    Modality::ALL.into_iter().map(of).filter(|count| count.all > 0).collect()
}
