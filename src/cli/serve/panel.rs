//! What was found, as a part of a page: a region with the errors in full and the rest folded away, and a line that a
//! screen reader speaks when something changes.
//!
//! Its text is an author's: everything is escaped, and control characters are spelt out.

use super::report::{Item, List, Report};
use super::state::State;
use crate::diagnostic::Severity;
use crate::emit::prose::escape;

/// The panel of a state; hidden where there is nothing to tell.
pub(super) fn of(state: &State) -> String {
    let State { run, pages, findings, report, made, .. } = state;
    let (headline, body) = match report {
        None => ("The pages are being made for the first time.".to_owned(), String::new()),
        Some(report) => (headline(report, *pages, made), body(report)),
    };
    let is_silent = report.as_ref().is_some_and(|report| report.errors.count + report.others.count == 0);
    let hidden = if is_silent { " hidden" } else { "" };
    let kind = match report {
        Some(report) if report.errors.count > 0 => "errors",
        Some(_) => "others",
        None => "wait",
    };
    let attributes = format!("data-run=\"{run}\" data-pages=\"{pages}\" data-findings=\"{findings}\"");
    format!(
        "<div class=\"clausal-preview\" id=\"clausal.preview\" {attributes}>\n\
         <p class=\"clausal-preview-spoken\" id=\"clausal.preview-spoken\" role=\"status\" aria-live=\"polite\"></p>\n\
         <section class=\"clausal-preview-panel\" id=\"clausal.preview-panel\" role=\"region\" tabindex=\"0\" \
         data-kind=\"{kind}\" aria-labelledby=\"clausal.preview-headline\"{hidden}>\n\
         <h2 id=\"clausal.preview-headline\">{headline}</h2>\n{body}</section>\n</div>\n"
    )
}

/// What it means for the pages, in a sentence.
fn headline(report: &Report, pages: u64, made: &str) -> String {
    let mended = if report.errors.count == 1 { "the error is mended" } else { "the errors are mended" };
    match (report.errors.count, pages) {
        (0, _) => "The pages are up to date.".to_owned(),
        (_, 0) => format!("The pages can be made when {mended}."),
        _ => format!("Until {mended}, the pages stay as they were at {made}."),
    }
}

fn body(report: &Report) -> String {
    let mut out = String::new();
    if report.errors.count > 0 {
        // Open, and can be folded away by whoever wants to read on.
        list("errors", " open", &counted(report.errors.count, "error"), &report.errors, &mut out);
    }
    if report.others.count > 0 {
        list("others", "", &others(report), &report.others, &mut out);
    }
    out
}

/// "2 warnings, 1 note".
fn others(report: &Report) -> String {
    let notes = report.others.count.saturating_sub(report.warnings);
    match (report.warnings, notes) {
        (warnings, 0) => counted(warnings, "warning"),
        (0, notes) => counted(notes, "note"),
        (warnings, notes) => format!("{}, {}", counted(warnings, "warning"), counted(notes, "note")),
    }
}

fn list(name: &str, open: &str, summary: &str, list: &List, out: &mut String) {
    out.push_str(&format!("<details data-list=\"{name}\"{open}>\n<summary>{summary}</summary>\n<ul>\n"));
    for it in &list.items {
        item(it, out);
    }
    out.push_str("</ul>\n");
    let left = list.count.saturating_sub(list.items.len());
    if left > 0 {
        out.push_str(&format!("<p>And {left} more: <code>clausal check</code> tells them all.</p>\n"));
    }
    out.push_str("</details>\n");
}

fn item(item: &Item, out: &mut String) {
    let severity = match item.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    out.push_str(&format!("<li data-severity=\"{severity}\">\n<p><strong>{severity}:</strong> "));
    words(&item.message, out);
    out.push_str("</p>\n");
    if let Some(place) = &item.place {
        out.push_str("<p class=\"clausal-preview-place\"><code>");
        text(place, out);
        out.push_str("</code>");
        if let Some(check) = item.check {
            out.push_str(&format!(" <span>{check}</span>"));
        }
        out.push_str("</p>\n");
    }
    for (place, said) in &item.further {
        out.push_str("<p class=\"clausal-preview-place\"><code>");
        text(place, out);
        out.push_str("</code> ");
        words(said, out);
        out.push_str("</p>\n");
    }
    if let Some(help) = &item.help {
        out.push_str("<p>Help: ");
        words(help, out);
        out.push_str("</p>\n");
    }
    out.push_str("</li>\n");
}

/// A message, in which what stands between backticks is code.
fn words(message: &str, out: &mut String) {
    let mut rest = message;
    while let Some((before, (code, after))) =
        rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
    {
        text(before, out);
        out.push_str("<code>");
        text(code, out);
        out.push_str("</code>");
        rest = after;
    }
    text(rest, out);
}

fn text(words: &str, out: &mut String) {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter.is_control() && letter != '\n' {
            true => safe.extend(letter.escape_default()),
            false => safe.push(letter),
        }
    }
    escape::html(&safe, out);
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::super::failure::Failure;
    use super::super::state::Board;
    use super::*;

    fn panel(report: Report) -> String {
        let board = Board::new();
        board.show(None, report, "14:03:05".to_owned());
        of(&board.state())
    }

    #[test]
    fn what_authors_write_stays_text() {
        let failure = Failure::new("`<script>` & `\u{1b}[2J` of `a\"b").help("write `</section>`");
        let panel = panel(Report::default().and(&failure));
        assert!(panel.contains("<code>&lt;script&gt;</code> &amp; <code>\\u{1b}[2J</code> of `a&quot;b"), "{panel}");
        assert!(panel.contains("Help: write <code>&lt;/section&gt;</code>"), "{panel}");
        assert_eq!(panel.matches("</section>").count(), 1);
    }

    #[test]
    fn the_headline_says_what_becomes_of_the_pages() {
        let bad = Report::default().and(&Failure::new("no disk"));
        assert_eq!(headline(&Report::default(), 1, "14:03:05"), "The pages are up to date.");
        assert_eq!(headline(&bad, 0, ""), "The pages can be made when the error is mended.");
        let bad = bad.and(&Failure::new("no disk either"));
        let until = "Until the errors are mended, the pages stay as they were at 14:03:05.";
        assert_eq!(headline(&bad, 2, "14:03:05"), until);
    }

    #[test]
    fn nothing_found_is_nothing_shown() {
        assert!(panel(Report::default()).contains(" hidden>"));
        assert!(!panel(Report::default().and(&Failure::new("no disk"))).contains(" hidden>"));
    }

    #[test]
    fn a_page_does_not_grow_with_the_findings() {
        let mut all = Report::default();
        for number in 0..10_000 {
            all = all.and(&Failure::new(format!("the file {number} cannot be read")));
        }
        let panel = panel(all);
        assert!(panel.contains("10000 errors") && panel.contains("And 9950 more"), "{}", panel.len());
        assert_eq!(panel.matches("<li ").count(), 50);
    }
}
