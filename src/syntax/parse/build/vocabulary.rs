//! Vocabularies.

use super::super::SYNTAX;
use super::super::grammar::Rule;
use super::super::junk::Place;
use super::{Builder, Node, children};
use crate::diagnostic::Finding;
use crate::syntax::ast::{Entry, FactEntry, FactValues, Takes, VocabularyBlock, Word, WordEntry};

/// The words that begin a part of an entry: one letter off inside braces, they would pass for a new word.
const PARTS: [&str; 6] = ["also", "plural", "overlaps", "takes", "excludes", "only"];

impl<'s, 't> Builder<'s, 't> {
    pub(super) fn vocabulary(&mut self, pair: Node<'t>) {
        let span = self.span(&pair);
        let mut block = VocabularyBlock { id: None, entries: Vec::new(), span };
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::id => block.id = Some(self.id(&inner)),
                Rule::junk_head => self.junk_head(&inner, Rule::strict_vocabulary),
                Rule::junk_entry => self.salvage_entry(&inner, &mut block.entries),
                _ => block.entries.extend(self.entry(inner)),
            }
        }
        self.vocabularies.push(block);
    }

    /// One entry; `None` for anything else.
    pub(in super::super) fn entry(&mut self, pair: Node<'t>) -> Option<Entry<'s>> {
        match pair.as_rule() {
            Rule::word_entry => self.word_entry(pair).map(Entry::Word),
            Rule::fact_entry => self.fact_entry(pair).map(Entry::Fact),
            _ => None,
        }
    }

    fn word_entry(&mut self, pair: Node<'t>) -> Option<WordEntry<'s>> {
        let mut parts = children(pair);
        let kind = self.word(&parts.next()?);
        self.word_body(parts.next()?, kind)
    }

    fn word_body(&mut self, pair: Node<'t>, kind: Word<'s>) -> Option<WordEntry<'s>> {
        let span = self.span(&pair);
        let mut parts = children(pair);
        let id = self.id(&parts.next()?);
        let mut entry = WordEntry {
            kind,
            id,
            label: None,
            also: Vec::new(),
            plural: Vec::new(),
            is: Vec::new(),
            overlaps: Vec::new(),
            takes: None,
            excludes: Vec::new(),
            only: None,
            children: Vec::new(),
            span,
        };
        for part in parts {
            match part.as_rule() {
                Rule::string => entry.label = Some(self.string(&part)),
                Rule::also => entry.also.extend(self.strings(part)),
                Rule::plural => entry.plural.extend(self.string_in(part)),
                Rule::is => entry.is.extend(self.names(part)),
                Rule::overlaps => entry.overlaps.extend(self.names(part)),
                Rule::excludes => entry.excludes.extend(self.names(part)),
                Rule::takes => self.takes(part, &mut entry),
                Rule::children => self.entry_children(part, &mut entry),
                _ => {}
            }
        }
        Some(entry)
    }

    fn entry_children(&mut self, pair: Node<'t>, entry: &mut WordEntry<'s>) {
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::only_kw => entry.only = Some(self.span(&inner)),
                Rule::word_body => {
                    let Some(child) = self.word_body(inner, entry.kind) else { continue };
                    self.check_part(child.id);
                    entry.children.push(child);
                }
                Rule::junk_child => {
                    self.junk(&inner, Place::Children);
                }
                _ => {}
            }
        }
    }

    /// A child that reads like a misspelt part of the entry before it.
    fn check_part(&mut self, id: Word<'s>) {
        let near = |part: &str| id.text.len() > 3 && strsim::osa_distance(part, id.text) == 1;
        let Some(part) = PARTS.into_iter().find(|part| near(part)) else { return };
        self.findings.push(
            Finding::new(SYNTAX, id.span, format!("`{}` would be a word of its own here", id.text))
                .help(format!("did you mean `{part}`?"))
                .fix(format!("write `{part}`"), id.span, part),
        );
    }

    fn takes(&mut self, pair: Node<'t>, entry: &mut WordEntry<'s>) {
        let span = self.span(&pair);
        let mut takes = Takes { object: None, slots: Vec::new(), span };
        let mut preposition = None;
        for inner in children(pair) {
            match (inner.as_rule(), preposition.take()) {
                (Rule::preposition, _) => preposition = Some(self.word(&inner)),
                (_, Some(before)) => takes.slots.push((before, self.word(&inner))),
                (_, None) => takes.object = Some(self.word(&inner)),
            }
        }
        if let Some(first) = &entry.takes {
            self.findings.push(
                Finding::new(SYNTAX, span, format!("`{}` says twice what it takes", entry.id.text))
                    .and(first.span, "first said here")
                    .help("write one `takes` with the object and all prepositions"),
            );
            return;
        }
        entry.takes = Some(takes);
    }

    fn fact_entry(&mut self, pair: Node<'t>) -> Option<FactEntry<'s>> {
        let span = self.span(&pair);
        let mut parts = children(pair).filter(|part| part.as_rule() != Rule::fact_kw);
        let id = self.id(&parts.next()?);
        let mut fact = FactEntry { id, label: None, chosen: None, values: FactValues::Flag, span };
        for part in parts {
            match part.as_rule() {
                Rule::string => fact.label = Some(self.string(&part)),
                Rule::chosen => fact.chosen = Some(self.span(&part)),
                Rule::fact_unit => {
                    let unit = children(part).next();
                    fact.values = unit.map_or(FactValues::Flag, |unit| FactValues::Quantity(self.word(&unit)));
                }
                Rule::values => fact.values = FactValues::Choice(self.values(part)),
                _ => {}
            }
        }
        Some(fact)
    }

    fn values(&mut self, pair: Node<'t>) -> Vec<(Word<'s>, Option<crate::syntax::ast::Text<'s>>)> {
        let mut values = Vec::new();
        for inner in children(pair) {
            if inner.as_rule() == Rule::junk_child {
                self.junk(&inner, Place::Values);
                continue;
            }
            let mut parts = children(inner);
            let Some(id) = parts.next() else { continue };
            let id = self.id(&id);
            values.push((id, parts.next().map(|label| self.string(&label))));
        }
        values
    }

    /// All strings inside a pair.
    pub(super) fn strings(&self, pair: Node<'t>) -> Vec<crate::syntax::ast::Text<'s>> {
        children(pair).filter(|inner| inner.as_rule() == Rule::string).map(|inner| self.string(&inner)).collect()
    }

    /// All names inside a pair.
    pub(super) fn names(&mut self, pair: Node<'t>) -> Vec<Word<'s>> {
        let is_name = |form| matches!(form, Rule::name | Rule::entry_name | Rule::id);
        children(pair).filter(|inner| is_name(inner.as_rule())).map(|inner| self.id(&inner)).collect()
    }
}
