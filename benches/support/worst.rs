//! Collections that are hard to analyse, one shape each: what could multiply, here does.

use std::fmt::Write;

/// A shape: its name and the text of its one file.
pub type Shape = (&'static str, fn() -> String);

/// All shapes, in the order in which they are told.
pub const SHAPES: &[Shape] = &[
    ("one action, 20,000 objects", || one_action(20_000, &different_objects)),
    ("one action, 20,000 values of a choice", || one_action(20_000, &different_choices)),
    ("one action, 20,000 ranges of a quantity", || one_action(20_000, &different_ranges)),
    ("one action, 200 values by 100 ranges", || one_action(20_000, &choices_and_ranges)),
    ("one action, 15 flags to tell 20,000 apart", || one_action(20_000, &different_flags)),
    ("one action, 20,000 rules that all conflict", || one_action(20_000, &all_meet)),
    ("40 flags in one any of: when", || flags("when", "when", 2)),
    ("40 flags in one any of: unless", || flags("unless", "unless", 2)),
    ("40 flags in one any of: when, unless", || flags("when", "unless", 2)),
    ("40 flags in one any of: unless, when", || flags("unless", "when", 2)),
    ("40 flags in one any of: 400 rules", || flags("when", "unless", 400)),
    ("40 flags in one any of: 100 duties, 100 bans", || flag_duties(200)),
    ("12 pairs of a or b: one pair of rules", || pairs(12, 2)),
    ("12 pairs of a or b: 100 rules", || pairs(12, 100)),
    ("12 pairs of a or b: a duty, three bans", || pairs_duty(12)),
    ("40 pairs of a or b: 100 rules", || pairs(40, 100)),
    ("5 of 12 approve, single words", || quorum(0, 2)),
    ("5 of 12 approve, people below them", || quorum(5, 2)),
    ("different quorums of 12 in 40 rules", || quorum(5, 40)),
    ("quorums of people who overlap", quorum_of_overlapping),
    ("20 parties that all overlap, 3 deep", || overlap(20, 300)),
    ("60 parties that all overlap, 3 deep", || overlap(60, 300)),
    ("60 parties that all overlap, 3,000 rules", || overlap(60, 3_000)),
    ("200 overrides in a chain", || chain(200)),
    ("1,000 overrides in a chain", || chain(1_000)),
    ("200 exceptions to one ban", || star(200)),
    ("1,000 exceptions to one ban", || star(1_000)),
    ("a duty that 30 bans close together", || closed_duty(30)),
    ("a duty that 60 bans close together", || closed_duty(60)),
    ("a duty with 500 bans", || closed_duty(500)),
    ("a duty that 30 bans on flags nearly close", || nearly_closed_duty(30)),
    ("100 duties with 100 bans", || duties_and_bans(100)),
    ("vocabulary 5,000 deep, 300 rules", || deep(5_000, 300)),
    ("vocabulary 5,000 deep, 5,000 rules", || deep(5_000, 5_000)),
    ("300 rules override 300, all meet", || blocks(300, true)),
    ("300 rules override 300, few meet", || blocks(300, false)),
];

const HEAD: &str = "policy p \"P\" { organisation o version \"1\" status draft }\n";

/// Permissions and bans by turns.
fn force(at: usize) -> &'static str {
    ["may", "must not"][at % 2]
}

/// Words for the vocabulary and the rest of each rule.
type Apart = dyn Fn(usize) -> (String, Box<dyn Fn(usize) -> String>);

/// One action in very many rules: permissions, bans and duties.
fn one_action(rules: usize, apart: &Apart) -> String {
    let (words, rest) = apart(rules);
    let mut text = format!("vocabulary v {{ organisation o party staff action use takes thing\n{words}}}\n{HEAD}");
    for at in 0..rules {
        let force = ["may", "must not", "must"][at % 3];
        let _ = writeln!(text, "clause c{at} {{ rule staff {force} use {} }}", rest(at));
    }
    text
}

