//! Who takes part, and which overrides count.

use std::collections::BTreeSet;

use clausal::model::{Collection, RuleId};

/// A winner and a loser.
type Edge = (RuleId, RuleId);

/// "All policies of the collection take part but withdrawn ones." A policy whose organisation is not known speaks for
/// nobody, unless all are one. A rule that was not understood in full is left out, and so is all that it overrides,
/// directly or through others, for nobody knows what it takes from them.
pub fn taking_part(collection: &Collection, as_one: bool) -> Vec<RuleId> {
    let mut unknown: BTreeSet<RuleId> =
        collection.rules().filter(|(_, rule)| rule.incomplete).map(|(id, _)| id).collect();
    loop {
        let losers = collection.edges.iter().filter(|edge| unknown.contains(&edge.winner)).map(|edge| edge.loser);
        let more: Vec<RuleId> = losers.filter(|loser| !unknown.contains(loser)).collect();
        if more.is_empty() {
            break;
        }
        unknown.extend(more);
    }
    let speaks = |id: RuleId| {
        let policy = collection.policy(id.policy);
        !policy.is_withdrawn() && (as_one || policy.organisation.is_some())
    };
    collection.rules().map(|(id, _)| id).filter(|id| speaks(*id) && !unknown.contains(id)).collect()
}

/// Overrides "must form no cycle": those on a circle are left out, and each set of rules that lie on circles together is
/// told by the shortest circle through its first rule, the first of equally short ones.
pub fn kept_and_circles(collection: &Collection, rules: &[RuleId]) -> (BTreeSet<Edge>, Vec<Vec<RuleId>>) {
    let edges: BTreeSet<Edge> = collection
        .edges
        .iter()
        .map(|edge| (edge.winner, edge.loser))
        .filter(|(winner, loser)| rules.contains(winner) && rules.contains(loser))
        .collect();
    let on_a_circle = |&(winner, loser): &Edge| reaches(&edges, loser, winner);
    let mut circles = Vec::new();
    let mut told: BTreeSet<RuleId> = BTreeSet::new();
    for &rule in rules {
        let circle = edges.iter().any(|edge| (edge.0 == rule || edge.1 == rule) && on_a_circle(edge));
        if circle && told.insert(rule) {
            let together = |other: &RuleId| reaches(&edges, rule, *other) && reaches(&edges, *other, rule);
            told.extend(rules.iter().filter(|other| together(other)));
            circles.extend(shortest_circle(&edges, rule, rules.len()));
        }
    }
    (edges.iter().copied().filter(|edge| !on_a_circle(edge)).collect(), circles)
}

/// Whether a rule overrides another, directly or through others, or is the other.
fn reaches(edges: &BTreeSet<Edge>, from: RuleId, to: RuleId) -> bool {
    let mut reached = BTreeSet::from([from]);
    loop {
        let more: Vec<RuleId> = edges.iter().filter(|edge| reached.contains(&edge.0)).map(|edge| edge.1).collect();
        let before = reached.len();
        reached.extend(more);
        if reached.len() == before {
            return reached.contains(&to);
        }
    }
}

/// Every chain from `start`, shorter ones first, those of one length in rule order: the first that closes.
fn shortest_circle(edges: &BTreeSet<Edge>, start: RuleId, most: usize) -> Option<Vec<RuleId>> {
    let mut chains = vec![vec![start]];
    for _ in 0..most {
        let closes = |chain: &&Vec<RuleId>| chain.last().is_some_and(|&last| edges.contains(&(last, start)));
        if let Some(circle) = chains.iter().find(closes) {
            return Some(circle.clone());
        }
        let mut longer = Vec::new();
        for chain in &chains {
            let last = chain.last().copied();
            for &(_, next) in edges.iter().filter(|edge| Some(edge.0) == last && !chain.contains(&edge.1)) {
                longer.push([chain.as_slice(), &[next]].concat());
            }
        }
        chains = longer;
    }
    None
}
