//! From the model to the view: one policy at a time, so that several can be made side by side.

use std::collections::HashMap;

use super::hash::{self, Digest, Hex};
use super::{
    Accepted, Block, CollectionExport, Definition, FORMAT_VERSION, Generator, Header, Heading, Node, PolicyExport,
    Prose, Reference, ReferenceKind, Rule, RuleRef, Source, TermRef, Vocabulary, Withdrawn, prose,
};
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
}

/// One policy, whole.
pub fn policy<'a>(scope: Scope<'a>, id: PolicyId) -> PolicyExport<'a> {
    let policy = scope.collection.policy(id);
    let mut builder = Builder {
        scope,
        id,
        policy,
        rules: policy.rules.iter().map(|rule| hash::rule(scope.collection, policy, rule)).collect(),
        definitions: policy
            .definitions
            .iter()
            .map(|definition| hash::definition(scope.collection, policy, definition))
            .collect(),
        texts: policy.rules.iter().filter_map(|rule| rule.prose).map(|origin| (key(origin), String::new())).collect(),
    };
    let mut digest = Digest::new(scope.collection, policy);
    hash::header(&mut digest, policy);
    let body = builder.nodes(None, &mut digest);
    let content_hash = digest.finish();
    let (words, facts) = used::by(scope.collection, policy);
    PolicyExport {
        schema: POLICY_URN,
        format: "clausal-policy",
        format_version: FORMAT_VERSION,
        generator: Generator::CLAUSAL,
        policy: Header::new(scope, id, content_hash),
        vocabulary: Vocabulary::new(scope, |at| words[at], |at| facts[at]),
        body,
        definitions: builder.all_definitions(),
        references: builder.references(),
        accepted: policy.accepts.iter().map(|accept| builder.accepted(accept)).collect(),
        rules: builder.all_rules(),
    }
}

/// What a whole collection shows besides its policies' bodies. Its rules and headers are those of the policies' own
/// views, which the caller has or makes with [`policy`].
pub fn collection<'a>(scope: Scope<'a>, policies: Vec<Header<'a>>, rules: Vec<Rule<'a>>) -> CollectionExport<'a> {
    CollectionExport {
        schema: COLLECTION_URN,
        format: "clausal-collection",
        format_version: FORMAT_VERSION,
        generator: Generator::CLAUSAL,
        policies,
        vocabulary: Vocabulary::new(scope, |_| true, |_| true),
        rules,
    }
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

struct Builder<'a> {
    scope: Scope<'a>,
    id: PolicyId,
    policy: &'a Policy,
    /// Hashes of the rules.
    rules: Vec<Hex>,
    /// Hashes of the definitions.
    definitions: Vec<Hex>,
    /// The text of every prose run that a rule belongs to, filled in while the body is made.
    texts: HashMap<(Parent, u32), String>,
}

impl<'a> Builder<'a> {
    /// What stands in a block or in the policy itself; what it says goes into `digest`.
    fn nodes(&mut self, parent: Parent, digest: &mut Digest<'_>) -> Vec<Node<'a>> {
        let policy = self.policy;
        let items = policy.items_of(parent);
        digest.count(items.len());
        items.iter().enumerate().map(|(at, item)| self.node(parent, at as u32, item, digest)).collect()
    }

    fn node(&mut self, parent: Parent, at: u32, item: &'a Item, digest: &mut Digest<'_>) -> Node<'a> {
        let policy = self.policy;
        match item {
            Item::Prose(prose) => {
                digest.field("prose");
                digest.prose(prose);
                let shown = self.prose(prose);
                if let Some(text) = self.texts.get_mut(&(parent, at)) {
                    text.clone_from(&shown.text);
                }
                Node::Prose(shown)
            }
            Item::Note(prose) => {
                digest.field("note");
                digest.prose(prose);
                Node::Note(self.prose(prose))
            }
            &Item::Rule(index) => {
                digest.field("rule");
                digest.maybe(self.rules.get(index as usize).map(String::as_str));
                let key = policy.rules.get(index as usize).map_or("", |rule| rule.key.as_str());
                Node::Rule(RuleRef { key, index })
            }
            &Item::Definition(index) => {
                digest.field("definition");
                digest.maybe(self.definitions.get(index.0 as usize).map(String::as_str));
                Node::Definition(TermRef { id: &policy.definition(index).id, index })
            }
            Item::Heading(text, _) => {
                digest.field("heading");
                digest.field(text);
                Node::Heading(Heading { text })
            }
            &Item::Withdrawn(index) => {
                let withdrawn = &policy.withdrawn[index as usize];
                digest.field("withdrawn");
                digest.field(&withdrawn.id);
                Node::Withdrawn(Withdrawn {
                    id: &withdrawn.id,
                    key: format!("{}:{}", policy.key, withdrawn.path),
                    number: withdrawn.number.as_deref(),
                    why: withdrawn.why.as_deref(),
                    r#in: withdrawn.version.as_deref(),
                })
            }
            &Item::Accept(index) => Node::Accept(self.accepted(&policy.accepts[index as usize])),
            &Item::Block(index) => self.block(index, digest),
        }
    }

    fn block(&mut self, index: BlockIdx, outer: &mut Digest<'_>) -> Node<'a> {
        let block = self.policy.block(index);
        let mut digest = Digest::new(self.scope.collection, self.policy);
        digest.field(block.kind.name());
        digest.maybe(block.heading.as_deref());
        let children = self.nodes(Some(index), &mut digest);
        let content_hash = digest.finish();
        outer.field("block");
        outer.field(&content_hash);
        let shown = Block {
            id: &block.id,
            key: &block.key,
            number: block.number.as_deref(),
            heading: block.heading.as_deref(),
            was: block.was.iter().map(|(path, _)| path.as_str()).collect(),
            content_hash,
            source: Source::new(block.span, self.scope.sources),
            children,
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

    fn all_definitions(&mut self) -> Vec<Definition<'a>> {
        let hashes = std::mem::take(&mut self.definitions);
        let definitions = self.policy.definitions.iter().zip(hashes).enumerate();
        definitions
            .map(|(at, (definition, content_hash))| {
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

    fn all_rules(self) -> Vec<Rule<'a>> {
        let rules = self.policy.rules.iter().zip(self.rules).enumerate();
        rules
            .map(|(at, (rule, content_hash))| {
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
