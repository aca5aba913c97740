//! What can be referred to in a policy: its blocks, named rules, former places and related documents.
//!
//! Outlines of all policies are made before any policy is resolved, so that a reference can be followed into any of
//! them. Blocks and rules are counted here in the order in which [`super::body`] meets them.

use std::collections::HashMap;
use std::ops::Range;

use super::vocabulary::declared_twice;
use crate::diagnostic::Finding;
use crate::source::FileId;
use crate::syntax::ast::{Ast, Block, BlockKind, Define, Field, FieldValue, Item, PolicyFile, Word};

/// A policy as references see it.
pub(super) struct Outline<'a, 's> {
    /// Its file.
    pub(super) file: FileId,
    /// Its tree.
    pub(super) ast: &'a PolicyFile<'s>,
    /// The organisation written in its header.
    pub(super) organisation: Option<Word<'s>>,
    /// What is wrong with the places of its blocks.
    astray: Vec<Finding>,
    /// Its blocks, in document order.
    pub(super) blocks: Vec<Place<'s>>,
    /// The block and name of each rule, in document order.
    pub(super) rules: Vec<(Option<u32>, Option<Word<'s>>)>,
    /// Its definitions, in document order.
    pub(super) definitions: Vec<&'a Define<'s>>,
    /// The ids of its deleted clauses and the block each stood in.
    pub(super) withdrawn: Vec<(Word<'s>, Option<u32>)>,
    /// The ids of its related documents.
    pub(super) related: Vec<Word<'s>>,
    /// What its blocks were called before: the path written and the block.
    pub(super) was: Vec<(Word<'s>, u32)>,
    /// Blocks by id.
    by_id: Vec<(&'s str, u32)>,
    /// Named rules by block and name.
    by_name: Vec<(Option<u32>, &'s str, u32)>,
}

/// A block of an outline.
pub(super) struct Place<'s> {
    /// Its id, where one could be read.
    pub(super) id: Option<Word<'s>>,
    /// What it is: `clause`.
    pub(super) kind: &'static str,
    /// The block it lies in.
    pub(super) parent: Option<u32>,
    /// The rules in it and in the blocks inside.
    pub(super) rules: Range<u32>,
    /// Which of the siblings with this id it is, from 1.
    pub(super) copy: u32,
}

impl<'a, 's> Outline<'a, 's> {
    /// The outline of a policy, with what is wrong with its ids.
    pub(super) fn of(ast: &Ast<'s>, policy: &'a PolicyFile<'s>) -> (Self, Vec<Finding>) {
        let mut outline = Outline {
            file: ast.file,
            astray: Vec::new(),
            ast: policy,
            organisation: policy.fields.iter().find_map(organisation),
            blocks: Vec::new(),
            rules: Vec::new(),
            definitions: Vec::new(),
            withdrawn: Vec::new(),
            related: policy.fields.iter().filter_map(related).collect(),
            was: Vec::new(),
            by_id: Vec::new(),
            by_name: Vec::new(),
        };
        outline.walk(&policy.items, None);
        let mut findings = outline.index();
        findings.append(&mut outline.astray);
        (outline, findings)
    }

    fn walk(&mut self, items: &'a [Item<'s>], parent: Option<u32>) {
        for item in items {
            match item {
                Item::Rule(rule) => self.rules.push((parent, rule.name)),
                Item::Block(block) => self.enter(block, parent),
                Item::Define(define) => self.definitions.push(define),
                Item::Withdrawn(withdrawn) => self.withdrawn.push((withdrawn.id, parent)),
                Item::Prose(_)
                | Item::EachRule(..)
                | Item::Note(..)
                | Item::Accept(_)
                | Item::Heading(..)
                | Item::Junk(_) => {}
            }
        }
    }

    fn enter(&mut self, block: &'a Block<'s>, parent: Option<u32>) {
        let index = self.blocks.len() as u32;
        let above = parent.and_then(|parent| self.blocks.get(parent as usize));
        let (inner, outer) = (kind(block.kind), above.map_or("", |above| above.kind));
        if outer == "clause" && matches!(inner, "section" | "annex") {
            let head = block.id.map_or(block.span.at_start(), |id| id.span);
            let message = format!("{} {inner} cannot stand in a clause", article(inner));
            self.astray.push(Finding::new("syntax", head, message).help(match inner {
                "section" => "inside a clause write `clause`; or close the clause before the section begins",
                _ => "annexes stand beside the sections: close the clause before the annex begins",
            }));
        }
        let first = self.rules.len() as u32;
        self.blocks.push(Place { id: block.id, kind: kind(block.kind), parent, rules: first..first, copy: 1 });
        self.was.extend(block.was.iter().map(|path| (*path, index)));
        self.walk(&block.items, Some(index));
        self.blocks[index as usize].rules.end = self.rules.len() as u32;
    }

    fn index(&mut self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let ids = self.blocks.iter().enumerate();
        self.by_id = ids.filter_map(|(index, place)| Some((place.id?.text, index as u32))).collect();
        self.by_id.sort_unstable();
        self.number_copies(&mut findings);
        let named = self.rules.iter().enumerate();
        self.by_name =
            named.filter_map(|(index, (block, name))| Some((*block, name.as_ref()?.text, index as u32))).collect();
        self.by_name.sort_unstable();
        for pair in self.by_name.windows(2) {
            let [(block, name, before), (other, again, index)] = pair else { continue };
            if (block, name) != (other, again) {
                continue;
            }
            let place = |index: u32| self.rules.get(index as usize).and_then(|(_, name)| *name);
            if let (Some(before), Some(again)) = (place(*before), place(*index)) {
                findings.push(declared_twice(again, &format!("rule `{name}` of this block"), before.span));
            }
        }
        findings
    }

    /// Siblings that share an id: each but the first is reported, and counted so that its key differs.
    fn number_copies(&mut self, findings: &mut Vec<Finding>) {
        for run in self.by_id.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            // The first block of each parent, and how many there are so far.
            let mut firsts: HashMap<Option<u32>, (u32, u32)> = HashMap::new();
            for &(id, index) in run {
                let parent = self.blocks[index as usize].parent;
                let (first, count) = firsts.entry(parent).or_insert((index, 0));
                *count += 1;
                let (first, count) = (*first, *count);
                if count == 1 {
                    continue;
                }
                if let (Some(before), Some(again)) = (self.blocks[first as usize].id, self.blocks[index as usize].id) {
                    let what = format!("{} `{id}`", self.blocks[index as usize].kind);
                    findings.push(
                        declared_twice(again, &what, before.span)
                            .help("the blocks beside each other need ids of their own; give this one another"),
                    );
                }
                self.blocks[index as usize].copy = count;
            }
        }
    }

    /// The blocks with this id, in document order.
    pub(super) fn with_id(&self, id: &str) -> impl Iterator<Item = u32> + '_ {
        let first = self.by_id.partition_point(|(other, _)| *other < id);
        let end = first + self.by_id[first..].partition_point(|(other, _)| *other == id);
        self.by_id[first..end].iter().map(|&(_, index)| index)
    }

    /// All ids of blocks, sorted; an id of several blocks several times.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'s str> + '_ {
        self.by_id.iter().map(|&(id, _)| id)
    }