fn different_objects(rules: usize) -> (String, Box<dyn Fn(usize) -> String>) {
    let words = (0..rules).fold(String::new(), |words, at| words + &format!("thing t{at}\n"));
    (words, Box::new(|at| format!("t{at}")))
}

fn different_choices(rules: usize) -> (String, Box<dyn Fn(usize) -> String>) {
    let values = (0..rules).fold(String::new(), |words, at| words + &format!("v{at}\n"));
    (format!("thing phone fact how {{ {values} }}\n"), Box::new(|at| format!("phone when how is v{at}")))
}

fn different_ranges(_: usize) -> (String, Box<dyn Fn(usize) -> String>) {
    let rest = |at| format!("phone when long at least {at} minutes and long less than {} minutes", at + 1);
    ("thing phone fact long in minutes\n".to_owned(), Box::new(rest))
}

fn choices_and_ranges(_: usize) -> (String, Box<dyn Fn(usize) -> String>) {
    let values = (0..200).fold(String::new(), |words, at| words + &format!("v{at}\n"));
    let rest = |at| {
        let (value, from) = (at / 100, at % 100);
        format!("phone when how is v{value} and long at least {from} minutes and long less than {} minutes", from + 1)
    };
    (format!("thing phone fact how {{ {values} }} fact long in minutes\n"), Box::new(rest))
}

fn different_flags(_: usize) -> (String, Box<dyn Fn(usize) -> String>) {
    let words = (0..15).fold(String::from("thing phone "), |words, at| words + &format!("fact f{at} "));
    let rest = |at: usize| {
        let flags = (0..15).map(|flag| format!("{}f{flag}", if at >> flag & 1 == 1 { "" } else { "not " }));
        format!("phone when {}", flags.collect::<Vec<_>>().join(" and "))
    };
    (words + "\n", Box::new(rest))
}

fn all_meet(_: usize) -> (String, Box<dyn Fn(usize) -> String>) {
    ("thing phone\n".to_owned(), Box::new(|_| "phone".to_owned()))
}

fn numbered(word: &str, numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|at| format!("{word}{at}")).collect()
}

fn small_vocabulary(more: &str) -> String {
    format!("vocabulary v {{ organisation o party staff thing phone action use takes thing\n{more} }}\n{HEAD}")
}

/// Permissions and bans with 40 of 60 flags each.
fn flags(permitted: &str, banned: &str, rules: usize) -> String {
    let facts = numbered("fact f", 0..60).join(" ");
    let mut text = small_vocabulary(&facts);
    for at in 0..rules {
        let word = if at % 2 == 0 { permitted } else { banned };
        let flags = numbered(
            "f",
            (0..40).map(|flag| (flag * (1 + at % 3) + at * 7) % 60).collect::<std::collections::BTreeSet<_>>(),
        );
        let _ = writeln!(
            text,
            "clause c{at} {{ rule staff {} use phone {word} any of ({}) }}",
            force(at),
            flags.join(", ")
        );
    }
    text
}

/// Duties and bans with 40 flags each, half of which the actor decides.
fn flag_duties(rules: usize) -> String {
    let facts = numbered("fact f", 0..60)
        .iter()
        .enumerate()
        .fold(String::new(), |all, (at, fact)| all + fact + if at % 2 == 0 { " chosen " } else { " " });
    let mut text = small_vocabulary(&facts);
    for at in 0..rules {
        let (force, word) = if at % 2 == 0 { ("must", "when") } else { ("must not", "unless") };
        let flags = numbered("f", (0..40).map(|flag| (flag + at * 7) % 60));
        let _ = writeln!(text, "clause c{at} {{ rule staff {force} use phone {word} any of ({}) }}", flags.join(", "));
    }
    text
}

