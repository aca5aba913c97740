//! The pages and the Markdown: that they lead where they say, keep every id, let nothing of an author's text become
//! markup, and take templates of others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use clausal::emit::brand::{Brand, Colour, Logo};
use clausal::emit::desk::anchors;
use clausal::emit::html::{self, Settings};
use clausal::emit::markdown;
use clausal::emit::templates::{BUILT_IN, TemplateError, Templates};

use super::compiled::Compiled;
use super::golden::golden;

pub type Files = BTreeMap<String, String>;

pub fn everything() -> Compiled {
    Compiled::of(&[
        ("everything/policy.policy", include_str!("../export/everything.policy")),
        ("everything/words.policy", include_str!("../export/words.policy")),
    ])
    .sound()
}

pub fn hostile() -> Compiled {
    Compiled::of(&[("hostile.policy", include_str!("../compile/hostile.policy"))])
}

/// Style and scripts are the same for every collection; what is searched has goldens of its own that can be read.
fn is_compared(path: &str) -> bool {
    [".html", ".md", ".csv", ".ics", "anchors.json"].iter().any(|ending| path.ends_with(ending))
}

#[test]
fn everything_is_shown() {
    for (path, text) in built(&everything(), Settings { errors: 0, markdown: true, json: true, ..Settings::default() })
    {
        if is_compared(&path) {
            golden(&format!("compile/everything/{}", path.replace('/', ".")), &text);
        }
    }
}

