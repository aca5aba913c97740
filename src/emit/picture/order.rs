//! In which order rows and the parties beside them stand, so that few of the lines between them cross: each goes to the
//! middle of those it is joined with, time and again (Sugiyama, Tagawa and Toda, 1981). Ties keep the order there was, so
//! that the same rows give the same picture. Knows numbers only.

/// How often both sides are gone through.
const ROUNDS: usize = 6;

/// Whole numbers stand in for fractions.
const FINE: usize = 1024;

/// An order of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// The rows, from the top.
    pub rows: Vec<usize>,
    /// The parties, from the top.
    pub others: Vec<usize>,
}

/// The best order that was met. `towards` gives for each row the parties it is joined with, all below `others`.
pub(super) fn order(towards: &[Vec<usize>], others: usize) -> Order {
    let mut back = vec![Vec::new(); others];
    for (row, towards) in towards.iter().enumerate() {
        for &other in towards {
            if let Some(back) = back.get_mut(other) {
                back.push(row);
            }
        }
    }
    let mut order = Order { rows: (0..towards.len()).collect(), others: (0..others).collect() };
    let mut best = (crossings(&order, towards), order.clone());
    for _ in 0..ROUNDS {
        sort(&mut order.others, &back, &places(&order.rows));
        let crossings = crossings(&order, towards);
        if crossings < best.0 {
            best = (crossings, order.clone());
        }
        sort(&mut order.rows, towards, &places(&order.others));
    }
    best.1
}

/// The place of each in an order.
fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, &it) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(it) {
            *slot = place;
        }
    }
    places
}

/// Sorts one side by the middle of what each is joined with; one that is joined with nothing stays where it is.
fn sort(side: &mut [usize], joined: &[Vec<usize>], places: &[usize]) {
    let own = self::places(side);
    let middle = |it: usize| {
        let to = joined.get(it).map_or(&[][..], Vec::as_slice);
        let sum: usize = to.iter().filter_map(|&other| places.get(other)).sum();
        if to.is_empty() { own.get(it).map_or(0, |place| place * FINE) } else { sum * FINE / to.len() }
    };
    side.sort_by_cached_key(|&it| middle(it));
}

/// How many pairs of lines cross.
pub(super) fn crossings(order: &Order, towards: &[Vec<usize>]) -> usize {
    let places = places(&order.others);
    // How many lines met so far end at each place, as sums over ranges (Fenwick, 1994).
    let mut ends = vec![0_usize; places.len() + 1];
    let (mut all, mut crossings) = (0, 0);
    for &row in &order.rows {
        let to: Vec<usize> = towards.get(row).into_iter().flatten().filter_map(|&it| places.get(it).copied()).collect();
        for &place in &to {
            let mut above = 0;
            let mut at = place + 1;
            while at > 0 {
                above += ends.get(at).copied().unwrap_or(0);
                at &= at - 1;
            }
            crossings += all - above;
        }
        for &place in &to {
            let mut at = place + 1;
            while let Some(end) = ends.get_mut(at) {
                *end += 1;
                at += at & at.wrapping_neg();
            }
            all += 1;
        }
    }
    crossings
}
