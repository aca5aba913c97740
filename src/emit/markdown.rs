//! Markdown: a document for each policy that Pandoc turns into HTML, DOCX and PDF as it stands, and that reads well on
//! GitHub too.
//!
//! It holds no raw HTML. A stylesheet for Pandoc's PDF stands beside the documents. Headings have ids, and so has every clause without one that something leads to. The caller gives
//! writers; no file is opened here.

mod body;
mod links;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use self::body::Body;
use super::html::Error;
use super::page::{
    Address, Date, Decision, Entry, Format, Piece, Site, StatusTold, control, entries, filled, organisation, party,
};
use super::prose::is_safe;
use super::templates::{TemplateError, Templates};
use super::view::{self, Generator, Hashes, PolicyExport, Scope};
use crate::model::{PartialDate, PolicyId};

/// The stylesheet that gives a PDF its page numbers: `pandoc --css print.css`. The documents do not name it themselves,
/// since Pandoc would look for it in whatever folder it is started from.
pub const PRINT: &str = "print.css";

/// The documents of a collection.
#[derive(Debug)]
pub struct Documents<'a> {
    site: Site<'a>,
    templates: &'a Templates,
    errors: usize,
}

/// What the template of a document is given; `policy` is the header as the JSON has it.
#[derive(Serialize)]
struct Document<'p> {
    policy: Value,
    generator: Generator,
    errors: usize,
    several: bool,
    organisation: &'p str,
    subtitle: String,
    date: Option<Date>,
    status: Option<StatusTold>,
    control: Vec<Row>,
    control_rule: Rule,
    body: String,
    signatories: Vec<String>,
    words: Vec<Entry>,
    history: Vec<Version<'p>>,
    history_rule: Rule,
    basis: Vec<Outside<'p>>,
    related: Vec<Outside<'p>>,
    accepted: Vec<Decision<'p>>,
}

#[derive(Serialize)]
struct Row {
    label: &'static str,
    value: String,
}

/// The dashes under the head of a table, in proportion to what its columns hold and the space beside it.
#[derive(Serialize)]
struct Rule {
    columns: Vec<String>,
}

#[derive(Serialize)]
struct Version<'p> {
    version: &'p str,
    date: String,
    change: &'p str,
}

#[derive(Serialize)]
struct Outside<'p> {
    title: &'p str,
    edition: Option<&'p str>,
    href: Option<String>,
}

/// Writes every file of the format; `errors` is how many errors the sources have, where the documents are made in spite
/// of them. `create` gives the writer for a path, which is relative and has `/` between its parts; it is called once for
/// each path, from several threads.
///
/// # Errors
/// The first template at fault, or the first error of a writer; some files may have been written by then.
pub fn write<W: Write>(
    scope: Scope<'_>,
    templates: &Templates,
    errors: usize,
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> Result<(), Error> {
    let documents = Documents::new(scope, templates, errors);
    let policies: Vec<PolicyId> = scope.collection.policies().map(|(id, _)| id).collect();
    policies.par_iter().try_for_each(|&id| -> Result<(), Error> {
        let hashes = Hashes::of(scope.collection, scope.collection.policy(id));
        let view = view::policy(scope, id, &hashes);
        let mut file = create(&documents.path(id))?;
        file.write_all(documents.policy(&view)?.as_bytes())?;
        file.flush()?;
        Ok(())
    })?;
    let mut print = create(PRINT)?;
    print.write_all(templates.print().as_bytes())?;
    print.flush()?;
    Ok(())
}

impl<'a> Documents<'a> {
    /// Makes ready what all documents share.
    pub fn new(scope: Scope<'a>, templates: &'a Templates, errors: usize) -> Self {
        Documents { site: Site::new(scope), templates, errors }
    }

    /// The path of a policy's document.
    pub fn path(&self, policy: PolicyId) -> String {
        format!("{}.md", self.site.stem(policy))
    }

    /// The document of a policy.
    ///
    /// # Errors
    /// A template at fault.
    pub fn policy(&self, view: &PolicyExport<'_>) -> Result<String, TemplateError> {
        let scope = self.site.scope;
        let header = &view.policy;
        let policy = scope.collection.policy(header.index);
        let mut body = Body::new(self, view);
        let mut text = String::new();
        body.nodes(&view.body, 1, &mut text)?;
        text.truncate(text.trim_end().len());
        let rows: Vec<Row> = control(scope, header.index).into_iter().map(Row::from).collect();
        let history: Vec<Version<'_>> = header
            .history
            .iter()
            .map(|it| Version {
                version: it.version,
                date: PartialDate::parse(&it.date).map_or_else(|| it.date.clone(), PartialDate::told),
                change: it.change,
            })
            .collect();
        let safe = |url: Option<&str>| url.filter(|url| is_safe(url)).map(link_address);
        let data = Document {
            generator: Generator::CLAUSAL,
            errors: self.errors,
            several: self.errors > 1,
            organisation: organisation(scope, header.index),
            subtitle: subtitle(policy.version.as_ref().map(|(it, _)| it.as_str()), organisation(scope, header.index)),
            date: policy.effective.map(|(day, _)| day).or_else(|| policy.last_approved()).map(Date::from),
            status: policy.status.map(|(status, _)| StatusTold::from(status)),
            control_rule: rule(&[
                rows.iter().map(|row| row.label.chars().count()).max(),
                rows.iter().map(|row| row.value.chars().count()).max(),
            ]),
            control: rows,
            body: text,
            signatories: policy.signatories.iter().map(|&it| party(&scope.collection.vocabulary, it)).collect(),
            words: entries(self.address(header.index), policy),
            history_rule: rule(&[
                history.iter().map(|it| it.version.chars().count()).max(),
                history.iter().map(|it| it.date.chars().count()).max(),
                history.iter().map(|it| it.change.chars().count()).max(),
            ]),
            history,
            basis: header
                .basis
                .iter()
                .map(|it| Outside { title: it.title, edition: it.edition, href: safe(it.url) })
                .collect(),
            related: header
                .related
                .iter()
                .map(|it| Outside { title: it.title, edition: None, href: safe(it.url) })
                .collect(),
            accepted: view.accepted.iter().map(|it| body.accepted(it)).collect(),
            policy: filled(header),
        };
        let mut out = String::with_capacity(data.body.len() + 8 * 1024);
        self.templates.markdown("policy", &data, &mut out)?;
        Ok(out)
    }

    fn address(&self, from: PolicyId) -> Address<'_, 'a> {
        Address { site: &self.site, from, format: Format::Markdown }
    }
}

impl From<super::page::Row> for Row {
    fn from(row: super::page::Row) -> Self {
        let text = |piece: &Piece| piece.text.clone();
        Row { label: row.label, value: row.pieces.iter().map(text).collect() }
    }
}

fn subtitle(version: Option<&str>, organisation: &str) -> String {
    version.map_or_else(|| organisation.to_owned(), |version| format!("{organisation}, version {version}"))
}

/// An address as it stands between the round brackets of a link.
fn link_address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    super::prose::escape::address(url, &mut address);
    address
}

fn rule(widths: &[Option<usize>]) -> Rule {
    Rule { columns: widths.iter().map(|width| "-".repeat((width.unwrap_or(0) + 3).clamp(10, 60))).collect() }
}
