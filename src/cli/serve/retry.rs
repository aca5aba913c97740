//! When to try again though nothing seems to have changed: what could not be read a moment ago may be readable now.

use std::time::{Duration, Instant};

/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(30);

/// The next try, where one is wanted.
#[derive(Debug, Default)]
pub(super) struct Retry {
    next: Option<(Instant, Duration)>,
}

impl Retry {
    /// Whether it is time.
    pub fn is_due(&self, now: Instant) -> bool {
        self.next.is_some_and(|(at, _)| at <= now)
    }

    /// Takes note of a build: whether something could not be read, and whether the sources had changed before it.
    pub fn note(&mut self, unread: bool, changed: bool, now: Instant) {
        let wait = match self.next {
            Some((_, wait)) if !changed => (wait * 2).min(LONGEST),
            _ => FIRST,
        };
        self.next = unread.then(|| (now + wait, wait));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_until_something_changes() {
        let now = Instant::now();
        let mut retry = Retry::default();
        assert!(!retry.is_due(now + LONGEST));
        let mut waits = Vec::new();
        for changed in [true, false, false, false, false, false, false, true] {
            retry.note(true, changed, now);
            let wait = (0..=60).find(|&seconds| retry.is_due(now + Duration::from_secs(seconds)));
            waits.push(wait.expect("it is tried again"));
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 1]);
        retry.note(false, false, now);
        assert!(!retry.is_due(now + LONGEST));
    }
}
