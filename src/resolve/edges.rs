//! What gives way to what: `overrides` and `yields to`, made one edge from its two ends.
//!
//! Edges are copied as written. Whether they close a circle is a question for the analysis of norms.

use super::outline::Outline;
use super::qualifier::Said;
use crate::model::{Collection, Edge, EdgeTarget, Rule, RuleId, Target};

/// The edges between rules that one `overrides` or `yields to` makes: a block or a policy stands for all its rules but the
/// one that says so. An outside document is noted with the rule.
pub(super) fn expand(outlines: &[Outline<'_, '_>], said: &Said, by: RuleId, rule: &mut Rule, edges: &mut Vec<Edge>) {
    let mut edge = |other: RuleId, target: EdgeTarget| {
        let (winner, loser) = if said.overrides { (by, other) } else { (other, by) };
        edges.push(Edge { winner, loser, span: said.span, said_by: by, target });
    };
    let (policy, rules) = match said.target {
        Target::Rule(other) => return edge(other, EdgeTarget::Rule),
        Target::Related(document) => {
            if !rule.yields_outside.contains(&document) {
                rule.yields_outside.push(document);
            }
            return;
        }
        Target::Policy(policy) => (policy, 0..outlines[policy.0 as usize].rules.len() as u32),
        Target::Block(policy, block) => (policy, outlines[policy.0 as usize].blocks[block.0 as usize].rules.clone()),
    };
    let others = rules.map(|index| RuleId { policy, index }).filter(|other| *other != by);
    others.for_each(|other| edge(other, EdgeTarget::Block));
}

/// Puts the edges of all policies in order and writes each on its winner.
pub(super) fn settle(collection: &mut Collection, mut edges: Vec<Edge>) {
    edges.sort_unstable_by_key(|edge| (edge.winner, edge.loser, edge.span));
    for edge in &edges {
        let winner = &mut collection.policies[edge.winner.policy.0 as usize].rules[edge.winner.index as usize];
        // Sorted by winner and loser, doubles stand beside each other.
        if winner.overrides.last() != Some(&edge.loser) {
            winner.overrides.push(edge.loser);
        }
    }
    collection.edges = edges;
}
