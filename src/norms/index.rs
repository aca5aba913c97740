//! Which rules may meet: an index by what their words cover, so that rules that cannot meet are never compared.
//!
//! Rules with the same words form a group. Groups are found by whichever of organisation, party, action and object leads to
//! the fewest others.

use std::collections::HashMap;

use super::leaves::{LeafSet, Leaves};
use super::rules::{At, Rules};

/// The rules by their words.
pub(super) struct Index {
    groups: Vec<Group>,
    /// The group of each rule.
    of: Vec<u32>,
    /// By organisation, party, object and action.
    axes: [Axis; 4],
    /// For each list of actions those whose acts may exclude one of its.
    exclusive: Vec<Vec<u32>>,
}

/// Rules with the same words in the four places.
struct Group {
    at: [u32; 4],
    rules: Vec<At>,
}

/// One place of a rule: the lists of words that stand there, and which of them may meet.
#[derive(Default)]
struct Axis {
    sets: Vec<Option<LeafSet>>,
    meeting: Meeting,
    groups: Vec<Vec<u32>>,
    /// For each list how many groups it leads to; empty where this place leads nowhere.
    weight: Vec<usize>,
}

/// Which lists of one place may meet.
#[derive(Default)]
struct Meeting {
    /// A row of bits for each list, unless the lists are too many for that.
    bits: Option<(usize, Vec<u64>)>,
    /// For each list those it may meet; nothing where nearly all meet nearly all.
    lists: Option<Vec<Vec<u32>>>,
}

/// For more lists in one place than this no rows of bits are kept.
const MOST_ROWS: usize = 8_192;
/// More pairs of lists that may meet than this are not written down for one place.
const MOST_PAIRS: usize = 4_000_000;

const ACTION: usize = 3;

impl Index {
    /// The index of all rules.
    pub(super) fn of(rules: &Rules<'_>) -> Self {
        let mut lists: [HashMap<Option<LeafSet>, u32>; 4] = Default::default();
        let mut by_words: HashMap<[u32; 4], u32> = HashMap::new();
        let (mut groups, mut of) = (Vec::new(), Vec::with_capacity(rules.list.len()));
        for (at, part) in rules.list.iter().enumerate() {
            let organisation = (!rules.as_one).then(|| part.organisation.clone());
            let words = [organisation, Some(part.party.clone()), part.object.clone(), Some(part.action.clone())];
            let mut place = [0; 4];
            for ((place, list), word) in place.iter_mut().zip(&mut lists).zip(words) {
                let next = list.len() as u32;
                *place = *list.entry(word).or_insert(next);
            }
            let group = *by_words.entry(place).or_insert_with(|| {
                groups.push(Group { at: place, rules: Vec::new() });
                groups.len() as u32 - 1
            });
            groups[group as usize].rules.push(at as At);
            of.push(group);
        }
        let mut sets: Vec<Vec<Option<LeafSet>>> = lists
            .into_iter()
            .map(|list| {
                let mut sets: Vec<(Option<LeafSet>, u32)> = list.into_iter().collect();
                sets.sort_unstable_by_key(|set| set.1);
                sets.into_iter().map(|set| set.0).collect()
            })
            .collect();
        let exclusive = exclusive(rules, &sets[ACTION]);
        let mut axes: [Axis; 4] = Default::default();
        for (place, axis) in axes.iter_mut().enumerate() {
            *axis = Axis::of(&rules.leaves, std::mem::take(&mut sets[place]), place, &groups);
        }
        Index { groups, of, axes, exclusive }
    }

    /// Calls `visit` with the rules of every group that may meet a rule in organisation, party, object and action.
    pub(super) fn meeting(&self, leaves: &Leaves, at: At, mut visit: impl FnMut(&[At])) {
        let own = &self.groups[self.of[at as usize] as usize];
        let places = 0..self.axes.len();
        let weight = |place: &usize| self.axes[*place].weight.get(own.at[*place] as usize).copied();
        let best = places.clone().filter(|place| weight(place).is_some()).min_by_key(weight);
        let mut look = |group: &Group| {
            let meets =
                |place: usize| Some(place) == best || self.axes[place].meets(leaves, own.at[place], group.at[place]);
            if places.clone().all(meets) {
                visit(&group.rules);
            }
        };
        let related = best.and_then(|best| Some((best, self.axes[best].meeting.lists.as_ref()?)));
        let Some((best, related)) = related else { return self.groups.iter().for_each(look) };
        for &list in &related[own.at[best] as usize] {
            self.axes[best].groups[list as usize].iter().for_each(|&group| look(&self.groups[group as usize]));
        }
    }

    /// Calls `visit` with the rules of every group whose acts may exclude those of a rule, other places aside.
    pub(super) fn excluding(&self, leaves: &Leaves, at: At, mut visit: impl FnMut(&[At])) {
        let own = &self.groups[self.of[at as usize] as usize];
        for &list in &self.exclusive[own.at[ACTION] as usize] {
            for &group in &self.axes[ACTION].groups[list as usize] {
                let group = &self.groups[group as usize];
                // The object may belong to the way; whether it is the same is seen later.
                if (0..2).all(|place| self.axes[place].meets(leaves, own.at[place], group.at[place])) {
                    visit(&group.rules);
                }
            }
        }
    }
}

