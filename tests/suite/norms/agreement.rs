//! The analysis and its judge, asked about random collections.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use clausal::model::{Collection, RuleId};
use clausal::norms::{Analysis, Limits, Question, Redundant, analyse, analyse_within};
use clausal::source::SourceFile;
use rayon::prelude::*;

use super::super::compiled::Compiled;
use super::QUESTIONS;
use super::judge::{judge, judge_the_whole, replay};
use super::random::collection;
use super::shrink::{Files, shrink};
use super::told::told;

/// Sorts of quarrels of which one is made small and told in full.
const MOST_TOLD: usize = 8;

/// What came of one random collection.
struct Outcome {
    seed: u64,
    /// Whether it was too big to be judged.
    skipped: bool,
    /// Whether anything was wrong with the text, or with a rule in it.
    unsound: bool,
    found: Vec<&'static str>,
    /// What the analysis and its judge quarrel about.
    wrong: Option<Quarrel>,
}

/// A quarrel of the analysis and its judge.
struct Quarrel {
    /// The findings in which they differ.
    about: Vec<&'static str>,
    /// What each says.
    told: String,
}

fn read(files: &Files) -> Compiled {
    Compiled::from(files.iter().map(|(path, text)| SourceFile::new(path.as_str(), text.as_str())).collect())
}

/// What is wrong with the answer to a question, where something is; with what was found. `None` where the judge gives up:
/// then the analysis must have got through.
fn quarrel(collection: &Collection, question: Question) -> Option<(Vec<&'static str>, Option<Quarrel>)> {
    let answered = catch_unwind(AssertUnwindSafe(|| analyse(collection, question)));
    let judged = judge(collection, question);
    let Ok(answered) = answered else {
        let told = "the analysis panicked\n".to_owned();
        return Some((Vec::new(), Some(Quarrel { about: vec!["panic"], told })));
    };
    let judged = judged?;
    let found = found(&judged);
    if answered != judged {
        let about = differences(&judged, &answered);
        let [judged, answered] = [judged, answered].map(|analysis| told(collection, &analysis));
        let one = if question.as_one { " (as one)" } else { "" };
        let told = format!("the judge{one}:\n{judged}the analysis:\n{answered}");
        return Some((found, Some(Quarrel { about, told })));
    }
    let unshown = answered.disagreements.iter().find_map(|it| replay(collection, question, it).err());
    let unshown = unshown.map(|why| Quarrel {
        about: vec!["witness"],
        told: format!("a witness shows nothing: {why}\n{}", told(collection, &answered)),
    });
    Some((found, unshown))
}

/// The findings in which two analyses differ.
fn differences(a: &Analysis, b: &Analysis) -> Vec<&'static str> {
    let of = |analysis: &Analysis, name: &str| {
        let these = analysis.disagreements.iter().filter(|it| it.conflict.name() == name);
        these.cloned().collect::<Vec<_>>()
    };
    let mut names: Vec<&'static str> = [a, b].into_iter().flat_map(found).collect();
    names.sort_unstable();
    names.dedup();
    let lists = [
        ("never-applies", a.never_applies != b.never_applies),
        ("redundant-rule", a.redundant != b.redundant),
        ("idle-exception", a.idle_exceptions != b.idle_exceptions),
        ("idle-override", a.idle_overrides != b.idle_overrides),
        ("override-cycle", a.cycles != b.cycles),
    ];
    names.retain(|name| match lists.iter().find(|(list, _)| list == name) {
        Some((_, differs)) => *differs,
        None => of(a, name) != of(b, name),
    });
    names.extend((a.undecided != b.undecided).then_some("undecided"));
    names
}

fn quarrels(files: &Files) -> Option<Quarrel> {
    let compiled = read(files);
    QUESTIONS.iter().find_map(|(_, question)| quarrel(&compiled.collection, *question).and_then(|(_, wrong)| wrong))
}

fn tried(seed: u64) -> Outcome {
    let compiled = read(&collection(seed));
    let [plain, as_one] = QUESTIONS.map(|(_, question)| quarrel(&compiled.collection, question));
    let unsound = !compiled.findings.is_empty();
    let (Some((found, plain)), Some((_, as_one))) = (plain, as_one) else {
        return Outcome { seed, skipped: true, unsound, found: Vec::new(), wrong: None };
    };
    Outcome { seed, skipped: false, unsound, found, wrong: plain.or(as_one) }
}

