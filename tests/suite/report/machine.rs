//! The forms that programs read: workflow commands, JSON, SARIF.

use clausal::report::{Options, schema};
use clausal::source::Sources;
use serde_json::Value;

use super::{Case, cases};
use crate::suite::golden::golden;

const ALL: Options = Options { graphical: false, unicode: true, colour: false, width: 80, accepted: true };

#[test]
fn workflow_commands_are_escaped() {
    let case = cases::all().into_iter().find(|case| case.name == "control-characters").expect("the case");
    let command = case.github(&ALL);
    assert_eq!(command.lines().count(), 1, "{command}");
    assert!(
        command.starts_with("::error file=odd<U+001B>[2Jname%2C%25%3A.policy,line=2,endLine=2,col=15,endColumn=19,"),
        "{command}"
    );
    assert!(command.contains("title=syntax::`<U+001B>[31m` cannot stand%0A::error::here%0A"), "{command}");
}

#[test]
fn workflow_commands_are_as_in_the_golden_file() {
    let mut shown = String::new();
    for case in [cases::one_place(), cases::several_places(), cases::two_files(), cases::accepted(), cases::unranked()]
    {
        shown.push_str(&case.github(&ALL));
    }
    golden("report/github.txt", &shown);
}

#[test]
fn code_quality_reports_are_as_in_the_golden_file() {
    let mut shown = String::new();
    for case in [cases::two_files(), cases::accepted(), cases::unranked()] {
        shown.push_str(&case.gitlab(&ALL));
    }
    golden("report/gitlab.json", &shown);
}

#[test]
fn code_quality_reports_hold_what_gitlab_asks_for() {
    for case in cases::all() {
        let report = parsed(&case.gitlab(&ALL));
        let issues = report.as_array().expect("an array");
        assert_eq!(issues.len(), case.findings.len(), "{}", case.name);
        let mut fingerprints = Vec::new();
        for issue in issues {
            let text = |value: &Value| value.as_str().map(str::to_owned).expect("a text");
            assert!(!text(&issue["description"]).contains('\n') && !text(&issue["check_name"]).is_empty());
            assert!(["info", "minor", "major"].contains(&text(&issue["severity"]).as_str()));
            assert!(!text(&issue["location"]["path"]).is_empty());
            assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
            fingerprints.push(text(&issue["fingerprint"]));
        }
        fingerprints.sort();
        fingerprints.dedup();
        assert_eq!(fingerprints.len(), issues.len(), "{}: GitLab takes equal fingerprints for one finding", case.name);
    }
    let case = cases::accepted();
    let quiet = parsed(&case.gitlab(&Options { accepted: false, ..ALL }));
    let all = parsed(&case.gitlab(&ALL));
    let open = |report: &Value| report.as_array().map_or(0, Vec::len);
    assert!(open(&quiet) < open(&all));
    let kept = all.as_array().expect("an array").iter().find(|issue| issue["check_name"] == quiet[0]["check_name"]);
    assert_eq!(kept.map(|issue| &issue["fingerprint"]), Some(&quiet[0]["fingerprint"]));
}

#[test]
fn json_is_as_in_the_golden_files() {
    golden("report/findings-two-files.json", &cases::two_files().json());
    golden("report/findings-accepted.json", &cases::accepted().json());
}

#[test]
fn the_schema_is_the_one_checked_in() {
    let schema = serde_json::to_string_pretty(&schema()).expect("a schema is JSON") + "\n";
    golden("../schema/findings.schema.json", &schema);
}

