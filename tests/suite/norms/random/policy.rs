//! Random policies and their rules.

use std::fmt::Write;

use super::Dice;
use super::condition::condition;
use super::vocabulary::Vocabulary;

/// Where a rule stands, so that others can refer to it.
#[derive(Clone, PartialEq)]
struct Place {
    policy: usize,
    clause: usize,
    rule: usize,
}

/// What a collection is to be full of.
#[derive(Clone, Copy, PartialEq)]
enum Theme {
    Anything,
    /// A wide duty and bans that close parts of it.
    Blocks,
    /// Duties with time limits.
    Deadlines,
    /// Rules that say nearly the same.
    Twins,
}

/// What the rules of a collection have in common.
struct Common<'a> {
    vocabulary: &'a Vocabulary,
    places: Vec<Place>,
    theme: Theme,
    /// Bearers and act of the last rule.
    last: Option<(String, String)>,
}

/// Groups that a policy makes of parties and of things.
#[derive(Default)]
struct Groups {
    parties: Option<&'static str>,
    things: Option<&'static str>,
}

/// One to three policies, their paths and their texts.
pub fn policies(vocabulary: &Vocabulary, dice: &mut Dice) -> Vec<(String, String)> {
    use Theme::{Anything, Blocks, Deadlines, Twins};
    let count = dice.pick(&[1, 1, 1, 2, 2, 3]);
    let theme = dice.pick(&[Anything, Anything, Anything, Blocks, Blocks, Deadlines, Twins]);
    let rules = dice.between(if theme == Blocks { 3 } else { 2 }, if theme == Blocks { 5 } else { 6 });
    let places = (0..rules).map(|rule| Place { policy: dice.below(count), clause: dice.below(2), rule }).collect();
    let mut common = Common { vocabulary, places, theme, last: None };
    if theme == Blocks {
        // All of one policy: bans that close a duty between them speak for the same people.
        common.places.iter_mut().for_each(|place| place.policy = if dice.one_in(8) { place.policy } else { 0 });
    }
    (0..count).map(|policy| (format!("p{policy}.policy"), text(&mut common, dice, policy))).collect()
}

fn text(common: &mut Common<'_>, dice: &mut Dice, policy: usize) -> String {
    let vocabulary = common.vocabulary;
    let mut text = format!("policy y{policy} \"Y\" {{\n");
    let organisation = match dice.one_in(60) {
        true => "nowhere".to_owned(),
        false => dice.pick(&vocabulary.organisations),
    };
    let _ = writeln!(text, "  organisation {organisation}");
    let status = if dice.one_in(14) { "withdrawn" } else { "adopted" };
    let _ = writeln!(text, "  status {status}");
    each_rule(&mut text, vocabulary, dice, 20);
    text.push_str("}\n");
    let mut groups = Groups::default();
    if dice.one_in(6) {
        let words = dice.several(&vocabulary.parties, 2).join(", ");
        // A group can hide a word of the vocabulary.
        groups.parties = Some(dice.pick(&["g0", "p1"]));
        let _ = writeln!(text, "define {} as {words} {{\n  | G.\n}}", groups.parties.unwrap_or_default());
    }
    if dice.one_in(6) {
        let words = dice.several(&vocabulary.things, 2).join(", ");
        groups.things = Some(dice.pick(&["g1", "t1"]));
        let _ = writeln!(text, "define {} as {words} {{\n  | G.\n}}", groups.things.unwrap_or_default());
    }
    for clause in 0..2 {
        let here = |it: &&Place| it.policy == policy && it.clause == clause;
        let inside: Vec<Place> = common.places.iter().filter(here).cloned().collect();
        let _ = writeln!(text, "clause k{clause} {{");
        each_rule(&mut text, vocabulary, dice, 8);
        for place in inside {
            rule(&mut text, common, dice, &place, &groups);
        }
        text.push_str("}\n");
    }
    text
}

fn each_rule(text: &mut String, vocabulary: &Vocabulary, dice: &mut Dice, one_in: usize) {
    if !dice.one_in(one_in) {
        return;
    }
    let qualifier = match dice.below(5) {
        0 => format!("when {}", condition(vocabulary, dice)),
        1 | 2 => format!("unless {}", condition(vocabulary, dice)),
        3 => "on breach c0".to_owned(),
        _ => format!("within {}", length(dice)),
    };
    let _ = writeln!(text, "  each rule {qualifier}");
}

fn modality(dice: &mut Dice, theme: Theme, first: bool) -> &'static str {
    match theme {
        Theme::Blocks if first => dice.pick(&["must", "must", "must", "should"]),
        Theme::Blocks => dice.pick(&["must not", "must not", "must not", "should not", "may", "must"]),
        Theme::Deadlines => dice.pick(&["must", "must", "must", "should", "must not"]),
        Theme::Anything | Theme::Twins => dice.pick(&[
            "must",
            "must",
            "must",
            "must",
            "must not",
            "must not",
            "must not",
            "must not",
            "may",
            "may",
            "may",
            "should",
            "should not",
            "should not",
            "need not",
        ]),
    }
}

