//! The JSON export: what the contract promises of it, held against the example policies and one made to have everything.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clausal::emit::view::{self, Hashes};
use clausal::emit::{json, schema};
use serde_json::Value;

use super::compiled::Compiled;
use super::golden::golden;
use super::memory::Memory;

/// A vocabulary and a policy that use every part of the language that the export shows.
const EVERYTHING: &[(&str, &str)] = &[
    ("everything/policy.policy", include_str!("../export/everything.policy")),
    ("everything/words.policy", include_str!("../export/words.policy")),
];

#[test]
fn the_schemas_are_the_ones_checked_in() {
    for (name, schema) in schemas() {
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        golden(&format!("../schema/{name}.schema.json"), &text);
    }
}

#[test]
fn every_export_follows_its_schema() {
    let validators: BTreeMap<&str, jsonschema::Validator> = schemas()
        .into_iter()
        .map(|(name, schema)| (name, jsonschema::draft202012::new(&schema).expect("a schema of 2020-12")))
        .collect();
    for compiled in [Compiled::policies(), Compiled::of(EVERYTHING).sound()] {
        let files = exported(&compiled);
        assert_eq!(files.len(), compiled.collection.policies.len() + 2);
        for (path, bytes) in &files {
            let text = str::from_utf8(bytes).expect("UTF-8");
            match path.as_str() {
                json::RULES => text.lines().for_each(|line| assert_valid(&validators["rule"], line, path)),
                json::COLLECTION => assert_valid(&validators["collection"], text, path),
                _ => assert_valid(&validators["policy"], text, path),
            }
        }
    }
}

#[test]
fn schemas_refuse_what_the_contract_does_not_say() {
    let line = exported(&Compiled::of(EVERYTHING).sound()).remove(json::RULES).expect("there are rules");
    let line = str::from_utf8(&line).expect("UTF-8").lines().next().expect("a rule").to_owned();
    let validator = jsonschema::draft202012::new(&schema::rule()).expect("a schema of 2020-12");
    let rule: Value = serde_json::from_str(&line).expect("JSON");
    assert!(validator.is_valid(&rule));
    let changes = [
        ("modality", Value::from("might")),
        ("actionsAre", Value::from("all")),
        ("clause", Value::Null),
        ("when", Value::Null),
        ("unless", serde_json::json!({"kind": "perhaps"})),
        ("contentHash", Value::from("abc")),
        ("formatVersion", Value::from("2.0.0")),
    ];
    for (field, value) in changes {
        let mut rule = rule.clone();
        rule[field] = value;
        assert!(!validator.is_valid(&rule), "{field}");
    }
    let mut rule = rule;
    rule["later"] = Value::from("an optional field of a later version");
    assert!(validator.is_valid(&rule));
}

#[test]
fn rules_of_withdrawn_policies_are_marked() {
    let policy = "policy p \"P\" { organisation north status withdrawn }\nclause a { rule staff must leave }";
    let compiled = Compiled::of(&[("p.policy", policy), ("w.policy", include_str!("../export/words.policy"))]).sound();
    let lines = exported(&compiled).remove(json::RULES).expect("there are rules");
    let rule: Value = serde_json::from_slice(&lines).expect("one line of JSON");
    assert_eq!(rule["withdrawn"], Value::Bool(true));
    assert_eq!(rule["key"], "north/p:a#1");
}

#[test]
fn everything_is_exported() {
    let compiled = Compiled::of(EVERYTHING).sound();
    for (path, bytes) in exported(&compiled) {
        golden(&format!("export/{}", path.replace('/', ".")), str::from_utf8(&bytes).expect("UTF-8"));
    }
}

#[test]
fn documents_in_parts_are_the_documents_at_once() {
    let compiled = Compiled::policies();
    let scope = compiled.scope();
    let hashes: Vec<Hashes> = compiled.collection.policies.iter().map(|it| Hashes::of(scope.collection, it)).collect();
    let files = exported(&compiled);
    let mut rules = Vec::new();
    for ((id, _), path) in compiled.collection.policies().zip(json::paths(scope.collection)) {
        let policy = view::policy(scope, id, &hashes[id.0 as usize]);
        assert!(files[&path] == json::document(&policy).expect("it is written"), "{path}: the parts do not add up");
        rules.extend(policy.rules);
    }
    let whole = json::document(&view::collection(scope, &hashes, rules, &compiled.findings)).expect("it is written");
    assert!(files[json::COLLECTION] == whole, "the parts do not add up");
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert!(exported(&Compiled::policies()) == exported(&Compiled::policies()));
    let turned: Vec<(&str, &str)> = EVERYTHING.iter().rev().copied().collect();
    assert!(exported(&Compiled::of(EVERYTHING)) == exported(&Compiled::of(&turned)));
}

