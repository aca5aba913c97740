//! What the changes of rules do: each clause's rules before and after are compared as sets of situations.

use super::{Change, PolicyChange, Sides, Verdict, rules_in};
use crate::norms::{Effect, Joined, Limits, Pair, compare};

/// Fills in the effect of every clause that has rules, and notes where what is asked of people changes. Where neither a rule
/// nor a word (`has_new_words`) changed, nobody need work out that it means the same.
pub(super) fn add(sides: Sides<'_>, joined: &Joined, has_new_words: bool, changed: &mut [PolicyChange]) {
    let mut places = Vec::new();
    let mut pairs = Vec::new();
    for (at, policy) in changed.iter().enumerate() {
        for (place, clause) in policy.clauses.iter().enumerate() {
            let old = policy.old.zip(clause.old).map(|(id, it)| rules_in(id, sides.old.policy(id), it));
            let new = policy.new.zip(clause.new).map(|(id, it)| rules_in(id, sides.new.policy(id), it));
            let pair = Pair { old: old.unwrap_or_default(), new: new.unwrap_or_default() };
            if !pair.old.is_empty() || !pair.new.is_empty() {
                places.push((at, place));
                pairs.push(pair);
            }
        }
    }
    let effects = compare(joined, &pairs, Limits::default());
    for ((at, place), effect) in places.into_iter().zip(effects) {
        let clause = &mut changed[at].clauses[place];
        let is_known = !clause.rules.is_empty() || has_new_words;
        clause.effect = Some(Effect { undecided: effect.undecided && is_known, ..effect });
        if clause.verdict() != Some(Verdict::Unchanged) {
            clause.changes.push(Change::Meaning);
        }
    }
}
