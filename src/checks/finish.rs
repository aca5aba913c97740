//! From what every stage found to the list that is shown: severities, accepted findings, order.
//!
//! It finds nothing about the policies themselves; only accepts that expired or match nothing are found here.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::accepts::matching;
use super::{Context, Settings};
use crate::diagnostic::Finding;
use crate::source::FileId;

/// The findings of all stages, ready to be shown: those an `accept` covers are marked, accepts that no longer hold or
/// match nothing are added, each has its severity, those of checks that are off are gone, and they stand in the order
/// of path, place, check and message, each once.
pub fn finish(context: &Context<'_>, mut findings: Vec<Finding>, settings: &Settings) -> Vec<Finding> {
    // Duplicates go first, so that an accept is matched against what is shown.
    sort(&mut findings);
    matching::apply(context, &mut findings);
    findings.retain_mut(|finding| match settings.severity(finding.check) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    sort(&mut findings);
    gather(context, findings)
}

/// What the findings about one unknown name have in common: the check, the file where the name belongs to a policy alone,
/// and what is written with what is meant, or else the words.
type Told = (&'static str, Option<FileId>, String, Option<String>);

/// What a finding tells, where it is about a name that may be written in many places and wrong in one: where it is
/// declared.
fn told(context: &Context<'_>, finding: &Finding) -> Option<Told> {
    let file = match finding.check {
        "unknown-name" => None,
        "unknown-reference" => Some(finding.span().file),
        _ => return None,
    };
    let edit = match finding.fixes.as_slice() {
        [fix] => fix.edits.first(),
        _ => None,
    };
    let (written, meant) = match edit {
        Some(edit) => (one(context.sources.text(edit.span)), Some(one(&edit.text))),
        None => (finding.message.clone(), finding.help.clone()),
    };
    Some((finding.check, file, written, meant))
}

/// A name as an id in the singular: prose writes the same name with a capital, with blanks and in the plural.
fn one(name: &str) -> String {
    let id = name.to_lowercase().replace(' ', "-");
    id.strip_suffix('s').map_or(id.clone(), str::to_owned)
}

/// One finding for a name that is unknown in many places: it is one mistake, mended once. Each place stays in it, and its
/// fixes mend them all. What is accepted is left as it was decided on.
fn gather(context: &Context<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut gathered: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut first: HashMap<Told, usize> = HashMap::new();
    for finding in findings {
        let Some(told) = told(context, &finding).filter(|_| finding.accepted.is_none()) else {
            gathered.push(finding);
            continue;
        };
        match first.entry(told) {
            Entry::Vacant(place) => {
                place.insert(gathered.len());
                gathered.push(finding);
            }
            Entry::Occupied(place) => gathered[*place.get()].take_in(finding),
        }
    }
    gathered
}

fn sort(findings: &mut Vec<Finding>) {
    // Files are in path order, so that their ids sort as their paths do.
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| (finding.span().file, finding.span().start);
        place(a)
            .cmp(&place(b))
            .then_with(|| (a.check, &a.message).cmp(&(b.check, &b.message)))
            .then_with(|| spans(a).cmp(spans(b)))
    });
    findings.dedup_by(|a, b| a.check == b.check && a.message == b.message && a.labels == b.labels);
}

fn spans(finding: &Finding) -> impl Iterator<Item = crate::source::Span> {
    finding.labels.iter().map(|label| label.span)
}
