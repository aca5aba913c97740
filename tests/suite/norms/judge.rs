//! The judge: what rules mean together (`docs/language.md`, `docs/norms.md`) read word by word, by trying every situation.
//!
//! It shares nothing with the analysis it judges but the types of its answer. Nothing here is clever: leaves, situations
//! and sets of approvals are written out one after another, and every rule is asked about each of them. What it leaves out
//! is what no rule involved can tell apart from something that is tried; `space` says so where it does.

pub mod change;
mod disagree;
mod edges;
mod idle;
mod joint;
mod norm;
mod replay;
mod space;
mod truth;
mod values;

pub use replay::replay;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use clausal::model::{Collection, RuleId, WordId};
use clausal::norms::{Analysis, Leaf, Question};

use norm::Norm;

/// Steps after which a collection is too big to be judged.
const MOST_STEPS: u64 = 500_000;

/// A collection, as the judge sees it.
struct Judge<'c> {
    collection: &'c Collection,
    as_one: bool,
    /// Whether every leaf and every fact of the vocabulary is tried, whatever the rules name.
    whole: bool,
    /// Every leaf of every kind, in order.
    leaves: Vec<Leaf>,
    /// The rules that take part, in rule order, each with its norms.
    norms: BTreeMap<RuleId, Vec<Norm>>,
    /// The circles of overrides.
    cycles: Vec<Vec<RuleId>>,
    /// Winner and loser of every override that counts.
    edges: BTreeSet<(RuleId, RuleId)>,
    /// Those of them whose ends cover a common situation: the others take nothing from anybody.
    meeting: BTreeSet<(RuleId, RuleId)>,
    /// Rules that cover something.
    covering: BTreeSet<RuleId>,
    /// `below[a][b]`: whether word `a` is `b` or lies below it.
    below: Vec<Vec<bool>>,
    /// Steps taken so far.
    steps: Cell<u64>,
}

/// What the analysis of this collection must answer; `None` where that is too much to try out.
pub fn judge(collection: &Collection, question: Question) -> Option<Analysis> {
    answer(Judge::new(collection, question, false))
}

/// The same with every leaf of the vocabulary tried for everything: its witnesses tell more than they should, but it finds
/// the same.
pub fn judge_the_whole(collection: &Collection, question: Question) -> Option<Analysis> {
    answer(Judge::new(collection, question, true))
}

fn answer(judge: Judge<'_>) -> Option<Analysis> {
    let analysis = Analysis {
        disagreements: judge.disagreements(),
        never_applies: judge.never_applies(),
        redundant: judge.redundant(),
        idle_exceptions: judge.idle_exceptions(),
        idle_overrides: judge.idle_overrides(),
        cycles: judge.cycles.clone(),
        undecided: Vec::new(),
    };
    (!judge.gave_up()).then_some(analysis)
}

impl<'c> Judge<'c> {
    /// Reads a collection.
    fn new(collection: &'c Collection, question: Question, whole: bool) -> Self {
        let words = collection.vocabulary.words.len() as u32;
        let row = |a| (0..words).map(|b| collection.vocabulary.is_below(WordId(a), WordId(b))).collect();
        let mut judge = Judge {
            collection,
            as_one: question.as_one,
            whole,
            leaves: Vec::new(),
            norms: BTreeMap::new(),
            cycles: Vec::new(),
            edges: BTreeSet::new(),
            meeting: BTreeSet::new(),
            covering: BTreeSet::new(),
            below: (0..words).map(row).collect(),
            steps: Cell::new(0),
        };
        judge.leaves = judge.all_leaves();
        let taking_part = edges::taking_part(collection, question.as_one);
        (judge.edges, judge.cycles) = edges::kept_and_circles(collection, &taking_part);
        judge.norms = taking_part.iter().map(|&rule| (rule, norm::norms_of(collection, rule))).collect();
        judge.meeting = judge.edges.iter().copied().filter(|&(winner, loser)| judge.meet(winner, loser)).collect();
        judge.covering = taking_part.iter().copied().filter(|&rule| judge.covers_something(rule)).collect();
        judge
    }

    /// Whether there was too much to try.
    fn gave_up(&self) -> bool {
        self.steps.get() > MOST_STEPS
    }

    /// There is too much to try.
    fn give_up(&self) {
        self.steps.set(MOST_STEPS + 1);
    }

    /// "Every declared word is a leaf […]; `only { … }` says that the list is complete, and then it is none. `X overlaps Y`
    /// adds, for every leaf at or below X and every leaf at or below Y, one leaf below both." A word does not overlap
    /// itself, and what overlaps is single words. Single words in declaration order, then the pairs.
    fn all_leaves(&self) -> Vec<Leaf> {
        let words = &self.collection.vocabulary.words;
        let single: Vec<WordId> =
            (0..words.len() as u32).map(WordId).filter(|word| !words[word.0 as usize].only).collect();
        let mut leaves: BTreeSet<Leaf> = single.iter().copied().map(Leaf::One).collect();
        for (x, word) in words.iter().enumerate() {
            for &y in &word.overlaps {
                for &a in single.iter().filter(|&&a| self.is_below(a, WordId(x as u32))) {
                    for &b in single.iter().filter(|&&b| b != a && self.is_below(b, y)) {
                        leaves.insert(Leaf::Both(a.min(b), a.max(b)));
                    }
                }
            }
        }
        leaves.into_iter().collect()
    }

    fn is_below(&self, below: WordId, above: WordId) -> bool {
        self.below[below.0 as usize][above.0 as usize]
    }

    /// Whether a leaf lies at or below a word; one with two words lies below all that either lies below.
    fn lies_below(&self, leaf: Leaf, word: WordId) -> bool {
        match leaf {
            Leaf::One(one) => self.is_below(one, word),
            Leaf::Both(a, b) => self.is_below(a, word) || self.is_below(b, word),
        }
    }

    /// Whether a leaf lies at or below a name: a word, or one of the words of a group ("as if its words lay below it").
    fn is_named(&self, leaf: Leaf, name: &[WordId]) -> bool {
        name.iter().any(|&word| self.lies_below(leaf, word))
    }

    /// The norms of a rule that takes part.
    fn norms_of(&self, rule: RuleId) -> &[Norm] {
        self.norms.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// These rules, "and every rule that overrides an involved one and covers something that one covers".
    fn involved(&self, rules: &[RuleId]) -> Vec<RuleId> {
        let mut involved: BTreeSet<RuleId> = rules.iter().copied().collect();
        loop {
            let more: Vec<RuleId> = self
                .meeting
                .iter()
                .filter(|(winner, loser)| involved.contains(loser) && !involved.contains(winner))
                .map(|(winner, _)| *winner)
                .collect();
            if more.is_empty() {
                return involved.into_iter().collect();
            }
            involved.extend(more);
        }
    }

    /// The rules that override this one and take something from it.
    fn overriders(&self, rule: RuleId) -> impl Iterator<Item = RuleId> {
        self.meeting.iter().filter(move |(_, loser)| *loser == rule).map(|(winner, _)| *winner)
    }
}