    /// The rule of this name in a block, or in the policy itself: of a name given twice the first.
    pub(super) fn rule(&self, block: Option<u32>, name: &str) -> Option<u32> {
        let at = self.by_name.partition_point(|&(other, known, _)| (other, known) < (block, name));
        self.by_name.get(at).filter(|&&(other, known, _)| (other, known) == (block, name)).map(|&(.., index)| index)
    }

    /// Whether the rule at this place is the one its name leads to.
    pub(super) fn is_named(&self, rule: u32) -> bool {
        let Some((block, Some(name))) = self.rules.get(rule as usize) else { return false };
        self.rule(*block, name.text) == Some(rule)
    }

    /// The names of the rules of a block, or of the policy itself.
    pub(super) fn names_in(&self, block: Option<u32>) -> impl Iterator<Item = &'s str> + '_ {
        self.by_name.iter().filter(move |(other, ..)| *other == block).map(|&(_, name, _)| name)
    }

    /// The rules with this name, wherever they stand.
    pub(super) fn rules_named(&self, name: &str) -> impl Iterator<Item = (Option<u32>, u32)> + '_ {
        let name = name.to_owned();
        self.by_name.iter().filter(move |(_, known, _)| *known == name).map(|&(block, _, index)| (block, index))
    }

    /// The part of a path that names this block: its id, told apart from siblings that share it.
    pub(super) fn segment(&self, block: u32) -> String {
        let place = &self.blocks[block as usize];
        match (place.id, place.copy) {
            (Some(id), 1) => id.text.to_owned(),
            (Some(id), copy) => format!("{}~{copy}", id.text),
            // A head that could not be read leaves a block without an id; its place tells it apart.
            (None, _) => format!("~{}", block + 1),
        }
    }

    /// The ids from the policy down to this block, joined by `/`.
    pub(super) fn path(&self, block: u32) -> String {
        let mut ids = vec![self.segment(block)];
        let mut at = self.blocks[block as usize].parent;
        while let Some(parent) = at {
            ids.push(self.segment(parent));
            at = self.blocks[parent as usize].parent;
        }
        ids.reverse();
        ids.join("/")
    }

    /// A path written in a block as it reads from the policy down: an id alone is one beside the block.
    pub(super) fn full_path(&self, written: &str, parent: Option<u32>) -> String {
        match parent.filter(|_| !written.contains('/')) {
            Some(parent) => format!("{}/{written}", self.path(parent)),
            None => written.to_owned(),
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with('a') { "an" } else { "a" }
}

/// What a block is called.
fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Section => "section",
        BlockKind::Annex => "annex",
        BlockKind::Clause => "clause",
        BlockKind::Unknown => "block",
    }
}

fn organisation<'s>(field: &Field<'s>) -> Option<Word<'s>> {
    match &field.value {
        FieldValue::Word(word) if field.keyword.text == "organisation" => Some(*word),
        _ => None,
    }
}

fn related<'s>(field: &Field<'s>) -> Option<Word<'s>> {
    match &field.value {
        FieldValue::Related { id, .. } => Some(*id),
        _ => None,
    }
}
