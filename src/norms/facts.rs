//! The values of facts that rules tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Value;
use super::rules::Part;
use crate::model::{Amount, Comparison, Condition, FactId, FactKind, Rule, Unit, Vocabulary};

/// One of a whole, in the measure amounts are compared by.
pub(super) fn one_of(unit: Unit) -> u128 {
    Amount { number: crate::model::Number::whole(1), unit }.in_base()
}

/// The facts some condition of the rules asks about, in declaration order, each with its values in the order in which
/// witnesses take them: *no* before *yes*; the values of a choice as declared; of a quantity the bounds the rules write, 0
/// among them, then the midpoints between neighbours, then the last bound plus one.
pub(super) fn asked<'p, 'a: 'p>(
    vocabulary: &Vocabulary,
    parts: impl Iterator<Item = &'p Part<'a>>,
) -> Vec<(FactId, Vec<Value>)> {
    let mut bounds: BTreeMap<FactId, BTreeSet<u128>> = BTreeMap::new();
    for part in parts {
        each_condition(part.rule, |condition| match condition {
            Condition::Flag(fact) | Condition::Choice(fact, _) => {
                bounds.entry(*fact).or_default();
            }
            Condition::Quantity(fact, _, amount) => {
                bounds.entry(*fact).or_default().insert(amount.in_base());
            }
            _ => {}
        });
    }
    let values = |(fact, bounds)| (fact, values(&vocabulary.fact(fact).kind, bounds));
    bounds.into_iter().map(values).collect()
}

/// Calls `visit` with every condition of a rule and all inside it.
pub(super) fn each_condition<'r>(rule: &'r Rule, mut visit: impl FnMut(&'r Condition)) {
    let qualified = rule.when.iter().chain(&rule.only_when).chain(&rule.unless);
    qualified.for_each(|it| it.condition.walk(&mut visit));
}

fn values(kind: &FactKind, mut bounds: BTreeSet<u128>) -> Vec<Value> {
    match kind {
        FactKind::Flag => vec![Value::Flag(false), Value::Flag(true)],
        FactKind::Choice(values) => (0..values.len() as u32).map(Value::Choice).collect(),
        FactKind::Quantity(unit) => {
            bounds.insert(0);
            let bounds: Vec<u128> = bounds.into_iter().collect();
            let between = bounds.windows(2).map(|pair| {
                let middle = pair.iter().sum::<u128>() / 2;
                if unit.is_whole() { middle - middle % one_of(*unit) } else { middle }
            });
            let last = bounds.last().map(|last| last + one_of(*unit));
            let counts = bounds.iter().copied().chain(between).chain(last);
            counts.filter_map(|count| Amount::of_base(count, *unit)).map(Value::Quantity).collect()
        }
    }
}

/// Whether a value of its fact fulfils a condition that asks about one.
pub(super) fn fits(condition: &Condition, value: Value) -> bool {
    match (condition, value) {
        (Condition::Flag(_), Value::Flag(yes)) => yes,
        (Condition::Choice(_, values), Value::Choice(value)) => values.contains(&value),
        (Condition::Quantity(_, comparison, bound), Value::Quantity(amount)) => {
            let (amount, bound) = (amount.in_base(), bound.in_base());
            match comparison {
                Comparison::AtMost => amount <= bound,
                Comparison::AtLeast => amount >= bound,
                Comparison::MoreThan => amount > bound,
                Comparison::LessThan => amount < bound,
                Comparison::Exactly => amount == bound,
            }
        }
        _ => false,
    }
}
