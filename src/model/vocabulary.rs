//! The closed vocabulary of a collection: words and facts, with their hierarchy and their forms.

use std::collections::{BTreeMap, HashSet};

use super::Unit;
use crate::source::Span;

/// A word of the vocabulary: an organisation, party, thing, action, event or consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// A fact of the vocabulary: what a condition asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// The kinds of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A trust or one of its schools.
    Organisation,
    /// A person in a role, or a body.
    Party,
    /// What something is done to or with.
    Thing,
    /// What is done.
    Action,
    /// What a deadline counts from.
    Event,
    /// What follows a breach.
    Consequence,
}

/// All words and facts, in declaration order (path, then place).
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// The words, each at the index its id says.
    pub words: Vec<Word>,
    /// The facts, each at the index its id says.
    pub facts: Vec<Fact>,
    /// Every form a word can be written in between braces, first letter in small, with its word.
    pub forms: BTreeMap<String, WordId>,
}

/// A declared word.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its id, unique among the words of its kind.
    pub id: String,
    /// What kind of word it is.
    pub kind: Kind,
    /// How it is told: the written label, or the id with blanks.
    pub label: String,
    /// How several are told. A label that begins with an article ("the headteacher") has no plural of its own.
    pub plural: String,
    /// Further forms.
    pub also: Vec<String>,
    /// The words it lies directly below: the one it is nested in, then those named by `is`.
    pub parents: Vec<WordId>,
    /// The words directly below it, in declaration order.
    pub children: Vec<WordId>,
    /// Words one person can be at the same time.
    pub overlaps: Vec<WordId>,
    /// Actions that cannot be done to the same object together with this one, as declared here.
    pub excludes: Vec<WordId>,
    /// Whether the list of its children is complete.
    pub only: bool,
    /// For an action, what it takes, inherited slots included.
    pub takes: Signature,
    /// The place of its id.
    pub span: Span,
    /// The place of the whole declaration.
    pub declared: Span,
}

/// What an action takes: its object and its prepositional slots, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The bound of the object; `None` where the action takes none.
    pub object: Option<Bound>,
    /// The prepositions it takes and what may stand after each.
    pub slots: Vec<(&'static str, Bound)>,
}

/// The prepositions of the language, in their order.
pub const PREPOSITIONS: [&str; 11] = ["to", "with", "from", "on", "of", "about", "using", "for", "in", "at", "as"];

/// What may stand in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Any word of a kind.
    Kind(Kind),
    /// A word or any word below it.
    Word(WordId),
}

/// A declared fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its id, unique among the facts.
    pub id: String,
    /// How it is told: the written label, or the id with blanks.
    pub label: String,
    /// Whether a label was written.
    pub labelled: bool,
    /// Whether the actor decides it.
    pub chosen: bool,
    /// What its values are.
    pub kind: FactKind,
    /// The place of its id.
    pub span: Span,
    /// The place of the whole declaration.
    pub declared: Span,
}

/// What values a fact has.
#[derive(Clone, Debug)]
pub enum FactKind {
    /// Yes or no.
    Flag,
    /// One of these; the list is complete.
    Choice(Vec<Value>),
    /// A quantity in this unit.
    Quantity(Unit),
}

/// One value of a choice fact.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its id, unique among the values of its fact.
    pub id: String,
    /// How it is told: the written label, or the id with blanks.
    pub label: String,
    /// Whether a label was written.
    pub labelled: bool,
    /// The place of its id.
    pub span: Span,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Kind; 6] =
        [Kind::Organisation, Kind::Party, Kind::Thing, Kind::Action, Kind::Event, Kind::Consequence];

    /// The word for one of this kind: `party`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Organisation => "organisation",
            Kind::Party => "party",
            Kind::Thing => "thing",
            Kind::Action => "action",
            Kind::Event => "event",
            Kind::Consequence => "consequence",
        }
    }

    /// The word for several of this kind: `parties`.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Organisation => "organisations",
            Kind::Party => "parties",
            Kind::Thing => "things",
            Kind::Action => "actions",
            Kind::Event => "events",
            Kind::Consequence => "consequences",
        }
    }

    /// One of this kind, with its article: `an organisation`.
    pub fn one(self) -> &'static str {
        match self {
            Kind::Organisation => "an organisation",
            Kind::Party => "a party",
            Kind::Thing => "a thing",
            Kind::Action => "an action",
            Kind::Event => "an event",
            Kind::Consequence => "a consequence",
        }
    }
}

impl Vocabulary {
    /// The word with this id.
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// The fact with this id.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.0 as usize]
    }

    /// All words of one kind with their ids, in declaration order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (WordId, &Word)> {
        self.words
            .iter()
            .enumerate()
            .filter(move |(_, word)| word.kind == kind)
            .map(|(index, word)| (WordId(index as u32), word))
    }

    /// All facts with their ids, in declaration order.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.facts.iter().enumerate().map(|(index, fact)| (FactId(index as u32), fact))
    }

    /// Whether `below` is `above` itself or lies anywhere below it.
    pub fn is_below(&self, below: WordId, above: WordId) -> bool {
        // Nearly every word has one parent at most: then the climb is a straight line. Resolution breaks every circle, so
        // that it ends.
        let mut at = below;
        loop {
            if at == above {
                return true;
            }
            match self.word(at).parents.as_slice() {
                [] => return false,
                [one] => at = *one,
                several => return self.is_below_any(several, above),
            }
        }
    }

    fn is_below_any(&self, starts: &[WordId], above: WordId) -> bool {
        // Words with several parents can meet again further up: each is visited once, whatever its ways.
        let mut seen: HashSet<WordId> = starts.iter().copied().collect();
        let mut open: Vec<WordId> = starts.to_vec();
        while let Some(word) = open.pop() {
            if word == above {
                return true;
            }
            open.extend(self.word(word).parents.iter().filter(|parent| seen.insert(**parent)));
        }
        false
    }

    /// Whether a word may stand where `bound` is asked for.
    pub fn fits(&self, word: WordId, bound: Bound) -> bool {
        match bound {
            Bound::Kind(kind) => self.word(word).kind == kind,
            Bound::Word(above) => self.is_below(word, above),
        }
    }

    /// The word written with this form, the case of whose first letter is free.
    pub fn form(&self, form: &str) -> Option<WordId> {
        self.forms.get(&form_key(form)).copied()
    }
}

impl Word {
    /// Every form it can be written in between braces: label, plural and the rest; of a label with an article also the
    /// form without. Sorted, each once.
    pub fn forms(&self) -> Vec<String> {
        let mut forms: Vec<String> = Vec::with_capacity(3 + self.also.len());
        for form in [&self.label, &self.plural].into_iter().chain(&self.also) {
            forms.push(form_key(form));
            if let Some(bare) = without_article(form) {
                forms.push(form_key(bare));
            }
        }
        forms.sort();
        forms.dedup();
        forms
    }
}

/// The form as it is looked up: its first letter in small, blanks single.
pub fn form_key(form: &str) -> String {
    let mut key = String::with_capacity(form.len());
    for (index, part) in form.split_whitespace().enumerate() {
        if index > 0 {
            key.push(' ');
        }
        key.push_str(part);
    }
    let Some(first) = key.chars().next() else { return key };
    let lower: String = first.to_lowercase().collect();
    key.replace_range(..first.len_utf8(), &lower);
    key
}

/// The label without the article it begins with, where it begins with one.
pub fn without_article(label: &str) -> Option<&str> {
    ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|article| label.strip_prefix(article))
}
