//! The table of contents of a policy: its parts, and the headings of its body.

use serde::Serialize;

use super::Pages;
use crate::emit::page::number;
use crate::emit::templates::TemplateError;
use crate::emit::view::Node;
use crate::model::Policy;

/// How many levels of headings are listed.
const LEVELS: usize = 2;

/// One level of the contents.
#[derive(Serialize)]
struct Level {
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    href: String,
    number: Option<String>,
    heading: String,
    inner: String,
}

/// The whole table: the parts of the page before the body, the body, and those after it; each part is an id and a heading.
pub(super) fn contents(
    pages: &Pages<'_>,
    policy: &Policy,
    before: &[(&str, &str)],
    nodes: &[Node<'_>],
    after: &[(&str, &str)],
) -> Result<String, TemplateError> {
    let part = |&(id, heading): &(&str, &str)| Entry {
        href: format!("#{id}"),
        number: None,
        heading: heading.to_owned(),
        inner: String::new(),
    };
    let mut entries: Vec<Entry> = before.iter().map(part).collect();
    entries.extend(headed(pages, policy, nodes, LEVELS)?);
    entries.extend(after.iter().map(part));
    let mut out = String::new();
    pages.templates.html("contents", &Level { entries }, &mut out)?;
    Ok(out)
}

fn headed(pages: &Pages<'_>, policy: &Policy, nodes: &[Node<'_>], levels: usize) -> Result<Vec<Entry>, TemplateError> {
    let mut entries = Vec::new();
    for node in nodes {
        let (Node::Section(block) | Node::Annex(block) | Node::Clause(block)) = node else { continue };
        let Some(heading) = block.heading else { continue };
        let below = if levels > 1 { headed(pages, policy, &block.children, levels - 1)? } else { Vec::new() };
        let mut inner = String::new();
        if !below.is_empty() {
            pages.templates.html("contents", &Level { entries: below }, &mut inner)?;
        }
        entries.push(Entry {
            href: format!("#{}", policy.block(block.index).path),
            number: number(policy, block.index).map(std::borrow::Cow::into_owned),
            heading: heading.to_owned(),
            inner,
        });
    }
    Ok(entries)
}
