//! Rules: whom they bind, to what act, and whether its parts fit together.

use super::edges;
use super::qualifier::Inherited;
use super::scope::Scope;
use super::suggest::{joined, listed};
use super::vocabulary::preposition_of;
use crate::diagnostic::Finding;
use crate::model::{Bound, Choice, Deadline, Edge, Filler, Kind, Modality, Objects, Rule, RuleId, Slot, WordId};
use crate::syntax::ast::{self, List, Word};

/// A place of an act that something stands in: its object, or what follows a preposition.
type Preposition = Option<&'static str>;

impl<'s> Scope<'_, '_, 's> {
    /// A rule, given its place among the rules of the policy and the `each rule` around it; its edges go to `edges`.
    /// Whoever asks for it knows its key and its place in the text, and fills them in.
    pub(super) fn rule(
        &mut self,
        ast: &ast::Rule<'s>,
        index: u32,
        around: &[Inherited],
        edges: &mut Vec<Edge>,
    ) -> Rule {
        let before = self.trouble();
        let modality = modality(&ast.modality);
        self.no_or(&ast.bearers, "a rule binds each of those it names");
        let bearers = ast.bearers.names.iter().filter_map(|name| self.filler(Kind::Party, *name)).collect();
        let actions = self.words(Kind::Action, &ast.actions.names);
        let known = actions.len() == ast.actions.names.len();
        let actions_are = self.choice(&ast.actions, modality);
        let objects = self.objects(ast, modality, &actions);
        if known {
            self.missing_object(ast, &actions);
        }
        let slots = self.slots(ast, modality, &actions);
        let mut rule = Rule {
            key: String::new(),
            name: ast.name.map(|name| name.text.to_owned()),
            block: None,
            position: 0,
            bearers,
            modality,
            actions,
            actions_are,
            objects,
            slots,
            when: Vec::new(),
            only_when: Vec::new(),
            unless: Vec::new(),
            deadline: Deadline::default(),
            every: None,
            on_breach: Vec::new(),
            overrides: Vec::new(),
            yields_outside: Vec::new(),
            prose: None,
            incomplete: false,
            span: ast.span,
            modality_span: ast.modality.span,
        };
        let own = self.qualifiers(&ast.qualifiers, false);
        let said = own.edges.iter().chain(around.iter().rev().flat_map(|each| each.edges()));
        let by = RuleId { policy: self.policy, index };
        said.for_each(|said| edges::expand(&self.world.outlines, said, by, &mut rule, edges));
        // The spans of the edges are read before the qualifiers are handed over.
        self.qualify(&mut rule, own, around);
        rule.incomplete |= self.trouble() > before;
        rule
    }

    fn objects(&mut self, ast: &ast::Rule<'s>, modality: Modality, actions: &[WordId]) -> Objects {
        let Some(list) = &ast.objects else { return Objects::default() };
        let several = list.names.len() > 1;
        if several && ast.actions.names.len() > 1 {
            self.findings.push(
                Finding::new("crowded-rule", list.span, "a rule with several actions has one object")
                    .labelled(format!("{} objects", list.names.len()))
                    .and(ast.actions.span, format!("{} actions", ast.actions.names.len()))
                    .help("make a rule for each action, or for each object"),
            );
        }
        if let (Some(any), true) = (ast.any, several) {
            self.findings.push(
                Finding::new("crowded-rule", list.span, "`any` stands before one object")
                    .and(any, "`any` stands here")
                    .help("join the objects by `or`, or name the word above them all after `any`"),
            );
        }
        let are = self.choice(list, modality);
        let names = self.fillers(list, actions, None);
        Objects { names, are, any: ast.any.is_some() }
    }

    fn missing_object(&mut self, ast: &ast::Rule<'s>, actions: &[WordId]) {
        if ast.objects.is_some() {
            return;
        }
        let world = self.world;
        for (name, &id) in ast.actions.names.iter().zip(actions) {
            let action = world.names.vocabulary.word(id);
            let Some(bound) = action.takes.object else { continue };
            if world.names.vague.contains(&id) {
                continue;
            }
            let taken = self.told_bound(bound);
            self.findings.push(
                Finding::new("missing-object", name.span, format!("`{}` takes {taken}, and none is named", name.text))
                    .and(action.span, "declared here")
                    .help(format!("name {taken} after `{}`", name.text)),
            );
        }
    }

