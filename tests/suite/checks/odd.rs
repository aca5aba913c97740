//! Odd texts: whatever an author writes, every check ends and none stumbles.

use clausal::checks::Settings;
use clausal::model::PartialDate;
use clausal::source::Sources;
use proptest::prelude::*;

use super::{files, findings};

/// Pieces that the checks on prose look for, and some that get in their way.
const PIECES: [&str; 40] = [
    "must",
    "must not",
    " should ",
    "may",
    ":",
    ".",
    "\n| ",
    "\n|\n| ",
    "- ",
    "[",
    "]",
    "(",
    "[x]",
    "[^1]",
    "TBC",
    "XX",
    "/",
    "DD/MM/",
    "insert name",
    "___",
    ".....",
    "???",
    "`",
    "``",
    "<b>",
    "</b>",
    "<!--",
    "<",
    "# ",
    "---",
    "===",
    "{visitor}",
    "{@a}",
    "{$desk}",
    "é",
    "\u{2019}",
    "\u{1F600}",
    "\\",
    "| ",
    "|---|",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_prose_makes_a_check_stumble(first in text(), second in text(), heading in text()) {
        let heading = heading.replace(['\n', '\\', '"'], " ");
        let source = format!(
            "vocabulary school {{ organisation northgate party headteacher thing badge action wear takes thing }}
            policy p \"{heading}\" {{ organisation northgate status adopted parameter desk \"{heading}\"
              approved 2026-03 by headteacher review every 1 year by 2020 history {{ \"1\" 2020 \"a\" \"1\" 2019 \"b\" }} }}
            | {first}
            clause a \"{heading}\" number \"1.0\" {{
              | {second}
              rule headteacher must wear badge
              clause b number \"{heading}\" {{
                | {first}
              }}
              define visitor {{
                | {second}
              }}
              accept left-over-placeholder with @a because \"{heading}\" until 2020
            }}"
        );
        let sources = Sources::new(files(&source));
        let found = findings(&sources, PartialDate::parse("2026-11-20"), &Settings::default());
        for finding in &found {
            for label in &finding.labels {
                // Every place is one that can be shown.
                prop_assert!(sources.file(label.span.file).text().get(label.span.start as usize..label.span.end as usize).is_some(), "{finding:?}");
            }
        }
    }
}