/// So many `(a or b)` together, in each rule with other pairs.
fn pairs(pairs: usize, rules: usize) -> String {
    let facts = numbered("fact f", 0..2 * pairs).join(" ");
    let mut text = small_vocabulary(&facts);
    for at in 0..rules {
        let _ = writeln!(text, "clause c{at} {{ rule staff {} use phone when {} }}", force(at), paired(pairs, at));
    }
    text
}

/// Pairs of flags, each with one a way off.
fn paired(pairs: usize, shift: usize) -> String {
    let pair = |at: usize| format!("(f{} or f{})", 2 * at, (2 * (at + shift) + 1) % (2 * pairs));
    (0..pairs).map(pair).collect::<Vec<_>>().join(" and ")
}

/// A duty with pairs of chosen flags, and bans that close parts of it.
fn pairs_duty(pairs: usize) -> String {
    let facts = numbered("fact f", 0..2 * pairs).join(" chosen ");
    let mut text = small_vocabulary(&format!("{facts} chosen"));
    let _ = writeln!(text, "clause c {{ rule staff must use phone when {} }}", paired(pairs, 0));
    for at in 1..=3 {
        let _ = writeln!(text, "clause c{at} {{ rule staff must not use phone when {} }}", paired(pairs, at));
    }
    text
}

/// Permissions and bans that hang on quorums of twelve, each name with so many words below it.
fn quorum(below: usize, rules: usize) -> String {
    let parties = (0..14).fold(String::new(), |all, at| {
        let below = numbered(&format!("p{at}-"), 0..below).join(" ");
        all + &if below.is_empty() { format!("party p{at} ") } else { format!("party p{at} {{ {below} }} ") }
    });
    let mut text = small_vocabulary(&parties);
    for at in 0..rules {
        let word = if at % 2 == 0 { "when" } else { "unless" };
        let names = numbered("p", (0..12).map(|name| (name + at) % 14)).join(", ");
        let count = 5 + at / 2 % 4;
        let _ = writeln!(
            text,
            "clause c{at} {{ rule staff {} use phone {word} approved by {count} of ({names}) }}",
            force(at)
        );
    }
    text
}

/// Quorums whose names overlap each other, so that one person can speak for two.
fn quorum_of_overlapping() -> String {
    let mut parties = String::new();
    for at in 0..12 {
        let others = numbered("p", (0..12).filter(|&other| other != at)).join(", ");
        let _ = writeln!(parties, "party p{at} overlaps {others} {{ a{at} b{at} }}");
    }
    let mut text = small_vocabulary(&parties);
    for at in 0..10 {
        let word = if at % 2 == 0 { "when" } else { "unless" };
        let names = numbered(if at % 3 == 0 { "p" } else { "a" }, 0..12).join(", ");
        let count = 5 + at / 2 % 4;
        let _ = writeln!(
            text,
            "clause c{at} {{ rule staff {} use phone {word} approved by {count} of ({names}) }}",
            force(at)
        );
    }
    text
}

/// Parties that all overlap each other, each with two more below it, and rules for all of them.
fn overlap(parties: usize, rules: usize) -> String {
    let mut words = numbered("thing t", 0..rules / 10).join(" ");
    words.push('\n');
    for at in 0..parties {
        let others = numbered("p", (0..parties).filter(|&other| other != at)).join(", ");
        let _ = writeln!(words, "party p{at} overlaps {others} {{ a{at} {{ b{at} }} }}");
    }
    let mut text = small_vocabulary(&words);
    for at in 0..rules {
        let (level, party, thing) = (["p", "a", "b"][at % 3], at * 7 % parties, at * 11 % (rules / 10));
        let force = ["may", "must not", "must"][at / 3 % 3];
        let _ = writeln!(text, "clause c{at} {{ rule {level}{party} {force} use t{thing} }}");
    }
    text
}

