//! No text makes any stage stumble: whatever stands in two files goes through parser, resolver, checks, reports and every
//! output, each place can be shown, and every export follows its schema.
//!
//! `CLAUSAL_CASES=100 cargo test --test suite totality` tries a hundred times as many texts.

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use clausal::checks::{self, Context};
use clausal::emit::desk::anchors;
use clausal::emit::html::Settings;
use clausal::emit::templates::Templates;
use clausal::emit::{html, json, markdown, schema};
use clausal::model::PartialDate;
use clausal::report::{self, Options};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use super::compiled::Compiled;
use super::memory::Memory;
use super::syntax::WORDS;

/// Whole items, so that among the odd words there is something for the later stages to work on.
const ITEMS: &[&str] = &[
    "vocabulary v { organisation o \"O\" { p } party staff plural \"staff\" { x } thing phone \"a phone\" { x } }\n",
    "vocabulary v { action use takes thing to party action x is use excludes use fact late fact y { a b } fact n in hours }\n",
    "vocabulary v { event start consequence sack party y is x overlaps staff party x is y thing z is z }\n",
    "policy p \"P\" { organisation o status adopted version \"1\" owner staff parameter x \"X\" related x \"X\" }\n",
    "policy q \"Q\" { organisation o numbering legal review every 1 year by 2020 approved 2026-03 by staff each rule when late }\n",
    "policy p \"P\" {\n",
    "section x \"X\" was y, z/x {\n",
    "clause x \"Staff must\" number \"(iv)\" {\n",
    "annex y \"Y\" {\n",
    "clause y {\n",
    "}\n",
    "| {Staff} must use {a phone}: {@x}, {$x}, {x \"y\"}, {nothing}, {@p:x#a}, {@o/q:}.\n",
    "| - must not\n| - [TBC] <b>\n|\n| | a | b |\n| |---|---|\n| | c | {@x/y} |\n",
    "rule a: staff must use phone to staff within 2 hours of start on breach sack overrides @x\n",
    "rule staff, x must use any phone unless late and y is a and n at most 3 hours every 1 week\n",
    "rule staff may x phone when y is not b or approved by 2 of (staff, x) only when not late yields to @p:, @x#a\n",
    "rule a: x should not use x, phone to x or staff until start immediately\n",
    "each rule unless y is one of (a, b) overrides @q:\n",
    "define x \"term\" also \"staff\" as staff, x { | a {term} of {y}\n }\n",
    "define y as x { | the {term}\n }\n",
    "note { | should\n }\n",
    "withdrawn x \"why\" in \"2\"\n",
    "heading \"Do not\"\n",
    "accept modality-mismatch with @x because \"so\" by staff until 2020\n",
];

static VALIDATORS: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
    [
        ("policy", schema::policy()),
        ("collection", schema::collection()),
        ("rule", schema::rule()),
        ("findings", report::schema()),
        ("anchors", schema::anchors()),
    ]
    .into_iter()
    .map(|(name, schema)| (name, jsonschema::draft202012::new(&schema).expect("a schema of 2020-12")))
    .collect()
});

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::new([]).expect("the built-in templates"));

static POLICIES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let policies = Compiled::policies();
    policies.sources.iter().map(|(_, file)| (file.path().to_owned(), file.text().to_owned())).collect()
});

fn cases(usual: u32) -> ProptestConfig {
    let times = std::env::var("CLAUSAL_CASES").ok().map_or(1, |times| times.parse().expect("a number of times"));
    ProptestConfig { cases: usual * times, max_shrink_iters: 2_000, ..Default::default() }
}

pub(super) fn heap() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => select(ITEMS).prop_map(str::to_owned),
        1 => select(WORDS).prop_map(|word| format!("{word} ")),
        1 => select(WORDS).prop_map(|word| format!("{word}\n")),
    ];
    // Most files begin as files do: what comes first decides how much of the rest is understood.
    (0..5_usize, prop::collection::vec(word, 0..50)).prop_map(|(start, words)| {
        let start = if start < 4 { ITEMS[..start].concat() } else { String::new() };
        start + &words.concat()
    })
}

/// One change of the bytes of a file, at a place given as a part of it.
#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    CutOff(Index),
    TakeOut(Index, usize),
    Insert(Index, &'static str),
    Swap(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        1 => any::<Index>().prop_map(Change::CutOff),
        2 => (any::<Index>(), 1..200_usize).prop_map(|(at, length)| Change::TakeOut(at, length)),
        3 => (any::<Index>(), select(WORDS)).prop_map(|(at, word)| Change::Insert(at, word)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Change::Swap(one, other)),
    ]
}

