//! The body of a policy: its blocks and what stands in them, in document order.
//!
//! Blocks, rules and definitions are met here in the order in which [`super::outline`] counted them, so that references
//! made before may name them by number.

use super::amount;
use super::number::Series;
use super::qualifier::Inherited;
use super::scope::Scope;
use crate::diagnostic::Finding;
use crate::model::{
    Accept, Block, BlockIdx, BlockKind, Definition, DefinitionIdx, Edge, Item, Kind, Numbering, Origin, Parent,
    Reference, Rule, Withdrawn,
};
use crate::syntax::ast::{self, Qualifier};

/// The tables of a policy, as they fill.
pub(super) struct Body<'k> {
    /// What stands in the policy itself.
    pub(super) items: Vec<Item>,
    /// All blocks.
    pub(super) blocks: Vec<Block>,
    /// All rules.
    pub(super) rules: Vec<Rule>,
    /// All definitions.
    pub(super) definitions: Vec<Definition>,
    /// All references of prose.
    pub(super) references: Vec<Reference>,
    /// Deleted clauses.
    pub(super) withdrawn: Vec<Withdrawn>,
    /// Accepted findings.
    pub(super) accepts: Vec<Accept>,
    /// What its rules override and yield to.
    pub(super) edges: Vec<Edge>,
    key: &'k str,
    /// The `each rule` of the header and of the blocks around, the innermost last.
    inherited: Vec<Inherited>,
}

/// Where in the policy a list of items stands.
struct Place {
    block: Parent,
    /// The run of prose that rules take which have none before them in their own block: one of a block around that ends in
    /// a colon.
    around: Option<Origin>,
    /// The nearest block that has a heading, this one or one around it.
    headed: Option<BlockIdx>,
}