    fn slots(&mut self, ast: &ast::Rule<'s>, modality: Modality, actions: &[WordId]) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Vec::with_capacity(ast.slots.len());
        for slot in &ast.slots {
            let Some(preposition) = preposition_of(slot.preposition, &mut self.findings) else { continue };
            if slots.iter().any(|before| before.preposition == preposition) {
                let before = ast.slots.iter().find(|slot| slot.preposition.text == preposition);
                let span = before.map_or(slot.preposition.span, |slot| slot.preposition.span);
                let message = format!("a rule can have one `{preposition}`, and this is a second");
                self.findings.push(
                    Finding::new("crowded-rule", slot.preposition.span, message)
                        .and(span, "the first")
                        .help("join what follows it by a comma after one of them, or make two rules"),
                );
                continue;
            }
            self.unexpected_preposition(ast, slot, preposition, actions);
            let are = self.choice(&slot.names, modality);
            let names = self.fillers(&slot.names, actions, Some(preposition));
            slots.push(Slot { preposition, names, are });
        }
        slots
    }

    fn unexpected_preposition(
        &mut self,
        ast: &ast::Rule<'s>,
        slot: &ast::Slot<'s>,
        preposition: &'static str,
        actions: &[WordId],
    ) {
        let world = self.world;
        let vocabulary = &world.names.vocabulary;
        for &id in actions {
            let action = vocabulary.word(id);
            let known = action.takes.slots.iter().any(|(known, _)| *known == preposition);
            if known || world.names.vague.contains(&id) {
                continue;
            }
            let finding = Finding::new(
                "unexpected-preposition",
                slot.preposition.span,
                format!("`{}` takes no `{preposition}`", action.id),
            )
            .and(action.span, "declared here");
            // Meant is a preposition that the rule has not used and that takes what is named here.
            let fits = |bound: Bound| {
                let named = |name: &Word<'s>| world.names.all(name.text).any(|word| vocabulary.fits(word, bound));
                slot.names.names.iter().all(named)
            };
            let free = |known: &str| ast.slots.iter().all(|slot| slot.preposition.text != known);
            let meant: Vec<&str> = action
                .takes
                .slots
                .iter()
                .filter(|(known, bound)| free(known) && fits(*bound))
                .map(|(known, _)| *known)
                .collect();
            self.findings.push(super::suggest::suggest(finding, slot.preposition.span, &meant, || {
                let taken: Vec<&str> = action.takes.slots.iter().map(|(known, _)| *known).collect();
                match taken.is_empty() {
                    true => format!("it takes no preposition; `takes … {preposition} …` in the vocabulary lets it"),
                    false => format!(
                        "it takes {}; `takes … {preposition} …` in the vocabulary lets it take this one too",
                        listed(&taken, "and")
                    ),
                }
            }));
        }
    }

    fn fillers(&mut self, list: &List<'s>, actions: &[WordId], preposition: Preposition) -> Vec<Filler> {
        list.names.iter().filter_map(|name| self.act_filler(*name, actions, preposition)).collect()
    }

    /// What a name in an act stands for: a group of this policy, else the word that fits what the actions take, else any
    /// word of this id, with a finding that says what would fit.
    fn act_filler(&mut self, name: Word<'s>, actions: &[WordId], preposition: Preposition) -> Option<Filler> {
        let world = self.world;
        let vocabulary = &world.names.vocabulary;
        // Of each action whose bound is known: the action and the bound.
        let bounds = |id: &WordId| {
            let takes = &vocabulary.word(*id).takes;
            let bound = match preposition {
                None => takes.object,
                Some(wanted) => takes.slots.iter().find(|(known, _)| *known == wanted).map(|(_, bound)| *bound),
            };
            (*id, bound)
        };
        let bounds = || actions.iter().map(bounds);
        let (filler, words) = match self.group(name) {
            Some(group) => (Filler::Group(group), self.terms.members[group.0 as usize].clone()),
            None => {
                let fitting =
                    |word: &WordId| bounds().all(|(_, bound)| bound.is_none_or(|it| vocabulary.fits(*word, it)));
                let found = world.names.all(name.text).find(fitting).or_else(|| world.names.all(name.text).next());
                let Some(word) = found else {
                    if !world.lost.has(name.text) {
                        let mut kinds: Vec<Kind> =
                            bounds().filter_map(|(_, bound)| bound).map(|bound| self.kind(bound)).collect();
                        kinds.sort_unstable();
                        kinds.dedup();
                        if kinds.is_empty() {
                            kinds = vec![Kind::Thing, Kind::Party];
                        }
                        self.findings.push(world.names.unknown(&kinds, name));
                    }
                    return None;
                };
                self.use_word(word);
                (Filler::Word(word), vec![word])
            }
        };
        for (action, bound) in bounds().filter(|(action, _)| !world.names.vague.contains(action)) {
            match (bound, preposition) {
                (Some(bound), _) => {
                    if let Some(&word) = words.iter().find(|&&word| !vocabulary.fits(word, bound)) {
                        let finding = self.wrong_filler(name, word, action, bound, preposition);
                        self.findings.push(finding);
                    }
                }
                (None, None) => {
                    let action = vocabulary.word(action);
                    let message = format!("`{}` takes no object, and `{}` stands as one", action.id, name.text);
                    let kind = words.first().map_or(Kind::Thing, |&word| vocabulary.word(word).kind).name();
                    self.findings.push(
                        Finding::new("wrong-filler", name.span, message).and(action.span, "declared here").help(
                            format!("leave it out, or write `takes {kind}` after `{}` in the vocabulary", action.id),
                        ),
                    );
                }
                // The preposition itself has been reported.
                (None, Some(_)) => {}
            }
        }
        Some(filler)
    }

