//! Prose as blocks: what becomes of its Markdown, its links and its depth.

use std::borrow::Cow;

use super::{Block, DEEPEST, Piece, blocks};
use crate::emit::prose::{Link, Links};
use crate::model::{Inline, InlineTarget, Prose, SourceMap};
use crate::source::{FileId, Span};

/// Every link leads to the place `there`.
struct There;

impl Links for There {
    fn link<'a>(&'a self, inline: &'a Inline) -> Link<'a> {
        let shown = Cow::Borrowed(inline.shown.as_deref().unwrap_or("it"));
        Link { shown, href: Some(Cow::Borrowed("#there")), class: "ref", title: None }
    }
}

/// The blocks of some Markdown, in which `{}` is a link.
fn made(markdown: &str) -> Vec<Block> {
    let file = FileId(0);
    let inlines = markdown
        .match_indices("{}")
        .map(|(at, _)| Inline {
            start: at as u32,
            end: at as u32 + 2,
            target: InlineTarget::Broken,
            shown: Some("link".to_owned()),
        })
        .collect();
    let map = SourceMap { file, lines: vec![(0, 0)] };
    let prose = Prose { markdown: markdown.to_owned(), inlines, map, span: Span::new(file, 0, 0) };
    blocks(&prose, &There)
}

/// Blocks as a line: what nests in brackets, what is set off with signs.
fn told(blocks: &[Block]) -> String {
    let pieces = |pieces: &[Piece]| pieces.iter().map(piece).collect::<String>();
    let block = |block: &Block| match block {
        Block::Paragraph { pieces: it } => pieces(it),
        Block::List { start, items } => {
            let items: Vec<String> = items.iter().map(|item| told(item)).collect();
            format!("[{}{}]", start.map(|start| format!("{start}: ")).unwrap_or_default(), items.join(", "))
        }
        Block::Quote { blocks } => format!("<{}>", told(blocks)),
        Block::Code { text } => format!("`{text}`"),
        Block::Table { aligned, head, rows } => {
            let row = |row: &Vec<Vec<Piece>>| row.iter().map(|cell| pieces(cell)).collect::<Vec<_>>().join(" | ");
            format!("({}: {}; {})", aligned.join(" "), row(head), rows.iter().map(row).collect::<Vec<_>>().join("; "))
        }
        Block::Divider => "---".to_owned(),
    };
    blocks.iter().map(block).collect::<Vec<_>>().join(" / ")
}

fn piece(piece: &Piece) -> String {
    let run = |run: &super::Run| {
        let sign = [("*", run.strong), ("_", run.emphasised), ("`", run.code)];
        let signs: String = sign.iter().filter(|(_, is)| *is).map(|(sign, _)| *sign).collect();
        format!("{signs}{}{signs}", run.text)
    };
    let words: String = piece.runs.iter().map(run).collect();
    match piece.anchor.as_ref().or(piece.url.as_ref()) {
        Some(to) => format!("{{{words} -> {to}}}"),
        None => words,
    }
}

#[test]
fn markdown_becomes_blocks() {
    let cases = [
        ("one\ntwo\n\nthree", "one two / three"),
        ("*a **b*** `c`", "_a _*_b*_ `c`"),
        ("- a\n- b\n  - c", "[a, b / [c]]"),
        ("3. a\n4. b", "[3: a, b]"),
        ("> a\n>\n> - b", "<a / [b]>"),
        ("| a | b |\n|---|--:|\n| c | *d* |", "(start end: a | b; c | _d_)"),
        ("    code *x*\n    more", "`code *x*\nmore`"),
        ("a\\\nb", "a\nb"),
        ("# Heading", "*Heading*"),
        ("a\n\n---\n\nb", "a / --- / b"),
        ("<b>x</b>", "<b>x</b>"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(told(&made(markdown)), expected, "{markdown}");
    }
}

#[test]
fn links_lead_to_places_and_to_whole_addresses_only() {
    let cases = [
        ("see {} there", "see {link -> there} there"),
        ("[a *b*](https://a.example)", "{a _b_ -> https://a.example}"),
        ("[a](javascript:x) [b](other.html) [c](#there)", "a b c"),
        ("<mailto:a@b.example>", "{mailto:a@b.example -> mailto:a@b.example}"),
        ("![a picture](https://a.example/p.png)", "{a picture -> https://a.example/p.png}"),
        ("[with {} inside](https://a.example)", "{with link inside -> https://a.example}"),
        ("`{}` **{}**", "{`link` -> there} {*link* -> there}"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(told(&made(markdown)), expected, "{markdown}");
    }
}

#[test]
fn depth_ends_and_words_do_not() {
    let list: String = (0..20).map(|at| format!("{}- item {at}\n", "  ".repeat(at))).collect();
    let quotes = format!("{} deep", ">".repeat(20));
    for (markdown, words) in [(list.as_str(), "item 19"), (quotes.as_str(), "deep")] {
        let blocks = made(markdown);
        assert!(depth(&blocks) <= DEEPEST, "{}", told(&blocks));
        assert!(told(&blocks).contains(words), "{}", told(&blocks));
    }
    let told = told(&made(&list));
    assert!((0..20).all(|at| told.contains(&format!("item {at}"))), "{told}");
}

fn depth(blocks: &[Block]) -> usize {
    let below = |block: &Block| match block {
        Block::List { items, .. } => 1 + items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Block::Quote { blocks } => 1 + depth(blocks),
        _ => 0,
    };
    blocks.iter().map(below).max().unwrap_or(0)
}
