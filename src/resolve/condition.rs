//! Conditions, their facts and amounts looked up and their kinds compared.

use super::amount;
use super::scope::Scope;
use super::suggest::{closest, listed, suggest};
use crate::diagnostic::Finding;
use crate::model::{Condition, FactId, FactKind, Filler, Kind, Number, Unit};
use crate::source::Span;
use crate::syntax::ast::{self, ConditionKind, Joiner, Quorum, Word};

impl<'s> Scope<'_, '_, 's> {
    /// What a condition means; `None` after a finding that says why nothing.
    pub(super) fn condition(&mut self, condition: &ast::Condition<'s>) -> Option<Condition> {
        match &condition.kind {
            ConditionKind::Chain(parts, joiners) => self.chain(parts, joiners),
            ConditionKind::Not(inner) => Some(Condition::Not(Box::new(self.condition(inner)?))),
            ConditionKind::Group(inner) => self.condition(inner),
            ConditionKind::AnyOf(parts) => {
                let parts = parts.iter().filter_map(|part| self.condition(part)).collect();
                Condition::any(parts)
            }
            ConditionKind::Approved(quorum) => {
                self.quorum(quorum, "approvals").map(|(by, count)| Condition::Approval(by, count))
            }
            ConditionKind::Consent(quorum) => {
                self.quorum(quorum, "consents").map(|(of, count)| Condition::Consent(of, count))
            }
            ConditionKind::Flag(fact) => self.flag(*fact),
            ConditionKind::Is { fact, negated, values } => self.is(*fact, *negated, values),
            ConditionKind::Compare { fact, comparison, amount } => {
                self.compare(*fact, comparison_of(*comparison), amount, condition.span)
            }
        }
    }

    /// Conditions joined by one word. Where both stand, the finding asks for parentheses, and `and` binds tighter for
    /// the time being.
    fn chain(&mut self, parts: &[ast::Condition<'s>], joiners: &[(Joiner, Span)]) -> Option<Condition> {
        if let Some((first, place)) = joiners.first()
            && let Some((_, other)) = joiners.iter().find(|(joiner, _)| joiner != first)
        {
            self.findings.push(
                Finding::new("ambiguous-and-or", *other, "`and` beside `or` can be read in two ways")
                    .labelled("joined by the one here")
                    .and(*place, "and by the other here")
                    .help("put parentheses round what belongs together: `(a and b) or c`, or `a and (b or c)`"),
            );
        }
        let mut alternatives: Vec<Vec<Condition>> = vec![Vec::new()];
        for (index, part) in parts.iter().enumerate() {
            let joiner = index.checked_sub(1).and_then(|before| joiners.get(before)).map(|(joiner, _)| *joiner);
            if joiner == Some(Joiner::Or) {
                alternatives.push(Vec::new());
            }
            if let (Some(condition), Some(together)) = (self.condition(part), alternatives.last_mut()) {
                together.push(condition);
            }
        }
        let all = |mut together: Vec<Condition>| {
            together.shrink_to_fit();
            Condition::all(together)
        };
        Condition::any(alternatives.into_iter().filter_map(all).collect())
    }

    fn quorum(&mut self, quorum: &Quorum<'s>, what: &str) -> Option<(Vec<Filler>, u32)> {
        let names: Vec<Filler> = quorum.names.iter().filter_map(|name| self.filler(Kind::Party, *name)).collect();
        let count = match quorum.count {
            None => 1,
            Some(written) => {
                let count = written.text.parse::<u32>().unwrap_or(0);
                if count == 0 || count as usize > quorum.names.len() {
                    let message =
                        format!("`{}` {what} of {} named cannot be asked for", written.text, quorum.names.len());
                    self.findings.push(
                        Finding::new("syntax", written.span, message)
                            .help("ask for at least one, and for no more than are named"),
                    );
                    return None;
                }
                count
            }
        };
        (!names.is_empty()).then_some((names, count))
    }

    fn flag(&mut self, name: Word<'s>) -> Option<Condition> {
        let fact = self.fact(name)?;
        match &self.world.names.vocabulary.fact(fact).kind {
            FactKind::Flag => Some(Condition::Flag(fact)),
            FactKind::Choice(values) => {
                let ids: Vec<String> = values.iter().map(|value| format!("{} is {}", name.text, value.id)).collect();
                let finding = self.misfit(name, fact, "is one of a list, so a condition says which");
                self.findings.push(finding.help(format!("write {}", listed(&ids, "or"))));
                None
            }
            FactKind::Quantity(unit) => {
                if !self.world.names.unclear.contains(&fact) {
                    let finding = self.misfit(name, fact, "is an amount, so a condition compares it");
                    self.findings.push(finding.help(format!(
                        "write `{} at most 3 {}s`, or the like",
                        name.text,
                        unit.name()
                    )));
                }
                None
            }
        }
    }

    fn is(&mut self, name: Word<'s>, negated: bool, values: &[Word<'s>]) -> Option<Condition> {
        let fact = self.fact(name)?;
        let world = self.world;
        let known = match &world.names.vocabulary.fact(fact).kind {
            FactKind::Choice(known) => known,
            FactKind::Flag => {
                let finding = self.misfit(name, fact, "is yes or no, so a condition names it alone");
                self.findings.push(finding.help(format!("write `{0}`, or `not {0}`", name.text)));
                return None;
            }
            FactKind::Quantity(unit) => {
                if !world.names.unclear.contains(&fact) {
                    let finding = self.misfit(name, fact, "is an amount, so a condition compares it");
                    self.findings.push(finding.help(format!(
                        "write `{} at most 3 {}s`, or the like",
                        name.text,
                        unit.name()
                    )));
                }
                return None;
            }
        };
        let mut places: Vec<u32> = Vec::with_capacity(values.len());
        for value in values {
            match known.iter().position(|known| known.id == value.text) {
                Some(place) if places.contains(&(place as u32)) => {}
                Some(place) => places.push(place as u32),
                None if world.lost.has(value.text) => {}
                None => {
                    let message = format!("`{}` is not a value of `{}`", value.text, name.text);
                    let ids: Vec<&str> = known.iter().map(|known| known.id.as_str()).collect();
                    let finding = Finding::new("unknown-name", value.span, message)
                        .and(world.names.vocabulary.fact(fact).span, "declared here");
                    self.findings.push(suggest(finding, value.span, &closest(value.text, ids.iter().copied()), || {
                        format!("its values are {}", listed(&ids, "and"))
                    }));
                }
            }
        }
        if places.is_empty() {
            return None;
        }
        let choice = Condition::Choice(fact, places);
        Some(if negated { Condition::Not(Box::new(choice)) } else { choice })
    }

