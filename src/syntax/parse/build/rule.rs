//! Rules, their qualifiers and their conditions.

use super::super::SYNTAX;
use super::super::grammar::Rule as R;
use super::{Builder, Node, children};
use crate::diagnostic::Finding;
use crate::source::Span;
use crate::syntax::ast::{
    Comparison, Condition, ConditionKind, Joiner, List, Modality, Qualifier, QualifierKind, Quorum, Rule, Slot,
};

impl<'s, 't> Builder<'s, 't> {
    pub(in super::super) fn rule(&mut self, pair: Node<'t>) -> Option<Rule<'s>> {
        let mut span = self.span(&pair);
        let (mut name, mut bearers, mut modality, mut actions) = (None, None, None, None);
        let (mut any, mut objects) = (None, None);
        let (mut slots, mut qualifiers) = (Vec::new(), Vec::new());
        for inner in children(pair) {
            match inner.as_rule() {
                R::rule_kw => {}
                R::rule_name => name = children(inner).next().map(|id| self.id(&id)),
                R::bearers => bearers = Some(self.list(inner)),
                R::modality => modality = self.modality(inner),
                R::actions => actions = Some(self.list(inner)),
                R::object => {
                    any = children(inner.clone()).find(|part| part.as_rule() == R::any_kw).map(|part| self.span(&part));
                    objects = Some(self.list(inner));
                }
                R::slot => {
                    let preposition = children(inner.clone()).next().map(|part| self.word(&part));
                    let names = self.list(inner);
                    slots.extend(preposition.map(|preposition| Slot { preposition, names }));
                }
                _ => qualifiers.extend(self.qualifier(inner)),
            }
        }
        qualifiers.shrink_to_fit();
        let (bearers, modality, actions) = (bearers?, modality?, actions?);
        let ends = [Some(actions.span.end), objects.as_ref().map(|list: &List| list.span.end)];
        let slot_end = slots.last().map(|slot: &Slot| slot.names.span.end);
        let qualifier_end = qualifiers.last().map(|qualifier: &Qualifier| qualifier.span.end);
        span.end = ends.into_iter().chain([slot_end, qualifier_end]).flatten().max().unwrap_or(span.end);
        Some(Rule { name, bearers, modality, actions, any, objects, slots, qualifiers, span })
    }

    fn modality(&mut self, pair: Node<'t>) -> Option<Modality<'s>> {
        let mut parts = children(pair);
        let verb = self.word(&parts.next()?);
        let not = parts.next().map(|not| self.span(&not));
        let span = not.map_or(verb.span, |not| verb.span.to(not));
        // What such a rule says nobody knows, so that it is none.
        let unclear = match (verb.text, not) {
            ("may", Some(_)) => Finding::new(SYNTAX, span, "`may not` can mean two things")
                .help("write `must not` where it is forbidden, `need not` where it is left free"),
            ("need", None) => Finding::new(SYNTAX, span, "`need` stands without `not`")
                .help("write `must` for a duty, `need not` for the release from one"),
            _ => return Some(Modality { verb, negated: not.is_some(), span }),
        };
        self.findings.push(unclear);
        None
    }

    /// The names inside a pair with what joins them.
    fn list(&mut self, pair: Node<'t>) -> List<'s> {
        let whole = self.span(&pair);
        // Most lists have one name, and a tree has very many lists.
        let (mut names, mut ors, mut commas) = (Vec::with_capacity(1), Vec::new(), Vec::new());
        for inner in children(pair) {
            match inner.as_rule() {
                R::name => names.push(self.id(&inner)),
                R::or_kw => ors.push(self.span(&inner)),
                R::comma => commas.push(self.span(&inner)),
                _ => {}
            }
        }
        let span = match (names.first(), names.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => whole,
        };
        List { names, ors, commas, span }
    }

    pub(super) fn qualifier(&mut self, pair: Node<'t>) -> Option<Qualifier<'s>> {
        let whole = self.span(&pair);
        let form = pair.as_rule();
        if form == R::immediately {
            return Some(Qualifier { kind: QualifierKind::Immediately, span: whole });
        }
        let mut parts = children(pair.clone()).skip(1);
        let kind = match form {
            R::when => QualifierKind::When(self.condition(parts.next()?)?),
            R::only_when => QualifierKind::OnlyWhen(self.condition(parts.next()?)?),
            R::unless => QualifierKind::Unless(self.condition(parts.next()?)?),
            R::within => {
                let amount = self.quantity(parts.next()?)?;
                QualifierKind::Within(amount, parts.next().map(|event| self.id(&event)))
            }
            R::before => QualifierKind::Before(self.id(&parts.next()?)),
            R::after => QualifierKind::After(self.id(&parts.next()?)),
            R::until => QualifierKind::Until(self.id(&parts.next()?)),
            R::every => QualifierKind::Every(self.quantity(parts.next()?)?),
            R::on_breach => QualifierKind::OnBreach(self.list(pair)),
            R::overrides => QualifierKind::Overrides(parts.map(|part| self.reference(&part)).collect()),
            R::yields_to => QualifierKind::YieldsTo(parts.map(|part| self.reference(&part)).collect()),
            _ => return None,
        };
        let end = match &kind {
            QualifierKind::When(c) | QualifierKind::OnlyWhen(c) | QualifierKind::Unless(c) => c.span.end,
            QualifierKind::Within(amount, event) => event.map_or(amount.span.end, |event| event.span.end),
            QualifierKind::Before(word) | QualifierKind::After(word) | QualifierKind::Until(word) => word.span.end,
            QualifierKind::Every(amount) => amount.span.end,
            QualifierKind::OnBreach(list) => list.span.end,
            QualifierKind::Overrides(to) | QualifierKind::YieldsTo(to) => to.last().map_or(whole.end, |to| to.span.end),
            QualifierKind::Immediately => whole.end,
        };
        Some(Qualifier { kind, span: Span { end, ..whole } })
    }

    fn condition(&mut self, pair: Node<'t>) -> Option<Condition<'s>> {
        let (mut parts, mut joiners) = (Vec::new(), Vec::new());
        for inner in children(pair) {
            match inner.as_rule() {
                R::and_kw => joiners.push((Joiner::And, self.span(&inner))),
                R::or_kw => joiners.push((Joiner::Or, self.span(&inner))),
                _ => parts.extend(self.operand(inner)),
            }
        }
        if parts.len() < 2 {
            return parts.pop();
        }
        parts.shrink_to_fit();
        joiners.shrink_to_fit();
        let span = parts.first()?.span.to(parts.last()?.span);
        Some(Condition { kind: ConditionKind::Chain(parts, joiners), span })
    }

    fn operand(&mut self, pair: Node<'t>) -> Option<Condition<'s>> {
        let mut span = self.span(&pair);
        let form = pair.as_rule();
        let parts = children(pair);
        let kind = match form {
            R::negation => {
                let inner = self.operand(parts.last()?)?;
                span.end = inner.span.end;
                ConditionKind::Not(Box::new(inner))
            }
            R::in_brackets => {
                let (mut inner, mut end) = (None, span.end);
                for part in parts {
                    match part.as_rule() {
                        R::close => end = self.span(&part).end,
                        _ => inner = self.condition(part),
                    }
                }
                span.end = end;
                ConditionKind::Group(Box::new(inner?))
            }
            R::any_of => {
                let mut conditions = Vec::new();
                for part in parts {
                    match part.as_rule() {
                        R::condition => conditions.extend(self.condition(part)),
                        R::close => span.end = self.span(&part).end,
                        _ => {}
                    }
                }
                ConditionKind::AnyOf(conditions)
            }
            R::approval | R::consent => {
                let quorum = self.quorum(parts.last()?);
                span.end = quorum.1;
                if form == R::approval { ConditionKind::Approved(quorum.0) } else { ConditionKind::Consent(quorum.0) }
            }
            R::test => {
                let (kind, end) = self.test(parts)?;
                span.end = end;
                kind
            }
            _ => return None,
        };
        Some(Condition { kind, span })
    }

    /// Who approves or consents, and where that ends.
    fn quorum(&mut self, pair: Node<'t>) -> (Quorum<'s>, u32) {
        let mut end = self.span(&pair).end;
        if pair.as_rule() == R::name {
            return (Quorum { count: None, names: vec![self.id(&pair)] }, end);
        }
        let mut quorum = Quorum { count: None, names: Vec::new() };
        for part in children(pair) {
            match part.as_rule() {
                R::number => quorum.count = Some(self.word(&part)),
                R::name => quorum.names.push(self.id(&part)),
                R::close => end = self.span(&part).end,
                _ => {}
            }
        }
        (quorum, end)
    }

    /// A fact and what is asked of it, and where that ends.
    fn test(&mut self, mut parts: impl Iterator<Item = Node<'t>>) -> Option<(ConditionKind<'s>, u32)> {
        let fact = self.id(&parts.next()?);
        let Some(next) = parts.next() else { return Some((ConditionKind::Flag(fact), fact.span.end)) };
        if next.as_rule() == R::comparison {
            let comparison = comparison(next.as_str());
            let amount = self.quantity(parts.next()?)?;
            return Some((ConditionKind::Compare { fact, comparison, amount }, amount.span.end));
        }
        let (mut negated, mut values, mut end) = (false, Vec::with_capacity(1), fact.span.end);
        for part in children(next) {
            end = self.span(&part).end;
            match part.as_rule() {
                R::not_kw => negated = true,
                R::name => values.push(self.id(&part)),
                _ => {}
            }
        }
        Some((ConditionKind::Is { fact, negated, values }, end))
    }
}

fn comparison(words: &str) -> Comparison {
    let words = words.trim_end();
    match (words.split_whitespace().next(), words) {
        (Some("at"), words) if words.ends_with("most") => Comparison::AtMost,
        (Some("at"), _) => Comparison::AtLeast,
        (Some("more"), _) => Comparison::MoreThan,
        (Some("less"), _) => Comparison::LessThan,
        _ => Comparison::Exactly,
    }
}
