//! Summaries and pictures: that what they leave out is counted, that pictures and words say the same, and that both say
//! what the rules do.

use std::collections::{BTreeMap, BTreeSet};

use clausal::emit::html::{self, Settings};
use clausal::emit::templates::Templates;
use clausal::model::{Choice, Collection, Filler, Kind, Modality, Policy, PolicyId};
use clausal::verbalise;

use super::compiled::Compiled;

/// The collections that hold everything the language has, what is hostile, and what is real.
fn collections() -> [Compiled; 3] {
    [
        Compiled::policies(),
        Compiled::of(&[
            ("everything/policy.policy", include_str!("../export/everything.policy")),
            ("everything/words.policy", include_str!("../export/words.policy")),
        ]),
        Compiled::of(&[("hostile.policy", include_str!("../compile/hostile.policy"))]),
    ]
}

/// The summary of each policy, in the order of the policies.
fn summaries(compiled: &Compiled) -> Vec<String> {
    let templates = Templates::new([]).expect("the built-in templates");
    let pages = html::Pages::new(compiled.scope(), &templates, Settings::default());
    let ids = compiled.collection.policies().map(|(id, _)| id);
    ids.map(|id| {
        let hashes = clausal::emit::view::Hashes::of(&compiled.collection, compiled.collection.policy(id));
        pages.summary(&clausal::emit::view::policy(compiled.scope(), id, &hashes)).expect("a page")
    })
    .collect()
}

fn summary(policy: &str) -> String {
    let words = "vocabulary v {\n  organisation o \"O\"\n  party staff plural \"staff\" { teacher head \"the head\" }\n  \
                 party pupil\n  thing phone\n  thing game\n  action use takes thing\n  action call takes party about thing\n  \
                 action warn takes party\n  fact asked\n  event call-received \"receiving the call\"\n  consequence dismissal\n  \
                 consequence warning\n}\n";
    summaries(&Compiled::of(&[("p.policy", policy), ("v.policy", words)]).sound()).remove(0)
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

fn the<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    between(text, from, to).first().copied().unwrap_or_else(|| panic!("no {from} in\n{text}"))
}

