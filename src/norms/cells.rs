//! Sets of situations as unions of boxes: for each dimension a set of values, all of which are meant with all of the others.

use super::mask::{Mask, words_for};
use super::quorum::Said;
use super::sets::{Sets, TooMany};
use super::space::{DimKind, Space, Tree};

/// Unions of boxes over a space.
pub(super) struct Cells<'s> {
    space: &'s Space<'s>,
    /// Where the values of each dimension stand in a box.
    places: Vec<std::ops::Range<usize>>,
    /// The box that holds everything.
    whole: Cell,
    /// The dimensions of the voices.
    voices: std::ops::Range<usize>,
}

/// A box: the bits of each dimension's values, one dimension after the other.
type Cell = Box<[u64]>;

impl<'s> Cells<'s> {
    /// The boxes, if they are not more than are kept.
    fn has_room(&self, cells: Vec<Cell>) -> Result<Vec<Cell>, TooMany> {
        if cells.len() > self.space.rules.limits.boxes { Err(TooMany) } else { Ok(cells) }
    }

    /// What two boxes share.
    fn meet(&self, a: &Cell, b: &Cell) -> Result<Option<Cell>, TooMany> {
        self.space.spend(a.len())?;
        let cell: Cell = a.iter().zip(b.iter()).map(|(a, b)| a & b).collect();
        self.kept(cell)
    }

    /// The box, if there is a situation in it.
    fn kept(&self, cell: Cell) -> Result<Option<Cell>, TooMany> {
        let holds = self.places.iter().all(|place| cell[place.clone()].iter().any(|&word| word != 0));
        Ok((holds && self.space.voices.is_possible(&self.said(&cell))?).then_some(cell))
    }

    fn said(&self, cell: &Cell) -> Vec<Said> {
        let said = |dim: usize| match cell[self.places[dim].start] & 3 {
            1 => Some(false),
            2 => Some(true),
            _ => None,
        };
        self.voices.clone().map(said).collect()
    }

    fn is_within(inner: &Cell, outer: &Cell) -> bool {
        inner.iter().zip(outer.iter()).all(|(inner, outer)| inner & !outer == 0)
    }

    /// Adds a box unless it lies in one of them already; those that lie in it go.
    fn add(cells: &mut Vec<Cell>, cell: Cell) {
        if cells.iter().any(|known| Self::is_within(&cell, known)) {
            return;
        }
        cells.retain(|known| !Self::is_within(known, &cell));
        cells.push(cell);
    }

    /// What of one box lies outside another, in boxes that have nothing in common.
    fn outside(&self, cell: &Cell, other: &Cell, pieces: &mut Vec<Cell>) -> Result<(), TooMany> {
        if self.meet(cell, other)?.is_none() {
            pieces.push(cell.clone());
            return Ok(());
        }
        let mut rest = cell.clone();
        for place in &self.places {
            if place.clone().all(|word| rest[word] & !other[word] == 0) {
                continue;
            }
            self.space.spend(rest.len())?;
            let mut piece = rest.clone();
            for word in place.clone() {
                piece[word] &= !other[word];
                rest[word] &= other[word];
            }
            pieces.extend(self.kept(piece)?);
        }
        Ok(())
    }
}

