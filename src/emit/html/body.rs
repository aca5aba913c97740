//! The body of a policy: its blocks, and what stands in them, one template each.
//!
//! Each piece is filled in by itself and put into the one around it as finished HTML. That keeps the data of a template
//! small, and the time a page takes in proportion to its length.

use serde::Serialize;

use super::Pages;
use super::links::OfPolicy;
use crate::emit::page::{
    Address, Decision, Decisions, Edges, Former, Linked, capitalised, edges, joined, place, several,
};
use crate::emit::prose::html;
use crate::emit::templates::TemplateError;
use crate::emit::view::{Accepted, Block, Node, PolicyExport, Rule, RuleRef, TermRef, Withdrawn};
use crate::model::{self, Policy, PolicyId, RuleId};

/// The deepest heading HTML has.
const DEEPEST: usize = 6;

/// Writes the body of one policy.
pub(super) struct Body<'p, 'a> {
    pages: &'p Pages<'a>,
    view: &'p PolicyExport<'p>,
    id: PolicyId,
    policy: &'p Policy,
    address: Address<'p, 'a>,
    links: OfPolicy<'p, 'a>,
    former: Former<'p>,
}

#[derive(Serialize)]
struct Heading<'h> {
    kind: &'static str,
    is_annex: bool,
    id: &'h str,
    key: &'h str,
    number: Option<&'h str>,
    heading: Option<&'h str>,
    level: usize,
    place: String,
    was: &'h [&'h str],
    content: String,
}

#[derive(Serialize)]
struct RuleShown<'r> {
    id: String,
    key: &'r str,
    modality: &'static str,
    label: String,
    statement: &'r str,
    tags: Vec<Tag>,
}

#[derive(Serialize)]
struct Tag {
    label: &'static str,
    items: Vec<Linked>,
}

#[derive(Serialize)]
struct Definition<'d> {
    id: String,
    term: &'d str,
    also: Vec<&'d str>,
    words: Option<String>,
    content: String,
}

#[derive(Serialize)]
struct Gone<'w> {
    id: &'w str,
    number: Option<&'w str>,
    why: Option<&'w str>,
    version: Option<&'w str>,
}

impl<'p, 'a> Body<'p, 'a> {
    pub fn new(pages: &'p Pages<'a>, view: &'p PolicyExport<'p>) -> Self {
        let id = view.policy.index;
        let policy = pages.site.scope.collection.policy(id);
        let (address, links) = (pages.address(id), OfPolicy::new(pages, id));
        Body { pages, view, id, policy, address, links, former: Former::of(policy) }
    }

    /// What stands in a block, or in the policy itself; headings in it are of this level.
    pub fn nodes(&self, nodes: &[Node<'_>], level: usize, out: &mut String) -> Result<(), TemplateError> {
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            at += 1;
            match node {
                Node::Section(block) => self.block("section", block, level, out)?,
                Node::Annex(block) => self.block("annex", block, level, out)?,
                Node::Clause(block) => self.block("clause", block, level, out)?,
                Node::Prose(prose) => self.prose("prose", prose.origin, out)?,
                Node::Note(prose) => self.prose("note", prose.origin, out)?,
                Node::Rule(first) => {
                    let rest = run(&nodes[at..], |node| if let Node::Rule(rule) = node { Some(rule) } else { None });
                    at += rest.len();
                    let rules: Vec<RuleShown<'_>> =
                        [first].into_iter().chain(rest).filter_map(|it| self.rule(it)).collect();
                    self.fill("rules", &Rules { rules }, out)?;
                }
                Node::Definition(first) => {
                    let rest = run(&nodes[at..], |node| if let Node::Definition(it) = node { Some(it) } else { None });
                    at += rest.len();
                    let definitions: Vec<Definition<'_>> =
                        [first].into_iter().chain(rest).map(|it| self.definition(it)).collect();
                    self.fill("definitions", &Definitions { definitions }, out)?;
                }
                Node::Heading(heading) => {
                    self.fill("unnumbered", &Unnumbered { text: heading.text, level: level.min(DEEPEST) }, out)?;
                }
                Node::Withdrawn(withdrawn) => self.withdrawn(withdrawn, out)?,
                // What concerns the whole policy is told at its end, not before its first word.
                Node::Accept(accepted) if accepted.at == self.policy.key => {}
                Node::Accept(accepted) => self.fill("accepted", &self.accepted(accepted), out)?,
            }
        }
        Ok(())
    }

