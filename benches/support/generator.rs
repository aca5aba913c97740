//! Collections of any size, the same on every machine: policies of a hundred clauses, each with about 45 words of prose
//! and a rule, over one small vocabulary.

use std::fmt::Write;

/// Clauses of one policy.
pub const CLAUSES_A_FILE: usize = 100;

/// The files of a collection of so many clauses: their names and their texts.
pub fn collection(clauses: usize) -> Vec<(String, String)> {
    let mut files = vec![("school.policy".to_owned(), VOCABULARY.to_owned())];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for number in 0..clauses.div_ceil(CLAUSES_A_FILE) {
        files.push((format!("policy-{number:05}.policy"), policy(number, &mut dice)));
    }
    files
}

fn policy(number: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(80 * 1024);
    let _ = write!(text, "policy policy-{number:05} \"Policy {number}\" {HEADER}");
    for section in 0..CLAUSES_A_FILE / 10 {
        let _ = write!(text, "\nsection part-{section} \"Part {section}\" {{\n");
        for clause in 0..10 {
            self::clause(&mut text, clause, dice);
        }
        text.push_str("}\n");
    }
    text
}

fn clause(text: &mut String, number: usize, dice: &mut Dice) {
    let (modality, told) =
        dice.pick(&[("must not", "must not"), ("must", "must"), ("should", "should"), ("may", "may")]);
    let (action, act) = dice.pick(&[("use", "use"), ("view", "view"), ("follow", "follow")]);
    let thing = dice.pick(&["social-media", "facebook", "school-account", "school-device"]);
    let _ = write!(
        text,
        "\n  clause rule-{number} \"Clause {number}\" {{\n    | {{Members of staff}} {told} {act} {{{}}}",
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

/// A little generator of pseudo-random numbers (xorshift), so that every run makes the same text.
struct Dice(u64);

impl Dice {
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        from[(self.0 % from.len() as u64) as usize]
    }
}

const HEADER: &str = "{
  organisation northgate
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

const VOCABULARY: &str = r#"vocabulary school {
  organisation northgate "Northgate Schools Trust"
  party staff "member of staff" plural "members of staff" { teacher support-staff headteacher "the headteacher" }
  party governing-board "the governing board"
  thing social-media "social media" plural "social media" { facebook "Facebook" plural "Facebook" }
  thing school-account
  thing school-device
  action use takes thing
  action view takes thing
  action follow takes thing
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
