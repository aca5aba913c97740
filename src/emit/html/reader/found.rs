//! What a search finds of these pages: each by the party it is for, and the table of them all.

use std::borrow::Cow;

use super::{index, matrix, path};
use crate::emit::html::Pages;
use crate::emit::html::search::{Entry, Found, Kind};
use crate::emit::page::{Organisation, capitalised, joined, several};
use crate::model::WordId;

/// The pages of every organisation's readers.
pub(in crate::emit::html) fn found<'p>(pages: &'p Pages<'_>) -> impl Iterator<Item = Found<'p>> {
    let organisations = pages.readership.organisations.iter().filter(|it| !it.readers.is_empty());
    organisations.map(move |organisation| Found {
        page: index(organisation),
        title: matrix::TITLE,
        organisation: &organisation.label,
        withdrawn: false,
        readers: true,
        entries: entries(pages, organisation),
    })
}

fn entries<'p>(pages: &Pages<'_>, organisation: &'p Organisation) -> Vec<Entry<'p>> {
    let vocabulary = &pages.site.scope.collection.vocabulary;
    let told = |words: &[WordId]| joined(&words.iter().map(|&word| several(vocabulary, word)).collect::<Vec<_>>());
    let entry = |depth: usize, path: String, heading: Cow<'p, str>, text: String| Entry {
        kind: Kind::Reader,
        depth,
        path,
        number: Cow::Borrowed(""),
        heading,
        text,
    };
    let all = "A table of what every policy asks, and of whom.".to_owned();
    let table = entry(0, index(organisation), Cow::Borrowed(matrix::TITLE), all);
    let readers = organisation.readers.iter().map(|reader| {
        let mut text = "What is asked of you by all policies.".to_owned();
        if !reader.also.is_empty() {
            text.push_str(&format!(" The page is also for {}.", told(&reader.also)));
        }
        entry(1, path(organisation, reader), Cow::Owned(capitalised(several(vocabulary, reader.party))), text)
    });
    [table].into_iter().chain(readers).collect()
}
