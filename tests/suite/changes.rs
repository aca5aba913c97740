//! The report of what changed, in all its formats, on values made by hand.

mod sample;

use clausal::emit::changes::{LONGEST_COMMENT, Screen, json, markdown, terminal};
use clausal::emit::schema;
use clausal::emit::templates::Templates;
use pulldown_cmark::{Event, Options, Parser, Tag};
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

#[test]
fn a_comment_tells_everything() {
    let templates = Templates::new([]).expect("the built-in templates");
    for (name, changes) in [("rich", sample::rich()), ("empty", sample::empty())] {
        golden(&format!("changes/formats/{name}.md"), &markdown(&changes, &templates).expect("a comment"));
    }
}

/// What GitHub and GitLab make of a comment: its text and its HTML.
fn rendered(comment: &str) -> (Vec<String>, Vec<String>) {
    let (mut texts, mut tags) = (Vec::new(), Vec::new());
    let mut text = String::new();
    for event in
        Parser::new_ext(comment, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS)
    {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::Code(_) | Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => {
                texts.push(std::mem::take(&mut text));
                tags.push(html.trim().to_owned());
            }
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Strikethrough
                | Tag::Table(_)
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(Some(_)),
            ) => {
                panic!("{event:?} in\n{comment}")
            }
            _ => texts.push(std::mem::take(&mut text)),
        }
    }
    texts.push(text);
    (texts, tags)
}

#[test]
fn a_comment_mentions_nobody_and_holds_no_markup_of_authors() {
    let templates = Templates::new([]).expect("the built-in templates");
    for changes in [sample::rich(), sample::empty(), sample::hostile(), sample::many(300)] {
        let comment = markdown(&changes, &templates).expect("a comment");
        let (texts, tags) = rendered(&comment);
        for tag in tags.iter().flat_map(|it| it.split_inclusive('>')) {
            let tag = tag.trim();
            let is_ours = [
                "<del>",
                "</del>",
                "<ins>",
                "</ins>",
                "<span>",
                "</span>",
                "<sub>",
                "</sub>",
                "<details>",
                "</details>",
                "<summary>",
            ]
            .contains(&tag)
                || (tag.starts_with("Editorial changes (") && tag.ends_with(")</summary>"));
            assert!(is_ours || tag.is_empty(), "{tag}");
        }
        for opened in ["details", "del", "ins", "summary"] {
            let count = |tag: &str| comment.matches(tag).count();
            assert_eq!(count(&format!("<{opened}>")), count(&format!("</{opened}>")), "{opened}");
        }
        for text in &texts {
            let letters: Vec<char> = text.chars().collect();
            for pair in letters.windows(2) {
                let is_apart = !pair[1].is_alphanumeric() && pair[1] != '"' && pair[1] != '/';
                assert!(!['@', '#', '!', '~', '%', '&', '^', ':', '$'].contains(&pair[0]) || is_apart, "{text}");
            }
            assert!(!text.contains("GH-4") && !text.contains("www.evil") && !text.contains("://"), "{text}");
            assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
        }
    }
}

#[test]
fn a_comment_ends_at_a_clause_and_says_what_is_missing() {
    let templates = Templates::new([]).expect("the built-in templates");
    let comment = markdown(&sample::many(300), &templates).expect("a comment");
    assert!(comment.chars().count() <= LONGEST_COMMENT && comment.chars().count() > LONGEST_COMMENT / 2);
    let shown = comment.matches("\n#### ").count();
    let whole = 300 + sample::rich().policies.iter().map(|it| it.clauses.len()).sum::<usize>();
    let (_, told) = comment.rsplit_once("can be only so long:** ").expect("it says so");
    let missing: usize = told.split(' ').find_map(|word| word.parse().ok()).expect("a number");
    // Those of which only the number is another stand in two lines, three clauses and what lies below one in the first.
    assert_eq!(shown + missing + 5, whole, "{told}");
    assert!(told.contains("2 words of the vocabulary") && told.contains("2 findings"), "{told}");
    // A clause that is too long by itself leaves room for what follows.
    let comment = markdown(&sample::hostile(), &templates).expect("a comment");
    assert!(comment.contains("#### 2 Endless\n\n*reworded*\n\nIts words are too many for a comment.\n\n"), "{comment}");
    assert!(comment.contains("One <ins>word</ins>."), "{comment}");
}
