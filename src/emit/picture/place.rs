//! Where boxes stand in a column: each as near as may be to where it is wanted, in their order, none upon another. Knows
//! numbers only.

/// A box: where its middle is wanted, and its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The place of its middle.
    pub middle: i32,
    /// Its height.
    pub height: i32,
}

/// Boxes that touch and move as one.
struct Run {
    first: usize,
    height: i32,
    /// Where its top is wanted, summed over its boxes, and how many these are.
    sum: i64,
    count: i64,
}

impl Run {
    fn top(&self) -> i32 {
        (self.sum / self.count.max(1)) as i32
    }
}

/// The top of each box, `gap` apart and none above `top`. They end above `bottom` where there is room for all of them.
pub(super) fn tops(boxes: &[Wanted], gap: i32, top: i32, bottom: i32) -> Vec<i32> {
    // Boxes that come too close are made one, which goes where they want to be on average.
    let mut runs: Vec<Run> = Vec::new();
    for (first, it) in boxes.iter().enumerate() {
        let wanted = i64::from(it.middle - it.height / 2);
        runs.push(Run { first, height: it.height + gap, sum: wanted, count: 1 });
        while let [.., above, below] = runs.as_mut_slice() {
            if above.top() + above.height <= below.top() {
                break;
            }
            above.sum += below.sum - below.count * i64::from(above.height);
            above.count += below.count;
            above.height += below.height;
            runs.pop();
        }
    }
    let mut tops = Vec::with_capacity(boxes.len());
    let mut free = top;
    for (at, run) in runs.iter().enumerate() {
        let end = runs.get(at + 1).map_or(boxes.len(), |next| next.first);
        let mut y = run.top().max(free);
        for it in boxes.get(run.first..end).unwrap_or(&[]) {
            tops.push(y);
            y += it.height + gap;
        }
        free = y;
    }
    let whole: i32 = boxes.iter().map(|it| it.height + gap).sum::<i32>() - gap;
    if whole <= bottom - top {
        let mut limit = bottom;
        for (y, it) in tops.iter_mut().zip(boxes).rev() {
            *y = (*y).min(limit - it.height);
            limit = *y - gap;
        }
    }
    tops
}
