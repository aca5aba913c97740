//! What stands beside the act, taken apart: each limit is a sentence of its own, and one sentence says another or not.

use clausal::model::{Amount, Modality, Rule, WordId};
use clausal::norms::Aspect;

/// A sentence on time.
enum Said {
    Within(Amount, Option<WordId>),
    Before(WordId),
    After(WordId),
    Until(WordId),
    AtOnce,
}

impl Said {
    /// "Within two days" says "within five days" of the same event; "at once" says "before" any event and within any time.
    fn says(&self, other: &Said) -> bool {
        match (self, other) {
            (Said::Within(short, of), Said::Within(long, from)) => {
                of == from && short.compare(*long).is_some_and(|order| order.is_le())
            }
            (Said::Before(a), Said::Before(b))
            | (Said::After(a), Said::After(b))
            | (Said::Until(a), Said::Until(b)) => a == b,
            (Said::AtOnce, Said::AtOnce | Said::Within(..) | Said::Before(_)) => true,
            _ => false,
        }
    }
}

fn due(rule: &Rule) -> Vec<Said> {
    let mut said = Vec::new();
    said.extend(rule.deadline.within.map(|(amount, of)| Said::Within(amount, of)));
    said.extend(rule.deadline.before.map(Said::Before));
    said.extend(rule.deadline.immediately.then_some(Said::AtOnce));
    said
}

fn span(rule: &Rule) -> Vec<Said> {
    let mut said = Vec::new();
    said.extend(rule.deadline.after.map(Said::After));
    said.extend(rule.deadline.until.map(Said::Until));
    said
}

fn implies(all: &[Said], of: &[Said]) -> bool {
    of.iter().all(|wanted| all.iter().any(|said| said.says(wanted)))
}

/// Whether nobody who is bound (or free) as `other` says is not bound (or free) as `rule` says: in this aspect.
pub fn at_least(aspect: Aspect, modality: Modality, rule: &Rule, other: &Rule) -> bool {
    let duty = modality.is_duty();
    let oftener = |a: Amount, b: Amount| a.compare(b).is_some_and(|order| order.is_le());
    match aspect {
        // Every deadline of the one is kept by keeping those of the other.
        Aspect::Deadline => !duty || implies(&due(rule), &due(other)),
        // A limit makes anything hold for less: the other has each limit that this one has.
        Aspect::Limit if duty => implies(&span(other), &span(rule)),
        Aspect::Limit => {
            let all = |rule: &Rule| due(rule).into_iter().chain(span(rule)).collect::<Vec<Said>>();
            implies(&all(other), &all(rule))
        }
        // A duty with an interval asks for more, anything else with one holds for less.
        Aspect::Recurrence => match (rule.every, other.every) {
            (Some(one), Some(other)) => oftener(one, other),
            (None, Some(_)) => !duty,
            (Some(_), None) => duty,
            (None, None) => true,
        },
        _ => true,
    }
}
