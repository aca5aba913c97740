//! Looking names up: ids to words and facts, and the finding for a name that leads nowhere.
//!
//! It knows the vocabulary only. What a policy defines by itself is looked up before, in [`super::scope`].

use std::collections::{HashMap, HashSet};

use super::lost::Lost;
use super::suggest::{closest, joined, suggest};
use crate::diagnostic::Finding;
use crate::model::{FactId, FactKind, Kind, Vocabulary, WordId};
use crate::syntax::ast::Word;

/// The vocabulary with its ids.
#[derive(Default)]
pub(super) struct Names<'s> {
    /// The words and facts.
    pub(super) vocabulary: Vocabulary,
    /// The words of each id, one for each kind.
    pub(super) words: HashMap<&'s str, [Option<WordId>; 6]>,
    /// The facts by id.
    pub(super) facts: HashMap<&'s str, FactId>,
    /// Facts whose unit could not be understood: nothing more is said about them.
    pub(super) unclear: Vec<FactId>,
    /// Actions of which it is not known in full what they take: no rule is measured against them.
    pub(super) vague: HashSet<WordId>,
}

/// The kinds a noun is looked for in where nothing narrows it down, the likeliest first.
const NOUNS: [Kind; 5] = [Kind::Thing, Kind::Party, Kind::Organisation, Kind::Event, Kind::Consequence];

impl<'s> Names<'s> {
    /// The word of this kind with this id.
    pub(super) fn word(&self, kind: Kind, id: &str) -> Option<WordId> {
        self.words.get(id)?[kind as usize]
    }

    /// All words with this id: nouns first, in the order of their likelihood, then the action.
    pub(super) fn all(&self, id: &str) -> impl Iterator<Item = WordId> + use<> {
        let words = self.words.get(id).copied().unwrap_or_default();
        NOUNS.into_iter().chain([Kind::Action]).filter_map(move |kind| words[kind as usize])
    }

    /// The word of this kind, or a finding.
    pub(super) fn of_kind(
        &self,
        kind: Kind,
        name: Word<'s>,
        lost: &Lost<'s>,
        findings: &mut Vec<Finding>,
    ) -> Option<WordId> {
        let word = self.word(kind, name.text);
        if word.is_none() && !lost.has(name.text) {
            findings.push(self.unknown(&[kind], name));
        }
        word
    }

    /// The one word with this id, of whatever kind; a finding where there is none, or more than one noun.
    pub(super) fn any_noun(&self, name: Word<'s>, lost: &Lost<'s>, findings: &mut Vec<Finding>) -> Option<WordId> {
        let found: Vec<WordId> = self.all(name.text).collect();
        let nouns: Vec<WordId> =
            found.iter().copied().filter(|&id| self.vocabulary.word(id).kind != Kind::Action).collect();
        if nouns.len() > 1 {
            findings.push(self.ambiguous(name, &nouns));
        }
        let word = nouns.first().or(found.first()).copied();
        if word.is_none() && !lost.has(name.text) {
            findings.push(self.unknown(&[Kind::Thing, Kind::Party], name));
        }
        word
    }

    fn ambiguous(&self, name: Word<'s>, meant: &[WordId]) -> Finding {
        let words = || meant.iter().map(|&id| self.vocabulary.word(id));
        let told: Vec<String> = words().map(|word| format!("the {} `{}`", word.kind.name(), word.id)).collect();
        let finding =
            Finding::new("ambiguous-reference", name.span, format!("`{}` can mean {}", name.text, joined(&told, "or")))
                .help("give one of them another id in the vocabulary");
        words().fold(finding, |finding, word| finding.and(word.span, format!("{} declared here", word.kind.name())))
    }

    /// The finding for a name that is none of these kinds.
    pub(super) fn unknown(&self, wanted: &[Kind], name: Word<'s>) -> Finding {
        let kinds: Vec<String> = wanted.iter().map(|kind| kind.name().to_owned()).collect();
        let candidates =
            self.vocabulary.words.iter().filter(|word| wanted.contains(&word.kind)).map(|word| word.id.as_str());
        let nearest = closest(name.text, candidates);
        let one: Vec<String> = wanted.iter().map(|kind| kind.one().to_owned()).collect();
        if let Some(other) = self.all(name.text).next().map(|id| self.vocabulary.word(id)) {
            let message = format!("`{}` is {}, not {}", name.text, other.kind.one(), joined(&one, "or"));
            let finding = Finding::new("unknown-name", name.span, message).and(other.span, "declared here");
            return suggest(finding, name.span, &nearest, || format!("write the id of {} here", joined(&one, "or")));
        }
        if let Some(&fact) = self.facts.get(name.text) {
            let message = format!("`{}` is a fact, not {}", name.text, joined(&one, "or"));
            let finding =
                Finding::new("unknown-name", name.span, message).and(self.vocabulary.fact(fact).span, "declared here");
            return suggest(finding, name.span, &nearest, || {
                format!("facts stand in conditions, after `when` or `unless`; write the id of {}", joined(&one, "or"))
            });
        }
        let finding = Finding::new(
            "unknown-name",
            name.span,
            format!("`{}` is not a declared {}", name.text, joined(&kinds, "or")),
        );
        suggest(finding, name.span, &nearest, || {
            let kind = wanted.first().map_or("thing", |kind| kind.name());
            format!("declare it in a vocabulary: `{kind} {}`", name.text)
        })
    }

    /// The finding for a name that is no fact.
    pub(super) fn unknown_fact(&self, name: Word<'s>) -> Finding {
        let nearest = closest(name.text, self.vocabulary.facts.iter().map(|fact| fact.id.as_str()));
        // A value written without its fact, `when personal`, is what people write who read the sentence aloud.
        let owners: Vec<&str> = self
            .vocabulary
            .facts
            .iter()
            .filter(|fact| has_value(&fact.kind, name.text))
            .map(|fact| fact.id.as_str())
            .collect();
        if let ([owner], true) = (owners.as_slice(), nearest.is_empty()) {
            let text = format!("{owner} is {}", name.text);
            return Finding::new(
                "unknown-name",
                name.span,
                format!("`{}` is a value of `{owner}`, not a fact", name.text),
            )
            .help(format!("write `{text}`"))
            .fix(format!("write `{text}`"), name.span, text);
        }
        if let Some(other) = self.all(name.text).next().map(|id| self.vocabulary.word(id)) {
            let message = format!("`{}` is {}, not a fact", name.text, other.kind.one());
            let finding = Finding::new("unknown-name", name.span, message).and(other.span, "declared here");
            return suggest(finding, name.span, &nearest, || "a condition asks about declared facts".to_owned());
        }
        let finding = Finding::new("unknown-name", name.span, format!("`{}` is not a declared fact", name.text));
        suggest(finding, name.span, &nearest, || format!("declare it in a vocabulary: `fact {}`", name.text))
    }
}

fn has_value(kind: &FactKind, id: &str) -> bool {
    matches!(kind, FactKind::Choice(values) if values.iter().any(|value| value.id == id))
}
