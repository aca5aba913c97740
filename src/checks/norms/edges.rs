//! The places where it is said that one rule overrides another, and how they are cut out.

use super::cut;
use crate::checks::Context;
use crate::diagnostic::Edit;
use crate::model::{Edge, EdgeTarget, RuleId};

/// Every place that makes the one override the other.
pub(super) fn between<'a>(context: &Context<'a>, winner: RuleId, loser: RuleId) -> Vec<&'a Edge> {
    let all = &context.collection.edges;
    let first = all.partition_point(|edge| (edge.winner, edge.loser) < (winner, loser));
    let edges = all.iter().skip(first).take_while(|edge| (edge.winner, edge.loser) == (winner, loser));
    let mut edges: Vec<&Edge> = edges.collect();
    edges.dedup_by_key(|edge| edge.span);
    edges
}

/// The edits that cut these references out; `None` where one of them says more than this, or cannot be cut cleanly.
pub(super) fn cut_out(context: &Context<'_>, edges: &[&Edge]) -> Option<Vec<Edit>> {
    let mut edits: Vec<Edit> = edges.iter().map(|edge| cut_one(context, edge)).collect::<Option<_>>()?;
    edits.sort_by_key(|edit| (edit.span.file, edit.span.start));
    let apart = |pair: &[Edit]| match pair {
        [first, second] => first.span.file != second.span.file || first.span.end <= second.span.start,
        _ => true,
    };
    edits.windows(2).all(apart).then_some(edits)
}

/// The reference cut out of its list, where it names that one rule and the rule says so itself.
fn cut_one(context: &Context<'_>, edge: &Edge) -> Option<Edit> {
    let says = context.collection.rule(edge.said_by).span;
    let own = says.file == edge.span.file && says.start <= edge.span.start && edge.span.end <= says.end;
    if !own || edge.target == EdgeTarget::Block {
        return None;
    }
    let text = context.sources.file(edge.span.file).text();
    // Of a rule that names itself both spellings are one edge: the text tells which it is.
    let cut = |words| cut::reference(text, words, edge.span);
    let span = cut(&["overrides"]).or_else(|| cut(&["yields", "to"]))?;
    Some(Edit { span, text: String::new() })
}