#[test]
fn every_json_follows_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema of 2020-12");
    let mut cases = cases::all();
    cases.push(Case { name: "nothing", sources: cases::sources(&[]), findings: Vec::new() });
    for case in &cases {
        let document = parsed(&case.json());
        assert_valid(&validator, &document, case.name);
    }
    let mut wrong = parsed(&cases[0].json());
    wrong["findings"][0]["severity"] = "grave".into();
    assert!(!validator.is_valid(&wrong));
    let mut wrong = parsed(&cases[0].json());
    wrong["format"] = "clausal-policy".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn every_sarif_follows_the_standard() {
    let mut standard = parsed(include_str!("../../report/sarif-schema-2.1.0.json"));
    // Two patterns for languages have a bracket too many, which strict regular expressions refuse. No log of ours names
    // a language.
    for definition in ["run", "toolComponent"] {
        let language = &mut standard["definitions"][definition]["properties"]["language"]["pattern"];
        assert!(language.as_str().is_some_and(|pattern| pattern.ends_with("]?$")), "{language}");
        *language = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    let validator = jsonschema::draft7::new(&standard).expect("the standard's schema");
    for case in cases::all() {
        assert_valid(&validator, &parsed(&case.sarif()), case.name);
    }
    let mut wrong = parsed(&cases::one_place().sarif());
    wrong["runs"][0]["results"][0]["level"] = "grave".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn sarif_is_as_in_the_golden_files() {
    golden("report/two-files.sarif", &cases::two_files().sarif());
    golden("report/accepted.sarif", &cases::accepted().sarif());
}

#[test]
fn sarif_tells_both_sides_of_a_finding() {
    let log = parsed(&cases::two_files().sarif());
    let result = &log["runs"][0]["results"][0];
    let place = |location: &Value| location["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(place(&result["locations"][0]), "policies/social-media.policy");
    assert_eq!(place(&result["relatedLocations"][0]), "policies/school.policy");
    assert_eq!(result["ruleIndex"], 1);
}

#[test]
fn sarif_paths_are_percent_encoded() {
    let uri = |path: &str| {
        let case = moved(path, "staf");
        parsed(&case.sarif())["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    assert_eq!(uri("a b/é%#.policy"), serde_json::json!({"uri": "a%20b/%C3%A9%25%23.policy", "uriBaseId": "SRCROOT"}));
    assert_eq!(uri("/srv/a b.policy"), serde_json::json!({"uri": "file:///srv/a%20b.policy"}));
    assert_eq!(uri("C:/a.policy"), serde_json::json!({"uri": "file:///C%3A/a.policy"}));
}

#[test]
fn fingerprints_outlive_changes_elsewhere() {
    let text = "section a {\n  rule staf must report\n  rule staf must report\n}\n";
    let before = fingerprints(&moved("a.policy", text));
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1], "two alike findings are told apart");

    let longer = text.replace("section a {", "# A remark\n\nsection a {\n\n") + "\n# The end\n";
    assert_eq!(fingerprints(&moved("a.policy", &longer)), before);
    let indented = text.replace("  rule", "      rule");
    assert_eq!(fingerprints(&moved("a.policy", &indented)), before);

    let changed = text.replacen("must report", "must not report", 1);
    assert_ne!(fingerprints(&moved("a.policy", &changed)), before);
    assert_ne!(fingerprints(&moved("b.policy", text)), before);
}

/// A finding at every `staf` of a file.
fn moved(path: &str, text: &str) -> Case {
    let sources: Sources = cases::sources(&[(path, text)]);
    let (id, _) = sources.iter().next().expect("a file");
    let places = text.match_indices("staf").map(|(at, word)| clausal::source::Span::new(id, at, at + word.len()));
    let findings = places.map(|span| clausal::diagnostic::Finding::new("unknown-name", span, "unknown")).collect();
    Case { name: "moved", sources, findings }
}

fn fingerprints(case: &Case) -> Vec<String> {
    let log = parsed(&case.sarif());
    let results = log["runs"][0]["results"].as_array().expect("results").clone();
    results.iter().map(|result| result["partialFingerprints"]["clausalFinding/v1"].to_string()).collect()
}

fn parsed(text: &str) -> Value {
    assert!(text.ends_with('\n') || text.ends_with('}'), "a final line end");
    serde_json::from_str(text).expect("JSON")
}

fn assert_valid(validator: &jsonschema::Validator, document: &Value, name: &str) {
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn findings_carry_their_situation_and_their_relation() {
    golden("report/findings-norms.json", &cases::disagreement().json());
    let document = parsed(&cases::unranked().json());
    let finding = &document["findings"][0];
    let fields: Vec<&str> = finding.as_object().expect("an object").keys().map(String::as_str).collect();
    let told = ["check", "severity", "message", "help", "rules", "relation", "locations", "witness", "fixes"];
    assert_eq!(fields, told);
    assert_eq!(finding["relation"], "wider");
    assert_eq!(finding["witness"]["context"]["facts"][1]["is"], serde_json::json!({"value": 30, "unit": "minute"}));
    assert_eq!(finding["witness"]["context"]["facts"][2]["is"]["value"], 0.5);
    assert_eq!(finding["fixes"][0]["choice"], true);
    assert_eq!(document["findings"][1]["accepted"]["by"], "governing board");
    let joint = parsed(&cases::joint().json());
    assert_eq!(joint["findings"][0].get("relation"), None);
    assert_eq!(joint["findings"][0]["witness"]["context"].get("organisation"), None);
    assert_eq!(joint["findings"][0]["fixes"][0].get("choice"), None);
}

#[test]
fn the_schema_refuses_a_situation_out_of_shape() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema of 2020-12");
    let changes: [(&str, Value); 4] = [
        ("/findings/0/relation", "apart".into()),
        ("/findings/0/witness/sentence", Value::Null),
        ("/findings/0/witness/context/party", "teacher".into()),
        ("/findings/0/fixes/0/choice", "yes".into()),
    ];
    for (place, value) in changes {
        let mut document = parsed(&cases::unranked().json());
        assert!(validator.is_valid(&document));
        *document.pointer_mut(place).expect("it is there") = value;
        assert!(!validator.is_valid(&document), "{place}");
    }
}

#[test]
fn documents_of_a_later_minor_version_follow_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema of 2020-12");
    let mut document = parsed(&cases::unranked().json());
    document["$schema"] = "urn:clausal:schema:findings:1.9.0".into();
    document["formatVersion"] = "1.9.0".into();
    document["findings"][0]["later"] = "an optional field".into();
    assert!(validator.is_valid(&document));
    document["formatVersion"] = "2.0.0".into();
    assert!(!validator.is_valid(&document));
}

#[test]
fn sarif_offers_no_choice_as_a_fix() {
    golden("report/norms.sarif", &cases::disagreement().sarif());
    let log = parsed(&cases::disagreement().sarif());
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result.get("fixes"), None, "a tool would make it unasked");
    let message = result["message"]["text"].as_str().expect("a text");
    assert!(message.contains("\nfor example: a teacher of St Oswin’s"), "{message}");
    assert!(message.contains("choose one:\n  1. let the permission stand"), "{message}");
    assert_eq!(result["properties"]["witness"]["context"]["party"][0], "teacher");
    let other = &result["relatedLocations"][0];
    assert_eq!(other["physicalLocation"]["artifactLocation"]["uri"], "policies/hillside.policy");
    assert!(other["message"]["text"].as_str().is_some_and(|text| text.starts_with("forbids it")));
    let log = parsed(&cases::joint().sarif());
    assert_eq!(log["runs"][0]["results"][0]["fixes"].as_array().map(Vec::len), Some(1));
    let log = parsed(&cases::unranked().sarif());
    assert_eq!(log["runs"][0]["results"][0]["properties"]["relation"], "wider");
}

#[test]
fn workflow_commands_tell_the_situation_and_the_other_clause() {
    let command = cases::disagreement().github(&ALL);
    assert!(command.contains("%0Apolicies/hillside.policy:10:10: forbids it: a member of staff must not"), "{command}");
    assert!(command.contains("%0Afor example: a teacher of St Oswin’s using Facebook"), "{command}");
    assert!(command.contains("%0Achoose one:%0A  1. let the permission stand"), "{command}");
}

#[test]
fn the_example_of_the_json_page_follows_the_schema() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md");
    let page = std::fs::read_to_string(page).expect("it is there");
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has an example");
    let finding: Value = serde_json::from_str(example).expect("JSON");
    let mut document = parsed(&cases::unranked().json());
    let fields = |finding: &Value| finding.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(fields(&finding), fields(&document["findings"][0]));
    document["findings"][0] = finding;
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema of 2020-12");
    assert_valid(&validator, &document, "docs/json.md");
}
