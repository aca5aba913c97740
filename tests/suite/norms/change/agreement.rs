//! The comparison and its judge, asked about random collections and second versions of them.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice::from_ref;

use clausal::model::Collection;
use clausal::norms::{Aspect, Direction, Effect, Joined, Leaf, Limits, Pair, Shift, Value, Verdict, compare};
use clausal::source::SourceFile;
use rayon::prelude::*;

use super::super::super::compiled::Compiled;
use super::super::judge::change::{ChangeJudge, First};
use super::super::random::{Dice, collection};
use super::super::shrink::{Files, shrink};
use super::mutate::{doubled, mutated, reversed};
use super::{pairs_by_clause, told};

pub fn read(files: &Files) -> Compiled {
    Compiled::from(files.iter().map(|(path, text)| SourceFile::new(path.as_str(), text.as_str())).collect())
}

/// Two versions of a random collection, or two collections that have nothing in common but the names of their words.
pub fn versions(seed: u64) -> [Files; 2] {
    let mut files = collection(seed);
    let mut dice = Dice::new(seed ^ 0x00C0_FFEE);
    if dice.one_in(2) {
        files = doubled(&files, &mut dice);
    }
    if dice.one_in(12) {
        return [files, collection(seed + 1_000_000)];
    }
    let tries: Vec<Files> = (0..6).map(|_| mutated(&files, &mut dice)).collect();
    // Mostly one without mistakes that is another.
    let sound = |it: &&Files| **it != files && (is_sound(&read(it)) || !is_sound(&read(&files)));
    let new = tries.iter().find(sound).unwrap_or(&tries[0]).clone();
    [files, new]
}

fn is_sound(compiled: &Compiled) -> bool {
    compiled.findings.is_empty()
}

/// Pairs by clauses, or each rule by itself, or everything at once.
fn pairs(seed: u64, old: &Collection, new: &Collection) -> Vec<(String, Pair)> {
    match seed % 4 {
        0 | 1 => pairs_by_clause(old, new),
        2 => {
            let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
            for (id, rule) in old.rules() {
                pairs.entry(rule.key.clone()).or_default().old.push(id);
            }
            for (id, rule) in new.rules() {
                pairs.entry(rule.key.clone()).or_default().new.push(id);
            }
            pairs.into_iter().collect()
        }
        _ => {
            let all = |collection: &Collection| collection.rules().map(|(id, _)| id).collect();
            vec![("all".to_owned(), Pair { old: all(old), new: all(new) })]
        }
    }
}

