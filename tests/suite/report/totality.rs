//! No text, no place and no width makes a report fail, nothing treacherous gets through, and many findings are all told.

use clausal::diagnostic::{Edit, Finding};
use clausal::report::Options;
use clausal::source::{SourceFile, Sources, Span};
use proptest::prelude::*;

use super::Case;

proptest! {
    #[test]
    fn any_text_and_any_place_can_be_reported(
        text in "(\\PC|[\r\n\t \u{1b}\u{202e}\u{0}]){0,80}",
        places in prop::collection::vec((0u32..120, 0u32..40, "[a-z \n\u{1b}]{0,30}"), 1..5),
        message in "(\\PC|[\n\u{1b}\u{7}]){0,40}",
        width in 0usize..140,
        unicode: bool,
    ) {
        let sources = Sources::new(vec![SourceFile::new("a.policy", text)]);
        let file = sources.iter().next().map(|(id, _)| id).expect("a file");
        let mut finding = Finding::new("syntax", Span { file, start: 0, end: 0 }, message.clone()).help(message);
        finding.labels.clear();
        for (start, length, words) in places {
            let span = Span { file, start, end: start + length };
            finding = finding.and(span, words.clone()).choice(words.clone(), vec![Edit { span, text: words }]);
        }
        let case = Case { name: "any", sources, findings: vec![finding] };
        for graphical in [true, false] {
            let shown = case.human(&Options { graphical, unicode, colour: false, width, accepted: true });
            prop_assert!(!shown.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{}", shown);
        }
        let options = Options::default();
        prop_assert_eq!(case.short(&options).lines().count(), 1);
        prop_assert_eq!(case.github(&options).lines().count(), 1);
        let json: serde_json::Value = serde_json::from_str(&case.json()).expect("JSON");
        prop_assert_eq!(json["findings"][0]["message"].as_str(), Some(case.findings[0].message.as_str()));
        let _: serde_json::Value = serde_json::from_str(&case.sarif()).expect("JSON");
        let _: serde_json::Value = serde_json::from_str(&case.gitlab(&options)).expect("JSON");
    }
}

/// The bound is wide, for slow machines and unoptimised builds; what it must show is that no form is quadratic.
#[test]
fn a_hundred_thousand_findings_are_quick() {
    let text = "    rule staf must report every accident to the headteacher\n".repeat(10_000);
    let sources = Sources::new(vec![SourceFile::new("a.policy", text.as_str())]);
    let file = sources.iter().next().map(|(id, _)| id).expect("a file");
    let findings = (0..100_000)
        .map(|index| {
            let start = index / 10 * (text.len() / 10_000) + 9;
            let span = Span::new(file, start, start + 4);
            Finding::new("unknown-name", span, "`staf` is not a declared party").help("did you mean `staff`?")
        })
        .collect();
    let case = Case { name: "many", sources, findings };
    let options = Options::default();
    let forms: [(&str, &dyn Fn() -> String); 6] = [
        ("short", &|| case.short(&options)),
        ("github", &|| case.github(&options)),
        ("gitlab", &|| case.gitlab(&options)),
        ("json", &|| case.json()),
        ("sarif", &|| case.sarif()),
        ("plain", &|| case.human(&options)),
    ];
    for (name, form) in forms {
        let length = form().len();
        assert!(length > 100_000 * 20, "{name} has {length} bytes");
    }
}