/// The words of a piece of markup.
fn words(markup: &str) -> String {
    let text: String = markup.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheet(page: &str) -> &str {
    the(page, "<div class=\"sheet\">", "<section class=\"pictures\"")
}

#[test]
fn every_rule_is_on_the_summary_or_counted() {
    for compiled in collections() {
        for (policy, page) in compiled.collection.policies.iter().zip(summaries(&compiled)) {
            let sheet = sheet(&page);
            // Two rules of one key are a mistake that has been reported: such rules are counted each.
            let shown: Vec<&str> = between(sheet, "data-rule=\"", "\"");
            let mut left = Vec::new();
            for modality in Modality::ALL {
                let all: Vec<&str> =
                    policy.rules.iter().filter(|it| it.modality == modality).map(|it| it.key.as_str()).collect();
                let here = shown.iter().filter(|key| all.contains(&words(key).as_str())).count();
                let name = modality.words();
                if all.is_empty() {
                    assert!(!sheet.contains(&format!("data-modality=\"{name}\"")), "{}: {name}", policy.key);
                    continue;
                }
                let row = the(sheet, &format!("<th scope=\"row\" data-modality=\"{name}\">"), "</tr>");
                let counted: Vec<usize> = between(row, "<td>", "<").iter().filter_map(|it| it.parse().ok()).collect();
                assert_eq!(counted, [all.len(), here], "{}: {name}", policy.key);
                if all.len() > here {
                    left.push(format!("{} {name}", all.len() - here));
                }
                // A list counts the rest of its force.
                if let Some(list) = sheet.split(&format!("<h3 data-modality=\"{name}\">")).nth(1) {
                    let list = list.split("</section>").next().unwrap_or("");
                    let more = between(list, "And ", " more").first().map_or(0, |it| it.parse().expect("a number"));
                    assert_eq!(more, all.len() - here, "{}: {name}", policy.key);
                }
            }
            let told = between(sheet, "Not on this page: ", ". ").first().map(|it| it.replace(" and ", ", "));
            assert_eq!(told, (!left.is_empty()).then(|| left.join(", ")), "{}", policy.key);
            let distinct: BTreeSet<&str> = policy.rules.iter().map(|it| it.key.as_str()).collect();
            if distinct.len() == policy.rules.len() {
                let once: BTreeSet<&&str> = shown.iter().collect();
                assert_eq!(once.len(), shown.len(), "{}: a rule stands there twice", policy.key);
            }
        }
    }
}

#[test]
fn what_weighs_most_comes_first() {
    let page = summary(
        "policy p \"P\" {\n  organisation o\n}\nclause a \"A\" {\n  rule one: teacher must use phone\n  \
         rule two: staff must use phone\n  rule three: teacher must use phone on breach warning\n  \
         rule four: teacher must use game on breach warning\n  rule five: pupil must use game on breach dismissal\n  \
         rule six: pupil must use phone within 2 days of call-received\n  rule seven: pupil should use phone every 2 days\n  \
         rule eight: pupil may use phone\n}\n",
    );
    let sheet = sheet(&page);
    let timed = the(sheet, "<h2>Time limits</h2>", "</section>");
    let keys = |part: &str| between(part, "data-rule=\"o/p:a#", "\"").join(" ");
    assert_eq!(keys(timed), "six seven");
    let must = the(sheet, "<h3 data-modality=\"must\">", "</section>");
    assert_eq!(keys(must), "five three four two one");
    assert!(sheet.contains("Not on this page: 1 may. It counts as much"), "{sheet}");
    assert!(must.contains("<span class=\"breach\">Breach: dismissal.</span>"), "{must}");
    assert!(must.contains("<a class=\"ref\" href=\"../p.html#a.five\">1</a>"), "{must}");
}

#[test]
fn a_policy_without_duties_shows_its_advice_and_one_without_rules_says_so() {
    let page =
        summary("policy p \"P\" {\n  organisation o\n}\nclause a \"A\" {\n  rule teacher should not use phone\n}\n");
    assert!(
        page.contains("<h3 data-modality=\"should not\">") && page.contains("All rules of the policy are on"),
        "{page}"
    );
    let page = summary("policy p \"P\" {\n  organisation o\n  status withdrawn\n}\nclause a \"A\" {\n  | Text.\n}\n");
    assert!(page.contains("No rules are written in this policy.") && !page.contains("<svg"), "{page}");
    assert!(page.contains("There is nothing to draw") && page.contains("no longer in force"), "{page}");
}

#[test]
fn the_opening_is_quoted_only_where_it_is_whole() {
    let opens = |text: &str| {
        let policy = format!("policy p \"P\" {{\n  organisation o\n}}\n{text}");
        let page = summary(&policy);
        between(sheet(&page), "<blockquote><p>", "</p>").first().map(|it| words(it))
    };
    assert_eq!(opens("| Phones help.\n|\n| More.\n").as_deref(), Some("“Phones help.” Preamble"));
    assert_eq!(opens("clause a {\n  | {Phones} help & hinder.\n}\n").as_deref(), Some("“Phones help & hinder.” 1"));
    assert_eq!(opens("| Phones are:\n|\n| - useful.\n"), None);
    assert_eq!(opens(&format!("| {}.\n", "phones ".repeat(80))), None);
}

/// A row of a picture or of the words beside it: the force, the act, what narrows it, and whom it concerns.
type Told = (String, String, String, BTreeSet<String>);

fn panels(page: &str) -> Vec<&str> {
    page.split("<section class=\"panel\">").skip(1).collect()
}

/// The rows of a panel in words, by number.
fn in_words(panel: &str) -> BTreeMap<usize, Told> {
    let items = between(panel, "<li class=\"rule\" ", "</li>");
    let row = |item: &&str| {
        let number = the(item, "data-row=\"", "\"").parse().expect("a number");
        let whom = between(item, "<span class=\"whom\">", "</span>").iter().map(|it| words(it)).collect();
        let narrowed =
            between(item, "<span class=\"narrowed\">", "</span>").first().map_or_else(String::new, |it| words(it));
        let what = words(the(item, "<span class=\"what\">", "</span>"));
        (number, (the(item, "data-modality=\"", "\"").to_owned(), what, narrowed, whom))
    };
    items.iter().map(row).collect()
}

/// The rows of one of its pictures, by number.
fn in_picture(svg: &str) -> BTreeMap<usize, Told> {
    let mut boxes: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for text in between(svg, "<text class=\"whom\" data-box=\"", "</text>") {
        let (number, label) = text.split_once("\">").expect("an attribute");
        boxes.entry(number.parse().expect("a number")).or_default().insert(words(label));
    }
    let mut rows: BTreeMap<usize, Told> = BTreeMap::new();
    for group in between(svg, "<g data-modality=\"", "</g>") {
        let (modality, inside) = group.split_once('"').expect("an attribute");
        let mut last = 0;
        for text in between(inside, "<text class=\"", "</text>") {
            let (class, rest) = text.split_once('"').expect("an attribute");
            let (attributes, label) = rest.split_once('>').expect("a tag");
            if class == "what" {
                last = the(attributes, "data-row=\"", "\"").parse().expect("a number");
                let (label, narrowed) = label.split_once("<tspan class=\"narrowed\">").unwrap_or((label, ""));
                let row = (modality.to_owned(), words(label), words(narrowed), BTreeSet::new());
                assert!(rows.insert(last, row).is_none(), "row {last} is drawn twice");
            } else if class == "narrowed" {
                rows.get_mut(&last).expect("its row").2 = words(label);
            }
        }
        for line in between(inside, "<path class=\"line\" ", "></path>") {
            let number = |name: &str| the(line, &format!("{name}=\""), "\"").parse::<usize>().expect("a number");
            let row = rows.get_mut(&number("data-row")).expect("the row of a line");
            row.3.extend(boxes[&number("data-box")].iter().cloned());
        }
    }
    rows
}

#[test]
fn pictures_and_words_say_the_same() {
    let mut drawn = 0;
    for compiled in collections() {
        for page in summaries(&compiled) {
            for panel in panels(&page) {
                let pictures = between(panel, "<svg ", "</svg>");
                assert_eq!(pictures.len(), 2, "one for each width");
                let told = in_words(panel);
                for picture in pictures {
                    let seen = in_picture(picture);
                    assert_eq!(seen.keys().collect::<Vec<_>>(), told.keys().collect::<Vec<_>>());
                    for (row, words) in &told {
                        let seen = &seen[row];
                        assert_eq!((&seen.0, &seen.2, &seen.3), (&words.0, &words.2, &words.3), "{row}");
                        let (first, is_short) = seen.1.split_once(" and ").unwrap_or((&seen.1, ""));
                        let is_short = is_short.ends_with(" more") && words.1.starts_with(first.trim_end_matches(','));
                        assert!(seen.1 == words.1 || is_short, "`{}` is not `{}`", seen.1, words.1);
                        drawn += 1;
                    }
                }
            }
        }
    }
    assert!(drawn > 500, "{drawn}");
}

/// Where a rule stands: its block, and its name or its place there.
type Place<'p> = (Option<u32>, &'p str, u32);

