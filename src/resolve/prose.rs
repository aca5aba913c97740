//! Prose with its links looked up.

use super::scope::Scope;
use super::suggest::{closest, suggest};
use crate::diagnostic::Finding;
use crate::model::{DefinitionIdx, Inline, InlineTarget, Parent, Prose, Reference, ReferenceIdx, SourceMap, form_key};
use crate::syntax::ast::{self, InlineKind, Word};

impl<'s> Scope<'_, '_, 's> {
    /// A run of prose that stands in `parent`; the references met go to `references`.
    pub(super) fn prose(&mut self, prose: &ast::Prose<'s>, parent: Parent, references: &mut Vec<Reference>) -> Prose {
        self.joined_prose(std::slice::from_ref(prose), parent, references).unwrap_or_else(|| Prose {
            markdown: String::new(),
            inlines: Vec::new(),
            map: SourceMap { file: prose.span.file, lines: Vec::new() },
            span: prose.span,
        })
    }

    /// Several runs as one, with a blank line between them: what notes and definitions hold.
    pub(super) fn joined_prose(
        &mut self,
        runs: &[ast::Prose<'s>],
        parent: Parent,
        references: &mut Vec<Reference>,
    ) -> Option<Prose> {
        let (first, last) = (runs.first()?, runs.last()?);
        let lines = || runs.iter().flat_map(|run| &run.lines);
        let mut markdown = String::with_capacity(lines().map(|line| line.text.len() + 1).sum::<usize>() + runs.len());
        let mut map = SourceMap { file: first.span.file, lines: Vec::with_capacity(lines().count()) };
        let mut inlines = Vec::new();
        for run in runs {
            if !markdown.is_empty() {
                markdown.push_str("\n\n");
            }
            let first_line = map.lines.len();
            for (index, line) in run.lines.iter().enumerate() {
                if index > 0 {
                    markdown.push('\n');
                }
                map.lines.push((markdown.len() as u32, line.span.start));
                markdown.push_str(line.text);
            }
            for inline in &run.inlines {
                let lines = &map.lines[first_line..];
                let (target, shown) = self.target(inline, parent, references);
                let (start, end) = (offset(lines, inline.span.start), offset(lines, inline.span.end));
                inlines.push(Inline { start, end, target, shown });
            }
        }
        Some(Prose { markdown, inlines, map, span: first.span.to(last.span) })
    }

    fn target(
        &mut self,
        inline: &ast::Inline<'s>,
        parent: Parent,
        references: &mut Vec<Reference>,
    ) -> (InlineTarget, Option<String>) {
        let shown = inline.shown.as_ref().map(|text| text.text.to_string());
        match &inline.kind {
            InlineKind::Term(term) => (self.term(*term), shown.or_else(|| Some(term.text.to_owned()))),
            InlineKind::Parameter(id) => (self.parameter(*id), shown),
            InlineKind::Reference(reference) => {
                let Some(to) = self.reference(reference) else { return (InlineTarget::Broken, shown) };
                let index = ReferenceIdx(references.len() as u32);
                references.push(Reference { from: parent, to, span: reference.span });
                (InlineTarget::Reference(index), shown)
            }
        }
    }

    /// A term of this policy, else a word of the vocabulary.
    fn term(&mut self, term: Word<'s>) -> InlineTarget {
        let key;
        // Most terms are written as they are looked up, and need no copy.
        let plain = term.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ' || byte == b'-')
            && !term.text.contains("  ")
            && term.text.trim().len() == term.text.len();
        let form = if plain {
            term.text
        } else {
            key = form_key(term.text);
            &key
        };
        if let Some(&definition) = self.terms.forms.get(form) {
            self.use_definition(definition);
            return InlineTarget::Definition(definition);
        }
        if let Some(&word) = self.world.names.vocabulary.forms.get(form) {
            self.use_word(word);
            return InlineTarget::Word(word);
        }
        if !self.world.lost.has_term(term.text) {
            let finding = self.unknown_term(term);
            self.findings.push(finding);
        }
        InlineTarget::Broken
    }

    fn use_definition(&mut self, definition: DefinitionIdx) {
        if self.defining != Some(definition) {
            self.terms.used[definition.0 as usize] = true;
        }
    }

    fn parameter(&mut self, id: Word<'s>) -> InlineTarget {
        let parameters = self.parameters();
        if let Some(place) = parameters.iter().position(|known| known.text == id.text) {
            return InlineTarget::Parameter(place as u32);
        }
        if !self.world.lost.has(id.text) {
            let finding =
                Finding::new("unknown-name", id.span, format!("`{}` is not a parameter of this policy", id.text));
            let nearest = closest(id.text, parameters.iter().map(|known| known.text));
            self.findings.push(suggest(finding, id.span, &nearest, || {
                format!("declare it in the header: `parameter {} \"what is to be filled in\"`", id.text)
            }));
        }
        InlineTarget::Broken
    }
}

/// The offset in the text of a place in the source, given where its lines stand in both.
fn offset(lines: &[(u32, u32)], place: u32) -> u32 {
    let line = lines.partition_point(|&(_, source)| source <= place).saturating_sub(1);
    let (text, source) = lines.get(line).copied().unwrap_or_default();
    text + place.saturating_sub(source)
}
