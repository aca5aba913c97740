//! The index of the search: that it has everything that can be found, once, at an address there is, word for word; and that
//! nothing in it is anything but data, whatever an author wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use clausal::emit::html::{SCRIPT, SEARCH, Settings};
use clausal::emit::templates::Templates;

use super::compiled::Compiled;
use super::golden::golden;
use super::pages::{Files, attributes, built, everything, hostile, write};

/// The digits of codes, and how many of them end one.
const DIGITS: &str = "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}~";
const LAST: usize = 60;

/// An entry as it can be read back.
#[derive(Clone, Debug)]
struct Entry {
    page: String,
    kind: char,
    depth: usize,
    path: String,
    number: String,
    heading: String,
    text: String,
}

/// All parts of the index, read back.
fn index(files: &Files) -> Vec<Entry> {
    let mut entries = Vec::new();
    let parts = data(&files[SEARCH])["parts"].as_u64().expect("it says how many parts there are");
    for part in 0..parts {
        let path = if part == 0 { SEARCH.to_owned() } else { format!("search-index-{}.js", part + 1) };
        let data = data(&files[&path]);
        assert_eq!((data["part"].as_u64(), data["parts"].as_u64()), (Some(part), Some(parts)), "{path}");
        entries.extend(read(&data));
    }
    entries
}

/// What a part hands over.
fn data(script: &str) -> serde_json::Value {
    let data = script.strip_prefix("clausalSearch(").and_then(|it| it.strip_suffix(");\n"));
    serde_json::from_str(data.expect("it is a call and no more")).expect("with JSON in it")
}

fn read(data: &serde_json::Value) -> Vec<Entry> {
    let text = |name: &str| data[name].as_str().unwrap_or_else(|| panic!("there is no `{name}`")).to_owned();
    let lists = data["words"].as_array().expect("a list").iter().map(|it| it.as_str().expect("a text"));
    let classes: Vec<Vec<String>> = lists.map(lengthened).collect();
    let kinds: Vec<char> = text("kinds").chars().collect();
    let depths: Vec<usize> = text("depths").chars().map(digit).collect();
    let paths = lengthened(&text("paths"));
    let numbers: Vec<String> = text("numbers").split('|').map(str::to_owned).collect();
    let [headings, texts] = ["headings", "texts"].map(|name| told(&text(name), &classes));
    let pages: Vec<&str> = data["policies"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|policy| {
            let count = policy["entries"].as_u64().expect("a number") as usize;
            std::iter::repeat_n(policy["page"].as_str().expect("a path"), count)
        })
        .collect();
    let lengths = [pages.len(), depths.len(), paths.len(), numbers.len(), headings.len(), texts.len()];
    assert_eq!(lengths, [kinds.len(); 6], "every list has a piece for each entry");
    let entry = |at: usize| Entry {
        page: pages[at].to_owned(),
        kind: kinds[at],
        depth: depths[at],
        path: paths[at].clone(),
        number: numbers[at].clone(),
        heading: headings[at].clone(),
        text: texts[at].clone(),
    };
    (0..kinds.len()).map(entry).collect()
}

fn digit(c: char) -> usize {
    DIGITS.find(c).unwrap_or_else(|| panic!("{c:?} is no digit"))
}

fn lengthened(list: &str) -> Vec<String> {
    let mut before: Vec<u16> = Vec::new();
    let piece = |piece: &str| {
        let (shared, rest) = piece.split_at(1);
        before.truncate(usize::from_str_radix(shared, 36).expect("how much is shared"));
        before.extend(rest.encode_utf16());
        String::from_utf16(&before).expect("whole characters")
    };
    list.split('|').map(piece).collect()
}

fn told(list: &str, classes: &[Vec<String>]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for codes in list.split('|') {
        if let Some(again) = codes.strip_prefix(' ') {
            texts.push(texts[usize::from_str_radix(again, 36).expect("a place")].clone());
            continue;
        }
        let (mut text, mut value, mut leading, mut after_word) = (String::new(), 0, 0, false);
        for code in codes.chars().map(digit) {
            if code >= LAST {
                (value, leading) = (value * (DIGITS.len() - LAST) + code - LAST, leading + 1);
                continue;
            }
            let piece = &classes[leading][value * LAST + code];
            let is_word = piece.starts_with(char::is_alphanumeric);
            if is_word && after_word {
                text.push(' ');
            }
            text.push_str(piece);
            (value, leading, after_word) = (0, 0, is_word);
        }
        texts.push(text);
    }
    texts
}