impl Axis {
    fn of(leaves: &Leaves, sets: Vec<Option<LeafSet>>, place: usize, groups: &[Group]) -> Self {
        let mut by_list = vec![Vec::new(); sets.len()];
        for (index, group) in groups.iter().enumerate() {
            by_list[group.at[place] as usize].push(index as u32);
        }
        let meeting = Meeting::of(leaves, &sets);
        let leads_to = |lists: &Vec<u32>| lists.iter().map(|&list| by_list[list as usize].len() + 1).sum();
        let weight = meeting.lists.iter().flatten().map(leads_to).collect();
        Axis { sets, meeting, groups: by_list, weight }
    }

    fn meets(&self, leaves: &Leaves, one: u32, other: u32) -> bool {
        if let Some((width, bits)) = &self.meeting.bits {
            return bits[one as usize * width + other as usize / 64] & (1 << (other % 64)) != 0;
        }
        if let Some(lists) = &self.meeting.lists {
            return lists[one as usize].binary_search(&other).is_ok();
        }
        match (&self.sets[one as usize], &self.sets[other as usize]) {
            (Some(one), Some(other)) => leaves.may_meet(one, other),
            _ => true,
        }
    }
}

impl Meeting {
    /// Which of the sets may share a leaf, each with itself if it has any; `None` shares with all.
    fn of(leaves: &Leaves, sets: &[Option<LeafSet>]) -> Self {
        let width = sets.len().div_ceil(64);
        let mut bits = (sets.len() <= MOST_ROWS).then(|| vec![0u64; width * sets.len()]);
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); sets.len()];
        let mut pairs = 0usize;
        let mut meet = |one: u32, other: u32| {
            for (from, to) in [(one, other), (other, one)] {
                match &mut bits {
                    Some(bits) => bits[from as usize * width + to as usize / 64] |= 1 << (to % 64),
                    None if pairs <= MOST_PAIRS => lists[from as usize].push(to),
                    None => {}
                }
                pairs += 1;
            }
        };
        // A sweep over the ranges of all sets: each range meets those that are still open where it begins.
        let mut ranges: Vec<(u32, u32, u32)> = Vec::new();
        for (at, set) in sets.iter().enumerate() {
            ranges.extend(set.iter().flat_map(LeafSet::ranges).map(|range| (range.0, range.1, at as u32)));
        }
        ranges.sort_unstable();
        let mut open: Vec<(u32, u32)> = Vec::new();
        for (start, end, at) in ranges {
            open.retain(|range| range.0 > start);
            open.push((end, at));
            open.iter().for_each(|&(_, other)| meet(at, other));
        }
        for (left, right) in leaves.overlaps() {
            let sharing = |side: &LeafSet| {
                let known = sets.iter().enumerate().filter_map(|(at, set)| Some((at, set.as_ref()?)));
                known.filter(|(_, set)| set.shares(side)).map(|set| set.0 as u32).collect::<Vec<u32>>()
            };
            let (left, right) = (sharing(left), sharing(right));
            left.iter().for_each(|&one| right.iter().for_each(|&other| meet(one, other)));
        }
        if let Some(everything) = sets.iter().position(Option::is_none) {
            (0..sets.len() as u32).for_each(|other| meet(everything as u32, other));
        }
        let lists = match &bits {
            Some(bits) => {
                let count: usize = bits.iter().map(|word| word.count_ones() as usize).sum();
                let row = |at: usize| {
                    let own = &bits[at * width..(at + 1) * width];
                    (0..sets.len() as u32)
                        .filter(|&other| own[other as usize / 64] & (1 << (other % 64)) != 0)
                        .collect()
                };
                (count <= MOST_PAIRS).then(|| (0..sets.len()).map(row).collect())
            }
            None => (pairs <= MOST_PAIRS).then(|| {
                for others in &mut lists {
                    others.sort_unstable();
                    others.dedup();
                }
                lists
            }),
        };
        Meeting { bits: bits.map(|bits| (width, bits)), lists }
    }
}

/// For each list of actions those with an action that may exclude one of its.
fn exclusive(rules: &Rules<'_>, sets: &[Option<LeafSet>]) -> Vec<Vec<u32>> {
    let mut exclusive: Vec<Vec<u32>> = vec![Vec::new(); sets.len()];
    for (left, right) in rules.exclusions() {
        let sharing = |side: &LeafSet| {
            let known = sets.iter().enumerate().filter_map(|(at, set)| Some((at, set.as_ref()?)));
            known.filter(|(_, set)| rules.leaves.may_meet(set, side)).map(|set| set.0 as u32).collect::<Vec<u32>>()
        };
        let (left, right) = (sharing(&left), sharing(&right));
        for &one in &left {
            exclusive[one as usize].extend(&right);
            right.iter().for_each(|&other| exclusive[other as usize].push(one));
        }
    }
    for others in &mut exclusive {
        others.sort_unstable();
        others.dedup();
    }
    exclusive
}
