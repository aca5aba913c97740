//! `changed-since-approval`: an adopted policy asks for something that nobody approved.

use super::both;
use crate::checks::{Base, Check, Context, Run};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::{Approval, Status};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "changed-since-approval",
        point: "an adopted policy changed since it was approved",
        family: Family::Versions,
        severity: Some(Severity::Warning),
        page: include_str!("changed_since_approval.md"),
    },
    run: Run::Against(run),
};

fn run(context: &Context<'_>, base: &Base<'_>, findings: &mut Vec<Finding>) {
    for it in both(context, base) {
        let is_adopted = |status: Option<(Status, _)>| matches!(status, Some((Status::Adopted, _)));
        let Some(approval) = it.new.approved.as_ref().filter(|_| is_adopted(it.new.status)) else { continue };
        let material = it.material();
        let clause = material.first().map(|clause| it.place(clause));
        let field = || it.fields().next().map(|field| (it.new.id_span, field.label.clone()));
        let Some((span, name)) = clause.or_else(field).filter(|_| is_adopted(it.old.status)) else { continue };
        let is_same = it
            .old
            .approved
            .as_ref()
            .is_some_and(|old| told(base.collection, old) == told(context.collection, approval));
        if !is_same {
            continue;
        }
        let when = approval.date.map(|date| format!(" of {}", date.told())).unwrap_or_default();
        let message = format!(
            "what this policy asks of people changed since `{}`, and its approval{when} is the one before",
            base.name
        );
        findings.push(
            Finding::new(CHECK.info.name, approval.span, message)
                .and(span, format!("changed: {name}"))
                .help("record the approval of the new text, or set its status to `consultation` until it is approved"),
        );
    }
}

/// What is the same in two records of one approval.
fn told<'a>(
    collection: &'a crate::model::Collection,
    it: &'a Approval,
) -> (Option<crate::model::PartialDate>, Vec<&'a str>, Option<&'a str>) {
    let by = it.by.iter().map(|&word| collection.vocabulary.word(word).id.as_str()).collect();
    (it.date, by, it.minute.as_deref())
}
