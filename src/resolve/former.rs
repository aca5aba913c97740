//! Ids and paths that were given up – by `was` or by `withdrawn` – and must not come to mean something else.

use std::collections::HashMap;

use super::outline::Outline;
use crate::diagnostic::Finding;
use crate::source::Span;

/// What is wrong with the former ids of a policy.
pub(super) fn check(outline: &Outline<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if outline.was.is_empty() && outline.withdrawn.is_empty() {
        return findings;
    }
    let mut current: HashMap<String, (u32, Span)> = HashMap::new();
    for (index, place) in outline.blocks.iter().enumerate() {
        if let Some(id) = place.id {
            current.entry(outline.path(index as u32)).or_insert((index as u32, id.span));
        }
    }
    let mut former: HashMap<String, Span> = HashMap::new();
    for (id, parent) in &outline.withdrawn {
        let path = outline.full_path(id.text, *parent);
        if let Some((_, again)) = current.get(&path) {
            findings.push(
                reused(*again, &path, "a withdrawn clause")
                    .and(id.span, "withdrawn here")
                    .help("give the new clause an id of its own: references to the old one must not lead to it"),
            );
        } else if let Some(before) = former.get(&path) {
            let message = format!("`{path}` is withdrawn twice");
            findings.push(
                Finding::new("duplicate-id", id.span, message).and(*before, "first here").help("take one of them out"),
            );
        }
        former.entry(path).or_insert(id.span);
    }
    for (written, block) in &outline.was {
        let path = outline.full_path(written.text, outline.blocks[*block as usize].parent);
        match current.get(&path) {
            Some((same, _)) if same == block => {
                let message = format!("`was {}` names the place that the block has now", written.text);
                findings.push(Finding::new("reused-id", written.span, message).help("take it out"));
            }
            Some((_, again)) => findings.push(
                reused(*again, &path, "another block")
                    .and(written.span, "kept alive here")
                    .help("give one of them another id: references to the old one must lead to one place"),
            ),
            None => {}
        }
        if let Some(before) = former.get(&path) {
            findings.push(
                reused(written.span, &path, "another block")
                    .and(*before, "given up here before")
                    .help("keep it in one place only"),
            );
        }
        former.entry(path).or_insert(written.span);
    }
    findings
}

fn reused(span: Span, path: &str, of: &str) -> Finding {
    Finding::new("reused-id", span, format!("`{path}` is the former id of {of}")).labelled("used again here")
}