/// The smallest collection with a quarrel about the same, with what each says.
fn told_quarrel(seed: u64, about: &[&str]) -> String {
    // What had no mistakes in it keeps free of them.
    let sound = |files: &Files| read(files).findings.is_empty();
    let files = collection(seed);
    let keep_sound = sound(&files);
    let still = |files: &Files| quarrels(files).is_some_and(|it| it.about == about) && (!keep_sound || sound(files));
    let small = shrink(files, &still);
    let why = quarrels(&small).map_or_else(String::new, |quarrel| quarrel.told);
    let text: String = small.iter().map(|(path, text)| format!("# {path}\n{text}")).collect();
    format!("seed {seed}, about {about:?}:\n{text}\n{why}")
}

/// The names of what an analysis found.
fn found(analysis: &Analysis) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = analysis.disagreements.iter().map(|it| it.conflict.name()).collect();
    for (name, any) in [
        ("never-applies", !analysis.never_applies.is_empty()),
        ("redundant-rule", !analysis.redundant.is_empty()),
        ("idle-exception", !analysis.idle_exceptions.is_empty()),
        ("idle-override", !analysis.idle_overrides.is_empty()),
        ("override-cycle", !analysis.cycles.is_empty()),
    ] {
        found.extend(any.then_some(name));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Counts outcomes, and fails where too little of what was made is of use; a few collections say nothing of that.
fn account(outcomes: &[Outcome]) -> String {
    let skipped = outcomes.iter().filter(|it| it.skipped).count();
    let unsound = outcomes.iter().filter(|it| it.unsound).count();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in outcomes.iter().flat_map(|it| &it.found) {
        *counts.entry(name).or_default() += 1;
    }
    let total = outcomes.len();
    let told = format!("{total} collections, {skipped} too big to judge, {unsound} with mistakes; {counts:?}");
    if total >= 1000 {
        assert!(skipped * 100 <= total, "too many are too big: {told}");
        assert!(unsound * 6 <= total, "too many have mistakes: {told}");
        assert!(counts.len() == 11, "not every finding came up: {told}");
    }
    told
}

/// Fails with a collection for each sort of quarrel, made small.
fn no_quarrel(outcomes: &[Outcome]) {
    let mut sorts: BTreeMap<&[&str], Vec<u64>> = BTreeMap::new();
    for outcome in outcomes {
        if let Some(quarrel) = &outcome.wrong {
            sorts.entry(&quarrel.about).or_default().push(outcome.seed);
        }
    }
    let first: Vec<(&&[&str], &Vec<u64>)> = sorts.iter().take(MOST_TOLD).collect();
    let told: Vec<String> = first.par_iter().map(|(about, seeds)| told_quarrel(seeds[0], about)).collect();
    assert!(sorts.is_empty(), "quarrels: {sorts:?}\n{}", told.join("\n\n"));
}

#[test]
fn the_analysis_answers_random_collections_as_the_judge_does() {
    let outcomes: Vec<Outcome> = (0..1200u64).into_par_iter().map(tried).collect();
    println!("{}", account(&outcomes));
    no_quarrel(&outcomes);
}

/// What the judge leaves out makes no difference: it says the same when every word of the vocabulary is tried for
/// everything, whatever the rules name.
#[test]
fn trying_the_whole_vocabulary_finds_nothing_else() {
    let compared: usize = (0..60u64)
        .into_par_iter()
        .map(|seed| {
            let compiled = read(&collection(seed));
            let mut compared = 0;
            for (_, question) in QUESTIONS {
                let collection = &compiled.collection;
                let (Some(judged), Some(whole)) = (judge(collection, question), judge_the_whole(collection, question))
                else {
                    continue;
                };
                let without_witnesses = |analysis: &Analysis| {
                    let told: Vec<_> =
                        analysis.disagreements.iter().map(|it| (it.conflict, it.rules.clone(), it.relation)).collect();
                    (told, Analysis { disagreements: Vec::new(), ..analysis.clone() })
                };
                assert_eq!(without_witnesses(&whole), without_witnesses(&judged), "seed {seed}");
                compared += 1;
            }
            compared
        })
        .sum();
    assert!(compared > 80, "only {compared} compared");
}

#[test]
fn the_order_of_files_changes_no_answer() {
    let told_of = |files: &Files| {
        let compiled = read(files);
        QUESTIONS.map(|(_, question)| told(&compiled.collection, &analyse(&compiled.collection, question)))
    };
    let mut findings = 0;
    for seed in 0..300 {
        let files = collection(seed);
        let answer = told_of(&files);
        findings += usize::from(answer[0] != "nothing\n");
        assert_eq!(answer, told_of(&files.into_iter().rev().collect()), "seed {seed}");
    }
    assert!(findings > 150, "only {findings} had findings");
}

/// Shows what the judge says of `CLAUSAL_NORMS_SEED`.
#[test]
#[ignore = "shows one collection"]
fn show() {
    let seed = std::env::var("CLAUSAL_NORMS_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let files = collection(seed);
    let compiled = read(&files);
    files.iter().for_each(|(path, text)| println!("# {path}\n{text}"));
    for finding in &compiled.findings {
        println!("{}: {} at {}", finding.check, finding.message, compiled.sources.text(finding.span()));
    }
    for (_, question) in QUESTIONS {
        let judged = judge(&compiled.collection, question);
        println!("{}", judged.map_or("too big".to_owned(), |judged| told(&compiled.collection, &judged)));
    }
}

/// A long run: `CLAUSAL_NORMS_CASES=100000 cargo test --release --test suite norms::agreement::long -- --ignored
/// --nocapture`, from the seed `CLAUSAL_NORMS_SEED` on.
#[test]
#[ignore = "a long run: see its comment"]
fn long() {
    let number = |name: &str, or: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or);
    let (cases, seed) = (number("CLAUSAL_NORMS_CASES", 20_000), number("CLAUSAL_NORMS_SEED", 1_000_000));
    let began = Instant::now();
    let outcomes: Vec<Outcome> = (seed..seed + cases).into_par_iter().map(tried).collect();
    println!("{} in {:.1} s", account(&outcomes), began.elapsed().as_secs_f64());
    no_quarrel(&outcomes);
}

#[test]
fn boxes_and_diagrams_answer_alike() {
    let by_diagrams = Limits { boxes: 0, ..Limits::default() };
    (0..300u64).into_par_iter().for_each(|seed| {
        let compiled = read(&collection(seed));
        for (_, question) in QUESTIONS {
            let boxes = analyse(&compiled.collection, question);
            let diagrams = analyse_within(&compiled.collection, question, by_diagrams);
            assert_eq!(boxes, diagrams, "seed {seed}");
        }
    });
}

/// Choices of more values than one machine word holds: each gets so many more, declared before its own.
#[test]
fn large_choices_are_judged_alike() {
    let more: String = (0..66).map(|value| format!("w{value} ")).collect();
    let by_diagrams = Limits { boxes: 0, ..Limits::default() };
    let judged: usize = (0..400u64)
        .into_par_iter()
        .map(|seed| {
            let mut files = collection(seed);
            let wider = |line: &str| match line.starts_with("  fact") {
                true => line.replace("{ ", &format!("{{ {more}")),
                false => line.to_owned(),
            };
            files[0].1 = files[0].1.lines().map(|line| wider(line) + "\n").collect();
            if files == collection(seed) {
                return 0;
            }
            let compiled = read(&files);
            let mut judged = 0;
            for (_, question) in QUESTIONS {
                let answered = analyse(&compiled.collection, question);
                let diagrams = analyse_within(&compiled.collection, question, by_diagrams);
                assert_eq!(answered, diagrams, "seed {seed}");
                if let Some((_, quarrel)) = quarrel(&compiled.collection, question) {
                    assert!(quarrel.is_none(), "seed {seed}: {}", quarrel.map_or_else(String::new, |it| it.told));
                    judged += 1;
                }
            }
            judged
        })
        .sum();
    assert!(judged > 200, "only {judged} judged");
}

/// A policy about other people, things and acts changes no answer about the rest, wherever it stands.
#[test]
fn what_has_nothing_to_do_with_it_changes_no_answer() {
    let words = "vocabulary others {\n  organisation zo\n  party zp { zq }\n  thing zt\n  action za takes thing\n  \
                 fact zf\n}\n";
    let others: String = (0..60)
        .map(|at| {
            let force = ["may", "must not", "must", "may"][at % 4];
            let over = if at > 0 { format!(" overrides @others:k#r{}", at - 1) } else { String::new() };
            format!("  rule r{at}: zp {force} za zt when zf{over}\n")
        })
        .collect();
    let policy = format!("policy others \"O\" {{\n  organisation zo\n}}\nclause k {{\n{others}}}\n");
    let compared: usize = (0..300u64)
        .into_par_iter()
        .map(|seed| {
            let files = collection(seed);
            // With one policy alone rules are told without it.
            if files.len() < 3 {
                return 0;
            }
            for path in ["a/others.policy", "z/others.policy"] {
                let mut more = files.clone();
                more.push((path.to_owned(), format!("{words}{policy}")));
                let (small, large) = (read(&files).collection, read(&more).collection);
                for (_, question) in QUESTIONS {
                    let before = told(&small, &analyse(&small, question)).replace("nothing\n", "");
                    let after = told(&large, &analyse(&large, question));
                    let mut kept = String::new();
                    let mut about_others = false;
                    for line in after.lines() {
                        about_others = if line.starts_with(' ') { about_others } else { line.contains("others:") };
                        if !about_others {
                            kept += &format!("{line}\n");
                        }
                    }
                    assert_eq!(kept, before, "seed {seed}, {path}");
                }
            }
            1
        })
        .sum();
    assert!(compared > 60, "only {compared} compared");
}

/// Within narrow limits less is answered, but nothing else: what is told is true, and of what is not told some rule is
/// named as undecided.
#[test]
fn what_a_limit_stops_is_said() {
    let wide = Limits::default();
    let narrow = [
        Limits { boxes: 0, nodes: 12, ..wide },
        Limits { boxes: 2, nodes: 40, ..wide },
        Limits { partners: 1, ..wide },
        Limits { partners: 0, ..wide },
        Limits { bans: 2, ..wide },
        Limits { steps: 300, ..wide },
        Limits { all_steps: 1000, disagreements: 0, ..wide },
    ];
    let stopped: usize = (0..300u64)
        .into_par_iter()
        .map(|seed| {
            let compiled = read(&collection(seed));
            let collection = &compiled.collection;
            let full = analyse(collection, Question::default());
            assert_eq!(full.undecided, [], "seed {seed}");
            let limited = narrow.map(|limits| (limits, analyse_within(collection, Question::default(), limits)));
            for (limits, answered) in &limited {
                let open = |rules: &[RuleId]| {
                    rules.iter().any(|rule| answered.undecided.iter().any(|it| it.rules.contains(rule)))
                };
                let told = &answered.disagreements;
                assert!(told.iter().all(|it| full.disagreements.contains(it)), "seed {seed}, {limits:?}");
                let lost = full.disagreements.iter().find(|it| !told.contains(it) && !open(&it.rules));
                assert_eq!(lost, None, "seed {seed}, {limits:?}");
                let lost = full.redundant.iter().find(|it| !answered.redundant.contains(it) && !open(&[it.rule]));
                assert_eq!(lost, None, "seed {seed}, {limits:?}");
                let needless = |it: &Redundant| full.redundant.iter().any(|known| known.rule == it.rule);
                assert!(answered.redundant.iter().all(needless), "seed {seed}, {limits:?}");
                let lost = full
                    .never_applies
                    .iter()
                    .find(|it| !answered.never_applies.contains(it) && !open(&[it.rule]) && !open(&it.overridden_by));
                assert_eq!(lost, None, "seed {seed}, {limits:?}");
                assert!(answered.never_applies.iter().all(|it| full.never_applies.contains(it)), "seed {seed}");
                assert!(answered.idle_overrides.iter().all(|it| full.idle_overrides.contains(it)), "seed {seed}");
                assert!(answered.idle_exceptions.iter().all(|it| full.idle_exceptions.contains(it)), "seed {seed}");
            }
            limited.iter().filter(|(_, answered)| !answered.undecided.is_empty()).count()
        })
        .sum();
    assert!(stopped > 100, "the limits stopped hardly anything: {stopped}");
}
