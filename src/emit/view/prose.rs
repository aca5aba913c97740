//! Prose with its links told in words: as plain Markdown and as plain text.
//!
//! Knows no HTML and no address; what a link is told as is decided here once, for every format.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Scope;
use crate::model::{BlockIdx, Inline, InlineTarget, Policy, PolicyId, Prose, Target};

/// The Markdown that prose is written in: CommonMark with GFM tables.
pub const MARKDOWN: Options = Options::ENABLE_TABLES;

/// The text with every link put into words.
pub fn markdown<'a>(scope: Scope<'a>, policy: PolicyId, prose: &'a Prose) -> Cow<'a, str> {
    if prose.inlines.is_empty() {
        return Cow::Borrowed(&prose.markdown);
    }
    let mut text = String::with_capacity(prose.markdown.len());
    let mut at = 0;
    for inline in &prose.inlines {
        text.push_str(prose.markdown.get(at..inline.start as usize).unwrap_or(""));
        at = inline.end as usize;
        match inline.target {
            InlineTarget::Broken if inline.shown.is_none() => {
                // What nobody could resolve is left as it was written, its brace made harmless.
                text.push('\\');
                text.push_str(prose.markdown.get(inline.start as usize..at).unwrap_or(""));
            }
            _ => escape(&shown(scope, policy, inline), &mut text),
        }
    }
    text.push_str(prose.markdown.get(at..).unwrap_or(""));
    Cow::Owned(text)
}

/// The words a link is shown as: those given in quotes or the form as written; else for a reference the number, or where
/// there is none the heading or title, of what it leads to, and for a parameter its value, or its label in square
/// brackets while it has none.
pub fn shown<'a>(scope: Scope<'a>, policy: PolicyId, inline: &'a Inline) -> Cow<'a, str> {
    if let Some(shown) = &inline.shown {
        return Cow::Borrowed(shown);
    }
    let from = scope.collection.policy(policy);
    match inline.target {
        InlineTarget::Word(word) => Cow::Borrowed(&scope.collection.vocabulary.word(word).label),
        InlineTarget::Definition(definition) => Cow::Borrowed(&from.definition(definition).term),
        InlineTarget::Reference(reference) => title(scope, from, from.reference(reference).to),
        InlineTarget::Parameter(at) => match from.parameters.get(at as usize) {
            Some(parameter) => match &parameter.value {
                Some(value) => Cow::Borrowed(value),
                None => Cow::Owned(format!("[{}]", parameter.label)),
            },
            None => Cow::Borrowed(""),
        },
        InlineTarget::Broken => Cow::Borrowed(""),
    }
}

/// What a place is called in a sentence: its number, else its heading, else its id in what it lies in.
pub fn title<'a>(scope: Scope<'a>, from: &'a Policy, target: Target) -> Cow<'a, str> {
    match target {
        Target::Policy(policy) => Cow::Borrowed(&scope.collection.policy(policy).title),
        Target::Block(policy, block) => {
            let policy = scope.collection.policy(policy);
            let it = policy.block(block);
            number(policy, block).or(it.heading.as_deref().map(Cow::Borrowed)).unwrap_or_else(|| unnamed(policy, block))
        }
        Target::Rule(id) => match scope.collection.rule(id).block {
            Some(block) => title(scope, from, Target::Block(id.policy, block)),
            None => Cow::Borrowed(&scope.collection.policy(id.policy).title),
        },
        Target::Related(at) => Cow::Borrowed(from.related.get(at as usize).map_or("", |related| &related.title)),
    }
}

/// The number a place goes by when it is told outside its own block: `3.2(a)`, where the block itself bears `(a)`.
pub fn number(policy: &Policy, block: BlockIdx) -> Option<Cow<'_, str>> {
    let it = policy.block(block);
    let own = it.number.as_deref()?;
    if !own.starts_with('(') {
        return Some(Cow::Borrowed(own));
    }
    match it.parent.and_then(|parent| number(policy, parent)) {
        Some(above) => Some(Cow::Owned(format!("{above}{own}"))),
        None => Some(Cow::Borrowed(own)),
    }
}

/// What a place with neither number nor heading is called: by its id, in what it lies in.
fn unnamed(policy: &Policy, block: BlockIdx) -> Cow<'_, str> {
    let it = policy.block(block);
    let mut above = it.parent;
    while let Some(parent) = above {
        let name = number(policy, parent).or(policy.block(parent).heading.as_deref().map(Cow::Borrowed));
        if let Some(name) = name {
            return Cow::Owned(format!("{name} ({})", it.id));
        }
        above = policy.block(parent).parent;
    }
    Cow::Borrowed(&it.id)
}

/// The text of some Markdown without its markup: paragraphs, list items and table rows on lines of their own.
pub fn text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut cell = false;
    for event in Parser::new_ext(markdown, MARKDOWN) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                text.push_str(&words);
            }
            Event::SoftBreak => text.push(' '),
            Event::HardBreak | Event::Rule => text.push('\n'),
            Event::Start(Tag::TableCell) if cell => text.push_str(" | "),
            Event::End(TagEnd::TableCell) => cell = true,
            Event::Start(Tag::TableRow | Tag::TableHead) => {
                new_line(&mut text);
                cell = false;
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::CodeBlock(_) | Tag::Heading { .. }) => new_line(&mut text),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn new_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Words put into Markdown as they are, none of their characters taken for markup.
fn escape(words: &str, markdown: &mut String) {
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '`' | '<' | '>' | '|' | '&' | '~' | '#' | '{' | '}') {
            markdown.push('\\');
        }
        markdown.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_words_and_loses_marks() {
        let cases = [
            ("one *two*\nthree", "one two three"),
            ("a\n\nb", "a\nb"),
            ("these:\n\n- `x` and\n- [y](z)", "these:\nx and\ny"),
            ("| a | b |\n| - | - |\n| c | d |", "a | b\nc | d"),
            ("1. one\n\n   more\n2. two", "one\nmore\ntwo"),
            ("a \\{b}", "a {b}"),
        ];
        for (markdown, expected) in cases {
            assert_eq!(text(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn words_are_not_taken_for_markup() {
        let mut escaped = String::new();
        escape("5 * 3 | {x}", &mut escaped);
        assert_eq!(escaped, "5 \\* 3 \\| \\{x\\}");
        assert_eq!(text(&escaped), "5 * 3 | {x}");
    }
}
