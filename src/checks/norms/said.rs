//! What is said of a rule that is pointed at, and the place where it is pointed at.

use crate::checks::Context;
use crate::diagnostic::Label;
use crate::model::{Modality, RuleId};
use crate::norms::Conflict;
use crate::source::Span;
use crate::verbalise;

/// The part a rule plays in a disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It says so outright.
    Outright,
    /// A permission that forbids what its `only when` leaves out.
    OnlyWhen,
}

/// The part of the rule at this place of a disagreement: after the first, a permission can only forbid.
pub(super) fn part(context: &Context<'_>, place: usize, rule: RuleId) -> Part {
    let permits = context.collection.rule(rule).modality == Modality::May;
    if permits && place > 0 { Part::OnlyWhen } else { Part::Outright }
}

/// The rule pointed at, with what it says.
pub(super) fn label(context: &Context<'_>, rule: RuleId, part: Part, conflict: Option<Conflict>) -> Label {
    let here = match (context.collection.rule(rule).modality, part) {
        (_, Part::OnlyWhen) => "forbidden here outside the `only when`",
        (Modality::Must, _) => "required here",
        (Modality::MustNot, _) => "forbidden here",
        (Modality::Should, _) => "advised here",
        (Modality::ShouldNot, _) => "advised against here",
        (Modality::May, _) => "permitted here",
        (Modality::NeedNot, _) => "not required here",
    };
    let mut text = format!("{here}: {}", verbalise::gist(context.collection, rule));
    if let (Some(Conflict::ConflictingDeadlines), Some(limit)) =
        (conflict, verbalise::deadline(context.collection, rule))
    {
        text = format!("{here} {limit}: {}", verbalise::gist(context.collection, rule));
    }
    Label { span: place(context, rule), text }
}

/// Where a rule is pointed at: from its beginning to the end of the line of its modality, where the rest is qualifiers
/// in the usual layout.
pub(super) fn place(context: &Context<'_>, rule: RuleId) -> Span {
    let rule = context.collection.rule(rule);
    let text = context.sources.text(rule.span);
    let modality = (rule.modality_span.end.saturating_sub(rule.span.start) as usize).min(text.len());
    let rest = text.get(modality..).unwrap_or("");
    let line = rest.find('\n').unwrap_or(rest.len());
    let line = rest.get(..line).unwrap_or(rest);
    // A comment is no part of it.
    let line = line.find("# ").and_then(|at| line.get(..at)).unwrap_or(line).trim_end();
    Span { end: rule.span.start + (modality + line.len()) as u32, ..rule.span }
}
