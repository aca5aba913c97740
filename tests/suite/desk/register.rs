//! `register.csv`, read back by a library of its own.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::suite::golden::golden;

/// The rows of a register, by column.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("the mark that spreadsheets know UTF-8 by");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(columns, clausal::emit::desk::register::COLUMNS);
    reader
        .records()
        .map(|row| columns.iter().cloned().zip(row.expect("a whole row").iter().map(str::to_owned)).collect())
        .collect()
}

/// What a cell said before it was kept from being a formula.
fn original(cell: &str) -> &str {
    let Some(rest) = cell.strip_prefix('\'') else { return cell };
    let bare = rest.trim_start_matches('\'');
    let first = bare.chars().find(|&it| it != '\'' && !it.is_whitespace() && !it.is_control());
    let is_kept_from_it = first.is_some_and(|it| "=+-@＝＋－＠".contains(it)) || bare.starts_with(['\t', '\r', '\n']);
    if is_kept_from_it { rest } else { cell }
}

#[test]
fn a_row_says_what_the_policy_says() {
    let compiled = policies(&[
        ("b-title", "west", "", ""),
        (
            "a-title",
            "east",
            "version \"2.0\" status adopted owner head approved 2026-01 by board, head minute \"FGB 3, item 2\"\n  \
             effective 2026-02-01 review every 10 months audience staff, board",
            "clause c {\n  | Staff must use a phone.\n  rule staff must use phone\n  rule head must use phone\n  \
             rule board need not use phone\n  accept numbering-gap because \"so\" until 2026-11-19\n  accept numbering-gap with \
             @c because \"so\" until 2027\n}",
        ),
    ]);
    let files = site(&compiled, Some(AS_OF));
    let rows = rows(&files["register.csv"]);
    assert_eq!(rows.len(), 2);
    let expected = [
        ("key", "east/a-title"),
        ("organisation", "East School"),
        ("title", "a title"),
        ("version", "2.0"),
        ("status", "adopted"),
        ("owner", "Head"),
        ("approved_on", "2026-01"),
        ("approved_by", "the board; the head"),
        ("minute", "FGB 3, item 2"),
        ("effective", "2026-02-01"),
        ("review_every", "10 months"),
        ("next_review", "2026-11-01"),
        ("review_state", "overdue"),
        ("audience", "members of staff; the board"),
        ("rules_must", "2"),
        ("rules_must_not", "0"),
        ("rules_should", "0"),
        ("rules_should_not", "0"),
        ("rules_may", "0"),
        ("rules_need_not", "1"),
        ("accepted", "2"),
        ("first_expiry", "2026-11-19"),
        ("expired", "1"),
        ("as_of", "2026-11-20"),
        ("page", "east/a-title.html"),
    ];
    for (column, cell) in expected {
        assert_eq!(rows[0][column], cell, "{column}");
    }
    assert_eq!(rows[1]["key"], "west/b-title");
    assert_eq!((rows[1]["expired"].as_str(), rows[1]["review_state"].as_str()), ("0", ""));
    let undated = self::rows(&site(&compiled, None)["register.csv"]);
    for column in ["review_state", "expired", "as_of"] {
        assert_eq!(undated[0][column], "", "{column} without a day");
    }
    assert_eq!(undated[0]["next_review"], "2026-11-01");
}

#[test]
fn the_register_of_the_example_policies() {
    golden("desk/register.csv", &site(&Compiled::policies(), Some(AS_OF))["register.csv"]);
}

#[test]
fn a_policy_has_a_row_whatever_it_is() {
    for compiled in [Compiled::policies(), everything(), hostile()] {
        let rows = rows(&site(&compiled, None)["register.csv"]);
        let mut keys: Vec<&str> = rows.iter().map(|row| row["key"].as_str()).collect();
        let mut expected: Vec<&str> = compiled.collection.policies.iter().map(|it| it.key.as_str()).collect();
        keys.sort_unstable();
        expected.sort_unstable();
        assert_eq!(keys, expected);
        for row in &rows {
            let policy = compiled.collection.policies.iter().find(|it| it.key == row["key"]).expect("it is there");
            assert_eq!(original(&row["title"]), policy.title);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..Default::default() })]

    #[test]
    fn no_title_is_computed_or_breaks_a_row(parts in proptest::collection::vec(prop_oneof![
        proptest::sample::select(vec!["=", "+", "-", "@", "'", ",", ";", "\t", "\r", " ", "＝", "＠", "\\\"", "HYPERLINK(", "é", "–"]).prop_map(str::to_owned),
        "[a-zA-Z0-9|!]{1,4}",
    ], 1..6)) {
        let title = parts.concat();
        let text = format!("policy p \"{title}\" {{\n  organisation north\n}}\n");
        let compiled = Compiled::of(&[("p.policy", &text), ("w.policy", WORDS)]);
        prop_assume!(compiled.collection.policies.len() == 1);
        let rows = rows(&site(&compiled, None)["register.csv"]);
        prop_assert_eq!(rows.len(), 1);
        let cell = &rows[0]["title"];
        prop_assert_eq!(original(cell), compiled.collection.policies[0].title.as_str());
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＠']), "{:?}", cell);
    }
}