#[test]
fn every_id_of_a_policy_is_explained_in_it() {
    for compiled in [Compiled::policies(), Compiled::of(EVERYTHING)] {
        for (path, bytes) in exported(&compiled) {
            if path == json::RULES || path == json::COLLECTION {
                continue;
            }
            let policy: Value = serde_json::from_slice(&bytes).expect("JSON");
            let ids = |list: &Value| -> Vec<String> {
                let each = list.as_array().into_iter().flatten();
                each.filter_map(|it| it["id"].as_str()).map(str::to_owned).collect()
            };
            let words = &policy["vocabulary"];
            let mut names = ids(&words["parties"]);
            names.extend(ids(&words["things"]));
            names.extend(ids(&policy["definitions"]));
            let (actions, facts) = (ids(&words["actions"]), ids(&words["facts"]));
            for rule in policy["rules"].as_array().expect("rules") {
                let slots = rule["slots"].as_array().expect("slots").iter().map(|slot| &slot["fillers"]);
                for list in slots.chain([&rule["bearers"], &rule["object"]]) {
                    assert_known(list, &names, &path);
                }
                assert_known(&rule["actions"], &actions, &path);
                for part in ["when", "onlyWhen", "unless"] {
                    every_fact(&rule[part], &mut |fact| assert!(facts.contains(&fact), "{path}: {fact}"));
                }
            }
        }
    }
}

#[test]
fn hashes_see_meaning_and_not_layout() {
    let hash = |body: &str| {
        let header = "policy p \"P\" { organisation north }\n";
        let words = ("words.policy", include_str!("../export/words.policy"));
        let compiled = Compiled::of(&[("p.policy", &format!("{header}{body}")), words]).sound();
        let hashes = Hashes::of(&compiled.collection, &compiled.collection.policies[0]);
        (*hashes.blocks.last().expect("a block"), hashes.rules.first().copied())
    };
    let clause = |inside: &str| hash(&format!("clause a {inside}\n}}"));
    let base = clause("{\n| one two\nrule staff must leave when asked");
    assert_eq!(base, clause("{ # said\n  |  one\n  |   two\n\n  rule staff must leave\n  when asked"), "layout");
    let moved = hash("clause z {\n| x\n}\nclause b {\n| one two\nrule n: staff must leave when asked\n}");
    assert_eq!(base, moved, "ids and places");
    assert_ne!(base.0, clause("{\n| one three\nrule staff must leave when asked").0, "prose");
    assert_ne!(base.0, clause("\"A\" {\n| one two\nrule staff must leave when asked").0, "heading");
    for other in ["must leave when not asked", "must leave unless asked", "should leave when asked"] {
        let other = clause(&format!("{{\n| one two\nrule staff {other}"));
        assert!(base.0 != other.0 && base.1 != other.1, "{other:?}");
    }
}

#[test]
fn no_policy_takes_the_file_of_another() {
    let policy = "policy p \"P\" { organisation north }\n";
    let nobody = "policy collection \"C\" { }\n";
    let words = include_str!("../export/words.policy");
    let compiled =
        Compiled::of(&[("a.policy", policy), ("b.policy", policy), ("c.policy", nobody), ("w.policy", words)]);
    let files = exported(&compiled);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, [json::COLLECTION, "collection~policy.json", "north/p.json", "north/p~2.json", json::RULES]);
}

#[test]
fn a_writer_that_fails_is_reported() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let compiled = Compiled::of(EVERYTHING);
    let error = json::write(compiled.scope(), &[], &|_| Ok(Full)).expect_err("nothing can be written");
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}

fn schemas() -> [(&'static str, Value); 3] {
    [("policy", schema::policy()), ("collection", schema::collection()), ("rule", schema::rule())]
}

/// All files of the export.
fn exported(compiled: &Compiled) -> BTreeMap<String, Vec<u8>> {
    let memory = Memory::default();
    json::write(compiled.scope(), &compiled.findings, &|path| memory.create(path)).expect("memory can be written");
    memory.files()
}

#[track_caller]
fn assert_valid(validator: &jsonschema::Validator, text: &str, name: &str) {
    let document: Value = serde_json::from_str(text).expect("JSON");
    let wrong: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
}

#[track_caller]
fn assert_known(list: &Value, known: &[String], path: &str) {
    for id in list.as_array().expect("a list") {
        let id = id.as_str().expect("an id");
        assert!(known.iter().any(|it| it == id), "{path}: `{id}` is not explained");
    }
}

fn every_fact(condition: &Value, see: &mut impl FnMut(String)) {
    if let Some(fact) = condition["fact"].as_str() {
        see(fact.to_owned());
    }
    match &condition["of"] {
        Value::Array(parts) => parts.iter().for_each(|part| every_fact(part, see)),
        inner @ Value::Object(_) => every_fact(inner, see),
        _ => {}
    }
}
