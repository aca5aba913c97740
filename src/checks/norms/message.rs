//! What a disagreement comes to in a sentence, and what can be done about it.

use super::said::{Part, part};
use crate::checks::Context;
use crate::model::{Modality, PolicyId, RuleId};
use crate::norms::{Conflict, Disagreement, Leaf, Relation};
use crate::verbalise;

/// How many bans are named; further ones are counted.
const MOST_NAMED: usize = 4;

/// What can be done where the overrides of the rules run in a circle.
pub(super) const CIRCLE: &str =
    "their overrides run in a circle, so that none of them counts: break the circle first, as `override-cycle` tells";

/// What is wrong, as told from the policy `from`.
pub(super) fn message(context: &Context<'_>, it: &Disagreement, from: PolicyId) -> String {
    let Some((&first, others)) = it.rules.split_first() else { return "rules disagree".to_owned() };
    let place = |rule: RuleId| verbalise::place(context.collection, rule, from);
    match it.conflict {
        Conflict::IncompatibleDuties => exclusion(context, it, from),
        Conflict::ConflictingDeadlines => deadlines(context, it, from),
        _ if others.len() > 1 => {
            let says = said(context.collection.rule(first).modality);
            format!(
                "{} {says} what {} together leave no way to do",
                place(first),
                listed(others.iter().map(|&rule| place(rule)))
            )
        }
        _ => {
            let Some(&second) = others.first() else { return "rules disagree".to_owned() };
            let says = said(context.collection.rule(first).modality);
            let (one, other) = (set_off(place(first)), set_off(place(second)));
            let denies = match (part(context, 1, second), context.collection.rule(second).modality) {
                (Part::OnlyWhen, _) => "allows only under conditions",
                (_, Modality::NeedNot) => "says need not be done",
                (_, Modality::ShouldNot) => "advises against",
                _ => "forbids",
            };
            if one == other {
                return format!("{one} {says} in one rule what it {denies} in another");
            }
            format!("{one} {says} what {other} {denies}")
        }
    }
}

fn exclusion(context: &Context<'_>, it: &Disagreement, from: PolicyId) -> String {
    let places = places(context, &it.rules, from);
    let label = |leaf: Leaf| {
        let (Leaf::One(word) | Leaf::Both(word, _)) = leaf;
        context.collection.vocabulary.word(word).label.as_str()
    };
    let acts: Vec<String> = it.witness.ways.iter().map(|way| format!("“{}”", label(way.action))).collect();
    let verb = if places.len() == 1 { "requires" } else { "require" };
    format!("{} {verb} acts that exclude each other: {}", listed(places.into_iter()), listed(acts.into_iter()))
}

fn deadlines(context: &Context<'_>, it: &Disagreement, from: PolicyId) -> String {
    let places = places(context, &it.rules, from);
    let within = |rule: &RuleId| context.collection.rule(*rule).deadline.within;
    let limits: Vec<String> =
        it.rules.iter().filter_map(within).map(|(amount, _)| format!("within {amount}")).collect();
    let verb = if places.len() == 1 { "sets" } else { "set" };
    format!("{} {verb} different time limits for one act: {}", listed(places.into_iter()), listed(limits.into_iter()))
}

/// The places of rules, each once.
fn places(context: &Context<'_>, rules: &[RuleId], from: PolicyId) -> Vec<String> {
    let mut places: Vec<String> = rules.iter().map(|&rule| verbalise::place(context.collection, rule, from)).collect();
    places.dedup();
    places
}

fn said(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "requires",
        Modality::Should => "advises",
        Modality::May => "permits",
        Modality::MustNot => "forbids",
        Modality::ShouldNot => "advises against",
        Modality::NeedNot => "releases from",
    }
}

/// A place amid a sentence: one in another policy holds a comma, and wants another behind it.
pub(super) fn set_off(place: String) -> String {
    if place.contains(", ") { place + "," } else { place }
}

/// `5.1, 5.2 and 5.3`; a long list is cut short.
pub(super) fn listed(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<String> = items.collect();
    if items.len() > MOST_NAMED {
        let others = items.len() - (MOST_NAMED - 1);
        items.truncate(MOST_NAMED - 1);
        items.push(format!("{others} others"));
    }
    match items.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        // Places in other policies hold commas of their own.
        Some((last, first)) if first.iter().any(|item| item.contains(", ")) => {
            format!("{}; and {last}", first.join("; "))
        }
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}

/// What can be done; `accept` is the line by which an author lives with it.
pub(super) fn help(context: &Context<'_>, it: &Disagreement, accept: Option<&str>) -> String {
    let across = it.rules.iter().any(|rule| Some(rule.policy) != it.rules.first().map(|first| first.policy));
    let remedy = match (it.conflict, it.relation) {
        (Conflict::IncompatibleDuties, _) => {
            "nobody can do both: narrow one of the duties with `when` or `unless`, or correct `excludes` in the vocabulary"
        }
        (Conflict::ConflictingDeadlines, _) => {
            "write the same time limit in both, or let one duty give way to the other"
        }
        (Conflict::JointContradiction, _) => {
            "nobody can do the duty without breaking a ban: take such situations out of one of the bans with `unless`, or \
             let one give way wherever the duty holds"
        }
        (Conflict::ContradictoryAdvice, _) => {
            "readers cannot follow both: correct the advice, narrow it with `unless`, or let one give way to the other"
        }
        (Conflict::UnrankedRules, Some(Relation::Crossing)) => {
            "each covers situations the other does not: say which gives way where they meet, or narrow one with `unless`"
        }
        (Conflict::UnrankedRules, _) => {
            "the narrower rule reads like an exception to the wider one: if it is meant so, let it override that"
        }
        (Conflict::Contradiction, _) if is_same_said_twice(context, it) => {
            "they speak of the same situations, so that whichever gives way never applies: take one out, or narrow one with \
             `when` or `unless`"
        }
        _ if across => "agree which policy gives way, and write it in the one that does; or narrow one with `unless`",
        _ => "nobody can follow both: say which gives way, or narrow one with `unless`",
    };
    match accept {
        Some(accept) => format!("{remedy}; to live with it, {accept}"),
        None => remedy.to_owned(),
    }
}

/// Whether a permission and a ban speak of exactly the same situations, so that no order between them leaves both anything
/// to say.
pub(super) fn is_same_said_twice(context: &Context<'_>, it: &Disagreement) -> bool {
    let modality = |rule: &RuleId| context.collection.rule(*rule).modality;
    let modalities: Vec<Modality> = it.rules.iter().map(modality).collect();
    it.relation == Some(Relation::Equal) && modalities == [Modality::May, Modality::MustNot]
}
