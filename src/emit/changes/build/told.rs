//! One change told: a policy, a clause, a rule, an effect, a remark.

use super::{Given, path};
use crate::diff::{self, ClauseChange, Fate, PolicyChange, Remark, RuleChange, TextChange, TextKind};
use crate::emit::changes::view::{
    self, Clause, Direction, Effect, Elsewhere, Field, Piece, Policy, Rule, Source, Text,
};
use crate::model::{BlockIdx, Collection, Filler, Parent, PolicyId, RuleId, WordId};
use crate::norms::{self, Shift};
use crate::verbalise;

/// What changes are told from.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) changes: &'a diff::Changes,
    pub(super) old: Given<'a>,
    pub(super) new: Given<'a>,
}

impl Teller<'_> {
    /// A policy.
    pub(super) fn policy(self, change: &PolicyChange) -> Policy {
        let old = change.old.map(|id| self.old.collection.policy(id));
        let new = change.new.map(|id| self.new.collection.policy(id));
        let (given, id) = match (change.new, change.old) {
            (Some(id), _) => (self.new, id),
            (None, id) => (self.old, id.unwrap_or(PolicyId(0))),
        };
        let it = given.collection.policy(id);
        let label = |word: WordId| given.collection.vocabulary.word(word).label.clone();
        Policy {
            key: it.key.clone(),
            old_key: old.map(|old| old.key.clone()).filter(|key| *key != it.key),
            title: it.title.clone(),
            organisation: it.organisation.map(label),
            old_version: old.and_then(|old| old.version.as_ref()).map(|(version, _)| version.clone()),
            version: new.and_then(|new| new.version.as_ref()).map(|(version, _)| version.clone()),
            path: path(given, id),
            change: change.fate,
            material: change.is_material(),
            unread: change.unread,
            fields: change.fields.iter().map(field).collect(),
            clauses: change.clauses.iter().map(|clause| self.clause(change, clause)).collect(),
        }
    }

    fn clause(self, policy: &PolicyChange, change: &ClauseChange) -> Clause {
        let before = policy.old.zip(change.old);
        let now = policy.new.zip(change.new);
        let (given, (id, place)) = match (now, before) {
            (Some(now), _) => (self.new, now),
            (None, before) => (self.old, before.unwrap_or((PolicyId(0), None))),
        };
        let it = given.collection.policy(id);
        let block = place.map(|block| it.block(block));
        let key = block.map_or(&it.key, |block| &block.key).clone();
        let was = before.map(|(id, place)| (self.old.collection.policy(id), place));
        let was_block = was.and_then(|(it, place)| place.map(|block| it.block(block)));
        let old_key = was.map(|(it, _)| was_block.map_or(&it.key, |block| &block.key).clone());
        let is = now.and(block);
        let trail = within(given.collection, id, place);
        let old_within = before.map(|(id, place)| within(self.old.collection, id, place));
        let has_moved = change.changes.contains(&diff::Change::Moved);
        let mut effects: Vec<Effect> = Vec::new();
        for shift in change.effect.iter().flat_map(|effect| &effect.shifts) {
            effects.push(self.effect(policy, change, shift));
        }
        effects.sort_by_key(|effect| effect.direction);
        let kept = policy.new.map(|id| self.new.collection.policy(id)).and_then(|new| {
            let path = &was_block?.path;
            new.withdrawn.iter().find(|it| it.path == *path)
        });
        Clause {
            old_key: old_key.filter(|old| *old != key),
            key,
            kind: block.map_or("policy", |block| block.kind.name()),
            number: is.and_then(|block| block.number.clone()),
            old_number: was_block.and_then(|block| block.number.clone()),
            heading: if now.is_some() { heading(it, block) } else { None },
            old_heading: was.and_then(|(it, _)| heading(it, was_block)),
            old_within: old_within.filter(|old| has_moved && *old != trail),
            within: trail,
            changes: change.changes.clone(),
            material: change.is_material() || policy.fate == Fate::Added && !change.rules.is_empty(),
            verdict: change.verdict(),
            why: kept.filter(|_| now.is_none()).and_then(|it| it.why.clone()),
            effects,
            texts: change.texts.iter().map(|text| self.text(policy, text)).collect(),
            rules: change.rules.iter().map(|rule| self.rule(*rule)).collect(),
            remarks: change.remarks.iter().map(|remark| self.remark(policy, change, remark)).collect(),
            source: now.map(|place| source(self.new, place)),
            old_source: before.map(|place| source(self.old, place)),
        }
    }

    fn text(self, policy: &PolicyChange, change: &TextChange) -> Text {
        let term = match &change.kind {
            TextKind::Definition(id) => {
                let new = policy.new.map(|id| self.new.collection.policy(id));
                let old = policy.old.map(|id| self.old.collection.policy(id));
                let found = new.into_iter().chain(old).flat_map(|it| &it.definitions).find(|it| it.id == *id);
                found.map(|it| it.term.clone())
            }
            _ => None,
        };
        let kind = match change.kind {
            TextKind::Prose => "prose",
            TextKind::Note => "note",
            TextKind::Definition(_) => "definition",
            TextKind::Heading => "heading",
        };
        Text { kind, term, words: pieces(&change.words) }
    }

    fn rule(self, change: RuleChange) -> Rule {
        let old = change.old.map(|rule| statement(self.old.collection, rule));
        let new = change.new.map(|rule| statement(self.new.collection, rule));
        let words = diff::sentences(old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
        Rule {
            key: change.new.map(|rule| self.new.collection.rule(rule).key.clone()),
            old_key: change.old.map(|rule| self.old.collection.rule(rule).key.clone()),
            new,
            old,
            words: pieces(&words),
        }
    }

    fn effect(self, policy: &PolicyChange, change: &ClauseChange, shift: &Shift) -> Effect {
        let joined = &self.changes.joined.collection;
        let sentence = verbalise::shift(&self.changes.joined, shift);
        let witness = verbalise::situation(joined, &shift.witness, sentence.clone());
        // Through words it changes for those who have come to count among the bearers, or no longer do.
        let is_silent = change.remarks.iter().any(|remark| matches!(remark, Remark::ThroughWords(_)));
        let mut parties: Vec<String> = if is_silent { witness.context.party.clone() } else { Vec::new() };
        let old = shift.old.iter().filter(|_| !is_silent).map(|&rule| (self.old.collection, rule));
        let new = shift.new.iter().filter(|_| !is_silent);
        for (collection, rule) in old.chain(new.map(|&rule| (self.new.collection, rule))) {
            for party in bearers(collection, rule) {
                if !parties.contains(&party) {
                    parties.push(party);
                }
            }
        }
        let elsewhere = shift.elsewhere.iter().map(|&(side, rule)| match side {
            norms::Side::Old => elsewhere(self.old.collection, rule, policy.old),
            norms::Side::New => elsewhere(self.new.collection, rule, policy.new),
        });
        Effect {
            direction: match shift.direction {
                norms::Direction::Tightened => Direction::Tightened,
                norms::Direction::Relaxed => Direction::Relaxed,
            },
            aspect: shift.aspect.name(),
            parties,
            elsewhere: elsewhere.collect(),
            witness,
            sentence,
        }
    }

    fn remark(self, policy: &PolicyChange, clause: &ClauseChange, remark: &Remark) -> view::Remark {
        let text = match remark {
            Remark::WordsWithoutRules => {
                "The words changed and the rules beside them did not: do they still say the same?".to_owned()
            }
            Remark::RulesWithoutWords => {
                "What the rules mean changed and the words beside them did not: do they still say the same?".to_owned()
            }
            Remark::NoRule if clause.old.is_none() => {
                "These words bind, and no rule says what they mean: read them.".to_owned()
            }
            Remark::NoRule if clause.new.is_none() => {
                "These words bound, and no rule said what they meant: read them.".to_owned()
            }
            Remark::NoRule => {
                "Words that bind changed, and no rule says what they mean: whether they ask for something else is for you to judge."
                    .to_owned()
            }
            Remark::Definition(_) => {
                "What a term means changed: whether clauses that use it ask for something else is for you to judge.".to_owned()
            }
            Remark::ThroughWords(words) => {
                let words: Vec<String> = words.iter().map(|word| self.word(word)).collect();
                format!(
                    "Nothing was written differently here; the rules mean something else because the vocabulary changed: {}.",
                    words.join(", ")
                )
            }
            Remark::ThroughOverrides => {
                "Nothing was written differently here; what changed is a rule elsewhere that goes before these.".to_owned()
            }
            Remark::Undecided => {
                "What this changes could not be worked out: something here is not understood, or the rules make too many cases."
                    .to_owned()
            }
            Remark::LostId => {
                "Its id is gone without a trace: keep it with `withdrawn` here, or with `was` where the clause went.".to_owned()
            }
            Remark::RuleMoved { from, to } => {
                let from_here = clause.rules.iter().any(|rule| rule.old == Some(*from) && rule.new.is_none());
                if from_here {
                    format!("A rule went from here to {}.", elsewhere(self.new.collection, *to, policy.new).place)
                } else {
                    format!("A rule came here from {}.", elsewhere(self.old.collection, *from, policy.old).place)
                }
            }
        };
        view::Remark { topic: remark.topic(), text }
    }

    /// A changed word by its label: `volunteer` (party).
    fn word(self, name: &str) -> String {
        let change = self.changes.words.iter().find(|word| word.name() == name);
        let other = || name.strip_prefix("definition ").map_or(name.to_owned(), |term| format!("the term `{term}`"));
        change.map_or_else(other, |word| format!("“{}” ({})", word.label, word.kind))
    }
}

