//! From the model to the view: one policy at a time, so that several can be made side by side.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{
    Accepted, Block, COLLECTION_VERSION, CollectionExport, Definition, FORMAT_VERSION, Generator, Hashes, Header,
    Heading, Node, PolicyExport, Prose, Reference, ReferenceKind, Rule, RuleRef, Source, TermRef, Vocabulary,
    Withdrawn, prose,
};
use crate::diagnostic::{CheckInfo, Finding, export};
use crate::emit::schema::{COLLECTION_URN, POLICY_URN};
use crate::model::{
    self, BlockIdx, BlockKind, Collection, Filler, Item, Origin, Parent, Policy, PolicyId, RuleId, Target, WordId,
};
use crate::source::Sources;

mod used;

/// What a view is made from.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The resolved collection.
    pub collection: &'a Collection,
    /// The texts it was read from, for lines and columns.
    pub sources: &'a Sources,
    /// What is known of the checks, for the words that accepted findings are told in.
    pub checks: &'a [CheckInfo],
}

impl<'a> Scope<'a> {
    /// What a check points out, in plain words; the words of its name where it is not among those known.
    pub fn point(&self, check: &str) -> Cow<'a, str> {
        match self.checks.iter().find(|known| known.name == check) {
            Some(known) => Cow::Borrowed(known.point),
            None => Cow::Owned(check.replace('-', " ")),
        }
    }
}

/// One policy, whole; its hashes come from [`Hashes::of`].
pub fn policy<'a>(scope: Scope<'a>, id: PolicyId, hashes: &Hashes) -> PolicyExport<'a> {
    let policy = scope.collection.policy(id);
    let texts = policy.rules.iter().filter_map(|rule| rule.prose).map(|origin| (key(origin), String::new())).collect();
    let mut builder = Builder { scope, id, policy, hashes, texts };
    let body = builder.nodes(None);
    let (words, facts) = used::by(scope.collection, policy);
    PolicyExport {
        schema: POLICY_URN,
        format: "clausal-policy",
        format_version: FORMAT_VERSION,
        generator: Generator::CLAUSAL,
        policy: Header::new(scope, id, hashes.policy),
        vocabulary: Vocabulary::new(scope, |at| words[at], |at| facts[at]),
        body,
        rules: builder.rules(),
        definitions: builder.definitions(),
        references: builder.references(),
        accepted: policy.accepts.iter().map(|accept| builder.accepted(accept)).collect(),
    }
}

/// What a whole collection shows besides its policies' bodies, for which there are the views of [`policy`]; `hashes` are
/// those of all policies, in order.
pub fn collection<'a>(
    scope: Scope<'a>,
    hashes: &[Hashes],
    rules: Vec<Rule<'a>>,
    findings: &[Finding],
) -> CollectionExport<'a> {
    CollectionExport {
        schema: COLLECTION_URN,
        format: "clausal-collection",
        format_version: COLLECTION_VERSION,
        generator: Generator::CLAUSAL,
        policies: headers(scope, hashes),
        vocabulary: Vocabulary::new(scope, |_| true, |_| true),
        rules,
        findings: findings.iter().map(|finding| export::Finding::new(finding, scope.sources)).collect(),
        summary: export::Summary::of(findings),
    }
}

/// The headers of all policies, in order.
pub fn headers<'a>(scope: Scope<'a>, hashes: &[Hashes]) -> Vec<Header<'a>> {
    scope.collection.policies().zip(hashes).map(|((id, _), hashes)| Header::new(scope, id, hashes.policy)).collect()
}

impl<'a> Scope<'a> {
    /// The id of a word.
    pub fn word(self, id: WordId) -> &'a str {
        &self.collection.vocabulary.word(id).id
    }

    /// The ids of names in a rule of `policy`.
    pub fn fillers(self, policy: &'a Policy, fillers: &[Filler]) -> Vec<&'a str> {
        let id = |filler: &Filler| match *filler {
            Filler::Word(word) => self.word(word),
            Filler::Group(definition) => policy.definition(definition).id.as_str(),
        };
        fillers.iter().map(id).collect()
    }
}

struct Builder<'a, 'h> {
    scope: Scope<'a>,
    id: PolicyId,
    policy: &'a Policy,
    hashes: &'h Hashes,
    /// The text of every prose run that a rule belongs to, filled in while the body is made.
    texts: HashMap<(Parent, u32), String>,
}