impl<'k> Body<'k> {
    /// The body of this policy, given its items and what every rule carries.
    pub(super) fn resolve<'s>(
        scope: &mut Scope<'_, '_, 's>,
        key: &'k str,
        numbering: Numbering,
        items: &[ast::Item<'s>],
        each: &[&Qualifier<'s>],
    ) -> Self {
        let outline = scope.outline();
        let mut body = Body {
            items: Vec::new(),
            blocks: Vec::with_capacity(outline.blocks.len()),
            rules: Vec::with_capacity(outline.rules.len()),
            definitions: Vec::with_capacity(outline.definitions.len()),
            references: Vec::new(),
            withdrawn: Vec::new(),
            accepts: Vec::new(),
            edges: Vec::new(),
            key,
            inherited: Vec::new(),
        };
        let all: Vec<&Qualifier<'s>> = each.iter().copied().chain(each_rule(items)).collect();
        body.inherit(scope, &all);
        let place = Place { block: None, around: None, headed: None };
        let resolved = body.walk(scope, items, place, &mut Series::top(numbering));
        body.items = resolved;
        body
    }

    /// Reads the `each rule` of a block once, for every rule inside; answers whether there is any.
    fn inherit<'s>(&mut self, scope: &mut Scope<'_, '_, 's>, qualifiers: &[&Qualifier<'s>]) -> bool {
        if qualifiers.is_empty() {
            return false;
        }
        let inherited = scope.inherited(qualifiers);
        self.inherited.push(inherited);
        true
    }

    fn walk<'s>(
        &mut self,
        scope: &mut Scope<'_, '_, 's>,
        items: &[ast::Item<'s>],
        place: Place,
        series: &mut Series,
    ) -> Vec<Item> {
        let parent = place.block;
        let mut resolved: Vec<Item> = Vec::with_capacity(items.len());
        let mut position = 0;
        // The last run of prose of this block, and whether it ends in a colon and so takes the rules of blocks inside.
        let mut run: Option<(Origin, bool)> = None;
        for item in items {
            match item {
                ast::Item::Prose(prose) => {
                    run = Some((Origin::Prose(parent, resolved.len() as u32), ends_in_colon(prose)));
                    resolved.push(Item::Prose(scope.prose(prose, parent, &mut self.references)));
                }
                ast::Item::Rule(rule) => {
                    position += 1;
                    let own = run.map(|(origin, _)| origin).or(place.around);
                    let origin = own.or(place.headed.map(Origin::Heading));
                    self.rule(scope, rule, parent, position, origin);
                    resolved.push(Item::Rule(self.rules.len() as u32 - 1));
                }
                ast::Item::Block(block) => {
                    // A block without prose of its own so far hands on what it was handed.
                    let around = match run {
                        Some((origin, true)) => Some(origin),
                        Some((_, false)) => None,
                        None => place.around,
                    };
                    let index = self.block(scope, block, &place, around, series);
                    resolved.push(Item::Block(index));
                }
                ast::Item::Define(define) => {
                    let index = self.definition(scope, define, parent);
                    resolved.push(Item::Definition(index));
                }
                ast::Item::Note(runs, _) => {
                    let note = scope.joined_prose(runs, parent, &mut self.references);
                    resolved.extend(note.map(Item::Note));
                }
                ast::Item::Accept(accept) => {
                    self.accept(scope, accept, parent);
                    resolved.push(Item::Accept(self.accepts.len() as u32 - 1));
                }
                ast::Item::Heading(text, _) => resolved.push(Item::Heading(text.text.to_string(), text.span)),
                ast::Item::Withdrawn(withdrawn) => {
                    let number = series.next(BlockKind::Clause, None);
                    self.withdraw(withdrawn, parent, number);
                    resolved.push(Item::Withdrawn(self.withdrawn.len() as u32 - 1));
                }
                // `each rule` has been read when its block was entered; what could not be read has been reported.
                ast::Item::EachRule(..) | ast::Item::Junk(_) => {}
            }
        }
        resolved
    }

    fn block<'s>(
        &mut self,
        scope: &mut Scope<'_, '_, 's>,
        block: &ast::Block<'s>,
        place: &Place,
        around: Option<Origin>,
        series: &mut Series,
    ) -> BlockIdx {
        let index = BlockIdx(self.blocks.len() as u32);
        let kind = match block.kind {
            ast::BlockKind::Section => BlockKind::Section,
            ast::BlockKind::Annex => BlockKind::Annex,
            ast::BlockKind::Clause | ast::BlockKind::Unknown => BlockKind::Clause,
        };
        if let [first, again, ..] = block.number.as_slice() {
            scope.findings.push(
                Finding::new("syntax", again.span, "a block keeps one number, and this is a second")
                    .and(first.span, "the first")
                    .help("take one of them out"),
            );
        }
        let kept = block.number.first();
        let number = series.next(kind, kept.map(|kept| &*kept.text));
        let outline = scope.outline();
        let parent = place.block;
        let segment = outline.segment(index.0);
        let path = match parent.and_then(|parent| self.blocks.get(parent.0 as usize)) {
            Some(above) => format!("{}/{segment}", above.path),
            None => segment.clone(),
        };
        let was = block.was.iter().map(|was| (outline.full_path(was.text, parent.map(|parent| parent.0)), was.span));
        let mut inside = series.inside(number.as_deref());
        self.blocks.push(Block {
            kind,
            id: block.id.map_or(segment, |id| id.text.to_owned()),
            key: format!("{}:{path}", self.key),
            path,
            heading: block.heading.as_ref().map(|heading| heading.text.to_string()),
            heading_span: block.heading.as_ref().map(|heading| heading.span),
            number,
            kept_number: kept.map(|kept| (kept.text.to_string(), kept.span)),
            was: was.collect(),
            parent,
            depth: parent.and_then(|parent| self.blocks.get(parent.0 as usize)).map_or(1, |above| above.depth + 1),
            items: Vec::new(),
            span: block.span,
            id_span: block.id.map_or(block.span.at_start(), |id| id.span),
        });
        let each: Vec<&Qualifier<'s>> = each_rule(&block.items).collect();
        let inherits = self.inherit(scope, &each);
        let headed = if block.heading.is_some() { Some(index) } else { place.headed };
        let items = self.walk(scope, &block.items, Place { block: Some(index), around, headed }, &mut inside);
        if inherits {
            self.inherited.pop();
        }
        self.blocks[index.0 as usize].items = items;
        index
    }

