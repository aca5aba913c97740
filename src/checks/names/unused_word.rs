//! `unused-word`: a word or fact that nothing in the collection names.

use crate::checks::{Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::source::Span;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unused-word",
        point: "a word is never used",
        family: Family::Names,
        severity: Some(Severity::Warning),
        page: include_str!("unused_word.md"),
    },
    run: Run::Collection(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // What could not be read may well have used it.
    if context.any_damaged() {
        return;
    }
    // A misspelt use is a use.
    for unused in context.collection.unused.iter().filter(|unused| !context.is_suggested(&unused.id)) {
        let message = format!("nothing uses the {} `{}`", unused.kind, unused.id);
        let text = context.sources.file(unused.span.file).text();
        findings.push(
            Finding::new(CHECK.info.name, unused.span, message)
                .help("use it in a rule or in prose, or remove it from the vocabulary")
                .fix(format!("take out `{}`", unused.id), cut(text, unused.declared), ""),
        );
    }
}

/// What to cut so that a declaration is gone: its lines where it has them to itself.
fn cut(text: &str, declared: Span) -> Span {
    let (start, end) = (declared.start as usize, declared.end as usize);
    let before = text.get(..start).unwrap_or("");
    let after = text.get(end..).unwrap_or("");
    let lead = before.rsplit('\n').next().unwrap_or("").len();
    let tail = after.find('\n').map_or(after.len(), |newline| newline + 1);
    let is_blank = |part: Option<&str>| part.is_some_and(|part| part.trim().is_empty());
    let blanks = |part: &str| part.len() - part.trim_start_matches([' ', '\t']).len();
    match (is_blank(before.get(start - lead..)), is_blank(after.get(..tail))) {
        (true, true) => Span::new(declared.file, start - lead, end + tail),
        (true, false) => Span::new(declared.file, start, end + blanks(after)),
        (false, _) => Span::new(declared.file, before.trim_end_matches([' ', '\t']).len(), end),
    }
}
