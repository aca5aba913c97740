//! The pages of readers: that each has all that binds its party and nothing else, and that the table of who must do what
//! says what the rules say. Both are held against a second, naive reading of the model.

mod naive;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use clausal::emit::html::{self, Settings};
use clausal::emit::templates::Templates;
use clausal::model::{Kind, Modality, WordId};
use clausal::source::SourceFile;

use super::compiled::{Compiled, policies};
use super::norms::random;
use naive::{cell, is_below, organisations};
use shown::{Row, between, entries, table};

type Pages = BTreeMap<String, String>;

/// Random collections that are tried.
const RANDOM: u64 = 200;

fn everything() -> Compiled {
    Compiled::of(&[
        ("everything/policy.policy", include_str!("../export/everything.policy")),
        ("everything/words.policy", include_str!("../export/words.policy")),
    ])
    .sound()
}

fn init() -> Compiled {
    Compiled::of(&[
        ("mobile-phones.policy", include_str!("../../templates/init/mobile-phones.policy")),
        ("vocabulary.policy", include_str!("../../templates/init/vocabulary.policy")),
    ])
    .sound()
}

fn one_random(seed: u64) -> Compiled {
    let files = random::collection(seed).into_iter().map(|(path, text)| SourceFile::new(path, text));
    Compiled::from(files.collect())
}

/// A trust with two schools, of which one has a policy of its own.
fn trust() -> Compiled {
    let words = "vocabulary v {\n  organisation trust \"The Trust\" { north \"North\" south \"South\" }\n  \
                 party staff plural \"staff\" { teacher head \"the head\" }\n  party pupil\n  party index\n  \
                 thing phone { own-phone \"phone of one's own\" }\n  action share takes thing to party { post }\n  action use takes thing\n  \
                 event bell \"the bell\"\n  consequence warning\n}\n";
    let top = "policy conduct \"Conduct\" {\n  organisation trust\n  status adopted\n  effective 2030-09\n  audience staff\n}\n\
               clause a \"Phones\" {\n  | One, {teachers}.\n  rule staff must not share phone on breach warning\n  \
               rule head, pupil must use phone within 2 days of bell\n  rule index may use own-phone only when approved by head\n}\n";
    let school = "policy phones \"Phones\" {\n  organisation north\n  status consultation\n}\n\
                  clause b {\n  | Two.\n  rule teacher should post phone to pupil\n  rule head may share phone\n}\n";
    let gone = "policy gone \"Gone\" {\n  organisation south\n  status withdrawn\n}\n\
                clause c {\n  | Three.\n  rule staff must use phone\n}\n";
    Compiled::of(&[("a.policy", top), ("b.policy", school), ("c.policy", gone), ("v.policy", words)]).sound()
}

/// The parties with the pages they must have, by the naive reading: every bearer.
fn check_pages(compiled: &Compiled, pages: &Pages) -> usize {
    let collection = &compiled.collection;
    let mut compared = 0;
    for (organisation, rules) in organisations(collection) {
        let bearers: BTreeSet<WordId> = rules.iter().flat_map(|holds| holds.bearers.iter().copied()).collect();
        let index = pages.get(&format!("{organisation}/readers/index.html"));
        assert_eq!(index.is_some(), !bearers.is_empty(), "{organisation} has a table if its rules bind anybody");
        let Some(index) = index else { continue };
        for (party, word) in collection.vocabulary.of_kind(Kind::Party) {
            let path = format!("{organisation}/readers/{}.html", word.id);
            let page = pages.get(&path).filter(|_| word.id != "index");
            let is_bound = bearers.iter().any(|&bearer| is_below(collection, party, bearer));
            let Some(page) = page else {
                assert!(!bearers.contains(&party) || word.id == "index", "{path} is missing");
                let told = format!("{} as well", clausal_label(&word.label, &word.plural));
                let listed = |(at, text): (&String, &String)| {
                    at.starts_with(&format!("{organisation}/readers/")) && text.contains(&told)
                        || text.contains(&told.replace(" as well", ""))
                };
                assert!(!is_bound || pages.iter().any(listed), "{path}: nobody says where {} are told", word.plural);
                continue;
            };
            let expected = |test: &dyn Fn(&naive::Holds<'_>) -> bool| -> BTreeSet<String> {
                rules.iter().filter(|holds| test(holds)).map(naive::Holds::id).collect()
            };
            let shown = entries(page);
            let in_sections = |names: &[&str]| -> BTreeSet<String> {
                shown.iter().filter(|(_, at)| names.contains(&at.as_str())).map(|(id, _)| id.clone()).collect()
            };
            assert_eq!(shown.len(), shown.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), "{path}: each once");
            for modality in Modality::ALL {
                let section = format!("page.{}", modality.words().replace(' ', "-"));
                let binds = expected(&|holds| holds.rule.modality == modality && holds.binds(collection, party));
                assert_eq!(in_sections(&[&section]), binds, "{path}: what they {}", modality.words());
            }
            let some = expected(&|holds| holds.binds_some(collection, party));
            assert_eq!(in_sections(&["page.kinds", "page.only"]), some, "{path}: what binds some of them");
            let unread = expected(&|holds| holds.bearers.is_empty());
            assert_eq!(in_sections(&["page.unread"]), unread, "{path}: what nobody can tell");
            assert!(index.contains(&format!(" href=\"{}.html\"", word.id)), "{path} is not listed");
            compared += shown.len();
        }
    }
    compared
}

