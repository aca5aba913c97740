//! Vocabularies.

use super::super::SYNTAX;
use super::super::grammar::Rule;
use super::super::junk::Place;
use super::{Builder, Node, children};
use crate::diagnostic::Finding;
use crate::source::Span;
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
                Rule::junk_block_head => self.lost_keyword(&inner, "vocabulary"),
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
            Rule::broken_word => self.broken_word(pair).map(Entry::Word),
            Rule::fact_entry => self.fact_entry(pair).map(Entry::Fact),
            Rule::broken_fact => self.broken_fact(pair).map(Entry::Fact),
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
        let mut entry = new_entry(kind, id, span);
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
                    let before = self.findings.len();
                    let Some(child) = self.word_body(inner, entry.kind) else { continue };
                    if self.misspelt_part(child.id) {
                        self.findings.truncate(before);
                        self.report_part(child.id);
                        self.lose(child.span);
                    } else {
                        entry.children.push(child);
                    }
                }
                Rule::broken_child => self.broken_child(inner, entry),
                Rule::junk_child => {
                    let span = self.span(&inner);
                    let first = self.first_word(span);
                    if self.misspelt_part(first) {
                        self.report_part(first);
                        self.lose(span);
                    } else {
                        self.junk(&inner, Place::Children);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether what stands where a word could begin reads like a misspelt part of the word before it: a short one only
    /// where it does not begin its line.
    fn misspelt_part(&self, id: Word<'s>) -> bool {
        let before = self.source.get(..id.span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("").trim_end();
        let after_word = !line.is_empty() && !line.ends_with('{');
        let least = if after_word { 3 } else { 4 };
        id.text.len() >= least && PARTS.into_iter().any(|part| strsim::osa_distance(part, id.text) == 1)
    }

    fn report_part(&mut self, id: Word<'s>) {
        let Some(part) = PARTS.into_iter().find(|part| strsim::osa_distance(part, id.text) == 1) else { return };
        self.findings.push(
            Finding::new(SYNTAX, id.span, format!("`{}` would be a word of its own here", id.text))
                .help(format!("did you mean `{part}`?"))
                .fix(format!("write `{part}`"), id.span, part),
        );
    }

    /// A word whose head cannot be read; the words below it can.
    fn broken_word(&mut self, pair: Node<'t>) -> Option<WordEntry<'s>> {
        let span = self.span(&pair);
        let start = pair.as_span().start();
        let mut parts = children(pair);
        let kind = self.word(&parts.next()?);
        let head = parts.next()?;
        let id = self.recovered_id(&head);
        self.broken_head(start, &head, Rule::strict_entry_head);
        let mut entry = new_entry(kind, id.unwrap_or(kind), span);
        entry.broken = true;
        self.entry_children(parts.next()?, &mut entry);
        Some(entry)
    }

    fn broken_child(&mut self, pair: Node<'t>, above: &mut WordEntry<'s>) {
        let span = self.span(&pair);
        let start = pair.as_span().start();
        let mut parts = children(pair);
        let (Some(head), Some(inside)) = (parts.next(), parts.next()) else { return };
        let id = self.recovered_id(&head);
        self.broken_head(start, &head, Rule::strict_child_head);
        // What lies below a word without a name lies below the word above it all the same.
        let Some(id) = id else { return self.entry_children(inside, above) };
        let mut entry = new_entry(above.kind, id, span);
        entry.broken = true;
        self.entry_children(inside, &mut entry);
        above.children.push(entry);
    }

    fn broken_fact(&mut self, pair: Node<'t>) -> Option<FactEntry<'s>> {
        let span = self.span(&pair);
        let start = pair.as_span().start();
        let mut parts = children(pair).filter(|part| part.as_rule() != Rule::fact_kw);
        let head = parts.next()?;
        let id = self.recovered_id(&head);
        self.broken_head(start, &head, Rule::strict_entry_head);
        let values = self.values(parts.next()?);
        Some(FactEntry { id: id?, label: None, chosen: None, values: FactValues::Choice(values), span })
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

/// An entry of which nothing is known but its id.
fn new_entry<'s>(kind: Word<'s>, id: Word<'s>, span: Span) -> WordEntry<'s> {
    WordEntry {
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
        broken: false,
        span,
    }
}
