//! References to the one place each leads to, or the finding that says why there is none.

use super::outline::Outline;
use super::scope::Scope;
use super::suggest::{closest, joined, suggest};
use crate::diagnostic::Finding;
use crate::model::{BlockIdx, PolicyId, RuleId, Target};
use crate::source::Span;
use crate::syntax::ast::{Reference, Word};

/// The most places told that a reference can mean.
const MOST: usize = 6;

impl<'s> Scope<'_, '_, 's> {
    /// What a reference of this policy leads to; `None` after a finding, or where lost text may hold the place.
    pub(super) fn reference(&mut self, reference: &Reference<'s>) -> Option<Target> {
        let policy = match reference.policy {
            Some(name) => self.policy_named(reference, name)?,
            None => self.policy,
        };
        let Some(last) = reference.path.last().copied() else {
            return match reference.rule {
                Some(rule) => self.rule_in(reference, policy, None, rule),
                None => Some(Target::Policy(policy)),
            };
        };
        let outline = &self.world.outlines[policy.0 as usize];
        let mut found = find(outline, &reference.path, reference.policy.is_some());
        let documents = match (reference.policy, reference.path.as_slice(), reference.rule) {
            (None, [id], None) => outline.related.iter().position(|known| known.text == id.text),
            _ => None,
        };
        if found.is_empty() && documents.is_none() {
            found = find_former(outline, &reference.path);
        }
        match (found.as_slice(), documents) {
            ([], Some(document)) => Some(Target::Related(document as u32)),
            ([block], None) => match reference.rule {
                Some(rule) => self.rule_in(reference, policy, Some(*block), rule),
                None => Some(Target::Block(policy, BlockIdx(*block))),
            },
            ([], None) => {
                if !self.world.lost.has(last.text) {
                    let finding = self.unknown_block(reference, policy, last);
                    self.findings.push(finding);
                }
                None
            }
            (several, document) => {
                // A head without an id, or an id given twice, has been reported; until it is mended there is no longer
                // path to advise.
                if !several.iter().any(|&block| outline.path(block).contains('~')) {
                    let finding = self.ambiguous(reference, policy, several, document);
                    self.findings.push(finding);
                }
                None
            }
        }
    }

    /// The policy with this id: of the organisation named, else of this policy's own, else the only one there is.
    fn policy_named(&mut self, reference: &Reference<'s>, name: Word<'s>) -> Option<PolicyId> {
        let world = self.world;
        let all = world.by_id.get(name.text).map_or(&[][..], Vec::as_slice);
        let of = |organisation: Option<&str>| {
            let same =
                |id: &&PolicyId| world.outlines[id.0 as usize].organisation.map(|word| word.text) == organisation;
            all.iter().find(same).copied()
        };
        let found = match reference.organisation {
            Some(organisation) => of(Some(organisation.text)),
            None => of(world.outlines[self.policy.0 as usize].organisation.map(|word| word.text)).or(match all {
                [one] => Some(*one),
                _ => None,
            }),
        };
        if found.is_some() || world.lost.has(name.text) {
            return found;
        }
        let whole = match reference.organisation {
            Some(organisation) => organisation.span.to(name.span),
            None => name.span,
        };
        let written = self.world.sources.text(whole);
        let keys = all.iter().map(|id| world.keys[id.0 as usize].as_str());
        let finding = match (reference.organisation, all) {
            (_, []) => {
                let finding = Finding::new("unknown-reference", whole, format!("there is no policy `{written}`"));
                let ids = world.outlines.iter().filter_map(|outline| outline.ast.id.map(|id| id.text));
                suggest(finding, name.span, &closest(name.text, ids), || {
                    "a document outside the collection is named in the header: `related ID \"Title\"`".to_owned()
                })
            }
            (Some(_), _) => {
                let keys: Vec<&str> = keys.collect();
                let finding = Finding::new("unknown-reference", whole, format!("there is no policy `{written}`"));
                suggest(finding, whole, &keys, String::new)
            }
            (None, _) => {
                let told: Vec<String> = keys.map(|key| format!("`@{key}:`")).collect();
                let message = format!("`{written}` can be the policy of more than one organisation");
                Finding::new("ambiguous-reference", whole, message).help(format!("write {}", joined(&told, "or")))
            }
        };
        self.findings.push(finding);
        None
    }

