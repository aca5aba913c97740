//! One slip of the pen, one finding: each slip is made in a collection without mistakes, alone and together with others.

use std::path::Path;

use clausal::diagnostic::{Finding, Severity};
use clausal::source::SourceFile;

use super::collection::check;

/// What stands in one of the files, once, and what is written instead.
type Slip = (&'static str, &'static str);

/// Slips far enough from each other to be made at once.
const APART: [Slip; 14] = [
    ("status       adopted", "status       adoptd"),
    ("review       every 12 months", "reveiw       every 12 months"),
    ("history {\n", "history {\n    2.0 2020-01-01 \"Not in quotes\"\n"),
    ("section personal-use \"Personal use\" {", "section personal-use \"Personal use {"),
    ("when purpose is personal and", "wen purpose is personal and"),
    ("{social media} in working", "{social meda} in working"),
    ("on breach gross-misconduct", "on breech gross-misconduct"),
    ("within 1 school-day of message-received", "within 1 school-day off message-received"),
    ("organisation northgate \"Northgate", "organisation northgate \"Trust\" \"Northgate"),
    ("st-wilfrid \"St", "st-wilfrid is \"St"),
    ("party parent \"parent or carer\" plural", "party parent \"parent or carer\" plurl"),
    ("fact time { working-hours \"in", "fact time { working-hours also \"in"),
    ("action communicate {", "action communicate taks thing {"),
    ("consequence disciplinary-action", "consequense disciplinary-action"),
];

/// Slips each made alone: braces tell something about the whole file, and names about both.
const ALONE: [Slip; 22] = [
    ("vocabulary school {", "vocabuary school {"),
    ("vocabulary school {", "school {"),
    ("policy social-media \"", "polcy social-media \""),
    ("policy social-media \"", "social-media \""),
    ("clause contact \"Contact with pupils\" {", "clause contact \"Contact with pupils\" { {"),
    ("clause contact \"Contact with pupils\" {", "clause contact \"Contact with pupils\""),
    ("\"Northgate Schools Trust\" {", "\"Northgate Schools Trust\""),
    (
        "party staff \"member of staff\" also \"employee\" plural \"staff\" {",
        "party staff \"member of staff\" also \"employee\" plural \"staff\"",
    ),
    ("    headteacher\n  }", "    headteacher\n  } }"),
    ("    headteacher\n  }", "    headteacher\n"),
    ("daily-use at most 30 minutes\n  }", "daily-use at most 30 minutes\n  } }"),
    ("\"staff\" {", "\"staff {"),
    ("also \"employee\"", "alos \"employee\""),
    ("facebook \"Facebook\"", "facebook alo \"Facebook\""),
    ("action report takes thing to party", "action report takes thing party"),
    ("takes party on social-media", "takes paty on social-media"),
    ("  party pupil also", "  party pupl also"),
    ("owner        headteacher", "owner"),
    ("audience     staff, governor", "audience     staff governor"),
    ("each rule on breach", "eah rule on breach"),
    ("rule staff should not befriend", "rule staff may not befriend"),
    ("clause former-pupils {", "section former-pupils \"Former pupils\" {"),
];

fn load() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resolve/example");
    ["school.policy", "social-media.policy"]
        .map(|name| SourceFile::new(name, std::fs::read_to_string(folder.join(name)).expect("it can be read")))
        .into()
}

/// The findings that are no hint at words nobody uses.
fn findings(files: Vec<SourceFile>) -> Vec<Finding> {
    let mut told = check(files, None).findings;
    told.retain(|finding| finding.check != "unused-word");
    told
}

fn slipped(slips: &[Slip]) -> Vec<Finding> {
    let files = load().into_iter().map(|file| {
        let mut text = file.text().to_owned();
        for (right, wrong) in slips {
            text = text.replacen(right, wrong, 1);
        }
        SourceFile::new(file.path(), text)
    });
    findings(files.collect())
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(|it| format!("\n  {}: {} at {}", it.check, it.message, it.span().start)).collect()
}

#[test]
fn the_example_has_no_mistakes() {
    let found = findings(load());
    assert!(found.is_empty(), "{}", told(&found));
    for (right, _) in APART.iter().chain(&ALONE) {
        let count: usize = load().iter().map(|file| file.text().matches(right).count()).sum();
        assert_eq!(count, 1, "`{right}` stands once in the example");
    }
}

#[test]
fn one_slip_is_one_finding() {
    for slip in APART.iter().chain(&ALONE) {
        let found = slipped(std::slice::from_ref(slip));
        assert_eq!(found.len(), 1, "{slip:?}{}", told(&found));
        assert_eq!(found[0].severity, Severity::Error, "{slip:?}{}", told(&found));
    }
}

#[test]
fn a_brace_too_many_does_not_make_up_for_one_too_few() {
    let spare =
        [("thing message {", "thing message { {"), ("contact \"Contact with pupils\" {", "contact \"Contact\" { {")];
    let few = [
        ("daily-use at most 30 minutes\n  }", "daily-use at most 30 minutes\n  } }"),
        ("\"Northgate Schools Trust\" {", "\"Northgate Schools Trust\""),
    ];
    let school = ("    headteacher\n  }", "    headteacher\n  } }");
    let lacking = ("\"St Thomas' School\"\n  }", "\"St Thomas' School\"");
    assert_eq!(slipped(&[school, lacking]).len(), 2);
    for one in spare {
        for other in few {
            let found = slipped(&[one, other]);
            assert_eq!(found.len(), 2, "{one:?} {other:?}{}", told(&found));
        }
    }
}

#[test]
fn several_slips_are_as_many_findings() {
    for count in 2..=APART.len() {
        for slips in APART.windows(count) {
            let found = slipped(slips);
            assert_eq!(found.len(), count, "{slips:?}{}", told(&found));
        }
    }
}
