//! A file: its vocabularies, its policy, and what stands where it should not.

use pest::iterators::Pairs;

use super::super::SYNTAX;
use super::super::grammar::Rule;
use super::super::junk::Place;
use super::{Builder, Node, children};
use crate::diagnostic::Finding;
use crate::source::Span;
use crate::syntax::ast::Item;

impl<'s, 't> Builder<'s, 't> {
    /// Builds the whole file.
    pub(in super::super) fn file(&mut self, pairs: Pairs<'t, Rule>) {
        let mut before = Vec::new();
        let mut after = Vec::new();
        for pair in pairs.flat_map(Node::into_inner) {
            match pair.as_rule() {
                Rule::comment | Rule::EOI => {}
                Rule::vocabulary | Rule::lost_vocabulary => self.vocabulary(pair),
                Rule::policy | Rule::lost_policy => self.policy(pair),
                _ => {
                    let to = if self.policy.is_some() { &mut after } else { &mut before };
                    let mut items = std::mem::take(to);
                    self.item(pair, Place::Top, &mut items);
                    let to = if self.policy.is_some() { &mut after } else { &mut before };
                    *to = items;
                }
            }
        }
        self.stray(&before);
        if let Some(policy) = &mut self.policy {
            policy.items = after;
        }
        let nothing = self.policy.is_none() && self.vocabularies.is_empty() && before.is_empty();
        if nothing && self.findings.is_empty() {
            self.findings.push(
                Finding::new(SYNTAX, Span::new(self.file, 0, 0), "there is nothing in this file")
                    .help("begin with `policy ID \"Title\" { organisation … }` or with `vocabulary ID { … }`; `clausal init` writes an example"),
            );
        }
    }

    fn policy(&mut self, pair: Node<'t>) {
        let policy = self.policy_header(pair);
        let Some(first) = &self.policy else {
            self.policy = Some(policy);
            return;
        };
        self.findings.push(
            Finding::new(SYNTAX, policy.head, "this file holds a policy already")
                .and(first.head, "the first one begins here")
                .help("a file holds one policy, whose clauses run to the end of the file: move this one to a file of its own"),
        );
    }

    /// Clauses before any policy header belong to nothing.
    fn stray(&mut self, items: &[Item<'s>]) {
        let Some(first) = items.iter().find(|item| !matches!(item, Item::Junk(_))) else { return };
        let span = match first {
            Item::Prose(prose) => prose.span,
            Item::Rule(rule) => rule.span,
            Item::Block(block) => block.span,
            Item::Define(define) => define.span,
            Item::Accept(accept) => accept.span,
            Item::Withdrawn(withdrawn) => withdrawn.span,
            Item::EachRule(_, span) | Item::Note(_, span) | Item::Heading(_, span) | Item::Junk(span) => *span,
        };
        let first_line = self.slice(span).lines().next().unwrap_or("").trim_end().len();
        let head = Span { end: span.start + first_line as u32, ..span };
        self.lose(span);
        self.findings.push(
            Finding::new(SYNTAX, head, "this stands before any `policy` header, so that it belongs to no policy")
                .help("begin the file with `policy ID \"Title\" { organisation … }` and put the clauses after its closing brace"),
        );
    }

    /// The contents of a block: a `body` or `prose_body` pair.
    pub(super) fn body(&mut self, pair: Node<'t>) -> Vec<Item<'s>> {
        let mut items = Vec::new();
        for inner in children(pair) {
            self.item(inner, Place::Body, &mut items);
        }
        items.shrink_to_fit();
        items
    }
}