fn field(change: &diff::FieldChange) -> Field {
    Field {
        field: change.field,
        label: change.label.clone(),
        old: change.old.clone(),
        new: change.new.clone(),
        material: change.material,
    }
}

fn pieces(words: &[diff::Piece]) -> Vec<Piece> {
    words.iter().map(|piece| Piece { is: piece.is, text: piece.text.clone() }).collect()
}

/// The sentence of a rule, with what a breach brings and which rules it goes before.
fn statement(collection: &Collection, id: RuleId) -> String {
    let told = verbalise::tell(collection, id);
    let mut text = told.sentence();
    if let Some(breach) = &told.breach {
        text.push(' ');
        text.push_str(breach);
    }
    let rule = collection.rule(id);
    let mut beaten: Vec<String> =
        rule.overrides.iter().map(|&rule| verbalise::place(collection, rule, id.policy)).collect();
    beaten.dedup();
    if !beaten.is_empty() {
        text.push_str(&format!(" This goes before {}.", verbalise::list(&beaten, "and")));
    }
    let related = &collection.policy(id.policy).related;
    let above: Vec<String> =
        rule.yields_outside.iter().filter_map(|&at| related.get(at as usize)).map(|it| it.title.clone()).collect();
    if !above.is_empty() {
        text.push_str(&format!(" This gives way to {}.", verbalise::list(&above, "and")));
    }
    text
}