/// What came of one pair of collections.
#[derive(Default)]
struct Outcome {
    seed: u64,
    pairs: usize,
    skipped: usize,
    undecided: usize,
    unchanged: usize,
    elsewhere: usize,
    found: Vec<(Aspect, Direction)>,
    wrong: Option<(&'static str, String)>,
}

fn tried(seed: u64) -> Outcome {
    outcome(seed, &versions(seed))
}

fn outcome(seed: u64, files: &[Files; 2]) -> Outcome {
    let [old, new] = files.each_ref().map(|files| read(files).collection);
    let mut outcome = Outcome { seed, ..Outcome::default() };
    let (names, pairs): (Vec<String>, Vec<Pair>) = pairs(seed, &old, &new).into_iter().unzip();
    let answered = catch_unwind(AssertUnwindSafe(|| {
        let joined = Joined::of(&old, &new);
        let effects = compare(&joined, &pairs, Limits::default());
        (joined, effects)
    }));
    let Ok((joined, effects)) = answered else {
        outcome.wrong = Some(("panic", "the comparison panicked".to_owned()));
        return outcome;
    };
    let judge = ChangeJudge::new(&joined);
    for ((name, pair), effect) in names.iter().zip(&pairs).zip(&effects) {
        outcome.pairs += 1;
        let told = || told::effects([&old, &new], &joined, from_ref(name), from_ref(effect));
        if effect.undecided != judge.is_undecided(pair) {
            outcome.wrong = Some(("undecided", told()));
            return outcome;
        }
        if effect.undecided {
            outcome.undecided += 1;
            continue;
        }
        outcome.unchanged += usize::from(effect.verdict() == Verdict::Unchanged);
        let Some(judged) = judge.judge(pair) else {
            outcome.skipped += 1;
            continue;
        };
        let found: Vec<(Aspect, Direction)> = effect.shifts.iter().map(|it| (it.aspect, it.direction)).collect();
        outcome.found.extend(&found);
        let mut wanted: Vec<(Aspect, Direction)> = judged.keys().copied().collect();
        wanted.sort_unstable();
        if found != wanted {
            outcome.wrong = Some(("shifts", format!("the judge: {wanted:?}\n{}", told())));
            return outcome;
        }
        for shift in &effect.shifts {
            outcome.elsewhere += usize::from(!shift.elsewhere.is_empty());
            let first = &judged[&(shift.aspect, shift.direction)];
            if first.alone != shift.elsewhere.is_empty() {
                let why = format!("the judge on {:?}: alone is {}\n{}", shift.aspect, first.alone, told());
                outcome.wrong = Some(("elsewhere", why));
                return outcome;
            }
            if let Err(why) = judge.replay(pair, shift) {
                outcome.wrong = Some(("witness", format!("{:?}: {why}\n{}\n{shift:?}", shift.aspect, told())));
                return outcome;
            }
            if !is_first(first, shift) {
                let why = format!("{:?}: {shift:?}\nthe judge: {:?}\n{}", shift.aspect, first.at, told());
                outcome.wrong = Some(("order", why));
                return outcome;
            }
        }
    }
    outcome
}

/// Whether a shift is shown in its first situation. The amounts that are tried depend on the rules that are, and an object
/// of a way is looked for in another place: those are left out.
fn is_first(first: &First, shift: &Shift) -> bool {
    let (context, way) = (&shift.witness.context, &shift.witness.ways[0]);
    let told = || context.facts.iter().chain(&way.facts);
    if first.any || told().any(|(_, value)| matches!(value, Value::Quantity(_))) {
        return true;
    }
    let slots: Vec<(&str, Leaf)> =
        first.at.slots.iter().filter_map(|(preposition, leaf)| Some((*preposition, (*leaf)?))).collect();
    (context.organisation, context.party, context.object) == (first.at.organisation, first.at.party, first.at.object)
        && way.action == first.at.action
        && way.slots == slots
        && told().all(|(fact, value)| first.at.fact(*fact) == *value)
        && (&way.approvals, &way.consents) == (&first.at.approvals, &first.at.consents)
}

/// Two versions with a quarrel of the same sort, made small.
fn told_small(seed: u64, sort: &str) -> String {
    let join = |files: &[Files; 2]| -> Files {
        let side = |name: &str, files: &Files| {
            files.iter().map(|(path, text)| (format!("{name}/{path}"), text.clone())).collect::<Files>()
        };
        [side("old", &files[0]), side("new", &files[1])].concat()
    };
    let split = |files: &Files| -> [Files; 2] {
        ["old/", "new/"].map(|side| {
            let own = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(side)?.to_owned(), text.clone())));
            own.collect()
        })
    };
    let still = |files: &Files| outcome(seed, &split(files)).wrong.is_some_and(|wrong| wrong.0 == sort);
    let small = shrink(join(&versions(seed)), &still);
    let why = outcome(seed, &split(&small)).wrong.map_or(String::new(), |wrong| wrong.1);
    let text: String = small.iter().map(|(path, text)| format!("# {path}\n{text}")).collect();
    format!("seed {seed}, {sort}:\n{text}\n{why}")
}

fn account(outcomes: &[Outcome]) -> String {
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let (pairs, skipped) = (sum(|it| it.pairs), sum(|it| it.skipped));
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (aspect, direction) in outcomes.iter().flat_map(|it| &it.found) {
        *counts.entry((aspect.name(), direction.name())).or_default() += 1;
    }
    let told = format!(
        "{pairs} pairs, {skipped} too big to judge, {} undecided, {} unchanged, {} said elsewhere; {counts:?}",
        sum(|it| it.undecided),
        sum(|it| it.unchanged),
        sum(|it| it.elsewhere)
    );
    if outcomes.len() >= 200 {
        assert!(skipped * 12 <= pairs, "too many are too big: {told}");
        assert_eq!(counts.len(), 22, "not everything came up: {told}");
        assert!(sum(|it| it.elsewhere) >= 20, "too little is said elsewhere: {told}");
    }
    told
}

fn run(seeds: std::ops::Range<u64>) {
    let outcomes: Vec<Outcome> = seeds.into_par_iter().map(tried).collect();
    let mut sorts: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for outcome in &outcomes {
        if let Some((sort, _)) = &outcome.wrong {
            sorts.entry(sort).or_default().push(outcome.seed);
        }
    }
    let told: Vec<String> = sorts.iter().map(|(sort, seeds)| told_small(seeds[0], sort)).collect();
    assert!(sorts.is_empty(), "quarrels: {sorts:?}\n{}", told.join("\n\n"));
    println!("{}", account(&outcomes));
}

#[test]
fn the_comparison_answers_random_versions_as_its_judge_does() {
    run(0..240);
}

