//! What would clash if the schools of the example policies became one trust: held by a golden file, and the clashes on
//! personal use by name.

use std::fmt::Write;

use clausal::checks;
use clausal::diagnostic::{Family, Finding, Severity};

use super::collection::{check_as_one, policies};

/// What is found in the example policies when every one of them speaks for all schools, and nobody has accepted it.
fn as_one() -> Vec<Finding> {
    let mut findings = check_as_one(policies()).findings;
    findings.retain(|finding| finding.accepted.is_none());
    findings
}

/// For each finding its check, the rules by policy and clause, and the situation that shows it.
fn told(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        let _ = writeln!(out, "{}", finding.check);
        for rule in &finding.rules {
            let _ = writeln!(out, "  {rule}");
        }
        if let Some(witness) = &finding.witness {
            let _ = writeln!(out, "  > {}", witness.sentence);
        }
    }
    out
}

#[test]
fn what_would_clash_in_one_trust_is_known() {
    super::golden::golden("policies/as-one.txt", &told(&as_one()));
}

/// Occasional personal use in working hours, which one of the trusts permits, is forbidden in three ways by the others.
#[test]
fn personal_use_permitted_in_one_trust_and_forbidden_in_three_is_found() {
    let findings = as_one();
    let permitted = "fairfield-trust/social-media:personal-use/occasional-use#occasional";
    let forbidden = [
        "catholic-umbrella-trust/social-media:introduction/on-site#on-site",
        "bitterne-mansel-sinclair/social-media:policy-statement/no-access#no-access",
        "bitterne-mansel-sinclair/social-media:policy-statement/eligibility/own-equipment#no-school-equipment",
        "cardinal-heenan/social-media:use/personal-use#personal",
    ];
    for forbidden in forbidden {
        let clash = findings.iter().find(|finding| finding.rules == [permitted, forbidden]);
        let clash = clash.unwrap_or_else(|| panic!("no clash of {permitted} with {forbidden}"));
        assert_eq!(clash.check, "contradiction");
        let witness = clash.witness.as_ref().expect("a contradiction has a witness");
        assert!(witness.sentence.contains("using social media for personal purposes, in working hours"), "{witness:?}");
    }
}

/// Each policy by itself is free of them: they come from taking the trusts as one.
#[test]
fn no_two_trusts_clash_while_each_speaks_for_itself() {
    let checked = super::collection::check(policies(), None);
    let across = checked.findings.iter().find(|finding| {
        let mut policies = finding.rules.iter().filter_map(|rule| rule.split_once(':')).map(|(policy, _)| policy);
        policies.next().is_some_and(|first| policies.any(|policy| policy != first))
    });
    assert!(across.is_none(), "{across:?}");
}

/// The README of the policies tells how much is found, alone and as one.
#[test]
fn the_readme_counts_what_is_found() {
    let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/README.md");
    let readme = std::fs::read_to_string(readme).expect("it is there").replace('\n', " ");
    let findings = as_one();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    let is_norm =
        |finding: &&Finding| checks::find(finding.check).is_some_and(|check| check.info.family == Family::Norms);
    let accepted = super::collection::check(policies(), None).findings.iter().filter(is_norm).count();
    for told in [format!("{errors} errors and {warnings} warnings"), format!("finds {accepted} things in the rules")] {
        assert!(readme.contains(&told), "policies/README.md does not say `{told}`");
    }
}