#[test]
fn what_is_hostile_is_shown_as_text() {
    for (path, text) in built(&hostile(), Settings { errors: 2, markdown: false, json: false, ..Settings::default() }) {
        if is_compared(&path) {
            golden(&format!("compile/hostile/{}", path.replace('/', ".")), &text);
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for compiled in [Compiled::policies(), everything(), hostile()] {
        let files = built(&compiled, Settings { errors: 1, markdown: true, json: false, ..Settings::default() });
        let ids: BTreeMap<&str, BTreeSet<String>> =
            files.iter().map(|(path, text)| (path.as_str(), attributes(text, "id").into_iter().collect())).collect();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            for address in attributes(text, "href") {
                if address.contains(':') || address == "other.html" {
                    assert!(!address.starts_with("javascript"), "{path}: {address}");
                    continue;
                }
                let (file, id) = address.split_once('#').unwrap_or((&address, ""));
                let file = if file.is_empty() { path.clone() } else { joined(path, file) };
                assert!(files.contains_key(&file), "{path}: nothing at {address}");
                assert!(id.is_empty() || ids[file.as_str()].contains(id), "{path}: no place {address}");
            }
        }
    }
}

#[test]
fn every_id_is_there_once_and_old_ones_too() {
    for compiled in [Compiled::policies(), everything(), hostile()] {
        let files = built(&compiled, Settings::default());
        for policy in &compiled.collection.policies {
            let path = format!("{}.html", policy.key);
            let ids = attributes(&files[&path], "id");
            let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
            assert_eq!(known.len(), ids.len(), "{path}: an id is there twice");
            for block in &policy.blocks {
                assert!(known.contains(block.path.as_str()), "{path}: {}", block.path);
                block.was.iter().for_each(|(was, _)| assert!(known.contains(was.as_str()), "{path}: was {was}"));
            }
            for withdrawn in &policy.withdrawn {
                assert!(known.contains(withdrawn.path.as_str()), "{path}: withdrawn {}", withdrawn.path);
            }
            for rule in policy.rules.iter().filter(|rule| rule.block.is_some()) {
                let key = rule.key.split_once(':').expect("a rule of a block").1.replace('#', ".");
                let elsewhere = key.replacen("page.", "page.rule.", 1);
                assert!(known.contains(key.as_str()) || known.contains(elsewhere.as_str()), "{path}: {key}");
            }
        }
    }
}

#[test]
fn headings_leave_no_level_out() {
    for compiled in [Compiled::policies(), everything(), hostile()] {
        for (path, text) in built(&compiled, Settings::default()) {
            let mut before = 0;
            let tags = text.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
            for level in tags.filter(|_| path.ends_with(".html")) {
                assert!(level <= before + 1, "{path}: a heading of level {level} after one of level {before}");
                before = level;
            }
        }
    }
}

#[test]
fn tables_of_prose_are_told_by_their_headers() {
    let prose =
        "| | | Colour | *Where* |\n| |---|:-:|---|\n| | Parents | green | {@c} |\n| |  | blue | here |\n| text |";
    let bare = "| |  |  |\n| |---|---|\n| | a | b |";
    let text = format!(
        "vocabulary v {{ organisation o }}\npolicy p \"P\" {{ organisation o }}\nclause c {{\n{prose}\n|\n{bare}\n}}\n"
    );
    let files = built(&Compiled::of(&[("p.policy", &text)]), Settings::default());
    let page = &files["o/p.html"];
    for expected in [
        "<div class=\"scroll\" role=\"group\" aria-label=\"Table: Colour, Where\" tabindex=\"0\">\n<table>",
        "<tr><td></td><th scope=\"col\" class=\"centred\">Colour</th><th scope=\"col\"><em>Where</em></th></tr>",
        "<tr><th scope=\"row\">Parents</th><td class=\"centred\">green</td>",
        "<tr><td></td><td class=\"centred\">blue</td>",
        "aria-label=\"Table without headings\"",
        "<tr><td></td><td></td></tr></thead>\n<tbody>\n<tr><td>a</td><td>b</td></tr>",
    ] {
        assert!(page.contains(expected), "no {expected} in\n{page}");
    }
}

/// A site may allow no style but that of its own files: one in the page would be dropped.
#[test]
fn no_page_has_a_style_of_its_own() {
    let mut counted = BTreeSet::new();
    for compiled in [Compiled::policies(), everything(), hostile()] {
        let files = built(&compiled, Settings::default());
        let style = &files["style.css"];
        for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            assert!(attributes(page, "style").is_empty(), "{path}: {:?}", attributes(page, "style"));
            assert!(!page.contains("<style"), "{path}");
            for columns in attributes(page, "data-columns") {
                let rule = format!(".matrix[data-columns=\"{columns}\"] {{ --columns: {columns}; }}");
                assert!(style.contains(&rule), "{path}: no {rule}");
                counted.insert(columns);
            }
        }
        for rule in [".to-right { text-align: right; }", ".centred { text-align: center; }"] {
            assert!(style.contains(rule), "no {rule}");
        }
    }
    assert!(counted.len() > 1, "tables of several widths: {counted:?}");
}

#[test]
fn policies_without_an_organisation_are_told_to_have_no_readers_pages() {
    let text = "vocabulary v {\n  organisation o\n  party staff\n  thing phone\n  action use takes thing\n}\n\
                policy p \"P\" {\n}\nclause c {\n  rule staff must use phone\n}\n";
    let says =
        "No page tells who must do what by these policies, since they do not say which organisation they speak for.";
    let files = built(&Compiled::of(&[("p.policy", text)]), Settings::default());
    let index = &files["index.html"];
    assert!(index.contains("<h2>Without an organisation</h2>") && index.contains(says), "{index}");
    assert!(index.contains("<li>0 organisations</li>"), "{index}");
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!path.contains("readers/"), "{path}");
        let led: Vec<String> = attributes(page, "href").into_iter().filter(|it| it.contains("readers/")).collect();
        assert!(led.is_empty(), "{path} leads to {led:?}");
        assert!(attributes(page, "href").iter().all(|it| !it.ends_with('#')), "{path} leads to no place");
    }
    assert!(!files["search-index.js"].contains("readers/"));
    let named = built(&Compiled::of(&[("p.policy", &text.replace("{\n}", "{ organisation o }"))]), Settings::default());
    assert!(named["index.html"].contains("o/readers/index.html") && !named["index.html"].contains(says));
}

