//! The body of a policy for the templates: a flat list of what follows on each other, however deep the blocks lie.
//!
//! It is flat since a printed page has no depth but its numbers, and since a typesetter's patience with depth ends before
//! an author's does.

use std::collections::HashSet;
use std::mem::discriminant;

use serde::Serialize;

use super::Documents;
use super::links::OfPolicy;
use super::lists::{Lead, Told};
use crate::emit::page::{Address, Decisions, Edges, Linked, edges, joined, several};
use crate::emit::prose::{self, blocks};
use crate::emit::view::{self, Accepted, PolicyExport, RuleRef, TermRef};
use crate::model::{BlockKind, Policy, PolicyId, RuleId, Target};

/// The deepest heading that readers of a PDF are told of.
const DEEPEST: usize = 6;

/// Makes the body of one policy.
pub(super) struct Body<'p, 'a> {
    documents: &'p Documents<'a>,
    view: &'p PolicyExport<'p>,
    id: PolicyId,
    policy: &'p Policy,
    address: Address<'p, 'a>,
    links: OfPolicy<'p, 'a>,
    /// The places that something has taken.
    taken: HashSet<String>,
    /// What a clause without a heading begins with, until prose has taken it.
    lead: Option<Lead>,
}

/// One thing after the other.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Node {
    /// The heading of a block, or one without a number.
    Heading { anchor: Option<String>, number: Option<String>, text: String, level: usize, annex: bool, listed: bool },
    /// A run of prose; the first of a clause without a heading bears its number.
    Prose { anchor: Option<String>, number: Option<String>, blocks: Vec<prose::Block> },
    /// Text that binds nobody.
    Note { blocks: Vec<prose::Block> },
    /// What clauses mean.
    Rules { rules: Vec<Rule> },
    /// Terms that are defined.
    Definitions { definitions: Vec<Definition> },
    /// The kept place of a deleted clause.
    Withdrawn { number: Option<String>, version: Option<String>, why: Option<String> },
    /// A finding that somebody lives with.
    Accepted { accepted: Told },
}

/// A rule, its modality set off.
#[derive(Debug, Serialize)]
pub(super) struct Rule {
    anchor: Option<String>,
    before: String,
    modality: &'static str,
    after: String,
    breach: Option<String>,
    overrides: Vec<Lead>,
    gives_way: Vec<Lead>,
}

/// A term and what it stands for.
#[derive(Debug, Serialize)]
pub(super) struct Definition {
    anchor: Option<String>,
    term: String,
    also: Vec<String>,
    words: Option<String>,
    blocks: Vec<prose::Block>,
}

impl<'p, 'a> Body<'p, 'a> {
    pub fn new(documents: &'p Documents<'a>, view: &'p PolicyExport<'p>) -> Self {
        let id = view.policy.index;
        let policy = documents.site.scope.collection.policy(id);
        let (address, links) = (documents.address(id), OfPolicy::new(documents, id));
        Body { documents, view, id, policy, address, links, taken: HashSet::new(), lead: None }
    }

