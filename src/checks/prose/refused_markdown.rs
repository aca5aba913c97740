//! `refused-markdown`: raw HTML or a heading in prose.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::Prose;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "refused-markdown",
        point: "the text is laid out in a way that cannot be kept",
        family: Family::Prose,
        severity: Some(Severity::Error),
        page: include_str!("refused_markdown.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    subject.each_prose(|_, prose| {
        if is_suspect(&prose.markdown) {
            examine(prose, findings);
        }
    });
}

/// Whether there can be HTML or a heading in a text: cheap, and right for nearly all prose.
fn is_suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    if memchr::memchr(b'<', bytes).is_some() {
        return true;
    }
    text.lines().map(|line| line.trim_start_matches([' ', '>', '\t'])).any(|line| {
        line.starts_with('#')
            || (line.starts_with(['-', '=']) && line.trim_end().bytes().all(|b| matches!(b, b'-' | b'=')))
    })
}

fn examine(prose: &Prose, findings: &mut Vec<Finding>) {
    let text = &prose.markdown;
    // An opening tag is told, and not the one that closes it again.
    let mut opened = BTreeSet::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or_default().trim_end();
        let span = prose.map.span(range.start, range.start + source.len());
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let (name, closes) = tag_of(&html);
                let closes_told = closes && opened.contains(&name);
                let goes_on = name.is_empty() && !html.trim_start().starts_with('<');
                if closes_told || goes_on {
                    continue;
                }
                let told = html.trim().lines().next().unwrap_or_default();
                let shown = if name.is_empty() {
                    told.to_owned()
                } else {
                    format!("<{}{name}>", if closes { "/" } else { "" })
                };
                findings.push(
                    Finding::new(CHECK.info.name, span, format!("`{shown}` is HTML, which prose cannot hold"))
                        .help(remedy(&name)),
                );
                opened.insert(name);
            }
            Event::Start(Tag::Heading { .. }) => {
                let written = source.lines().next().unwrap_or_default().trim_matches(['#', ' ']);
                let help = if source.trim_start().starts_with('#') {
                    "write a `clause` with this heading, or `heading \"…\"` between clauses; `\\#` shows a #"
                } else {
                    "a line of `-` or `=` under text makes it a heading: leave a bare `|` between the two"
                };
                findings.push(
                    Finding::new(CHECK.info.name, span, format!("`{written}` is a heading inside prose")).help(help),
                );
            }
            _ => {}
        }
    }
}

/// The name of a tag and whether it closes one.
fn tag_of(html: &str) -> (String, bool) {
    let inner = html.trim_start().trim_start_matches('<');
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    (inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase(), closes)
}

fn remedy(tag: &str) -> &'static str {
    match tag {
        "b" | "strong" => "write `**bold**` with two stars on either side",
        "i" | "em" | "u" => "write `*emphasis*` with a star on either side",
        "br" | "p" | "div" => "a bare `|` parts paragraphs",
        "a" => "write `[the words](https://…)`",
        "ul" | "ol" | "li" => "begin each line of a list with `- ` or `1. `",
        "table" | "tr" | "td" | "th" => "write a table with bars: `| | a | b |`, then `| |---|---|`",
        "img" => "write `![what it shows](file)`",
        _ => "write it in Markdown, or write `\\<` if the sign itself is meant",
    }
}
