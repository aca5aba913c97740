//! `register.csv`: the policies as a spreadsheet, a row for each.
//!
//! RFC 4180, which a few lines write in full; they have to know about spreadsheets what no library of CSV does. The file
//! begins with the mark of UTF-8, without which Excel takes it for another alphabet, and no cell can be taken for a formula.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::civil::Date;

use super::{Entry, Standing};
use crate::emit::page::{Site, party, several, the};
use crate::model::{Modality, PartialDate, WordId};

/// Name of the file.
pub const FILE: &str = "register.csv";

/// The names of the columns, which are for life.
pub const COLUMNS: [&str; 25] = [
    "key",
    "organisation",
    "title",
    "version",
    "status",
    "owner",
    "approved_on",
    "approved_by",
    "minute",
    "effective",
    "review_every",
    "next_review",
    "review_state",
    "audience",
    "rules_must",
    "rules_must_not",
    "rules_should",
    "rules_should_not",
    "rules_may",
    "rules_need_not",
    "accepted",
    "first_expiry",
    "expired",
    "as_of",
    "page",
];

/// What tells Excel that a text is in UTF-8.
const MARK: char = '\u{feff}';

/// The whole file.
pub(in crate::emit) fn register(site: &Site<'_>, entries: &[Entry<'_>], as_of: Option<Date>) -> String {
    let mut text = String::from(MARK);
    row(COLUMNS.map(Cow::Borrowed), &mut text);
    for entry in entries {
        row(cells(site, entry, as_of), &mut text);
    }
    text
}

/// What a row says, in the order of the columns.
fn cells<'e>(site: &Site<'e>, entry: &Entry<'e>, as_of: Option<Date>) -> [Cow<'e, str>; COLUMNS.len()] {
    let policy = entry.policy;
    let vocabulary = &site.scope.collection.vocabulary;
    let list = |words: &[WordId], told: &dyn Fn(WordId) -> String| {
        Cow::Owned(words.iter().map(|&word| told(word)).collect::<Vec<_>>().join("; "))
    };
    let day = |date: Option<PartialDate>| owned(date.map(|date| date.to_string()));
    let rules = |modality| Cow::Owned(policy.rules.iter().filter(|rule| rule.modality == modality).count().to_string());
    let [must, must_not, should, should_not, may, need_not] = Modality::ALL.map(rules);
    let approval = policy.approved.as_ref();
    let expired = policy.accepts.iter().filter(|it| entry.standing(it) == Some(Standing::Past)).count();
    [
        Cow::Borrowed(&policy.key),
        Cow::Borrowed(entry.organisation),
        Cow::Borrowed(&policy.title),
        policy.version.as_ref().map_or_else(Cow::default, |(version, _)| Cow::Borrowed(version.as_str())),
        Cow::Borrowed(policy.status.map_or("", |(status, _)| status.name())),
        owned(policy.owner.map(|owner| party(vocabulary, owner))),
        day(approval.and_then(|it| it.date)),
        list(approval.map_or(&[], |it| &it.by), &|word| the(vocabulary, word)),
        approval.and_then(|it| it.minute.as_deref()).map_or_else(Cow::default, Cow::Borrowed),
        day(policy.effective.map(|(day, _)| day)),
        owned(policy.review.every.map(|(every, _)| every.to_string())),
        day(entry.due),
        Cow::Borrowed(match entry.review {
            Some(Standing::Past) => "overdue",
            Some(Standing::Soon) => "due",
            Some(Standing::Later) => "later",
            None => "",
        }),
        list(&policy.audience, &|word| several(vocabulary, word).to_owned()),
        must,
        must_not,
        should,
        should_not,
        may,
        need_not,
        Cow::Owned(policy.accepts.len().to_string()),
        day(entry.first_until()),
        owned(as_of.map(|_| expired.to_string())),
        owned(as_of.map(|day| day.to_string())),
        Cow::Owned(format!("{}.html", site.stem(entry.id))),
    ]
}

fn owned<'e>(text: Option<String>) -> Cow<'e, str> {
    Cow::Owned(text.unwrap_or_default())
}

fn row<const N: usize>(cells: [Cow<'_, str>; N], out: &mut String) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        self::cell(cell, out);
    }
    out.push_str("\r\n");
}

/// A cell: in quotes where it holds what would end it, and with an apostrophe in front where a spreadsheet would compute it.
fn cell(text: &str, out: &mut String) {
    let apostrophe = if is_computed(text) { "'" } else { "" };
    if text.contains([',', '"', '\r', '\n']) {
        // To a text nothing can go wrong that is written.
        let _ = write!(out, "\"{apostrophe}{}\"", text.replace('"', "\"\""));
    } else {
        out.push_str(apostrophe);
        out.push_str(text);
    }
}

/// Whether a spreadsheet may take a cell for a formula: the signs that OWASP names ("CSV Injection"), in the wide forms
/// that some spreadsheets take for the same too, and after blanks, which some leave out. Apostrophes before such a sign
/// count as well, so that a reader can take one away again from all that begin so, and from nothing else.
fn is_computed(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let first = bare.trim_start_matches(|it: char| it == '\'' || it.is_whitespace() || it.is_control());
    bare.starts_with(['\t', '\r', '\n']) || first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_computed() {
        for (text, written) in [
            ("", ""),
            ("Plain – text", "Plain – text"),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
            ("+44", "'+44"),
            ("-", "'-"),
            ("@a", "'@a"),
            ("\ta", "'\ta"),
            ("\ra", "\"'\ra\""),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'\t", "''\t"),
            ("'tis", "'tis"),
            ("1-2", "1-2"),
        ] {
            let mut out = String::new();
            cell(text, &mut out);
            assert_eq!(out, written, "{text:?}");
        }
    }
}
