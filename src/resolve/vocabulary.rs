//! Vocabularies to words and facts: ids, labels, values, and what names them.
//!
//! Every word is declared before any name in a vocabulary is looked up, so that neither the order of entries nor that of
//! files matters. It knows no policy.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::amount;
use super::forms;
use super::hierarchy;
use super::lost::Lost;
use super::names::Names;
use super::suggest::{closest, listed, suggest};
use crate::diagnostic::Finding;
use crate::model::{Bound, Fact, FactId, FactKind, Kind, PREPOSITIONS, Signature, Unit, Value, Word, WordId};
use crate::source::Span;
use crate::syntax::ast::{self, Ast, Entry, FactEntry, FactValues, WordEntry};

/// An entry of the sources with the word it declares.
pub(super) struct Declared<'a, 's> {
    /// The entry.
    pub(super) entry: &'a WordEntry<'s>,
    /// Its word: of an id declared twice the first one's.
    pub(super) word: WordId,
    /// Whether the entry is the one that declares the word.
    pub(super) first: bool,
}

/// The words and facts of all these files.
pub(super) fn build<'s>(asts: &[&Ast<'s>], lost: &Lost<'s>, findings: &mut Vec<Finding>) -> Names<'s> {
    let mut names = Names::default();
    let mut declared = Vec::new();
    for entry in asts.iter().flat_map(|ast| &ast.vocabularies).flat_map(|block| &block.entries) {
        match entry {
            Entry::Word(word) => {
                let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == word.kind.text) else { continue };
                declare(&mut names, word, kind, None, &mut declared, findings);
            }
            Entry::Fact(fact) => declare_fact(&mut names, fact, lost, findings),
            Entry::Junk(_) => {}
        }
    }
    let links = hierarchy::link(&mut names, &declared, lost, findings);
    let mut own = Vec::with_capacity(declared.len());
    for Declared { entry, word, first } in &declared {
        own.push((*word, *first, takes(&mut names, entry, *word, lost, findings)));
        relate(&mut names, entry, *word, lost, findings);
    }
    hierarchy::inherit_takes(&mut names, &links, own);
    forms::collect(&mut names, &declared, findings);
    names
}

fn declare<'a, 's>(
    names: &mut Names<'s>,
    entry: &'a WordEntry<'s>,
    kind: Kind,
    parent: Option<WordId>,
    declared: &mut Vec<Declared<'a, 's>>,
    findings: &mut Vec<Finding>,
) {
    let next = WordId(names.vocabulary.words.len() as u32);
    let taken = &mut names.words.entry(entry.id.text).or_default()[kind as usize];
    let first = taken.is_none();
    let word = *taken.get_or_insert(next);
    if first {
        // Inside braces the word for the kind stands with the outermost entry.
        let declared = if parent.is_none() { entry.kind.span.to(entry.span) } else { entry.span };
        names.vocabulary.words.push(new_word(entry, kind, declared));
    } else {
        let before = names.vocabulary.word(word).span;
        findings.push(declared_twice(entry.id, &format!("{} `{}`", kind.name(), entry.id.text), before));
    }
    if let [_, again, ..] = entry.plural.as_slice() {
        let message = format!("`{}` has more than one plural", entry.id.text);
        findings.push(Finding::new("syntax", again.span, message).help("write further forms after `also`"));
    }
    if let Some(parent) = parent.filter(|&parent| parent != word) {
        hierarchy::put_below(&mut names.vocabulary, word, parent);
    }
    declared.push(Declared { entry, word, first });
    for child in &entry.children {
        declare(names, child, kind, Some(word), declared, findings);
    }
}

fn new_word(entry: &WordEntry<'_>, kind: Kind, declared: Span) -> Word {
    let label = match &entry.label {
        Some(label) => label.text.to_string(),
        None => entry.id.text.replace('-', " "),
    };
    let plural = match entry.plural.first() {
        Some(plural) => plural.text.to_string(),
        None => plural_of(&label),
    };
    Word {
        id: entry.id.text.to_owned(),
        kind,
        label,
        plural,
        also: entry.also.iter().map(|form| form.text.to_string()).collect(),
        parents: Vec::new(),
        children: Vec::new(),
        overlaps: Vec::new(),
        excludes: Vec::new(),
        only: entry.only.is_some(),
        takes: Signature::default(),
        span: entry.id.span,
        declared,
    }
}

/// The plural of a label that has none written: one of a kind, "the headteacher", keeps its label.
fn plural_of(label: &str) -> String {
    match crate::model::without_article(label) {
        Some(_) => label.to_owned(),
        None => format!("{label}s"),
    }
}

/// The finding for an id declared a second time.
pub(super) fn declared_twice(id: ast::Word<'_>, what: &str, before: Span) -> Finding {
    Finding::new("duplicate-id", id.span, format!("the {what} is declared twice"))
        .labelled("declared again here")
        .and(before, "first declared here")
        .help("give one of them another id, or make one of the two")
}