impl<'s> Sets<'s> for Cells<'s> {
    type Set = Vec<Cell>;

    fn new(space: &'s Space<'s>) -> Result<Self, TooMany> {
        let mut places = Vec::with_capacity(space.dims.len());
        let mut whole = Vec::new();
        for dim in &space.dims {
            let start = whole.len();
            whole.extend_from_slice(&Mask::all(dim.len).0);
            places.push(start..start + words_for(dim.len));
        }
        let is_voice = |dim: &super::space::Dim| matches!(dim.kind, DimKind::Voice(_));
        let first_voice = space.dims.iter().position(is_voice).unwrap_or(space.dims.len());
        Ok(Cells { space, places, whole: whole.into_boxed_slice(), voices: first_voice..space.dims.len() })
    }

    fn space(&self) -> &'s Space<'s> {
        self.space
    }

    fn of(&mut self, tree: &Tree) -> Result<Vec<Cell>, TooMany> {
        match tree {
            Tree::Lit(dim, mask) => {
                let mut cell = self.whole.clone();
                cell[self.places[*dim].clone()].copy_from_slice(&mask.0);
                Ok(self.kept(cell)?.into_iter().collect())
            }
            Tree::Any(parts) => {
                let mut cells = Vec::new();
                for part in parts {
                    self.of(part)?.into_iter().for_each(|cell| Self::add(&mut cells, cell));
                    cells = self.has_room(cells)?;
                }
                Ok(cells)
            }
            Tree::All(parts) => {
                // Literals narrow one box; only alternatives make several.
                let mut cell = self.whole.clone();
                for part in parts {
                    if let Tree::Lit(dim, mask) = part {
                        cell[self.places[*dim].clone()].iter_mut().zip(&mask.0).for_each(|(own, word)| *own &= word);
                    }
                }
                let mut cells: Vec<Cell> = self.kept(cell)?.into_iter().collect();
                for part in parts.iter().filter(|part| !matches!(part, Tree::Lit(..))) {
                    let other = self.of(part)?;
                    cells = self.and(&cells, &other)?;
                }
                Ok(cells)
            }
        }
    }

    fn none(&self) -> Vec<Cell> {
        Vec::new()
    }

    fn and(&mut self, a: &Vec<Cell>, b: &Vec<Cell>) -> Result<Vec<Cell>, TooMany> {
        let mut cells = Vec::new();
        for left in a {
            for right in b {
                if let Some(cell) = self.meet(left, right)? {
                    Self::add(&mut cells, cell);
                }
            }
            cells = self.has_room(cells)?;
        }
        Ok(cells)
    }

    fn or(&mut self, a: &Vec<Cell>, b: &Vec<Cell>) -> Result<Vec<Cell>, TooMany> {
        let mut cells = a.clone();
        b.iter().for_each(|cell| Self::add(&mut cells, cell.clone()));
        self.has_room(cells)
    }

    fn minus(&mut self, a: &Vec<Cell>, b: &Vec<Cell>) -> Result<Vec<Cell>, TooMany> {
        let mut cells = a.clone();
        for other in b {
            let mut pieces = Vec::new();
            for cell in &cells {
                self.outside(cell, other, &mut pieces)?;
            }
            cells = self.has_room(pieces)?;
        }
        Ok(cells)
    }

    fn contexts(&mut self, a: &Vec<Cell>, any: bool) -> Result<Vec<Cell>, TooMany> {
        let mut cells = Vec::new();
        for cell in a {
            let mut cell = cell.clone();
            for (dim, place) in self.places.iter().enumerate() {
                if self.space.is_way(dim, any) {
                    cell[place.clone()].copy_from_slice(&self.whole[place.clone()]);
                }
            }
            Self::add(&mut cells, cell);
        }
        Ok(cells)
    }

    fn is_empty(&self, a: &Vec<Cell>) -> bool {
        a.is_empty()
    }

    fn fix(&mut self, a: &Vec<Cell>, dim: usize, value: usize) -> Result<Vec<Cell>, TooMany> {
        let place = self.places[dim].clone();
        let only = Mask::of(self.space.dims[dim].len, [value]);
        let mut cells = Vec::new();
        for cell in a {
            let mut cell = cell.clone();
            cell[place.clone()].iter_mut().zip(&only.0).for_each(|(own, word)| *own &= word);
            cells.extend(self.kept(cell)?);
        }
        Ok(cells)
    }

    fn first(&mut self, a: &Vec<Cell>, dims: &[usize]) -> Result<(Vec<usize>, Vec<Cell>), TooMany> {
        let mut cells = a.clone();
        let mut values = Vec::with_capacity(dims.len());
        for &dim in dims {
            // The first value of each box; the first of all is in some of them.
            let lowest = |cell: &Cell| {
                let words = cell[self.places[dim].clone()].iter().enumerate();
                let first = words.map(|(at, word)| (at, word.trailing_zeros() as usize)).find(|&(_, bit)| bit < 64);
                first.map_or(0, |(at, bit)| at * 64 + bit)
            };
            let value = cells.iter().map(lowest).min().ok_or(TooMany)?;
            cells = self.fix(&cells, dim, value)?;
            values.push(value);
        }
        Ok((values, cells))
    }

    fn voices(&self, a: &Vec<Cell>) -> Result<Vec<Vec<Said>>, TooMany> {
        let mut said: Vec<Vec<Said>> = a.iter().map(|cell| self.said(cell)).collect();
        said.sort_unstable();
        said.dedup();
        Ok(said)
    }
}
