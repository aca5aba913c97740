//! The pictures of a policy, each with the same in words.

use serde::Serialize;

use super::Links;
use crate::emit::html::reader;
use crate::emit::page::{Linked, capitalised};
use crate::emit::picture::{self, Bearer, Format, Row};

/// How many parties have a picture. Of the others, who have fewest rules, it is told in words alone.
const DRAWN: usize = 24;

/// A party with its picture, and the same in words.
#[derive(Serialize)]
pub(super) struct Panel {
    who: String,
    /// The page of all that is asked of it, where it has one.
    reader: Option<Linked>,
    /// For wide screens; empty where nothing is drawn.
    wide: String,
    narrow: String,
    rows: Vec<Words>,
}

/// A row of the picture in words.
#[derive(Serialize)]
struct Words {
    index: usize,
    modality: &'static str,
    label: String,
    what: String,
    whom: Vec<Whom>,
    narrowed: Option<&'static str>,
    rules: Vec<Linked>,
}

/// One of those an act concerns, with what joins it to the one before.
#[derive(Serialize)]
struct Whom {
    joiner: &'static str,
    who: String,
}

/// The panels of a policy.
pub(super) fn panels(links: &Links<'_, '_>) -> Vec<Panel> {
    let bearers = picture::bearers(links.pages.site.scope.collection, links.id);
    let panel = |(at, bearer): (usize, &Bearer)| {
        let draw = |format| if at < DRAWN { picture::draw(bearer, format) } else { String::new() };
        Panel {
            who: capitalised(&bearer.label),
            reader: bearer
                .party
                .and_then(|party| reader::from_summary(links.pages, links.id, party))
                .map(|href| Linked { text: format!("All that is asked of {}", bearer.label), href: Some(href) }),
            wide: draw(Format::Wide),
            narrow: draw(Format::Narrow),
            rows: bearer.rows.iter().enumerate().map(|(index, row)| words(links, bearer, index, row)).collect(),
        }
    };
    bearers.iter().enumerate().map(panel).collect()
}

fn words(links: &Links<'_, '_>, bearer: &Bearer, index: usize, row: &Row) -> Words {
    let last = row.towards.len().saturating_sub(1);
    let joiner = match row.joiner() {
        "or" => " or ",
        _ => " and ",
    };
    let whom = |(at, &other): (usize, &usize)| Whom {
        joiner: match at {
            0 => " ",
            _ if at == last => joiner,
            _ => ", ",
        },
        who: bearer.others.get(other).cloned().unwrap_or_default(),
    };
    Words {
        index,
        modality: row.modality.words(),
        label: capitalised(row.modality.words()),
        what: row.full(),
        whom: row.towards.iter().enumerate().map(whom).collect(),
        narrowed: row.narrowed.told(),
        rules: row.rules.iter().map(|&rule| Linked { text: links.place(rule), href: Some(links.rule(rule)) }).collect(),
    }
}
