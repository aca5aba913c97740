//! The cases that all forms are tried on.

mod norms;

pub use norms::{disagreement, joint, unranked};

use clausal::diagnostic::{Acceptance, CheckInfo, Edit, Family, Finding, Fix, Severity};
use clausal::source::{SourceFile, Sources, Span};

use super::Case;

/// Checks as a table of them would hold them.
pub const CHECKS: &[CheckInfo] = &[
    CheckInfo {
        name: "syntax",
        point: "something is wrong",
        family: Family::Syntax,
        severity: Some(Severity::Error),
        page: "# syntax\n\nThe text cannot be read\nas it stands. Something is missing or misspelt.\n\nMore.\n",
    },
    CheckInfo {
        name: "unknown-name",
        point: "something is wrong",
        family: Family::Names,
        severity: Some(Severity::Error),
        page: "# unknown-name\n\nA word is used that no vocabulary declares.\n",
    },
    CheckInfo {
        name: "unused-word",
        point: "something is wrong",
        family: Family::Names,
        severity: None,
        page: "# unused-word\n\nA word is declared and never used.\n",
    },
    CheckInfo {
        name: "unranked-rules",
        point: "something is wrong",
        family: Family::Norms,
        severity: Some(Severity::Warning),
        page: "# unranked-rules\n\nTwo rules meet and neither gives way.\n",
    },
];

const POLICY: &str = r#"policy social-media "Social Media Policy" {
  organisation northgate
}

section personal-use "Personal use" {

  clause contact "Contact with pupils" {
    | {Staff} must not be in direct contact with {pupils} on any platform that the school has not set up for it, unless a parent agreed.

    rule no-contact: staf must not contact pupil on social-media
      unless relationship is immediate-family
      on breach gross-misconduct
  }

  clause clubs {
    rule club-pages: teacher may contact pupil on social-media
      when purpose is educational
  }
}
"#;

const VOCABULARY: &str = r#"vocabulary school {
  party staff "member of staff" plural "staff" {
    teacher
  }
}
"#;

/// All cases; their names are the names of their golden files.
pub fn all() -> Vec<Case> {
    vec![
        one_place(),
        several_places(),
        two_files(),
        accepted(),
        overlapping(),
        carriage_returns_and_tabs(),
        wide_characters(),
        empty_file(),
        end_of_file(),
        long_line(),
        tall_place(),
        control_characters(),
        without_place(),
        disagreement(),
        unranked(),
        joint(),
    ]
}

pub fn one_place() -> Case {
    let sources = sources(&[("policies/social-media.policy", POLICY)]);
    let staf = at(&sources, 0, "staf ").shorter();
    let finding = Finding::new("unknown-name", staf, "`staf` is not a declared party")
        .help("did you mean `staff`?")
        .fix("write `staff`", staf, "staff");
    Case { name: "one-place", sources, findings: vec![finding.of(Severity::Error)] }
}

pub fn several_places() -> Case {
    let sources = sources(&[("policies/social-media.policy", POLICY)]);
    let ban = at(
        &sources,
        0,
        "rule no-contact: staf must not contact pupil on social-media
      unless relationship is immediate-family
      on breach gross-misconduct\n",
    );
    let permission = at(&sources, 0, "rule club-pages: teacher may contact pupil on social-media");
    let exception = at(&sources, 0, "relationship is immediate-family");
    let finding = Finding::new(
        "unranked-rules",
        permission,
        "this rule permits some of what `no-contact` forbids, and neither of the two says which gives way where both of \
         them apply",
    )
    .labelled("permitted here")
    .and(ban, "forbidden here")
    .and(exception, "the only exception")
    .help(
        "say which rule gives way: `overrides @no-contact` on `club-pages`, or `yields to @no-contact` if the ban is \
         meant to stand",
    )
    .rule("northgate/social-media:personal-use/clubs#club-pages")
    .rule("northgate/social-media:personal-use/contact#no-contact");
    Case { name: "several-places", sources, findings: vec![finding.of(Severity::Warning)] }
}

