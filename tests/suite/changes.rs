//! The report of what changed, in all its formats, on values made by hand.

mod sample;

use clausal::emit::brand::{Brand, Colour, Logo};
use clausal::emit::changes::view::{Changes, Summary};
use clausal::emit::changes::{Ask, LONGEST_COMMENT, Screen, html, json, markdown, terminal};
use clausal::emit::schema;
use clausal::emit::templates::Templates;
use std::collections::BTreeSet;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use super::diff::{changes, single};
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

fn page(changes: &Changes) -> String {
    html(changes, &Templates::new([]).expect("the built-in templates"), None).expect("a page")
}

/// A page without its stylesheet, which the goldens of the pages hold already.
fn unstyled(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").expect("a stylesheet");
    let (_, after) = rest.split_once("</style>").expect("its end");
    format!("{before}<style></style>{after}")
}

#[test]
fn a_page_tells_everything() {
    golden("changes/formats/rich.html", &unstyled(&page(&sample::rich())));
    golden("changes/formats/empty.html", &unstyled(&page(&sample::empty())));
    golden("changes/formats/hostile.html", &unstyled(&page(&without_the_endless(sample::hostile()))));
}

/// The endless word would make a golden file nobody reads.
fn without_the_endless(mut changes: Changes) -> Changes {
    changes.policies[0].clauses.retain(|clause| clause.heading.as_deref() != Some("Endless"));
    changes
}

#[test]
fn a_page_holds_no_markup_of_authors_and_asks_for_nothing() {
    let hostile = page(&sample::hostile());
    for tag in unstyled(&hostile).split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or("");
        assert!(!["script", "b", "img", "link", "iframe", "object", "svg"].contains(&name), "<{tag}>");
        let names: String = tag.split('"').step_by(2).collect();
        assert!(!names.contains("onclick"), "<{tag}>");
        let leads = tag.split("href=\"").nth(1).or_else(|| tag.split("src=\"").nth(1));
        assert!(leads.is_none_or(|it| it.starts_with('#')), "<{tag}>");
    }
    assert!(hostile.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !hostile.contains("<script"));
    assert!(
        !hostile.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
        "control characters are spelt out"
    );
    // Nothing is looked for outside the page.
    let styles = page(&sample::rich());
    assert!(!styles.contains("url(") && !styles.contains("@import") && !styles.contains("<script"));
}

#[test]
fn a_page_is_of_whoever_publishes_it() {
    let logo = Logo::new(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec());
    let brand = Brand { name: Some("North <Shires>".to_owned()), logo, colour: Colour::parse("#00703c") };
    let templates = Templates::new([
        ("html/style/changes.css".to_owned(), "p { color: red } /* </style> */\n".to_owned()),
        ("html/changes/finding.hbs".to_owned(), "<li>ours: {{message}}</li>\n".to_owned()),
        ("markdown/changes/finding.hbs".to_owned(), "- ours: {{message}}\n".to_owned()),
    ])
    .expect("templates");
    let page = html(&sample::rich(), &templates, Some(&brand)).expect("a page");
    assert!(
        page.contains("<img src=\"data:image/svg+xml;base64,PHN2ZyB4bWxucz0n") && page.contains("North &lt;Shires&gt;")
    );
    assert!(page.contains("--accent: #00703c;") && page.contains("p { color: red } /* <\\/style> */"));
    assert!(page.contains("<li>ours: 5.1 permits what 6.2 forbids.</li>"));
    assert!(
        markdown(&sample::rich(), &templates).expect("a comment").contains("- ours: 5.1 permits what 6.2 forbids.")
    );
    // What only the report needs is no part of the stylesheet of a site.
    assert!(!templates.style().contains("p { color: red }") && templates.style().contains("The index."));
    let error = Templates::new([("html/changes/page.hbs".to_owned(), "{{told.oldd}}".to_owned())]);
    let error = html(&sample::rich(), &error.expect("a template"), None).expect_err("it is at fault");
    assert_eq!((error.template.as_str(), error.line), ("html/changes/page.hbs", Some(1)));
}

