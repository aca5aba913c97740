//! The pages of an organisation's readers: for each what is asked of them, and the table of who must do what.
//!
//! A rule is told once and put into every page it stands on, so that the time these pages take is in proportion to the
//! rules more than to those whom they bind.

mod entry;
mod found;
mod lists;
mod policies;
mod sections;

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::frame::{Frame, Step};
use super::policy::Run;
use super::{Error, INDEX, Pages, matrix, put};
use crate::emit::desk::anchors::{self, PageKind};
use crate::emit::page::{Act, Asked, Organisation, Reader, Standing, capitalised, joined, several};
use crate::emit::templates::TemplateError;
use crate::model::{PolicyId, RuleId, WordId};

pub(super) use found::found;
pub(super) use policies::{Drawn, Readers, from_summary};

use lists::{Due, Follows, OfAct, OfOthers};
use sections::{Only, Section};

/// The folder of these pages in that of an organisation, and the table's page in it.
const FOLDER: &str = "readers";
/// What leads from one of them to the folder of the index.
const ROOT: &str = "../../";

/// An organisation, with what all its pages share.
pub(super) struct Of<'p, 'a> {
    pub pages: &'p Pages<'a>,
    pub organisation: &'p Organisation,
    /// What is done, in the order of the table's rows.
    pub acts: Vec<Act>,
    /// Whether rules come from several policies, so that each names its own.
    pub several: bool,
    standings: HashMap<PolicyId, Standing>,
    /// Whether some of the policies are in force and some are not.
    pub mixed: bool,
    /// Whether none is.
    pub proposed: bool,
    /// The rules that stand on any page, told.
    entries: HashMap<RuleId, String>,
}

#[derive(Serialize)]
struct Page {
    settings: Run,
    heading: String,
    organisation: String,
    also: Option<String>,
    drawn: Vec<Drawn>,
    /// Whether no policy is in force.
    proposed: bool,
    /// The organisations below that these policies speak for too.
    schools: Option<String>,
    elsewhere: Vec<OfOthers>,
    jumps: Vec<Jump>,
    deadlines: Vec<Due>,
    sections: Vec<Section>,
    /// Rules for every kind of the party that there is a word for, and for some of them.
    kinds: Vec<Only>,
    only: Vec<Only>,
    consequences: Vec<Follows>,
    others: Vec<OfOthers>,
    more: Option<String>,
    unread: String,
    acts: Vec<OfAct>,
}

/// A way down the page.
#[derive(Serialize)]
struct Jump {
    href: &'static str,
    label: String,
    count: usize,
    modality: Option<&'static str>,
}

