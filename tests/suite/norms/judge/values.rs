//! The values tried of facts, and the sets of leaves that approve.

use std::collections::BTreeSet;

use clausal::model::{Amount, Condition, FactId, FactKind, Number, Unit};
use clausal::norms::{Leaf, Value};

use super::Judge;
use super::norm::{Name, Norm, Test};
use super::space::Leaves;

/// A fact with the values that are tried.
pub struct Fact {
    pub id: FactId,
    pub chosen: bool,
    pub values: Vec<Value>,
}

/// The facts that some condition of these norms names, in declaration order, with the values tried.
pub fn facts(judge: &Judge<'_>, norms: &[&Norm]) -> Vec<Fact> {
    let vocabulary = &judge.collection.vocabulary;
    let mut named: BTreeSet<FactId> = BTreeSet::new();
    let mut compared: Vec<(FactId, Amount)> = Vec::new();
    for norm in norms {
        norm.tests(|test| match test {
            Test::Fact(Condition::Quantity(fact, _, amount)) => {
                named.insert(*fact);
                compared.push((*fact, *amount));
            }
            Test::Fact(Condition::Flag(fact) | Condition::Choice(fact, _)) => {
                named.insert(*fact);
            }
            _ => {}
        });
    }
    let bounds = |id: FactId| {
        let amounts = compared.iter().filter(|(fact, _)| *fact == id).map(|(_, amount)| amount.in_base());
        std::iter::once(0).chain(amounts).collect::<BTreeSet<u128>>().into_iter().collect::<Vec<u128>>()
    };
    let fact = |id: FactId| {
        let declared = vocabulary.fact(id);
        let values = match &declared.kind {
            FactKind::Flag => vec![Value::Flag(false), Value::Flag(true)],
            FactKind::Choice(values) => (0..values.len() as u32).map(Value::Choice).collect(),
            FactKind::Quantity(unit) => amounts(&bounds(id), *unit),
        };
        Fact { id, chosen: declared.chosen, values }
    };
    named.into_iter().map(fact).collect()
}

/// "A quantity takes the first that fits of the bounds the rules write, the midpoints between them, the last plus one." "0
/// counts as a bound; midpoints of whole units are rounded down." A comparison changes its answer at a bound only, so that
/// these are all there is to try.
fn amounts(bounds: &[u128], unit: Unit) -> Vec<Value> {
    let one = Amount { number: Number::whole(1), unit }.in_base();
    let halfway = |pair: &[u128]| {
        let middle = (pair[0] + pair[1]) / 2;
        if unit.is_whole() { middle - middle % one } else { middle }
    };
    let midpoints = bounds.windows(2).map(halfway);
    let last = bounds.last().map(|last| last + one);
    let all = bounds.iter().copied().chain(midpoints).chain(last);
    all.map(|count| Value::Quantity(Amount::of_base(count, unit).expect("an amount that can be told"))).collect()
}

/// The sets of leaves that approve (or consent), small ones first, those of one size in the order of their leaves.
pub fn sets(judge: &Judge<'_>, asked: &[(&Vec<Name>, u32)], leaves: Leaves) -> Vec<Vec<Leaf>> {
    // More leaves of one sort than the most that are asked for at a time change nothing.
    let most = asked.iter().map(|(_, count)| *count as usize).max().unwrap_or(0);
    let names: Vec<&Name> = asked.iter().flat_map(|(names, _)| names.iter()).collect();
    let leaves = judge.below_these(&names, leaves, most);
    if leaves.len() > 12 {
        judge.give_up();
        return vec![Vec::new()];
    }
    let mut sets: Vec<Vec<Leaf>> = (0u32..1 << leaves.len())
        .map(|bits| {
            leaves.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, leaf)| *leaf).collect()
        })
        .collect();
    sets.sort_by(|a: &Vec<Leaf>, b| (a.len(), a).cmp(&(b.len(), b)));
    sets
}
