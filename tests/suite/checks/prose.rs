//! Prose against its rules, and what an editor marks: shapes of clauses that a page has no room for.

use clausal::checks::Settings;
use clausal::source::Sources;

use super::{files, findings};

const HEAD: &str = "vocabulary school {
  organisation northgate
  party headteacher party visitor
  thing badge
  action wear takes thing
  action lend takes thing
}
policy p \"P\" { organisation northgate version \"1\" status draft owner headteacher }
";

/// The findings of the checks on prose in this body, each with the text it points at. Words that a short body leaves
/// unused are none of theirs.
fn found(body: &str) -> Vec<String> {
    let sources = Sources::new(files(&format!("{HEAD}{body}")));
    let mut settings = Settings::default();
    settings.set("unused-word", None).unwrap();
    let found = findings(&sources, None, &settings);
    found.iter().map(|it| format!("{}: {}", it.check, sources.text(it.span()).trim())).collect()
}

#[track_caller]
fn clean(body: &str) {
    assert_eq!(found(body), Vec::<String>::new(), "{body}");
}

#[test]
fn a_run_that_ends_in_a_colon_speaks_for_the_clauses_below() {
    clean(
        "clause a {
          | Visitors must not:
          clause b {
            | lend their badge to anybody,
            rule visitor must not lend badge
          }
          clause c {
            | wear another's.
            rule visitor must not wear badge
          }
        }",
    );
    assert_eq!(
        found(
            "clause a {
              | Visitors must not:
              clause b {
                | lend their badge to anybody,
                rule visitor must lend badge
              }
            }"
        ),
        ["unmodelled-norm: must not", "modality-mismatch: must"]
    );
}

#[test]
fn one_rule_behind_a_colon_may_speak_for_all_items() {
    clean(
        "clause a {
          | Visitors must not:
          |
          | - lend their badge to anybody;
          | - wear another's.
          rule visitor must not lend, wear badge
        }",
    );
    clean(
        "clause a {
          | Visitors must not:
          rule visitor must not lend, wear badge
          clause b {
            | lend their badge to anybody,
          }
        }",
    );
}

#[test]
fn a_heading_with_such_a_word_speaks_for_what_stands_under_it() {
    clean(
        "section dont \"Do not\" {
          clause a {
            rule visitor must not lend badge
          }
        }",
    );
    clean(
        "clause a {
          heading \"Do not\"
          | Lend your badge to anybody.
          rule visitor must not lend badge
        }",
    );
}

#[test]
fn a_rule_belongs_to_the_run_before_it() {
    let body = "clause a {
      | Visitors must wear a badge.
      rule visitor must wear badge
      | They should not lend it.
      rule visitor must not lend badge
    }";
    assert_eq!(found(body), ["modality-mismatch: must not"]);
    assert_eq!(
        found("clause a {\n| Visitors must wear a badge.\n}\nclause b {\nrule visitor must wear badge\n}"),
        ["unmodelled-norm: must", "modality-mismatch: must"]
    );
}

#[test]
fn a_permission_with_only_when_stands_for_both_its_halves() {
    let body = "clause a {
      | Visitors may lend their badge with the headteacher's approval. Otherwise they must not.
      rule visitor may lend badge
        only when approved by headteacher
    }";
    clean(body);
}

#[test]
fn notes_and_definitions_bind_nobody() {
    clean("clause a {\nnote {\n| Visitors must wear a badge.\n}\n}");
    clean("define visit {\n| A time in which a badge must be worn.\n}\nclause a {\n| A {visit} ends at the desk.\n}");
}

#[test]
fn a_rule_lost_to_another_mistake_is_not_missed() {
    let body = "clause a {\n| Visitors must wear a badge.\nrule visiter must wear badge\n}";
    assert_eq!(found(body), ["unknown-name: visiter"]);
    assert_eq!(found("clause a {\n| Visitors must wear a badge.\nrule visitor must wear badge wen ill\n}").len(), 1);
}

#[test]
fn placeholders_are_seen_wherever_there_is_text() {
    assert_eq!(
        found(
            "section a \"Use of [system]\" {
              | See [the guidance](https://example.org).
              note {
                | Ask TBC.
              }
              heading \"XX days\"
            }"
        ),
        [
            "left-over-placeholder: \"Use of [system]\"",
            "left-over-placeholder: TBC",
            "left-over-placeholder: \"XX days\""
        ]
        .map(String::from)
    );
    clean("annex form \"Form\" {\n| Name: ______\n}");
    assert_eq!(found("clause a {\n| Name: ______\n}"), ["left-over-placeholder: ______"]);
}

#[test]
fn html_and_headings_are_refused_and_their_like_is_not() {
    assert_eq!(
        found("clause a {\n| Water<br>and <b>soap</b>.\n| <!-- cut -->\n}"),
        ["refused-markdown: <br>", "refused-markdown: <b>", "refused-markdown: <!-- cut -->"]
    );
    assert_eq!(found("clause a {\n| Badges\n| ---\n}"), ["refused-markdown: Badges\n| ---"]);
    clean(
        "clause a {\n| Badges\n|\n| ---\n|\n| 3 < 4, <https://example.org>, #1, `<b>`\n|\n| | a | b |\n| |---|---|\n| | 1 | 2 |\n}",
    );
}

#[test]
fn kept_numbers_go_up_by_one() {
    let clauses = |numbers: &[&str]| {
        let clauses = numbers.iter().enumerate().map(|(at, number)| match *number {
            "" => format!("clause c{at} {{}}\n"),
            "-" => format!("withdrawn c{at}\n"),
            number => format!("clause c{at} number \"{number}\" {{}}\n"),
        });
        format!("section s \"S\" number \"5\" {{\n{}}}", clauses.collect::<String>())
    };
    for good in [&["5.1", "5.2"][..], &["", "5.2"], &["5.1", "-", "5.3"], &["5.9", ""][1..], &["5.0", "5.1"]] {
        clean(&clauses(good));
    }
    clean("section a \"A\" number \"1.0\" {}\nsection b \"B\" number \"2.0\" {}");
    assert_eq!(found(&clauses(&["5.1", "5.4"])), ["numbering-gap: \"5.4\""]);
    assert_eq!(found(&clauses(&["5.2", "5.1"])), ["numbering-gap: \"5.2\"", "numbering-gap: \"5.1\""]);
    assert_eq!(found(&clauses(&["5.1", "5.1"])), ["duplicate-number: \"5.1\""]);
    assert_eq!(found(&clauses(&["5.1", "6.2"])), ["numbering-gap: \"6.2\""]);
}
