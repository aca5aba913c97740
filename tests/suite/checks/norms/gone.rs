//! Every edit that is offered, made on sources as they are analysed: what it was offered for is gone.

use std::collections::BTreeSet;

use clausal::checks::{self, Context};
use clausal::diagnostic::{Family, Finding};
use clausal::model::{Collection, RuleId};
use clausal::source::SourceFile;

use super::super::{Page, files};
use super::edited;
use crate::suite::compiled::{Compiled, policies};

/// What the checks of norms find.
fn found(compiled: &Compiled, as_one: bool) -> Vec<Finding> {
    let context = Context::new(&compiled.collection, &compiled.sources, None, &compiled.findings).as_one(as_one);
    let is_norm =
        |finding: &Finding| checks::find(finding.check).is_some_and(|check| check.info.family == Family::Norms);
    checks::run(&context).into_iter().filter(is_norm).collect()
}

/// A finding without its words: its check and its rules by their places, which no edit changes.
fn gist(collection: &Collection, finding: &Finding) -> (&'static str, Vec<RuleId>) {
    let place = |key: &String| collection.rules().find(|(_, rule)| rule.key == *key).expect("a rule has this key").0;
    (finding.check, finding.rules.iter().map(place).collect())
}

/// What reading and resolving find.
fn messages(compiled: &Compiled) -> Vec<&str> {
    compiled.findings.iter().map(|finding| finding.message.as_str()).collect()
}

/// Makes every edit offered; answers how many there were.
fn try_all(sources: Vec<SourceFile>, as_one: bool) -> usize {
    let compiled = Compiled::from(sources);
    let mut tried = 0;
    for finding in found(&compiled, as_one) {
        let before = gist(&compiled.collection, &finding);
        for fix in &finding.fixes {
            let after = edited(&compiled.sources, &fix.edits);
            assert_eq!(messages(&after), messages(&compiled), "{}", fix.title);
            let left: BTreeSet<_> =
                found(&after, as_one).iter().map(|finding| gist(&after.collection, finding)).collect();
            assert!(!left.contains(&before), "{} is still found after: {}", finding.message, fix.title);
            tried += 1;
        }
    }
    tried
}

#[test]
fn an_edit_settles_what_it_is_offered_for() {
    let mut tried = 0;
    for check in checks::ALL.iter().filter(|check| check.info.family == Family::Norms) {
        for as_one in [false, true] {
            tried += try_all(files(&Page::of(check).wrong), as_one);
        }
    }
    assert!(tried >= 16, "{tried} edits were tried");
}

#[test]
fn an_edit_settles_what_it_is_offered_for_in_the_example_policies() {
    assert!(try_all(policies(), true) >= 10);
}
