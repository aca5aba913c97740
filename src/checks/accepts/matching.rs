//! Which finding an `accept` of the sources covers.
//!
//! An accept covers the findings of its check that lie in its block, or that name its block or something in it; one in
//! the policy itself covers its whole file. Where it says `with @REF`, another side of the finding must lie there too.
//! It judges no finding; what becomes of accepts that cover nothing or no longer hold is told by their own checks.

use super::{expired_accept, unused_accept};
use crate::checks::{Context, find, nearest};
use crate::diagnostic::{Acceptance, Family, Finding};
use crate::model::{Accept, Parent, Policy, PolicyId, Target};
use crate::source::{FileId, Span};

/// Marks the accepted findings, and adds those about the accepts themselves.
pub fn apply(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let sides = Sides::of(findings);
    let mut more = Vec::new();
    let mut decisions: Vec<(usize, Acceptance)> = Vec::new();
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
            let here = region_of(policy, accept.block);
            let there = accept.with.map(|with| region_of_target(context, id, with));
            // Where two places are named, a finding must lie in both: the one after `with` is mostly the smaller.
            let mut covered = sides.under(check.info.name, there.as_ref().unwrap_or(&here));
            covered.retain(|&at| covers(&here, there.as_ref(), &findings[at]));
            let Some(&first) = covered.first() else {
                more.extend(unused_accept::finding(context, policy, accept));
                continue;
            };
            if let Some(expired) = expired_accept::finding(context, accept, &findings[first]) {
                more.push(expired);
                continue;
            }
            let by = accept.by.map(|word| context.collection.vocabulary.word(word).label.clone());
            let decision = Acceptance {
                because: accept.because.clone(),
                by,
                until: accept.until.map(|(date, _)| date.to_string()),
                span: accept.span,
            };
            decisions.extend(covered.into_iter().map(|at| (at, decision.clone())));
        }
    }
    for (at, decision) in decisions {
        // The first decision is the one that is told.
        findings[at].accepted.get_or_insert(decision);
    }
    findings.append(&mut more);
}

/// The sides of all findings, sorted, so that an accept need look only at the findings in its own place.
struct Sides<'f> {
    places: Vec<(&'static str, FileId, u32, usize)>,
    keys: Vec<(&'static str, &'f str, usize)>,
}

impl<'f> Sides<'f> {
    fn of(findings: &'f [Finding]) -> Self {
        let mut sides = Sides { places: Vec::new(), keys: Vec::new() };
        for (at, finding) in findings.iter().enumerate() {
            let places = finding.labels.iter().map(|label| (finding.check, label.span.file, label.span.start, at));
            sides.places.extend(places);
            let keys = finding.rules.iter().chain(&finding.about).map(|key| (finding.check, key.as_str(), at));
            sides.keys.extend(keys);
        }
        sides.places.sort_unstable();
        sides.keys.sort_unstable();
        sides
    }

    /// The findings of a check with a side that begins in a region, in order; not all of them need lie in it whole.
    fn under(&self, check: &str, region: &Region<'_>) -> Vec<usize> {
        let Region { place, key } = region;
        let first = self.places.partition_point(|side| (side.0, side.1, side.2) < (check, place.file, place.start));
        let places = self.places[first..]
            .iter()
            .take_while(|side| (side.0, side.1) == (check, place.file) && side.2 <= place.end)
            .map(|side| side.3);
        // Keys that begin alike stand together.
        let first = self.keys.partition_point(|side| (side.0, side.1) < (check, key));
        let keys =
            self.keys[first..].iter().take_while(|side| side.0 == check && side.1.starts_with(key)).map(|side| side.2);
        let mut under: Vec<usize> = places.chain(keys).collect();
        under.sort_unstable();
        under.dedup();
        under
    }
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

/// Whether a side of the finding lies here and, where a second place is named, another side there.
fn covers(here: &Region<'_>, there: Option<&Region<'_>>, finding: &Finding) -> bool {
    let sides: Vec<Side<'_>> = finding
        .labels
        .iter()
        .map(|label| Side::Place(label.span))
        .chain(finding.rules.iter().chain(&finding.about).map(|key| Side::Key(key)))
        .collect();
    let Some(there) = there else { return sides.iter().any(|side| here.holds(*side)) };
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