impl<'a> Builder<'a, '_> {
    /// What stands in a block or in the policy itself.
    fn nodes(&mut self, parent: Parent) -> Vec<Node<'a>> {
        let items = self.policy.items_of(parent).iter().enumerate();
        items.map(|(at, item)| self.node((parent, at as u32), item)).collect()
    }

    fn node(&mut self, place: (Parent, u32), item: &'a Item) -> Node<'a> {
        let policy = self.policy;
        match item {
            Item::Prose(prose) => {
                let shown = self.prose(prose);
                if let Some(text) = self.texts.get_mut(&place) {
                    text.clone_from(&shown.text);
                }
                Node::Prose(shown)
            }
            Item::Note(prose) => Node::Note(self.prose(prose)),
            &Item::Rule(index) => Node::Rule(RuleRef { key: &policy.rules[index as usize].key, index }),
            &Item::Definition(index) => Node::Definition(TermRef { id: &policy.definition(index).id, index }),
            Item::Heading(text, _) => Node::Heading(Heading { text }),
            &Item::Withdrawn(index) => {
                let withdrawn = &policy.withdrawn[index as usize];
                Node::Withdrawn(Withdrawn {
                    id: &withdrawn.id,
                    key: format!("{}:{}", policy.key, withdrawn.path),
                    number: withdrawn.number.as_deref(),
                    why: withdrawn.why.as_deref(),
                    r#in: withdrawn.version.as_deref(),
                    index,
                })
            }
            &Item::Accept(index) => Node::Accept(self.accepted(&policy.accepts[index as usize])),
            &Item::Block(index) => self.block(index),
        }
    }

    fn block(&mut self, index: BlockIdx) -> Node<'a> {
        let block = self.policy.block(index);
        let shown = Block {
            id: &block.id,
            key: &block.key,
            number: block.number.as_deref(),
            heading: block.heading.as_deref(),
            was: block.was.iter().map(|(path, _)| path.as_str()).collect(),
            content_hash: self.hashes.blocks[index.0 as usize],
            source: Source::new(block.span, self.scope.sources),
            children: self.nodes(Some(index)),
            index,
        };
        match block.kind {
            BlockKind::Section => Node::Section(shown),
            BlockKind::Annex => Node::Annex(shown),
            BlockKind::Clause => Node::Clause(shown),
        }
    }

    fn prose(&self, prose: &'a model::Prose) -> Prose<'a> {
        let markdown = prose::markdown(self.scope, self.id, prose);
        Prose { text: prose::text(&markdown), markdown, origin: prose }
    }

    fn accepted(&self, accept: &'a model::Accept) -> Accepted<'a> {
        Accepted {
            check: &accept.check,
            at: self.key(accept.block),
            with: accept.with.map(|target| self.scope.collection.key_of(target, self.id)),
            because: &accept.because,
            by: accept.by.map(|party| self.scope.word(party)),
            until: accept.until.map(|(date, _)| date.to_string()),
            source: Source::new(accept.span, self.scope.sources),
        }
    }

    fn definitions(&self) -> Vec<Definition<'a>> {
        let definitions = self.policy.definitions.iter().zip(&self.hashes.definitions).enumerate();
        definitions
            .map(|(at, (definition, &content_hash))| {
                let shown = definition.prose.as_ref().map(|prose| self.prose(prose));
                let (markdown, text) = shown.map(|prose| (prose.markdown, prose.text)).unzip();
                Definition {
                    id: &definition.id,
                    term: &definition.term,
                    also: definition.also.iter().map(String::as_str).collect(),
                    r#as: definition.group.iter().map(|&word| self.scope.word(word)).collect(),
                    markdown,
                    text,
                    clause: definition.block.map(|block| self.policy.block(block).key.as_str()),
                    content_hash,
                    source: Source::new(definition.span, self.scope.sources),
                    index: model::DefinitionIdx(at as u32),
                }
            })
            .collect()
    }

    fn references(&self) -> Vec<Reference<'a>> {
        let shown = |reference: &'a model::Reference| Reference {
            kind: match reference.to {
                Target::Policy(_) => ReferenceKind::Policy,
                Target::Block(policy, block) => match self.scope.collection.policy(policy).block(block).kind {
                    BlockKind::Section => ReferenceKind::Section,
                    BlockKind::Annex => ReferenceKind::Annex,
                    BlockKind::Clause => ReferenceKind::Clause,
                },
                Target::Rule(_) => ReferenceKind::Rule,
                Target::Related(_) => ReferenceKind::Related,
            },
            from: self.key(reference.from),
            to: self.scope.collection.key_of(reference.to, self.id),
            source: Source::new(reference.span, self.scope.sources),
        };
        self.policy.references.iter().map(shown).collect()
    }

    fn rules(&self) -> Vec<Rule<'a>> {
        let rules = self.policy.rules.iter().zip(&self.hashes.rules).enumerate();
        rules
            .map(|(at, (rule, &content_hash))| {
                let prose = rule.prose.map(|origin| match origin {
                    Origin::Heading(block) => self.policy.block(block).heading.clone().unwrap_or_default(),
                    Origin::Prose(..) => self.texts.get(&key(origin)).cloned().unwrap_or_default(),
                });
                Rule::new(self.scope, RuleId { policy: self.id, index: at as u32 }, prose, content_hash)
            })
            .collect()
    }

    fn key(&self, parent: Parent) -> &'a str {
        parent.map_or(&self.policy.key, |block| &self.policy.block(block).key)
    }
}

fn key(origin: Origin) -> (Parent, u32) {
    match origin {
        Origin::Prose(parent, at) => (parent, at),
        // A heading is no item of its block; its text is looked up there.
        Origin::Heading(block) => (Some(block), u32::MAX),
    }
}
