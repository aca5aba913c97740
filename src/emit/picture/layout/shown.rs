//! What of a bearer is drawn, and in which order: the strongest rows, until there are too many of them or of the parties
//! they concern. Parties that the very same rows concern share a box.

use std::collections::BTreeMap;

use crate::emit::picture::graph::{Bearer, Row};
use crate::emit::picture::order::order;

/// How many rows are drawn. More would be a wall; the rest is told in words.
const MOST_ROWS: usize = 72;
/// How many parties stand beside them.
const MOST_OTHERS: usize = 40;

/// What is drawn, in order from the top.
pub(super) struct Shown {
    /// Rows that concern other parties, a piece a force, each with its own boxes beside it.
    pub linked: Vec<Piece>,
    /// Rows that name nobody else, by force.
    pub plain: Vec<usize>,
    /// How many rows are not drawn.
    pub left: usize,
}

/// Rows with the parties beside them.
pub(super) struct Piece {
    /// Rows of the bearer.
    pub rows: Vec<usize>,
    /// Other parties of the bearer, box by box.
    pub boxes: Vec<Vec<usize>>,
}

impl Shown {
    pub fn of(bearer: &Bearer) -> Self {
        let (mut linked, mut plain) = (Vec::new(), Vec::new());
        let mut is_met = vec![false; bearer.others.len()];
        let mut met = 0;
        for (at, row) in bearer.rows.iter().enumerate() {
            if linked.len() + plain.len() >= MOST_ROWS {
                break;
            }
            if row.towards.is_empty() {
                plain.push(at);
                continue;
            }
            let new = row.towards.iter().filter(|&&it| is_met.get(it) == Some(&false)).count();
            if met + new > MOST_OTHERS {
                continue;
            }
            met += new;
            for &other in &row.towards {
                if let Some(is_met) = is_met.get_mut(other) {
                    *is_met = true;
                }
            }
            linked.push(at);
        }

        let left = bearer.rows.len() - linked.len() - plain.len();
        let force = |&at: &usize| bearer.rows.get(at).map(|row| row.modality);
        let linked = linked.chunk_by(|a, b| force(a) == force(b)).map(|rows| piece(bearer, rows)).collect();
        Shown { linked, plain, left }
    }
}

/// Rows and the parties they concern, both in the order in which few lines cross.
fn piece(bearer: &Bearer, linked: &[usize]) -> Piece {
    let boxes = boxes(bearer, linked);
    // For each of the bearer's other parties its box.
    let mut places: Vec<Option<usize>> = vec![None; bearer.others.len()];
    for (at, others) in boxes.iter().enumerate() {
        for &other in others {
            if let Some(place) = places.get_mut(other) {
                *place = Some(at);
            }
        }
    }
    let rows = || linked.iter().filter_map(|&at| bearer.rows.get(at));
    let to = |row: &Row| {
        let mut to: Vec<usize> = row.towards.iter().filter_map(|&it| places.get(it).copied().flatten()).collect();
        to.sort_unstable();
        to.dedup();
        to
    };
    let towards: Vec<Vec<usize>> = rows().map(to).collect();
    let order = order(&towards, boxes.len());
    Piece {
        rows: order.rows.iter().filter_map(|&at| linked.get(at).copied()).collect(),
        boxes: order.others.iter().filter_map(|&at| boxes.get(at).cloned()).collect(),
    }
}

/// The parties that these rows concern, those together that the very same rows do; in the order in which they are met.
fn boxes(bearer: &Bearer, linked: &[usize]) -> Vec<Vec<usize>> {
    let mut concerned: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &at in linked {
        for &other in bearer.rows.get(at).map_or(&[][..], |row| &row.towards) {
            concerned.entry(other).or_default().push(at);
        }
    }
    let mut boxes: Vec<Vec<usize>> = Vec::new();
    let mut by_rows: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for (other, rows) in concerned {
        let at = *by_rows.entry(rows).or_insert(boxes.len());
        match boxes.get_mut(at) {
            Some(others) => others.push(other),
            None => boxes.push(vec![other]),
        }
    }
    boxes
}
