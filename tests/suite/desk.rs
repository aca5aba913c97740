//! The trust's desk: the index as dashboard, and the files that take it elsewhere.

mod anchors;
mod calendar;
mod register;

use std::collections::BTreeMap;

use clausal::emit::html::{self, Settings};
use clausal::emit::templates::Templates;
use jiff::civil::{Date, date};

use super::compiled::Compiled;
use super::memory::Memory;

const WORDS: &str = "vocabulary v {\n  organisation north \"North Trust\" { east \"East School\" west \"West School\" }\n  \
                     party staff \"member of staff\" plural \"members of staff\"\n  party head \"the head\"\n  party board \"the board\"\n  \
                     thing phone\n  action use takes thing\n}\n";

/// The files of a site.
fn site(compiled: &Compiled, as_of: Option<Date>) -> BTreeMap<String, String> {
    let templates = Templates::new([]).expect("the built-in templates");
    let memory = Memory::default();
    let settings = Settings { as_of, ..Settings::default() };
    html::write(compiled.scope(), &templates, settings, &|path| memory.create(path)).expect("memory can be written");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    memory.files().into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

/// The collection whose pages are goldens already.
fn everything() -> Compiled {
    Compiled::of(&[
        ("everything/policy.policy", include_str!("../export/everything.policy")),
        ("everything/words.policy", include_str!("../export/words.policy")),
    ])
    .sound()
}

fn hostile() -> Compiled {
    Compiled::of(&[("hostile.policy", include_str!("../compile/hostile.policy"))])
}

/// Policies of these ids, organisations and further lines of their headers and bodies.
fn policies(policies: &[(&str, &str, &str, &str)]) -> Compiled {
    let mut files = vec![("words.policy".to_owned(), WORDS.to_owned())];
    for (id, organisation, header, body) in policies {
        let title = id.replace('-', " ");
        let text = format!("policy {id} \"{title}\" {{\n  organisation {organisation}\n  {header}\n}}\n{body}\n");
        files.push((format!("{organisation}-{id}.policy"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Compiled::of(&files).sound()
}

/// The points of a group of "What needs attention", as text without tags; empty where there is no such group.
fn points(index: &str, group: &str) -> Vec<String> {
    let heading = format!("<h3>{group} <span class=\"tally\">");
    let Some(rest) = index.split(heading.as_str()).nth(1) else { return Vec::new() };
    let list = rest.split("</div>").next().unwrap_or("");
    let points: Vec<String> =
        list.split("<li>").skip(1).map(|point| text(point.split("</li>").next().unwrap_or(""))).collect();
    let tally = rest.split('<').next().and_then(|count| count.parse().ok());
    assert_eq!(tally, Some(points.len()), "{group} counts its points");
    points
}

/// A piece of a page without its tags, blanks folded.
fn text(piece: &str) -> String {
    let mut text = String::new();
    for part in piece.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const AS_OF: Date = date(2026, 11, 20);
const ADOPTED: &str = "version \"1\" status adopted owner head approved 2026-01 by board effective 2026-02";

#[test]
fn reviews_are_judged_by_the_day_and_only_by_the_day() {
    let header = |by: &str| format!("{ADOPTED} review by {by}");
    let dates = ["2026-11-19", "2026-11-20", "2027-01-19", "2027-01-20", "2026-10", "2026-11", "2026", "2025"];
    let headers: Vec<(String, String)> =
        dates.iter().enumerate().map(|(at, by)| (format!("p{at}"), header(by))).collect();
    let list: Vec<(&str, &str, &str, &str)> =
        headers.iter().map(|(id, header)| (id.as_str(), "north", header.as_str(), "")).collect();
    let compiled = policies(&list);
    let index = &site(&compiled, Some(AS_OF))["index.html"];
    assert_eq!(
        points(index, "Overdue reviews"),
        ["p7 was due by 2025", "p4 was due by October 2026", "p0 was due by 19 November 2026"]
    );
    assert_eq!(
        points(index, "Reviews due within 60 days"),
        ["p1 due by 20 November 2026", "p5 due by November 2026", "p6 due by 2026", "p2 due by 19 January 2027",]
    );
    assert!(index.contains("As of <time datetime=\"2026-11-20\">20 November 2026</time>"), "{index}");
    assert_eq!(index.matches("data-standing=\"past\">Overdue<").count(), 3);
    assert_eq!(index.matches("data-standing=\"soon\">Due soon<").count(), 4);
    assert!(index.contains("<li>No decision has run out as of 20 November 2026.</li>"), "{index}");

    let index = &site(&compiled, None)["index.html"];
    assert!(index.contains("made without a day to judge dates by"), "{index}");
    for word in ["Overdue", "Due soon", "was due", "due within", "has run out", "data-standing=\"past\""] {
        assert!(!index.contains(word), "{word} without a day");
    }
    assert!(index.contains("<time datetime=\"2025\">2025</time>"), "the date itself is told");
}

#[test]
fn drafts_and_what_is_withdrawn_are_never_overdue() {
    let compiled = policies(&[
        ("one", "north", "version \"1\" status draft owner head review by 2020", ""),
        ("two", "north", "version \"1\" status withdrawn review by 2020", ""),
        ("three", "north", "version \"1\" status consultation owner head review by 2020", ""),
    ]);
    let index = &site(&compiled, Some(AS_OF))["index.html"];
    assert_eq!(points(index, "Overdue reviews"), ["three was due by 2020"]);
    assert_eq!(points(index, "Drafts"), ["one"]);
    assert_eq!(points(index, "Out for consultation"), ["three"]);
    assert_eq!(index.matches(">Overdue<").count(), 1);
}

#[test]
fn decisions_run_out() {
    let accept = |until: &str| format!("  accept numbering-gap because \"so\" by board until {until}\n");
    let clause = |at: usize, until: &str| format!("clause c{at} {{\n  | Text.\n{}}}\n", accept(until));
    let body = format!(
        "{}{}{}{}accept numbering-gap because \"so\"\n",
        clause(1, "2026-11-19"),
        clause(2, "2026-11-20"),
        clause(3, "2027-01-19"),
        clause(4, "2027-01-20")
    );
    let header = format!("{ADOPTED} review by 2030");
    let index = &site(&policies(&[("one", "north", &header, &body)]), Some(AS_OF))["index.html"];
    assert_eq!(
        points(index, "Decisions that have run out"),
        ["one, clause 1 numbers are left out or out of order; accepted until 19 November 2026"]
    );
    assert!(index.contains("<a href=\"north/one.html#c1\">one, clause 1</a>"), "{index}");
    let soon = points(index, "Decisions that run out within 60 days");
    assert_eq!(soon.len(), 2, "{soon:?}");
    assert!(soon[0].starts_with("one, clause 2 ") && soon[1].starts_with("one, clause 3 "), "{soon:?}");
    let cell = index.split("data-label=\"Accepted points\">").nth(1).and_then(|it| it.split("</td>").next());
    assert_eq!(text(cell.expect("a cell")), "5 accepted in one first until 19 November 2026 Run out");
    assert!(index.contains("<li>No review is overdue as of 20 November 2026.</li>"), "{index}");
    assert!(index.contains("<li>No review is due within 60 days.</li>"), "{index}");
}

#[test]
fn what_lacks_is_told_with_the_decision_to_live_with_it() {
    let compiled = policies(&[
        ("one", "north", "status adopted", ""),
        (
            "two",
            "east",
            "status adopted version \"1\" owner head approved by board effective 2026 review every 1 year",
            "accept missing-metadata because \"nobody wrote it down\"",
        ),
        (
            "three",
            "west",
            "version \"1\" status draft owner head\n  parameter lead \"name of the lead\"\n  parameter done \"x\" = \"y\"",
            "",
        ),
        ("four", "west", "version \"1\" status draft", "accept missing-metadata because \"so\" until 2026-11-19"),
    ]);
    let index = &site(&compiled, Some(AS_OF))["index.html"];
    assert_eq!(
        points(index, "Missing particulars"),
        [
            "one, North Trust No version, owner, approval, day from which it holds or review date",
            "two, East School No date of approval (accepted in two)",
            "four, West School No owner",
        ],
        "what is accepted is, until it has run out"
    );
    assert!(index.contains("<a href=\"east/two.html#page.accepted\">accepted"), "{index}");
    assert_eq!(points(index, "Not filled in"), ["three, West School Name of the lead"]);
}

#[test]
fn where_there_is_nothing_nothing_is_invented() {
    let header = format!("{ADOPTED} review every 3 years");
    let compiled = policies(&[(
        "one",
        "north",
        &header,
        "clause a {\n  | Staff must use a phone.\n  rule staff must use phone\n}",
    )]);
    let index = &site(&compiled, Some(AS_OF))["index.html"];
    assert!(!index.contains("class=\"matter"), "{index}");
    let calm = index.split("<ul class=\"calm\">").nth(1).and_then(|it| it.split("</ul>").next());
    assert_eq!(
        text(calm.expect("a list")),
        "Nothing is overdue as of 20 November 2026. No review is due and no decision runs out within 60 days. \
         No policy is a draft or out for consultation, and none lacks particulars."
    );
    let index = &site(&compiled, None)["index.html"];
    let calm = index.split("<ul class=\"calm\">").nth(1).and_then(|it| it.split("</ul>").next());
    assert!(text(calm.expect("a list")).starts_with("No policy is a draft"), "{index}");
    assert!(index.contains("<li data-modality=\"must\"><b>1</b> must</li></ul>"), "rules are counted: {index}");
}

#[test]
fn withdrawn_policies_stand_apart_and_links_still_find_their_organisation() {
    let compiled = policies(&[
        ("one", "north", "version \"1\" status draft owner head", ""),
        ("gone", "north", "version \"1\" status withdrawn approved 2019-03 by board", ""),
        ("gone", "east", "version \"1\" status withdrawn", ""),
        ("gone-too", "east", "version \"1\" status withdrawn", ""),
    ]);
    let files = site(&compiled, None);
    let index = &files["index.html"];
    let (before, after) = index.split_once("<h2 id=\"page.withdrawn\">").expect("they have a heading");
    assert!(before.contains("north/one.html") && !before.contains("gone.html"), "{index}");
    assert!(after.contains("north/gone.html") && after.contains("east/gone.html"), "{index}");
    assert_eq!(after.matches("id=\"east\"").count(), 1, "{index}");
    assert!(before.contains("<h2 id=\"north\">") && !after.contains("id=\"north\""), "{index}");
    assert!(before.contains("<li>4 policies, 3 withdrawn</li>"), "{index}");
    assert!(files["east/gone.html"].contains("../index.html#east"));
}

#[test]
fn a_policy_without_an_organisation_has_its_place() {
    let compiled = Compiled::of(&[("p.policy", "policy lost \"Lost\" {\n  version \"1\"\n}\n")]);
    let files = site(&compiled, Some(AS_OF));
    assert!(!files["index.html"].contains("id=\"\"") && files["index.html"].contains("lost.html"));
    assert!(!files["lost.html"].contains("index.html#\""), "{}", files["lost.html"]);
}

#[test]
fn many_are_folded_up_and_listed() {
    let many: Vec<(String, String)> = (0..12).map(|at| (format!("p{at:02}"), "north".to_owned())).collect();
    let list: Vec<(&str, &str, &str, &str)> = many
        .iter()
        .map(|(id, organisation)| (id.as_str(), organisation.as_str(), "version \"1\" status draft owner head", ""))
        .collect();
    let index = &site(&policies(&list), None)["index.html"];
    assert_eq!(points(index, "Drafts").len(), 12);
    assert!(index.contains("<summary>2 more</summary>"), "{index}");
    assert!(!site(&policies(&list[..11]), None)["index.html"].contains("<details>"), "one more is not folded up");
    assert!(!index.contains("<nav class=\"organisations\""), "one organisation needs no list");

    let mut words = String::from("vocabulary v {\n");
    let mut files = Vec::new();
    for at in 0..8 {
        words.push_str(&format!("  organisation o{at} \"School {at}\"\n"));
        files.push((format!("{at}.policy"), format!("policy p \"P\" {{ organisation o{at} }}\n")));
    }
    files.push(("v.policy".to_owned(), words + "}\n"));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let index = &site(&Compiled::of(&files).sound(), None)["index.html"];
    assert!(index.contains("<li><a href=\"#o7\">School 7</a> <span class=\"tally\">1 policy</span></li>"), "{index}");
}

#[test]
fn the_order_of_files_changes_nothing() {
    let header = format!("{ADOPTED} review every 1 year");
    let north = format!("policy a \"Same\" {{\n  organisation north\n  {header}\n}}\n");
    let east = format!("policy b \"Same\" {{\n  organisation east\n  {header}\n}}\n");
    let files = [("1.policy", north.as_str()), ("2.policy", east.as_str()), ("w.policy", WORDS)];
    let turned = [files[2], files[1], files[0]];
    assert!(site(&Compiled::of(&files), Some(AS_OF)) == site(&Compiled::of(&turned), Some(AS_OF)));
}

#[test]
fn downloads_are_those_there_are() {
    for (compiled, has_dates) in
        [(Compiled::policies(), true), (hostile(), true), (policies(&[("p", "north", "", "")]), false)]
    {
        let files = site(&compiled, None);
        let list = files["index.html"].split("id=\"page.files\"").nth(1).expect("a list").to_owned();
        for part in list.split("<li><a href=\"").skip(1) {
            let path = part.split('"').next().expect("an address");
            assert!(files.contains_key(path), "{path}");
        }
        assert_eq!(files.contains_key("reviews.ics"), has_dates);
        assert_eq!(list.contains("reviews.ics"), has_dates);
        assert!(list.contains("register.csv") && list.contains("anchors.json"));
        assert!(!list.contains("collection.json"), "it is not there");
    }
}
