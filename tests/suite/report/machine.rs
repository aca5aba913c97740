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
    for case in [cases::one_place(), cases::several_places(), cases::two_files(), cases::accepted()] {
        shown.push_str(&case.github(&ALL));
    }
    golden("report/github.txt", &shown);
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
