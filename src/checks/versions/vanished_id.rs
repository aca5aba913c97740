//! `vanished-id`: a clause or policy is gone, and nothing says where to.

use super::both;
use crate::checks::{Base, Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::diff::{Change, Fate};
use crate::model::Kind;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "vanished-id",
        point: "an id is gone without a trace",
        family: Family::Versions,
        severity: Some(Severity::Error),
        page: include_str!("vanished_id.md"),
    },
    run: Run::Against(run),
};

fn run(context: &Context<'_>, base: &Base<'_>, findings: &mut Vec<Finding>) {
    for it in both(context, base) {
        // A mistake in the file may have swallowed what seems gone.
        if context.is_damaged(it.new.span.file) {
            continue;
        }
        for clause in it.change.clauses.iter().filter(|clause| clause.changes.contains(&Change::Removed)) {
            let Some(Some(block)) = clause.old else { continue };
            let gone = it.old.block(block);
            // What lay in it went with it: one finding is enough.
            let went_with = gone.parent.is_some_and(|parent| {
                it.change.clauses.iter().any(|other| other.old == Some(Some(parent)) && other.new.is_none())
            });
            if went_with {
                continue;
            }
            let kept = gone.parent.and_then(|parent| {
                let still = it.new.blocks.iter().find(|block| block.path == it.old.block(parent).path);
                still.map(|block| block.id_span)
            });
            let kind = gone.kind.name();
            let message = format!("the {kind} `{}` was here at `{}` and is gone", gone.path, base.name);
            let finding = Finding::new(CHECK.info.name, kept.unwrap_or(it.new.id_span), message);
            findings.push(finding.help(format!(
                "write `withdrawn {}` where it stood, or `was {}` at the clause that it became: others may point at it",
                gone.id, gone.path
            )));
        }
    }
    if context.any_damaged() {
        return;
    }
    for change in base.changes.policies.iter().filter(|change| change.fate == Fate::Removed && !change.unread) {
        let Some(gone) = change.old.map(|id| base.collection.policy(id)).filter(|policy| !policy.is_withdrawn()) else {
            continue;
        };
        let organisation = gone.organisation.map(|word| base.collection.vocabulary.word(word).id.as_str());
        let words: Vec<_> = context.collection.vocabulary.of_kind(Kind::Organisation).map(|(_, word)| word).collect();
        let own = words.iter().find(|word| Some(word.id.as_str()) == organisation).or(words.first());
        let first = context.collection.policies.first().map(|policy| policy.id_span);
        let Some(place) = own.map(|word| word.span).or(first) else { continue };
        let message = format!("the policy `{}` was here at `{}` and is gone", gone.key, base.name);
        findings.push(
            Finding::new(CHECK.info.name, place, message)
                .help("keep it with `status withdrawn`: people who look for it should find that it holds no longer"),
        );
    }
}