/// A text as the index keeps it: on one line.
fn kept(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/")
}

#[test]
fn the_index_reads_as_the_policy_does() {
    for (name, compiled) in [("everything", everything()), ("hostile", hostile())] {
        let mut listing = String::new();
        for Entry { page, kind, depth, path, number, heading, text } in index(&built(&compiled, Settings::default())) {
            let address = match kind {
                'o' | 'm' => path,
                _ if path.is_empty() => page,
                _ => format!("#{path}"),
            };
            let _ = writeln!(listing, "{}{kind} {address} [{number}] {heading}", "  ".repeat(depth));
            if !text.is_empty() {
                let _ = writeln!(listing, "{}    {text}", "  ".repeat(depth));
            }
        }
        golden(&format!("compile/{name}/search-index.txt"), &listing);
    }
}

#[test]
fn everything_can_be_found_once_and_where_it_is() {
    for compiled in [Compiled::policies(), everything(), hostile()] {
        let files = built(&compiled, Settings::default());
        let entries = index(&files);
        let mut seen = BTreeSet::new();
        for entry in &entries {
            assert!(seen.insert((&entry.page, &entry.path)), "{entry:?} is there twice");
            // A summary and a reader's page are pages of their own.
            if "om".contains(entry.kind) {
                assert!(files.contains_key(&entry.path), "{entry:?} leads nowhere");
                continue;
            }
            let ids: BTreeSet<String> = attributes(&files[&entry.page], "id").into_iter().collect();
            assert!(entry.path.is_empty() || ids.contains(&entry.path), "{entry:?} leads nowhere");
        }
        let found: BTreeSet<&str> = entries
            .iter()
            .map(|it| if "om".contains(it.kind) { it.path.as_str() } else { it.page.as_str() })
            .chain(["index.html"])
            .collect();
        let pages: BTreeSet<&str> = files.keys().map(String::as_str).filter(|it| it.ends_with(".html")).collect();
        assert_eq!(found, pages, "every page can be found, but that of the whole collection");
        for (id, policy) in compiled.collection.policies() {
            let page = format!("{}.html", policy.key);
            let of = |kinds: &str| -> Vec<&Entry> {
                entries.iter().filter(|it| it.page == page && kinds.contains(it.kind)).collect()
            };
            assert_eq!(of("p").len(), 1, "{page}");
            let blocks: Vec<&str> = of("sac").iter().map(|it| it.path.as_str()).collect();
            assert_eq!(blocks, policy.blocks.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), "{page}");
            assert_eq!(of("r").len(), policy.rules.len(), "{page}: rules");
            assert_eq!(of("t").len(), policy.definitions.len(), "{page}: terms");
            assert_eq!(of("x").len(), policy.withdrawn.len(), "{page}: withdrawn clauses");
            let words = attributes(&files[&page], "id").iter().filter(|it| it.starts_with("term.")).count();
            assert_eq!(of("w").len(), words, "{page}: words");
            // Word for word: the sentences of rules, as JSON has them.
            let hashes = clausal::emit::view::Hashes::of(&compiled.collection, policy);
            let view = clausal::emit::view::policy(compiled.scope(), id, &hashes);
            let told: BTreeSet<String> = of("r").iter().map(|it| it.text.clone()).collect();
            assert_eq!(told, view.rules.iter().map(|it| kept(&it.statement)).collect(), "{page}");
        }
    }
}

#[test]
fn a_reader_finds_the_page_of_their_own() {
    let text = "vocabulary v {\n  organisation o \"Oak School\"\n  party staff \"member of staff\" plural \"members of staff\" \
                { cleaner }\n  thing phone\n  action use takes thing\n}\npolicy p \"P\" { organisation o }\n\
                clause c {\n  rule staff must use phone\n}\n";
    let entries = index(&built(&Compiled::of(&[("p.policy", text)]), Settings::default()));
    let told = |kind: char| -> Vec<(&str, &str, &str)> {
        let of_kind = entries.iter().filter(|it| it.kind == kind);
        of_kind.map(|it| (it.path.as_str(), it.heading.as_str(), it.text.as_str())).collect()
    };
    let table = ("o/readers/index.html", "Who must do what", "A table of what every policy asks, and of whom.");
    let staff = "What is asked of you by all policies. The page is also for cleaners.";
    assert_eq!(told('m'), [table, ("o/readers/staff.html", "Members of staff", staff)]);
    let summary = "On one page, with pictures of who must do what to whom.";
    assert_eq!(told('o'), [("o/summaries/p.html", "Summary", summary)]);
}

