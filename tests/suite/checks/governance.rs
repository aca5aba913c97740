//! Headers whose fields agree, disagree or are missing, beyond what a page has room for.

use clausal::checks::Settings;
use clausal::model::PartialDate;
use clausal::source::Sources;

use super::{files, findings};

/// The messages on a policy with these fields besides version and owner, judged on this day.
fn found(fields: &str, as_of: Option<&str>) -> Vec<String> {
    let text = format!(
        "vocabulary school {{ organisation northgate party headteacher }}\n\
         policy p \"P\" {{ organisation northgate version \"2\" owner headteacher {fields} }}\n"
    );
    let sources = Sources::new(files(&text));
    let found = findings(&sources, as_of.and_then(PartialDate::parse), &Settings::default());
    found.into_iter().map(|it| format!("{}: {}", it.check, it.message)).collect()
}

#[track_caller]
fn clean(fields: &str, as_of: Option<&str>) {
    assert_eq!(found(fields, as_of), Vec::<String>::new(), "{fields}");
}

const ADOPTED: &str = "status adopted approved 2025-03-17 by headteacher effective 2025-04-01";

#[test]
fn each_status_asks_for_its_own() {
    clean("status draft", None);
    clean("status consultation", None);
    clean("status withdrawn", None);
    assert_eq!(found("", None), ["missing-metadata: the header lacks a status"]);
    assert_eq!(
        found("status adopted approved by headteacher effective 2025-04-01 review by 2026", None),
        ["missing-metadata: an adopted policy lacks the date of its approval"]
    );
}

#[test]
fn a_review_is_overdue_when_its_last_day_has_passed() {
    let by = |date: &str| format!("{ADOPTED} review by {date}");
    clean(&by("2026-03"), Some("2026-03-31"));
    assert_eq!(found(&by("2026-03"), Some("2026-04-01")), ["review-overdue: the review was due by March 2026"]);
    assert_eq!(
        found(&format!("{ADOPTED} review every 1 year"), Some("2026-03-18")),
        ["review-overdue: the review was due by 17 March 2026"]
    );
    // No day, no judgement; and nobody reviews a draft or what is no longer in force.
    clean(&by("2026-03"), None);
    clean("status draft review by 2020", Some("2026-03-18"));
    clean("status withdrawn review by 2020", Some("2026-03-18"));
}

#[test]
fn an_interval_may_be_counted_from_the_approval_or_from_the_day_of_effect() {
    let header = |by: &str| {
        format!("status adopted approved 2025-03-17 by headteacher effective 2025-09-01 review every 12 months by {by}")
    };
    for near in ["2026-03-17", "2026-04-10", "2026-09-15", "2026-03", "2026"] {
        clean(&header(near), None);
    }
    assert_eq!(
        found(&header("2026-06-01"), None),
        ["review-cycle-mismatch: the review is due by 1 June 2026, but every 12 months makes it 17 March 2026"]
    );
}

#[test]
fn a_change_after_the_approval_is_told() {
    let header = |date: &str| format!("{ADOPTED} review by 2026-03 history {{ \"2\" {date} \"Changed\" }}");
    for near in ["2025-03-17", "2025-04-10", "2024-01-01", "2025-03", "2025"] {
        clean(&header(near), None);
    }
    assert_eq!(
        found(&header("2025-06-01"), None),
        [
            "review-cycle-mismatch: version 2 is dated 1 June 2025, but the approval that the next review is counted from \
          is of 17 March 2025"
        ]
    );
}

#[test]
fn dates_that_may_be_the_same_day_are_in_order() {
    clean(&format!("{ADOPTED} review by 2025"), None);
    clean("status draft history { \"1\" 2025-06 \"A\" \"2\" 2025 \"B\" }", None);
    assert_eq!(
        found("status draft history { \"2\" 2025 \"C\" \"1\" 2024 \"B\" \"0\" 2023 \"A\" }", None),
        ["history-out-of-order: the history runs from the newest version to the oldest"]
    );
}

#[test]
fn versions_are_compared_as_people_read_them() {
    clean("status draft history { \"Version 1\" 2024 \"A\" \"v2\" 2025 \"B\" }", None);
    assert_eq!(
        found("status draft history { \"1\" 2024 \"A\" \"3\" 2025 \"B\" }", None),
        ["version-mismatch: this is version 2, but the history ends with version 3"]
    );
    assert_eq!(
        found("status draft history { \"2\" 2024 \"A\" \"Version 2\" 2025 \"B\" }", None),
        ["version-mismatch: the history has version 2 twice"]
    );
}
