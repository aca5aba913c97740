//! What stands in blocks: clauses, prose, notes, definitions, accepted findings.

use super::super::SYNTAX;
use super::super::grammar::Rule;
use super::super::inline;
use super::super::junk::Place;
use super::{Builder, Node, children};
use crate::diagnostic::Finding;
use crate::source::Span;
use crate::syntax::ast::{Accept, Block, BlockKind, Define, Item, Prose, Qualifier, Withdrawn, Word};

impl<'s, 't> Builder<'s, 't> {
    /// Builds one item and puts it at the end of `items`.
    pub(super) fn item(&mut self, pair: Node<'t>, place: Place, items: &mut Vec<Item<'s>>) {
        let item = match pair.as_rule() {
            Rule::prose => Some(Item::Prose(self.prose(&pair))),
            Rule::rule => {
                let span = self.span(&pair);
                let rule = self.rule(pair).map(|rule| Item::Rule(Box::new(rule)));
                Some(rule.unwrap_or_else(|| {
                    self.lose(span);
                    Item::Junk(span)
                }))
            }
            Rule::block => Some(Item::Block(Box::new(self.block(pair)))),
            Rule::each_rule => {
                let (qualifiers, span, _) = self.each_rule(pair);
                Some(Item::EachRule(qualifiers, span))
            }
            Rule::note => Some(self.note(pair)),
            Rule::define => self.define(pair).map(|define| Item::Define(Box::new(define))),
            Rule::accept => self.accept(pair).map(|accept| Item::Accept(Box::new(accept))),
            Rule::heading => {
                let span = self.span(&pair);
                self.string_in(pair).map(|text| Item::Heading(text, span))
            }
            Rule::withdrawn => self.withdrawn(pair).map(|withdrawn| Item::Withdrawn(Box::new(withdrawn))),
            Rule::junk_block => Some(Item::Block(Box::new(self.junk_block(pair, place)))),
            Rule::junk => return self.salvage(&pair, place, items),
            Rule::stray_brace => {
                let span = self.span(&pair);
                self.findings.push(Finding::new(SYNTAX, span, "this `}` closes nothing").help("delete it"));
                None
            }
            _ => None,
        };
        items.extend(item);
    }