/// A long run: `CLAUSAL_NORMS_CASES=20000 cargo test --test suite norms::change::agreement::long -- --ignored --nocapture`,
/// from the seed `CLAUSAL_NORMS_SEED` on.
#[test]
#[ignore = "a long run: see its comment"]
fn long() {
    let number = |name: &str, or: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or);
    let (cases, seed) = (number("CLAUSAL_NORMS_CASES", 5_000), number("CLAUSAL_NORMS_SEED", 100_000));
    run(seed..seed + cases);
}

fn effects(seed: u64, files: &[Files; 2], limits: Limits) -> Vec<(String, Effect)> {
    let [old, new] = files.each_ref().map(|files| read(files).collection);
    let (names, pairs): (Vec<String>, Vec<Pair>) = pairs(seed, &old, &new).into_iter().unzip();
    let effects = compare(&Joined::of(&old, &new), &pairs, limits);
    names.into_iter().zip(effects).collect()
}

/// Rules written alike are not even compared, so that no limit stops anything; in another order, each clause as a whole.
#[test]
fn nothing_changes_from_a_collection_to_itself_or_to_its_rules_in_another_order() {
    let nothing = Limits { boxes: 0, nodes: 0, partners: 0, bans: 0, steps: 0, all_steps: 0, disagreements: 0 };
    let pairs: usize = (0..240u64)
        .into_par_iter()
        .map(|seed| {
            let files = collection(seed);
            let same = effects(seed, &[files.clone(), files.clone()], nothing);
            let full = effects(seed, &[files.clone(), files.clone()], Limits::default());
            assert_eq!(same, full, "seed {seed}");
            let by_clause = seed - seed % 4;
            let other = effects(by_clause, &[files.clone(), reversed(&files)], Limits::default());
            for (name, effect) in same.iter().chain(&other) {
                assert_eq!(effect.verdict(), Verdict::Unchanged, "seed {seed}, {name}: {effect:?}");
            }
            same.iter().filter(|(_, effect)| !effect.undecided).count()
        })
        .sum();
    assert!(pairs > 300, "only {pairs} pairs were decided");
}

#[test]
fn there_and_back_is_the_other_way_round() {
    let shifts: usize = (0..250u64)
        .into_par_iter()
        .map(|seed| {
            let [old, new] = versions(seed);
            let there = effects(seed, &[old.clone(), new.clone()], Limits::default());
            let back = effects(seed, &[new, old], Limits::default());
            let mut count = 0;
            for ((name, there), (_, back)) in there.iter().zip(&back) {
                let sorts = |effect: &Effect, mirrored: bool| {
                    let sort = |shift: &Shift| {
                        let tightened = (shift.direction == Direction::Tightened) != mirrored;
                        (shift.aspect, tightened, shift.elsewhere.is_empty())
                    };
                    let mut sorts: Vec<(Aspect, bool, bool)> = effect.shifts.iter().map(sort).collect();
                    sorts.sort_unstable();
                    sorts
                };
                assert_eq!(sorts(there, false), sorts(back, true), "seed {seed}, {name}");
                assert_eq!(there.undecided, back.undecided, "seed {seed}, {name}");
                count += there.shifts.len();
            }
            count
        })
        .sum();
    assert!(shifts > 200, "only {shifts} shifts");
}

#[test]
fn boxes_and_diagrams_compare_alike() {
    let by_diagrams = Limits { boxes: 0, ..Limits::default() };
    (0..150u64).into_par_iter().for_each(|seed| {
        let files = versions(seed);
        assert_eq!(effects(seed, &files, Limits::default()), effects(seed, &files, by_diagrams), "seed {seed}");
    });
}

/// Within narrow limits less is told, but nothing else, and of what is not told the pair is undecided.
#[test]
fn what_a_limit_stops_in_a_comparison_is_said() {
    let wide = Limits::default();
    let narrow = [
        Limits { boxes: 0, nodes: 12, ..wide },
        Limits { boxes: 2, nodes: 40, ..wide },
        Limits { steps: 300, ..wide },
        Limits { partners: 0, ..wide },
    ];
    let stopped: usize = (0..120u64)
        .into_par_iter()
        .map(|seed| {
            let files = versions(seed);
            let full = effects(seed, &files, wide);
            let sorts =
                |effect: &Effect| effect.shifts.iter().map(|shift| (shift.aspect, shift.direction)).collect::<Vec<_>>();
            let mut stopped = 0;
            for limits in narrow {
                for ((name, full), (_, limited)) in full.iter().zip(effects(seed, &files, limits)) {
                    let all = sorts(full);
                    assert!(sorts(&limited).iter().all(|it| all.contains(it)), "seed {seed}, {name}, {limits:?}");
                    assert!(limited.undecided || limited == *full, "seed {seed}, {name}, {limits:?}");
                    stopped += usize::from(limited.undecided && !full.undecided);
                }
            }
            stopped
        })
        .sum();
    assert!(stopped > 40, "the limits stopped hardly anything: {stopped}");
}
