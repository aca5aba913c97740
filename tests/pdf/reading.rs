//! What a document tells a reader who cannot see it, by its structure tree: that everything is told, in order, and as
//! what it is. qpdf's library reads it; see structure.py.

use std::process::Command;

use clausal::emit::view::{self, Block, Hashes, Node, PolicyExport};
use clausal::model::PolicyId;
use serde_json::Value;

use super::compiled::Compiled;
use super::made::{Folder, all, everything, hostile, made};
use super::tools::{are_required, run, tools};

/// What there is before the first word of a policy.
const CONTENTS: &str = "TOC";

#[test]
fn a_document_says_what_it_is() {
    for (compiled, read) in read(all()) {
        for (at, read) in read.iter().enumerate() {
            let policy = &compiled.collection.policies[at];
            assert_eq!(read["language"], policy.language.as_str());
            assert_eq!(read["title"], policy.title.as_str());
            for (name, expected) in [("marked", true), ("showsTitle", true), ("accessible", true), ("scripts", false)] {
                assert_eq!(read[name], expected, "{name} of {}", policy.key);
            }
            assert_eq!(read["dates"], Value::Array(Vec::new()));
            assert!(list(&read["tabs"]).iter().all(|tabs| tabs == "/S"), "the keyboard follows the structure");
        }
    }
}

#[test]
fn everything_on_a_page_is_content_or_decoration() {
    for (_, read) in read(all()) {
        for read in &read {
            assert_eq!(read["bare"], Value::Array(Vec::new()), "pages with what is neither");
            assert_eq!(read["unread"], Value::Array(Vec::new()), "content that the structure does not lead to");
            let decoration: Vec<&str> = list(&read["artifacts"]).iter().filter_map(Value::as_str).collect();
            assert!(decoration.iter().all(|text| text.contains(" of ")), "the page numbers are decoration");
            for (name, font) in read["fonts"].as_object().expect("fonts by name") {
                assert_eq!((&font["embedded"], &font["unicode"]), (&true.into(), &true.into()), "{name}");
            }
            let text = text(list(&read["elements"]), 0);
            assert!(!text.contains('\u{fffd}') || text.contains("private"), "every glyph is a character");
        }
    }
}

#[test]
fn headings_leave_no_level_out_and_are_the_outline() {
    for (compiled, read) in read(all()) {
        for (at, read) in read.iter().enumerate() {
            let elements = list(&read["elements"]);
            let mut headings = Vec::new();
            let mut before = 0;
            for (at, element) in elements.iter().enumerate() {
                let level = word(element, "kind").strip_prefix('H').and_then(|level| level.parse::<u32>().ok());
                let Some(level) = level else { continue };
                assert!(level <= before + 1, "a heading of level {level} after one of level {before}");
                before = level;
                headings.push(squeezed(&text_below(elements, at)));
            }
            let mut outline = Vec::new();
            entries(&read["outline"], &mut outline);
            // The contents do not list themselves.
            headings.retain(|heading| heading != "Contents");
            assert_eq!(headings, outline);
            let policy = &compiled.collection.policies[at];
            for block in policy.blocks.iter() {
                let Some(heading) = block.heading.as_deref().filter(|it| !it.trim().is_empty()) else { continue };
                assert!(outline.iter().any(|it| it.ends_with(&squeezed(heading))), "{}: {heading}", policy.key);
            }
        }
    }
}

