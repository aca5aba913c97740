//! The example policies: they check clean, whatever the order of their files.

use clausal::report::{self, Options};
use clausal::source::SourceFile;
use proptest::prelude::*;

use super::collection::{Checked, check, policies};

fn told(checked: &Checked, options: &Options) -> String {
    let mut out = Vec::new();
    report::short(&mut out, &checked.findings, &checked.sources, options).expect("a buffer takes all");
    String::from_utf8(out).expect("reports are text")
}

#[test]
fn the_example_policies_check_clean() {
    let day = jiff::civil::date(2026, 11, 20);
    let checked = check(policies(), Some(day));
    let told = told(&checked, &Options::default());
    assert_eq!(checked.collection.policies.len(), 5);
    assert!(told.is_empty(), "{} findings\n{told}", told.lines().count());
}

#[test]
fn what_is_accepted_in_them_is_known() {
    let day = jiff::civil::date(2026, 11, 20);
    let checked = check(policies(), Some(day));
    super::golden::golden("policies/accepted.txt", &told(&checked, &Options { accepted: true, ..Options::default() }));
}

proptest::proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..Default::default() })]

    /// Deleting, doubling or swapping any token gives findings or a clean run, and the places of all findings lie in
    /// their files.
    #[test]
    fn no_slip_of_the_pen_ends_a_run(file in 0..6usize, at in 0.0..1.0f64, slip in 0..3usize) {
        let mut files = policies();
        let spoilt = spoil(files[file].text(), at, slip);
        let path = files[file].path().to_owned();
        let kept = if path.ends_with("school.policy") { "fairfield-trust.policy" } else { "school.policy" };
        files.retain(|other| other.path().ends_with(kept));
        files.push(SourceFile::new(path, spoilt));
        let checked = check(files, None);
        for label in checked.findings.iter().flat_map(|finding| &finding.labels) {
            let text = checked.sources.file(label.span.file).text();
            prop_assert!(text.get(label.span.start as usize..label.span.end as usize).is_some());
        }
    }

    /// The order in which files are found changes nothing.
    #[test]
    fn the_order_of_files_changes_nothing(order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle()) {
        let (files, mut shuffled) = (policies(), Vec::new());
        for index in order {
            shuffled.push(SourceFile::new(files[index].path(), files[index].text()));
        }
        let options = Options { accepted: true, ..Options::default() };
        prop_assert_eq!(told(&check(shuffled, None), &options), told(&check(files, None), &options));
    }
}

/// The text with one of its tokens deleted, doubled or swapped with the next.
fn spoil(text: &str, at: f64, slip: usize) -> String {
    let mut tokens: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |letter: char| (letter.is_alphanumeric() || letter == '-', letter.is_whitespace());
        let same = |letter: char| kind(letter) == kind(first) && (kind(first) != (false, false) || letter == first);
        let end = rest.find(|letter| !same(letter)).unwrap_or(rest.len());
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    let words: Vec<usize> = (0..tokens.len()).filter(|&index| !tokens[index].trim().is_empty()).collect();
    let chosen = ((words.len() - 2) as f64 * at) as usize;
    let (index, next) = (words[chosen], words[chosen + 1]);
    match slip {
        0 => tokens[index] = "",
        1 => {
            tokens.insert(index, " ");
            tokens.insert(index, tokens[index + 1]);
        }
        _ => tokens.swap(index, next),
    }
    tokens.concat()
}
