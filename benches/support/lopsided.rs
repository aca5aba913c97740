//! Collections of one odd shape each: many of something that is looked up once for each of many others. A search among
//! all of them where a look-up belongs shows here as a square.

use std::fmt::Write;

const HEAD: &str = "vocabulary v { organisation o party staff thing phone action use takes thing }
policy p \"P\" { organisation o version \"1\" status draft }\n";

/// The shapes of a size, each with its name.
pub fn shapes(size: usize) -> Vec<(&'static str, String)> {
    vec![
        ("ladder", ladder(size)),
        ("accepts", accepts(size)),
        ("typos", typos(size)),
        ("definitions", definitions(size)),
    ]
}

/// Words that lie below each other by many ways.
fn ladder(size: usize) -> String {
    let mut text = String::from("vocabulary w { thing a0 thing b0 action hold takes a0\n");
    for at in 1..size {
        let below = at - 1;
        let _ = writeln!(text, "thing a{at} is a{below}, b{below} thing b{at} is a{below}, b{below}");
    }
    text.push_str("}\n");
    text.push_str(HEAD);
    for at in 1..size {
        let _ = writeln!(text, "clause c{at} {{ rule staff must hold a{at} }}");
    }
    text
}

/// Findings, each accepted at its place.
fn accepts(size: usize) -> String {
    let mut text = HEAD.to_owned();
    for at in 0..size {
        let accept = "accept modality-mismatch because \"so\"";
        let _ = write!(text, "clause c{at} {{\n| Staff must use it.\nrule staff should use phone\n{accept}\n}}\n");
    }
    text
}

/// Misspelt words, each near to many others.
fn typos(size: usize) -> String {
    let mut text = String::from("vocabulary w {\n");
    for at in 0..size {
        let _ = writeln!(text, "thing widget-number-{at}");
    }
    text.push_str("}\n");
    text.push_str(HEAD);
    for at in 0..size {
        let _ = writeln!(text, "clause c{at} {{ rule staff must use widget-nomber-{at} }}");
    }
    text
}

/// Definitions that lead into a circle.
fn definitions(size: usize) -> String {
    let mut text = HEAD.to_owned();
    for at in 0..size {
        let _ = write!(text, "define d{at} \"term {at}\" {{\n| a {{term {}}}\n}}\n", (at + 1).min(size - 1));
    }
    text
}
