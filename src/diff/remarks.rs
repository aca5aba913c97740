//! What a reviewer should look at: words that changed without their rules, rules without their words, meanings that changed
//! though nothing of the clause did, ids that got lost.

use std::collections::{BTreeMap, BTreeSet};

use super::spoken::Spoken;
use super::words::Named;
use super::{
    Change, ClauseChange, Fate, Is, PolicyChange, Remark, RuleChange, Sides, TextChange, TextKind, Verdict, WordChange,
    rules_in,
};
use crate::model::{Collection, Definition, DefinitionIdx, Filler, PolicyId, RuleId};
use crate::verbalise;

/// Adds the remarks to every clause of a policy.
pub(super) fn add(
    sides: Sides<'_>,
    named: &[Named<'_>; 2],
    words: &[WordChange],
    policy: &mut PolicyChange,
    binds: &(dyn Fn(&str) -> bool + Sync),
) {
    let told = Spoken::of(sides, policy);
    let moved = moved_rules(sides, policy);
    let look = Look { sides, named, words, old: policy.old, new: policy.new, fate: policy.fate, told, moved, binds };
    for clause in &mut policy.clauses {
        clause.remarks = look.remarks(clause);
    }
    look.told.mark(&mut policy.clauses);
}

/// What remarks on a policy's clauses are made from.
struct Look<'a> {
    sides: Sides<'a>,
    named: &'a [Named<'a>; 2],
    words: &'a [WordChange],
    old: Option<PolicyId>,
    new: Option<PolicyId>,
    fate: Fate,
    told: Spoken<'a>,
    /// Rules that went from one clause and came in another.
    moved: BTreeMap<RuleId, RuleId>,
    binds: &'a (dyn Fn(&str) -> bool + Sync),
}

