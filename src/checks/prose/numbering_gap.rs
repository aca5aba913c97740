//! `numbering-gap`: kept numbers that jump or run backwards.

use super::siblings::{Shown, last_part, numbers_in, parents};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::Parent;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "numbering-gap",
        point: "numbers are left out or out of order",
        family: Family::Prose,
        severity: Some(Severity::Warning),
        page: include_str!("numbering_gap.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let policy = subject.policy;
    // Where nobody keeps a number, all are computed; where text is lost, a clause may be.
    if subject.is_damaged() || policy.blocks.iter().all(|block| block.kept_number.is_none()) {
        return;
    }
    for parent in parents(policy) {
        let shown = numbers_in(policy, parent);
        let mut before: [Option<&Shown<'_>>; 2] = [None, None];
        for number in &shown {
            let previous = &mut before[usize::from(number.annex)];
            if number.kept {
                findings.extend(judge(subject, parent, *previous, number));
            }
            *previous = Some(number);
        }
    }
}

/// A kept number against the one before it, or against the first that would be expected.
fn judge(subject: &Subject<'_>, parent: Parent, previous: Option<&Shown<'_>>, number: &Shown<'_>) -> Option<Finding> {
    let (before, count) = last_part(number.number)?;
    let Some(previous) = previous else {
        // The first number of a block may be 0 or 1; a section may carry any.
        let holder = subject.policy.block(parent?).kind.name();
        let jumps = count > 1 && before.ends_with('.');
        return jumps.then(|| {
            let message = format!("the first number in this {holder} is {}", number.number);
            Finding::new(CHECK.info.name, number.span, message).help(HELP)
        });
    };
    let steps = step(previous.number, number.number);
    // Some documents number their sections 1.0, 2.0 and what is in them 1.1, 1.2.
    let steps = steps.or_else(|| step(previous.number.strip_suffix(".0")?, number.number.strip_suffix(".0")?));
    // The same number twice is a `duplicate-number`.
    if matches!(steps, Some(0 | 1)) || last_part(previous.number).is_none() {
        return None;
    }
    let verb = if steps > Some(0) { "jump" } else { "go" };
    let message = format!("the numbers {verb} from {} to {}", previous.number, number.number);
    Some(
        Finding::new(CHECK.info.name, number.span, message)
            .and(previous.span, format!("this is {}", previous.number))
            .help(HELP),
    )
}

/// How far it is from one number to the next; `None` where they do not count the same thing.
fn step(from: &str, to: &str) -> Option<i64> {
    let ((before, from), (before_to, to)) = (last_part(from)?, last_part(to)?);
    (before == before_to).then(|| i64::from(to) - i64::from(from))
}

const HELP: &str =
    "if a clause was deleted, keep its place with `withdrawn`; otherwise correct the number or leave it to be computed";