/// Writes every page of every organisation's readers.
pub(super) fn write<W: Write>(
    pages: &Pages<'_>,
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Error> {
    let organisations = pages.readership.organisations.par_iter().filter(|it| !it.readers.is_empty());
    organisations.try_for_each(|organisation| {
        let asked: Vec<Asked> =
            organisation.readers.par_iter().map(|it| pages.readership.asked(organisation, it.party)).collect();
        let of = Of::new(pages, organisation, &asked)?;
        put(create, &index(organisation), matrix::page(&of, &asked)?.as_bytes())?;
        organisation.readers.par_iter().zip(&asked).try_for_each(|(reader, asked)| {
            put(create, &path(organisation, reader), of.page(reader, asked)?.as_bytes())?;
            Ok(())
        })
    })
}

/// What the list of all pages says of these.
pub(super) fn listed<'p>(pages: &'p Pages<'_>) -> impl Iterator<Item = anchors::Page<'p>> {
    let vocabulary = &pages.site.scope.collection.vocabulary;
    pages.readership.organisations.iter().filter(|it| !it.readers.is_empty()).flat_map(move |organisation| {
        let table = format!("{} – {}", matrix::TITLE, organisation.label);
        let table = anchors::other(index(organisation), PageKind::Matrix, table);
        let readers = organisation.readers.iter().map(move |reader| {
            let title = format!("{} – {}", capitalised(several(vocabulary, reader.party)), organisation.label);
            anchors::other(path(organisation, reader), PageKind::Reader, title)
        });
        [table].into_iter().chain(readers)
    })
}

/// The path of a reader's page.
fn path(organisation: &Organisation, reader: &Reader) -> String {
    format!("{}/{FOLDER}/{}.html", organisation.id, reader.stem)
}

/// The path of an organisation's table.
pub(super) fn index(organisation: &Organisation) -> String {
    format!("{}/{FOLDER}/{INDEX}", organisation.id)
}

impl<'p, 'a> Of<'p, 'a> {
    fn new(pages: &'p Pages<'a>, organisation: &'p Organisation, asked: &[Asked]) -> Result<Self, TemplateError> {
        let collection = pages.site.scope.collection;
        let standings: HashMap<PolicyId, Standing> = organisation
            .policies
            .iter()
            .map(|&id| (id, Standing::of(collection.policy(id), pages.settings.as_of)))
            .collect();
        let in_force = standings.values().filter(|standing| standing.is_in_force()).count();
        let mut of = Of {
            pages,
            organisation,
            acts: pages.readership.acts(organisation),
            several: organisation.policies.len() > 1,
            mixed: in_force > 0 && in_force < standings.len(),
            proposed: in_force == 0,
            standings,
            entries: HashMap::new(),
        };
        let told: BTreeSet<RuleId> = asked.iter().flat_map(Asked::told).collect();
        let told: Vec<RuleId> = told.into_iter().collect();
        of.entries =
            told.par_iter().map(|&id| Ok((id, of.entry(id)?))).collect::<Result<HashMap<_, _>, TemplateError>>()?;
        Ok(of)
    }

    /// The page of one party.
    fn page(&self, reader: &Reader, asked: &Asked) -> Result<String, TemplateError> {
        let vocabulary = &self.pages.site.scope.collection.vocabulary;
        let heading = capitalised(several(vocabulary, reader.party));
        let label = &self.organisation.label;
        let (kinds, only) = self.only(reader, asked);
        let (others, more) = self.others(asked);
        let mut data = Page {
            settings: self.pages.settings.into(),
            organisation: label.clone(),
            also: self.also(reader),
            drawn: self.drawn(),
            proposed: self.proposed,
            schools: self.with(),
            elsewhere: self.elsewhere(asked),
            jumps: Vec::new(),
            deadlines: self.deadlines(asked),
            sections: self.sections(asked),
            consequences: self.consequences(asked),
            unread: self.entries(&asked.unread),
            acts: self.of_acts(reader, asked),
            heading,
            kinds,
            only,
            others,
            more,
        };
        data.jumps = jumps(&data, asked);
        let (mut content, mut foot) = (String::with_capacity(64 * 1024), String::new());
        self.pages.templates.html("reader", &data, &mut content)?;
        self.pages.templates.html("reader-foot", &data, &mut foot)?;
        let Page { heading, .. } = data;
        self.pages.framed(&Frame {
            language: self.language(),
            title: format!("{heading}: what is asked of you – {label}"),
            description: format!("What the policies of {label} ask of {}.", several(vocabulary, reader.party)),
            running: format!("{label} · What is asked of {}", several(vocabulary, reader.party)),
            root: ROOT.to_owned(),
            skip: "what is asked of you",
            whose: Some(label),
            trail: vec![
                Step::to("All policies", format!("{ROOT}{INDEX}")),
                Step::to(label, format!("{ROOT}{INDEX}#{}", self.organisation.id)),
                Step::to(matrix::TITLE, INDEX),
                Step::here(&heading),
            ],
            content,
            foot,
        })
    }

    /// Who else the page of a reader is for, since nothing names them.
    pub fn also(&self, reader: &Reader) -> Option<String> {
        let vocabulary = &self.pages.site.scope.collection.vocabulary;
        let also: Vec<&str> = reader.also.iter().map(|&word| several(vocabulary, word)).collect();
        (!also.is_empty()).then(|| joined(&also))
    }

    /// The organisations without policies of their own that these hold for.
    pub fn with(&self) -> Option<String> {
        (!self.organisation.with.is_empty()).then(|| joined(&self.organisation.with))
    }

    /// The language of pages whose own words are English: the policies' where that is one kind of English.
    pub fn language(&self) -> &'p str {
        let collection = self.pages.site.scope.collection;
        let mut languages = self.organisation.policies.iter().map(|&id| collection.policy(id).language.as_str());
        let first = languages.next().filter(|it| it.starts_with("en")).unwrap_or("en");
        if languages.all(|it| it == first) { first } else { "en" }
    }

    /// Whether a rule is in force, and what a reader has to know where it is not.
    pub fn standing(&self, policy: PolicyId) -> &Standing {
        self.standings.get(&policy).unwrap_or(&Standing::InForce)
    }

    /// The address of a reader's page from another of these pages; that of the table where the party has none.
    pub fn reader_page(&self, organisation: &Organisation, party: WordId) -> String {
        let stem = organisation.reader(party).map_or("index", |reader| reader.stem.as_str());
        if organisation.id == self.organisation.id {
            return format!("{stem}.html");
        }
        format!("{ROOT}{}/{FOLDER}/{stem}.html", organisation.id)
    }
}

/// The ways down a page: to each modality, and to what else it has.
fn jumps(page: &Page, asked: &Asked) -> Vec<Jump> {
    let of_modality = page.sections.iter().map(|section| Jump {
        href: section.href,
        label: section.label.clone(),
        count: section.count,
        modality: Some(section.modality),
    });
    let other = |href, label: &str, count| Jump { href, label: label.to_owned(), count, modality: None };
    let count = |groups: &[Only]| groups.iter().map(|only| only.rules).sum();
    let others = [
        other("#page.when", "By when", page.deadlines.len()),
        other("#page.kinds", "For each kind of you", count(&page.kinds)),
        other("#page.only", "Only for some of you", count(&page.only)),
        other("#page.unread", "Not read in full", asked.unread.len()),
        other("#page.breach", "What can happen", page.consequences.len()),
        other("#page.others", "What others owe you or ask of you", asked.named.len()),
        other("#page.acts", "By what you do", page.acts.len()),
    ];
    of_modality.chain(others).filter(|jump| jump.count > 0 || jump.modality.is_some()).collect()
}
