//! An analysis as text, for golden files and for people who look for the difference between two of them. Ids, no labels.

use std::fmt::Write;

use clausal::model::{Collection, FactId, FactKind, RuleId};
use clausal::norms::{Analysis, Context, Disagreement, Leaf, Value, Way};

/// The whole analysis, a line or a few for each entry of its lists.
pub fn told(collection: &Collection, analysis: &Analysis) -> String {
    let teller = Teller { collection };
    let mut out = String::new();
    for disagreement in &analysis.disagreements {
        teller.disagreement(&mut out, disagreement);
    }
    for it in &analysis.never_applies {
        let _ = write!(out, "never-applies {}", teller.rule(it.rule));
        let by = if it.overridden_by.is_empty() {
            String::new()
        } else {
            format!(" by {}", teller.rules(&it.overridden_by))
        };
        let _ = writeln!(out, "{by}");
    }
    for it in &analysis.redundant {
        let _ = writeln!(out, "redundant-rule {} by {}", teller.rule(it.rule), teller.rule(it.by));
    }
    for it in &analysis.idle_exceptions {
        let _ = writeln!(out, "idle-exception {} unless {}", teller.rule(it.rule), it.exception);
    }
    for it in &analysis.idle_overrides {
        let _ = writeln!(out, "idle-override {} over {}", teller.rule(it.winner), teller.rule(it.loser));
    }
    for cycle in &analysis.cycles {
        let _ = writeln!(out, "override-cycle {}", teller.rules(cycle));
    }
    for it in &analysis.undecided {
        let _ = writeln!(out, "undecided {} {:?}", teller.rules(&it.rules), it.limit);
    }
    if out.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

struct Teller<'c> {
    collection: &'c Collection,
}

impl Teller<'_> {
    fn disagreement(&self, out: &mut String, it: &Disagreement) {
        let relation = it.relation.map_or_else(String::new, |relation| format!(" ({})", relation.name()));
        let _ = writeln!(out, "{}{relation} {}", it.conflict.name(), self.rules(&it.rules));
        let _ = writeln!(out, "    {}", self.context(&it.witness.context));
        for way in &it.witness.ways {
            let _ = writeln!(out, "    - {}", self.way(way));
        }
    }

    fn context(&self, context: &Context) -> String {
        let mut parts = Vec::new();
        parts.extend(context.organisation.map(|leaf| format!("at {}", self.leaf(leaf))));
        parts.push(self.leaf(context.party));
        parts.extend(context.object.map(|leaf| format!("object {}", self.leaf(leaf))));
        parts.extend(context.facts.iter().map(|fact| self.fact(fact)));
        parts.join("; ")
    }

    fn way(&self, way: &Way) -> String {
        let mut parts = vec![self.leaf(way.action)];
        parts.extend(way.object.map(|leaf| format!("object {}", self.leaf(leaf))));
        parts.extend(way.slots.iter().map(|(preposition, leaf)| format!("{preposition} {}", self.leaf(*leaf))));
        parts.extend(way.facts.iter().map(|fact| self.fact(fact)));
        for (what, leaves) in [("approved by", &way.approvals), ("consent of", &way.consents)] {
            if !leaves.is_empty() {
                parts.push(format!(
                    "{what} {}",
                    leaves.iter().map(|leaf| self.leaf(*leaf)).collect::<Vec<_>>().join(", ")
                ));
            }
        }
        format!("{}: {}", parts.join("; "), self.rules(&way.applies))
    }

    fn fact(&self, &(id, value): &(FactId, Value)) -> String {
        let fact = self.collection.vocabulary.fact(id);
        match (value, &fact.kind) {
            (Value::Flag(yes), _) => format!("{} {}", fact.id, if yes { "yes" } else { "no" }),
            (Value::Choice(place), FactKind::Choice(values)) => {
                format!("{} {}", fact.id, values.get(place as usize).map_or("?", |value| value.id.as_str()))
            }
            (Value::Choice(place), _) => format!("{} {place}?", fact.id),
            (Value::Quantity(amount), _) => format!("{} {amount}", fact.id),
        }
    }

    fn leaf(&self, leaf: Leaf) -> String {
        let word = |id| self.collection.vocabulary.word(id).id.as_str();
        match leaf {
            Leaf::One(one) => word(one).to_owned(),
            Leaf::Both(a, b) => format!("{}&{}", word(a), word(b)),
        }
    }

    fn rules(&self, rules: &[RuleId]) -> String {
        rules.iter().map(|&rule| self.rule(rule)).collect::<Vec<_>>().join(", ")
    }

    /// The last part of the rule's key, with its policy where there are several.
    fn rule(&self, rule: RuleId) -> String {
        let key = self.collection.rule(rule).key.as_str();
        match self.collection.policies.len() {
            1 => key.split_once(':').map_or(key, |(_, place)| place).to_owned(),
            _ => key.to_owned(),
        }
    }
}