    fn rule_in(
        &mut self,
        reference: &Reference<'s>,
        policy: PolicyId,
        block: Option<u32>,
        name: Word<'s>,
    ) -> Option<Target> {
        let outline = &self.world.outlines[policy.0 as usize];
        if let Some(index) = outline.rule(block, name.text) {
            return Some(Target::Rule(RuleId { policy, index }));
        }
        if self.world.lost.has(name.text) {
            return None;
        }
        let place = match block {
            Some(block) => format!("`{}`", outline.path(block)),
            None => "the policy itself".to_owned(),
        };
        let finding = if name.text.bytes().all(|byte| byte.is_ascii_digit()) {
            Finding::new("unknown-reference", name.span, "a rule without a name cannot be referred to")
                .help("give the rule a name, `rule NAME: …`, and refer to that: a place changes when a rule is added")
        } else {
            let finding =
                Finding::new("unknown-reference", name.span, format!("there is no rule `{}` in {place}", name.text));
            let nearest = closest(name.text, outline.names_in(block));
            let elsewhere: Vec<u32> = outline.rules_named(name.text).filter_map(|(block, _)| block).collect();
            match (nearest.is_empty(), elsewhere.as_slice()) {
                (true, [one]) => {
                    let text = format!("@{}{}#{}", prefix(reference), outline.path(*one), name.text);
                    finding.help(format!("did you mean `{text}`?")).fix(format!("write `{text}`"), reference.span, text)
                }
                _ => suggest(finding, name.span, &nearest, || {
                    "only a rule with a name can be referred to: `rule NAME: …`".to_owned()
                }),
            }
        };
        self.findings.push(finding);
        None
    }

    fn unknown_block(&self, reference: &Reference<'s>, policy: PolicyId, last: Word<'s>) -> Finding {
        let outline = &self.world.outlines[policy.0 as usize];
        let path = written_path(reference);
        let span = path_span(reference, last);
        let place = match reference.policy {
            Some(name) => format!("in the policy `{}`", name.text),
            None => "in this policy".to_owned(),
        };
        let finding = Finding::new("unknown-reference", span, format!("there is no block `{path}` {place}"));
        if let Some((id, _)) = outline.withdrawn.iter().find(|(id, parent)| {
            let full = outline.full_path(id.text, *parent);
            full == path || full.ends_with(&format!("/{path}"))
        }) {
            return finding
                .and(id.span, "withdrawn here")
                .help("the clause was withdrawn: take the reference out, or name what replaces it");
        }
        let mut named = outline.rules_named(last.text);
        if let (Some((Some(block), _)), None, None) = (named.next(), named.next(), reference.rule) {
            let text = format!("{}#{}", outline.path(block), last.text);
            let help = format!("`{}` is a rule: write `@{}{text}`", last.text, prefix(reference));
            return finding.help(help).fix(format!("write `{text}`"), span, text);
        }
        // A path with a wrong turning: its last id may still say what was meant.
        let same: Vec<String> = outline.with_id(last.text).map(|block| outline.path(block)).collect();
        let nearest: Vec<String> = if same.is_empty() {
            let ids = closest(
                last.text,
                outline.ids().chain(
                    outline
                        .related
                        .iter()
                        .filter(|_| reference.path.len() == 1 && reference.policy.is_none())
                        .map(|id| id.text),
                ),
            );
            let short = |id: &&str| match reference.path.split_last() {
                Some((_, first)) if !first.is_empty() => {
                    let mut blocks = outline.with_id(id);
                    let (first, further) = (blocks.next(), blocks.next());
                    first.filter(|_| further.is_none()).map_or_else(|| (*id).to_owned(), |block| outline.path(block))
                }
                _ => (*id).to_owned(),
            };
            ids.iter().map(short).collect()
        } else {
            same
        };
        let nearest: Vec<&str> = nearest.iter().map(String::as_str).collect();
        suggest(finding, span, &nearest, || {
            "name a section, annex or clause by its id; a document outside is named in the header: `related ID \"Title\"`".to_owned()
        })
    }