/// How the plural of a party is told.
fn clausal_label<'l>(label: &'l str, plural: &'l str) -> &'l str {
    let has_article = ["the ", "The ", "a ", "A ", "an ", "An "].iter().any(|article| label.starts_with(article));
    if has_article { label } else { plural }
}

fn check_table(compiled: &Compiled, pages: &Pages) -> usize {
    let collection = &compiled.collection;
    let mut compared = 0;
    for (organisation, rules) in organisations(collection) {
        let Some(page) = pages.get(&format!("{organisation}/readers/index.html")) else { continue };
        let table = table(page);
        let actions: BTreeSet<WordId> = rules.iter().flat_map(|holds| holds.rule.actions.iter().copied()).collect();
        for (column, cells) in &table {
            let stem = column.trim_end_matches(".html");
            let id = stem.split('.').next().expect("an id");
            let mut parties = collection.vocabulary.of_kind(Kind::Party).filter(|(_, word)| word.id == id);
            let (party, _) = parties.next().expect("the party of a column");
            let mut expected: Vec<Row> = Vec::new();
            for &action in &actions {
                let binding = rules.iter().filter(|holds| holds.binds(collection, party));
                let says = cell(binding.filter(|holds| holds.speaks_of(collection, action)));
                let says = says.map(|(letters, count)| (letters.into_iter().map(str::to_owned).collect(), count));
                expected.push((collection.vocabulary.word(action).label.replace('&', "&amp;"), says));
            }
            // A row that no column has anything in is left out; two words may have one label.
            let rows: BTreeSet<&String> = cells.iter().map(|(label, _)| label).collect();
            expected.retain(|(label, says)| says.is_some() || rows.contains(label));
            let mut shown = cells.clone();
            shown.sort();
            expected.sort();
            assert_eq!(shown, expected, "{organisation}: the column of {column}");
            compared += shown.iter().filter(|(_, says)| says.is_some()).count();
        }
        // Whoever is bound has a column, or shares that of somebody above them.
        let same = between(page, "Without a column of their own", "</ul>").unwrap_or("").to_lowercase();
        for (party, word) in collection.vocabulary.of_kind(Kind::Party) {
            let has_page =
                pages.contains_key(&format!("{organisation}/readers/{}.html", word.id)) && word.id != "index";
            if has_page && rules.iter().any(|holds| holds.binds(collection, party)) {
                let label = clausal_label(&word.label, &word.plural).to_lowercase().replace('&', "&amp;");
                assert!(
                    table.contains_key(&format!("{}.html", word.id)) || same.contains(&label),
                    "{organisation}: {label}"
                );
            }
        }
    }
    compared
}

#[test]
fn each_page_has_all_that_binds_its_reader_and_nothing_else() {
    for compiled in [Compiled::policies(), init(), everything(), trust()] {
        let compared = check_pages(&compiled, &built(&compiled));
        assert!(compared > 4, "{compared} rules on all pages together");
    }
}

#[test]
fn the_table_says_what_the_rules_say() {
    for compiled in [Compiled::policies(), init(), everything(), trust()] {
        let compared = check_table(&compiled, &built(&compiled));
        assert!(compared > 3, "{compared} cells in all tables together");
    }
}

