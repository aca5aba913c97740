//! What changed in the vocabulary, told word by word, and whose rules mean something else through it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{PolicyChange, Remark, Sides, WordFate, name_of};
use crate::model::{
    Bound, Collection, Condition, Fact, FactId, FactKind, Filler, Kind, Policy, PolicyId, Rule, Vocabulary, Word,
    WordId,
};

/// A word or fact that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordChange {
    /// `party`, `action`, `fact` and so on.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its label now, or before if it is gone.
    pub label: String,
    /// What happened to it.
    pub fate: WordFate,
    /// What changed about it, a sentence each.
    pub details: Vec<String>,
    /// Keys of the clauses that are written as before and whose rules mean something else through it.
    pub affects: Vec<String>,
}

/// Everything that changed, in the order of the new vocabulary, then what is gone.
pub(super) fn changes(sides: Sides<'_>) -> Vec<WordChange> {
    let (old, new) = (&sides.old.vocabulary, &sides.new.vocabulary);
    let mut before: HashMap<(Kind, &str), WordId> = HashMap::with_capacity(old.words.len());
    for (at, word) in old.words.iter().enumerate() {
        before.entry((word.kind, word.id.as_str())).or_insert(WordId(at as u32));
    }
    let mut changes = Vec::new();
    for word in &new.words {
        match before.remove(&(word.kind, word.id.as_str())) {
            None => {
                changes.push(told(word.kind.name(), &word.id, &word.label, WordFate::Added, placed(sides.new, word)))
            }
            Some(was) => {
                let details = differences(sides, old.word(was), word);
                if !details.is_empty() {
                    changes.push(told(word.kind.name(), &word.id, &word.label, WordFate::Changed, details));
                }
            }
        }
    }
    let mut facts: HashMap<&str, &Fact> = old.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    for fact in &new.facts {
        match facts.remove(fact.id.as_str()) {
            None => changes.push(told("fact", &fact.id, &fact.label, WordFate::Added, Vec::new())),
            Some(was) => {
                let details = of_fact(was, fact);
                if !details.is_empty() {
                    changes.push(told("fact", &fact.id, &fact.label, WordFate::Changed, details));
                }
            }
        }
    }
    let mut gone: Vec<WordId> = before.into_values().collect();
    gone.sort_unstable();
    changes.extend(gone.into_iter().map(|word| {
        let word = old.word(word);
        told(word.kind.name(), &word.id, &word.label, WordFate::Removed, Vec::new())
    }));
    let gone = old.facts.iter().filter(|fact| facts.contains_key(fact.id.as_str()));
    changes.extend(gone.map(|fact| told("fact", &fact.id, &fact.label, WordFate::Removed, Vec::new())));
    changes
}

fn told(kind: &'static str, id: &str, label: &str, fate: WordFate, details: Vec<String>) -> WordChange {
    WordChange { kind, id: id.to_owned(), label: label.to_owned(), fate, details, affects: Vec::new() }
}

/// Where a new word stands.
fn placed(collection: &Collection, word: &Word) -> Vec<String> {
    let above: Vec<&str> = word.parents.iter().map(|&it| collection.vocabulary.word(it).label.as_str()).collect();
    if above.is_empty() { Vec::new() } else { vec![format!("it counts as {}", above.join(", "))] }
}

fn differences(sides: Sides<'_>, old: &Word, new: &Word) -> Vec<String> {
    let mut details = Vec::new();
    let mut text = |what: &str, old: &str, new: &str| {
        if old != new {
            details.push(format!("{what} was “{old}” and is “{new}”"));
        }
    };
    text("its label", &old.label, &new.label);
    text("its plural", &old.plural, &new.plural);
    let list = |forms: &[String]| forms.join(", ");
    if old.also != new.also {
        let none = |forms: String| if forms.is_empty() { "none".to_owned() } else { format!("“{forms}”") };
        details.push(format!("its other forms were {} and are {}", none(list(&old.also)), none(list(&new.also))));
    }
    let mut names = |came: &str, went: &str, old: &[WordId], new: &[WordId]| {
        let was: BTreeSet<(Kind, &str)> = old.iter().map(|&word| name_of(sides.old, word)).collect();
        let is: BTreeSet<(Kind, &str)> = new.iter().map(|&word| name_of(sides.new, word)).collect();
        for &word in new.iter().filter(|&&word| !was.contains(&name_of(sides.new, word))) {
            details.push(format!("{came} {}", sides.new.vocabulary.word(word).label));
        }
        for &word in old.iter().filter(|&&word| !is.contains(&name_of(sides.old, word))) {
            details.push(format!("{went} {}", sides.old.vocabulary.word(word).label));
        }
    };
    names("it now counts as", "it no longer counts as", &old.parents, &new.parents);
    names("one person can now be this and", "one person can no longer be this and", &old.overlaps, &new.overlaps);
    names("it now excludes", "it no longer excludes", &old.excludes, &new.excludes);
    if old.only != new.only {
        let is = if new.only { "is now" } else { "is no longer" };
        details.push(format!("the list of what lies below it {is} complete"));
    }
    if takes(&sides.old.vocabulary, old) != takes(&sides.new.vocabulary, new) {
        let said = |takes: String| if takes.is_empty() { "nothing".to_owned() } else { takes };
        let (was, is) = (takes(&sides.old.vocabulary, old), takes(&sides.new.vocabulary, new));
        details.push(format!("it took {} and takes {}", said(was), said(is)));
    }
    details
}