#[test]
fn a_link_without_words_says_where_it_leads() {
    let text = "vocabulary v { organisation o }\npolicy p \"P\" { organisation o }\nclause c {\n\
                | ![](a%20b.png), [ ](https://a.example/?q=\"1\"), [![](in.png)](https://b.example), [](javascript:x).\n}\n";
    let files = built(&Compiled::of(&[("p.policy", text)]), Settings::default());
    let expected = "<p><a href=\"a%20b.png\">a%20b.png</a>, \
                    <a href=\"https://a.example/?q=%221%22\"> https://a.example/?q=&quot;1&quot;</a>, \
                    <a href=\"https://b.example\">https://b.example</a>, .</p>";
    assert!(files["o/p.html"].contains(expected), "{}", files["o/p.html"]);
}

#[test]
fn no_tag_is_an_authors() {
    let known = "!doctype html head meta title link body a header main nav ol li h1 h2 h3 h4 h5 h6 ul span time div p \
                 label input article section table thead tbody tr th td strong em code pre aside blockquote dl dt dd \
                 dfn b footer small script svg g path rect text tspan details summary caption";
    let known: BTreeSet<&str> = known.split_whitespace().collect();
    let attributes = [" onclick", " onerror", " style=\"x", " src="];
    for compiled in [Compiled::policies(), everything(), hostile()] {
        for (path, text) in built(&compiled, Settings::default()).into_iter().filter(|(path, _)| path.ends_with("html"))
        {
            for tag in text.split('<').skip(1) {
                let end = tag.find('>').unwrap_or_else(|| panic!("{path}: a `<` that opens no tag: {tag:.40}"));
                let inside = &tag[..end];
                let name = inside.trim_start_matches('/').split(' ').next().unwrap_or("");
                assert!(known.contains(name), "{path}: <{inside}>");
                let is_ours = inside.starts_with("script src=\"") && inside.ends_with("search.js\" defer");
                assert!(name != "script" || is_ours || inside == "/script", "{path}: <{inside}>");
                for attribute in attributes.into_iter().filter(|_| !is_ours) {
                    assert!(!inside.contains(attribute) || inside.contains("&quot;"), "{path}: <{inside}>");
                }
            }
            assert!(!text.contains("<b>raw") && !text.contains("<i>"), "{path}");
            assert_closed(&path, &text);
        }
    }
}

#[test]
fn places_are_told_and_found_from_everywhere() {
    let words = "vocabulary v { organisation north \"North\" { south \"South\" } party staff action sleep }";
    let first = "policy first \"First\" {\n  organisation north\n  numbering legal\n  related second \"Second\"\n}\n\
                 rule staff must sleep\ndefine own {\n  | A word of its own.\n}\n\
                 section page \"Page\" {\n  clause rest {\n    | These, {own}:\n    clause nap {\n      | short;\n      \
                 rule main: staff may sleep\n    }\n  }\n  clause see {\n    | {@nap}, {@nap#main}, \
                 {@south/second:there}, {@south/second:}, {@first:}.\n  }\n}\n";
    let second = "policy second \"Second\" {\n  organisation south\n}\n\
                  clause there \"There\" {\n  | Back to {@north/first:nap}.\n}\n";
    let compiled = Compiled::of(&[("a.policy", first), ("b.policy", second), ("v.policy", words)]).sound();
    let files = built(&compiled, Settings::default());
    let expected = [
        ("north/first.html", "<a class=\"ref\" href=\"#page/rest/nap\">1.1(a)</a>"),
        ("north/first.html", "<a class=\"ref\" href=\"#page/rest/nap.main\">1.1(a)</a>"),
        ("north/first.html", "<a class=\"ref\" href=\"../south/second.html#there\" title=\"There\">1</a>"),
        ("north/first.html", "<a class=\"ref\" href=\"../south/second.html\">Second</a>"),
        ("north/first.html", "<a class=\"ref\" href=\"#page.main\">First</a>"),
        ("north/first.html", "<a class=\"term\" href=\"#policy.term.own\" title=\"A word of its own.\">own</a>"),
        ("north/first.html", "id=\"policy.rule.1\""),
        ("north/first.html", "<p class=\"number\">(a)</p>"),
        ("north/first.html", "<td>North, and with it South</td>"),
        ("south/second.html", "<a class=\"ref\" href=\"../north/first.html#page/rest/nap\">1.1(a)</a>"),
        ("north/first.md", "[1.1(a)](#page.rest.nap), [1.1(a)](#page.rest.nap), [1](../south/second.md#there), "),
        ("north/first.md", "[Second](../south/second.md), First."),
        ("north/first.md", "[**(a)**]{#page.rest.nap} short;"),
        ("south/second.md", "[1.1(a)](../north/first.md#page.rest.nap)"),
        ("index.html", "<h2 id=\"south\">South</h2>"),
        ("index.html", "<a href=\"north/first.html\">First</a>"),
    ];
    for (path, text) in expected {
        assert!(files[path].contains(text), "{text} is not in {path}\n{}", files[path]);
    }
}

