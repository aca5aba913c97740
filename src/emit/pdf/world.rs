//! The world that Typst sees: the templates, the fonts, the logo and one file of data. There is nothing else in it.

use std::collections::BTreeMap;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fonts::Fonts;
use super::{Error, TextError, ready};
use crate::emit::brand::Logo;
use crate::emit::templates::{PDF, TemplateError, Templates};

/// The template that a document begins with.
pub(super) const MAIN: &str = "pdf/policy.typ";
/// The name of the data in the world of the templates.
const DATA: &str = "policy.json";
/// What Typst says of a picture that is none.
const PICTURE: [&str; 3] = ["failed to parse SVG", "failed to decode image", "unknown image format"];
/// How many of the characters that no font has are named.
const MOST_NAMED: usize = 8;

/// What all documents are made with.
pub(super) struct Workshop {
    library: LazyHash<Library>,
    fonts: Fonts,
    main: FileId,
    data: FileId,
    logo: Option<(FileId, Bytes)>,
    sources: BTreeMap<String, Source>,
    standards: PdfStandards,
}

/// The world of one document.
struct Desk<'w> {
    workshop: &'w Workshop,
    data: Bytes,
}

impl Workshop {
    /// Makes ready what all documents share.
    pub fn new(templates: &Templates, logo: Option<&Logo>) -> Result<Self, Error> {
        let logo = logo.map(|logo| Ok::<_, TemplateError>((id(logo.file())?, Bytes::new(logo.bytes.clone()))));
        let mut sources = BTreeMap::new();
        for (name, text) in templates.pdf() {
            let below = name.strip_prefix(PDF).unwrap_or(name);
            sources.insert(below.to_owned(), Source::new(id(below)?, text.to_owned()));
        }
        let standards = PdfStandards::new(&[PdfStandard::V_1_7, PdfStandard::Ua_1])
            .map_err(|error| fault(MAIN, None, error.message().to_string()))?;
        // The scope of a header cell that stands for its row is one of the extras.
        let features = [Feature::A11yExtras].into_iter().collect();
        Ok(Workshop {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            fonts: Fonts::new(templates.fonts())?,
            main: id(MAIN.strip_prefix(PDF).unwrap_or(MAIN))?,
            data: id(DATA)?,
            logo: logo.transpose()?,
            sources,
            standards,
        })
    }

    /// A document from its data; `key` is that of its policy.
    ///
    /// # Errors
    /// A template at fault, or a character that no font has.
    pub fn make(&self, key: &str, mut data: Value) -> Result<Vec<u8>, Error> {
        let missing = ready::ready(&mut data, &self.fonts);
        if !missing.is_empty() {
            return Err(Error::Text(not_shown(key, missing.into_iter().collect())));
        }
        let desk = Desk { workshop: self, data: Bytes::from_string(data.to_string()) };
        let made = desk.make(key);
        // What Typst remembers of one document is of no use to the next.
        typst::comemo::evict(0);
        made
    }
}

impl Desk<'_> {
    fn make(&self, key: &str) -> Result<Vec<u8>, Error> {
        let made = typst::compile::<PagedDocument>(self);
        let document = made.output.map_err(|errors| self.told(&errors))?;
        // A font there is not, or pages that do not come to rest: nobody would notice on the page.
        if !made.warnings.is_empty() {
            return Err(self.told(&made.warnings));
        }
        let options = PdfOptions {
            ident: Smart::Custom(format!("urn:clausal:{key}")),
            creator: Smart::Custom(Some(format!("Clausal {}", env!("CARGO_PKG_VERSION")))),
            standards: self.workshop.standards.clone(),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| self.told(&errors))
    }

    /// The first of some mistakes, as a mistake of a template.
    fn told(&self, errors: &[SourceDiagnostic]) -> Error {
        // One of the templates' is of more use than one without a place.
        let placed = errors.iter().find(|error| self.place(error).is_some());
        let Some(error) = placed.or(errors.first()) else {
            return fault(MAIN, None, "it makes no document".to_owned()).into();
        };
        let mut message = error.message.to_string();
        for hint in &error.hints {
            message.push_str("; ");
            message.push_str(&hint.v);
        }
        match self.place(error) {
            Some((name, line)) => fault(&format!("{PDF}{name}"), Some(line), message).into(),
            // There is no other picture in this world.
            None if self.workshop.logo.is_some() && PICTURE.iter().any(|words| message.starts_with(words)) => {
                Error::Text(TextError {
                    message: format!("the logo cannot be shown: {message}"),
                    help: "save it again, as SVG, PNG or JPEG".to_owned(),
                })
            }
            None => fault(MAIN, None, message).into(),
        }
    }

    /// The template and the line a mistake is in; of one in a library of Typst's that of the call that led to it.
    fn place(&self, error: &SourceDiagnostic) -> Option<(String, usize)> {
        let trace = error.trace.iter().map(|point| point.span.into());
        std::iter::once(error.span).chain(trace).find_map(|span| {
            let source = self.source(span.id()?).ok()?;
            let line = source.lines().byte_to_line(self.range(span)?.start)?;
            Some((source.id().vpath().get_without_slash().to_owned(), line + 1))
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.workshop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.workshop.fonts.book
    }

    fn main(&self) -> FileId {
        self.workshop.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.workshop.sources.get(id.vpath().get_without_slash());
        found.filter(|_| *id.root() == VirtualRoot::Project).cloned().ok_or_else(|| none(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.workshop.data {
            return Ok(self.data.clone());
        }
        if let Some((logo, bytes)) = &self.workshop.logo
            && id == *logo
        {
            return Ok(bytes.clone());
        }
        self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.workshop.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // The same sources give the same bytes on every day.
        None
    }
}

fn id(name: &str) -> Result<FileId, TemplateError> {
    let path = VirtualPath::new(name).map_err(|error| fault(&format!("{PDF}{name}"), None, error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn none(id: FileId) -> FileError {
    if *id.root() != VirtualRoot::Project {
        return FileError::Other(Some("there are no packages here".into()));
    }
    FileError::NotFound(id.vpath().get_without_slash().into())
}

fn fault(template: &str, line: Option<usize>, message: String) -> TemplateError {
    TemplateError { template: template.to_owned(), line, message }
}

fn not_shown(key: &str, missing: Vec<char>) -> TextError {
    let named: Vec<String> =
        missing.iter().take(MOST_NAMED).map(|&c| format!("`{c}` (U+{:04X})", u32::from(c))).collect();
    let more =
        if missing.len() > MOST_NAMED { format!(" and {} more", missing.len() - MOST_NAMED) } else { String::new() };
    TextError {
        message: format!("the PDF of `{key}` cannot show {}{more}: none of its fonts has it", named.join(", ")),
        help: "put a font that has it, a `.ttf` or `.otf` file, into the folder `pdf/fonts` of your templates"
            .to_owned(),
    }
}