    fn wrong_filler(
        &self,
        name: Word<'s>,
        word: WordId,
        action: WordId,
        bound: Bound,
        preposition: Preposition,
    ) -> Finding {
        let vocabulary = &self.world.names.vocabulary;
        let (word, action) = (vocabulary.word(word), vocabulary.word(action));
        let after = preposition.map_or_else(String::new, |preposition| format!(" {preposition}"));
        let taken = self.told_bound(bound);
        let named = match word.id == name.text {
            true => format!("`{}`", name.text),
            false => format!("`{}`, which stands for `{}`,", name.text, word.id),
        };
        let same_kind = matches!(bound, Bound::Word(above) if vocabulary.word(above).kind == word.kind);
        let what = if same_kind { "none" } else { word.kind.one() };
        let message = format!("`{}{after}` takes {taken}, and {named} is {what}", action.id);
        Finding::new("wrong-filler", name.span, message)
            .and(action.span, "declared here")
            .help(format!("name {taken}, or widen what `{}` takes in the vocabulary", action.id))
    }

    fn kind(&self, bound: Bound) -> Kind {
        match bound {
            Bound::Kind(kind) => kind,
            Bound::Word(word) => self.world.names.vocabulary.word(word).kind,
        }
    }

    /// What may stand in a place: `a party`, `social-media` or what lies below.
    fn told_bound(&self, bound: Bound) -> String {
        match bound {
            Bound::Kind(kind) => kind.one().to_owned(),
            Bound::Word(word) => {
                let word = self.world.names.vocabulary.word(word);
                match word.children.is_empty() {
                    true => format!("`{}`", word.id),
                    false => format!("`{}` or a word below it", word.id),
                }
            }
        }
    }

    /// Whether a list means each or any. `or` belongs to duties, and never stands beside a comma.
    fn choice(&mut self, list: &List<'s>, modality: Modality) -> Choice {
        let Some(&or) = list.ors.first() else { return Choice::Each };
        if !modality.is_duty() {
            let why = format!(
                "`or` means any one will do, and only a duty can say so; this rule says `{}`",
                modality.words()
            );
            let finding = Finding::new("misplaced-or", or, why).help("a comma means each of them");
            self.findings.push(with_commas(finding, list));
            return Choice::Each;
        }
        if let Some(&comma) = list.commas.first() {
            self.findings.push(
                Finding::new("misplaced-or", or, "a list is joined by commas or by `or`, not by both")
                    .and(comma, "a comma here")
                    .help(format!(
                        "write `or` between all of them where any one will do, or commas where each is meant: {}",
                        joined(&list.names.iter().map(|name| name.text.to_owned()).collect::<Vec<_>>(), "or")
                    )),
            );
        }
        Choice::Any
    }

    /// Reports an `or` in a list that has no place for it.
    pub(super) fn no_or(&mut self, list: &List<'s>, why: &str) {
        if let Some(&or) = list.ors.first() {
            let finding = Finding::new("misplaced-or", or, "`or` has no place in this list").help(why.to_owned());
            self.findings.push(with_commas(finding, list));
        }
    }
}

/// The finding with the edit that joins the list by commas.
fn with_commas(mut finding: Finding, list: &List<'_>) -> Finding {
    let edits = list.ors.iter().map(|or| {
        // The blank before the word goes too: `a or b` becomes `a, b`.
        let before = list.names.iter().filter(|name| name.span.end <= or.start).map(|name| name.span.end).max();
        crate::diagnostic::Edit {
            span: crate::source::Span { start: before.unwrap_or(or.start), ..*or },
            text: ",".to_owned(),
        }
    });
    finding.fixes.push(crate::diagnostic::Fix {
        title: "join them by commas".to_owned(),
        choice: false,
        edits: edits.collect(),
    });
    finding
}

fn modality(written: &ast::Modality<'_>) -> Modality {
    match (written.verb.text, written.negated) {
        ("must", false) => Modality::Must,
        ("must", true) => Modality::MustNot,
        ("should", false) => Modality::Should,
        ("should", true) => Modality::ShouldNot,
        ("may", false) => Modality::May,
        // `may not` is no modality of the language; the nearest reading forbids.
        ("may", true) => Modality::MustNot,
        _ => Modality::NeedNot,
    }
}