#[test]
fn tables_have_their_headers_pictures_their_words_and_links_theirs() {
    let mut tables = 0;
    for (_, read) in read(all()) {
        for read in &read {
            let elements = list(&read["elements"]);
            for (at, element) in elements.iter().enumerate() {
                match word(element, "kind") {
                    "Table" => {
                        tables += 1;
                        assert!(below(elements, at).any(|it| word(it, "kind") == "TH"), "a table without headers");
                    }
                    "TH" => assert!(
                        matches!(element["attributes"]["Scope"].as_str(), Some("/Row" | "/Column")),
                        "a header of nothing: {element}"
                    ),
                    "TD" => {
                        let headers = &element["attributes"]["Headers"];
                        assert!(headers.as_array().is_some_and(|it| !it.is_empty()), "a cell without: {element}");
                    }
                    "Figure" | "Formula" => assert!(element["alt"].is_string(), "a picture without words"),
                    "Link" => assert!(element["annotations"].as_u64() > Some(0), "a link that leads nowhere"),
                    _ => {}
                }
            }
            for link in list(&read["annotations"]) {
                assert_eq!((word(link, "kind"), &link["tagged"]), ("/Link", &true.into()));
                assert!(link["contents"].as_str().is_some_and(|words| !words.is_empty()), "{link}");
                let url = link["url"].as_str();
                let follows =
                    url.is_none_or(|url| ["http://", "https://", "mailto:"].iter().any(|it| url.starts_with(it)));
                assert!(follows && (url.is_some() || link["inside"] == true), "{link}");
            }
        }
    }
    assert!(tables > 10, "{tables} tables");
}

#[test]
fn nothing_of_a_policy_is_lost_and_all_of_it_comes_in_order() {
    for (compiled, read) in read(vec![Compiled::policies(), everything(), hostile()]) {
        for (at, read) in read.iter().enumerate() {
            let elements = list(&read["elements"]);
            let start = elements.iter().rposition(|it| word(it, "kind") == CONTENTS).unwrap_or(0);
            let told = squeezed(&text(elements, start + 1));
            let id = PolicyId(at as u32);
            let hashes = Hashes::of(&compiled.collection, compiled.collection.policy(id));
            let view = view::policy(compiled.scope(), id, &hashes);
            let mut expected = Vec::new();
            lines(&view, &view.body, &mut expected);
            assert!(expected.len() > 10, "there is a policy to be told");
            let mut from = 0;
            for line in &expected {
                from = found(&told, from, line).unwrap_or_else(|| {
                    let start = told[..from].char_indices().rev().nth(300).map_or(0, |(at, _)| at);
                    panic!("{}: `{line}` is not in\n{} >>> {:.600}", view.policy.key, &told[start..from], &told[from..])
                });
            }
            // What stands beside the text of the policy is no more than its lists.
            let needed: usize = expected.iter().map(|line| squeezed(line).len()).sum();
            assert!(
                told.len() < needed * 4,
                "{} of {} characters are not the policy's",
                told.len() - needed,
                told.len()
            );
        }
    }
}

/// What a policy says, line by line, in order.
fn lines(view: &PolicyExport<'_>, nodes: &[Node<'_>], out: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Section(block) | Node::Clause(block) => {
                let Block { number, heading, children, .. } = block;
                let number = number.unwrap_or("");
                let start = out.len();
                out.extend(heading.map(str::to_owned));
                lines(view, children, out);
                // A number stands before the heading, or before the first words of its clause.
                let bears = heading.is_some() || matches!(children.first(), Some(Node::Prose(_)));
                match out.get_mut(start).filter(|_| bears) {
                    Some(first) => first.insert_str(0, number),
                    None => out.insert(start, number.to_owned()),
                }
            }
            Node::Annex(block) => {
                out.push(format!("Annex {}: {}", block.number.unwrap_or(""), block.heading.unwrap_or("")));
                lines(view, &block.children, out);
            }
            Node::Prose(prose) | Node::Note(prose) => {
                out.extend(prose.text.split(['\n', '|']).map(str::to_owned));
            }
            Node::Rule(rule) => out.push(view.rules[rule.index as usize].statement.clone()),
            Node::Definition(term) => {
                let definition = &view.definitions[term.index.0 as usize];
                out.push(definition.term.to_owned());
                out.extend(definition.text.iter().flat_map(|text| text.split(['\n', '|'])).map(str::to_owned));
            }
            Node::Heading(heading) => out.push(heading.text.to_owned()),
            Node::Withdrawn(withdrawn) => out.extend(withdrawn.why.map(str::to_owned)),
            Node::Accept(accepted) if accepted.at != view.policy.key => out.push(capitalised(accepted.because)),
            Node::Accept(_) => {}
        }
    }
}

