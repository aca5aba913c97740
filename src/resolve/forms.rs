//! The forms in which words can be written in prose, each leading to one word.
//!
//! Facts have no forms: nobody writes them between braces.

use std::collections::BTreeMap;
use std::collections::HashSet;

use super::names::Names;
use super::vocabulary::Declared;
use crate::diagnostic::Finding;
use crate::model::{Kind, WordId, form_key, without_article};
use crate::source::Span;

/// A form that is taken: its word and where it was written.
type Taken = (WordId, Span);

/// Fills the table of forms. A form that stands in the sources – a label, an `also`, a plural, an id that serves as label
/// – goes ahead of a plural made from a label, and two words may not share one.
pub(super) fn collect(names: &mut Names<'_>, declared: &[Declared<'_, '_>], findings: &mut Vec<Finding>) {
    let mut forms: BTreeMap<String, Taken> = BTreeMap::new();
    let mut reported: HashSet<(WordId, WordId)> = HashSet::new();
    let firsts = || declared.iter().filter(|declared| declared.first);
    for Declared { entry, word, .. } in firsts() {
        let label = entry.label.as_ref().map_or(entry.id.span, |label| label.span);
        let it = names.vocabulary.word(*word);
        let written = entry.also.iter().chain(entry.plural.first()).map(|form| (form.text.as_ref(), form.span));
        for (form, span) in std::iter::once((it.label.as_str(), label)).chain(written) {
            for form in [Some(form), without_article(form)].into_iter().flatten() {
                enter(names, &mut forms, &mut reported, form, (*word, span), findings);
            }
        }
    }
    for Declared { entry, word, .. } in firsts().filter(|declared| declared.entry.plural.is_empty()) {
        let it = names.vocabulary.word(*word);
        // Nobody writes several of an action or an event: such a plural gives way without a word.
        let counted = matches!(it.kind, Kind::Party | Kind::Thing);
        if counted || !forms.contains_key(&form_key(&it.plural)) {
            let span = entry.label.as_ref().map_or(entry.id.span, |label| label.span);
            enter(names, &mut forms, &mut reported, &it.plural, (*word, span), findings);
        }
    }
    names.vocabulary.forms = forms.into_iter().map(|(form, (word, _))| (form, word)).collect();
}

fn enter(
    names: &Names<'_>,
    forms: &mut BTreeMap<String, Taken>,
    reported: &mut HashSet<(WordId, WordId)>,
    form: &str,
    taken: Taken,
    findings: &mut Vec<Finding>,
) {
    let key = form_key(form);
    let Some(&(before, place)) = forms.get(&key) else {
        forms.insert(key, taken);
        return;
    };
    let (word, span) = taken;
    // Two words that share a label share its plural too: one finding says it.
    if before == word || !reported.insert((before, word)) {
        return;
    }
    let told = |id: WordId| {
        let word = names.vocabulary.word(id);
        format!("the {} `{}`", word.kind.name(), word.id)
    };
    findings.push(
        Finding::new("duplicate-form", span, format!("`{form}` is a form of {} and of {}", told(before), told(word)))
            .labelled(format!("a form of {}", told(word)))
            .and(place, format!("a form of {} already", told(before)))
            .help("give one of the two a label of its own, or leave the form to one of them"),
    );
}
