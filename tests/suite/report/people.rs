//! The forms that people read.

use clausal::report::{Options, Totals, summary};

use super::{Case, cases};
use crate::suite::golden::golden;

const UNICODE: Options = Options { graphical: true, unicode: true, colour: false, width: 80, accepted: true };
const ASCII: Options = Options { unicode: false, width: 60, ..UNICODE };
const PLAIN: Options = Options { graphical: false, ..UNICODE };

/// Every case in every form that people see.
#[test]
fn findings_are_shown_as_in_the_golden_files() {
    for case in cases::all() {
        let shown = format!(
            "==== 80 columns ====\n{}\n==== 60 columns, ASCII ====\n{}\n==== plain ====\n{}\n==== short ====\n{}",
            case.human(&UNICODE),
            case.human(&ASCII),
            case.human(&PLAIN),
            case.short(&PLAIN),
        );
        golden(&format!("report/people/{}.txt", case.name), &shown);
    }
}

#[test]
fn colours_are_used_when_asked_for() {
    let coloured = Options { colour: true, ..UNICODE };
    golden("report/people/colours.ansi", &cases::two_files().human(&coloured));
}

#[test]
fn without_colours_no_control_character_is_written() {
    for case in cases::all() {
        for shown in every_form(&case) {
            let odd = shown.chars().find(|&c| (c.is_control() && c != '\n') || c == '\u{202e}');
            assert_eq!(odd, None, "in {}:\n{shown}", case.name);
        }
    }
}

/// Lines with a path are as long as the path makes them, a place drawn on ten columns needs them, and lines that are to be
/// written are not broken.
#[test]
fn drawn_lines_fit_the_width() {
    for case in cases::all() {
        for options in [UNICODE, ASCII] {
            let shown = case.human(&options);
            let edits = case.findings.iter().flat_map(|finding| &finding.fixes).flat_map(|fix| &fix.edits);
            let written: Vec<&str> = edits.flat_map(|edit| edit.text.lines()).map(str::trim).collect();
            let wrapped =
                |line: &&str| !line.contains(".policy") && !line.starts_with('`') && !written.contains(&line.trim());
            for line in shown.lines().filter(wrapped) {
                // Wide characters take two columns, so a line of them has fewer characters than that.
                assert!(line.chars().count() <= options.width, "{} at {}: {line}", case.name, options.width);
            }
        }
    }
}

#[test]
fn a_megabyte_on_one_line_is_cut() {
    let case = cases::all().into_iter().find(|case| case.name == "long-line").expect("the case of a long line");
    for shown in every_form(&case) {
        assert!(shown.len() < 4_000, "{} bytes were written", shown.len());
    }
}

#[test]
fn accepted_findings_are_shown_only_when_asked() {
    let case = cases::accepted();
    let quiet = Options { accepted: false, ..PLAIN };
    for shown in [case.human(&quiet), case.short(&quiet), case.github(&quiet)] {
        assert!(!shown.contains("unknown-name") && shown.contains("a `}` is missing"), "{shown}");
    }
    for shown in [case.human(&PLAIN), case.short(&PLAIN), case.github(&PLAIN)] {
        assert!(shown.contains("accepted: because it is so in the original"), "{shown}");
        assert!(shown.contains("(by governing board, until 2026-12-31)"), "{shown}");
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    let case = Case { name: "", sources: cases::sources(&[]), findings: Vec::new() };
    assert_eq!(case.human(&UNICODE) + &case.human(&PLAIN) + &case.short(&PLAIN) + &case.github(&PLAIN), "");
}

#[test]
fn the_summary_counts_in_words() {
    let totals = |errors, warnings, notes, accepted, policies, files| {
        summary(&Totals { errors, warnings, notes, accepted, policies, files })
    };
    assert_eq!(totals(2, 1, 0, 3, 5, 7), "2 errors, 1 warning, 3 accepted in 5 policies (7 files)");
    assert_eq!(totals(1, 2, 1, 0, 1, 1), "1 error, 2 warnings, 1 note in 1 policy (1 file)");
    assert_eq!(totals(0, 0, 2, 0, 0, 2), "2 notes in 0 policies (2 files)");
    assert_eq!(totals(0, 0, 0, 1, 2, 3), "no findings, 1 accepted in 2 policies (3 files)");
    assert_eq!(totals(0, 0, 0, 0, 5, 6), "no findings in 5 policies");
    assert_eq!(totals(0, 0, 0, 0, 1, 1), "no findings in 1 policy");
}

#[test]
fn totals_count_an_accepted_finding_once() {
    let totals = Totals::of(&cases::accepted().findings, 1, 1);
    assert_eq!(totals, Totals { errors: 1, warnings: 0, notes: 0, accepted: 2, policies: 1, files: 1 });
}

fn every_form(case: &Case) -> [String; 5] {
    [case.human(&UNICODE), case.human(&ASCII), case.human(&PLAIN), case.short(&PLAIN), case.github(&PLAIN)]
}

#[test]
fn alternatives_are_told_with_the_lines_to_write() {
    let case = cases::disagreement();
    let shown = case.human(&PLAIN);
    assert!(shown.contains("  for example: a teacher of St Oswin’s using Facebook"), "{shown}");
    assert!(shown.contains("  choose one:\n    1. let the permission stand"), "{shown}");
    assert!(
        shown.contains("       in policies/st-oswin.policy, below line 12, add:\n         overrides @hillside-trust")
    );
    assert!(!shown.contains("fix:"), "what only an author can choose is no fix: {shown}");
    let narrow = Options { width: 40, ..ASCII };
    golden("report/people/narrow.txt", &(case.human(&narrow) + &cases::unranked().human(&narrow)));
}