#[test]
fn what_a_link_on_the_page_leads_to_is_there() {
    for changes in [sample::rich(), sample::empty(), sample::hostile()] {
        let page = page(&changes);
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        let once: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "an id stands there twice");
        for to in page.split("href=\"#").skip(1).chain(page.split("aria-labelledby=\"").skip(1)) {
            let to = to.split('"').next().expect("an address");
            assert!(ids.contains(&to), "{to}");
        }
    }
}

#[test]
fn every_case_of_the_core_is_told_in_every_format() {
    let validator = jsonschema::draft202012::new(&schema::diff()).expect("a schema of 2020-12");
    let templates = Templates::new([]).expect("the built-in templates");
    for (case, changes) in cases() {
        let document: Value = serde_json::from_str(&json(&changes).expect("it is written")).expect("JSON");
        assert!(validator.is_valid(&document), "{case}");
        let text = terminal(&changes, Screen::default());
        let comment = markdown(&changes, &templates).expect("a comment");
        let page = page(&changes);
        for policy in &changes.policies {
            for effect in policy.clauses.iter().flat_map(|clause| &clause.effects) {
                // A format may fold blanks and break lines, but leaves no word out.
                let bare = |text: &str| text.split_whitespace().collect::<String>();
                let sentence = bare(&effect.sentence[1..]);
                assert!(bare(&text).contains(&sentence), "{case}: {sentence}\n{text}");
                assert!(page.contains(&effect.sentence[1..].replace('"', "&quot;")), "{case}: {sentence}");
                assert!(comment.contains("- **tightened:**") || comment.contains("- **relaxed:**"), "{case}");
            }
        }
    }
}

/// What changed in each of the cases of the core, there and back.
fn cases() -> Vec<(String, Changes)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/clauses");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the cases can be listed") {
        let path = entry.expect("an entry").path();
        let read = |name: &str| single(&std::fs::read_to_string(path.join(name)).expect("a policy"));
        let (old, new) = (read("old.policy"), read("new.policy"));
        cases.push((format!("{}", path.display()), changes(&old, &new, &Ask::default())));
        cases.push((format!("{} and back", path.display()), changes(&new, &old, &Ask::default())));
    }
    cases
}

#[test]
fn the_summary_counts_what_governors_ask_about() {
    let line = |changes: &Changes| terminal(changes, Screen { width: 100, ..Screen::default() }).replace('\n', " ");
    let with = |summary: Summary| line(&Changes { summary, ..sample::rich() });
    let asked = with(Summary { material: 3, tightened: 2, relaxed: 1, editorial: 4, ..Summary::default() });
    assert!(
        asked.starts_with("3 clauses change what is asked of people: 2 tightened, 1 relaxed; 4 editorial from"),
        "{asked}"
    );
    let one = with(Summary { material: 1, both: 1, ..Summary::default() });
    assert!(one.starts_with("1 clause changes what is asked of people: 1 both from"), "{one}");
    let none = with(Summary { material: 1, editorial: 2, ..Summary::default() });
    assert!(none.starts_with("no change in what is asked of people; 1 material; 2 editorial from"), "{none}");
    let unknown = with(Summary { material: 2, undecided: 2, policies_removed: 2, ..Summary::default() });
    assert!(
        unknown.starts_with("of 2 clauses it cannot be said what the change does; 2 policies are gone from"),
        "{unknown}"
    );
    let words = line(&Changes { vocabulary: sample::rich().vocabulary, ..sample::empty() });
    assert!(words.starts_with("no clause changed, but 2 words of the vocabulary from"), "{words}");
    let party = line(&Changes { only_for: Some("staff".to_owned()), ..sample::empty() });
    assert!(party.starts_with("nothing changes for `staff` from"), "{party}");
    assert!(line(&sample::empty()).starts_with("nothing changed from"));
}