#[test]
fn random_collections_lose_nothing() {
    let (mut entries, mut cells) = (0, 0);
    for seed in 0..RANDOM {
        let compiled = one_random(seed);
        let pages = built(&compiled);
        entries += check_pages(&compiled, &pages);
        cells += check_table(&compiled, &pages);
    }
    assert!(entries > 1000 && cells > 500, "{entries} rules on pages, {cells} cells");
}

#[test]
fn a_school_has_the_rules_of_its_trust_and_a_trust_not_those_of_its_schools() {
    let pages = built(&trust());
    let names: Vec<&str> = pages.keys().filter(|path| path.contains("/readers/")).map(String::as_str).collect();
    let expected = [
        "north/readers/head.html",
        "north/readers/index.12.html",
        "north/readers/index.html",
        "north/readers/pupil.html",
        "north/readers/staff.html",
        "north/readers/teacher.html",
        "trust/readers/head.html",
        "trust/readers/index.html",
    ];
    for path in expected.iter().filter(|path| !path.contains("index.12")) {
        assert!(names.contains(path), "{path}: {names:?}");
    }
    assert!(names.iter().any(|path| path.starts_with("trust/readers/index.") && *path != "trust/readers/index.html"));
    assert!(!names.iter().any(|path| path.starts_with("south/")), "its only policy is withdrawn: {names:?}");
    let (school, top) = (&pages["north/readers/teacher.html"], &pages["trust/readers/teacher.html"]);
    let ids = |page: &str| entries(page).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(school), ["trust/conduct/a.1", "north/phones/b.1"]);
    assert_eq!(ids(top), ["trust/conduct/a.1"]);
    assert!(school.contains("<a href=\"../../trust/conduct.html\">Conduct</a> of The Trust"), "{school}");
    let table = &pages["trust/readers/index.html"];
    assert!(table.contains("This holds for South as well."), "{table}");
    assert!(table.contains("policies of <a href=\"../../north/readers/index.html\">North</a>"), "{table}");
    // A page is led to from the policy and from the index.
    assert!(pages["trust/conduct.html"].contains("<a href=\"../trust/readers/staff.html\">staff</a>"));
    assert!(pages["north/phones.html"].contains("<a href=\"../north/readers/index.html\">Who must do what</a>"));
    assert!(pages["index.html"].contains("<a href=\"north/readers/index.html\">"));
}

#[test]
fn a_page_tells_deadlines_breaches_limits_and_what_others_owe() {
    let pages = built(&trust());
    let head = &pages["trust/readers/head.html"];
    let due = between(head, "id=\"page.when\"", "</section>").expect("deadlines");
    assert!(due.contains("<a href=\"#page.entry.trust/conduct/a.2\">Within 2 days of the bell</a>"), "{due}");
    let breach = between(head, "id=\"page.breach\"", "</section>").expect("consequences");
    assert!(
        breach.contains("<dt>Warning</dt><dd>on breach of <a href=\"#page.entry.trust/conduct/a.1\">1</a></dd>"),
        "{breach}"
    );
    let others = between(head, "id=\"page.others\"", "</section>").expect("what others owe");
    assert!(
        others.contains("approved by the head") || others.contains("the head approves") || others.contains("the head"),
        "{others}"
    );
    let path =
        pages.keys().find(|path| path.starts_with("trust/readers/index.") && *path != "trust/readers/index.html");
    let limited = &pages[path.expect("the page of a party called index")];
    let limits = between(limited, "id=\"page.must-not\"", "</section>").expect("what is forbidden outside the limits");
    assert!(limits.contains("forbidden outside them: <a href=\"#page.entry.trust/conduct/a.3\">1</a>"), "{limits}");
    let staff = &pages["trust/readers/staff.html"];
    assert!(
        between(staff, "id=\"page.only\"", "</section>").is_some_and(|it| it.contains("<h3>Only for the head</h3>"))
    );
}