pub fn two_files() -> Case {
    let sources = sources(&[("policies/school.policy", VOCABULARY), ("policies/social-media.policy", POLICY)]);
    let staf = at(&sources, 1, "staf ").shorter();
    let staff = at(&sources, 0, "staff");
    let both = Fix {
        choice: false,
        title: "write `staff` and say that `staf` means it too".into(),
        edits: vec![
            Edit { span: staf, text: "staff".into() },
            Edit { span: at(&sources, 0, " plural").at_start(), text: " also \"staf\"".into() },
        ],
    };
    let mut finding = Finding::new("unknown-name", staf, "`staf` is not a declared party")
        .labelled("no vocabulary declares this word")
        .and(staff, "the nearest word is declared here, as a party to which every teacher belongs")
        .help("did you mean one of these?\n  - `staff`, a party\n  - `star`, a thing")
        .of(Severity::Error);
    finding.fixes.push(both);
    let advice = Finding::new("unused-word", at(&sources, 0, "teacher"), "`teacher` is never used");
    Case { name: "two-files", sources, findings: vec![finding, advice] }
}

pub fn accepted() -> Case {
    let mut case = one_place();
    case.name = "accepted";
    let span = at(&case.sources, 0, "clause clubs");
    let first = Acceptance {
        because:
            "the unions and the board are still in talks about who counts as staff, and a paper goes to the board \
                  in spring"
                .into(),
        by: Some("governing board".into()),
        until: Some("2026-12-31".into()),
        span,
    };
    let second = Acceptance { because: "it is so in the original".into(), by: None, until: None, span };
    let mut other = case.findings[0].clone().of(Severity::Warning);
    other.accepted = Some(second);
    case.findings[0].accepted = Some(first);
    case.findings.push(other);
    case.findings.push(Finding::new("syntax", span, "a `}` is missing").of(Severity::Error));
    case
}

fn overlapping() -> Case {
    let sources = sources(&[("a.policy", POLICY)]);
    let rule = at(&sources, 0, "rule no-contact: staf must not contact pupil on social-media");
    let act = at(&sources, 0, "contact pupil on social-media\n      unless").len();
    let act =
        Span { end: at(&sources, 0, "contact pupil").start + act as u32 - 13, ..at(&sources, 0, "contact pupil") };
    let inside = Finding::new("syntax", rule, "places inside each other").labelled("the rule").and(act, "the act");
    let twice = Finding::new("syntax", rule, "one place told twice").labelled("the duty").and(rule, "the ban");
    let start = Finding::new("syntax", rule, "places that begin together")
        .labelled("the rule")
        .and(at(&sources, 0, "rule no-contact"), "its name");
    let apart = Finding::new("syntax", at(&sources, 0, "{Staff}"), "two places on one long line")
        .labelled("the bearers")
        .and(at(&sources, 0, "unless a parent agreed"), "the exception");
    Case { name: "overlapping", sources, findings: vec![inside, twice, start, apart] }
}

fn carriage_returns_and_tabs() -> Case {
    let text = "section a {\r\n\tclause b {\r\n\t\trule staf\tmust report\r\n\t\t  within 1 day\r\n\t}\r\n}\r\n";
    let sources = sources(&[("windows.policy", text)]);
    let one = Finding::new("unknown-name", at(&sources, 0, "staf"), "`staf` is not a declared party").labelled("here");
    let act = at(&sources, 0, "must report\r\n\t\t  within 1 day\r\n");
    let two = Finding::new("syntax", act, "over two lines").labelled("from the act to the deadline");
    let ends = Finding::new("syntax", at(&sources, 0, "report").at_end(), "at the end of a line").labelled("here");
    Case { name: "carriage-returns-and-tabs", sources, findings: vec![one, two, ends] }
}

fn wide_characters() -> Case {
    let text = "section café {\n  | Zoë’s naïve “policy” – 方針 – 🎓 graduates must not smoke\n}\n";
    let sources = sources(&[("cafés/größe.policy", text)]);
    let accents = Finding::new("syntax", at(&sources, 0, "café"), "`é` cannot stand in an id").labelled("here");
    let wide = Finding::new("unmodelled-norm", at(&sources, 0, "must not"), "after wide characters").labelled("here");
    Case { name: "wide-characters", sources, findings: vec![accents, wide] }
}

