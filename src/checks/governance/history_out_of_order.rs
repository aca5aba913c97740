//! `history-out-of-order`: a history whose dates run backwards.

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Edit, Family, Finding, Fix, Severity};
use crate::model::History;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "history-out-of-order",
        point: "the history is not in order of dates",
        family: Family::Governance,
        severity: Some(Severity::Warning),
        page: include_str!("history_out_of_order.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let history = &subject.policy.history;
    let backwards: Vec<(&History, &History)> = history
        .windows(2)
        .filter_map(|pair| Some((pair.first()?, pair.get(1)?)))
        .filter(|(a, b)| before(b, a))
        .collect();
    let Some((earlier, later)) = backwards.first() else { return };
    // Newest first throughout is another custom, not so many mistakes.
    let newest_first = history.len() > 2 && backwards.len() == history.len() - 1;
    let message = if newest_first {
        "the history runs from the newest version to the oldest".to_owned()
    } else {
        format!(
            "version {} of {} stands after version {} of {}",
            later.version,
            later.date.told(),
            earlier.version,
            earlier.date.told()
        )
    };
    let help = "write the oldest version first: the last line is the version in force";
    let mut finding = Finding::new(CHECK.info.name, later.span, message).and(earlier.span, "the later date").help(help);
    finding.fixes.push(sorted(subject, history));
    findings.push(finding);
}

fn before(a: &History, b: &History) -> bool {
    a.date.last_day() < b.date.first_day()
}

/// The lines put into order of their dates; comments between them stay where they are.
fn sorted(subject: &Subject<'_>, history: &[History]) -> Fix {
    let mut order: Vec<&History> = history.iter().collect();
    order.sort_by_key(|entry| entry.date.first_day());
    let moved = history.iter().zip(order).filter(|(old, new)| old.span != new.span);
    let edits = moved
        .map(|(old, new)| Edit { span: old.span, text: subject.context.sources.text(new.span).to_owned() })
        .collect();
    Fix { title: "put the oldest version first".to_owned(), choice: false, edits }
}
