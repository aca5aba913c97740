//! A policy as pictures: for each party that it binds, what it must, should and may do, and to whom.
//!
//! One picture a party keeps lines short: parties stand in a column beside the acts that concern them, and no line runs
//! past another party's acts. A picture is text and lines with whole numbers for places, so that the same policy gives
//! the same bytes; no font is measured, widths are those of a wide one. Knows no page and no template: what it shows is
//! told in words by whoever shows it, from the same [`Bearer`]s.

mod graph;
mod layout;
mod order;
mod place;
mod svg;
mod text;

#[cfg(test)]
mod tests;

use crate::model::{Collection, PolicyId};

pub(super) use graph::{Bearer, Row};
pub(super) use text::lines;

/// For how wide a screen a picture is drawn. A page has both and shows one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// For a screen of common width and for paper.
    Wide,
    /// For a telephone.
    Narrow,
}

/// The parties that a policy binds, those with most rules first, each with all its acts.
pub(super) fn bearers(collection: &Collection, policy: PolicyId) -> Vec<Bearer> {
    graph::bearers(collection, policy)
}

/// The picture of one of them, as an element of HTML.
pub(super) fn draw(bearer: &Bearer, format: Format) -> String {
    svg::svg(bearer, &layout::layout(bearer, format), format)
}
