//! What one policy sees while it is resolved: the vocabulary, its own terms and groups, the other policies, and the
//! findings gathered so far.

use std::collections::HashMap;

use super::lost::Lost;
use super::names::Names;
use super::outline::Outline;
use super::suggest::{closest, suggest};
use super::vocabulary::declared_twice;
use crate::diagnostic::Finding;
use crate::model::{DefinitionIdx, FactId, Filler, Kind, PolicyId, WordId, form_key, without_article};
use crate::source::{Sources, Span};
use crate::syntax::ast::Word;

/// What all policies share.
pub(super) struct World<'a, 's> {
    /// The texts.
    pub(super) sources: &'s Sources,
    /// The vocabulary.
    pub(super) names: Names<'s>,
    /// What can be referred to, policy by policy.
    pub(super) outlines: Vec<Outline<'a, 's>>,
    /// The key of each policy.
    pub(super) keys: Vec<String>,
    /// The policies of each id; of a policy declared twice only the first.
    pub(super) by_id: HashMap<&'s str, Vec<PolicyId>>,
    /// Words of text that could not be read.
    pub(super) lost: Lost<'s>,
}

/// What one policy sees, and what has come of resolving it so far.
pub(super) struct Scope<'w, 'a, 's> {
    /// What all policies share.
    pub(super) world: &'w World<'a, 's>,
    /// The policy.
    pub(super) policy: PolicyId,
    /// What is wrong in it.
    pub(super) findings: Vec<Finding>,
    /// What it names.
    pub(super) used: Used,
    /// Its own terms.
    pub(super) terms: Terms<'s>,
    /// The definition whose text is being read: it does not use itself.
    pub(super) defining: Option<DefinitionIdx>,
    /// How many names have led nowhere so far, reported or not.
    gaps: usize,
}

/// Which words and facts something names.
#[derive(Clone, Default)]
pub(super) struct Used {
    /// For each word.
    pub(super) words: Vec<bool>,
    /// For each fact.
    pub(super) facts: Vec<bool>,
}

/// The terms and groups a policy defines.
#[derive(Default)]
pub(super) struct Terms<'s> {
    /// The forms of its terms.
    pub(super) forms: HashMap<String, DefinitionIdx>,
    /// Its groups by id.
    groups: HashMap<&'s str, DefinitionIdx>,
    /// The words of each definition's group; of a definition that makes none, none.
    pub(super) members: Vec<Vec<WordId>>,
    /// Whether something uses each definition.
    pub(super) used: Vec<bool>,
}

impl Used {
    /// Nothing named yet, of this many words and facts.
    pub(super) fn none(names: &Names<'_>) -> Self {
        Used { words: vec![false; names.vocabulary.words.len()], facts: vec![false; names.vocabulary.facts.len()] }
    }

    /// Takes over what another part of the collection names.
    pub(super) fn add(&mut self, other: &Used) {
        self.words.iter_mut().zip(&other.words).for_each(|(used, other)| *used |= other);
        self.facts.iter_mut().zip(&other.facts).for_each(|(used, other)| *used |= other);
    }
}

impl<'w, 'a, 's> Scope<'w, 'a, 's> {
    /// The scope of a policy, its own terms read.
    pub(super) fn new(world: &'w World<'a, 's>, policy: PolicyId) -> Self {
        let mut scope = Scope {
            world,
            policy,
            findings: Vec::new(),
            used: Used::none(&world.names),
            terms: Terms::default(),
            defining: None,
            gaps: 0,
        };
        scope.read_terms();
        scope
    }

