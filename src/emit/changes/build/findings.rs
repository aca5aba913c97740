//! Which findings are new and which are gone, and what could not be understood.
//!
//! A finding is the same on both sides if the same check says the same of the same rules; where it names no rule, of the
//! same words of the source. Lines and columns do not count.

use std::collections::BTreeMap;

use super::Given;
use crate::diagnostic::{Finding, export};
use crate::emit::changes::view::Damaged;

/// What a finding is known again by.
type Known<'a> = (&'a str, Option<&'a str>, Vec<&'a str>, &'a str, &'a str);

/// The findings that only the new side has, and those that only the old one had; accepted ones count as not there. Where
/// something of the new side is not understood, nobody can tell what is mended.
pub(super) fn compared(old: Given<'_>, new: Given<'_>) -> (Vec<export::Finding>, Vec<export::Finding>) {
    let is_understood = damaged(new).is_empty() && new.damaged.is_empty();
    (lacking(new, old), if is_understood { lacking(old, new) } else { Vec::new() })
}

/// The findings of one side that the other lacks, in their order.
fn lacking(one: Given<'_>, other: Given<'_>) -> Vec<export::Finding> {
    let mut theirs: BTreeMap<Known<'_>, usize> = BTreeMap::new();
    for finding in other.findings.iter().filter(|finding| finding.accepted.is_none()) {
        *theirs.entry(known(other, finding)).or_default() += 1;
    }
    let mut lacking = Vec::new();
    for finding in one.findings.iter().filter(|finding| finding.accepted.is_none()) {
        match theirs.get_mut(&known(one, finding)).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => lacking.push(export::Finding::new(finding, one.sources)),
        }
    }
    lacking
}

fn known<'a>(given: Given<'a>, finding: &'a Finding) -> Known<'a> {
    let rules: Vec<&str> = finding.rules.iter().map(String::as_str).collect();
    if !rules.is_empty() {
        return (finding.check, finding.relation, rules, "", "");
    }
    let place = finding.labels.first().map(|label| given.sources.text(label.span)).unwrap_or_default();
    (finding.check, finding.relation, rules, &finding.message, place)
}

/// The places of a side that could not be understood.
pub(super) fn damaged(given: Given<'_>) -> Vec<Damaged> {
    let unread = given.findings.iter().filter(|finding| finding.check == "syntax");
    let place = |finding: &Finding| {
        let label = finding.labels.first()?;
        let at = given.sources.positions(label.span).0.into();
        let path = given.sources.file(label.span.file).name().to_owned();
        Some(Damaged { path, message: finding.message.clone(), at: Some(at) })
    };
    unread.filter_map(place).collect()
}