/// What the rules say of whom each of them concerns, read plainly: bearer, force, other party.
fn concerned(collection: &Collection, id: PolicyId, policy: &Policy) -> BTreeSet<(String, String, String)> {
    let is_party = |&name: &Filler| {
        let words = match name {
            Filler::Word(word) => vec![word],
            Filler::Group(definition) => policy.definition(definition).group.clone(),
        };
        words.iter().any(|&it| matches!(collection.vocabulary.word(it).kind, Kind::Party | Kind::Organisation))
    };
    let label = |name: Filler| verbalise::names(collection, id, &[name]).remove(0);
    let mut found = BTreeSet::new();
    for rule in &policy.rules {
        let slots = rule.slots.iter().map(|slot| (&slot.names, slot.are, false));
        for (names, are, any) in slots.chain([(&rule.objects.names, rule.objects.are, rule.objects.any)]) {
            if any || !names.iter().any(is_party) {
                continue;
            }
            let whom: Vec<String> = match are {
                Choice::Each => names.iter().copied().filter(is_party).map(label).collect(),
                Choice::Any => vec![verbalise::list(&verbalise::names(collection, id, names), "or")],
            };
            for &bearer in &rule.bearers {
                let told = |whom: &String| (label(bearer), rule.modality.words().to_owned(), whom.clone());
                found.extend(whom.iter().map(told));
            }
        }
    }
    found
}

#[test]
fn pictures_say_what_the_rules_do() {
    let mut lines = 0;
    for compiled in collections() {
        for ((id, policy), page) in compiled.collection.policies().zip(summaries(&compiled)) {
            let mut told = BTreeSet::new();
            let mut bound: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for panel in panels(&page) {
                let who = words(the(panel, "<text class=\"who\">", "</text>"));
                for (modality, _, _, whom) in in_words(panel).into_values() {
                    told.extend(whom.into_iter().map(|whom| (who.clone(), modality.clone(), whom)));
                }
                let places = between(panel, "<span class=\"places\">", "</span>");
                let hrefs = places.iter().flat_map(|it| between(it, "href=\"", "\"")).map(words);
                bound.entry(who).or_default().extend(hrefs);
            }
            let any = told.iter().filter(|(.., whom)| whom.starts_with("any ")).cloned().collect();
            let read = concerned(&compiled.collection, id, policy);
            assert_eq!(told.difference(&any).cloned().collect::<BTreeSet<_>>(), read, "{}", policy.key);
            lines += read.len();
            // Every rule stands beside everybody it binds.
            let links = |label: &str| bound.get(label).map_or(0, BTreeSet::len);
            let mut rules: BTreeMap<String, BTreeSet<Place<'_>>> = BTreeMap::new();
            for rule in &policy.rules {
                let place = rule.name.as_deref().unwrap_or("");
                let key = (rule.block.map(|it| it.0), place, if place.is_empty() { rule.position } else { 0 });
                for label in verbalise::names(&compiled.collection, id, &rule.bearers) {
                    rules.entry(label).or_default().insert(key);
                }
            }
            for (label, rules) in rules {
                assert_eq!(links(&label), rules.len(), "{}: {label}", policy.key);
            }
        }
    }
    assert!(lines > 100, "{lines}");
}