/// Each rule overrides the one before it, under a flag of its own.
fn chain(rules: usize) -> String {
    let facts = numbered("fact f", 0..rules).join("\n");
    let mut text = small_vocabulary(&facts);
    for at in 0..rules {
        let _ = write!(text, "clause c{at} {{ rule r: staff {} use phone when f{at}", force(at));
        if at > 0 {
            let _ = write!(text, " overrides @c{}#r", at - 1);
        }
        text.push_str(" }\n");
    }
    text
}

/// One ban and so many exceptions to it, and a duty beside them.
fn star(rules: usize) -> String {
    let facts = numbered("fact f", 0..rules).join("\n");
    let mut text = small_vocabulary(&facts);
    text.push_str("clause ban { rule r: staff must not use phone }\n");
    for at in 0..rules {
        let _ = writeln!(text, "clause c{at} {{ rule r: staff may use phone when f{at} overrides @ban#r }}");
    }
    text.push_str("clause duty { rule r: staff must use phone when f0 }\n");
    text
}

/// A duty that leaves open how, and a ban on each way of doing it.
fn closed_duty(bans: usize) -> String {
    let values = numbered("v", 0..bans).join(" ");
    let mut text = small_vocabulary(&format!("fact how chosen {{ {values} }}"));
    text.push_str("clause duty { rule staff must use phone }\n");
    for at in 0..bans {
        let _ = writeln!(text, "clause c{at} {{ rule staff must not use phone when how is v{at} }}");
    }
    text
}

/// A duty and bans on chosen flags: of very many ways two stay open.
fn nearly_closed_duty(bans: usize) -> String {
    let facts = numbered("fact f", 0..bans).join(" chosen ");
    let mut text = small_vocabulary(&format!("{facts} chosen"));
    text.push_str("clause duty { rule staff must use phone }\n");
    for at in 0..bans {
        let other = (at * 7 + 3) % bans;
        let _ = writeln!(text, "clause c{at} {{ rule staff must not use phone when f{at} and not f{other} }}");
    }
    text.push_str("clause all { rule staff must not use phone when f0 and f1 }\n");
    text
}

/// Duties and bans that all meet, each under two flags, one of them chosen.
fn duties_and_bans(each: usize) -> String {
    let facts = (0..20).fold(String::new(), |all, at| all + &format!("fact f{at} fact g{at} chosen "));
    let mut text = small_vocabulary(&facts);
    for at in 0..2 * each {
        let force = if at % 2 == 0 { "must" } else { "must not" };
        let (one, other) = (at * 7 % 20, at * 3 % 20);
        let _ = writeln!(text, "clause c{at} {{ rule staff {force} use phone when f{one} and g{other} }}");
    }
    text
}

/// Things each below the one before it.
fn deep(words: usize, rules: usize) -> String {
    let mut things = String::from("thing t0\n");
    (1..words).for_each(|at| _ = writeln!(things, "thing t{at} is t{}", at - 1));
    let mut text = small_vocabulary(&things);
    for at in 0..rules {
        let _ = writeln!(text, "clause c{at} {{ rule staff {} use t{} }}", force(at), at * (words / rules));
    }
    text
}

/// Every rule of one section overrides every rule of another.
fn blocks(rules: usize, meet: bool) -> String {
    let facts = numbered("fact f", 0..rules).join("\n");
    let things = numbered("thing t", 0..rules).join("\n");
    let mut text = small_vocabulary(&format!("{facts}\n{things}"));
    let object = |at: usize| if meet { "phone".to_owned() } else { format!("t{at}") };
    text.push_str("section losers {\n");
    for at in 0..rules {
        let _ = writeln!(text, "clause c{at} {{ rule staff must not use {} }}", object(at));
    }
    text.push_str("}\nsection winners {\neach rule overrides @losers\n");
    for at in 0..rules {
        let _ = writeln!(text, "clause d{at} {{ rule staff may use {} when f{at} }}", object(at));
    }
    text.push_str("}\n");
    text
}
