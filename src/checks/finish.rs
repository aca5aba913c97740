//! From what every stage found to the list that is shown: severities, accepted findings, order.
//!
//! It finds nothing about the policies themselves; only accepts that expired or match nothing are found here.

use super::accepts::matching;
use super::{Context, Settings};
use crate::diagnostic::Finding;

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
    findings
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
