//! Decisions to live with what rules mean together: they match from either side, and across policies.

use clausal::checks::{self, Context, Settings};
use clausal::diagnostic::{Family, Severity};

use super::compiled;

const P: &str = r#"policy p "P" { organisation north version "1" status draft owner headteacher }
ACCEPT-P
clause one {
  ACCEPT-ONE
  rule staff may use phone when time is noon
}
clause other {
  ACCEPT-OTHER
  rule a: staff must keep own-phone
}
clause two {
  ACCEPT-TWO
  rule b: staff must not use phone when outside
}
"#;

const Q: &str = r#"policy q "Q" { organisation ORGANISATION version "1" status draft owner headteacher }
clause ban {
  ACCEPT-BAN
  rule teacher must not use own-phone
}
"#;

/// The findings about norms and accepts, accepted ones with a star, with one `accept` put in.
fn found(place: &str, accept: &str, organisation: &str, as_one: bool, settings: &Settings) -> Vec<String> {
    let put = |text: &str| {
        let text = text.replace("ORGANISATION", organisation).replace(place, accept);
        text.lines().filter(|line| !line.trim().starts_with("ACCEPT-")).collect::<Vec<_>>().join("\n")
    };
    let compiled = compiled(&[("b.policy", &put(P)), ("c.policy", &put(Q))]);
    let context = Context::new(&compiled.collection, &compiled.sources, None, &compiled.findings)
        .as_one(as_one)
        .weighed_by(settings);
    let findings = checks::finish(&context, checks::run(&context), settings);
    let asked = findings.iter().filter(|finding| {
        let family = checks::find(finding.check).map(|check| check.info.family);
        matches!(family, Some(Family::Norms | Family::Accepts))
    });
    let told = asked.map(|it| format!("{}{}", it.check, if it.accepted.is_some() { "*" } else { "" }));
    told.collect()
}

fn at(place: &str, accept: &str) -> Vec<String> {
    let accept = format!("accept {accept} because \"we live with it\"");
    found(place, &accept, "north", false, &Settings::default())
}

#[test]
fn a_decision_stands_on_either_side() {
    // Clause one against two of its own policy, and against the other policy.
    let plain = found("", "", "north", false, &Settings::default());
    assert_eq!(plain, ["contradiction", "unranked-rules"]);
    let unranked = ["contradiction", "unranked-rules*"];
    assert_eq!(at("ACCEPT-ONE", "unranked-rules with @two"), unranked);
    assert_eq!(at("ACCEPT-ONE", "unranked-rules with @two#b"), unranked);
    assert_eq!(at("ACCEPT-TWO", "unranked-rules with @one"), unranked);
    assert_eq!(at("ACCEPT-TWO", "unranked-rules"), unranked);
    assert_eq!(at("ACCEPT-P", "unranked-rules"), unranked);
    assert_eq!(at("ACCEPT-ONE", "unranked-rules with @other"), ["unused-accept", "contradiction", "unranked-rules"]);
    assert_eq!(at("ACCEPT-OTHER", "unranked-rules"), ["contradiction", "unranked-rules", "unused-accept"]);
}

#[test]
fn a_decision_names_a_rule_of_another_policy() {
    let contradiction = ["contradiction*", "unranked-rules"];
    assert_eq!(at("ACCEPT-ONE", "contradiction with @q:ban"), contradiction);
    assert_eq!(at("ACCEPT-ONE", "contradiction with @q:"), contradiction);
    assert_eq!(at("ACCEPT-BAN", "contradiction with @p:one"), contradiction);
    assert_eq!(at("ACCEPT-BAN", "contradiction with @p:two"), ["contradiction", "unranked-rules", "unused-accept"]);
}

#[test]
fn what_only_shows_in_another_run_is_not_called_unused() {
    let accept = "accept contradiction with @q:ban because \"they may merge\"";
    let found = |as_one, settings: &Settings| found("ACCEPT-ONE", accept, "south", as_one, settings);
    let mut settings = Settings::default();
    assert_eq!(found(false, &settings), ["unranked-rules"]);
    assert_eq!(found(true, &settings), ["contradiction*", "unranked-rules"]);
    for check in checks::ALL.iter().filter(|check| check.info.family == Family::Norms) {
        settings.set(check.info.name, None).expect("a check of norms can be turned off");
    }
    assert_eq!(found(true, &settings), Vec::<String>::new());
    settings.set("contradiction", Some(Severity::Note)).expect("and on");
    assert_eq!(found(true, &settings), ["contradiction*"]);
}
