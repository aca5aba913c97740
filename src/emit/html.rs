//! HTML: an index of the collection, for each policy its page and its summary, a page for each of their readers, the
//! stylesheet, a search in them, and the files of the trust's desk.
//!
//! Pages need no network and, but for the search, no script, and lead to each other by relative addresses, so that they
//! work from a folder as they do from a server. The caller gives writers; no file is opened here.

mod body;
mod contents;
mod frame;
mod index;
mod links;
mod matrix;
mod policy;
mod reader;
mod search;
mod style;
mod summary;
mod tags;

use std::io::{self, Write};

use jiff::civil::Date;
use rayon::prelude::*;

use super::brand::Brand;
use super::desk::{self, anchors, calendar, register};
use super::page::{Format, Readership, Site, gloss};
use super::templates::{TemplateError, Templates};
use super::view::{self, Hashes, Header, PolicyExport, Scope};
use crate::model::{PolicyId, WordId};

pub use search::{SCRIPT, SEARCH};
pub(super) use style::in_colour;

/// The page of the whole collection.
pub const INDEX: &str = "index.html";
/// The stylesheet of all pages.
pub const STYLE: &str = "style.css";

/// What pages say of the run that made them, and of those who publish them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings<'s> {
    /// The name, logo and colour of whoever publishes them.
    pub brand: Option<&'s Brand>,
    /// The day that reviews are judged against; without one, none is called due or overdue.
    pub as_of: Option<Date>,
    /// How many errors its sources have, where it was made in spite of them.
    pub errors: usize,
    /// Whether the Markdown of each policy stands beside its page.
    pub markdown: bool,
    /// Whether the JSON of each policy does.
    pub json: bool,
    /// Whether the PDF of each policy does.
    pub pdf: bool,
}

/// Why pages could not be written.
#[derive(Debug)]
pub enum Error {
    /// A template is at fault.
    Template(TemplateError),
    /// A writer failed.
    Io(io::Error),
}

/// The pages of a collection.
#[derive(Debug)]
pub struct Pages<'a> {
    site: Site<'a>,
    templates: &'a Templates,
    settings: Settings<'a>,
    readership: Readership<'a>,
    /// For each word what a reader sees when pointing at it.
    glosses: Vec<String>,
}

/// Writes every file of the format. `create` gives the writer for a path, which is relative and has `/` between its
/// parts; it is called once for each path, from several threads.
///
/// # Errors
/// The first template at fault, or the first error of a writer; some files may have been written by then.
pub fn write<W: Write>(
    scope: Scope<'_>,
    templates: &Templates,
    settings: Settings<'_>,
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Error> {
    let pages = Pages::new(scope, templates, settings);
    let policies: Vec<PolicyId> = scope.collection.policies().map(|(id, _)| id).collect();
    let made = policies
        .par_iter()
        .map(|&id| {
            let hashes = Hashes::of(scope.collection, scope.collection.policy(id));
            let view = view::policy(scope, id, &hashes);
            put(create, &pages.path(id), pages.policy(&view)?.as_bytes())?;
            put(create, &pages.summary_path(id), pages.summary(&view)?.as_bytes())?;
            let found = search::found(&pages, &view);
            Ok((view.policy, found))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let (headers, mut found): (Vec<Header<'_>>, Vec<search::Found<'_>>) = made.into_iter().unzip();
    found.extend(reader::found(&pages));
    search::write(&pages, &found, create)?;
    reader::write(&pages, create)?;
    let desk = desk::entries(&pages.site, settings.as_of);
    put(create, INDEX, index::page(&pages, &headers, &desk)?.as_bytes())?;
    put(create, register::FILE, register::register(&pages.site, &desk, settings.as_of).as_bytes())?;
    if let Some(calendar) = calendar::calendar(&pages.site, &desk, index::whose(&pages, &desk)) {
        put(create, calendar::FILE, calendar.as_bytes())?;
    }
    let mut anchors = create(anchors::FILE)?;
    let summaries = scope
        .collection
        .policies()
        .map(|(id, policy)| anchors::about(policy, pages.summary_path(id), anchors::PageKind::Summary));
    anchors::write(&pages.site, &desk, summaries.chain(reader::listed(&pages)), &mut anchors)?;
    anchors.flush()?;
    put(create, STYLE, pages.style().as_bytes())?;
    if let Some(logo) = settings.brand.and_then(|brand| brand.logo.as_ref()) {
        put(create, logo.file(), &logo.bytes)?;
    }
    Ok(())
}

/// Writes one file.
fn put<W: Write>(create: &impl Fn(&str) -> io::Result<W>, path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.flush()
}

impl<'a> Pages<'a> {
    /// Makes ready what all pages share.
    pub fn new(scope: Scope<'a>, templates: &'a Templates, settings: Settings<'a>) -> Self {
        let vocabulary = &scope.collection.vocabulary;
        let glosses = (0..vocabulary.words.len()).map(|at| gloss(vocabulary, WordId(at as u32))).collect();
        let readership = Readership::of(scope.collection);
        Pages { site: Site::new(scope), templates, settings, readership, glosses }
    }

    /// The path of a policy's page.
    pub fn path(&self, policy: PolicyId) -> String {
        format!("{}.html", self.site.stem(policy))
    }

    /// The page of a policy.
    ///
    /// # Errors
    /// A template at fault.
    pub fn policy(&self, view: &PolicyExport<'_>) -> Result<String, TemplateError> {
        policy::page(self, view)
    }

    fn address(&self, from: PolicyId) -> super::page::Address<'_, 'a> {
        super::page::Address { site: &self.site, from, format: Format::Html }
    }
}

impl From<TemplateError> for Error {
    fn from(error: TemplateError) -> Self {
        Error::Template(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Io(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Template(error) => error.fmt(f),
            Error::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
