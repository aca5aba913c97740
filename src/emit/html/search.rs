//! Search in the site itself: what can be found, written as scripts that a page loads once a reader searches.
//!
//! A page opened from a folder may read no other file but scripts and pictures, so the index is a script that hands data to
//! `search.js`. It holds the whole text of every place, each word written once in a dictionary: that is smaller than lists
//! of where each word stands, and a reader is shown the words found in their sentence. What is found, and in which order,
//! is decided in `search.js`; nothing here knows a query. A large collection is cut into parts of whole policies, each
//! complete in itself, so that they are made side by side and no file grows without end.

mod code;
mod entries;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use self::code::Dictionary;
pub(super) use self::entries::{Entry, Found, Kind, found};
use super::{Pages, put};
use crate::model::{Vocabulary, Word, without_article};

/// The script of all pages.
pub const SCRIPT: &str = "search.js";
/// The index, or the first part of it.
pub const SEARCH: &str = "search-index.js";

/// How many bytes of text make a part: the part itself has about a third of that.
const PART: usize = 1 << 20;

/// What `search.js` is handed. All but the policies and the forms are strings with a piece for each entry, in order.
#[derive(Serialize)]
struct Part<'p> {
    /// Which part this is, from 0.
    part: usize,
    /// How many there are.
    parts: usize,
    policies: Vec<OfPolicy<'p>>,
    /// The ways to say each word that has several, in the first part.
    forms: &'p [String],
    /// The dictionary, see [`code`].
    words: Vec<String>,
    /// What each entry is, a letter each.
    kinds: String,
    /// How deep each entry lies, a digit each.
    depths: String,
    /// Ids on the page, each without what it shares with the one before.
    paths: String,
    numbers: String,
    headings: String,
    texts: String,
}

#[derive(Serialize)]
struct OfPolicy<'p> {
    page: &'p str,
    title: &'p str,
    organisation: &'p str,
    withdrawn: bool,
    /// How many entries are its own; the first is the policy itself.
    entries: usize,
    /// Whether it is no policy, but the readers of an organisation, whose entries are pages.
    readers: bool,
}

/// Writes the script and the index.
pub(super) fn write<W: Write>(
    pages: &Pages<'_>,
    policies: &[Found<'_>],
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> io::Result<()> {
    put(create, SCRIPT, pages.templates.script().as_bytes())?;
    let parts = parts(policies, PART);
    let forms = forms(&pages.site.scope.collection.vocabulary);
    parts.par_iter().enumerate().try_for_each(|(at, &policies)| {
        let forms = if at == 0 { forms.as_slice() } else { &[] };
        put(create, &file(at), part(policies, forms, at, parts.len())?.as_bytes())
    })
}

/// The file of a part: `search-index.js`, `search-index-2.js`.
fn file(part: usize) -> String {
    match (part, SEARCH.strip_suffix(".js")) {
        (1.., Some(stem)) => format!("{stem}-{}.js", part + 1),
        _ => SEARCH.to_owned(),
    }
}

/// The policies, cut where a part has enough text; one part at least.
fn parts<'f, 'a>(policies: &'f [Found<'a>], enough: usize) -> Vec<&'f [Found<'a>]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, policy) in policies.iter().enumerate() {
        bytes += policy.entries.iter().map(|entry| entry.text.len() + entry.heading.len()).sum::<usize>();
        if bytes >= enough {
            parts.push(policies.get(start..=at).unwrap_or(&[]));
            (start, bytes) = (at + 1, 0);
        }
    }
    let rest = policies.get(start..).unwrap_or(&[]);
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

/// A part as a script.
fn part(policies: &[Found<'_>], forms: &[String], part: usize, parts: usize) -> io::Result<String> {
    let entries = || policies.iter().flat_map(|policy| &policy.entries);
    let texts = entries().flat_map(|entry| [&*entry.heading, entry.text.as_str()]);
    let dictionary = Dictionary::of(texts);
    let data = Part {
        part,
        parts,
        policies: policies
            .iter()
            .map(|policy| OfPolicy {
                page: &policy.page,
                title: policy.title,
                organisation: policy.organisation,
                withdrawn: policy.withdrawn,
                entries: policy.entries.len(),
                readers: policy.readers,
            })
            .collect(),
        forms,
        words: dictionary.classes(),
        kinds: entries().map(|entry| entry.kind.letter()).collect(),
        depths: entries().map(|entry| code::digit(entry.depth)).collect(),
        paths: code::shortened(entries().map(|entry| entry.path.as_str())),
        numbers: code::joined(entries().map(|entry| entry.number.replace(code::BETWEEN, "/"))),
        headings: dictionary.written(entries().map(|entry| &*entry.heading)),
        texts: dictionary.written(entries().map(|entry| entry.text.as_str())),
    };
    let data = serde_json::to_string(&data).map_err(io::Error::other)?;
    // As JSON these characters may stand there; a script, or whoever puts it into a page, may read them otherwise.
    let data = data.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    Ok(format!("clausalSearch({data});\n"))
}

/// For each word of the vocabulary that can be said in several ways these ways, so that whoever searches for one finds what
/// is told in another.
fn forms(vocabulary: &Vocabulary) -> Vec<String> {
    let forms = vocabulary.words.iter().map(forms_of).filter(|forms| forms.len() > 1);
    forms.map(|forms| code::joined(forms.iter().map(|form| form.replace(code::BETWEEN, " ")))).collect()
}

/// The forms of a word, of which none is another with an `s` at its end: that far a search goes by itself.
fn forms_of(word: &Word) -> Vec<&str> {
    let label = without_article(&word.label).unwrap_or(&word.label);
    let mut forms: Vec<&str> = Vec::new();
    for form in [label, &word.plural].into_iter().chain(word.also.iter().map(String::as_str)) {
        let form = without_article(form).unwrap_or(form);
        if !forms.iter().any(|known| form.strip_suffix('s').unwrap_or(form) == known.strip_suffix('s').unwrap_or(known))
        {
            forms.push(form);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_whole_policies_and_nothing_is_left_out() {
        let policy = |bytes: usize| Found::sized(bytes);
        let cases: [(&[usize], &[usize]); 6] = [
            (&[], &[0]),
            (&[3], &[1]),
            (&[12], &[1]),
            (&[4, 4, 4, 4], &[3, 1]),
            (&[30, 1, 9, 2], &[1, 2, 1]),
            (&[5, 5, 5, 5], &[2, 2]),
        ];
        for (sizes, expected) in cases {
            let policies: Vec<Found<'_>> = sizes.iter().map(|&bytes| policy(bytes)).collect();
            let lengths: Vec<usize> = parts(&policies, 10).iter().map(|part| part.len()).collect();
            assert_eq!(lengths, expected, "{sizes:?}");
        }
        assert_eq!([file(0), file(1), file(11)], ["search-index.js", "search-index-2.js", "search-index-12.js"]);
    }
}
