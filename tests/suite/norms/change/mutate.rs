//! Two versions of a random collection: the second is the first with a few words, lines or rules changed.

use super::super::random::Dice;
use super::super::shrink::Files;

/// Words that stand for each other.
const ALIKE: &[&[&str]] = &[
    &["must", "must not", "should", "should not", "may", "need not"],
    &["p0", "p1", "p2", "p3", "g0"],
    &["t0", "t1", "t2", "t3", "g1"],
    &["a0", "a1", "a2", "a3"],
    &["o0", "o1", "o2"],
    &["f0", "f1", "f2"],
    &["v0", "v1", "v2"],
    &["e0", "e1"],
    &["c0", "c1"],
    &["1 day", "24 hours", "2 days", "1 month", "1 year", "1 school-day", "12 months"],
    &["when", "unless"],
    &["before", "after", "until"],
    &[" and ", " or "],
    &[", ", " or "],
    &["at most", "at least", "more than", "less than", "exactly"],
    &["adopted", "withdrawn"],
    &["overrides", "yields to"],
    &[" only", ""],
    &[" any ", " "],
    &[" chosen", ""],
];

/// Lines that a rule may get.
const MORE: &[&str] = &[
    "    within 1 day",
    "    within 2 days of e0",
    "    immediately",
    "    every 12 months",
    "    until e0",
    "    on breach c0",
    "    on breach c1",
    "    when f0",
    "    unless f0",
    "    when f0 is v0",
    "    only when approved by p0",
];

/// A second version.
pub fn mutated(files: &Files, dice: &mut Dice) -> Files {
    let mut files = files.clone();
    for _ in 0..dice.pick(&[1, 1, 1, 2, 3]) {
        // Mostly rules, sometimes words.
        let file = if files.len() > 1 && !dice.one_in(6) { dice.between(1, files.len() - 1) } else { 0 };
        let text = change(&files[file].1, dice);
        files[file].1 = text;
    }
    files
}

fn change(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let rules: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("  rule ")).collect();
    match dice.below(12) {
        0 if !rules.is_empty() => {
            let at = dice.pick(&rules);
            lines.drain(at..end_of(&lines, at));
        }
        1 | 2 if !rules.is_empty() => {
            let at = dice.pick(&rules);
            let line = dice.pick(MORE);
            lines.insert(at + 1, line.to_owned());
        }
        3 if !rules.is_empty() => {
            let at = dice.pick(&rules);
            if end_of(&lines, at) > at + 1 {
                lines.remove(dice.between(at + 1, end_of(&lines, at) - 1));
            }
        }
        4 if !rules.is_empty() => {
            let at = dice.pick(&rules);
            let end = end_of(&lines, at);
            let rule = lines.drain(at..end).collect();
            insert(&mut lines, rule, dice);
        }
        4 | 5 if rules.is_empty() => {
            let words: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("  ")).collect();
            let at = dice.pick(&words);
            let word = dice.pick(&["p9", "t9", "a9 takes thing", "o9"]);
            let kind = match &word[..1] {
                "p" => "party",
                "t" => "thing",
                "a" => "action",
                _ => "organisation",
            };
            let inside = lines[at].trim_end().ends_with('{') && lines[at].contains(kind);
            let line = if inside { format!("    {word}") } else { format!("  {kind} {word}") };
            lines.insert(at + 1, line);
        }
        _ => {
            // One word for another like it.
            for _ in 0..20 {
                let at = dice.below(lines.len());
                let row = dice.pick(ALIKE);
                let (from, to) = (dice.pick(row), dice.pick(row));
                if from != to && !from.is_empty() && lines[at].contains(from) && !lines[at].starts_with("vocabulary") {
                    lines[at] = lines[at].replacen(from, to, 1);
                    break;
                }
            }
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The same collection with one of its rules said in another clause too.
pub fn doubled(files: &Files, dice: &mut Dice) -> Files {
    let mut files = files.clone();
    let file = dice.between(1, files.len() - 1);
    let mut lines: Vec<String> = files[file].1.lines().map(str::to_owned).collect();
    let rules: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("  rule ")).collect();
    if !rules.is_empty() {
        let at = dice.pick(&rules);
        let mut copy = lines[at..end_of(&lines, at)].to_vec();
        copy.retain(|line| !line.contains("overrides") && !line.contains("yields"));
        copy[0] = copy[0].replacen("rule r", "rule d", 1);
        insert(&mut lines, copy, dice);
    }
    files[file].1 = lines.into_iter().map(|line| line + "\n").collect();
    files
}

/// Puts a rule first in some clause.
fn insert(lines: &mut Vec<String>, rule: Vec<String>, dice: &mut Dice) {
    let clauses: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("clause ")).collect();
    let mut at = dice.pick(&clauses) + 1;
    // What each rule of the clause says stands before its rules.
    at += lines[at..].iter().take_while(|line| line.starts_with("  each rule")).count();
    lines.splice(at..at, rule);
}

/// The end of the rule that begins in a line.
pub fn end_of(lines: &[String], rule: usize) -> usize {
    let more = lines[rule + 1..].iter().take_while(|line| line.starts_with("    ")).count();
    rule + 1 + more
}

/// The same rules in each clause in the opposite order.
pub fn reversed(files: &Files) -> Files {
    files.iter().map(|(path, text)| (path.clone(), reversed_text(text))).collect()
}

fn reversed_text(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (mut out, mut rules): (Vec<String>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        if lines[at].starts_with("  rule ") {
            let end = end_of(&lines, at);
            rules.push(lines[at..end].to_vec());
            at = end;
            continue;
        }
        out.extend(rules.drain(..).rev().flatten());
        out.push(lines[at].clone());
        at += 1;
    }
    out.into_iter().map(|line| line + "\n").collect()
}
