//! `anchors.json`: every page of the site and every place on it that a link can lead to, old ones too, so that an intranet
//! can check its links, and mend those that lead to a place by its former name.
//!
//! It holds what authors name. Ids that begin with `page.` belong to the page itself and are nobody's to keep: summaries and
//! the pages of readers, which repeat what policies say, have no others. A page has a line for each of its places, and the
//! file grows page by page.

use std::borrow::Cow;
use std::io::{self, Write};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::Entry;
use crate::emit::json::around;
use crate::emit::page::{Address, Format, Former, Site, entries};
use crate::emit::schema::ANCHORS_URN;
use crate::emit::view::Generator;
use crate::model::{BlockKind, Item, Parent, Policy, PolicyId, RuleId, Status};

/// Name of the file.
pub const FILE: &str = "anchors.json";
/// The version of the format. Its first number rises when old readers break, its second when optional fields are added.
const VERSION: &str = "1.0.0";
/// How many pages are held at once.
const AT_ONCE: usize = 64;

/// The root of the format `clausal-anchors`: every page, and every place on it that a link can lead to.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "The pages and anchors of a site built by Clausal")]
pub struct AnchorsExport<'a> {
    /// The schema this document follows.
    #[serde(rename = "$schema")]
    #[schemars(regex(pattern = r"^urn:clausal:schema:anchors:1\.[0-9]+\.[0-9]+$"))]
    pub schema: &'static str,
    /// Name of the format.
    #[schemars(extend("const" = "clausal-anchors"))]
    pub format: &'static str,
    /// Version of the format: old readers break when its first number changes, optional fields are added when its second
    /// does.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    pub format_version: &'static str,
    /// The program that wrote this.
    pub generator: Generator,
    /// The pages: the index, the policies by path of their source, their summaries, and by organisation what is asked of
    /// whom.
    pub pages: Vec<Page<'a>>,
}

/// A page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<'a> {
    /// Its path, from the folder of the index.
    pub path: String,
    /// What it is. Later versions may know further kinds.
    pub kind: PageKind,
    /// What it is called.
    pub title: Cow<'a, str>,
    /// Key of its policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<&'a str>,
    /// How far its policy has come: what is `withdrawn` is no longer in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = Status::ALL.map(Status::name)))]
    pub status: Option<&'static str>,
    /// The places on it, in order.
    pub anchors: Vec<Anchor<'a>>,
}

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// The page of the whole collection.
    Index,
    /// A policy.
    Policy,
    /// A policy on one page.
    Summary,
    /// Who must do what in an organisation.
    Matrix,
    /// What an organisation asks of one party.
    Reader,
}

/// A place on a page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Anchor<'a> {
    /// What follows the `#` of an address.
    pub id: String,
    /// What is there.
    pub kind: Kind,
    /// Whether it still is.
    pub state: State,
    /// Key of the section, annex, clause or rule; what is withdrawn keeps the key it had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The number that readers see there today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<&'a str>,
    /// Of a former id: the id that it leads to, and that links should have instead; it is on the same page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<&'a str>,
}

/// What is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The policies of an organisation, on the index.
    Organisation,
    /// A section.
    Section,
    /// An annex.
    Annex,
    /// A clause.
    Clause,
    /// A rule.
    Rule,
    /// A term that the policy defines.
    Term,
    /// A word of the vocabulary, in the list at the end of a policy.
    Word,
}

/// Whether what is at a place still is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It bears this id today.
    Current,
    /// It bore this id before, and is still found by it.
    Former,
    /// It is gone; the place says so.
    Withdrawn,
}

/// Writes the file; `others` are the pages that hold nothing of an author's to list.
pub(in crate::emit) fn write<'a>(
    site: &Site<'a>,
    desk: &[Entry<'a>],
    others: impl Iterator<Item = Page<'a>>,
    out: &mut impl Write,
) -> io::Result<()> {
    let root = AnchorsExport {
        schema: ANCHORS_URN,
        format: "clausal-anchors",
        format_version: VERSION,
        generator: Generator::CLAUSAL,
        pages: Vec::new(),
    };
    let (head, tail) = around(&root, "pages")?;
    out.write_all(&head)?;
    out.write_all(b"\n    ")?;
    out.write_all(&lines(index(desk))?)?;
    let policies: Vec<PolicyId> = site.scope.collection.policies().map(|(id, _)| id).collect();
    for some in policies.chunks(AT_ONCE) {
        let written: Vec<io::Result<Vec<u8>>> = some.par_iter().map(|&id| lines(policy(site, id))).collect();
        for page in written {
            out.write_all(b",\n    ")?;
            out.write_all(&page?)?;
        }
    }
    for page in others {
        out.write_all(b",\n    ")?;
        out.write_all(&lines(page)?)?;
    }
    out.write_all(b"\n  ")?;
    out.write_all(&tail)
}

