//! Clauses of which nothing changed but their number, gathered: `5.2–5.9 are now 5.3–5.10`.

use crate::emit::changes::view::{Change, Clause};

/// A number before and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Renumbered<'c> {
    kind: &'c str,
    old: &'c str,
    new: &'c str,
}

/// Whether nothing happened to a clause but that its number is another.
pub fn is_renumbered_only(clause: &Clause) -> bool {
    clause.changes == [Change::Renumbered]
        && !clause.material
        && clause.number.is_some()
        && clause.old_number.is_some()
        && clause.effects.is_empty()
        && clause.texts.is_empty()
        && clause.rules.is_empty()
        && clause.remarks.is_empty()
}

/// The new numbers of such clauses, in document order, in as few lines as tell them.
pub fn renumberings<'c>(clauses: impl Iterator<Item = &'c Clause>) -> Vec<String> {
    lines(clauses.filter_map(|clause| {
        let (old, new) = (clause.old_number.as_deref()?, clause.number.as_deref()?);
        Some(Renumbered { kind: clause.kind, old, new })
    }))
}

fn lines<'c>(numbers: impl Iterator<Item = Renumbered<'c>>) -> Vec<String> {
    let mut left: Vec<Renumbered<'_>> = Vec::new();
    for it in numbers {
        // What stands in a clause goes with it; only the nearest ones before it can hold it.
        if left.last().is_some_and(|above| above.tells(it)) {
            continue;
        }
        left.push(it);
    }
    let mut lines = Vec::new();
    let mut from = 0;
    while let Some(first) = left.get(from) {
        let run = left[from..].windows(2).take_while(|pair| pair[1].follows(pair[0])).count();
        let last = left.get(from + run).unwrap_or(first);
        lines.push(match run {
            0 => format!("{} {} is now {}", first.kind, first.old, first.new),
            _ => format!("{} {}–{} are now {}–{}", several(first.kind), first.old, last.old, first.new, last.new),
        });
        from += run + 1;
    }
    lines
}

impl Renumbered<'_> {
    /// Whether the number of something in this one changed only because this one's did.
    fn tells(self, inner: Renumbered<'_>) -> bool {
        match (inner.old.strip_prefix(self.old), inner.new.strip_prefix(self.new)) {
            (Some(old), Some(new)) => old == new && old.starts_with(|c: char| !c.is_alphanumeric()),
            _ => false,
        }
    }

    /// Whether this one comes right after another, before as well as now.
    fn follows(self, before: Renumbered<'_>) -> bool {
        let next = |one: &str, two: &str| match (split(one), split(two)) {
            (Some((head, one)), Some((other, two))) => head == other && one.checked_add(1) == Some(two),
            _ => false,
        };
        self.kind == before.kind && next(before.old, self.old) && next(before.new, self.new)
    }
}

/// A number as what stands before its last part, and that part.
fn split(number: &str) -> Option<(&str, u32)> {
    let at = number.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| {
        // The character itself belongs to the head.
        at + number[at..].chars().next().map_or(0, char::len_utf8)
    });
    let (head, last) = number.split_at_checked(at)?;
    Some((head, last.parse().ok()?))
}

fn several(kind: &str) -> String {
    if kind == "annex" { "annexes".to_owned() } else { format!("{kind}s") }
}

#[cfg(test)]
mod tests {
    use super::{Renumbered, lines};

    fn told(numbers: &[(&'static str, &'static str, &'static str)]) -> Vec<String> {
        lines(numbers.iter().map(|&(kind, old, new)| Renumbered { kind, old, new }))
    }

    #[test]
    fn a_run_is_one_line() {
        let moved = [("clause", "5.2", "5.3"), ("clause", "5.3", "5.4"), ("clause", "5.4", "5.5")];
        assert_eq!(told(&moved), ["clauses 5.2–5.4 are now 5.3–5.5"]);
        assert_eq!(told(&moved[..1]), ["clause 5.2 is now 5.3"]);
        assert_eq!(
            told(&[("clause", "5.9", "5.10"), ("clause", "5.10", "5.11")]),
            ["clauses 5.9–5.10 are now 5.10–5.11"]
        );
    }

    #[test]
    fn what_is_no_run_stays_apart() {
        let apart =
            [("clause", "5.2", "5.3"), ("clause", "5.4", "5.5"), ("clause", "6.1", "5.6"), ("section", "6.2", "5.7")];
        let lines =
            ["clause 5.2 is now 5.3", "clause 5.4 is now 5.5", "clause 6.1 is now 5.6", "section 6.2 is now 5.7"];
        assert_eq!(told(&apart), lines);
        assert_eq!(told(&[("clause", "(a)", "(b)"), ("clause", "(b)", "(c)")]).len(), 2);
        assert_eq!(told(&[("clause", "4294967295", "1"), ("clause", "4294967296", "2")]).len(), 2);
    }

    #[test]
    fn what_stands_in_a_clause_goes_with_it() {
        let nested = [
            ("clause", "5.2", "5.3"),
            ("clause", "5.2.1", "5.3.1"),
            ("clause", "5.2(a)", "5.3(a)"),
            ("clause", "5.3", "5.4"),
        ];
        assert_eq!(told(&nested), ["clauses 5.2–5.3 are now 5.3–5.4"]);
        assert_eq!(told(&[("clause", "5", "6"), ("clause", "51", "61")]).len(), 2);
        assert_eq!(told(&[("clause", "5", "6"), ("clause", "5.1", "6.2")]).len(), 2);
    }
}
