//! Large and lopsided collections: what is looked up once for each of many things must not be searched for among all of
//! them. What they are measured by is in `benches/`; here such shapes give the right findings, and end.

use std::fmt::Write;

use clausal::checks;
use clausal::source::SourceFile;

use super::collection::check;

const HEAD: &str = "vocabulary v { organisation o party staff thing phone action use takes thing }
policy p \"P\" { organisation o version \"1\" status draft }\n";

/// Checks a text, and answers how many of its findings, accepted or not, are of this check.
#[track_caller]
fn count(text: &str, name: &str) -> (usize, usize) {
    assert!(checks::find(name).is_some(), "{name} is no check");
    let checked = check(vec![SourceFile::new("large.policy", text)], None);
    let found = checked.findings.iter().filter(|finding| finding.check == name);
    let (accepted, open): (Vec<_>, Vec<_>) = found.partition(|finding| finding.accepted.is_some());
    (open.len(), accepted.len())
}

#[test]
fn words_above_each_other_by_many_ways_are_climbed_once() {
    let mut text = String::from("vocabulary w { thing a0 thing b0 action hold takes a0\n");
    for at in 1..1_500 {
        let below = at - 1;
        let _ = writeln!(text, "thing a{at} is a{below}, b{below} thing b{at} is a{below}, b{below}");
    }
    text.push_str("}\n");
    text.push_str(HEAD);
    for at in 1..1_500 {
        let _ = writeln!(text, "clause c{at} {{ rule staff must hold a{at} }}");
    }
    text.push_str("clause phone { rule staff must hold phone }");
    assert_eq!(count(&text, "wrong-filler"), (1, 0));
}

#[test]
fn every_accept_looks_at_its_own_place_only() {
    let mut text = HEAD.to_owned();
    for at in 0..4_000 {
        let with =
            if at % 2 == 0 { format!("accept modality-mismatch with @c{at} because \"so\"\n") } else { String::new() };
        let _ = write!(text, "{with}");
    }
    for at in 0..4_000 {
        let accept = if at % 2 == 1 { "accept modality-mismatch because \"so\"" } else { "" };
        let _ = write!(text, "clause c{at} {{\n| Staff must use it.\nrule staff should use phone\n{accept}\n}}\n");
    }
    text.push_str("clause d {\n| Staff must use it.\nrule staff should use phone\n}\n");
    assert_eq!(count(&text, "modality-mismatch"), (1, 4_000));
}

#[test]
fn many_misspelt_words_are_compared_with_many_others() {
    let mut text = String::from("vocabulary w {\n");
    for at in 0..2_000 {
        let _ = writeln!(text, "thing widget-number-{at}");
    }
    text.push_str("}\n");
    text.push_str(HEAD);
    for at in 0..2_000 {
        let _ = writeln!(text, "clause c{at} {{ rule staff must use widget-nomber-{at} }}");
    }
    assert_eq!(count(&text, "unknown-name"), (2_000, 0));
}

#[test]
fn a_long_way_into_a_circle_is_walked_once() {
    let mut text = HEAD.to_owned();
    for at in 0..6_000 {
        let _ = write!(text, "define d{at} \"term {at}\" {{\n| a {{term {}}}\n}}\n", (at + 1).min(5_999));
    }
    assert_eq!(count(&text, "circular-definition"), (1, 0));
}
