//! The header of a policy.

use super::super::grammar::Rule;
use super::super::junk::Place;
use super::{Builder, Node, children};
use crate::syntax::ast::{Field, FieldValue, HistoryLine, PolicyFile, Word};

impl<'s, 't> Builder<'s, 't> {
    pub(super) fn policy_header(&mut self, pair: Node<'t>) -> PolicyFile<'s> {
        let span = self.span(&pair);
        let mut policy = PolicyFile { id: None, title: None, fields: Vec::new(), items: Vec::new(), head: span, span };
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::policy_kw => policy.head = self.span(&inner),
                Rule::id => policy.id = Some(self.id(&inner)),
                Rule::string => {
                    policy.title = Some(self.string(&inner));
                    policy.head = policy.head.to(self.span(&inner));
                }
                Rule::junk_head => {
                    policy.id = self.recovered_id(&inner);
                    self.junk_head(&inner, Rule::strict_policy);
                }
                Rule::junk_block_head => {
                    policy.id = self.recovered_id_after_first(&inner).or_else(|| self.recovered_id(&inner));
                    policy.head = self.span(&inner);
                    self.lost_keyword(&inner, "policy");
                }
                Rule::junk_field => {
                    let span = self.junk(&inner, Place::Header);
                    let keyword = self.first_word(span);
                    policy.fields.push(Field { keyword, value: FieldValue::Junk, span });
                }
                _ => policy.fields.extend(self.field(inner)),
            }
        }
        policy
    }

    fn field(&mut self, pair: Node<'t>) -> Option<Field<'s>> {
        let span = self.span(&pair);
        let form = pair.as_rule();
        if form == Rule::each_rule {
            let (qualifiers, span, keyword) = self.each_rule(pair);
            return Some(Field { keyword, value: FieldValue::EachRule(qualifiers), span });
        }
        let mut parts = children(pair);
        let keyword = self.word(&parts.next()?);
        let value = match form {
            Rule::word_field => FieldValue::Word(self.id(&parts.next()?)),
            Rule::text_field => FieldValue::Text(self.string(&parts.next()?)),
            Rule::date_field => FieldValue::Date(self.word(&parts.next()?)),
            Rule::list_field => FieldValue::Words(parts.map(|part| self.id(&part)).collect()),
            Rule::approved => self.approved(parts),
            Rule::review => self.review(parts),
            Rule::related => {
                let (id, title) = (self.id(&parts.next()?), self.string(&parts.next()?));
                FieldValue::Related { id, title, url: parts.next().and_then(|url| self.string_in(url)) }
            }
            Rule::basis => self.basis(parts)?,
            Rule::history => FieldValue::History(self.history(parts)),
            Rule::parameter => {
                let (id, label) = (self.id(&parts.next()?), self.string(&parts.next()?));
                FieldValue::Parameter { id, label, value: parts.next().map(|value| self.string(&value)) }
            }
            _ => return None,
        };
        Some(Field { keyword, value, span })
    }

    fn approved(&mut self, parts: impl Iterator<Item = Node<'t>>) -> FieldValue<'s> {
        let (mut date, mut by, mut minute) = (None, Vec::new(), None);
        for part in parts {
            match part.as_rule() {
                Rule::date => date = Some(self.word(&part)),
                Rule::id => by.push(self.id(&part)),
                Rule::string => minute = Some(self.string(&part)),
                _ => {}
            }
        }
        FieldValue::Approved { date, by, minute }
    }

    fn review(&mut self, parts: impl Iterator<Item = Node<'t>>) -> FieldValue<'s> {
        let (mut every, mut by) = (None, None);
        for part in parts {
            let last = children(part).last();
            match last {
                Some(quantity) if quantity.as_rule() == Rule::quantity => every = self.quantity(quantity),
                Some(date) if date.as_rule() == Rule::date => by = Some(self.word(&date)),
                _ => {}
            }
        }
        FieldValue::Review { every, by }
    }

    fn basis(&mut self, mut parts: impl Iterator<Item = Node<'t>>) -> Option<FieldValue<'s>> {
        let title = self.string(&parts.next()?);
        let (mut edition, mut url) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::edition => edition = self.string_in(part),
                _ => url = self.string_in(part),
            }
        }
        Some(FieldValue::Basis { title, edition, url })
    }

    fn history(&mut self, parts: impl Iterator<Item = Node<'t>>) -> Vec<HistoryLine<'s>> {
        let mut lines = Vec::new();
        for part in parts {
            if part.as_rule() == Rule::junk_line {
                self.junk(&part, Place::History);
                continue;
            }
            let span = self.span(&part);
            let mut parts = children(part);
            let (Some(version), Some(date), Some(change)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let (version, date, change) = (self.string(&version), self.word(&date), self.string(&change));
            lines.push(HistoryLine { version, date, change, span });
        }
        lines
    }

    /// The first word of a span: what a field that cannot be read was most likely meant to be.
    pub(super) fn first_word(&self, span: crate::source::Span) -> Word<'s> {
        let text = self.slice(span);
        let length = text.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(text.len());
        let end = span.start + length as u32;
        Word { text: text.get(..length).unwrap_or(""), span: crate::source::Span { end, ..span } }
    }
}
