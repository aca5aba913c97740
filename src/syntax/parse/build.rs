//! From pest's pairs to the tree: the builder and its smallest pieces. Each part of the language has a file below.

mod body;
mod file;
mod header;
mod rule;
mod vocabulary;

use std::borrow::Cow;

use pest::iterators::Pair;

use super::SYNTAX;
use super::braces::Balanced;
use super::found::Found;
use super::grammar::Rule;
use super::words::{id_like, is_id};
use crate::diagnostic::Finding;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Ast, PolicyFile, Quantity, Reference, Text, VocabularyBlock, Word};

/// A pair of the grammar.
pub(super) type Node<'t> = Pair<'t, Rule>;

/// Makes the tree of one file.
pub(super) struct Builder<'s, 't> {
    pub(super) file: FileId,
    /// The text as written: what the tree borrows from.
    pub(super) source: &'s str,
    /// The text with its braces balanced: what the pairs speak of.
    pub(super) text: &'t str,
    balanced: &'t Balanced,
    /// Where in the text the pairs count from: not its beginning where a part of it was parsed alone.
    pub(super) base: usize,
    pub(super) findings: Found,
    pub(super) lost: Vec<&'s str>,
    vocabularies: Vec<VocabularyBlock<'s>>,
    policy: Option<PolicyFile<'s>>,
}

impl<'s, 't> Builder<'s, 't> {
    pub(super) fn new(file: FileId, source: &'s str, text: &'t str, balanced: &'t Balanced) -> Self {
        let (findings, lost, vocabularies) = (Found::default(), Vec::new(), Vec::new());
        Builder { file, source, text, balanced, base: 0, findings, lost, vocabularies, policy: None }
    }

    /// The tree and the findings.
    pub(super) fn finish(mut self) -> (Ast<'s>, Found) {
        self.lost.sort_unstable();
        self.lost.dedup();
        let Builder { file, vocabularies, policy, lost, findings, .. } = self;
        (Ast { file, vocabularies, policy, comments: Vec::new(), lost }, findings)
    }

    /// The span in the source of a range of the balanced text.
    pub(super) fn span_of(&self, start: usize, end: usize) -> Span {
        let start = self.balanced.original(start).min(self.source.len());
        Span::new(self.file, start, self.balanced.original(end).clamp(start, self.source.len()))
    }

    /// The span of a pair, without the blanks and comments it runs on over.
    pub(super) fn span(&self, pair: &Node<'t>) -> Span {
        let span = pair.as_span();
        self.span_of(self.base + span.start(), self.base + span.end())
    }

