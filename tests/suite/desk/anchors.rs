//! `anchors.json`: the pages hold every place that it lists, and it lists every place that the pages hold.

use std::collections::BTreeSet;

use clausal::emit::schema;
use serde_json::Value;

use super::*;
use crate::suite::golden::golden;

fn anchors(files: &BTreeMap<String, String>) -> Value {
    serde_json::from_str(&files["anchors.json"]).expect("JSON")
}

/// The ids of a page that are not the page's own.
fn ids(page: &str) -> BTreeSet<&str> {
    let ids = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let is_own = |id: &str| id.starts_with("page.") && !id.starts_with("page.rule.") && !id.starts_with("page.term.");
    ids.filter(|id| !is_own(id)).collect()
}

/// Former ids that another block bears, that two claim, and that a withdrawn clause has too.
fn contested() -> Compiled {
    Compiled::of(&[
        ("w.policy", WORDS),
        (
            "p.policy",
            "policy p \"P\" {\n  organisation north\n}\nclause a was b, old, gone {\n  | One.\n  clause in was old {\n    | Two.\n  }\n}\n\
             clause b {\n  | Three.\n}\nwithdrawn gone\nwithdrawn lost\nwithdrawn lost\n\
             section page \"Page\" {\n  clause c {\n    | Four.\n  }\n  rule staff must use phone\n  define own {\n    | A word.\n  }\n}\n",
        ),
    ])
}

#[test]
fn the_list_and_the_pages_agree() {
    for compiled in [Compiled::policies(), everything(), hostile(), contested()] {
        let files = site(&compiled, None);
        let anchors = anchors(&files);
        let pages = anchors["pages"].as_array().expect("pages");
        let listed: BTreeSet<&str> = pages.iter().filter_map(|page| page["path"].as_str()).collect();
        let there: BTreeSet<&str> = files.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
        assert_eq!(listed, there);
        for page in pages {
            let path = page["path"].as_str().expect("a path");
            let of_page: Vec<&str> =
                page["anchors"].as_array().expect("anchors").iter().filter_map(|it| it["id"].as_str()).collect();
            let once: BTreeSet<&str> = of_page.iter().copied().collect();
            assert_eq!(once.len(), of_page.len(), "{path}: a place is listed twice");
            assert_eq!(once, ids(&files[path]), "{path}");
        }
    }
}

#[test]
fn the_list_follows_its_schema() {
    let text = serde_json::to_string_pretty(&schema::anchors()).expect("a schema is JSON") + "\n";
    golden("../schema/anchors.schema.json", &text);
    let validator = jsonschema::draft202012::new(&schema::anchors()).expect("a schema of 2020-12");
    for compiled in [Compiled::policies(), everything(), hostile(), contested()] {
        let anchors = anchors(&site(&compiled, None));
        let wrong: Vec<String> = validator.iter_errors(&anchors).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    let mut anchors = anchors(&site(&everything(), None));
    anchors["pages"][1]["anchors"][0]["state"] = Value::from("lost");
    assert!(!validator.is_valid(&anchors), "the schema holds nothing");
}

#[test]
fn former_places_lead_to_those_of_today() {
    let anchors = anchors(&site(&contested(), None));
    let of_page = anchors["pages"][1]["anchors"].as_array().expect("anchors").clone();
    let state = |id: &str| {
        let anchor = of_page.iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("no {id}"));
        (anchor["state"].as_str().expect("a state").to_owned(), anchor["now"].as_str().unwrap_or("").to_owned())
    };
    for (id, is, now) in [
        ("b", "current", ""),
        ("old", "former", "a"),
        ("gone", "former", "a"),
        ("lost", "withdrawn", ""),
        ("page", "current", ""),
        ("page.rule.1", "current", ""),
        ("page.term.own", "current", ""),
    ] {
        assert_eq!(state(id), (is.to_owned(), now.to_owned()), "{id}");
    }
    assert!(of_page.iter().any(|it| it["id"] == "a/old" && it["now"] == "a/in"), "an id is read beside its block");
}
