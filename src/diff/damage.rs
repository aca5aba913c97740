//! What could not be understood must not be taken for gone: a clause in which something is not understood, or that is missing
//! from a file in which something is not, has an effect that nobody can tell.

use std::collections::{BTreeSet, HashMap};

use super::{Change, ClauseChange, Given, PolicyChange};
use crate::model::{BlockIdx, Item, Parent, PolicyId};
use crate::norms::Effect;
use crate::source::{FileId, Span};

/// Takes back what is said of clauses whose rules may be among what was not understood.
pub(super) fn mark(old: Given<'_>, new: Given<'_>, changed: &mut [PolicyChange]) {
    if old.damage.is_empty() && new.damage.is_empty() && old.is_whole && new.is_whole {
        return;
    }
    let (before, now) = (Damage::of(old), Damage::of(new));
    for policy in changed {
        policy.unread = match (policy.old, policy.new) {
            (Some(policy), None) => !new.is_whole || now.has_file_of(old, policy),
            (None, Some(policy)) => !old.is_whole || before.has_file_of(new, policy),
            _ => false,
        };
        let places = [before.places(old, policy.old), now.places(new, policy.new)];
        // A mistake can swallow clauses whole.
        let is_hurt = [before.hurts(old, policy.old), now.hurts(new, policy.new)];
        for clause in &mut policy.clauses {
            let is_hit = clause.old.is_some_and(|place| places[0].contains(&place))
                || clause.new.is_some_and(|place| places[1].contains(&place));
            if is_written_alike(old, new, (policy.old, policy.new), clause) {
                // What is wrong in it was wrong before; but if it means something else, that may come from what is not
                // understood elsewhere.
                match is_hit {
                    true => clause.effect = None,
                    false if clause.changes.contains(&Change::Meaning) => forget(clause),
                    false => {}
                }
                continue;
            }
            let lost =
                policy.unread || is_hit || clause.old.is_none() && is_hurt[0] || clause.new.is_none() && is_hurt[1];
            if lost {
                forget(clause);
            }
        }
    }
}

/// Whether what stands in a clause itself, outside the blocks in it, is the same to the letter on both sides.
fn is_written_alike(
    old: Given<'_>,
    new: Given<'_>,
    policies: (Option<PolicyId>, Option<PolicyId>),
    clause: &ClauseChange,
) -> bool {
    let (Some(before), Some(now)) = (policies.0.zip(clause.old), policies.1.zip(clause.new)) else { return false };
    own_text(old, before.0, before.1) == own_text(new, now.0, now.1)
}

/// The source of a block, or of a policy's whole file, without the blocks in it.
fn own_text(given: Given<'_>, policy: PolicyId, place: Parent) -> Vec<&str> {
    let policy = given.collection.policy(policy);
    let file = policy.span.file;
    let (mut from, end) = match place {
        Some(block) => (policy.block(block).span.start, policy.block(block).span.end),
        None => (0, given.sources.file(file).text().len() as u32),
    };
    let mut pieces = Vec::new();
    for item in policy.items_of(place) {
        if let Item::Block(inner) = item {
            let inner = policy.block(*inner).span;
            pieces.push(given.sources.text(Span { file, start: from, end: inner.start.max(from) }));
            from = inner.end.max(from);
        }
    }
    pieces.push(given.sources.text(Span { file, start: from, end: end.max(from) }));
    pieces
}

fn forget(clause: &mut ClauseChange) {
    clause.effect = Some(Effect { shifts: Vec::new(), undecided: true });
    if !clause.changes.contains(&Change::Meaning) {
        clause.changes.push(Change::Meaning);
    }
}

/// The places of one side that were not understood.
struct Damage<'a> {
    spans: HashMap<FileId, Vec<Span>>,
    files: BTreeSet<&'a str>,
}

impl<'a> Damage<'a> {
    fn of(given: Given<'a>) -> Self {
        let mut spans: HashMap<FileId, Vec<Span>> = HashMap::new();
        given.damage.iter().for_each(|&span| spans.entry(span.file).or_default().push(span));
        let files = given.damage.iter().map(|span| given.sources.file(span.file).name()).collect();
        Damage { spans, files }
    }

    /// Whether this side has a damaged file of the name of a policy's on the other.
    fn has_file_of(&self, other: Given<'_>, policy: PolicyId) -> bool {
        self.files.contains(other.sources.file(other.collection.policy(policy).span.file).name())
    }

    fn hurts(&self, given: Given<'_>, policy: Option<PolicyId>) -> bool {
        policy.is_some_and(|policy| self.spans.contains_key(&given.collection.policy(policy).span.file))
    }

    /// The innermost places of a policy that hold something that was not understood.
    fn places(&self, given: Given<'_>, policy: Option<PolicyId>) -> BTreeSet<Parent> {
        let Some(policy) = policy.map(|policy| given.collection.policy(policy)) else { return BTreeSet::new() };
        let spans = self.spans.get(&policy.span.file).map(Vec::as_slice).unwrap_or_default();
        let holds = |block: &BlockIdx, at: u32| {
            let span = policy.block(*block).span;
            span.start <= at && at < span.end
        };
        // Blocks are in document order, so that the last one that holds a place is the innermost.
        let innermost = |span: &Span| {
            let before = policy.blocks.partition_point(|block| block.span.start <= span.start);
            let mut at = before.checked_sub(1).map(|last| BlockIdx(last as u32));
            while let Some(block) = at.filter(|block| !holds(block, span.start)) {
                at = policy.block(block).parent;
            }
            at
        };
        spans.iter().map(innermost).collect()
    }
}