    /// The source text of a span.
    pub(super) fn slice(&self, span: Span) -> &'s str {
        self.source.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// A leaf as a word.
    pub(super) fn word(&self, pair: &Node<'t>) -> Word<'s> {
        let span = self.span(pair);
        Word { text: self.slice(span), span }
    }

    /// A leaf as an id; one that is written against the rules for ids is told off.
    pub(super) fn id(&mut self, pair: &Node<'t>) -> Word<'s> {
        let word = self.word(pair);
        self.check_id(word);
        word
    }

    fn check_id(&mut self, word: Word<'s>) {
        if is_id(word.text) {
            return;
        }
        let mut finding = Finding::new(SYNTAX, word.span, format!("`{}` is not written as an id", word.text));
        finding =
            finding.help("ids are small letters and digits, their parts joined by single hyphens: `line-manager`");
        let like = id_like(word.text);
        if is_id(&like) {
            finding = finding.fix(format!("write `{like}`"), word.span, like);
        }
        self.findings.push(finding);
    }

    /// A string without its quotes and escapes.
    pub(super) fn string(&self, pair: &Node<'t>) -> Text<'s> {
        let span = self.span(pair);
        let quoted = self.slice(span);
        let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
        Text { text: unescape(inner), span }
    }

    /// The first string inside a pair, such as `plural "…"`.
    pub(super) fn string_in(&self, pair: Node<'t>) -> Option<Text<'s>> {
        children(pair).find(|inner| inner.as_rule() == Rule::string).map(|inner| self.string(&inner))
    }

    /// `30 minutes`.
    pub(super) fn quantity(&mut self, pair: Node<'t>) -> Option<Quantity<'s>> {
        let mut parts = children(pair);
        let (number, unit) = (parts.next()?, parts.next()?);
        let (number, unit) = (self.word(&number), self.word(&unit));
        Some(Quantity { number, unit, span: number.span.to(unit.span) })
    }

    /// `@organisation/policy:section/clause#rule`.
    pub(super) fn reference(&mut self, pair: &Node<'t>) -> Reference<'s> {
        let word = self.word(pair);
        self.reference_of(word)
    }

    /// Takes the text of a reference apart. Empty and ill-written parts are told off and kept as they are.
    pub(super) fn reference_of(&mut self, word: Word<'s>) -> Reference<'s> {
        let start = word.span.start as usize;
        let file = self.file;
        let part = |from: usize, to: usize| Word {
            text: word.text.get(from..to).unwrap_or(""),
            span: Span::new(file, start + from, start + to),
        };
        let end = word.text.len();
        let hash = word.text.find('#');
        let before_hash = hash.unwrap_or(end);
        let colon = word.text.get(..before_hash).and_then(|text| text.find(':'));
        let rule = hash.map(|at| part(at + 1, end));
        let (mut organisation, mut policy) = (None, None);
        if let Some(colon) = colon {
            match word.text.get(..colon).and_then(|text| text.find('/')) {
                Some(slash) => {
                    organisation = Some(part(1, slash));
                    policy = Some(part(slash + 1, colon));
                }
                None => policy = Some(part(1, colon)),
            }
        }
        let first = colon.unwrap_or(0) + 1;
        let mut path = Vec::new();
        if before_hash > first || colon.is_none() {
            let mut at = first;
            for piece in word.text.get(first..before_hash).unwrap_or("").split('/') {
                path.push(part(at, at + piece.len()));
                at += piece.len() + 1;
            }
        }
        let reference = Reference { organisation, policy, path, rule, span: word.span };
        self.check_reference(&reference, word);
        reference
    }

    fn check_reference(&mut self, reference: &Reference<'s>, word: Word<'s>) {
        let named = [reference.organisation, reference.policy].into_iter().flatten();
        let mut ids = named.chain(reference.path.iter().copied());
        // `#2` is well written and refers to nothing: the resolver says that the rule has to be named.
        let numbered =
            reference.rule.is_some_and(|rule| !rule.text.is_empty() && rule.text.bytes().all(|b| b.is_ascii_digit()));
        let rule_is_good = numbered || reference.rule.is_none_or(|rule| is_id(rule.text));
        if ids.all(|id| is_id(id.text)) && rule_is_good {
            return;
        }
        self.findings.push(
            Finding::new(SYNTAX, word.span, format!("`{}` is not written as a reference", word.text)).help(
                "write `@clause`, `@section/clause`, `@clause#rule`, or `@policy:section/clause` in another policy",
            ),
        );
    }

    /// Remembers the words of text that could not be read, so that nobody misses what may be declared there.
    pub(super) fn lose(&mut self, span: Span) {
        let text = self.slice(span);
        let is_in_word = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        self.lost.extend(text.split(|letter| !is_in_word(letter)).filter(|word| !word.is_empty()));
    }

    /// Says that the grammar could not take a text at all.
    pub(super) fn unparsed(&mut self, error: &pest::error::Error<Rule>) {
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        self.findings.push(
            Finding::new(SYNTAX, self.span_of(at, at), "the text cannot be read from here on")
                .help("look at what stands here and just before"),
        );
    }
}

/// What stands inside a pair, comments left out.
pub(super) fn children<'t>(pair: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    pair.into_inner().filter(|inner| inner.as_rule() != Rule::comment)
}

pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            _ => plain.push(letter),
        }
    }
    Cow::Owned(plain)
}