    fn block(
        &self,
        kind: &'static str,
        block: &Block<'_>,
        level: usize,
        out: &mut String,
    ) -> Result<(), TemplateError> {
        let mut content = String::new();
        let inner = if block.heading.is_some() { level + 1 } else { level };
        self.nodes(&block.children, inner, &mut content)?;
        for decision in self.pages.site.decided_elsewhere(self.id, block.index) {
            self.fill("accepted", &self.decisions().made_elsewhere(decision, block.index), &mut content)?;
        }
        let it = self.policy.block(block.index);
        let shown = Heading {
            kind,
            is_annex: kind == "annex",
            id: &it.path,
            key: block.key,
            number: block.number,
            heading: block.heading,
            level: level.min(DEEPEST),
            place: place(self.policy, block.index),
            was: self.former.of_block(block.index),
            content,
        };
        self.pages.templates.html(if kind == "clause" { "clause" } else { "section" }, &shown, out)
    }

    fn prose(&self, template: &str, prose: &model::Prose, out: &mut String) -> Result<(), TemplateError> {
        let mut content = String::with_capacity(prose.markdown.len() * 2);
        html(prose, &self.links, &mut content);
        self.fill(template, &Content { content }, out)
    }

    fn rule(&self, rule: &RuleRef<'_>) -> Option<RuleShown<'p>> {
        let view = self.view;
        let rule: &Rule<'_> = view.rules.get(rule.index as usize)?;
        Some(RuleShown {
            id: self.address.rule(rule.index),
            key: rule.key,
            modality: rule.modality,
            label: capitalised(rule.modality),
            statement: &rule.statement,
            tags: self.tags(rule.index),
        })
    }

    fn tags(&self, id: RuleId) -> Vec<Tag> {
        let Edges { breach, overrides, gives_way } = edges(self.address, id);
        let breach = breach.map(|text| Linked { text, href: None }).into_iter().collect();
        let tags = [("On breach", breach), ("Overrides", overrides), ("Gives way to", gives_way)];
        tags.into_iter().filter(|(_, items)| !items.is_empty()).map(|(label, items)| Tag { label, items }).collect()
    }

    fn definition(&self, term: &TermRef<'_>) -> Definition<'p> {
        let definition = self.policy.definition(term.index);
        let vocabulary = &self.pages.site.scope.collection.vocabulary;
        let mut content = String::new();
        if let Some(prose) = &definition.prose {
            html(prose, &self.links, &mut content);
        }
        let words: Vec<&str> = definition.group.iter().map(|&word| several(vocabulary, word)).collect();
        Definition {
            id: self.address.definition(term.index),
            term: &definition.term,
            also: definition.also.iter().map(String::as_str).collect(),
            words: (!words.is_empty()).then(|| joined(&words)),
            content,
        }
    }

    /// A decision to live with a finding.
    pub fn accepted<'t>(&self, accepted: &Accepted<'t>) -> Decision<'t> {
        self.decisions().here(accepted, Some("#page.main".to_owned()))
    }

    fn decisions(&self) -> Decisions<'_, 'a> {
        Decisions { scope: self.pages.site.scope, id: self.id, address: &self.address }
    }

    fn withdrawn(&self, withdrawn: &Withdrawn<'_>, out: &mut String) -> Result<(), TemplateError> {
        let index = withdrawn.index as usize;
        let Some(it) = self.policy.withdrawn.get(index).filter(|_| self.former.keeps(index)) else { return Ok(()) };
        let gone = Gone { id: &it.path, number: withdrawn.number, why: withdrawn.why, version: withdrawn.r#in };
        self.fill("withdrawn", &gone, out)
    }

    fn fill(&self, template: &str, data: &impl Serialize, out: &mut String) -> Result<(), TemplateError> {
        self.pages.templates.html(template, data, out)
    }
}

#[derive(Serialize)]
struct Rules<'r> {
    rules: Vec<RuleShown<'r>>,
}

#[derive(Serialize)]
struct Definitions<'d> {
    definitions: Vec<Definition<'d>>,
}

#[derive(Serialize)]
struct Unnumbered<'h> {
    text: &'h str,
    level: usize,
}

#[derive(Serialize)]
struct Content {
    content: String,
}

/// The nodes of one kind that follow on each other.
fn run<'n, 'v, T>(nodes: &'n [Node<'v>], is: impl Fn(&'n Node<'v>) -> Option<&'n T>) -> Vec<&'n T> {
    nodes.iter().map_while(is).collect()
}
