//! Qualifiers of rules, written after one or said by an `each rule` of a block around it.
//!
//! Conditions of a rule and of the blocks around it add up. Of what a rule can have once only – a deadline, a recurrence –
//! its own goes ahead of an inherited one, and a nearer block's ahead of a farther one's.

use super::amount;
use super::scope::Scope;
use crate::diagnostic::Finding;
use crate::model::{Amount, Deadline, Kind, Modality, Qualified, Rule, Target, WordId};
use crate::source::Span;
use crate::syntax::ast::{Condition, Qualifier, QualifierKind, Reference};

/// The qualifiers written in one place, looked up.
#[derive(Default)]
pub(super) struct Qualifiers {
    when: Vec<Qualified>,
    only_when: Vec<OnlyWhen>,
    unless: Vec<Qualified>,
    deadline: Deadline,
    every: Option<Amount>,
    on_breach: Vec<WordId>,
    /// What the rule overrides or yields to.
    pub(super) edges: Vec<Said>,
}

/// The qualifiers of an `each rule`.
pub(super) struct Inherited {
    qualifiers: Qualifiers,
    /// Whether some of it could not be understood.
    incomplete: bool,
}

/// `only when C`.
struct OnlyWhen {
    condition: Qualified,
    /// The words before the condition.
    words: Span,
}

/// An `overrides` or `yields to`, its target found.
pub(super) struct Said {
    /// Whether the rule that says so wins.
    pub(super) overrides: bool,
    /// Over what, or against what it loses.
    pub(super) target: Target,
    /// The reference.
    pub(super) span: Span,
}

