//! `bold-heading`: a paragraph in bold that stands where a heading should.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::wording::events;
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "bold-heading",
        point: "bold print stands where a heading should",
        family: Family::Accessibility,
        severity: Some(Severity::Warning),
        page: include_str!("bold_heading.md"),
    },
    run: Run::Policy(run),
};

/// The longest that a heading is, in words.
const MOST_WORDS: usize = 12;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    subject.each_prose(|_, prose| {
        let text = &prose.markdown;
        if !text.contains("**") && !text.contains("__") {
            return;
        }
        for (start, end) in headings(text) {
            let words = text.get(start..end).unwrap_or_default().trim_matches(['*', '_']);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let span = prose.map.span(start, end);
            findings.push(
                Finding::new(CHECK.info.name, span, format!("`{words}` looks like a heading, and is bold text")).help(
                    "make it the heading of a `clause`, or write `heading \"…\"` between clauses; if it is text, end \
                     its sentence",
                ),
            );
        }
    });
}

/// Paragraphs of the text itself that are bold from end to end, no sentence, and followed by something to head.
fn headings(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let (mut depth, mut bold, mut outside) = (0u32, 0u32, false);
    for (event, place) in events(text) {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    found.extend(last.take());
                    outside = false;
                }
                depth += 1;
                bold += u32::from(matches!(tag, Tag::Strong));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                bold = bold.saturating_sub(u32::from(matches!(tag, TagEnd::Strong)));
                if depth == 0 && matches!(tag, TagEnd::Paragraph) && !outside {
                    let written = text.get(place.clone()).unwrap_or_default().trim_end();
                    last = is_title(written).then_some((place.start, place.start + written.len()));
                }
            }
            Event::Text(words) | Event::Code(words) => outside |= bold == 0 && !words.trim().is_empty(),
            _ => {}
        }
    }
    found
}

/// Whether words are short and end no sentence; a colon leads into what follows as a sentence does.
fn is_title(written: &str) -> bool {
    let words = written.trim_matches(['*', '_', ' ']);
    !words.is_empty()
        && !words.ends_with(['.', ':', ';', '?', '!', ','])
        && words.split_whitespace().count() <= MOST_WORDS
}

#[cfg(test)]
mod tests {
    use super::headings;

    #[test]
    fn a_heading_in_bold_has_something_below_it_and_ends_no_sentence() {
        for painted in ["**Lost badges**\n\nText.", "__Lost badges__\n\n- one", "Text.\n\n**A**\n\nText."] {
            assert_eq!(headings(painted).len(), 1, "{painted}");
        }
        for sound in [
            "**Always wear it.**\n\nText.",
            "**Visitors must:**\n\n- wear it",
            "**Lost** badges\n\nText.",
            "Text.\n\n**Wear it**",
            "- **Lost badges**\n\n  Text.\n\nText.",
            "> **Lost badges**\n>\n> Text.",
        ] {
            assert_eq!(headings(sound), [], "{sound}");
        }
    }
}
