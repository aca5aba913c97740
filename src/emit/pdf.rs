//! PDF: a document for each policy, set and tagged by Typst as PDF/UA-1, for those who print, sign and file.
//!
//! What a policy says is handed to the templates as values, a file of JSON in a world that holds nothing but it, the
//! templates and the fonts: no text of an author is ever code, no file is opened, and no network, clock or font of the
//! machine is asked. The same sources give the same bytes. Links lead to places of the same document and to the web; what
//! stands in another policy is named instead, since a PDF travels alone.

mod body;
mod document;
mod fonts;
mod links;
mod lists;
mod ready;
mod world;

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;

use self::world::Workshop;
use super::brand::Brand;
use super::page::{Address, Format, Site};
use super::templates::{TemplateError, Templates};
use super::view::{self, Hashes, PolicyExport, Scope};
use crate::model::PolicyId;

/// What a document says of the run that made it, and of those who publish it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings<'s> {
    /// The name, logo and colour of whoever publishes it.
    pub brand: Option<&'s Brand>,
    /// How many errors its sources have, where it was made in spite of them.
    pub errors: usize,
}

/// Why documents could not be written.
#[derive(Debug)]
pub enum Error {
    /// A template is at fault.
    Template(TemplateError),
    /// A text or a font is.
    Text(TextError),
    /// A writer failed.
    Io(io::Error),
}

/// Why a policy's text cannot be shown, or a font not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// The documents of a collection.
pub struct Documents<'a> {
    site: Site<'a>,
    workshop: Workshop,
    settings: Settings<'a>,
}

/// Writes every file of the format. `create` gives the writer for a path, which is relative and has `/` between its
/// parts; it is called once for each path, from several threads.
///
/// # Errors
/// The first template at fault, the first text that no font can show, or the first error of a writer; some files may
/// have been written by then.
pub fn write<W: Write>(
    scope: Scope<'_>,
    templates: &Templates,
    settings: Settings<'_>,
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Error> {
    let documents = Documents::new(scope, templates, settings)?;
    let policies: Vec<PolicyId> = scope.collection.policies().map(|(id, _)| id).collect();
    policies.par_iter().try_for_each(|&id| -> Result<(), Error> {
        let hashes = Hashes::of(scope.collection, scope.collection.policy(id));
        let bytes = documents.policy(&view::policy(scope, id, &hashes))?;
        let mut file = create(&documents.path(id))?;
        file.write_all(&bytes)?;
        file.flush()?;
        Ok(())
    })
}

impl<'a> Documents<'a> {
    /// Makes ready what all documents share.
    ///
    /// # Errors
    /// A font among the templates that is none.
    pub fn new(scope: Scope<'a>, templates: &Templates, settings: Settings<'a>) -> Result<Self, Error> {
        let logo = settings.brand.and_then(|brand| brand.logo.as_ref());
        Ok(Documents { site: Site::new(scope), workshop: Workshop::new(templates, logo)?, settings })
    }

    /// The path of a policy's document.
    pub fn path(&self, policy: PolicyId) -> String {
        format!("{}.pdf", self.site.stem(policy))
    }

    /// The document of a policy.
    ///
    /// # Errors
    /// A template at fault, or a text that no font can show.
    pub fn policy(&self, view: &PolicyExport<'_>) -> Result<Vec<u8>, Error> {
        let data = document::document(self, view)?;
        self.workshop.make(view.policy.key, data)
    }

    fn address(&self, from: PolicyId) -> Address<'_, 'a> {
        // Its ids are those of the HTML: one for every place.
        Address { site: &self.site, from, format: Format::Html }
    }
}

impl From<TemplateError> for Error {
    fn from(error: TemplateError) -> Self {
        Error::Template(error)
    }
}

impl From<TextError> for Error {
    fn from(error: TextError) -> Self {
        Error::Text(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Io(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Template(error) => error.fmt(f),
            Error::Text(error) => f.write_str(&error.message),
            Error::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
