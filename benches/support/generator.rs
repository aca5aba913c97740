//! Collections of any size, the same on every machine: policies of a hundred clauses, each with about 45 words of prose
//! and a rule, over one vocabulary. Five policies speak for one trust, each on a matter of its own; a few of their rules are
//! for all of the matter and meet others, and some of those are findings, but none is an error.

use std::fmt::Write;

use crate::dice::Dice;

/// Clauses of one policy.
pub const CLAUSES_A_FILE: usize = 100;
/// Policies of one trust; there are more matters than that.
const POLICIES_A_TRUST: usize = 5;
/// Clauses of a policy that are for all of its matter.
const WIDE_CLAUSES: usize = 5;

/// The files of a collection of so many clauses: their names and their texts.
pub fn collection(clauses: usize) -> Vec<(String, String)> {
    let policies = clauses.div_ceil(CLAUSES_A_FILE);
    let mut files = vec![("school.policy".to_owned(), vocabulary(policies.div_ceil(POLICIES_A_TRUST)))];
    let mut dice = Dice::new();
    for number in 0..policies {
        files.push((format!("policy-{number:05}.policy"), policy(number, &mut dice)));
    }
    files
}

fn policy(number: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(80 * 1024);
    let header = HEADER.replace("ORGANISATION", &format!("trust-{:03}", number / POLICIES_A_TRUST));
    let _ = write!(text, "policy policy-{number:05} \"Policy {number}\" {header}");
    let mut acts = acts(MATTERS[number % MATTERS.len()], dice).into_iter();
    for section in 0..CLAUSES_A_FILE / 10 {
        let _ = write!(text, "\nsection part-{section} \"Part {section}\" {{\n");
        for clause in 0..10 {
            let (action, thing) = acts.next().unwrap_or_default();
            self::clause(&mut text, clause, action, &thing, dice);
        }
        text.push_str("}\n");
    }
    text
}

/// What the rules of a policy are on: an act and a thing each, no two the same.
fn acts(matter: &str, dice: &mut Dice) -> Vec<(&'static str, String)> {
    let mut acts: Vec<(&str, String)> = Vec::new();
    for action in ACTIONS {
        acts.extend(WHERE.iter().map(|place| (*action, format!("{place}-{matter}"))));
    }
    dice.shuffle(&mut acts);
    acts.truncate(CLAUSES_A_FILE - WIDE_CLAUSES);
    acts.extend(ACTIONS[..WIDE_CLAUSES].iter().map(|action| (*action, matter.to_owned())));
    dice.shuffle(&mut acts);
    acts
}

fn clause(text: &mut String, number: usize, action: &str, thing: &str, dice: &mut Dice) {
    // What is for all of a matter is allowed or advised, so that a rule for part of it may say otherwise.
    let modality = match MATTERS.contains(&thing) {
        true => dice.pick(&["should", "may"]),
        false => dice.pick(&["must not", "must", "should", "may"]),
    };
    let _ = write!(
        text,
        "\n  clause rule-{number} \"Clause {number}\" {{\n    | {{Members of staff}} {modality} {action} {{{}}}",
        thing.replace('-', " ")
    );
    for word in 0..38 {
        text.push_str(if word % 13 == 12 { "\n    | " } else { " " });
        text.push_str(dice.pick(WORDS));
    }
    let _ = write!(text, ".\n\n    rule staff {modality} {action} {thing}\n      when purpose is ");
    text.push_str(dice.pick(&["personal", "educational", "business"]));
    let _ = write!(text, " and time is {}", dice.pick(&["working-hours", "own-time"]));
    let _ = write!(text, "\n      unless daily-use at most {} minutes or approved by headteacher", 5 * (number + 1));
    text.push_str("\n      on breach disciplinary-action\n  }\n");
}

/// What the policies of a trust are on.
const MATTERS: &[&str] = &["account", "device", "record", "document", "photograph", "key", "vehicle", "tool"];

/// Of what is on hand in a school, that of one part of it.
const WHERE: &[&str] = &["school", "class", "office", "library", "nursery", "sports", "music", "kitchen"];

const ACTIONS: &[&str] = &[
    "use", "view", "follow", "keep", "copy", "print", "show", "lend", "borrow", "buy", "sell", "hire", "store", "move",
    "open", "close", "check", "clean", "mark", "count",
];

fn vocabulary(trusts: usize) -> String {
    let mut text = String::from("vocabulary school {\n");
    for trust in 0..trusts {
        let _ = writeln!(text, "  organisation trust-{trust:03} \"Trust {trust}\"");
    }
    for matter in MATTERS {
        let things: Vec<String> = WHERE.iter().map(|place| format!("{place}-{matter}")).collect();
        let _ = writeln!(text, "  thing {matter} {{ {} }}", things.join(" "));
    }
    ACTIONS.iter().for_each(|action| _ = writeln!(text, "  action {action} takes thing"));
    text + VOCABULARY
}

const HEADER: &str = "{
  organisation ORGANISATION
  version      \"1.0\"
  status       adopted
  owner        headteacher
  approved     2026-03-17 by governing-board minute \"FGB 26/14\"
  effective    2026-04-01
  review       every 12 months
  audience     staff
  history {
    \"1.0\" 2026-03-17 \"First version\"
  }
}
";

/// The rest of it.
const VOCABULARY: &str = r#"  party staff "member of staff" plural "members of staff" { teacher support-staff headteacher "the headteacher" }
  party governing-board "the governing board"
  fact purpose { personal "for personal purposes" educational "for teaching" business "for the school's business" }
  fact time { working-hours "in working hours" own-time "in their own time" }
  fact daily-use "time spent in a day" in minutes
  consequence disciplinary-action
}
"#;

/// Words that bind nobody.
const WORDS: &[&str] = &[
    "school",
    "message",
    "online",
    "photograph",
    "parent",
    "governor",
    "network",
    "device",
    "record",
    "report",
    "private",
    "public",
    "conduct",
    "professional",
    "boundary",
    "safeguarding",
    "lesson",
    "classroom",
    "family",
    "community",
    "term",
    "during",
    "between",
    "with",
    "the",
    "a",
    "of",
    "in",
    "about",
    "under",
    "quiet",
    "open",
    "shared",
    "weekly",
    "printed",
    "digital",
    "for",
    "and",
    "its",
    "their",
];
