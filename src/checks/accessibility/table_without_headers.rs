//! `table-without-headers`: a table that does not say what its columns hold.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::wording::events;
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "table-without-headers",
        point: "a table does not say what its columns hold",
        family: Family::Accessibility,
        severity: Some(Severity::Warning),
        page: include_str!("table_without_headers.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    subject.each_prose(|_, prose| {
        let text = &prose.markdown;
        if !text.contains('|') {
            return;
        }
        let mut headers: Option<Vec<bool>> = None;
        for (event, place) in events(text) {
            match event {
                Event::Start(Tag::TableHead) => headers = Some(Vec::new()),
                Event::Start(Tag::TableCell) => headers.iter_mut().for_each(|it| it.push(false)),
                Event::Text(words) | Event::Code(words) if !words.trim().is_empty() => {
                    headers.iter_mut().filter_map(|it| it.last_mut()).for_each(|has_words| *has_words = true);
                }
                Event::End(TagEnd::TableHead) => {
                    let Some(message) = headers.take().and_then(|it| lack(&it)) else { continue };
                    let row = text.get(place.clone()).unwrap_or_default().trim_end();
                    let span = prose.map.span(place.start, place.start + row.len());
                    let help = "write above each column what it holds; the first may do without, and then the first \
                                cell of each row says what the row is about";
                    findings.push(Finding::new(CHECK.info.name, span, message).help(help));
                }
                _ => {}
            }
        }
    });
}

/// What a row of headers lacks, told by which of them have words.
fn lack(headers: &[bool]) -> Option<String> {
    if headers.iter().all(|has_words| !has_words) {
        return Some("this table has no headings".to_owned());
    }
    // The corner above the names of the rows needs none.
    let column = headers.iter().skip(1).position(|has_words| !has_words)? + 2;
    Some(format!("column {column} of this table has no heading"))
}

#[cfg(test)]
mod tests {
    use super::lack;

    #[test]
    fn the_corner_needs_no_words() {
        assert_eq!(lack(&[false, true, true]), None);
        assert_eq!(lack(&[true, false, true]).as_deref(), Some("column 2 of this table has no heading"));
        assert_eq!(lack(&[false]).as_deref(), Some("this table has no headings"));
    }
}
