//! Which finding an `accept` of the sources covers.
//!
//! An accept covers the findings of its check that lie in its block, or that name its block or something in it; one in
//! the policy itself covers its whole file. Where it says `with @REF`, another side of the finding must lie there too.
//! It judges no finding; what becomes of accepts that cover nothing or no longer hold is told by their own checks.

use std::collections::{BTreeMap, BTreeSet};

use super::{expired_accept, unused_accept};
use crate::checks::{Context, find, nearest};
use crate::diagnostic::{Acceptance, Family, Finding};
use crate::model::{Accept, Parent, Policy, PolicyId, Target};
use crate::source::{FileId, Span};

/// Marks the accepted findings, and adds those about the accepts themselves.
pub fn apply(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let homes = homes(findings);
    let mut more = Vec::new();
    for (id, policy) in context.collection.policies() {
        for accept in &policy.accepts {
            let Some(check) = find(&accept.check) else {
                more.push(unknown(accept));
                continue;
            };
            if matches!(check.info.family, Family::Syntax | Family::Accepts) {
                more.push(unused_accept::never(accept));
                continue;
            }
            let at_home = [Home::File(policy.span.file), Home::Policy(policy.key.clone())];
            let candidates: BTreeSet<usize> =
                at_home.into_iter().filter_map(|home| homes.get(&(check.info.name, home))).flatten().copied().collect();
            let covered: Vec<usize> =
                candidates.into_iter().filter(|&at| covers(context, id, policy, accept, &findings[at])).collect();
            if covered.is_empty() {
                more.extend(unused_accept::finding(context, policy, accept));
            } else if let Some(expired) = expired_accept::finding(context, accept, &findings[covered[0]]) {
                more.push(expired);
            } else {
                for at in covered {
                    let by = accept.by.map(|word| context.collection.vocabulary.word(word).label.clone());
                    // The first decision is the one that is told.
                    findings[at].accepted.get_or_insert_with(|| Acceptance {
                        because: accept.because.clone(),
                        by,
                        until: accept.until.map(|(date, _)| date.to_string()),
                        span: accept.span,
                    });
                }
            }
        }
    }
    findings.append(&mut more);
}

/// Where the sides of a finding are at home: an accept need look at the findings of its own policy only.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    File(FileId),
    Policy(String),
}

fn homes(findings: &[Finding]) -> BTreeMap<(&'static str, Home), Vec<usize>> {
    let mut homes: BTreeMap<(&'static str, Home), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        let files = finding.labels.iter().map(|label| Home::File(label.span.file));
        let keys = finding.rules.iter().chain(&finding.about);
        let policies = keys.map(|key| Home::Policy(key.split([':', '#']).next().unwrap_or_default().to_owned()));
        for home in files.chain(policies) {
            homes.entry((finding.check, home)).or_default().push(index);
        }
    }
    homes
}

fn unknown(accept: &Accept) -> Finding {
    let finding = Finding::new("unknown-name", accept.check_span, format!("`{}` is not a check", accept.check));
    match nearest(&accept.check) {
        Some(near) => {
            finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), accept.check_span, near)
        }
        None => finding.help("`clausal explain` lists the checks; the name stands in brackets in every finding"),
    }
}

/// One side of a finding: a place, or the key of a rule, block or policy.
#[derive(Clone, Copy, PartialEq)]
enum Side<'f> {
    Place(Span),
    Key(&'f str),
}

/// Where a side must lie.
struct Region<'m> {
    /// In this place.
    place: Span,
    /// Or under this key.
    key: &'m str,
}

fn covers(context: &Context<'_>, id: PolicyId, policy: &Policy, accept: &Accept, finding: &Finding) -> bool {
    let here = region_of(policy, accept.block);
    let sides: Vec<Side<'_>> = finding
        .labels
        .iter()
        .map(|label| Side::Place(label.span))
        .chain(finding.rules.iter().chain(&finding.about).map(|key| Side::Key(key)))
        .collect();
    let Some(with) = accept.with else { return sides.iter().any(|side| here.holds(*side)) };
    let there = region_of_target(context, id, with);
    sides.iter().enumerate().any(|(first, side)| {
        here.holds(*side) && sides.iter().enumerate().any(|(other, side)| first != other && there.holds(*side))
    })
}

impl Region<'_> {
    fn holds(&self, side: Side<'_>) -> bool {
        match side {
            Side::Place(span) => {
                span.file == self.place.file && self.place.start <= span.start && span.end <= self.place.end
            }
            Side::Key(key) => {
                key.strip_prefix(self.key).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '#']))
            }
        }
    }
}

fn region_of(policy: &Policy, block: Parent) -> Region<'_> {
    match block {
        Some(block) => {
            let block = policy.block(block);
            Region { place: block.span, key: &block.key }
        }
        // The policy itself is its whole file, header and vocabulary included.
        None => Region { place: Span { start: 0, end: u32::MAX, ..policy.span }, key: &policy.key },
    }
}

fn region_of_target<'m>(context: &Context<'m>, from: PolicyId, target: Target) -> Region<'m> {
    let collection = context.collection;
    match target {
        Target::Policy(policy) => region_of(collection.policy(policy), None),
        Target::Block(policy, block) => region_of(collection.policy(policy), Some(block)),
        Target::Rule(rule) => {
            let rule = collection.rule(rule);
            Region { place: rule.span, key: &rule.key }
        }
        Target::Related(index) => {
            let related = &collection.policy(from).related[index as usize];
            Region { place: related.span, key: &related.id }
        }
    }
}