#[test]
fn what_an_author_wrote_is_data() {
    let hostile = "policy p \"</script><script>alert(1)</script> ]]> \\\" \u{2028}|\" {\n  organisation o\n}\n\
                   clause c \"</script> <!-- | \u{2029}\" number \"1|2</script>\" {\n  | clausalSearch(\"x\"); \\`$\\{x} ']]>' \
                   \u{2028} 𝔸b 𝔸c e\u{301} | \u{0} ~!\n}\nvocabulary v { organisation o \"O|<o>\" also \"</script>\", \"o|p\" }\n";
    let files = built(&Compiled::of(&[("p.policy", hostile)]), Settings::default());
    let script = &files[SEARCH];
    for text in ["<", "]]>\u{0}", "\u{2028}", "\u{2029}", "\u{0}"] {
        assert!(!script.contains(text), "{text:?} is in {script}");
    }
    assert_eq!(script.lines().count(), 1);
    let entries = index(&files);
    let clause = entries.iter().find(|it| it.kind == 'c').expect("the clause");
    assert_eq!(clause.heading, "</script> <!-- /");
    assert_eq!(clause.number, "1/2</script>");
    assert!(clause.text.starts_with("clausalSearch(\"x\"); `${x} ']]>' 𝔸b 𝔸c e\u{301} / "), "{:?}", clause.text);
}

#[test]
fn a_large_collection_has_several_parts_each_complete() {
    let long = "Words of a very long clause that nobody reads to its end. ".repeat(6_000);
    let mut sources: Vec<(String, String)> = (0..5)
        .map(|at| {
            let text = format!("policy p{at} \"P{at}\" {{\n  organisation o\n}}\nclause c {{\n  | {long}{at}\n}}\n");
            (format!("{at}.policy"), text)
        })
        .collect();
    sources.push(("v.policy".to_owned(), "vocabulary v { organisation o party staff also \"crew\" }".to_owned()));
    let sources: Vec<(&str, &str)> = sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let files = built(&Compiled::of(&sources), Settings::default());
    let indices: Vec<&String> = files.keys().filter(|path| path.starts_with("search-index")).collect();
    assert_eq!(indices, ["search-index-2.js", "search-index.js"]);
    let entries = index(&files);
    let pages: Vec<&str> = entries.iter().filter(|it| it.kind == 'p').map(|it| it.page.as_str()).collect();
    assert_eq!(pages, ["o/p0.html", "o/p1.html", "o/p2.html", "o/p3.html", "o/p4.html"]);
    for (at, clause) in entries.iter().filter(|it| it.kind == 'c').enumerate() {
        assert_eq!(clause.text, format!("{long}{at}"));
    }
    let forms: BTreeMap<&str, usize> = indices
        .iter()
        .map(|path| (path.as_str(), data(&files[*path])["forms"].as_array().map_or(0, Vec::len)))
        .collect();
    assert_eq!(forms, BTreeMap::from([("search-index-2.js", 0), ("search-index.js", 1)]));
}

#[test]
fn the_index_is_small_beside_the_pages() {
    let files = built(&Compiled::policies(), Settings::default());
    let size = |is: &dyn Fn(&str) -> bool| -> usize {
        files.iter().filter(|(path, _)| is(path)).map(|(_, text)| text.len()).sum()
    };
    let (index, pages) = (size(&|path| path.starts_with("search-index")), size(&|path| path.ends_with(".html")));
    assert!(index * 100 < pages * 15, "the index has {index} bytes, the pages {pages}");
}

#[test]
fn every_page_loads_the_script_and_keeps_its_place() {
    let files = built(&Compiled::policies(), Settings::default());
    assert!(files[SCRIPT].contains("window.clausalSearch"));
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let root = "../".repeat(path.matches('/').count());
        assert!(page.contains(&format!("<script src=\"{root}{SCRIPT}\" defer></script>")), "{path}");
        assert_eq!(page.matches("<div class=\"search\" lang=\"en-GB\"></div>").count(), 1, "{path}");
        assert_eq!(page.matches("<script").count(), 1, "{path}");
        assert!(!page.contains("<input type=\"text\""), "{path}: a box that does nothing without the script");
    }
}

#[test]
fn the_script_can_be_replaced() {
    let own = ("html/search.js".to_owned(), "// {{nothing}} to search\n".to_owned());
    let files = write(&everything(), &Templates::new([own]).expect("templates"), Settings::default()).expect("pages");
    assert_eq!(files[SCRIPT], "// {{nothing}} to search\n");
}