#[test]
fn what_is_not_in_force_is_told_so() {
    let compiled = trust();
    let early = jiff::civil::date(2030, 8, 31);
    let settings = Settings { as_of: Some(early), ..Settings::default() };
    let pages = built_with(&compiled, settings);
    assert!(pages["trust/readers/staff.html"].contains("Not in force until September 2030"));
    assert!(pages["trust/readers/staff.html"].contains("None of these policies is in force."));
    let pages = built(&compiled);
    assert!(!pages["trust/readers/staff.html"].contains("Not in force"));
    let teacher = &pages["north/readers/teacher.html"];
    assert!(teacher.contains("<li class=\"mark\">Not in force: out for consultation</li>"), "{teacher}");
    assert_eq!(teacher.matches("<li class=\"mark\">").count(), 1, "{teacher}");
    // The trust forbids to share, and what is proposed counts for nothing beside that.
    let table = &pages["north/readers/index.html"];
    assert!(table.contains("rule, 1 more not in force</span>"), "{table}");
}

#[test]
fn a_rule_that_could_not_be_read_is_told_from_its_prose() {
    let text = "vocabulary v { organisation o party staff party guest action sleep action eat }\n\
                policy p \"P\" {\n  organisation o\n}\nclause a {\n  | Nobody sleeps.\n  rule somebody must not sleep\n}\n\
                clause b {\n  | Staff eat when hungry.\n  rule staff, guest must eat when hungry\n}\n";
    let pages = built(&Compiled::of(&[("p.policy", text)]));
    for party in ["staff", "guest"] {
        let page = &pages[&format!("o/readers/{party}.html")];
        assert!(
            between(page, "id=\"page.unread\"", "</section>").is_some_and(|it| it.contains("<p>Nobody sleeps.</p>"))
        );
        let must = between(page, "id=\"page.must\"", "</section>").expect("a duty");
        assert!(must.contains("<p>Staff eat when hungry.</p>") && must.contains("could not be read in full"), "{must}");
    }
}

#[test]
fn long_lists_are_led_to_when_they_would_fill_many_pages() {
    let posts: Vec<String> = (0..120).map(|at| format!("post-{at}")).collect();
    let rules: String = (0..500).map(|at| format!("clause c{at} {{\n  rule staff must use phone\n}}\n")).collect();
    let text = format!(
        "vocabulary v {{ organisation o \"O\" party staff plural \"staff\" {{ {} }} thing phone action use takes thing }}\n\
         policy p \"P\" {{\n  organisation o\n  audience {}\n}}\n{rules}clause own {{\n  rule post-7 may use phone\n}}\n",
        posts.join(" "),
        posts.join(", ")
    );
    let pages = built(&Compiled::of(&[("p.policy", &text)]));
    assert_eq!(entries(&pages["o/readers/staff.html"]).len(), 501);
    let page = &pages["o/readers/post-7.html"];
    assert_eq!(entries(page), [("o/p/own.1".to_owned(), "page.may".to_owned())]);
    let elsewhere = between(page, "id=\"page.elsewhere\"", "</section>").expect("the way to the rest");
    assert!(elsewhere.contains("500 rules for staff: <a href=\"staff.html\">"), "{elsewhere}");
    assert!(
        between(page, "id=\"page.acts\"", "</section>")
            .is_some_and(|it| it.contains("as <a href=\"staff.html\">staff</a>"))
    );
    // The table counts them all the same.
    let table = table(&pages["o/readers/index.html"]);
    assert_eq!(table["post-7.html"], [("use".to_owned(), Some((vec!["M".to_owned()], 501)))]);
}

#[test]
fn ids_are_there_once_and_the_order_of_files_changes_nothing() {
    let files = policies();
    let mut turned: Vec<SourceFile> = policies();
    turned.reverse();
    let (pages, other) = (built(&Compiled::from(files)), built(&Compiled::from(turned)));
    assert!(pages == other);
    for (path, page) in pages.iter().filter(|(path, _)| path.contains("/readers/")) {
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{path}: an id is there twice");
    }
}

fn built(compiled: &Compiled) -> Pages {
    built_with(compiled, Settings::default())
}

fn built_with(compiled: &Compiled, settings: Settings<'_>) -> Pages {
    struct File(Arc<Mutex<BTreeMap<String, Vec<u8>>>>, String);
    impl Write for File {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no writer panics").entry(self.1.clone()).or_default().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let files = Arc::default();
    let templates = Templates::new([]).expect("the built-in templates");
    let create = |path: &str| Ok(File(Arc::clone(&files), path.to_owned()));
    html::write(compiled.scope(), &templates, settings, &create).expect("pages");
    let files = files.lock().expect("no writer panics");
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("UTF-8");
    files.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, bytes)| (path.clone(), text(bytes))).collect()
}