#[test]
fn accepted_points_are_told_in_plain_words() {
    for check in clausal::checks::ALL {
        let name = check.info.name;
        let policy = format!(
            "policy p \"P\" {{\n  organisation o\n}}\naccept {name} because \"of the whole\"\nclause c \"C\" {{\n  | Text.\n  \
             accept {name} because \"of the clause\"\n}}\nvocabulary v {{ organisation o \"O\" }}\n"
        );
        let files = built(&Compiled::of(&[("p.policy", &policy)]), Settings::default());
        let (page, document) = (&files["o/p.html"], &files["o/p.md"]);
        let label = page.split("<p class=\"label\">Accepted: ").nth(1).and_then(|rest| rest.split(" <small>").next());
        let told = label.unwrap_or_else(|| panic!("{name} is not told where it stands:\n{page}"));
        assert_ne!(told, name.replace('-', " "), "{name} has no words of its own");
        assert!(page.contains(&format!("Clause 1</a>: {told}</strong> <small>{name}</small>")), "{name}:\n{page}");
        assert!(page.contains(&format!("The whole policy</a>: {told}</strong>")), "{name}:\n{page}");
        assert!(document.contains(&format!("> **Accepted: {told}** ({name}). Of the clause.")), "{name}:\n{document}");
        assert!(document.contains(&format!("- **The whole policy: {told}** ({name}). Of the whole.")), "{document}");
        assert_eq!(page.matches("Of the whole.").count(), 1, "it is told at the end only:\n{page}");
        assert!(page.contains("<a href=\"#page.accepted\">2 accepted points</a>"), "{page}");
        assert!(files["index.html"].contains("<li>2 accepted points</li>"), "the index counts the same");
    }
}

#[test]
fn a_word_is_explained_where_there_is_something_to_say() {
    let text = "policy p \"P\" {\n  organisation o\n}\nclause c {\n  | {Staff}, {teachers}, {the head} and a {visitor}.\n}\n\
                vocabulary v {\n  organisation o \"O\"\n  party staff also \"employee\" { teacher }\n  \
                party leader \"the leader\" { head \"the head\" }\n  party visitor\n}\n";
    let files = built(&Compiled::of(&[("p.policy", text)]), Settings::default());
    let (page, document) = (&files["o/p.html"], &files["o/p.md"]);
    for gloss in ["Also “employee”. Covers teacher.", "Counts among staffs.", "Counts as the leader."] {
        assert!(page.contains(&format!("<dd>{gloss}</dd>")), "{gloss}\n{page}");
        assert!(document.contains(&format!(" – {gloss}\n")), "{gloss}\n{document}");
    }
    assert!(page.contains("and a visitor."), "a word that explains itself leads nowhere:\n{page}");
    assert!(!document.contains("**visitor**"), "{document}");
}