/// Where a line ends in what is told, from a place on.
fn found(told: &str, from: usize, line: &str) -> Option<usize> {
    let whole = squeezed(line);
    let at = |from: usize, words: &str| told[from..].find(words).map(|at| (from + at, from + at + words.len()));
    if let Some((_, end)) = at(from, &whole) {
        return Some(end);
    }
    // A reference to another policy is told with its name.
    let mut end = from;
    for (count, word) in line.split_whitespace().map(squeezed).enumerate() {
        let (start, next) = at(end, &word)?;
        if count > 0 && start - end > 80 {
            return None;
        }
        end = next;
    }
    Some(end)
}

/// A reason is told as a sentence.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text of elements from a place on, as it is read; without notes, and without the marks of lists and notes, which
/// are no author's. The label of a definition is one: it has letters.
fn text(elements: &[Value], from: usize) -> String {
    let lies_in = |element: &Value, kind: &str| {
        let above = list(&element["above"]).iter().filter_map(Value::as_u64).filter_map(|at| elements.get(at as usize));
        word(element, "kind") == kind || above.into_iter().any(|it| word(it, "kind") == kind)
    };
    let own = |element: &&Value| {
        !lies_in(element, "Note")
            && (!lies_in(element, "Lbl") || word(element, "text").chars().any(char::is_alphabetic))
    };
    elements[from..].iter().filter(own).filter_map(|element| element["text"].as_str()).collect()
}

/// The text of an element and of all below it.
fn text_below(elements: &[Value], at: usize) -> String {
    let own = elements[at]["text"].as_str().unwrap_or("");
    own.chars().chain(below(elements, at).filter_map(|it| it["text"].as_str()).flat_map(str::chars)).collect()
}

fn below(elements: &[Value], at: usize) -> impl Iterator<Item = &Value> {
    elements[at + 1..]
        .iter()
        .take_while(move |it| list(&it["above"]).iter().any(|above| above.as_u64() == Some(at as u64)))
}

fn entries(outline: &Value, out: &mut Vec<String>) {
    for entry in list(outline) {
        out.push(squeezed(word(entry, "title")));
        entries(&entry["entries"], out);
    }
}

/// Words without blanks, and without places where they may break.
fn squeezed(words: &str) -> String {
    words
        .chars()
        .filter(|&c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{2060}' | '\u{ad}'))
        .collect()
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or("")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What the documents of collections tell, each by the place of its policy.
fn read(collections: Vec<Compiled>) -> Vec<(Compiled, Vec<Value>)> {
    let Some(python) = python() else { return Vec::new() };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pdf/structure.py");
    let told = |compiled: Compiled| {
        let documents = made(&compiled);
        let folder = Folder::of(&documents);
        let keys: Vec<String> =
            compiled.collection.policies.iter().map(|it| it.key.replace('/', ".") + ".pdf").collect();
        let place =
            |key: &String| folder.paths.iter().find(|path| path.ends_with(key)).expect("a policy has a document");
        let read = keys.iter().map(|key| run(Command::new(&python).arg(script).arg(place(key))));
        let read = read.map(|told| serde_json::from_str(&told).expect("it is JSON")).collect();
        (compiled, read)
    };
    collections.into_iter().map(told).collect()
}

/// A Python that has pikepdf: the first of the path, or that of the system.
fn python() -> Option<String> {
    let first = tools(&["python3"])?.swap_remove(0).to_string_lossy().into_owned();
    let has = |python: &String| {
        let output = Command::new(python).args(["-c", "import pikepdf"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    let found = [first, "/usr/bin/python3".to_owned()].into_iter().find(has);
    if found.is_none() {
        assert!(!are_required(), "no pikepdf, and CLAUSAL_REQUIRE_TOOLS=1 asks for it");
        println!("skipped: no pikepdf");
    }
    found
}
