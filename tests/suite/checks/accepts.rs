//! Which findings an `accept` covers, and what becomes of one that covers none.

use clausal::checks::Settings;
use clausal::diagnostic::{Finding, Severity};
use clausal::model::PartialDate;
use clausal::source::Sources;

use super::{files, findings};

const HEAD: &str = "vocabulary school { organisation northgate party headteacher }
policy p \"P\" { organisation northgate version \"1\" status draft owner headteacher HEADER }
";

/// The findings of a policy with this header and body: check and place, accepted ones with a star.
fn found(header: &str, body: &str, as_of: Option<&str>) -> Vec<String> {
    told(&all(header, body, as_of, &Settings::default()))
}

fn all(header: &str, body: &str, as_of: Option<&str>, settings: &Settings) -> Vec<Finding> {
    let text = HEAD.replace("HEADER", header) + body;
    findings(&Sources::new(files(&text)), as_of.and_then(PartialDate::parse), settings)
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|it| format!("{}{}", it.check, if it.accepted.is_some() { "*" } else { "" })).collect()
}

const TWO_BLANKS: &str = "clause a { ACCEPT | The desk has [name]. }\nclause b { | So has [name]. }";

#[test]
fn an_accept_covers_its_block_and_no_other() {
    let accept = "accept left-over-placeholder because \"the name changes\"\n";
    let body = TWO_BLANKS.replace("ACCEPT ", accept).replace(" }", "\n}");
    assert_eq!(found("", &body, None), ["left-over-placeholder*", "left-over-placeholder"]);
}

#[test]
fn an_accept_of_the_policy_covers_its_whole_file() {
    let accept = "accept left-over-placeholder because \"the names change\"\n";
    let body = TWO_BLANKS.replace("ACCEPT ", "").replace(" }", "\n}");
    assert_eq!(found("", &format!("{accept}{body}"), None), ["left-over-placeholder*", "left-over-placeholder*"]);
    // The header and the vocabulary of its file are part of it.
    let unset = "accept unset-parameter because \"a model policy\"\nclause a {\n| It lies at {$desk}.\n}";
    assert_eq!(found("parameter desk \"the desk\"", unset, None), ["unset-parameter*"]);
}

#[test]
fn an_accept_with_another_place_asks_for_both() {
    let body = |with: &str| {
        format!(
            "clause a number \"1\" {{ accept duplicate-number with @{with} because \"both are quoted\" }}\n\
             clause b number \"1\" {{}}\nclause c number \"2\" {{}}"
        )
    };
    assert_eq!(found("", &body("b"), None), ["duplicate-number*"]);
    assert_eq!(found("", &body("c"), None), ["unused-accept", "duplicate-number"]);
}

#[test]
fn an_accept_holds_to_the_end_of_its_last_day() {
    let body =
        "clause a {\n| The desk has [name].\n accept left-over-placeholder because \"to be decided\" until 2026-09\n}";
    assert_eq!(found("", body, Some("2026-09-30")), ["left-over-placeholder*"]);
    assert_eq!(found("", body, Some("2026-10-01")), ["left-over-placeholder", "expired-accept"]);
    assert_eq!(found("", body, None), ["left-over-placeholder*"]);
    // One that has expired and matches nothing is told once, as what it is.
    let mended = body.replace("[name]", "somebody");
    assert_eq!(found("", &mended, Some("2026-10-01")), ["unused-accept"]);
}

#[test]
fn an_accept_names_a_check_whose_findings_can_be_accepted() {
    let unknown = all("", "accept left-over-placeholders because \"why\"", None, &Settings::default());
    assert_eq!(told(&unknown), ["unknown-name"]);
    assert_eq!(unknown[0].help.as_deref(), Some("did you mean `left-over-placeholder`?"));
    assert_eq!(unknown[0].fixes.len(), 1);
    assert_eq!(found("", "accept syntax because \"why\"", None), ["unused-accept"]);
    assert_eq!(found("", "accept unused-accept because \"why\"", None), ["unused-accept"]);
}

#[test]
fn nothing_is_called_unused_that_may_have_a_use_in_what_cannot_be_read() {
    let accept = "accept left-over-placeholder because \"why\"\n";
    assert_eq!(found("", accept, None), ["unused-accept"]);
    assert_eq!(found("", &format!("{accept}clause a {{ rul headteacher must }}"), None), ["syntax"]);
    let overdue = "accept review-overdue because \"why\"";
    // Without a day nothing is overdue, and the accept of it none the worse.
    assert_eq!(found("", overdue, None), Vec::<String>::new());
    assert_eq!(found("", overdue, Some("2026-01-01")), ["unused-accept"]);
}

#[test]
fn settings_give_severities_and_turn_checks_off() {
    let body = TWO_BLANKS.replace("ACCEPT ", "").replace(" }", "\n}");
    let mut settings = Settings::default();
    settings.set("left-over-placeholder", Some(Severity::Error)).unwrap();
    assert!(all("", &body, None, &settings).iter().all(|it| it.severity == Severity::Error));
    settings.set("left-over-placeholder", None).unwrap();
    assert_eq!(told(&all("", &body, None, &settings)), Vec::<String>::new());
    // The check runs all the same, so that an accept of its findings still has its use.
    let accepted = format!("accept left-over-placeholder because \"why\"\n{body}");
    assert_eq!(told(&all("", &accepted, None, &settings)), Vec::<String>::new());
}

#[test]
fn findings_stand_in_the_order_of_their_places_each_once() {
    let body = "clause a {\n| [one] TBC [two]\n}\nclause b number \"9\" {}\nclause c number \"4\" {}";
    let found = all("", body, None, &Settings::default());
    let places: Vec<_> = found.iter().map(|it| (it.span().file, it.span().start)).collect();
    assert_eq!(found.len(), 5);
    assert!(places.is_sorted());
}
