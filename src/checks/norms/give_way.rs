//! The edits that let one rule give way to another, in the layout that authors use.
//!
//! Such an edit settles what rules mean, so that it is only ever offered. It knows what is said already and where; what
//! disagrees it does not ask.

use std::collections::HashSet;

use super::reference::References;
use crate::checks::Context;
use crate::diagnostic::Edit;
use crate::model::RuleId;
use crate::source::Span;

/// How many rules are followed to see whether an override would close a circle.
const MOST_FOLLOWED: usize = 10_000;

/// Which of the two rules says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// The one that stays: `overrides`.
    Overrides,
    /// The one that gives way: `yields to`.
    YieldsTo,
}

/// The places where rules of a run say what they override and yield to.
pub(super) struct Said<'c, 'a> {
    context: &'c Context<'a>,
    /// The rule that says so, whether it is the one that stays, and where; sorted. Of an `each rule` nothing.
    places: Vec<(RuleId, bool, Span)>,
    pub(super) references: References<'a>,
}

impl<'c, 'a> Said<'c, 'a> {
    /// All that is said in a run.
    pub(super) fn of(context: &'c Context<'a>) -> Self {
        let own = |rule: RuleId, span: Span| {
            let whole = context.collection.rule(rule).span;
            whole.file == span.file && whole.start <= span.start && span.end <= whole.end
        };
        let edges = context.collection.edges.iter().filter(|edge| own(edge.said_by, edge.span));
        let mut places: Vec<_> = edges.map(|edge| (edge.said_by, edge.said_by == edge.winner, edge.span)).collect();
        places.sort_unstable();
        Said { context, places, references: References::of(context.collection) }
    }

    /// The edits after which `loser` gives way to `winner`; `None` where that would close a circle, or where no reference
    /// can lead to the rule.
    pub(super) fn edits(&self, winner: RuleId, loser: RuleId, spelling: Spelling) -> Option<Vec<Edit>> {
        if self.leads_to(loser, winner) {
            return None;
        }
        let (says, other) = match spelling {
            Spelling::Overrides => (winner, loser),
            Spelling::YieldsTo => (loser, winner),
        };
        let reference = self.references.to(other, says.policy)?;
        let mut edits = vec![self.qualified(says, spelling, &reference.text)];
        if let Some(name) = reference.name {
            let start = self.context.collection.rule(other).span;
            let after = start.start + "rule".len() as u32;
            edits.push(Edit { span: Span { start: after, end: after, ..start }, text: format!(" {name}:") });
        }
        edits.sort_by_key(|edit| (edit.span.file, edit.span.start));
        Some(edits)
    }

    /// The reference put behind those of its kind, or on a line of its own.
    fn qualified(&self, rule: RuleId, spelling: Spelling, reference: &str) -> Edit {
        let stays = spelling == Spelling::Overrides;
        let after = self.places.partition_point(|place| (place.0, place.1) <= (rule, stays));
        let last = after.checked_sub(1).and_then(|at| self.places.get(at));
        if let Some((_, _, span)) = last.filter(|place| (place.0, place.1) == (rule, stays)) {
            return Edit { span: span.at_end(), text: format!(", {reference}") };
        }
        let span = self.context.collection.rule(rule).span;
        let text = self.context.sources.file(span.file).text();
        let before = text.get(..span.start as usize).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text.get(line..).unwrap_or("");
        let margin = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("");
        // The line before, or the rule's own, tells how lines end here.
        let ends = before.rfind('\n').or_else(|| text.find('\n')).and_then(|at| text.get(..at));
        let newline = if ends.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
        let word = if stays { "overrides" } else { "yields to" };
        Edit { span: span.at_end(), text: format!("{newline}{margin}  {word} {reference}") }
    }

    /// Whether `from` overrides `to`, directly or through others; also where there are too many to tell.
    fn leads_to(&self, from: RuleId, to: RuleId) -> bool {
        let mut seen: HashSet<RuleId> = HashSet::from([from]);
        let mut open = vec![from];
        while let Some(rule) = open.pop() {
            if rule == to || seen.len() > MOST_FOLLOWED {
                return true;
            }
            open.extend(self.context.collection.rule(rule).overrides.iter().filter(|next| seen.insert(**next)));
        }
        false
    }
}