#[test]
fn parties_lead_to_all_that_is_asked_of_them() {
    let (mut linked, mut unlinked) = (0, 0);
    for compiled in collections() {
        for ((id, policy), page) in compiled.collection.policies().zip(summaries(&compiled)) {
            // A group of the policy has no page, and neither has a party under a label of several.
            let mut bearers: BTreeMap<String, BTreeSet<Option<&str>>> = BTreeMap::new();
            for name in policy.rules.iter().flat_map(|rule| &rule.bearers) {
                let party = match name {
                    Filler::Word(word) => Some(compiled.collection.vocabulary.word(*word)),
                    Filler::Group(_) => None,
                };
                let party =
                    party.filter(|it| it.kind == Kind::Party && !policy.is_withdrawn() && policy.key.contains('/'));
                let label = verbalise::names(&compiled.collection, id, &[*name]).remove(0);
                bearers.entry(label).or_default().insert(party.map(|it| it.id.as_str()));
            }
            for panel in panels(&page) {
                let who = words(the(panel, "<text class=\"who\">", "</text>"));
                let expected = match bearers.get(&who).map(|it| it.iter().collect::<Vec<_>>()).as_deref() {
                    Some([Some(party)]) => {
                        vec![(format!("../readers/{party}.html"), format!("All that is asked of {who}"))]
                    }
                    _ => Vec::new(),
                };
                let ways = between(panel, "<p class=\"ways\">", "</p>");
                let led = ways.iter().map(|it| (the(it, "href=\"", "\"").to_owned(), words(it)));
                assert_eq!(led.collect::<Vec<_>>(), expected, "{}: {who}", policy.key);
                linked += expected.len();
                unlinked += usize::from(expected.is_empty());
            }
        }
    }
    assert!(linked > 20 && unlinked > 0, "{linked}, {unlinked}");
}

#[test]
fn rows_merge_only_what_says_the_same() {
    let page = summary(
        "policy p \"P\" {\n  organisation o\n}\nclause a \"A\" {\n  rule staff must call pupil about phone\n  \
         rule staff must call teacher about phone\n  rule staff must warn pupil when asked\n  \
         rule staff must not use phone\n  rule staff must not use game unless asked\n  \
         rule teacher must warn pupil or head\n  rule teacher must call, warn pupil\n}\n",
    );
    let rows: Vec<Vec<Told>> = panels(&page).into_iter().map(|it| in_words(it).into_values().collect()).collect();
    let row = |modality: &str, what: &str, narrowed: &str, whom: &[&str]| {
        let whom = whom.iter().map(|&it| it.to_owned()).collect();
        (modality.to_owned(), what.to_owned(), narrowed.to_owned(), whom)
    };
    assert_eq!(
        rows,
        [
            vec![
                row("must", "call", "", &["pupils", "teachers"]),
                row("must", "warn", "(in some cases)", &["pupils"]),
                row("must not", "use phones", "", &[]),
                row("must not", "use games", "(with exceptions)", &[]),
            ],
            vec![row("must", "warn", "", &["pupils or the head"]), row("must", "call and warn", "", &["pupils"])],
        ]
    );
}

#[test]
fn a_policy_and_its_summary_lead_to_each_other() {
    let compiled = Compiled::policies();
    let templates = Templates::new([]).expect("the built-in templates");
    let pages = html::Pages::new(compiled.scope(), &templates, Settings::default());
    for ((id, policy), page) in compiled.collection.policies().zip(summaries(&compiled)) {
        assert_eq!(pages.summary_path(id), policy.key.replace('/', "/summaries/") + ".html");
        let file = policy.key.split_once('/').expect("a key").1;
        assert!(page.contains(&format!("<a href=\"../{file}.html\">The whole policy</a>")));
        let hashes = clausal::emit::view::Hashes::of(&compiled.collection, policy);
        let whole = pages.policy(&clausal::emit::view::policy(compiled.scope(), id, &hashes)).expect("a page");
        assert!(whole.contains(&format!("<a href=\"summaries/{file}.html\">Summary on one page</a>")));
    }
}
