//! The binding prose of a policy, read once, with the rules that belong to each run.
//!
//! It follows the document: which run a rule stands behind, which run ends in a colon and hands its words on to the
//! clauses below, which heading speaks for what stands under it. It compares nothing; the checks do.

use super::modality::{self, Above, Modalities, Statement};
use crate::model::{Block, BlockIdx, Item, Parent, Policy, Prose, Rule};

/// What is read of one policy.
#[derive(Debug, Default)]
pub struct PolicyReading<'a> {
    /// Its runs of prose, in document order.
    pub passages: Vec<Passage<'a>>,
    /// Rules with no prose before them in their block.
    pub bare: Vec<Bare>,
}

/// A run of prose with its rules.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The block it stands in.
    pub block: Parent,
    /// The prose.
    pub prose: &'a Prose,
    /// What it says, in order.
    pub statements: Vec<Statement>,
    /// The rules that stand behind it.
    pub rules: Vec<u32>,
    /// The rules of the clauses that it hands its words on to.
    pub handed: Vec<u32>,
    /// What stands above it.
    pub context: Lead,
    /// The run before it in its block that says anything.
    pub before: Option<usize>,
}

/// A rule with no prose before it.
#[derive(Debug)]
pub struct Bare {
    /// The rule.
    pub rule: u32,
    /// What stands above it.
    pub context: Lead,
}

/// What stands above a run or a rule, from outside its block or from a heading.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lead {
    /// What it says.
    pub says: Above,
    /// The passage that says it; `None` for a heading.
    pub passage: Option<usize>,
}

impl Lead {
    /// Whether the words above agree with a rule that says this.
    pub fn agrees(&self, rule: Modalities) -> bool {
        matches!(self.says, Above::Says { agrees_with, .. } if agrees_with.meets(rule))
    }
}

impl Passage<'_> {
    /// Whether any of its own statements agrees with a rule that says this.
    pub fn agrees(&self, rule: Modalities) -> bool {
        self.statements.iter().any(|statement| statement.agrees(rule))
    }
}

/// What a rule says, as prose is compared with it.
pub fn said_by(rule: &Rule) -> Modalities {
    Modalities::of_rule(rule.modality, !rule.only_when.is_empty())
}

/// Reads all binding prose of a policy. Notes and definitions bind nobody.
pub fn read_policy(policy: &Policy) -> PolicyReading<'_> {
    let mut reading = PolicyReading::default();
    let mut waiting = vec![Frame::new(policy, None, Lead::default())];
    // Blocks nest as deep as an author likes, so that the walk keeps its own stack.
    while let Some(frame) = waiting.last_mut() {
        let Some(item) = frame.items.next() else {
            waiting.pop();
            continue;
        };
        if let Some(inner) = step(policy, frame, item, &mut reading) {
            waiting.push(inner);
        }
    }
    reading
}

/// A block being read.
struct Frame<'a> {
    block: Parent,
    items: std::slice::Iter<'a, Item>,
    /// What stands above the whole block.
    outside: Lead,
    /// What stands above the next item: `outside`, or a heading between clauses.
    lead: Lead,
    /// The last run of prose, and what it hands on.
    run: Option<(usize, Above)>,
}

impl<'a> Frame<'a> {
    fn new(policy: &'a Policy, block: Parent, lead: Lead) -> Self {
        Frame { block, items: policy.items_of(block).iter(), outside: lead, lead, run: None }
    }
}

fn step<'a>(
    policy: &'a Policy,
    frame: &mut Frame<'a>,
    item: &'a Item,
    reading: &mut PolicyReading<'a>,
) -> Option<Frame<'a>> {
    match item {
        Item::Prose(prose) => {
            let read = modality::read(&prose.markdown, frame.lead.says);
            let before = frame.run.and_then(|(run, _)| match reading.passages.get(run) {
                Some(passage) if passage.statements.is_empty() => passage.before,
                _ => Some(run),
            });
            frame.run = Some((reading.passages.len(), read.below));
            reading.passages.push(Passage {
                block: frame.block,
                prose,
                statements: read.statements,
                rules: Vec::new(),
                handed: Vec::new(),
                context: frame.lead,
                before,
            });
        }
        Item::Rule(rule) => {
            match frame.run.and_then(|(run, _)| reading.passages.get_mut(run)) {
                Some(passage) => passage.rules.push(*rule),
                None => reading.bare.push(Bare { rule: *rule, context: frame.lead }),
            }
            hand(reading, frame.lead.passage, *rule);
        }
        Item::Heading(text, _) => {
            frame.lead = match modality::heading(text) {
                Above::Nothing => frame.outside,
                says => Lead { says, passage: None },
            };
            frame.run = None;
        }
        Item::Block(index) => return Some(Frame::new(policy, Some(*index), lead_of(policy, frame, *index))),
        Item::Note(_) | Item::Definition(_) | Item::Withdrawn(_) | Item::Accept(_) => {}
    }
    None
}

/// What stands above a block: its own heading, else the run before it that ends in a colon, else what stands above the
/// block around it, which a heading of its own shuts out.
fn lead_of(policy: &Policy, frame: &Frame<'_>, index: BlockIdx) -> Lead {
    let block: &Block = policy.block(index);
    let headed = block.heading.as_deref().map_or(Above::Nothing, modality::heading);
    if headed != Above::Nothing {
        return Lead { says: headed, passage: None };
    }
    match frame.run {
        Some((run, below)) if below != Above::Nothing => Lead { says: below, passage: Some(run) },
        _ if block.heading.is_none() => frame.lead,
        _ => Lead::default(),
    }
}

/// Notes a rule with the run whose words are handed on to it, and with the runs above that one.
fn hand(reading: &mut PolicyReading<'_>, lead: Option<usize>, rule: u32) {
    let mut at = lead;
    while let Some(passage) = at.and_then(|index| reading.passages.get_mut(index)) {
        passage.handed.push(rule);
        at = passage.context.passage;
    }
}