    /// What stands in a block, or in the policy itself; headings in it are of this level.
    pub fn nodes(&mut self, nodes: &[view::Node<'_>], level: usize, out: &mut Vec<Node>) {
        let mut before = None;
        for node in nodes {
            let is_first = before.is_none_or(|before| discriminant(before) != discriminant(node));
            before = Some(node);
            if !matches!(node, view::Node::Prose(_)) {
                self.finish_lead(out);
            }
            match node {
                view::Node::Section(block) | view::Node::Annex(block) | view::Node::Clause(block) => {
                    self.block(block, level, out);
                }
                view::Node::Prose(prose) => {
                    let (anchor, number) = self.lead.take().map_or((None, None), |it| (it.anchor, filled(it.text)));
                    out.push(Node::Prose { anchor, number, blocks: blocks(prose.origin, &self.links) });
                }
                view::Node::Note(prose) => out.push(Node::Note { blocks: blocks(prose.origin, &self.links) }),
                view::Node::Rule(rule) => {
                    let Some(rule) = self.rule(rule) else { continue };
                    match out.last_mut().filter(|_| !is_first) {
                        Some(Node::Rules { rules }) => rules.push(rule),
                        _ => out.push(Node::Rules { rules: vec![rule] }),
                    }
                }
                view::Node::Definition(term) => {
                    let definition = self.definition(term);
                    match out.last_mut().filter(|_| !is_first) {
                        Some(Node::Definitions { definitions }) => definitions.push(definition),
                        _ => out.push(Node::Definitions { definitions: vec![definition] }),
                    }
                }
                view::Node::Heading(heading) => out.push(Node::Heading {
                    anchor: None,
                    number: None,
                    text: heading.text.to_owned(),
                    level: level.min(DEEPEST),
                    annex: false,
                    listed: false,
                }),
                view::Node::Withdrawn(it) => out.push(Node::Withdrawn {
                    number: it.number.map(str::to_owned),
                    version: it.r#in.map(str::to_owned),
                    why: it.why.map(str::to_owned),
                }),
                // What concerns the whole policy is told at its end, not before its first word.
                view::Node::Accept(accepted) if accepted.at == self.policy.key => {}
                view::Node::Accept(accepted) => out.push(Node::Accepted { accepted: self.accepted(accepted) }),
            }
        }
    }

    fn block(&mut self, block: &view::Block<'_>, level: usize, out: &mut Vec<Node>) {
        let it = self.policy.block(block.index);
        let (number, anchor) = (block.number.map(str::to_owned), self.take(it.path.clone()));
        // A heading of blanks is none to a reader of the outline.
        let heading = block.heading.filter(|heading| !heading.trim().is_empty());
        match heading {
            Some(text) => out.push(Node::Heading {
                anchor,
                number,
                text: text.to_owned(),
                level: level.min(DEEPEST),
                annex: it.kind == BlockKind::Annex,
                listed: true,
            }),
            None => self.lead = Some(Lead { anchor, text: number.unwrap_or_default() }),
        }
        self.nodes(&block.children, if heading.is_some() { level + 1 } else { level }, out);
        self.finish_lead(out);
        for decision in self.documents.site.decided_elsewhere(self.id, block.index) {
            let accepted = self.told(self.decisions().made_elsewhere(decision, block.index));
            out.push(Node::Accepted { accepted });
        }
    }

    /// A number that no prose has taken stands by itself.
    fn finish_lead(&mut self, out: &mut Vec<Node>) {
        if let Some(Lead { anchor, text }) = self.lead.take() {
            out.push(Node::Prose { anchor, number: filled(text), blocks: Vec::new() });
        }
    }

    fn rule(&mut self, rule: &RuleRef<'_>) -> Option<Rule> {
        let view = self.view;
        let told = &view.rules.get(rule.index as usize)?.told;
        let id = RuleId { policy: self.id, index: rule.index };
        let Edges { breach, overrides, gives_way } =
            edges(self.address.site, id, |other| self.address.of(Target::Rule(other)));
        Some(Rule {
            anchor: self.take(self.address.rule(id)),
            before: told.before.clone(),
            modality: told.modality,
            after: told.after.clone(),
            breach,
            overrides: self.linked(overrides),
            gives_way: self.linked(gives_way),
        })
    }

    fn linked(&self, items: Vec<Linked>) -> Vec<Lead> {
        items.into_iter().map(|it| Lead { anchor: self.links.anchor(it.href.as_deref()), text: it.text }).collect()
    }

    fn definition(&mut self, term: &TermRef<'_>) -> Definition {
        let definition = self.policy.definition(term.index);
        let vocabulary = &self.documents.site.scope.collection.vocabulary;
        let words: Vec<&str> = definition.group.iter().map(|&word| several(vocabulary, word)).collect();
        Definition {
            anchor: self.take(self.address.definition(term.index)),
            term: definition.term.clone(),
            also: definition.also.clone(),
            words: (!words.is_empty()).then(|| joined(&words)),
            blocks: definition.prose.as_ref().map(|prose| blocks(prose, &self.links)).unwrap_or_default(),
        }
    }

    /// A decision to live with a finding.
    pub fn accepted(&self, accepted: &Accepted<'_>) -> Told {
        self.told(self.decisions().here(accepted, None))
    }

    fn told(&self, decision: crate::emit::page::Decision<'_>) -> Told {
        Told::new(decision, &self.links)
    }

    fn decisions(&self) -> Decisions<'_, 'a> {
        Decisions { scope: self.documents.site.scope, id: self.id, address: &self.address }
    }

    /// A place, unless something has taken it: two of one name, which is a mistake that has been reported, would leave
    /// every link to it in doubt.
    fn take(&mut self, place: String) -> Option<String> {
        self.taken.insert(place.clone()).then_some(place)
    }
}

fn filled(number: String) -> Option<String> {
    Some(number).filter(|number| !number.is_empty())
}
