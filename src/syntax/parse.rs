//! Source text to tree. The only code that names pest.
//!
//! A text goes through three hands: [`braces`] balances it, so that one missing brace does not cost the rest of the file;
//! the grammar splits it into good items and junk; [`build`] makes the tree and has each piece of junk explained by
//! [`junk`].

mod braces;
mod build;
mod expected;
mod found;
mod grammar;
mod inline;
mod junk;
pub(super) mod shape;
mod words;

pub use words::{is_id, is_reserved};

use pest::Parser;

use self::braces::Balanced;
use self::build::Builder;
use self::found::Found;
use self::grammar::{Grammar, Rule};
use super::ast::Ast;
use crate::diagnostic::Finding;
use crate::source::{FileId, Flaw, SourceFile, Span};

/// Name of the check whose findings are made here.
const SYNTAX: &str = "syntax";

/// A tree and what was wrong with the text.
#[derive(Debug)]
pub struct Parsed<'s> {
    /// The tree, of everything that could be read.
    pub ast: Ast<'s>,
    /// One finding for each independent mistake, in the order of their places.
    pub findings: Vec<Finding>,
    /// How far the text was read as it stands.
    pub reading: Reading,
}

/// How far a text was read as it stands.
#[derive(Debug)]
pub enum Reading {
    /// Every sign of it.
    AsWritten,
    /// With braces put in or left out, or line ends mended: this was the first of it.
    Mended(Box<Finding>),
    /// Not at all.
    Unread,
}

/// Reads a source file. Any text gives a tree, perhaps an empty one.
pub fn parse(file: FileId, source: &SourceFile) -> Parsed<'_> {
    let empty = Ast { file, vocabularies: Vec::new(), policy: None, comments: Vec::new(), lost: Vec::new() };
    if let Some(flaw) = source.flaw() {
        let findings = vec![unreadable(file, source, flaw)];
        return Parsed { ast: empty, findings, reading: Reading::Unread };
    }
    let balanced = match braces::balance(file, source.text()) {
        Ok(balanced) => balanced,
        Err(too_deep) => return Parsed { ast: empty, findings: vec![*too_deep], reading: Reading::Unread },
    };
    let (braces, mended) = (balanced.findings.len(), balanced.mended());
    let (ast, found) = read(file, source, balanced);
    let parsed = |ast, found: Found, mended: Option<Finding>| {
        let reading = mended.map_or(Reading::AsWritten, |first| Reading::Mended(Box::new(first)));
        Parsed { ast, findings: found.finish(), reading }
    };
    if found.is_empty() {
        return parsed(ast, found, mended);
    }
    // Braces too many here and missing there can make up for each other, and much is out of place between them. Where
    // something is wrong anyway, the layout may explain it better: a brace explains what else would be nonsense.
    let Some(balanced) = braces::by_layout(file, source.text()) else {
        return parsed(ast, found, mended);
    };
    let by_layout = balanced.mended();
    let (before, braces) = (2 * found.len() - braces, balanced.findings.len());
    let (other, its) = read(file, source, balanced);
    let explains_more = 2 * its.len() - braces < before;
    let explains_all = its.len() == braces && braces <= before && found.len() < braces;
    if explains_more || explains_all { parsed(other, its, by_layout) } else { parsed(ast, found, mended) }
}

/// The tree of a text whose braces match, and what is wrong in it.
fn read(file: FileId, source: &SourceFile, balanced: Balanced) -> (Ast<'_>, Found) {
    let text = balanced.text(source.text());
    let mut builder = Builder::new(file, source.text(), text, &balanced);
    match Grammar::parse(Rule::file, text) {
        Ok(pairs) => builder.file(pairs),
        // The grammar takes any balanced text, so that this says only that it has lost that property.
        Err(error) => builder.unparsed(&error),
    }
    let (mut ast, found) = builder.finish();
    ast.comments = balanced.comments;
    let mut all = balanced.findings;
    all.add(found);
    (ast, all)
}

/// What to say of a file that holds no text.
fn unreadable(file: FileId, source: &SourceFile, flaw: Flaw) -> Finding {
    let end = source.text().len();
    match flaw {
        Flaw::Binary => Finding::new(SYNTAX, Span::new(file, 0, 0), "this file is not text").help(
            "a policy is a plain text file; a Word document or a picture has to be saved as plain text (UTF-8) first",
        ),
        Flaw::NotUtf8 { byte, offset, line } => Finding::new(
            SYNTAX,
            Span::new(file, end, end),
            format!("byte {offset} of this file, on line {line}, is 0x{byte:02X}, which is no UTF-8 text"),
        )
        .help("save the file as plain text with the encoding UTF-8"),
        Flaw::TooLarge(bytes) => Finding::new(
            SYNTAX,
            Span::new(file, 0, 0),
            format!(
                "this file has {} MB, and no more than {} MB are read",
                bytes.div_ceil(1024 * 1024),
                SourceFile::MAX_BYTES / (1024 * 1024)
            ),
        )
        .help("is it a policy? if so, split it into several files, a policy each"),
    }
}
