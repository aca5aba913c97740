//! What changed in the header of a policy, told field by field.

use super::Sides;
use crate::model::{Collection, Policy, PolicyId, WordId};

/// A field of a header that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name, as it is written.
    pub field: &'static str,
    /// What a reader calls it.
    pub label: String,
    /// What it said; `None` where it was not there.
    pub old: Option<String>,
    /// What it says.
    pub new: Option<String>,
    /// Whether people are asked something else by it: it says for whom and from when the policy speaks, and what is filled
    /// in in its prose.
    pub material: bool,
}

/// A field told: its name, what a reader calls it, whether it is material, what it says.
struct Told {
    field: &'static str,
    label: String,
    material: bool,
    says: Option<String>,
}

/// The fields that changed, in the order in which a policy's own document has them.
pub(super) fn changes(sides: Sides<'_>, old: PolicyId, new: PolicyId) -> Vec<FieldChange> {
    let before = fields(sides.old, sides.old.policy(old));
    let mut now = fields(sides.new, sides.new.policy(new));
    let mut changes = Vec::new();
    for told in before {
        // Fields that may stand several times have their label to be known by.
        let is_same = |other: &Told| (other.field, &other.label) == (told.field, &told.label);
        let says = now.iter().position(is_same).map(|at| now.remove(at)).and_then(|other| other.says);
        changes.push((told.field, told.label, told.material, told.says, says));
    }
    changes.extend(now.into_iter().map(|told| (told.field, told.label, told.material, None, told.says)));
    let differs = |it: &(&str, String, bool, Option<String>, Option<String>)| it.3 != it.4;
    let change = |(field, label, material, old, new)| FieldChange { field, label, old, new, material };
    changes.into_iter().filter(differs).map(change).collect()
}

fn fields(collection: &Collection, policy: &Policy) -> Vec<Told> {
    let label = |word: WordId| collection.vocabulary.word(word).label.clone();
    let list = |words: &[WordId]| joined(words.iter().map(|&word| label(word)), ", ");
    let one = |field, label: &str, material, says| Told { field, label: label.to_owned(), material, says };
    let mut fields = vec![
        one("title", "Title", false, Some(policy.title.clone())),
        one("organisation", "Organisation", true, policy.organisation.map(label)),
        one("version", "Version", false, policy.version.as_ref().map(|(version, _)| version.clone())),
        one("status", "Status", true, policy.status.map(|(status, _)| status.name().to_owned())),
        one("owner", "Owner", false, policy.owner.map(label)),
        one("contact", "Contact", false, policy.contact.clone()),
        one("approved", "Approved", false, approved(collection, policy)),
        one("effective", "In force from", true, policy.effective.map(|(day, _)| day.told())),
        one("review", "Review", false, review(policy)),
        one("audience", "For", false, list(&policy.audience)),
        one("supersedes", "Supersedes", false, joined(policy.supersedes.iter().cloned(), "; ")),
        one("default", "Where it is silent", true, policy.default.map(|silence| silence.name().to_owned())),
        one("numbering", "Numbering", false, Some(policy.numbering.name().to_owned())),
        one("language", "Language", false, Some(policy.language.clone())),
        one("signatories", "Signed by", false, list(&policy.signatories)),
    ];
    fields.extend(policy.related.iter().map(|it| Told {
        field: "related",
        label: format!("Related document `{}`", it.id),
        material: false,
        says: Some(with_address(&it.title, None, it.url.as_deref())),
    }));
    fields.extend(policy.basis.iter().map(|it| Told {
        field: "basis",
        label: format!("Rests on “{}”", it.title),
        material: false,
        says: Some(with_address(&it.title, it.edition.as_deref(), it.url.as_deref())),
    }));
    fields.extend(policy.history.iter().map(|it| Told {
        field: "history",
        label: format!("History of {}", it.version),
        material: false,
        says: Some(format!("{}: {}", it.date.told(), it.change)),
    }));
    fields.extend(policy.parameters.iter().map(|it| Told {
        field: "parameter",
        label: format!("Filled in: {}", it.label),
        material: true,
        says: it.value.clone(),
    }));
    fields
}

fn joined(items: impl Iterator<Item = String>, between: &str) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join(between))
}

fn approved(collection: &Collection, policy: &Policy) -> Option<String> {
    let approval = policy.approved.as_ref()?;
    let mut parts: Vec<String> = approval.date.map(|date| date.told()).into_iter().collect();
    let by: Vec<&str> = approval.by.iter().map(|&word| collection.vocabulary.word(word).label.as_str()).collect();
    if !by.is_empty() {
        parts.push(format!("by {}", by.join(", ")));
    }
    parts.extend(approval.minute.as_ref().map(|minute| format!("(minute {minute})")));
    Some(parts.join(" "))
}

fn review(policy: &Policy) -> Option<String> {
    let every = policy.review.every.map(|(every, _)| format!("every {every}"));
    let by = policy.review.by.map(|(day, _)| format!("by {}", day.told()));
    joined(every.into_iter().chain(by), ", ")
}

fn with_address(title: &str, edition: Option<&str>, address: Option<&str>) -> String {
    let mut told = title.to_owned();
    for more in [edition, address].into_iter().flatten() {
        told.push_str(", ");
        told.push_str(more);
    }
    told
}
