//! What the resolver makes of sources: every `tests/resolve/CASE.policy`, or folder `CASE` of them, with its findings in
//! `CASE.txt`; and where there is a `CASE.model.txt`, with keys, numbers, edges and the rest of the model.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use clausal::diagnostic::Finding;
use clausal::model::{Collection, Filler, InlineTarget, Item, Origin, Parent, Policy, PolicyId, Qualified, Rule};
use clausal::resolve::resolve;
use clausal::source::{SourceFile, Sources};
use clausal::syntax::parse;

use super::golden::golden;

/// Cases whose model is held by a golden file too.
const MODELS: [&str; 7] = ["across", "example", "headless", "inheritance", "numbering", "prose", "vocabulary"];

fn load(path: &Path) -> Vec<SourceFile> {
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name in Unicode").to_owned();
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder that can be read");
        return entries.flat_map(|entry| load(&entry.expect("an entry").path())).collect();
    }
    vec![SourceFile::new(name, std::fs::read_to_string(path).expect("a text that can be read"))]
}

/// The model, with the places of what could not be read and the resolver's own findings.
fn run(sources: &Sources) -> (Collection, Vec<Finding>, Vec<Finding>) {
    let mut asts = Vec::new();
    let mut unread = Vec::new();
    for (id, file) in sources.iter() {
        let parsed = parse(id, file);
        asts.push(parsed.ast);
        unread.extend(parsed.findings);
    }
    let (collection, findings) = resolve(sources, &asts);
    (collection, findings, unread)
}

fn told(sources: &Sources, findings: &[Finding]) -> String {
    let mut out = String::new();
    let place = |span| {
        let (start, end) = sources.positions(span);
        let file = match sources.len() {
            1 => String::new(),
            _ => format!("{}:", sources.file(span.file).path()),
        };
        (format!("{file}{}:{}", start.line, start.column), end)
    };
    for finding in findings {
        let (start, _) = place(finding.span());
        let _ = writeln!(out, "{start}: {}: {}", finding.check, finding.message);
        let shown = sources.text(finding.span());
        let _ = writeln!(out, "    under: {}", shown.lines().next().unwrap_or(""));
        for label in &finding.labels {
            if !label.text.is_empty() {
                let _ = writeln!(out, "    at {}: {}", place(label.span).0, label.text);
            }
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "    help: {help}");
        }
        for fix in &finding.fixes {
            let edits: Vec<String> =
                fix.edits.iter().map(|edit| format!("`{}` to `{}`", sources.text(edit.span), edit.text)).collect();
            let _ = writeln!(out, "    fix: {}: {}", fix.title, edits.join("; "));
        }
        for rule in &finding.rules {
            let _ = writeln!(out, "    rule: {rule}");
        }
    }
    out
}

fn words(collection: &Collection, ids: &[clausal::model::WordId]) -> String {
    let ids: Vec<&str> = ids.iter().map(|&id| collection.vocabulary.word(id).id.as_str()).collect();
    ids.join(", ")
}

fn fillers(collection: &Collection, policy: &Policy, fillers: &[Filler]) -> String {
    let told: Vec<String> = fillers
        .iter()
        .map(|filler| match filler {
            Filler::Word(word) => collection.vocabulary.word(*word).id.clone(),
            Filler::Group(group) => format!("group {}", policy.definition(*group).id),
        })
        .collect();
    told.join(", ")
}

fn conditions(out: &mut String, sources: &Sources, word: &str, conditions: &[Qualified]) {
    for it in conditions {
        let from = if it.inherited { " (inherited)" } else { "" };
        let _ = writeln!(out, "      {word} {}{from} = {:?}", sources.text(it.span), it.condition);
    }
}

