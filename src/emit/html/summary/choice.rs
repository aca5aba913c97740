//! Which rules of a policy stand on its summary: those with a time limit, and of its duties and bans those that weigh most,
//! as many as a page of paper holds.
//!
//! What weighs most is decided by three things that a rule says itself, in this order: whether a breach has a
//! consequence, and how few rules have the same; how many parties it binds, and where it stands. The page says so in the same words.

use std::collections::{HashMap, HashSet};

use super::paper::Paper;
use crate::emit::view::{PolicyExport, Rule};
use crate::model::{Collection, Filler, Modality, RuleId, Vocabulary, WordId};

/// The rules of a summary.
pub(super) struct Choice {
    /// Those with a time limit or a recurrence, in document order.
    pub timed: Vec<RuleId>,
    /// How many more of these there are, that stand in no list either.
    pub timed_more: usize,
    /// Duties and bans.
    pub lists: Vec<Chosen>,
}

/// Rules of one force.
pub(super) struct Chosen {
    pub modality: Modality,
    /// The weightiest first.
    pub rules: Vec<RuleId>,
    /// How many of this force stand nowhere on the page.
    pub more: usize,
}

impl Choice {
    /// `about` is how much of the paper stands beside the time limits.
    pub fn new(collection: &Collection, view: &PolicyExport<'_>, paper: &mut Paper, about: i32) -> Self {
        let is_timed = |rule: &&Rule<'_>| rule.deadline.is_some() || rule.recurrence.is_some();
        let candidates: Vec<&Rule<'_>> = view.rules.iter().filter(is_timed).collect();
        // Duties and bans first, where not all of them have room.
        let mut by_force: Vec<&Rule<'_>> = candidates.clone();
        by_force.sort_by_key(|rule| !binds(rule));
        let fitting = paper.timed(by_force.iter().map(|rule| told(rule)), about);
        let mut timed: Vec<RuleId> = by_force.iter().take(fitting).map(|rule| rule.index).collect();
        timed.sort_unstable();
        let is_shown: HashSet<RuleId> = timed.iter().copied().collect();

        let modalities: Vec<Modality> = [[Modality::Must, Modality::Should], [Modality::MustNot, Modality::ShouldNot]]
            .into_iter()
            .filter_map(|pair| pair.into_iter().find(|&it| view.rules.iter().any(|rule| rule.modality == it.words())))
            .collect();
        let mut consequences: HashMap<&[&str], usize> = HashMap::new();
        for rule in view.rules.iter().filter(|rule| !rule.on_breach.is_empty()) {
            *consequences.entry(&rule.on_breach).or_default() += 1;
        }
        let mut breadths = Breadths { vocabulary: &collection.vocabulary, known: HashMap::new() };
        let mut ranked: Vec<(Modality, Vec<&Rule<'_>>)> = Vec::new();
        for modality in modalities {
            let is = |rule: &&Rule<'_>| rule.modality == modality.words() && !is_shown.contains(&rule.index);
            let mut rules: Vec<&Rule<'_>> = view.rules.iter().filter(is).collect();
            rules.sort_by_cached_key(|rule| {
                let breadth = breadths.of(collection, rule.index);
                let as_rare = consequences.get(rule.on_breach.as_slice()).copied().unwrap_or(usize::MAX);
                (as_rare, std::cmp::Reverse(breadth), rule.index)
            });
            // Where all of them have a time limit, there is nothing left to list.
            if !rules.is_empty() {
                ranked.push((modality, rules));
            }
        }
        let columns = ranked.len();
        let choose = |(modality, rules): (Modality, Vec<&Rule<'_>>)| {
            let fitting = paper.listed(rules.iter().map(|rule| told(rule)), columns);
            let more = rules.len() - fitting;
            Chosen { modality, rules: rules.iter().take(fitting).map(|rule| rule.index).collect(), more }
        };
        let lists: Vec<Chosen> = ranked.into_iter().map(choose).collect();

        let listed: HashSet<RuleId> = lists.iter().flat_map(|list| &list.rules).copied().collect();
        let is_left = |rule: &&&Rule<'_>| !is_shown.contains(&rule.index) && !listed.contains(&rule.index);
        let timed_more = candidates.iter().filter(is_left).count();
        Choice { timed, timed_more, lists }
    }

    /// Every rule of the page, once.
    pub fn shown(&self) -> impl Iterator<Item = RuleId> + '_ {
        self.timed.iter().chain(self.lists.iter().flat_map(|list| &list.rules)).copied()
    }
}

fn binds(rule: &Rule<'_>) -> bool {
    [Modality::Must, Modality::MustNot].iter().any(|it| rule.modality == it.words())
}

/// All that the page says of a rule, but for its place.
fn told(rule: &Rule<'_>) -> String {
    format!("{} {}", rule.statement, rule.told.breach.as_deref().unwrap_or(""))
}

/// How many words of the vocabulary the bearers of rules stand for.
struct Breadths<'c> {
    vocabulary: &'c Vocabulary,
    known: HashMap<WordId, usize>,
}

impl Breadths<'_> {
    fn of(&mut self, collection: &Collection, id: RuleId) -> usize {
        let policy = collection.policy(id.policy);
        let mut breadth = 0;
        for &bearer in &collection.rule(id).bearers {
            match bearer {
                Filler::Word(word) => breadth += self.below(word),
                Filler::Group(definition) => {
                    breadth += policy.definition(definition).group.iter().map(|&word| self.below(word)).sum::<usize>();
                }
            }
        }
        breadth
    }

    fn below(&mut self, word: WordId) -> usize {
        if let Some(&known) = self.known.get(&word) {
            return known;
        }
        let (mut met, mut open) = (HashSet::from([word]), vec![word]);
        while let Some(next) = open.pop() {
            open.extend(self.vocabulary.word(next).children.iter().filter(|&&child| met.insert(child)));
        }
        self.known.insert(word, met.len());
        met.len()
    }
}