#[test]
fn organisations_stand_in_order_of_their_names_each_below_its_own() {
    let mut text =
        String::from("vocabulary v { organisation b \"Beech\" { z \"Zeta\" y \"Yew\" } organisation a \"Ash\" }\n");
    let mut files = Vec::new();
    for id in ["z", "b", "a", "y"] {
        files.push((format!("{id}.policy"), format!("policy p \"P\" {{\n  organisation {id}\n}}\n")));
    }
    text.push('\n');
    files.push(("v.policy".to_owned(), text));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let index = &built(&Compiled::of(&files), Settings::default())["index.html"];
    let places: Vec<Option<usize>> =
        ["Ash", "Beech", "Yew", "Zeta"].iter().map(|name| index.find(&format!(">{name}</h2>"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{index}");
}

#[test]
fn a_rule_that_beats_many_names_the_first_of_them() {
    let losers: String =
        (0..20).map(|at| format!("  clause l{at} {{\n    rule staff must use thing-a\n  }}\n")).collect();
    let policy = format!(
        "policy p \"P\" {{\n  organisation o\n}}\nsection s \"S\" {{\n{losers}}}\nclause w \"W\" {{\n  \
         rule staff must not use thing-a overrides @s\n}}\nvocabulary v {{\n  organisation o \"O\"\n  party staff\n  \
         thing thing-a\n  action use takes thing\n}}\n"
    );
    let files = built(&Compiled::of(&[("p.policy", &policy)]), Settings::default());
    assert!(files["o/p.html"].contains("and 12 more"), "{}", files["o/p.html"]);
    assert!(files["o/p.md"].contains(", and 12 more."), "{}", files["o/p.md"]);
}

/// Two policies whose rules meet: one of the second overrides both of the first, one yields, and a finding between them is
/// accepted in the second.
#[test]
fn a_rule_names_those_it_gives_way_to() {
    let words = "vocabulary v {\n  organisation o \"O\"\n  organisation gone \"Gone\"\n  party staff\n  party board \"the board\"\n  \
                 thing phone\n  action use takes thing\n}\n";
    let first = "policy first \"First\" {\n  organisation o\n}\nclause a \"A\" {\n  | One.\n  rule staff must use phone\n  \
                 rule staff should use phone\n}\nclause b {\n  | Two.\n  rule staff may use phone\n}\n";
    let second = "policy second \"Second\" {\n  organisation o\n}\nclause w \"W\" {\n  | Three.\n  rule staff must not use phone\n    \
                  overrides @first:a\n}\nclause y {\n  | Four.\n  rule staff need not use phone yields to @w\n  accept \
                  contradiction with @first:b because \"the board likes both\" by board until 2027\n}\n";
    let third = second.replace("policy second \"Second\" {", "policy third \"Third\" {\n  status withdrawn");
    let files = [("1.policy", first), ("2.policy", second), ("3.policy", &third), ("w.policy", words)];
    let files = built(&Compiled::of(&files), Settings::default());
    let tag = |label: &str, items: &str| format!("<li><b>{label}</b> {items}</li>");
    let (page, other) = (&files["o/first.html"], &files["o/second.html"]);
    let loser = tag("Gives way to", "<a href=\"../o/second.html#w.1\">1 in Second</a>");
    assert_eq!(page.matches(&loser).count(), 2, "a rule of a withdrawn policy is in nobody’s way: {page}");
    let winner = "<a href=\"../o/first.html#a.1\">the first rule of 1 in First</a>, <a href=\"../o/first.html#a.2\">the second rule of 1 in First</a>";
    assert!(other.contains(&tag("Overrides", &format!("{winner}, <a href=\"#y.1\">2</a>"))), "{other}");
    assert!(other.contains(&tag("Gives way to", "<a href=\"#w.1\">1</a>")), "{other}");
    let (document, other) = (&files["o/first.md"], &files["o/second.md"]);
    assert_eq!(document.matches("*Gives way to* [1 in Second](../o/second.md#w).").count(), 2, "{document}");
    assert!(other.contains("*Gives way to* [1](#w)."), "{other}");
}

#[test]
fn a_decision_is_shown_on_both_sides_of_the_finding() {
    let words = "vocabulary v {\n  organisation o \"O\"\n  party board \"the board\"\n}\n";
    let first =
        "policy first \"First\" {\n  organisation o\n}\nclause a \"A\" {\n  | One.\n}\nclause b {\n  | Two.\n}\n";
    let second = "policy second \"Second\" {\n  organisation o\n}\nclause y {\n  | Four.\n  accept modality-mismatch with @first:b \
                  because \"the board likes both\" by board until 2027\n}\n";
    let files = [("1.policy", first), ("2.policy", second), ("w.policy", words)];
    let files = built(&Compiled::of(&files), Settings::default());
    let told = "The board likes both. Accepted by the board until";
    for (page, with) in [
        ("first", "<a href=\"../o/second.html#y\">1 in Second</a>"),
        ("second", "<a href=\"../o/first.html#b\">2 in First</a>"),
    ] {
        let page = &files[&format!("o/{page}.html")];
        let clause =
            page.split("<aside class=\"accepted\">").nth(1).unwrap_or_else(|| panic!("nothing is accepted: {page}"));
        assert!(clause.split("</aside>").next().is_some_and(|it| it.contains(with) && it.contains(told)), "{clause}");
    }
    let document = &files["o/first.md"];
    assert!(document.contains("Two.\n\n> **Accepted: ") && document.contains(", with 1 in Second**"), "{document}");
    assert!(!files["o/first.html"].contains("page.accepted"), "the list at the end is of the policy’s own decisions");
}

#[test]
fn a_preview_says_so() {
    let files = built(&everything(), Settings { errors: 3, markdown: true, json: false, ..Settings::default() });
    for path in ["index.html", "hill/everything.html", "hill/everything.md"] {
        assert!(files[path].contains("although 3 errors were found"), "{path}");
    }
    let files = built(&everything(), Settings::default());
    assert!(files.values().all(|text| !text.contains("keep-going")));
}

#[test]
fn pages_carry_the_name_logo_and_colour_of_their_publisher() {
    let brand = Brand {
        name: Some("North & South".to_owned()),
        logo: Logo::new(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec()),
        colour: Colour::parse("#00703c"),
    };
    let files = built(&everything(), Settings { brand: Some(&brand), ..Settings::default() });
    assert!(files["logo.svg"].starts_with("<svg"));
    for (path, root) in [("index.html", ""), ("hill/everything.html", "../")] {
        let banner =
            format!("<a href=\"{root}index.html\"><img src=\"{root}logo.svg\" alt=\"\"> North &amp; South</a>");
        assert!(files[path].contains(&banner), "{path}");
    }
    let style = &files["style.css"];
    assert!(style.contains("--accent: #00703c;\n  --banner: #00703c;"));
    let dark = style.split("--accent: ").last().and_then(|it| Colour::parse(&it[..7])).expect("a colour for the dark");
    assert_ne!(dark, Colour::parse("#00703c").expect("a colour"), "dark green cannot be read in the dark");
    // The grounds that colours are judged against are those of the stylesheet.
    for ground in ["--paper: #fff;", "--panel: #f4f6f9;", "--paper: #12161c;", "--panel: #1b2129;"] {
        assert!(style.contains(ground), "{ground}");
    }
    let plain = built(&everything(), Settings::default());
    assert!(!plain.contains_key("logo.svg") && !plain["style.css"].contains("00703c"));
}

#[test]
fn templates_are_replaced_one_by_one() {
    let clause = ("html/clause.hbs".to_owned(), "<p>{{number}} of {{key}}</p>\n".to_owned());
    let style = ("html/style/rules.css".to_owned(), "p { color: red }\n".to_owned());
    let files = write(&everything(), &Templates::new([clause, style]).expect("templates"), Settings::default());
    let files = files.expect("pages");
    let style = &files["style.css"];
    assert!(
        style.contains("}\n\np { color: red }\n\n/*\n * Narrow screens."),
        "it stands where the built-in part stood"
    );
    assert!(!style.contains("The rules behind a clause"), "which is gone");
    let page = &files["hill/everything.html"];
    assert!(page.contains("of hill/everything:one/"), "the replacement is used");
    assert!(page.contains("<section class=\"section\" id=\"one\">"), "the others are not replaced");
}

#[test]
fn a_template_at_fault_is_named_with_its_line() {
    let cases = [
        ("html/clause.hbs", "<p>\n{{nunber}}</p>", Some(2), "there is no `nunber` here"),
        ("html/clause.hbs", "<p>\n\n{{#if nunber}}x{{/if}}</p>", Some(3), "there is no `nunber` here"),
        ("html/policy.hbs", "{{policy.titel}}", Some(1), "there is no `policy.titel` here"),
        ("html/rules.hbs", "{{#each rules}}\n{{statment}}{{/each}}", Some(2), "there is no `statment` here"),
        ("html/rules.hbs", "{{#each rulse}}\n{{statement}}{{/each}}", Some(1), "there is no `rulse` here"),
        ("markdown/policy.hbs", "a\n{{yaml titel}}", Some(2), "there is no `titel` here"),
        ("markdown/clause.hbs", "{{shout heading}}", Some(1), "there is no `shout` here"),
        ("html/note.hbs", "{{> html/nowhere}}", Some(1), "there is no template `html/nowhere`"),
    ];
    for (name, text, line, message) in cases {
        let templates = Templates::new([(name.to_owned(), text.to_owned())]).expect("it can be read");
        let error = write(&everything(), &templates, Settings::default()).expect_err(text);
        let error = match error {
            html::Error::Template(error) => error,
            html::Error::Io(error) => panic!("{error}"),
        };
        assert_eq!((error.template.as_str(), error.line, error.message.as_str()), (name, line, message), "{text}");
    }
}

#[test]
fn a_template_that_cannot_be_read_is_named_with_its_line() {
    let new = |name: &str, text: &str| Templates::new([(name.to_owned(), text.to_owned())]).expect_err(text);
    let TemplateError { template, line, message } = new("html/clause.hbs", "<p>\n{{#if number}}\n</p>");
    assert_eq!(template, "html/clause.hbs");
    assert!(line.is_some() && !message.is_empty(), "{line:?} {message}");
    let error = new("html/clauses.hbs", "<p>");
    assert!(error.to_string().starts_with("template `html/clauses.hbs`: there is no template of this name"), "{error}");
}

#[test]
fn templates_and_the_folder_agree() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut found = BTreeSet::new();
    for folder in ["html", "html/changes", "html/style", "markdown", "markdown/changes", "pdf"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the templates can be read") {
            let entry = entry.expect("an entry");
            if entry.path().is_file() {
                found.insert(format!("{folder}/{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    assert_eq!(found, BUILT_IN.iter().map(|&(name, _)| name.to_owned()).collect());
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert!(built(&Compiled::policies(), Settings::default()) == built(&Compiled::policies(), Settings::default()));
}

#[test]
fn markdown_has_no_html_and_leads_to_its_own_ids() {
    for compiled in [Compiled::policies(), everything(), hostile()] {
        for (path, text) in built(&compiled, Settings::default()).into_iter().filter(|(path, _)| path.ends_with(".md"))
        {
            assert!(text.starts_with("---\ntitle: \""), "{path}");
            for (at, _) in text.match_indices('<') {
                let before = &text[..at];
                let is_code = before.rsplit('\n').next().unwrap_or("").matches('`').count() % 2 == 1;
                assert!(before.ends_with('\\') || is_code || before.ends_with("% "), "{path}: {:.40}", &text[at..]);
            }
            let ids: BTreeSet<&str> =
                text.split("{#").skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect();
            for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
                assert!(ids.contains(link), "{path}: no place #{link}");
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 256, ..Default::default() })]

    /// Whatever stands in prose, the page is whole, and no tag is the author's.
    #[test]
    fn no_prose_upsets_a_page(lines in proptest::collection::vec(
        proptest::collection::vec(proptest::sample::select(vec![
            "a", " ", "  ", "<b>", "</p>", "<!--", "*", "**", "_", "`", "``", "|", "-", "- ", "1. ", "> ", "#", "[", "](",
            ")", "!", "\\", "&lt;", "&", "~~", "{staff}", "{x}", "\\{", "<http://a>", "javascript:x", "    ", "| a | b |",
            "|---|---|", "![", "](x)", "\u{E000}0\u{E001}", "\u{E000}", "é", "\"",
        ]), 0..8), 1..8)) {
        let mut text = String::from("vocabulary v { organisation o party staff }\npolicy p \"P\" { organisation o }\nclause c {\n");
        for line in lines {
            text.push_str(&format!("| {}\n", line.concat()));
        }
        text.push_str("}\n");
        let files = built(&Compiled::of(&[("p.policy", &text)]), Settings::default());
        let page = &files["o/p.html"];
        assert_closed(&text, page);
        for tag in ["<b>", "<!--", "href=\"javascript"] {
            assert!(!page.contains(tag), "{text}\n{page}");
        }
        assert!(!page.contains("\"></a>") && !page.contains("\"></th>"), "{text}\n{page}");
    }
}

/// Every open tag is closed again, in order.
#[track_caller]
fn assert_closed(name: &str, text: &str) {
    let mut open = Vec::new();
    for tag in text.split('<').skip(1) {
        let is = tag.split([' ', '>']).next().unwrap_or("");
        match is.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}: at {tag:.60}"),
            None if ["!doctype", "meta", "link", "input", "br", "hr"].contains(&is) => {}
            None => open.push(is),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} is never closed");
}

/// All files of both formats.
pub fn built(compiled: &Compiled, settings: Settings) -> Files {
    write(compiled, &Templates::new([]).expect("the built-in templates"), settings).expect("pages")
}

pub fn write(compiled: &Compiled, templates: &Templates, settings: Settings) -> Result<Files, html::Error> {
    type Bytes = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;
    struct File(Bytes, String);
    impl Write for File {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut files = self.0.lock().expect("no writer panics");
            files.entry(self.1.clone()).or_default().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let files = Bytes::default();
    let create = |path: &str| {
        let new = files.lock().expect("no writer panics").insert(path.to_owned(), Vec::new()).is_none();
        assert!(new, "{path} is written twice");
        Ok(File(Arc::clone(&files), path.to_owned()))
    };
    html::write(compiled.scope(), templates, settings, &create)?;
    markdown::write(compiled.scope(), templates, settings.errors, &create)?;
    if settings.json {
        clausal::emit::json::write(compiled.scope(), &[], &create).map_err(html::Error::Io)?;
    }
    let files = files.lock().expect("no writer panics").clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ok(files
        .into_iter()
        .filter(|(path, _)| !path.contains(".json") || path == anchors::FILE)
        .map(|(path, it)| (path, text(it)))
        .collect())
}

/// The values of an attribute, in order.
pub fn attributes(text: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = text.split(start.as_str()).skip(1);
    values.filter_map(|rest| rest.split('"').next()).map(|value| value.replace("&amp;", "&")).collect()
}

/// A relative address seen from a page.
fn joined(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => parts.truncate(parts.len().saturating_sub(1)),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