    fn block(&mut self, pair: Node<'t>) -> Block<'s> {
        let span = self.span(&pair);
        let mut block = Block {
            kind: BlockKind::Unknown,
            id: None,
            heading: None,
            number: Vec::new(),
            was: Vec::new(),
            items: Vec::new(),
            span,
        };
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::block_kw => block.kind = block_kind(inner.as_str()),
                Rule::id => block.id = Some(self.id(&inner)),
                Rule::string => block.heading = Some(self.string(&inner)),
                Rule::kept_number => block.number.extend(self.string_in(inner)),
                Rule::was => {
                    let paths = children(inner).filter(|path| path.as_rule() == Rule::path);
                    block.was.extend(paths.map(|path| self.word(&path)));
                }
                Rule::junk_head => {
                    block.id = self.recovered_id(&inner);
                    self.junk_head(&inner, Rule::strict_block);
                }
                Rule::body => block.items = self.body(inner),
                _ => {}
            }
        }
        block
    }

    /// A block whose keyword cannot be read: its contents can.
    fn junk_block(&mut self, pair: Node<'t>, place: Place) -> Block<'s> {
        let span = self.span(&pair);
        let (mut id, mut items) = (None, Vec::new());
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::junk_block_head => {
                    id = self.recovered_id_after_first(&inner);
                    self.junk_head_of_block(&inner, place);
                }
                Rule::body => items = self.body(inner),
                _ => {}
            }
        }
        Block { kind: BlockKind::Unknown, id, heading: None, number: Vec::new(), was: Vec::new(), items, span }
    }

    pub(in super::super) fn each_rule(&mut self, pair: Node<'t>) -> (Vec<Qualifier<'s>>, Span, Word<'s>) {
        let mut span = self.span(&pair);
        let mut keyword = Word { text: "each rule", span };
        let mut qualifiers = Vec::new();
        for inner in children(pair) {
            if inner.as_rule() == Rule::each_rule_kw {
                keyword.span = self.span(&inner);
                continue;
            }
            qualifiers.extend(self.qualifier(inner));
        }
        span.end = qualifiers.last().map_or(span.end, |last: &Qualifier| last.span.end);
        (qualifiers, span, keyword)
    }

    fn note(&mut self, pair: Node<'t>) -> Item<'s> {
        let span = self.span(&pair);
        let mut runs = Vec::new();
        for inner in children(pair).filter(|inner| inner.as_rule() == Rule::prose_body) {
            runs = self.prose_body(inner);
        }
        Item::Note(runs, span)
    }

    fn prose_body(&mut self, pair: Node<'t>) -> Vec<Prose<'s>> {
        let mut runs = Vec::new();
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::prose => runs.push(self.prose(&inner)),
                Rule::junk => {
                    self.junk(&inner, Place::ProseBody);
                }
                Rule::junk_block => {
                    let head = children(inner).next();
                    if let Some(head) = head {
                        self.junk(&head, Place::ProseBody);
                    }
                }
                _ => {}
            }
        }
        runs
    }

    fn define(&mut self, pair: Node<'t>) -> Option<Define<'s>> {
        let span = self.span(&pair);
        let (mut id, mut term) = (None, None);
        let (mut also, mut group, mut prose) = (Vec::new(), Vec::new(), Vec::new());
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::id => id = Some(self.id(&inner)),
                Rule::string => term = Some(self.string(&inner)),
                Rule::also => also = self.strings(inner),
                Rule::group_of => group = self.names(inner),
                Rule::prose_body => prose = self.prose_body(inner),
                _ => {}
            }
        }
        Some(Define { id: id?, term, also, group, prose, span })
    }

    pub(in super::super) fn accept(&mut self, pair: Node<'t>) -> Option<Accept<'s>> {
        let mut span = self.span(&pair);
        let (mut check, mut with, mut because, mut by, mut until) = (None, None, None, None, None);
        for inner in children(pair) {
            span.end = self.span(&inner).end;
            match inner.as_rule() {
                Rule::id => check = Some(self.word(&inner)),
                Rule::reference => with = Some(self.reference(&inner)),
                Rule::because => because = self.string_in(inner),
                Rule::accept_by => by = self.names(inner).pop(),
                Rule::accept_until => until = children(inner).last().map(|date| self.word(&date)),
                _ => {}
            }
        }
        Some(Accept { check: check?, with, because: because?, by, until, span })
    }

    pub(in super::super) fn withdrawn(&mut self, pair: Node<'t>) -> Option<Withdrawn<'s>> {
        let mut span = self.span(&pair);
        let text = pair.as_str();
        let begins = pair.as_span().start();
        let (mut id, mut strings) = (None, Vec::new());
        for inner in children(pair) {
            span.end = self.span(&inner).end;
            match inner.as_rule() {
                Rule::id => id = Some((self.id(&inner), inner.as_span().end() - begins)),
                Rule::string => strings.push((self.string(&inner), inner.as_span().start() - begins)),
                _ => {}
            }
        }
        let (id, mut after) = id?;
        let (mut why, mut version) = (None, None);
        for (string, at) in strings {
            // `in` is the only word that can stand between the id and the version.
            let is_version = text.get(after..at).is_some_and(|between| between.contains("in"));
            after = at + (string.span.len());
            if is_version { version = Some(string) } else { why = Some(string) }
        }
        Some(Withdrawn { id, why, version, span })
    }

    /// A run of prose: its lines, and the links in them.
    pub(super) fn prose(&mut self, pair: &Node<'t>) -> Prose<'s> {
        let span = self.span(pair);
        let run = self.slice(span);
        let mut lines = Vec::with_capacity(memchr::memchr_iter(b'\n', run.as_bytes()).count() + 1);
        let mut at = span.start as usize;
        for line in run.split_inclusive('\n') {
            let start = at;
            at += line.len();
            // Between the lines there can be comments and blank lines, and nothing else.
            let Some(text) = line.trim_start().strip_prefix('|') else { continue };
            let text = text.strip_prefix(' ').unwrap_or(text);
            let start = start + (line.len() - text.len());
            let text = text.trim_end();
            lines.push(Word { text, span: Span::new(self.file, start, start + text.len()) });
        }
        self.lone_brace(&lines);
        let inlines = inline::links(self, &lines);
        let end = lines.last().map_or(span.end, |last| last.span.end);
        Prose { lines, inlines, span: Span { end, ..span } }
    }

    /// `note { | words }` on one line: the brace is part of the prose, which is hardly what was meant.
    fn lone_brace(&mut self, lines: &[Word<'s>]) {
        for line in lines {
            let Some(before) = line.text.strip_suffix('}') else { continue };
            if before.contains('{') || !(before.is_empty() || before.ends_with(' ')) {
                continue;
            }
            let brace = Span { start: line.span.end - 1, ..line.span };
            self.findings.push(
                Finding::new(SYNTAX, brace, "this `}` is part of the prose, which runs to the end of its line")
                    .help("put the `}` on a line of its own; for a brace in the prose write `\\}`"),
            );
        }
    }
}

fn block_kind(keyword: &str) -> BlockKind {
    match keyword {
        "section" => BlockKind::Section,
        "annex" => BlockKind::Annex,
        "clause" => BlockKind::Clause,
        _ => BlockKind::Unknown,
    }
}