fn bearers(collection: &Collection, id: RuleId) -> Vec<String> {
    let policy = collection.policy(id.policy);
    let words = |name: &Filler| match name {
        Filler::Word(word) => vec![*word],
        Filler::Group(at) => policy.definition(*at).group.clone(),
    };
    let words = collection.rule(id).bearers.iter().flat_map(words);
    words.map(|word| collection.vocabulary.word(word).id.clone()).collect()
}

/// Where a rule stands, told in a policy of its side, or by itself.
fn elsewhere(collection: &Collection, rule: RuleId, from: Option<PolicyId>) -> Elsewhere {
    let own = verbalise::place(collection, rule, rule.policy);
    let place = match from {
        Some(from) => verbalise::place(collection, rule, from),
        None => format!("the {}, {own}", collection.policy(rule.policy).title),
    };
    Elsewhere { key: collection.rule(rule).key.clone(), place }
}

fn heading(policy: &crate::model::Policy, block: Option<&crate::model::Block>) -> Option<String> {
    block.map_or_else(|| Some(policy.title.clone()), |block| block.heading.clone())
}

/// Headings of what a block stands in, from the top, each with its number.
fn within(collection: &Collection, policy: PolicyId, place: Parent) -> Vec<String> {
    let policy = collection.policy(policy);
    let mut found: Vec<String> = Vec::new();
    let mut around = place.and_then(|block| policy.block(block).parent);
    while let Some(block) = around {
        let block: &crate::model::Block = policy.block(block);
        let name = block.heading.as_ref().unwrap_or(&block.id);
        found.push(match &block.number {
            Some(number) => format!("{number} {name}"),
            None => name.clone(),
        });
        around = block.parent;
    }
    found.reverse();
    found
}

fn source(given: Given<'_>, (policy, place): (PolicyId, Option<BlockIdx>)) -> Source {
    let it = given.collection.policy(policy);
    let span = place.map_or(it.span, |block| it.block(block).span);
    Source { path: given.sources.file(span.file).name().to_owned(), start: given.sources.positions(span).0.into() }
}