fn rule(out: &mut String, sources: &Sources, collection: &Collection, policy: &Policy, rule: &Rule) {
    let _ = writeln!(
        out,
        "    rule {} [{}] {} | {} {:?} | {}{} {:?}",
        rule.key,
        fillers(collection, policy, &rule.bearers),
        rule.modality.words(),
        words(collection, &rule.actions),
        rule.actions_are,
        if rule.objects.any { "any " } else { "" },
        fillers(collection, policy, &rule.objects.names),
        rule.objects.are,
    );
    for slot in &rule.slots {
        let _ = writeln!(out, "      {} {} {:?}", slot.preposition, fillers(collection, policy, &slot.names), slot.are);
    }
    conditions(out, sources, "when", &rule.when);
    conditions(out, sources, "only when", &rule.only_when);
    conditions(out, sources, "unless", &rule.unless);
    if !rule.deadline.is_empty() {
        let deadline = &rule.deadline;
        let event = |event: Option<_>| event.map(|event| collection.vocabulary.word(event).id.as_str());
        let within = deadline.within.map(|(amount, of)| format!("{amount} of {:?}", event(of)));
        let _ = writeln!(
            out,
            "      within {within:?} before {:?} after {:?} until {:?} immediately {}",
            event(deadline.before),
            event(deadline.after),
            event(deadline.until),
            deadline.immediately
        );
    }
    if let Some(every) = rule.every {
        let _ = writeln!(out, "      every {every}");
    }
    if !rule.on_breach.is_empty() {
        let _ = writeln!(out, "      on breach {}", words(collection, &rule.on_breach));
    }
    for &loser in &rule.overrides {
        let _ = writeln!(out, "      overrides {}", collection.rule(loser).key);
    }
    for &document in &rule.yields_outside {
        let _ = writeln!(out, "      yields to document {}", policy.related[document as usize].id);
    }
    match rule.prose {
        Some(Origin::Prose(..)) => {
            let prose = policy.prose_of(rule).expect("the prose a rule belongs to");
            let _ = writeln!(out, "      prose: {}", prose.markdown.lines().next().unwrap_or(""));
        }
        Some(Origin::Heading(block)) => {
            let _ = writeln!(out, "      under the heading of {}", policy.block(block).path);
        }
        None => out.push_str("      no prose\n"),
    }
}

fn items(out: &mut String, sources: &Sources, collection: &Collection, id: PolicyId, parent: Parent) {
    let policy = collection.policy(id);
    for item in policy.items_of(parent) {
        match item {
            Item::Block(index) => {
                let block = policy.block(*index);
                let number = block.number.as_deref().unwrap_or("-");
                let was: Vec<&str> = block.was.iter().map(|(path, _)| path.as_str()).collect();
                let was = if was.is_empty() { String::new() } else { format!(" was {}", was.join(", ")) };
                let _ = writeln!(out, "  {number} {} {}{was}", block.kind.name(), block.key);
                items(out, sources, collection, id, Some(*index));
            }
            Item::Rule(index) => rule(out, sources, collection, policy, &policy.rules[*index as usize]),
            Item::Withdrawn(index) => {
                let it = &policy.withdrawn[*index as usize];
                let _ = writeln!(out, "  {} withdrawn {}", it.number.as_deref().unwrap_or("-"), it.path);
            }
            Item::Prose(prose) | Item::Note(prose) => {
                for inline in &prose.inlines {
                    let written = &prose.markdown[inline.start as usize..inline.end as usize];
                    let to = match inline.target {
                        InlineTarget::Word(word) => format!("word {}", collection.vocabulary.word(word).id),
                        InlineTarget::Definition(index) => format!("definition {}", policy.definition(index).id),
                        InlineTarget::Reference(index) => {
                            format!("place {}", collection.key_of(policy.reference(index).to, id))
                        }
                        InlineTarget::Parameter(index) => format!("parameter {}", policy.parameters[index as usize].id),
                        InlineTarget::Broken => "nothing".to_owned(),
                    };
                    let _ = writeln!(out, "    {written} -> {to} {:?}", inline.shown);
                }
            }
            Item::Definition(index) => {
                let it = policy.definition(*index);
                let _ = writeln!(
                    out,
                    "    define {} \"{}\" [{}] used {}",
                    it.id,
                    it.term,
                    words(collection, &it.group),
                    it.used
                );
            }
            Item::Accept(index) => {
                let it = &policy.accepts[*index as usize];
                let with = it.with.map(|with| collection.key_of(with, id));
                let _ = writeln!(out, "    accept {} with {with:?}", it.check);
            }
            Item::Heading(text, _) => {
                let _ = writeln!(out, "    heading {text}");
            }
        }
    }
}

fn model(sources: &Sources, collection: &Collection) -> String {
    let mut out = String::new();
    for word in &collection.vocabulary.words {
        let _ = write!(out, "{} {} \"{}\" \"{}\"", word.kind.name(), word.id, word.label, word.plural);
        for (what, ids) in [("below", &word.parents), ("overlaps", &word.overlaps), ("excludes", &word.excludes)] {
            if !ids.is_empty() {
                let _ = write!(out, " {what} {}", words(collection, ids));
            }
        }
        if word.takes != Default::default() {
            let _ = write!(out, " takes {:?} {:?}", word.takes.object, word.takes.slots);
        }
        out.push('\n');
    }
    for fact in &collection.vocabulary.facts {
        let values = match &fact.kind {
            clausal::model::FactKind::Flag => "yes or no".to_owned(),
            clausal::model::FactKind::Quantity(unit) => format!("in {}", unit.name()),
            clausal::model::FactKind::Choice(values) => {
                values.iter().map(|value| format!("{} \"{}\"", value.id, value.label)).collect::<Vec<_>>().join(", ")
            }
        };
        let _ = writeln!(out, "fact {} \"{}\" {values}", fact.id, fact.label);
    }
    for (id, policy) in collection.policies() {
        let _ = writeln!(out, "policy {} \"{}\"", policy.key, policy.title);
        items(&mut out, sources, collection, id, None);
    }
    for edge in &collection.edges {
        let key = |rule| &collection.rule(rule).key;
        let said = if edge.said_by == edge.winner { "overrides" } else { "yields to" };
        let _ = writeln!(out, "edge {} over {} ({said}, {:?})", key(edge.winner), key(edge.loser), edge.target);
    }
    for it in &collection.unused {
        let _ = writeln!(out, "unused {} {}", it.kind, it.id);
    }
    out
}