fn rule(text: &mut String, common: &mut Common<'_>, dice: &mut Dice, at: &Place, groups: &Groups) {
    let first = common.last.is_none();
    let modality = modality(dice, common.theme, first);
    let duty = matches!(modality, "must" | "should");
    let again = dice.one_in(if matches!(common.theme, Theme::Twins | Theme::Blocks) { 2 } else { 6 });
    let (bearers, act) = match common.last.clone().filter(|_| again) {
        // `or` belongs to duties.
        Some((bearers, act)) => (bearers, if duty { act } else { act.replace(" or ", ", ") }),
        None => {
            let bearers = match dice.one_in(7) {
                true => dice.several(&common.vocabulary.parties, 2).join(", "),
                false => name(dice, &common.vocabulary.parties, groups.parties),
            };
            (bearers, act(common.vocabulary, dice, duty, groups))
        }
    };
    let _ = writeln!(text, "  rule r{}: {bearers} {modality} {act}", at.rule);
    common.last = Some((bearers, act));
    qualifiers(text, common, dice, modality, at);
}

/// Actions, objects and slots.
fn act(vocabulary: &Vocabulary, dice: &mut Dice, duty: bool, groups: &Groups) -> String {
    let mut text = String::new();
    let several_actions = dice.one_in(5);
    if dice.one_in(5) {
        text.push_str(&dice.pick(&vocabulary.bare));
    } else {
        let count = if several_actions { 2 } else { 1 };
        text.push_str(&list(dice, &vocabulary.actions, count, duty));
        let (objects, group) = match vocabulary.objects_are_parties {
            true => (&vocabulary.parties, groups.parties),
            false => (&vocabulary.things, groups.things),
        };
        let any = dice.one_in(if duty { 4 } else { 20 });
        let named = match !any && !several_actions && dice.one_in(4) {
            true => list(dice, objects, 2, duty),
            false => name(dice, objects, group),
        };
        let _ = write!(text, " {}{named}", if any { "any " } else { "" });
    }
    for (preposition, party) in &vocabulary.slots {
        if dice.one_in(2) {
            let (words, group) = match party {
                true => (&vocabulary.parties, groups.parties),
                false => (&vocabulary.things, groups.things),
            };
            let named = match dice.one_in(4) {
                true => list(dice, words, 2, duty),
                false => name(dice, words, group),
            };
            let _ = write!(text, " {preposition} {named}");
        }
    }
    text
}

fn name(dice: &mut Dice, words: &[String], group: Option<&'static str>) -> String {
    match group {
        Some(group) if dice.one_in(2) => group.to_owned(),
        // The first word has most below it.
        _ if dice.one_in(2) => words[0].clone(),
        _ => dice.pick(words),
    }
}

fn list(dice: &mut Dice, words: &[String], count: usize, duty: bool) -> String {
    let by = if duty && dice.one_in(2) { " or " } else { ", " };
    dice.several(words, count).join(by)
}

fn length(dice: &mut Dice) -> String {
    let length = dice.pick(&["1 day", "24 hours", "2 days", "2 days", "1 month", "1 year", "1 school-day", "0.5 days"]);
    let of = dice.pick(&["", "", " of e0", " of e1"]);
    format!("{length}{of}")
}

fn qualifiers(text: &mut String, common: &Common<'_>, dice: &mut Dice, modality: &str, at: &Place) {
    let vocabulary = common.vocabulary;
    let mut line = |qualifier: String| {
        let _ = writeln!(text, "    {qualifier}");
    };
    for _ in 0..dice.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 2]) {
        line(format!("when {}", condition(vocabulary, dice)));
    }
    if modality == "may" && dice.one_in(if common.theme == Theme::Blocks { 1 } else { 3 }) {
        line(format!("only when {}", condition(vocabulary, dice)));
    }
    for _ in 0..dice.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 2]) {
        line(format!("unless {}", condition(vocabulary, dice)));
    }
    let often = match (modality, common.theme) {
        ("must" | "should", Theme::Deadlines) => 1,
        ("must" | "should", _) => 5,
        _ => 20,
    };
    if dice.one_in(often) {
        line(format!("within {}", length(dice)));
    }
    for (one_in, qualifiers) in [
        (14, ["before e0", "before e1"]),
        (24, ["after e0", "after e1"]),
        (24, ["until e0", "until e1"]),
        (16, ["every 12 months", "every 1 year"]),
        (20, ["immediately", "immediately"]),
        (10, ["on breach c0", "on breach c0, c1"]),
    ] {
        if dice.one_in(one_in) {
            line(dice.pick(&qualifiers).to_owned());
        }
    }
    if dice.one_in(80) {
        line("when misspelt".to_owned());
    }
    for (one_in, words) in [(5, "overrides"), (10, "yields to")] {
        if dice.one_in(one_in) {
            line(format!("{words} {}", target(dice, at, &common.places, words == "overrides")));
        }
    }
}

/// A rule, mostly one that stands later for an override and earlier for the other, so that circles are rare; sometimes a
/// whole clause or policy.
fn target(dice: &mut Dice, at: &Place, all: &[Place], later: bool) -> String {
    let fitting: Vec<Place> =
        all.iter().filter(|it| it.rule != at.rule && (it.rule > at.rule) == later).cloned().collect();
    let other = if fitting.is_empty() || dice.one_in(8) { dice.pick(all) } else { dice.pick(&fitting) };
    let policy = if other.policy == at.policy { String::new() } else { format!("y{}:", other.policy) };
    match dice.below(24) {
        0 | 1 => format!("@{policy}k{}", other.clause),
        2 => format!("@y{}:", other.policy),
        _ => format!("@{policy}k{}#r{}", other.clause, other.rule),
    }
}