fn takes(vocabulary: &Vocabulary, word: &Word) -> String {
    let bound = |bound: Bound| match bound {
        Bound::Kind(kind) => kind.name().to_owned(),
        Bound::Word(word) => format!("`{}`", vocabulary.word(word).id),
    };
    let object = word.takes.object.map(bound).into_iter();
    let slots = word.takes.slots.iter().map(|(preposition, it)| format!("{preposition} {}", bound(*it)));
    object.chain(slots).collect::<Vec<String>>().join(" ")
}

fn of_fact(old: &Fact, new: &Fact) -> Vec<String> {
    let mut details = Vec::new();
    if old.label != new.label {
        details.push(format!("its label was “{}” and is “{}”", old.label, new.label));
    }
    if old.chosen != new.chosen {
        let is = if new.chosen { "now a matter of choice" } else { "no longer a matter of choice" };
        details.push(format!("it is {is}"));
    }
    match (&old.kind, &new.kind) {
        (FactKind::Flag, FactKind::Flag) => {}
        (FactKind::Quantity(old), FactKind::Quantity(new)) => {
            if old != new {
                details.push(format!("it was counted in {} and is counted in {}", old.name(), new.name()));
            }
        }
        (FactKind::Choice(old), FactKind::Choice(new)) => {
            for value in new.iter().filter(|value| !old.iter().any(|it| it.id == value.id)) {
                details.push(format!("it can now be `{}`", value.id));
            }
            for value in old.iter().filter(|value| !new.iter().any(|it| it.id == value.id)) {
                details.push(format!("it can no longer be `{}`", value.id));
            }
            for value in new {
                if let Some(was) = old.iter().find(|it| it.id == value.id && it.label != value.label) {
                    details.push(format!("the label of `{}` was “{}” and is “{}”", value.id, was.label, value.label));
                }
            }
        }
        _ => details.push("its values are of another kind".to_owned()),
    }
    details
}

/// Adds to each word the clauses that are written as before and mean something else through it.
pub(super) fn add_affected(sides: Sides<'_>, words: &mut [WordChange], changed: &[PolicyChange]) {
    let mut affected: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for policy in changed {
        for clause in &policy.clauses {
            let (Some(id), Some(place)) = (policy.new, clause.new) else { continue };
            let it = sides.new.policy(id);
            let key = place.map_or(&it.key, |block| &it.block(block).key);
            for remark in &clause.remarks {
                let Remark::ThroughWords(words) = remark else { continue };
                words.iter().for_each(|word| affected.entry(word).or_default().push(key.clone()));
            }
        }
    }
    for word in words {
        word.affects = affected.remove(word.name().as_str()).unwrap_or_default();
    }
}

impl WordChange {
    /// Its kind and id, as remarks name it: `party volunteer`.
    pub fn name(&self) -> String {
        format!("{} {}", self.kind, self.id)
    }
}

/// The words of one side by their names.
pub(super) struct Named<'a> {
    collection: &'a Collection,
    words: HashMap<(&'static str, &'a str), WordId>,
}

impl<'a> Named<'a> {
    /// Of a collection.
    pub(super) fn of(collection: &'a Collection) -> Self {
        let words = collection.vocabulary.words.iter().enumerate();
        let words = words.map(|(at, word)| ((word.kind.name(), word.id.as_str()), WordId(at as u32))).collect();
        Named { collection, words }
    }

    /// Which of the changes a rule's meaning may hang on: those of words at or below what it names, on this side, and of
    /// facts it asks about.
    pub(super) fn met(&self, policy: PolicyId, rule: &Rule, changes: &[WordChange]) -> Vec<usize> {
        let vocabulary = &self.collection.vocabulary;
        let (named, facts) = self.names(self.collection.policy(policy), rule);
        let meets = |change: &WordChange| match self.words.get(&(change.kind, change.id.as_str())) {
            Some(&word) => named.iter().any(|&above| vocabulary.is_below(word, above)),
            None => change.kind == "fact" && facts.iter().any(|&fact| vocabulary.fact(fact).id == change.id),
        };
        (0..changes.len()).filter(|&at| meets(&changes[at])).collect()
    }

    /// What a rule names, its policy's organisation too, and the facts it asks about.
    fn names(&self, policy: &Policy, rule: &Rule) -> (Vec<WordId>, Vec<FactId>) {
        let mut fillers: Vec<Filler> = [&rule.bearers, &rule.objects.names].into_iter().flatten().copied().collect();
        fillers.extend(rule.slots.iter().flat_map(|slot| &slot.names));
        let mut facts = Vec::new();
        for part in rule.when.iter().chain(&rule.only_when).chain(&rule.unless) {
            part.condition.walk(&mut |condition| match condition {
                Condition::Flag(fact) | Condition::Choice(fact, _) | Condition::Quantity(fact, ..) => facts.push(*fact),
                Condition::Approval(names, _) | Condition::Consent(names, _) => fillers.extend(names),
                _ => {}
            });
        }
        let mut named: Vec<WordId> = rule.actions.iter().copied().chain(policy.organisation).collect();
        for filler in fillers {
            match filler {
                Filler::Word(word) => named.push(word),
                Filler::Group(at) => named.extend(&policy.definition(at).group),
            }
        }
        (named, facts)
    }
}
