//! The one canonical layout of a `.policy` file: text to text, with every word, comment and line of prose in its place.
//!
//! What cannot be read stays as it stands, and the rest is laid out round it. Nothing is taken on trust: the new text is
//! read again, and is given only if it says what the old one said. The layout's rules are told in `docs/format.md`. No
//! name is looked up here and nothing is judged.

mod page;
mod statement;

use super::parse::shape::{Shape, same_tree, shape, signs};
use super::parse::{Parsed, Reading, parse};
use crate::diagnostic::Finding;
use crate::source::{FileId, SourceFile};
use page::Page;

/// How far each block is set in, in blanks.
const STEP: usize = 2;
/// How far a line is set in that carries on the one before it.
const HANG: usize = 2 * STEP;
/// How many characters a line has at most where it can be broken.
const WIDTH: usize = 100;
/// How many characters wide the column is that holds the names of a header's fields: as wide as the longest of them.
const COLUMN: usize = "organisation".len();

/// Why a file is not laid out.
#[derive(Debug)]
pub enum Refusal {
    /// Its text cannot be read at all; the finding says why.
    Unread(Box<Finding>),
    /// Its braces or line ends do not match, so that nobody knows what belongs to what; the finding is the first of it.
    Mended(Box<Finding>),
    /// Something in it is so mistaken that another layout would change how it is read; the finding is its first.
    Unsure(Box<Finding>),
    /// A new layout would have changed what a file without mistakes says. That is a fault of this program.
    Fault,
}

/// The text of a file in the canonical layout. Total: any text gives a text or a reason.
///
/// # Errors
/// The reason why it is left as it is.
pub fn format(file: FileId, source: &SourceFile) -> Result<String, Refusal> {
    let Parsed { findings, reading, .. } = parse(file, source);
    let first = |refusal: fn(Box<Finding>) -> Refusal| {
        findings.first().map_or(Refusal::Fault, |finding| refusal(Box::new(finding.clone())))
    };
    match reading {
        Reading::AsWritten => {}
        Reading::Mended(finding) => return Err(Refusal::Mended(finding)),
        Reading::Unread => return Err(first(Refusal::Unread)),
    }
    let old = source.text();
    let new = shape(old).and_then(|shape| lay_out(old, &shape));
    match new {
        Some(new) if new == old || is_same(file, source, &findings, &new) => Ok(new),
        _ => Err(first(Refusal::Unsure)),
    }
}

/// A text laid out; `None` where its braces do not match.
fn lay_out(text: &str, shape: &Shape) -> Option<String> {
    Page::new(text, shape).write()
}

/// Whether a new text has all that the old one had, in the same order, and is read as the same with the same mistakes.
fn is_same(file: FileId, old: &SourceFile, findings: &[Finding], new: &str) -> bool {
    if !signs(old.text()).eq(signs(new)) || !same_tree(old.text(), new) {
        return false;
    }
    let new = old.with_text(new);
    let parsed = parse(file, &new);
    let told = |finding: &Finding| (finding.check, finding.message.clone(), finding.help.clone());
    matches!(parsed.reading, Reading::AsWritten) && findings.iter().map(told).eq(parsed.findings.iter().map(told))
}
