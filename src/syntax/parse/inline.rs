//! Links in prose: `{term}`, `{@reference}`, `{$parameter}`.

use pest::Parser;

use super::SYNTAX;
use super::build::{Builder, children};
use super::grammar::{Grammar, Rule};
use crate::diagnostic::Finding;
use crate::source::Span;
use crate::syntax::ast::{Inline, InlineKind, Text, Word};

/// The links in the lines of a prose run. A brace that begins no link is told off.
pub(super) fn links<'s>(builder: &mut Builder<'s, '_>, lines: &[Word<'s>]) -> Vec<Inline<'s>> {
    let mut links = Vec::new();
    for line in lines {
        let bytes = line.text.as_bytes();
        let mut done = 0;
        for at in memchr::memchr_iter(b'{', bytes) {
            let escaped = bytes.get(..at).is_some_and(|before| before.ends_with(b"\\"));
            if at < done || escaped {
                continue;
            }
            let end = closing(bytes, at);
            let start = line.span.start as usize + at;
            let Some(end) = end else {
                let place = Span::new(builder.file, start, start + 1);
                builder.findings.push(
                    Finding::new(SYNTAX, place, "this `{` begins a link that is not closed on its line")
                        .help("close it with `}`; for a brace in the prose write `\\{`"),
                );
                break;
            };
            done = end;
            let text = line.text.get(at..end).unwrap_or("");
            let word = Word { text, span: Span::new(builder.file, start, start + text.len()) };
            links.extend(link(builder, word));
        }
    }
    links.shrink_to_fit();
    links
}

/// The byte after the brace that closes a link, quoted words skipped.
fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut quoted = false;
    for (at, &byte) in bytes.iter().enumerate().skip(open + 1) {
        match byte {
            b'"' => quoted = !quoted,
            b'}' if !quoted => return Some(at + 1),
            b'{' if !quoted => return None,
            _ => {}
        }
    }
    None
}

fn link<'s>(builder: &mut Builder<'s, '_>, word: Word<'s>) -> Option<Inline<'s>> {
    let Some(pair) = Grammar::parse(Rule::inline, word.text).ok().and_then(|mut pairs| pairs.next()) else {
        builder.findings.push(
            Finding::new(SYNTAX, word.span, format!("`{}` is not written as a link", word.text)).help(
                "write `{term}`, `{term \"words to show\"}`, `{@clause}` or `{$parameter}`; for a brace in the prose write `\\{`",
            ),
        );
        return None;
    };
    let file = builder.file;
    let part = |start: usize, end: usize| {
        let from = word.span.start as usize;
        Word { text: word.text.get(start..end).unwrap_or(""), span: Span::new(file, from + start, from + end) }
    };
    let (mut kind, mut shown) = (None, None);
    for inner in children(pair) {
        let at = inner.as_span();
        match inner.as_rule() {
            Rule::inline_reference => {
                let reference = builder.reference_of(part(at.start(), at.end()));
                kind = Some(InlineKind::Reference(Box::new(reference)));
            }
            Rule::inline_parameter => kind = Some(InlineKind::Parameter(part(at.start() + 1, at.end()))),
            Rule::inline_term => kind = Some(InlineKind::Term(part(at.start(), at.end()))),
            Rule::string => {
                let quoted = part(at.start(), at.end());
                let inner = quoted.text.get(1..quoted.text.len().saturating_sub(1)).unwrap_or("");
                shown = Some(Text { text: super::build::unescape(inner), span: quoted.span });
            }
            _ => {}
        }
    }
    Some(Inline { kind: kind?, shown, span: word.span })
}
