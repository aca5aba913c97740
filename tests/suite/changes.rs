//! The report of what changed, in all its formats, on values made by hand.

mod sample;

use clausal::emit::changes::{Screen, json, terminal};
use clausal::emit::schema;
use serde_json::Value;

use super::golden::golden;

#[test]
fn a_terminal_tells_everything() {
    golden("changes/formats/rich.txt", &terminal(&sample::rich(), Screen::default()));
    let narrow = Screen { width: 40, colour: true, unicode: false };
    golden("changes/formats/rich-narrow.ansi", &terminal(&sample::rich(), narrow));
    golden("changes/formats/empty.txt", &terminal(&sample::empty(), Screen::default()));
}

#[test]
fn no_line_is_wider_than_the_terminal_and_none_commands_it() {
    for (changes, least) in [(sample::rich(), 40), (sample::hostile(), 40), (sample::empty(), 40)] {
        for width in [least, 57, 80, 200] {
            let text = terminal(&changes, Screen { width, ..Screen::default() });
            for line in text.lines() {
                // The marks that turn the direction of a text are spelt out; letters of any script stay.
                assert!(line.chars().count() <= width.min(100), "{width}: {line}");
                assert!(
                    !line.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}')),
                    "{line:?}"
                );
            }
            assert!(!text.contains("\n\n\n"), "no two empty lines");
        }
        let coloured = terminal(&changes, Screen { colour: true, ..Screen::default() });
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            plain.push_str(before);
            let (code, after) = after.split_once('m').expect("a colour ends");
            assert!(code.starts_with('[') && code[1..].bytes().all(|it| it.is_ascii_digit() || it == b';'), "{code}");
            rest = after;
        }
        plain.push_str(rest);
        assert_eq!(plain, terminal(&changes, Screen::default()), "colours change nothing else");
    }
}

#[test]
fn the_json_follows_its_schema() {
    let schema = schema::diff();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
    golden("../schema/diff.schema.json", &text);
    let validator = jsonschema::draft202012::new(&schema).expect("a schema of 2020-12");
    for (name, changes) in [("rich", sample::rich()), ("empty", sample::empty()), ("hostile", sample::hostile())] {
        let text = json(&changes).expect("it is written");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let wrong: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{} at {}", error, error.instance_path())).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        assert!(text.ends_with("}\n") && !text.contains("null"), "{name}");
    }
    golden("changes/formats/rich.json", &json(&sample::rich()).expect("it is written"));
}

#[test]
fn the_schema_refuses_what_the_contract_does_not_say() {
    let validator = jsonschema::draft202012::new(&schema::diff()).expect("a schema of 2020-12");
    let document: Value = serde_json::from_str(&json(&sample::rich()).expect("it is written")).expect("JSON");
    let changes = [
        ("/format", Value::from("clausal-difference")),
        ("/formatVersion", Value::from("2.0.0")),
        ("/summary/tightened", Value::from("many")),
        ("/policies/0/change", Value::from("better")),
        ("/policies/0/clauses/0/verdict", Value::from("stricter")),
        ("/policies/0/clauses/0/changes/0", Value::from("edited")),
        ("/policies/0/clauses/0/texts/0/words/0/is", Value::from("changed")),
        ("/policies/0/clauses/0/effects/0/direction", Value::Null),
        ("/policies/0/clauses/1/remarks/0/topic", Value::from("other")),
        ("/vocabulary/0/change", Value::from("renamed")),
    ];
    for (at, value) in changes {
        let mut document = document.clone();
        *document.pointer_mut(at).expect("it is there") = value;
        assert!(!validator.is_valid(&document), "{at}");
    }
    let mut document = document;
    document["later"] = Value::from("an optional field of a later version");
    assert!(validator.is_valid(&document));
}