fn declare_fact<'s>(names: &mut Names<'s>, entry: &FactEntry<'s>, lost: &Lost<'s>, findings: &mut Vec<Finding>) {
    let id = FactId(names.vocabulary.facts.len() as u32);
    match names.facts.entry(entry.id.text) {
        Slot::Occupied(before) => {
            let before = names.vocabulary.fact(*before.get()).span;
            findings.push(declared_twice(entry.id, &format!("fact `{}`", entry.id.text), before));
            return;
        }
        Slot::Vacant(place) => place.insert(id),
    };
    let kind = match &entry.values {
        FactValues::Flag => FactKind::Flag,
        FactValues::Choice(values) if values.is_empty() && !lost.has(entry.id.text) => {
            let message = format!("no values stand between the braces of `{}`", entry.id.text);
            findings.push(
                Finding::new("syntax", entry.id.span, message)
                    .help("name its values there, or leave the braces out for a fact that is yes or no"),
            );
            names.unclear.push(id);
            FactKind::Choice(Vec::new())
        }
        FactValues::Choice(values) => FactKind::Choice(choices(values, entry.id.text, findings)),
        FactValues::Quantity(unit) => FactKind::Quantity(amount::unit(*unit, findings).unwrap_or_else(|| {
            names.unclear.push(id);
            Unit::Time
        })),
    };
    let (label, labelled) = label_of(entry.id, entry.label.as_ref());
    names.vocabulary.facts.push(Fact {
        id: entry.id.text.to_owned(),
        label,
        labelled,
        chosen: entry.chosen.is_some(),
        kind,
        span: entry.id.span,
        declared: entry.span,
    });
}

fn choices<'s>(
    written: &[(ast::Word<'s>, Option<ast::Text<'s>>)],
    fact: &str,
    findings: &mut Vec<Finding>,
) -> Vec<Value> {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut values = Vec::with_capacity(written.len());
    for (id, label) in written {
        if let Some(&before) = seen.get(id.text) {
            findings.push(declared_twice(*id, &format!("value `{}` of `{fact}`", id.text), before));
            continue;
        }
        seen.insert(id.text, id.span);
        let (label, labelled) = label_of(*id, label.as_ref());
        values.push(Value { id: id.text.to_owned(), label, labelled, span: id.span });
    }
    values
}

fn label_of(id: ast::Word<'_>, label: Option<&ast::Text<'_>>) -> (String, bool) {
    match label {
        Some(label) => (label.text.to_string(), true),
        None => (id.text.replace('-', " "), false),
    }
}

/// What an entry says of other words besides its place: overlaps and exclusions.
fn relate<'s>(
    names: &mut Names<'s>,
    entry: &WordEntry<'s>,
    word: WordId,
    lost: &Lost<'s>,
    findings: &mut Vec<Finding>,
) {
    let kind = names.vocabulary.word(word).kind;
    for name in &entry.overlaps {
        let Some(other) = names.of_kind(kind, *name, lost, findings) else { continue };
        let overlaps = &mut names.vocabulary.words[word.0 as usize].overlaps;
        if !overlaps.contains(&other) {
            overlaps.push(other);
        }
    }
    if let (Some(first), true) = (entry.excludes.first(), kind != Kind::Action) {
        findings.push(actions_only("excludes", entry, kind, first.span));
        return;
    }
    for name in &entry.excludes {
        let Some(other) = names.of_kind(Kind::Action, *name, lost, findings) else { continue };
        let excludes = &mut names.vocabulary.words[word.0 as usize].excludes;
        if !excludes.contains(&other) {
            excludes.push(other);
        }
    }
}

fn actions_only(word: &str, entry: &WordEntry<'_>, kind: Kind, span: Span) -> Finding {
    let message = format!("`{word}` belongs to actions, and `{}` is {}", entry.id.text, kind.one());
    Finding::new("syntax", span, message).help("take it out, or write it after the action it is said of")
}

/// What an entry itself takes: inheritance comes later.
fn takes<'s>(
    names: &mut Names<'s>,
    entry: &WordEntry<'s>,
    word: WordId,
    lost: &Lost<'s>,
    findings: &mut Vec<Finding>,
) -> Signature {
    if entry.broken {
        names.vague.insert(word);
    }
    let Some(takes) = &entry.takes else { return Signature::default() };
    let kind = names.vocabulary.word(word).kind;
    if kind != Kind::Action {
        findings.push(actions_only("takes", entry, kind, takes.span));
        return Signature::default();
    }
    let mut vague = false;
    let mut bound = |name: ast::Word<'s>, findings: &mut Vec<Finding>| match Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == name.text)
    {
        Some(kind) => Some(Bound::Kind(kind)),
        None => {
            let word = names.any_noun(name, lost, findings);
            vague |= word.is_none();
            word.map(Bound::Word)
        }
    };
    let object = takes.object.and_then(|name| bound(name, findings));
    let mut slots: Vec<(&'static str, Bound)> = Vec::new();
    for (preposition, name) in &takes.slots {
        let Some(known) = preposition_of(*preposition, findings) else { continue };
        if slots.iter().any(|(other, _)| *other == known) {
            let message = format!("`{}` takes `{known}` twice", entry.id.text);
            findings.push(
                Finding::new("syntax", preposition.span, message)
                    .help("a preposition stands once; give it the word above both bounds"),
            );
            continue;
        }
        if let Some(bound) = bound(*name, findings) {
            slots.push((known, bound));
        }
    }
    if vague {
        names.vague.insert(word);
    }
    Signature { object, slots }
}

/// The preposition written so, or a finding.
pub(super) fn preposition_of(word: ast::Word<'_>, findings: &mut Vec<Finding>) -> Option<&'static str> {
    let known = PREPOSITIONS.into_iter().find(|known| *known == word.text);
    if known.is_none() {
        let finding = Finding::new("syntax", word.span, format!("`{}` is not a preposition", word.text));
        findings.push(suggest(finding, word.span, &closest(word.text, PREPOSITIONS), || {
            format!("the prepositions are {}", listed(&PREPOSITIONS, "and"))
        }));
    }
    known
}