    fn ambiguous(
        &self,
        reference: &Reference<'s>,
        policy: PolicyId,
        blocks: &[u32],
        document: Option<usize>,
    ) -> Finding {
        let outline = &self.world.outlines[policy.0 as usize];
        let path = written_path(reference);
        let mut told: Vec<String> = Vec::new();
        for &block in blocks.iter().take(MOST) {
            let full = outline.path(block);
            // A block of the policy itself has no longer path; with the policy before it, it is told in full.
            told.push(match (full.contains('/'), reference.policy, outline.ast.id) {
                (false, None, Some(id)) => format!("`@{}:{full}`", id.text),
                _ => format!("`@{}{full}`", prefix(reference)),
            });
        }
        if blocks.len() > MOST {
            told.push(format!("one of {} others", blocks.len() - MOST));
        }
        let span = reference.path.last().map_or(reference.span, |last| path_span(reference, *last));
        let document = document.and_then(|index| outline.related.get(index));
        told.extend(document.map(|_| "the related document".to_owned()));
        let mut finding =
            Finding::new("ambiguous-reference", span, format!("`@{path}` can mean {}", joined(&told, "or")))
                .help("write the longer path of the one that is meant");
        for place in blocks.iter().take(MOST).filter_map(|&block| outline.blocks[block as usize].id) {
            finding = finding.and(place.span, "it can mean this");
        }
        document.into_iter().fold(finding, |finding, id| finding.and(id.span, "it can mean this document"))
    }
}

/// The blocks a path can lead to by their present ids. A path that reads from the policy down (one of several ids, or one
/// after a policy) leads to the block that has it in full, else, like an id alone, to every block whose path ends so.
fn find(outline: &Outline<'_, '_>, path: &[Word<'_>], in_full: bool) -> Vec<u32> {
    let Some((last, above)) = path.split_last() else { return Vec::new() };
    let mut found = Vec::new();
    for block in outline.with_id(last.text).filter(|&block| outline.blocks[block as usize].copy == 1) {
        let Some(top) = climb(outline, outline.blocks[block as usize].parent, above, false) else { continue };
        if top.is_none() && (in_full || !above.is_empty()) {
            return vec![block];
        }
        found.push(block);
    }
    found
}

/// The blocks a path can lead to by ids or places that they, or the blocks around them, had before.
fn find_former(outline: &Outline<'_, '_>, path: &[Word<'_>]) -> Vec<u32> {
    let Some((last, above)) = path.split_last() else { return Vec::new() };
    let mut found: Vec<u32> = Vec::new();
    for &(was, block) in &outline.was {
        let mut ids = was.text.rsplit('/');
        if ids.next() != Some(last.text) {
            continue;
        }
        let fits = if was.text.contains('/') {
            above.iter().rev().all(|id| ids.next() == Some(id.text))
        } else {
            climb(outline, outline.blocks[block as usize].parent, above, true).is_some()
        };
        if fits {
            found.push(block);
        }
    }
    if !outline.was.is_empty() {
        let present = outline.with_id(last.text);
        found.extend(
            present.filter(|&block| climb(outline, outline.blocks[block as usize].parent, above, true).is_some()),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Climbs from `from` by the ids of a path, the innermost last; answers the block above the outermost of them, and
/// `None` where the path leads elsewhere.
fn climb(outline: &Outline<'_, '_>, from: Option<u32>, path: &[Word<'_>], former: bool) -> Option<Option<u32>> {
    let mut at = from;
    for id in path.iter().rev() {
        let block = at?;
        let place = &outline.blocks[block as usize];
        let present = place.id.is_some_and(|known| known.text == id.text);
        let before = || former && outline.was.iter().any(|(was, of)| *of == block && was.text == id.text);
        if !present && !before() {
            return None;
        }
        at = place.parent;
    }
    Some(at)
}

/// What stands before the path: nothing, or the policy with its colon.
fn prefix(reference: &Reference<'_>) -> String {
    match (reference.organisation, reference.policy) {
        (Some(organisation), Some(policy)) => format!("{}/{}:", organisation.text, policy.text),
        (None, Some(policy)) => format!("{}:", policy.text),
        _ => String::new(),
    }
}

fn written_path(reference: &Reference<'_>) -> String {
    let ids: Vec<&str> = reference.path.iter().map(|id| id.text).collect();
    ids.join("/")
}

fn path_span(reference: &Reference<'_>, last: Word<'_>) -> Span {
    reference.path.first().map_or(last.span, |first| first.span.to(last.span))
}
