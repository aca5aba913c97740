//! The leaves that a few names tell apart: all leaves below the same names behave alike, so that one stands for all.

use std::collections::BTreeMap;

use super::answer::Leaf;
use super::leaves::{LeafSet, Leaves};
use super::mask::Mask;

/// Leaves that lie below the same ones of a list of names.
#[derive(Clone, Debug)]
pub(super) struct Class {
    /// Below which names.
    pub(super) below: Mask,
    /// The first of the leaves.
    pub(super) first: Leaf,
    /// Whether there are more.
    pub(super) several: bool,
}

/// A range of leaves that the names do not tell apart.
struct Segment {
    range: (u32, u32),
    below: Mask,
}

/// Ranges of leaves that neither the names nor the overlaps that matter tell apart.
struct Segments<'a> {
    leaves: &'a Leaves,
    list: Vec<Segment>,
    overlaps: Vec<&'a (LeafSet, LeafSet)>,
}

/// The classes that these names make of the leaves below any of them, by their first leaves.
pub(super) fn classes(leaves: &Leaves, names: &[LeafSet]) -> Vec<Class> {
    if let [one] = names
        && !leaves.overlaps().iter().any(|(left, right)| left.shares(one) || right.shares(one))
    {
        return only(leaves, one);
    }
    let segments = Segments::of(leaves, names);
    let mut found: BTreeMap<Mask, (Leaf, bool)> = BTreeMap::new();
    let mut add = |below: Mask, first: Leaf, several: bool| {
        let class = found.entry(below).or_insert((first, false));
        // The entry just made is its own first leaf; any other leaf is one more.
        class.1 |= several || class.0 != first;
        class.0 = class.0.min(first);
    };
    for segment in &segments.list {
        if !segment.below.is_empty() {
            let first = Leaf::One(leaves.word(leaves.first_of(segment.range)));
            add(segment.below.clone(), first, segment.range.1 - segment.range.0 > 1);
        }
    }
    segments.each_pair(|below, left, right| {
        let mut pairs = segments.pairs(left, right);
        if let Some(first) = pairs.next() {
            add(below, first, pairs.next().is_some());
        }
    });
    let mut classes: Vec<Class> =
        found.into_iter().map(|(below, (first, several))| Class { below, first, several }).collect();
    classes.sort_by_key(|class| class.first);
    classes
}

/// The class of a single name that nothing overlaps.
fn only(leaves: &Leaves, name: &LeafSet) -> Vec<Class> {
    let firsts = name.ranges().iter().map(|&range| leaves.word(leaves.first_of(range)));
    let several = name.ranges().len() > 1 || name.ranges().iter().any(|range| range.1 - range.0 > 1);
    let class = |first| Class { below: Mask::all(1), first: Leaf::One(first), several };
    firsts.min().map(class).into_iter().collect()
}

/// The first leaves of each class, no more than `most` of each, with the names they lie below; by leaf.
pub(super) fn members(leaves: &Leaves, names: &[LeafSet], most: usize) -> Vec<(Leaf, Mask)> {
    let segments = Segments::of(leaves, names);
    let mut found: BTreeMap<Mask, Vec<Leaf>> = BTreeMap::new();
    for segment in segments.list.iter().filter(|segment| !segment.below.is_empty()) {
        let singles = (segment.range.0..segment.range.1).map(|number| Leaf::One(leaves.word(number)));
        found.entry(segment.below.clone()).or_default().extend(singles);
    }
    segments.each_pair(|below, left, right| {
        let class = found.entry(below).or_default();
        // Overlaps come after all single words: where those are enough, no overlap is ever first.
        if class.iter().filter(|leaf| matches!(leaf, Leaf::One(_))).count() < most {
            class.extend(segments.pairs(left, right).take(most));
        }
    });
    let mut members = Vec::new();
    for (below, mut class) in found {
        class.sort_unstable();
        class.dedup();
        class.truncate(most);
        members.extend(class.into_iter().map(|leaf| (leaf, below.clone())));
    }
    members.sort_by_key(|member| member.0);
    members
}

impl<'a> Segments<'a> {
    fn of(leaves: &'a Leaves, names: &[LeafSet]) -> Self {
        let matters = |side: &LeafSet| names.iter().any(|name| name.shares(side));
        let overlaps: Vec<&(LeafSet, LeafSet)> =
            leaves.overlaps().iter().filter(|(left, right)| matters(left) || matters(right)).collect();
        let sides = overlaps.iter().flat_map(|overlap| [&overlap.0, &overlap.1]);
        let mut ends: Vec<u32> = names
            .iter()
            .chain(sides)
            .flat_map(|set| set.ranges().iter().flat_map(|range| [range.0, range.1]))
            .collect();
        ends.sort_unstable();
        ends.dedup();
        let mut list = Vec::with_capacity(ends.len());
        for pair in ends.windows(2) {
            let &[start, end] = pair else { continue };
            let below = names.iter().enumerate().filter(|(_, name)| name.has(start)).map(|(at, _)| at);
            let below = Mask::of(names.len(), below);
            let outside = below.is_empty();
            if !outside || overlaps.iter().any(|overlap| overlap.0.has(start) || overlap.1.has(start)) {
                list.push(Segment { range: (start, end), below });
            }
        }
        Segments { leaves, list, overlaps }
    }

    /// Calls `visit` with every two segments whose leaves overlap and that lie below some name, and with those names.
    fn each_pair(&self, mut visit: impl FnMut(Mask, &Segment, &Segment)) {
        if self.overlaps.is_empty() {
            return;
        }
        for (at, left) in self.list.iter().enumerate() {
            for right in &self.list[at..] {
                let below = left.below.or(&right.below);
                if !below.is_empty() && self.overlap(left, right) {
                    visit(below, left, right);
                }
            }
        }
    }

    fn overlap(&self, left: &Segment, right: &Segment) -> bool {
        let (a, b) = (left.range.0, right.range.0);
        self.overlaps.iter().any(|(one, other)| (one.has(a) && other.has(b)) || (one.has(b) && other.has(a)))
    }

    /// The overlap leaves of two segments, the first of all first.
    fn pairs(&self, left: &Segment, right: &Segment) -> impl Iterator<Item = Leaf> + use<> {
        let sorted = |segment: &Segment| {
            let mut words: Vec<_> = (segment.range.0..segment.range.1).map(|number| self.leaves.word(number)).collect();
            words.sort_unstable();
            words
        };
        let (left, right) = (sorted(left), sorted(right));
        // Each pair of different words is told by its smaller word; within one segment it would come up twice.
        let mut words: Vec<_> = left.iter().chain(&right).copied().collect();
        words.sort_unstable();
        words.dedup();
        let partners = move |word| {
            let mut partners = Vec::new();
            if left.binary_search(&word).is_ok() {
                partners.extend(right.iter().copied().filter(|&other| other > word));
            }
            if right.binary_search(&word).is_ok() {
                partners.extend(left.iter().copied().filter(|&other| other > word));
            }
            partners.sort_unstable();
            partners.dedup();
            partners
        };
        words.into_iter().flat_map(move |word| {
            let of = partners(word);
            of.into_iter().map(move |other| Leaf::Both(word, other))
        })
    }
}