#[test]
fn every_case_gives_its_findings_and_its_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resolve");
    let mut cases = BTreeSet::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of cases") {
        let path = entry.expect("an entry").path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "policy") {
            cases.insert(path);
        }
    }
    assert!(cases.len() > MODELS.len(), "the cases are there");
    for path in cases {
        let case = path.file_stem().and_then(|stem| stem.to_str()).expect("a name in Unicode").to_owned();
        let sources = Sources::new(load(&path));
        let (collection, findings, unread) = run(&sources);
        // How the parser words its findings is held by its own tests.
        let places = unread.iter().map(|finding| sources.positions(finding.span()).0);
        let unread: String = places.map(|at| format!("{}:{}: cannot be read\n", at.line, at.column)).collect();
        golden(&format!("resolve/{case}.txt"), &(unread + &told(&sources, &findings)));
        if MODELS.contains(&case.as_str()) {
            golden(&format!("resolve/{case}.model.txt"), &model(&sources, &collection));
        }
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resolve/across");
    let sources = Sources::new(load(&folder));
    let trees = || sources.iter().map(|(id, file)| parse(id, file).ast).collect::<Vec<_>>();
    let mut backwards = trees();
    backwards.reverse();
    let (forth, back) = (resolve(&sources, &trees()), resolve(&sources, &backwards));
    assert_eq!(told(&sources, &forth.1), told(&sources, &back.1));
    assert_eq!(model(&sources, &forth.0), model(&sources, &back.0));
}

#[test]
fn every_fix_mends_what_it_is_offered_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resolve");
    let mut tried = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "policy") {
            continue;
        }
        let sources = Sources::new(load(&path));
        let (_, findings, unread) = run(&sources);
        for (finding, fix) in findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))) {
            let (id, file) = sources.iter().next().expect("one file");
            let mut text = file.text().to_owned();
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
            for edit in edits {
                assert_eq!(edit.span.file, id);
                text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            }
            let mended = Sources::new(vec![SourceFile::new("mended.policy", text)]);
            let (_, left, still_unread) = run(&mended);
            assert!(still_unread.len() <= unread.len(), "{}", finding.message);
            let here = |all: &[Finding]| all.iter().filter(|it| it.check == finding.check).count();
            let why = format!("{}: {} ({})", path.display(), finding.message, fix.title);
            assert!(here(&left) < here(&findings), "{why}");
            assert!(left.len() < findings.len(), "{why}:\n{}", told(&mended, &left));
            tried += 1;
        }
    }
    assert!(tried > 10, "only {tried} fixes were tried");
}

/// The texts of the cases that are one file.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resolve");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let policies = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "policy"));
    policies.map(|path| std::fs::read_to_string(path).expect("a text that can be read")).collect()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn no_shuffled_words_make_the_resolver_panic(
        case in 0usize..100,
        swaps in proptest::collection::vec((0usize..5000, 0usize..5000), 1..12),
    ) {
        let texts = texts();
        let text = &texts[case % texts.len()];
        // Words change places, so that ids come to stand where others are wanted.
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
        let count = words.len();
        for (a, b) in swaps {
            words.swap(a % count, b % count);
        }
        let sources = Sources::new(vec![SourceFile::new("shuffled.policy", words.concat())]);
        let (collection, findings, _) = run(&sources);
        for label in findings.iter().flat_map(|finding| &finding.labels) {
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            let text = sources.file(label.span.file).text();
            proptest::prop_assert!(start <= end && text.get(start..end).is_some(), "{start}..{end} is no place");
        }
        // Everything the model points at exists.
        let _ = model(&sources, &collection);
        let keys: BTreeSet<&str> = collection.rules().map(|(_, rule)| rule.key.as_str()).collect();
        proptest::prop_assert_eq!(keys.len(), collection.rules().count());
    }
}
