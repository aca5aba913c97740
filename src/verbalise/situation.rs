//! A situation that an analysis of norms answers with, in the words of the export: ids, amounts and a sentence.

use crate::diagnostic::witness::{self as told, Fact, Is, OneOrTwo, Quantity, Slot};
use crate::model::{Collection, FactId, FactKind};
use crate::norms::{Leaf, Value, Way, Witness};

/// The witness as findings and reports of changes carry it; the sentence is whatever tells it there.
pub fn situation(collection: &Collection, witness: &Witness, sentence: String) -> told::Witness {
    let context = &witness.context;
    told::Witness {
        context: told::Context {
            organisation: context.organisation.map(|leaf| word(collection, leaf)),
            party: words(collection, context.party),
            object: context.object.map(|leaf| word(collection, leaf)),
            facts: facts(collection, &context.facts),
        },
        ways: witness.ways.iter().map(|it| way(collection, it)).collect(),
        sentence,
    }
}

fn way(collection: &Collection, way: &Way) -> told::Way {
    let all = |leaves: &[Leaf]| leaves.iter().map(|&leaf| word(collection, leaf)).collect();
    told::Way {
        action: word(collection, way.action),
        object: way.object.map(|leaf| word(collection, leaf)),
        slots: way
            .slots
            .iter()
            .map(|&(preposition, leaf)| Slot { preposition, filler: word(collection, leaf) })
            .collect(),
        facts: facts(collection, &way.facts),
        approvals: all(&way.approvals),
        consents: all(&way.consents),
        applies: way.applies.iter().map(|&rule| collection.rule(rule).key.clone()).collect(),
    }
}

fn facts(collection: &Collection, facts: &[(FactId, Value)]) -> Vec<Fact> {
    facts.iter().map(|&(fact, value)| told_fact(collection, fact, value)).collect()
}

fn told_fact(collection: &Collection, fact: FactId, value: Value) -> Fact {
    let declared = collection.vocabulary.fact(fact);
    let is = match value {
        Value::Flag(holds) => Is::Flag(holds),
        Value::Choice(at) => Is::Choice(match &declared.kind {
            FactKind::Choice(values) => values.get(at as usize).map(|value| value.id.clone()).unwrap_or_default(),
            _ => String::new(),
        }),
        Value::Quantity(amount) => Is::Quantity(Quantity { value: amount.number.to_f64(), unit: amount.unit.name() }),
    };
    Fact { fact: declared.id.clone(), is }
}

fn words(collection: &Collection, leaf: Leaf) -> Vec<String> {
    let id = |word| collection.vocabulary.word(word).id.clone();
    match leaf {
        Leaf::One(word) => vec![id(word)],
        Leaf::Both(first, second) => vec![id(first), id(second)],
    }
}

fn word(collection: &Collection, leaf: Leaf) -> OneOrTwo {
    let id = |word| collection.vocabulary.word(word).id.clone();
    match leaf {
        Leaf::One(word) => OneOrTwo::One(id(word)),
        Leaf::Both(first, second) => OneOrTwo::Two([id(first), id(second)]),
    }
}
