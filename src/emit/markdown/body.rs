//! The body of a policy in Markdown: its blocks, and what stands in them.

use serde::Serialize;

use super::Documents;
use super::links::OfPolicy;
use crate::emit::page::{Address, Decision, Decisions, Edges, Linked, edges, joined, several};
use crate::emit::prose::{Frame, escape, markdown};
use crate::emit::templates::TemplateError;
use crate::emit::view::{Accepted, Block, Node, PolicyExport, RuleRef, TermRef, Withdrawn};
use crate::model::{Policy, PolicyId, RuleId, Target};

/// The deepest heading Markdown has.
const DEEPEST: usize = 6;

/// Writes the body of one policy.
pub(super) struct Body<'p, 'a> {
    documents: &'p Documents<'a>,
    view: &'p PolicyExport<'p>,
    id: PolicyId,
    policy: &'p Policy,
    address: Address<'p, 'a>,
    links: OfPolicy<'p, 'a>,
    /// The number of a clause without a heading, as Markdown, until something is written behind it.
    lead: String,
    /// How many headings without a number there have been.
    unnumbered: u32,
}

#[derive(Serialize)]
struct Heading<'h> {
    marks: &'static str,
    /// The id with what Pandoc puts round it, `{#id}`: braces of a template's own would run together with these.
    id: String,
    number: Option<&'h str>,
    heading: &'h str,
    content: String,
}

#[derive(Serialize)]
struct Rules<'r> {
    rules: Vec<RuleShown<'r>>,
    /// A single rule needs no list.
    is_one: bool,
}

#[derive(Serialize)]
struct RuleShown<'r> {
    before: &'r str,
    modality: &'r str,
    after: &'r str,
    breach: Option<String>,
    overrides: Vec<Linked>,
    gives_way: Vec<Linked>,
}

#[derive(Serialize)]
struct Definition<'d> {
    term: &'d str,
    also: Vec<&'d str>,
    words: Option<String>,
    content: String,
}

#[derive(Serialize)]
struct Definitions<'d> {
    definitions: Vec<Definition<'d>>,
}

#[derive(Serialize)]
struct Gone<'w> {
    number: Option<&'w str>,
    why: Option<&'w str>,
    version: Option<&'w str>,
}

impl<'p, 'a> Body<'p, 'a> {
    pub fn new(documents: &'p Documents<'a>, view: &'p PolicyExport<'p>) -> Self {
        let id = view.policy.index;
        let policy = documents.site.scope.collection.policy(id);
        let (address, links) = (documents.address(id), OfPolicy::new(documents, id));
        Body { documents, view, id, policy, address, links, lead: String::new(), unnumbered: 0 }
    }