fn empty_file() -> Case {
    let sources = sources(&[("empty.policy", "")]);
    let span = Span::new(file(&sources, 0), 0, 0);
    let finding = Finding::new("syntax", span, "this file is empty").labelled("expected `policy` or `vocabulary`");
    Case { name: "empty-file", sources, findings: vec![finding.of(Severity::Error)] }
}

fn end_of_file() -> Case {
    let sources = sources(&[("ends.policy", "section a {\n  clause b {\n  }\n"), ("stops.policy", "section a {")]);
    let [ends, stops] = [0, 1].map(|index| {
        let (id, file) = sources.iter().nth(index).expect("a file of the case");
        Span::new(id, file.text().len(), file.text().len())
    });
    let missing =
        |span| Finding::new("syntax", span, "a `}` is missing").labelled("expected `}`").fix("add `}`", span, "}\n");
    let findings = vec![missing(ends).of(Severity::Error), missing(stops).of(Severity::Error)];
    Case { name: "end-of-file", sources, findings }
}

fn long_line() -> Case {
    let mut text = "| staff must report each case, ".repeat(32_768);
    text.replace_range(500_000..500_004, "STAF");
    text.replace_range(900_000..900_004, "STAV");
    let sources = sources(&[("long.policy", &text)]);
    let end = text.len();
    let finding = Finding::new("unknown-name", at(&sources, 0, "STAF"), "in the midst of a megabyte")
        .labelled("here")
        .and(at(&sources, 0, "STAV"), "and here")
        .and(Span::new(file(&sources, 0), 0, 1), "the beginning")
        .and(Span::new(file(&sources, 0), end, end), "the end")
        .and(Span::new(file(&sources, 0), 0, end), "the whole");
    Case { name: "long-line", sources, findings: vec![finding] }
}

fn tall_place() -> Case {
    let sources = sources(&[("tall.policy", POLICY)]);
    let start = POLICY.find("section").unwrap_or(0);
    let span = Span::new(file(&sources, 0), start, POLICY.len());
    let finding = Finding::new("numbering-gap", span, "a section of many lines").labelled("this section");
    Case { name: "tall-place", sources, findings: vec![finding] }
}

fn control_characters() -> Case {
    let text = "section a {\n  | red \u{1b}[31m bell \u{7} null \0 turn \u{202e}dedrawrof\u{202c} lone \r return \u{9b}2J\n}\n";
    let sources = sources(&[("odd\u{1b}[2Jname,%:.policy", text)]);
    let mut finding = Finding::new("syntax", at(&sources, 0, "bell"), "`\u{1b}[31m` cannot stand\r\n::error::here")
        .labelled("after \u{1b}]0;title\u{7}")
        .and(at(&sources, 0, "return"), "\u{9b}2J")
        .help("remove `\u{1b}`")
        .fix("delete `\u{1b}`", at(&sources, 0, "\u{1b}"), "\u{7f}");
    let because = "of \u{1b}[2J".to_owned();
    finding.accepted = Some(Acceptance { because, by: None, until: None, span: at(&sources, 0, "section") });
    Case { name: "control-characters", sources, findings: vec![finding.of(Severity::Error)] }
}

fn without_place() -> Case {
    let mut case = one_place();
    case.name = "without-place";
    case.findings[0].labels.clear();
    case
}

pub fn sources(files: &[(&str, &str)]) -> Sources {
    Sources::new(files.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect())
}

/// The first place of `words` in the file with this index.
pub fn at(sources: &Sources, index: usize, words: &str) -> Span {
    let (id, file) = sources.iter().nth(index).expect("a file of the case");
    let start = file.text().find(words).unwrap_or_else(|| panic!("{words:?} stands in {}", file.path()));
    Span::new(id, start, start + words.len())
}

fn file(sources: &Sources, index: usize) -> clausal::source::FileId {
    sources.iter().nth(index).expect("a file of the case").0
}

trait Weighed {
    fn of(self, severity: Severity) -> Self;
}

impl Weighed for Finding {
    fn of(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

trait Shorter {
    fn shorter(self) -> Self;
}

impl Shorter for Span {
    /// Without its last byte.
    fn shorter(self) -> Self {
        Span { end: self.end - 1, ..self }
    }
}