impl Look<'_> {
    fn remarks(&self, clause: &ClauseChange) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let is_pair = clause.old.is_some() && clause.new.is_some();
        let means_else =
            matches!(clause.verdict(), Some(Verdict::Tightened | Verdict::Relaxed | Verdict::Both)) && is_pair;
        let has_rules = self.told.has_rules(clause);
        if let Some(prose) = clause.texts.iter().find(|text| text.kind == TextKind::Prose) {
            if has_rules && is_pair && !self.told.is_rewritten(clause) {
                remarks.push(Remark::WordsWithoutRules);
            } else if !has_rules && changed_lines(prose).iter().any(|line| (self.binds)(line)) {
                remarks.push(Remark::NoRule);
            }
        }
        for text in clause.texts.iter().filter(|_| is_pair && !means_else) {
            if let TextKind::Definition(id) = &text.kind {
                remarks.push(Remark::Definition(id.clone()));
            }
        }
        let has_moved_only = clause.rules.iter().all(|change| self.rule_moved(change).is_some());
        if means_else && !has_moved_only && !self.told.words_changed(clause) {
            remarks.push(Remark::RulesWithoutWords);
        }
        if means_else && clause.rules.is_empty() && self.fate == Fate::Changed {
            remarks.push(self.silent(clause));
        }
        if clause.effect.as_ref().is_some_and(|effect| effect.undecided) {
            remarks.push(Remark::Undecided);
        }
        if self.fate != Fate::Removed && clause.changes.contains(&Change::Removed) && clause.old.flatten().is_some() {
            remarks.push(Remark::LostId);
        }
        remarks.extend(clause.rules.iter().filter_map(|change| self.rule_moved(change)));
        remarks
    }

    /// Why rules mean something else that are written as before: through changed words, else through what overrides them.
    fn silent(&self, clause: &ClauseChange) -> Remark {
        let mut names: BTreeSet<usize> = BTreeSet::new();
        let sides = [(self.sides.old, self.old.zip(clause.old)), (self.sides.new, self.new.zip(clause.new))];
        for ((collection, at), named) in sides.into_iter().zip(self.named) {
            let Some((policy, place)) = at else { continue };
            for rule in rules_in(policy, collection.policy(policy), place) {
                names.extend(named.met(policy, collection.rule(rule), self.words));
            }
        }
        let mut names: Vec<String> = names.into_iter().map(|at| self.words[at].name()).collect();
        names.extend(self.groups(clause));
        if names.is_empty() { Remark::ThroughOverrides } else { Remark::ThroughWords(names) }
    }

    /// The groups of words that the clause's rules name and that stand for others than before.
    fn groups(&self, clause: &ClauseChange) -> Vec<String> {
        let (Some(old), Some(new), Some(place)) = (self.old, self.new, clause.new) else { return Vec::new() };
        let (before, now) = (self.sides.old.policy(old), self.sides.new.policy(new));
        let mut used: BTreeSet<DefinitionIdx> = BTreeSet::new();
        for rule in rules_in(new, now, place) {
            let rule = self.sides.new.rule(rule);
            let slots = rule.slots.iter().flat_map(|slot| &slot.names);
            for name in rule.bearers.iter().chain(&rule.objects.names).chain(slots) {
                if let Filler::Group(at) = name {
                    used.insert(*at);
                }
            }
        }
        let stands_for = |collection: &Collection, it: &Definition| -> Vec<String> {
            it.group.iter().map(|&word| collection.vocabulary.word(word).id.clone()).collect()
        };
        let has_changed = |it: &&Definition| {
            let was = before.definitions.iter().find(|was| was.id == it.id);
            was.is_some_and(|was| stands_for(self.sides.old, was) != stands_for(self.sides.new, it))
        };
        let used = used.into_iter().map(|at| now.definition(at)).filter(has_changed);
        used.map(|it| format!("definition {}", it.id)).collect()
    }

    fn rule_moved(&self, change: &RuleChange) -> Option<Remark> {
        let (from, to) = match (change.old, change.new) {
            (Some(old), None) => (old, *self.moved.get(&old)?),
            (None, Some(new)) => self.moved.iter().find(|(_, to)| **to == new).map(|(from, to)| (*from, *to))?,
            _ => return None,
        };
        Some(Remark::RuleMoved { from, to })
    }
}

/// The lines of a text – paragraphs, items, rows – that stand on one side only.
fn changed_lines(text: &TextChange) -> Vec<String> {
    let side = |left_out: Is| -> String {
        text.words.iter().filter(|piece| piece.is != left_out).map(|piece| piece.text.as_str()).collect()
    };
    let (old, new) = (side(Is::Added), side(Is::Removed));
    let paragraphs = |text: &str| -> Vec<String> {
        text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (old, new) = (paragraphs(&old), paragraphs(&new));
    let other = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).cloned().collect()
    };
    [other(&old, &new), other(&new, &old)].concat()
}

/// Rules that went from one clause of a policy and came in another, by their sentences: from where, and to where.
fn moved_rules(sides: Sides<'_>, policy: &PolicyChange) -> BTreeMap<RuleId, RuleId> {
    let sentence = |old: bool, rule: RuleId| verbalise::statement(if old { sides.old } else { sides.new }, rule);
    let is_pair = |clause: &&ClauseChange| clause.rules.iter().any(|rule| rule.old.is_none() || rule.new.is_none());
    let changes: Vec<_> = policy.clauses.iter().filter(is_pair).flat_map(|clause| &clause.rules).collect();
    let mut went: BTreeMap<String, RuleId> = BTreeMap::new();
    for change in &changes {
        if let (Some(old), None) = (change.old, change.new) {
            went.entry(sentence(true, old)).or_insert(old);
        }
    }
    if went.is_empty() {
        return BTreeMap::new();
    }
    let came = changes.iter().filter(|change| change.old.is_none()).filter_map(|change| change.new);
    came.filter_map(|new| Some((went.remove(&sentence(false, new))?, new))).collect()
}
