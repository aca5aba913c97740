//! A rule as it stands on the pages of those it binds.

use std::borrow::Cow;

use serde::Serialize;

use super::{Of, ROOT};
use crate::emit::html::tags::{Tag, tags};
use crate::emit::page::{Linked, capitalised, number, place};
use crate::emit::templates::TemplateError;
use crate::emit::view::prose::{markdown, text};
use crate::model::{BlockIdx, Policy, Rule, RuleId};
use crate::verbalise;

#[derive(Serialize)]
struct Entry<'r> {
    id: String,
    modality: &'static str,
    before: String,
    after: String,
    /// The prose of a rule that could not be understood in full.
    unread: Option<String>,
    place: Linked,
    /// What else tells where it stands, unless a heading above it does: the part of its policy, and the policy where the
    /// organisation has several.
    part: Option<&'r str>,
    policy: Option<&'r str>,
    mark: Option<String>,
    tags: Vec<Tag>,
}

/// Where a rule stands: its clause, and the part of the policy where the clause does not tell it.
struct Place<'p> {
    own: String,
    part: Option<&'p str>,
}

impl Of<'_, '_> {
    /// A rule, told.
    pub(super) fn entry(&self, id: RuleId) -> Result<String, TemplateError> {
        let collection = self.pages.site.scope.collection;
        let (policy, rule) = (collection.policy(id.policy), collection.rule(id));
        let told = verbalise::tell(collection, id);
        let Place { own, part } = self.place(id);
        let entry = Entry {
            id: self.place_of(id),
            modality: told.modality,
            unread: rule.incomplete.then(|| self.prose(id, policy, rule)),
            before: told.before,
            after: told.after,
            place: Linked { text: own, href: Some(self.address(id)) },
            part,
            policy: self.several.then_some(policy.title.as_str()),
            mark: self.mixed.then(|| self.standing(id.policy).told()).flatten(),
            tags: tags(self.pages, id, |other| Some(self.address(other))),
        };
        let mut out = String::with_capacity(512);
        self.pages.templates.html("reader-rule", &entry, &mut out)?;
        Ok(out)
    }

    /// Some rules, told, one after the other.
    pub(super) fn entries(&self, rules: &[RuleId]) -> String {
        rules.iter().filter_map(|id| self.entries.get(id)).map(String::as_str).collect()
    }

    /// The id of a rule on these pages: the path of its policy's page, and its id there. No other id has a slash after
    /// that of an organisation.
    pub(super) fn place_of(&self, id: RuleId) -> String {
        format!("page.entry.{}/{}", self.pages.site.stem(id.policy), self.pages.address(id.policy).rule(id))
    }

    /// Where a rule is to be found in its policy.
    pub fn address(&self, id: RuleId) -> String {
        format!("{ROOT}{}.html#{}", self.pages.site.stem(id.policy), self.pages.address(id.policy).rule(id))
    }

    /// The clause of a rule, by number and heading, and where it is.
    pub(super) fn clause(&self, id: RuleId) -> Linked {
        let Place { own, part } = self.place(id);
        let text = part.map_or(own.clone(), |part| format!("{own}, {part}"));
        Linked { text, href: Some(self.address(id)) }
    }

    /// The clause of a rule in as few words as lead there: its number or heading, or that of what it lies in.
    pub(super) fn clause_in_short(&self, id: RuleId) -> String {
        let collection = self.pages.site.scope.collection;
        let policy = collection.policy(id.policy);
        let Some(block) = collection.rule(id).block else { return "the opening".to_owned() };
        let mut at = Some(block);
        while let Some(it) = at {
            let name = number(policy, it).or(policy.block(it).heading.as_deref().map(Cow::Borrowed));
            if let Some(name) = name {
                return name.into_owned();
            }
            at = policy.block(it).parent;
        }
        policy.block(block).id.clone()
    }

    fn place(&self, id: RuleId) -> Place<'_> {
        let collection = self.pages.site.scope.collection;
        let policy = collection.policy(id.policy);
        let Some(block) = collection.rule(id).block else { return Place { own: "The opening".to_owned(), part: None } };
        let around = heading(policy, block);
        let part = around.map(|(heading, _)| heading);
        match (number(policy, block), around) {
            (Some(number), Some((heading, true))) => Place { own: format!("{number} {heading}"), part: None },
            (Some(number), _) => Place { own: format!("Clause {number}"), part },
            (None, Some((heading, true))) => Place { own: heading.to_owned(), part: None },
            (None, _) => match numbered(policy, block) {
                Some(around) => Place { own: capitalised(&place(policy, around)), part },
                None => Place { own: self.clause_in_short(id), part: None },
            },
        }
    }

    /// What the prose of a rule says; the rule as far as it was understood, where it has no prose.
    fn prose(&self, id: RuleId, policy: &Policy, rule: &Rule) -> String {
        let scope = self.pages.site.scope;
        let says = policy.prose_of(rule).map(|prose| text(&markdown(scope, id.policy, prose)).replace('\n', " "));
        says.unwrap_or_else(|| verbalise::statement(scope.collection, id))
    }
}

/// The heading of a block, or else of the nearest one around it that has one, and whether it tells more than the part of
/// the policy does.
fn heading(policy: &Policy, block: BlockIdx) -> Option<(&str, bool)> {
    let mut at = Some(block);
    while let Some(it) = at.map(|at| policy.block(at)) {
        if let Some(heading) = &it.heading {
            return Some((heading, it.parent.is_some() || at == Some(block)));
        }
        at = it.parent;
    }
    None
}

/// The nearest block around a block that has a number.
fn numbered(policy: &Policy, block: BlockIdx) -> Option<BlockIdx> {
    let mut at = policy.block(block).parent;
    while let Some(it) = at.filter(|&it| policy.block(it).number.is_none()) {
        at = policy.block(it).parent;
    }
    at
}