/// The qualifiers that stand once, each with the place of the first one met.
#[derive(Default)]
struct Once(Vec<(&'static str, Span)>);

impl Once {
    /// Whether this is the first of its kind; a second one is reported.
    fn is_first(&mut self, word: &'static str, span: Span, findings: &mut Vec<Finding>) -> bool {
        let Some((_, before)) = self.0.iter().find(|(known, _)| *known == word) else {
            self.0.push((word, span));
            return true;
        };
        findings.push(
            Finding::new("crowded-rule", span, format!("a rule can have one `{word}`, and this is a second"))
                .and(*before, "the first")
                .help("keep one of them, or make two rules"),
        );
        false
    }
}

impl<'s> Scope<'_, '_, 's> {
    /// What every rule of a block carries.
    pub(super) fn inherited(&mut self, written: &[&Qualifier<'s>]) -> Inherited {
        let before = self.trouble();
        let qualifiers = self.qualifiers(written.iter().copied(), true);
        Inherited { qualifiers, incomplete: self.trouble() > before }
    }

    /// Looks up the qualifiers of a rule, or of an `each rule`.
    pub(super) fn qualifiers<'q>(
        &mut self,
        written: impl IntoIterator<Item = &'q Qualifier<'s>>,
        inherited: bool,
    ) -> Qualifiers
    where
        's: 'q,
    {
        let mut found = Qualifiers::default();
        let mut once = Once::default();
        for qualifier in written {
            let span = qualifier.span;
            match &qualifier.kind {
                QualifierKind::When(condition) => found.when.extend(self.qualified(condition, inherited)),
                QualifierKind::Unless(condition) => found.unless.extend(self.qualified(condition, inherited)),
                QualifierKind::OnlyWhen(condition) => {
                    once.is_first("only when", span, &mut self.findings);
                    let words = Span { end: condition.span.start, ..span };
                    let blanks = words.len() - self.world.sources.text(words).trim_end().len();
                    let words = Span { end: words.end - blanks as u32, ..words };
                    let only = self.qualified(condition, inherited);
                    found.only_when.extend(only.map(|condition| OnlyWhen { condition, words }));
                }
                QualifierKind::Within(length, event) => {
                    let first = once.is_first("within", span, &mut self.findings);
                    let length = amount::duration(length, "a deadline", &mut self.findings);
                    let event = event.and_then(|event| self.word(Kind::Event, event));
                    if first {
                        found.deadline.within = length.map(|length| (length, event));
                    }
                }
                QualifierKind::Before(event) => {
                    let first = once.is_first("before", span, &mut self.findings);
                    let event = self.word(Kind::Event, *event);
                    found.deadline.before = found.deadline.before.or(event.filter(|_| first));
                }
                QualifierKind::After(event) => {
                    let first = once.is_first("after", span, &mut self.findings);
                    let event = self.word(Kind::Event, *event);
                    found.deadline.after = found.deadline.after.or(event.filter(|_| first));
                }
                QualifierKind::Until(event) => {
                    let first = once.is_first("until", span, &mut self.findings);
                    let event = self.word(Kind::Event, *event);
                    found.deadline.until = found.deadline.until.or(event.filter(|_| first));
                }
                QualifierKind::Every(length) => {
                    let first = once.is_first("every", span, &mut self.findings);
                    let length = amount::duration(length, "a recurrence", &mut self.findings);
                    found.every = found.every.or(length.filter(|_| first));
                }
                QualifierKind::Immediately => {
                    once.is_first("immediately", span, &mut self.findings);
                    found.deadline.immediately = true;
                }
                QualifierKind::OnBreach(list) => {
                    self.no_or(list, "a comma joins what follows a breach");
                    for name in &list.names {
                        let consequence = self.word(Kind::Consequence, *name);
                        add_once(&mut found.on_breach, consequence);
                    }
                }
                QualifierKind::Overrides(references) => self.edges(references, true, &mut found.edges),
                QualifierKind::YieldsTo(references) => self.edges(references, false, &mut found.edges),
            }
        }
        found
    }

    fn qualified(&mut self, condition: &Condition<'s>, inherited: bool) -> Option<Qualified> {
        Some(Qualified { condition: self.condition(condition)?, span: condition.span, inherited })
    }

    fn edges(&mut self, references: &[Reference<'s>], overrides: bool, said: &mut Vec<Said>) {
        for reference in references {
            let Some(target) = self.reference(reference) else { continue };
            if overrides && matches!(target, Target::Related(_)) {
                let message = "an outside document cannot be overridden, for its rules are not here";
                self.findings.push(
                    Finding::new("unknown-reference", reference.span, message).help(
                        "name a rule, clause or policy of the collection; `yields to` may name a document outside",
                    ),
                );
                continue;
            }
            said.push(Said { overrides, target, span: reference.span });
        }
    }

    /// Gives a rule its own qualifiers and those it inherits, the nearest block's first. `only when` belongs to `may`
    /// alone; after another modality it is reported, and read as the `when` it stands for.
    pub(super) fn qualify(&mut self, rule: &mut Rule, own: Qualifiers, around: &[Inherited]) {
        let permits = rule.modality == Modality::May;
        rule.deadline = own.deadline;
        rule.every = own.every;
        rule.when = own.when;
        rule.unless = own.unless;
        rule.on_breach = own.on_breach;
        for only in own.only_when {
            if permits {
                rule.only_when.push(only.condition);
                continue;
            }
            self.findings.push(
                misplaced(rule, only.words)
                    .and(rule.modality_span, format!("the rule says `{}`", rule.modality.words()))
                    .help("write `when`; or say with `may … only when` what is allowed and when")
                    .fix("write `when`", only.words, "when"),
            );
            rule.when.push(only.condition);
        }
        for Inherited { qualifiers: each, incomplete } in around.iter().rev() {
            rule.incomplete |= incomplete;
            rule.when.extend(each.when.iter().cloned());
            rule.unless.extend(each.unless.iter().cloned());
            for only in &each.only_when {
                if permits {
                    rule.only_when.push(only.condition.clone());
                    continue;
                }
                self.findings.push(
                    misplaced(rule, rule.modality_span)
                        .and(only.condition.span, "said of each rule here")
                        .help("write `each rule when`, or keep the permissions in a block of their own"),
                );
                rule.when.push(only.condition.clone());
            }
            let (deadline, further) = (&mut rule.deadline, &each.deadline);
            deadline.within = deadline.within.or(further.within);
            deadline.before = deadline.before.or(further.before);
            deadline.after = deadline.after.or(further.after);
            deadline.until = deadline.until.or(further.until);
            deadline.immediately |= further.immediately;
            rule.every = rule.every.or(each.every);
            each.on_breach.iter().for_each(|&consequence| add_once(&mut rule.on_breach, Some(consequence)));
        }
    }
}

impl Inherited {
    /// What the rules of the block override or yield to.
    pub(super) fn edges(&self) -> &[Said] {
        &self.qualifiers.edges
    }
}

fn misplaced(rule: &Rule, span: Span) -> Finding {
    let message = format!("`only when` belongs to `may`, and this rule says `{}`", rule.modality.words());
    Finding::new("misplaced-only-when", span, message)
}

fn add_once(words: &mut Vec<WordId>, word: Option<WordId>) {
    if let Some(word) = word.filter(|word| !words.contains(word)) {
        words.push(word);
    }
}