    fn compare(
        &mut self,
        name: Word<'s>,
        comparison: crate::model::Comparison,
        written: &ast::Quantity<'s>,
        whole: Span,
    ) -> Option<Condition> {
        let fact = self.fact(name);
        let amount = amount::amount(written, &mut self.findings);
        let fact = fact?;
        let world = self.world;
        let unit = match &world.names.vocabulary.fact(fact).kind {
            FactKind::Quantity(_) if world.names.unclear.contains(&fact) => return None,
            FactKind::Quantity(unit) => *unit,
            FactKind::Flag => {
                let finding = self.misfit(name, fact, "is yes or no, so nothing is compared with it");
                self.findings.push(finding.help(format!("write `{0}`, or `not {0}`", name.text)));
                return None;
            }
            FactKind::Choice(values) => {
                let ids: Vec<String> = values.iter().map(|value| format!("{} is {}", name.text, value.id)).collect();
                let finding = self.misfit(name, fact, "is one of a list, so nothing is compared with it");
                self.findings.push(finding.help(format!("write {}", listed(&ids, "or"))));
                return None;
            }
        };
        let amount = amount?;
        if !amount.unit.converts_to(unit) {
            let many = Number::whole(2);
            let message = format!(
                "`{}` is counted in {}, and {} cannot be compared with {}",
                name.text,
                unit.told(many),
                amount,
                unit.told(many)
            );
            let units: Vec<String> =
                Unit::ALL.into_iter().filter(|other| other.converts_to(unit)).map(Unit::written).collect();
            self.findings.push(
                Finding::new("incomparable-units", whole, message)
                    .and(world.names.vocabulary.fact(fact).span, "declared here")
                    .help(format!("write the amount in {}", listed(&units, "or"))),
            );
            return None;
        }
        Some(Condition::Quantity(fact, comparison, amount))
    }

    fn misfit(&self, name: Word<'s>, fact: FactId, why: &str) -> Finding {
        Finding::new("wrong-filler", name.span, format!("`{}` {why}", name.text))
            .and(self.world.names.vocabulary.fact(fact).span, "declared here")
    }
}

fn comparison_of(written: ast::Comparison) -> crate::model::Comparison {
    use crate::model::Comparison as To;
    match written {
        ast::Comparison::AtMost => To::AtMost,
        ast::Comparison::AtLeast => To::AtLeast,
        ast::Comparison::MoreThan => To::MoreThan,
        ast::Comparison::LessThan => To::LessThan,
        ast::Comparison::Exactly => To::Exactly,
    }
}