    /// What stands in a block, or in the policy itself; headings in it are of this level. Every piece ends in an empty
    /// line.
    pub fn nodes(&mut self, nodes: &[Node<'_>], level: usize, out: &mut String) -> Result<(), TemplateError> {
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            at += 1;
            if !matches!(node, Node::Prose(_)) {
                self.finish_lead(out);
            }
            match node {
                Node::Section(block) | Node::Annex(block) | Node::Clause(block) => self.block(block, level, out)?,
                Node::Prose(prose) => {
                    let lead = std::mem::take(&mut self.lead);
                    markdown(prose.origin, &self.links, Frame { prefix: "", lead: &lead }, out);
                    out.push_str("\n\n");
                }
                Node::Note(prose) => {
                    markdown(prose.origin, &self.links, Frame { prefix: "> ", lead: "**Note:** " }, out);
                    out.push_str("\n\n");
                }
                Node::Rule(first) => {
                    let mut rules: Vec<RuleShown<'_>> = self.rule(first).into_iter().collect();
                    while let Some(Node::Rule(rule)) = nodes.get(at) {
                        rules.extend(self.rule(rule));
                        at += 1;
                    }
                    self.fill("rules", &Rules { is_one: rules.len() == 1, rules }, out)?;
                }
                Node::Definition(first) => {
                    let mut definitions = vec![self.definition(first)];
                    while let Some(Node::Definition(definition)) = nodes.get(at) {
                        definitions.push(self.definition(definition));
                        at += 1;
                    }
                    self.fill("definitions", &Definitions { definitions }, out)?;
                }
                Node::Heading(heading) => {
                    out.push_str(marks(level));
                    out.push(' ');
                    escape::markdown(heading.text, false, out);
                    // An id of its own, since Pandoc would make one of its words that a block may have already.
                    self.unnumbered += 1;
                    out.push_str(&format!(" {{#heading:{} .unnumbered}}\n\n", self.unnumbered));
                }
                Node::Withdrawn(withdrawn) => self.withdrawn(withdrawn, out)?,
                // What concerns the whole policy is told at its end, not before its first word.
                Node::Accept(accepted) if accepted.at == self.policy.key => {}
                Node::Accept(accepted) => self.fill("accepted", &self.accepted(accepted), out)?,
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &Block<'_>, level: usize, out: &mut String) -> Result<(), TemplateError> {
        let path = &self.policy.block(block.index).path;
        let Some(heading) = block.heading else {
            self.lead = self.lead_of(block, path);
            self.nodes(&block.children, level, out)?;
            self.finish_lead(out);
            return self.decisions_elsewhere(block, out);
        };
        let mut content = String::new();
        self.nodes(&block.children, level + 1, &mut content)?;
        self.decisions_elsewhere(block, &mut content)?;
        let id = format!("{{#{}}}", self.address.format.block(path));
        self.fill("clause", &Heading { marks: marks(level), id, number: block.number, heading, content }, out)
    }

    fn decisions_elsewhere(&self, block: &Block<'_>, out: &mut String) -> Result<(), TemplateError> {
        for decision in self.documents.site.decided_elsewhere(self.id, block.index) {
            self.fill("accepted", &self.decisions().made_elsewhere(decision, block.index), out)?;
        }
        Ok(())
    }

    /// `**1.1** `, with an id where something leads to the clause.
    fn lead_of(&self, block: &Block<'_>, path: &str) -> String {
        let is_sought = self.documents.site.is_sought(self.id, block.index);
        let mut lead = String::new();
        match block.number {
            Some(number) => {
                lead.push_str("**");
                escape::markdown(number, false, &mut lead);
                lead.push_str("**");
            }
            None if is_sought => lead.push('§'),
            None => return lead,
        }
        if is_sought {
            lead = format!("[{lead}]{{#{}}}", self.address.format.block(path));
        }
        lead.push(' ');
        lead
    }

    /// A number that no prose has taken stands by itself.
    fn finish_lead(&mut self, out: &mut String) {
        let lead = std::mem::take(&mut self.lead);
        if !lead.is_empty() {
            out.push_str(lead.trim_end());
            out.push_str("\n\n");
        }
    }

    fn rule(&self, rule: &RuleRef<'_>) -> Option<RuleShown<'p>> {
        let view = self.view;
        let told = &view.rules.get(rule.index as usize)?.told;
        let Edges { breach, overrides, gives_way } =
            edges(self.address.site, RuleId { policy: self.id, index: rule.index }, |other| {
                self.address.of(Target::Rule(other))
            });
        let (before, modality, after) = (&told.before, told.modality, &told.after);
        Some(RuleShown { before, modality, after, breach, overrides, gives_way })
    }

    fn definition(&self, term: &TermRef<'_>) -> Definition<'p> {
        let definition = self.policy.definition(term.index);
        let vocabulary = &self.documents.site.scope.collection.vocabulary;
        let mut content = String::new();
        if let Some(prose) = &definition.prose {
            markdown(prose, &self.links, Frame::default(), &mut content);
        }
        let words: Vec<&str> = definition.group.iter().map(|&word| several(vocabulary, word)).collect();
        Definition {
            term: &definition.term,
            also: definition.also.iter().map(String::as_str).collect(),
            words: (!words.is_empty()).then(|| joined(&words)),
            content,
        }
    }

    /// A decision to live with a finding.
    pub fn accepted<'t>(&self, accepted: &Accepted<'t>) -> Decision<'t> {
        self.decisions().here(accepted, None)
    }

    fn decisions(&self) -> Decisions<'_, 'a> {
        Decisions { scope: self.documents.site.scope, id: self.id, address: &self.address }
    }

    fn withdrawn(&self, withdrawn: &Withdrawn<'_>, out: &mut String) -> Result<(), TemplateError> {
        self.fill("withdrawn", &Gone { number: withdrawn.number, why: withdrawn.why, version: withdrawn.r#in }, out)
    }

    fn fill(&self, template: &str, data: &impl Serialize, out: &mut String) -> Result<(), TemplateError> {
        self.documents.templates.markdown(template, data, out)
    }
}

fn marks(level: usize) -> &'static str {
    const MARKS: &str = "######";
    &MARKS[..level.clamp(1, DEEPEST)]
}