    /// This policy as references see it.
    pub(super) fn outline(&self) -> &'w Outline<'a, 's> {
        &self.world.outlines[self.policy.0 as usize]
    }

    /// How much has gone wrong so far: what is read while this does not grow is understood in full.
    pub(super) fn trouble(&self) -> usize {
        self.findings.len() + self.gaps
    }

    fn read_terms(&mut self) {
        let mut ids: HashMap<&str, Span> = HashMap::new();
        let mut places: HashMap<DefinitionIdx, Span> = HashMap::new();
        let definitions = &self.outline().definitions;
        self.terms.used = vec![false; definitions.len()];
        for (index, define) in definitions.iter().enumerate() {
            let index = DefinitionIdx(index as u32);
            places.insert(index, define.id.span);
            let again = ids.get(define.id.text).copied();
            if let Some(before) = again {
                let what = format!("definition `{}`", define.id.text);
                self.findings.push(declared_twice(define.id, &what, before));
            }
            ids.entry(define.id.text).or_insert(define.id.span);
            let members: Vec<WordId> = define.group.iter().filter_map(|name| self.any_noun(*name)).collect();
            if !define.group.is_empty() {
                self.terms.groups.entry(define.id.text).or_insert(index);
            }
            self.terms.members.push(members);
            let dashless = define.id.text.replace('-', " ");
            let term =
                define.term.as_ref().map_or((dashless.as_str(), define.id.span), |term| (&*term.text, term.span));
            let also = define.also.iter().map(|form| (&*form.text, form.span));
            let mut reported = false;
            for (form, span) in std::iter::once(term).chain(also) {
                for form in [Some(form), without_article(form)].into_iter().flatten() {
                    let holder = *self.terms.forms.entry(form_key(form)).or_insert(index);
                    if holder != index && again.is_none() && !reported {
                        reported = true;
                        let before = places.get(&holder).copied().unwrap_or(span);
                        let message = format!("`{form}` is a form of two definitions of this policy");
                        self.findings.push(
                            Finding::new("duplicate-form", span, message)
                                .and(before, "defined here first")
                                .help("give one of the two a term of its own, or leave the form to one of them"),
                        );
                    }
                }
            }
        }
    }

    /// The word of this kind, marked as used; or a finding.
    pub(super) fn word(&mut self, kind: Kind, name: Word<'s>) -> Option<WordId> {
        let word = self.world.names.of_kind(kind, name, &self.world.lost, &mut self.findings);
        match word {
            Some(word) => self.use_word(word),
            None => self.gaps += 1,
        }
        word
    }

    /// Several words of one kind; those that are none are reported and left out.
    pub(super) fn words(&mut self, kind: Kind, names: &[Word<'s>]) -> Vec<WordId> {
        names.iter().filter_map(|name| self.word(kind, *name)).collect()
    }

    fn any_noun(&mut self, name: Word<'s>) -> Option<WordId> {
        let word = self.world.names.any_noun(name, &self.world.lost, &mut self.findings)?;
        self.use_word(word);
        Some(word)
    }

    /// The fact with this id, marked as used; or a finding.
    pub(super) fn fact(&mut self, name: Word<'s>) -> Option<FactId> {
        let fact = self.world.names.facts.get(name.text).copied();
        match fact {
            Some(fact) => self.used.facts[fact.0 as usize] = true,
            None if self.world.lost.has(name.text) => self.gaps += 1,
            None => self.findings.push(self.world.names.unknown_fact(name)),
        }
        fact
    }

    /// The group of this name, marked as used: it goes ahead of the vocabulary.
    pub(super) fn group(&mut self, name: Word<'s>) -> Option<DefinitionIdx> {
        let group = self.terms.groups.get(name.text).copied()?;
        self.terms.used[group.0 as usize] = true;
        let named = self.outline().definitions[group.0 as usize].group.len();
        self.gaps += named - self.terms.members[group.0 as usize].len().min(named);
        Some(group)
    }

    /// A group or word that must be of this kind.
    pub(super) fn filler(&mut self, kind: Kind, name: Word<'s>) -> Option<Filler> {
        let Some(group) = self.group(name) else { return self.word(kind, name).map(Filler::Word) };
        let vocabulary = &self.world.names.vocabulary;
        let members = self.terms.members[group.0 as usize].iter().map(|&id| vocabulary.word(id));
        if let Some(other) = members.clone().find(|word| word.kind != kind) {
            let message = format!(
                "`{}` stands for `{}` here, which is {}, not {}",
                name.text,
                other.id,
                other.kind.one(),
                kind.one()
            );
            let defined = self.outline().definitions[group.0 as usize].id.span;
            self.findings.push(
                Finding::new("wrong-filler", name.span, message).and(defined, "the group is made here").help(format!(
                    "name {} here, or take `{}` out of the group",
                    kind.one(),
                    other.id
                )),
            );
        }
        Some(Filler::Group(group))
    }

    /// Marks a word as named.
    pub(super) fn use_word(&mut self, word: WordId) {
        self.used.words[word.0 as usize] = true;
    }

    /// The finding for a term of prose that is none.
    pub(super) fn unknown_term(&self, term: Word<'s>) -> Finding {
        let key = form_key(term.text);
        let mut own: Vec<&str> = self.terms.forms.keys().map(String::as_str).collect();
        own.sort_unstable();
        let forms = self.world.names.vocabulary.forms.keys().map(String::as_str);
        let nearest = closest(&key, own.into_iter().chain(forms));
        // The suggestion begins as the author began.
        let capital = term.text.trim_start().chars().next().is_some_and(char::is_uppercase);
        let nearest: Vec<String> =
            nearest.iter().map(|form| if capital { capitalised(form) } else { (*form).to_owned() }).collect();
        let nearest: Vec<&str> = nearest.iter().map(String::as_str).collect();
        let message = format!("`{}` is neither a term of this policy nor a word of the vocabulary", term.text);
        suggest(Finding::new("unknown-name", term.span, message), term.span, &nearest, || {
            "define it with `define`, or declare it in a vocabulary, where `also` gives a word further forms".to_owned()
        })
    }
}

fn capitalised(form: &str) -> String {
    let mut letters = form.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