/// A page that tells of a policy, with the policy's key and status but nothing to list.
pub(in crate::emit) fn about(policy: &Policy, path: String, kind: PageKind) -> Page<'_> {
    Page {
        path,
        kind,
        title: Cow::Borrowed(&policy.title),
        key: Some(&policy.key),
        status: policy.status.map(|(status, _)| status.name()),
        anchors: Vec::new(),
    }
}

/// A page of an organisation's, without anything to list.
pub(in crate::emit) fn other<'a>(path: String, kind: PageKind, title: String) -> Page<'a> {
    Page { path, kind, title: Cow::Owned(title), key: None, status: None, anchors: Vec::new() }
}

/// A page with a line for each of its places.
fn lines(mut page: Page<'_>) -> io::Result<Vec<u8>> {
    let anchors = std::mem::take(&mut page.anchors);
    let mut bytes = serde_json::to_vec(&page)?;
    // The list is the last of its fields, and empty.
    bytes.truncate(bytes.len().saturating_sub("]}".len()));
    for (at, anchor) in anchors.iter().enumerate() {
        bytes.extend_from_slice(if at == 0 { b"\n      " } else { b",\n      " });
        serde_json::to_writer(&mut bytes, anchor)?;
    }
    bytes.extend_from_slice(if anchors.is_empty() { b"]}" } else { b"\n    ]}" });
    Ok(bytes)
}

fn index<'a>(desk: &[Entry<'a>]) -> Page<'a> {
    let mut ids: Vec<&str> = desk.iter().map(|entry| entry.organisation_id).filter(|id| !id.is_empty()).collect();
    ids.dedup();
    let anchors = ids.into_iter().map(|id| plain(id.to_owned(), Kind::Organisation)).collect();
    Page {
        path: crate::emit::html::INDEX.to_owned(),
        kind: PageKind::Index,
        title: Cow::Borrowed("Policies"),
        key: None,
        status: None,
        anchors,
    }
}

fn policy<'a>(site: &Site<'a>, id: PolicyId) -> Page<'a> {
    let policy = site.scope.collection.policy(id);
    let address = Address { site, from: id, format: Format::Html };
    let mut places = Places { id, policy, address, former: Former::of(policy), anchors: Vec::new() };
    places.items(None);
    let mut anchors = places.anchors;
    anchors.extend(entries(address, policy).into_iter().map(|word| plain(word.id, Kind::Word)));
    Page { anchors, ..about(policy, format!("{}.html", site.stem(id)), PageKind::Policy) }
}

fn plain<'a>(id: String, kind: Kind) -> Anchor<'a> {
    Anchor { id, kind, state: State::Current, key: None, number: None, now: None }
}

/// The places of one policy, gathered from the top down.
struct Places<'s, 'a> {
    id: PolicyId,
    policy: &'a Policy,
    address: Address<'s, 'a>,
    former: Former<'a>,
    anchors: Vec<Anchor<'a>>,
}

impl Places<'_, '_> {
    fn items(&mut self, parent: Parent) {
        let policy = self.policy;
        for item in policy.items_of(parent) {
            match *item {
                Item::Block(index) => {
                    let block = policy.block(index);
                    let kind = match block.kind {
                        BlockKind::Section => Kind::Section,
                        BlockKind::Annex => Kind::Annex,
                        BlockKind::Clause => Kind::Clause,
                    };
                    let here = |id: &str, state, now| Anchor {
                        id: id.to_owned(),
                        kind,
                        state,
                        key: Some(block.key.clone()),
                        number: block.number.as_deref(),
                        now,
                    };
                    self.anchors.push(here(&block.path, State::Current, None));
                    let former = self.former.of_block(index).iter();
                    self.anchors.extend(former.map(|was| here(was, State::Former, Some(block.path.as_str()))));
                    self.items(Some(index));
                }
                Item::Rule(index) => {
                    let id = self.address.rule(RuleId { policy: self.id, index });
                    let key = policy.rules.get(index as usize).map(|rule| rule.key.clone());
                    self.anchors.push(Anchor { key, ..plain(id, Kind::Rule) });
                }
                Item::Definition(index) => self.anchors.push(plain(self.address.definition(index), Kind::Term)),
                Item::Withdrawn(index) => {
                    let Some(gone) = policy.withdrawn.get(index as usize) else { continue };
                    if self.former.keeps(index as usize) {
                        self.anchors.push(Anchor {
                            id: gone.path.clone(),
                            kind: Kind::Clause,
                            state: State::Withdrawn,
                            key: Some(format!("{}:{}", policy.key, gone.path)),
                            number: gone.number.as_deref(),
                            now: None,
                        });
                    }
                }
                Item::Prose(_) | Item::Note(_) | Item::Heading(..) | Item::Accept(_) => {}
            }
        }
    }
}