impl Change {
    fn make(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let place = |at: &Index| at.index(bytes.len());
        match self {
            Change::Flip(at, bit) => {
                let at = place(at);
                bytes[at] ^= bit;
            }
            Change::CutOff(at) => bytes.truncate(place(at)),
            Change::TakeOut(at, length) => {
                let at = place(at);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Change::Insert(at, word) => {
                let at = place(at);
                bytes.splice(at..at, word.bytes());
            }
            Change::Swap(one, other) => {
                let (one, other) = (place(one), place(other));
                bytes.swap(one, other);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_heap_of_words_makes_a_stage_stumble(first in heap(), second in heap()) {
        through_all_stages(Compiled::of(&[("a.policy", &first), ("b/c d.policy", &second)]));
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn no_damage_to_a_policy_makes_a_stage_stumble(
        which in any::<Index>(),
        words: bool,
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let (shared, others): (Vec<_>, Vec<_>) = POLICIES.iter().partition(|(path, _)| path.ends_with("school.policy"));
        let (path, text) = *which.get(&others);
        let mut files: Vec<(String, Vec<u8>)> = vec![(path.clone(), text.clone().into_bytes())];
        files.extend(shared.into_iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
        let damaged = usize::from(words);
        changes.iter().for_each(|change| change.make(&mut files[damaged].1));
        through_all_stages(Compiled::of_bytes(files));
    }
}

/// Everything that can be made of sources is made; what can be said of any result is asserted.
fn through_all_stages(compiled: Compiled) {
    let Compiled { sources, collection, findings } = &compiled;
    let as_of = PartialDate::parse("2026-11-20").map(PartialDate::first_day);
    let context = Context::new(collection, sources, as_of, findings);
    let mut found = checks::run(&context);
    found.extend(findings.iter().cloned());
    let found = checks::finish(&context, found, &checks::Settings::default());
    for finding in &found {
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in finding.labels.iter().map(|label| label.span).chain(edits) {
            let text = sources.file(span.file).text().get(span.start as usize..span.end as usize);
            assert!(text.is_some(), "a place that is none: {finding:?}");
        }
    }
    let infos: Vec<_> = checks::ALL.iter().map(|check| check.info).collect();
    for graphical in [true, false] {
        let options = Options { graphical, accepted: true, ..Options::default() };
        report::human(&mut io::sink(), &found, sources, &options).expect("nothing refuses to be written");
    }
    report::short(&mut io::sink(), &found, sources, &Options::default()).expect("nothing refuses to be written");
    report::github(&mut io::sink(), &found, sources, &Options::default()).expect("nothing refuses to be written");
    let mut sarif = Vec::new();
    report::sarif(&mut sarif, &found, sources, &infos).expect("nothing refuses to be written");
    let _: Value = serde_json::from_slice(&sarif).expect("SARIF is JSON");
    let mut told = Vec::new();
    report::json(&mut told, &found, sources).expect("nothing refuses to be written");
    assert_valid("findings", &told);

    let memory = Memory::default();
    let create = |path: &str| memory.create(path);
    json::write(compiled.scope(), &found, &create).expect("JSON");
    let settings = Settings { errors: found.len(), markdown: true, json: true, ..Settings::default() };
    html::write(compiled.scope(), &TEMPLATES, settings, &create).expect("HTML");
    markdown::write(compiled.scope(), &TEMPLATES, found.len(), &create).expect("Markdown");
    let files = memory.files();
    assert_eq!(
        files.keys().filter(|path| path.ends_with(".json")).count(),
        collection.policies.len() + 2,
        "a document for each policy, one for all, and the list of anchors"
    );
    for (path, bytes) in &files {
        match path.as_str() {
            json::COLLECTION => assert_valid("collection", bytes),
            anchors::FILE => assert_valid("anchors", bytes),
            json::RULES => bytes
                .split(|&byte| byte == b'\n')
                .filter(|it| !it.is_empty())
                .for_each(|line| assert_valid("rule", line)),
            path if path.ends_with(".json") => assert_valid("policy", bytes),
            _ => assert!(str::from_utf8(bytes).is_ok_and(|text| !text.is_empty()), "{path}"),
        }
    }
}

#[track_caller]
fn assert_valid(name: &str, document: &[u8]) {
    let document: Value = serde_json::from_slice(document).expect("an export is JSON");
    let wrong: Vec<String> =
        VALIDATORS[name].iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
}
