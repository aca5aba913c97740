//! From the changes of two collections to the view that every format shares.

mod findings;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use self::told::Teller;
use super::view::{
    Changes, Clause, Damaged, Direction, EffectOf, Fate, Field, Party, Policy, Side, Summary, VERSION, Verdict, Word,
};
use crate::diagnostic::{Finding, Severity};
use crate::diff;
use crate::emit::schema::DIFF_URN;
use crate::emit::view::Generator;
use crate::model::{Collection, Kind, PolicyId, WordId};
use crate::source::Sources;

/// One of the two collections, with what is known of it.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// What it was asked for by.
    pub name: &'a str,
    /// What the sources mean.
    pub collection: &'a Collection,
    /// The sources.
    pub sources: &'a Sources,
    /// What is wrong with them.
    pub findings: &'a [Finding],
    /// Files that could not be read.
    pub damaged: &'a [Damaged],
}

/// What is asked of a report.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Whether editorial changes are left out.
    pub material_only: bool,
    /// The party whose rules alone are told, by its id: rules for it, for what lies below it and above it.
    pub party: Option<String>,
    /// The sources whose policies alone are told, by their names; none of them means all.
    pub paths: Option<BTreeSet<String>>,
}

/// The changes as every format shows them.
pub fn report(changes: &diff::Changes, old: Given<'_>, new: Given<'_>, ask: &Ask) -> Changes {
    let teller = Teller { changes, old, new };
    let wanted = ask.party.as_ref().map(|party| related(changes, party));
    let mut policies: Vec<Policy> =
        changes.policies.iter().filter_map(|policy| asked(teller.policy(policy), ask, wanted.as_ref())).collect();
    let vocabulary = changes.words.iter().map(word).filter(|word| word.material || !ask.material_only);
    let vocabulary = if ask.party.is_none() && ask.paths.is_none() { vocabulary.collect() } else { Vec::new() };
    let is_told = |path: &str| ask.paths.as_ref().is_none_or(|paths| paths.contains(path));
    let (mut new_findings, mut resolved_findings) = findings::compared(old, new);
    for findings in [&mut new_findings, &mut resolved_findings] {
        findings.retain(|finding| finding.locations.iter().any(|place| is_told(&place.path)));
    }
    policies.iter_mut().for_each(|policy| policy.material = is_material(policy));
    Changes {
        schema: DIFF_URN,
        format: "clausal-diff",
        format_version: VERSION,
        generator: Generator::CLAUSAL,
        old: side(old),
        new: side(new),
        summary: summary(&policies),
        parties: parties(changes, &policies),
        policies,
        vocabulary,
        new_findings,
        resolved_findings,
        material_only: ask.material_only,
        only_for: ask.party.clone(),
    }
}

fn side(given: Given<'_>) -> Side {
    let mut damaged = given.damaged.to_vec();
    damaged.extend(findings::damaged(given));
    let is_error = |finding: &&Finding| finding.severity == Severity::Error && finding.accepted.is_none();
    Side {
        name: given.name.to_owned(),
        policies: given.collection.policies.len(),
        errors: given.findings.iter().filter(is_error).count(),
        damaged,
    }
}

/// The party and all above and below it, by id, on either side.
fn related(changes: &diff::Changes, party: &str) -> BTreeSet<String> {
    let vocabulary = &changes.joined.collection.vocabulary;
    let parties: Vec<(WordId, &str)> =
        vocabulary.of_kind(Kind::Party).map(|(word, it)| (word, it.id.as_str())).collect();
    let of_id: Vec<WordId> = parties.iter().filter(|(_, id)| *id == party).map(|(word, _)| *word).collect();
    let meets = |word: WordId| of_id.iter().any(|&it| vocabulary.is_below(word, it) || vocabulary.is_below(it, word));
    parties.into_iter().filter(|(word, _)| meets(*word)).map(|(_, id)| id.to_owned()).collect()
}

/// The policy with what is asked for of it; `None` where that is nothing.
fn asked(mut policy: Policy, ask: &Ask, parties: Option<&BTreeSet<String>>) -> Option<Policy> {
    if ask.paths.as_ref().is_some_and(|paths| !paths.contains(&policy.path)) {
        return None;
    }
    if ask.material_only {
        policy.fields.retain(|field: &Field| field.material);
        policy.clauses.retain(|clause| clause.material);
    }
    if let Some(parties) = parties {
        policy.fields.clear();
        policy.clauses.retain_mut(|clause: &mut Clause| {
            clause.effects.retain(|effect| effect.parties.iter().any(|party| parties.contains(party)));
            !clause.effects.is_empty()
        });
    }
    let is_told = policy.change != Fate::Changed || !policy.fields.is_empty() || !policy.clauses.is_empty();
    is_told.then_some(policy)
}

fn is_material(policy: &Policy) -> bool {
    policy.change != Fate::Changed
        || policy.fields.iter().any(|field| field.material)
        || policy.clauses.iter().any(|clause| clause.material)
}

fn summary(policies: &[Policy]) -> Summary {
    let mut summary = Summary::default();
    for policy in policies {
        *match policy.change {
            Fate::Added => &mut summary.policies_added,
            Fate::Removed | Fate::Withdrawn => &mut summary.policies_removed,
            Fate::Reinstated | Fate::Changed => &mut summary.policies_changed,
        } += 1;
        for clause in &policy.clauses {
            *if clause.material { &mut summary.material } else { &mut summary.editorial } += 1;
            match clause.verdict.filter(|_| clause.material) {
                Some(Verdict::Tightened) => summary.tightened += 1,
                Some(Verdict::Relaxed) => summary.relaxed += 1,
                Some(Verdict::Both) => summary.both += 1,
                Some(Verdict::Undecided) => summary.undecided += 1,
                Some(Verdict::Unchanged) | None => {}
            }
        }
    }
    summary
}

/// What changes for whom on the whole, the parties in the order of the vocabulary.
fn parties(changes: &diff::Changes, policies: &[Policy]) -> Vec<Party> {
    let mut effects: BTreeMap<&str, Vec<(Direction, EffectOf)>> = BTreeMap::new();
    for (policy, it) in policies.iter().enumerate() {
        for (clause, it) in it.clauses.iter().enumerate() {
            for (effect, it) in it.effects.iter().enumerate() {
                for party in it.parties.iter().filter(|_| it.elsewhere.is_empty()) {
                    effects.entry(party).or_default().push((it.direction, EffectOf { policy, clause, effect }));
                }
            }
        }
    }
    let mut parties = Vec::new();
    for (_, word) in changes.joined.collection.vocabulary.of_kind(Kind::Party) {
        let Some(mut effects) = effects.remove(word.id.as_str()) else { continue };
        effects.sort_by_key(|(direction, _)| *direction);
        let effects = effects.into_iter().map(|(_, effect)| effect).collect();
        parties.push(Party { id: word.id.clone(), label: several(word), effects });
    }
    parties
}

/// Several of a party, or the one there is.
fn several(word: &crate::model::Word) -> String {
    let is_one = crate::model::without_article(&word.label).is_some();
    if is_one { word.label.clone() } else { word.plural.clone() }
}

fn word(change: &diff::WordChange) -> Word {
    Word {
        kind: change.kind,
        id: change.id.clone(),
        label: change.label.clone(),
        change: change.fate,
        details: change.details.clone(),
        material: !change.affects.is_empty(),
        affects: change.affects.clone(),
    }
}

/// The name of the file that a policy stands in.
fn path(given: Given<'_>, policy: PolicyId) -> String {
    given.sources.file(given.collection.policy(policy).span.file).name().to_owned()
}
