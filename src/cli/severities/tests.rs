//! Which name wins over which.

use super::*;

const CHECKS: [CheckInfo; 4] = [
    check("syntax", Family::Syntax, Some(Severity::Error)),
    check("unused-word", Family::Names, Some(Severity::Warning)),
    check("unknown-name", Family::Names, Some(Severity::Error)),
    check("review-overdue", Family::Governance, Some(Severity::Warning)),
];

const fn check(name: &'static str, family: Family, severity: Option<Severity>) -> CheckInfo {
    CheckInfo { name, point: "", family, severity, page: "" }
}

fn options(deny: &[&str], warn: &[&str], allow: &[&str]) -> Levels {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Levels { deny: owned(deny), warn: owned(warn), allow: owned(allow) }
}

#[track_caller]
fn assert_severities(settings: &[(&str, Level)], options: &Levels, expected: [Option<Severity>; 4]) {
    let settings: Vec<_> = settings.iter().map(|(name, level)| ((*name).to_owned(), *level)).collect();
    let severities = Names::new(CHECKS).severities(&settings, options).expect("these names are known");
    assert_eq!(CHECKS.map(|check| severities[check.name]), expected);
}

const ERROR: Option<Severity> = Some(Severity::Error);
const WARNING: Option<Severity> = Some(Severity::Warning);
const NOTE: Option<Severity> = Some(Severity::Note);

#[test]
fn without_a_word_the_defaults_hold() {
    assert_severities(&[], &options(&[], &[], &[]), [ERROR, WARNING, ERROR, WARNING]);
}

#[test]
fn the_narrower_name_wins() {
    let settings =
        [("all", Level::Off), ("names", Level::As(Severity::Note)), ("unknown-name", Level::As(Severity::Warning))];
    assert_severities(&settings, &options(&[], &[], &[]), [ERROR, NOTE, WARNING, None]);
    assert_severities(&[], &options(&["unused-word"], &[], &["names"]), [ERROR, ERROR, None, WARNING]);
}

#[test]
fn an_option_wins_over_the_settings() {
    let settings = [("review-overdue", Level::Off)];
    assert_severities(&settings, &options(&["all"], &[], &[]), [ERROR, ERROR, ERROR, ERROR]);
}

#[test]
fn warnings_are_those_that_would_be() {
    let settings = [("unused-word", Level::As(Severity::Note))];
    assert_severities(&settings, &options(&["warnings"], &[], &[]), [ERROR, NOTE, ERROR, ERROR]);
    assert_severities(&[], &options(&["warnings"], &["review-overdue"], &[]), [ERROR, ERROR, ERROR, WARNING]);
    assert_severities(&[], &options(&[], &[], &["warnings"]), [ERROR, None, ERROR, None]);
}

#[test]
fn what_cannot_be_read_stays_an_error() {
    assert_severities(&[], &options(&[], &[], &["all"]), [ERROR, None, None, None]);
    let failure = Names::new(CHECKS).severities(&[], &options(&[], &[], &["syntax"])).expect_err("it may not");
    assert_eq!(failure.message, "--allow syntax: findings of `syntax` are always errors");
}

#[test]
fn a_misspelt_name_gets_a_suggestion() {
    let failure = Names::new(CHECKS).severities(&[], &options(&["reveiw-overdue"], &[], &[])).expect_err("unknown");
    assert_eq!(failure.message, "--deny reveiw-overdue: `reveiw-overdue` is not a check");
    assert_eq!(failure.help.as_deref(), Some("did you mean `review-overdue`?"));
}

#[test]
fn two_options_may_not_disagree() {
    let failure = Names::new(CHECKS).severities(&[], &options(&["names"], &[], &["names"])).expect_err("they do");
    assert_eq!(failure.message, "--allow names: another option says otherwise of `names`");
}