    /// Adds a rule, with its key: its name where that leads to it, else its place among the rules of its block.
    fn rule<'s>(
        &mut self,
        scope: &mut Scope<'_, '_, 's>,
        rule: &ast::Rule<'s>,
        block: Parent,
        position: u32,
        prose: Option<Origin>,
    ) {
        let index = self.rules.len() as u32;
        let named = rule.name.filter(|_| scope.outline().is_named(index));
        let place = block.map_or("", |block| self.blocks[block.0 as usize].path.as_str());
        let key = match named {
            Some(name) => format!("{}:{place}#{}", self.key, name.text),
            None => format!("{}:{place}#{position}", self.key),
        };
        let before = scope.findings.len();
        let mut resolved = scope.rule(rule, index, &self.inherited, &mut self.edges);
        for finding in &mut scope.findings[before..] {
            finding.rules.push(key.clone());
        }
        resolved.key = key;
        resolved.block = block;
        resolved.position = position;
        resolved.prose = prose;
        // Most of these lists hold one thing or two, and a collection has very many rules.
        resolved.when.shrink_to_fit();
        resolved.unless.shrink_to_fit();
        resolved.on_breach.shrink_to_fit();
        resolved.slots.shrink_to_fit();
        self.rules.push(resolved);
    }

    fn definition<'s>(
        &mut self,
        scope: &mut Scope<'_, '_, 's>,
        define: &ast::Define<'s>,
        block: Parent,
    ) -> DefinitionIdx {
        let index = DefinitionIdx(self.definitions.len() as u32);
        scope.defining = Some(index);
        let prose = scope.joined_prose(&define.prose, block, &mut self.references);
        scope.defining = None;
        self.definitions.push(Definition {
            id: define.id.text.to_owned(),
            term: define.term.as_ref().map_or_else(|| define.id.text.replace('-', " "), |term| term.text.to_string()),
            also: define.also.iter().map(|form| form.text.to_string()).collect(),
            group: scope.terms.members.get(index.0 as usize).cloned().unwrap_or_default(),
            prose,
            block,
            used: false,
            span: define.id.span,
        });
        index
    }

    fn accept<'s>(&mut self, scope: &mut Scope<'_, '_, 's>, accept: &ast::Accept<'s>, block: Parent) {
        let with = accept.with.as_ref().and_then(|with| scope.reference(with));
        self.accepts.push(Accept {
            check: accept.check.text.to_owned(),
            check_span: accept.check.span,
            block,
            with,
            because: accept.because.text.to_string(),
            by: accept.by.and_then(|by| scope.word(Kind::Party, by)),
            until: accept.until.and_then(|until| Some((amount::date(until, &mut scope.findings)?, until.span))),
            span: accept.span,
        });
    }

    fn withdraw(&mut self, withdrawn: &ast::Withdrawn<'_>, parent: Parent, number: Option<String>) {
        let path = match parent.and_then(|parent| self.blocks.get(parent.0 as usize)) {
            Some(above) => format!("{}/{}", above.path, withdrawn.id.text),
            None => withdrawn.id.text.to_owned(),
        };
        self.withdrawn.push(Withdrawn {
            id: withdrawn.id.text.to_owned(),
            path,
            number,
            why: withdrawn.why.as_ref().map(|why| why.text.to_string()),
            version: withdrawn.version.as_ref().map(|version| version.text.to_string()),
            parent,
            span: withdrawn.id.span,
        });
    }
}

/// What the `each rule` statements among these items say.
fn each_rule<'i, 's>(items: &'i [ast::Item<'s>]) -> impl Iterator<Item = &'i Qualifier<'s>> {
    let each = |item: &'i ast::Item<'s>| match item {
        ast::Item::EachRule(qualifiers, _) => Some(qualifiers),
        _ => None,
    };
    items.iter().filter_map(each).flatten()
}

/// Whether a run ends in a colon, emphasis aside.
fn ends_in_colon(prose: &ast::Prose<'_>) -> bool {
    let last = prose.lines.iter().rev().find(|line| !line.text.trim().is_empty());
    last.is_some_and(|line| line.text.trim_end_matches(['*', '_', ' ', '\t', '\r']).ends_with(':'))
}
