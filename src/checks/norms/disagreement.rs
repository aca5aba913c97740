//! Disagreements as findings: message, both places, situation, and the edits that would settle them.

use super::give_way::{Said, Spelling};
use super::message::{self, set_off};
use super::said::{self, part};
use crate::checks::Context;
use crate::diagnostic::{Edit, Finding, Label};
use crate::model::{Modality, PolicyId, RuleId};
use crate::norms::{Conflict, Disagreement, Relation};
use crate::verbalise;

/// How many of the bans that close a duty together get an edit of their own.
const MOST_OFFERED: usize = 4;

/// The findings of one check.
pub(super) fn all(context: &Context<'_>, conflict: Conflict, findings: &mut Vec<Finding>) {
    let Some(analysis) = context.analysis() else { return };
    let mut of_check = analysis.disagreements.iter().filter(|it| it.conflict == conflict).peekable();
    if of_check.peek().is_none() {
        return;
    }
    let said = Said::of(context);
    findings.extend(of_check.filter_map(|it| finding(context, &said, it)));
}

/// An edge that would settle a disagreement.
struct Settlement {
    winner: RuleId,
    loser: RuleId,
    spelling: Spelling,
}

fn finding(context: &Context<'_>, said: &Said<'_, '_>, it: &Disagreement) -> Option<Finding> {
    let mut labels: Vec<Label> = Vec::with_capacity(it.rules.len());
    for (place, &rule) in it.rules.iter().enumerate() {
        let label = said::label(context, rule, part(context, place, rule), Some(it.conflict));
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let mended = mended_first(context, it);
    if mended < labels.len() {
        labels.swap(0, mended);
    }
    let from = it.rules.get(mended)?.policy;
    let check = it.conflict.name();
    let offers: Vec<_> =
        settlements(context, it).iter().filter_map(|settlement| offered(context, said, settlement, from)).collect();
    let accept = accept(context, said, it, from);
    let remedy = if offers.is_empty() && is_in_circle(context, it) {
        message::CIRCLE.to_owned()
    } else {
        message::help(context, it, accept.as_deref())
    };
    let mut finding = Finding::new(check, labels.first()?.span, message::message(context, it, from)).help(remedy);
    finding.labels = labels;
    finding.rules = it.rules.iter().map(|&rule| context.collection.rule(rule).key.clone()).collect();
    finding.relation = it.relation.map(Relation::name);
    finding.witness = Some(Box::new(verbalise::situation(
        context.collection,
        &it.witness,
        verbalise::witness(context.collection, it),
    )));
    for (title, edits) in offers {
        finding = finding.choice(title, edits);
    }
    Some(finding)
}

/// Whether the rules are in one circle of overrides, which settle nothing until it is broken.
fn is_in_circle(context: &Context<'_>, it: &Disagreement) -> bool {
    let cycles = context.analysis().map_or(&[][..], |analysis| &analysis.cycles);
    cycles.iter().any(|cycle| it.rules.iter().all(|rule| cycle.contains(rule)))
}

/// Which rule is to be mended first: of an exception and what it is an exception to, the exception; of advice and what
/// binds, the advice.
fn mended_first(context: &Context<'_>, it: &Disagreement) -> usize {
    let modality = |place: usize| it.rules.get(place).map(|&rule| context.collection.rule(rule).modality);
    match (it.conflict, it.relation) {
        (Conflict::UnrankedRules, Some(Relation::Wider)) => 1,
        (Conflict::ContradictoryAdvice, _) if it.rules.len() == 2 && modality(0) == Some(Modality::Must) => 1,
        _ => 0,
    }
}

/// Every edge that would settle it, the likeliest first.
fn settlements(context: &Context<'_>, it: &Disagreement) -> Vec<Settlement> {
    let modality = |rule: RuleId| context.collection.rule(rule).modality;
    let advises = |rule: RuleId| matches!(modality(rule), Modality::Should | Modality::ShouldNot);
    let over = |winner, loser| Settlement { winner, loser, spelling: Spelling::Overrides };
    let yields = |loser, winner| Settlement { winner, loser, spelling: Spelling::YieldsTo };
    let (first, others) = match it.rules.split_first() {
        Some((&first, others)) => (first, others),
        None => return Vec::new(),
    };
    // Acts that exclude each other are never one situation: no override settles that. Where two rules speak of the same
    // situations, one that gave way would never apply.
    if it.conflict == Conflict::IncompatibleDuties || message::is_same_said_twice(context, it) {
        return Vec::new();
    }
    let &[second] = others else {
        // One ban out of the way opens a way.
        return others.iter().take(MOST_OFFERED).map(|&ban| over(first, ban)).collect();
    };
    match (it.conflict, it.relation) {
        (Conflict::UnrankedRules, Some(Relation::Narrower)) => vec![over(first, second)],
        (Conflict::UnrankedRules, Some(Relation::Wider)) => vec![over(second, first)],
        (Conflict::UnrankedRules, _) if modality(first) == Modality::May => vec![yields(first, second)],
        (Conflict::ContradictoryAdvice, _) if !advises(second) => vec![yields(first, second)],
        (Conflict::ContradictoryAdvice, _) if !advises(first) => vec![yields(second, first)],
        _ => vec![yields(first, second), yields(second, first)],
    }
}

fn offered(context: &Context<'_>, said: &Said<'_, '_>, it: &Settlement, from: PolicyId) -> Option<(String, Vec<Edit>)> {
    let edits = said.edits(it.winner, it.loser, it.spelling)?;
    let place = |rule| verbalise::place(context.collection, rule, from);
    let (winner, loser) = (place(it.winner), place(it.loser));
    let modality = |rule: RuleId| context.collection.rule(rule).modality;
    // Of two policies the edit says by its place which is meant; their titles are long.
    let apart = it.winner.policy != it.loser.policy;
    let title = match (it.spelling, winner == loser) {
        (Spelling::YieldsTo, false) if apart => format!("let {loser} give way"),
        (Spelling::Overrides, false) => format!("let {} override {loser}", set_off(winner)),
        (Spelling::YieldsTo, false) => format!("let {} give way to {winner}", set_off(loser)),
        (_, true) if modality(it.loser) == modality(it.winner) => {
            let which = |rule| ordinal(context.collection.rule(rule).position);
            format!("let the {} rule of {loser} give way to the {} rule", which(it.loser), which(it.winner))
        }
        (_, true) => {
            let says = |rule| modality(rule).words();
            format!("let the `{}` of {loser} give way to its `{}`", says(it.loser), says(it.winner))
        }
    };
    Some((title, edits))
}

/// The line that accepts it, and the place where it is to be written: that of its first place.
fn accept(context: &Context<'_>, said: &Said<'_, '_>, it: &Disagreement, from: PolicyId) -> Option<String> {
    let mended = mended_first(context, it);
    let first = *it.rules.get(mended)?;
    let other = *it.rules.iter().find(|rule| rule.policy != from).or(it.rules.get(1 - mended.min(1)))?;
    let collection = context.collection;
    let place = verbalise::place(collection, first, from);
    let check = it.conflict.name();
    let same = (first.policy, collection.rule(first).block) == (other.policy, collection.rule(other).block);
    Some(match said.references.side(other, from).filter(|_| !same) {
        Some(reference) => format!("write in {place}: `accept {check} with {reference} because \"…\"`"),
        None => format!("write in {place}: `accept {check} because \"…\"`"),
    })
}

/// `third`, and past the tenth `11th`; which rule of a clause it is.
fn ordinal(position: u32) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let word = (position as usize).checked_sub(1).and_then(|at| WORDS.get(at));
    let ending = match (position % 10, position % 100) {
        (1, past) if past != 11 => "st",
        (2, past) if past != 12 => "nd",
        (3, past) if past != 13 => "rd",
        _ => "th",
    };
    word.map_or_else(|| format!("{position}{ending}"), |&word| word.to_owned())
}
