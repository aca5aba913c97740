//! The words for what changed: how much, what became of a clause, where it stands. A governor's words, in one place for
//! all formats.

use crate::emit::changes::view::{Change, Changes, Clause, Fate, Field, Policy, Summary, Verdict, WordFate};

/// A verdict, its word and what that means, strictest first.
pub const VERDICTS: [(Verdict, &str, &str); 5] = [
    (Verdict::Tightened, "tightened", "asks more or permits less"),
    (Verdict::Relaxed, "relaxed", "asks less or permits more"),
    (Verdict::Both, "both tightened and relaxed", "asks more in one situation and less in another"),
    (Verdict::Unchanged, "unchanged in meaning", "asks and permits the same, in other words"),
    (
        Verdict::Undecided,
        "cannot be said",
        "was not worked out, since the rules are too many or not complete: somebody has to read them",
    ),
];

/// What a document is called that has an article before its title.
const KINDS: [&str; 12] = [
    "Policy",
    "Policies",
    "Handbook",
    "Code",
    "Guidance",
    "Guidelines",
    "Procedure",
    "Procedures",
    "Protocol",
    "Agreement",
    "Statement",
    "Plan",
];

/// The word for a verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    VERDICTS.iter().find(|(it, _, _)| *it == verdict).map_or("", |(_, word, _)| word)
}

/// How much changed, in one line without a full stop.
pub fn summary(changes: &Changes) -> String {
    let Summary { policies_added, policies_removed, material, editorial, tightened, relaxed, both, undecided, .. } =
        changes.summary;
    let mut parts = Vec::new();
    let asks = tightened + relaxed + both;
    if asks > 0 {
        let counts = [(tightened, "tightened"), (relaxed, "relaxed"), (both, "both")];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let verb = if asks == 1 { "changes" } else { "change" };
        parts.push(format!("{} {verb} what is asked of people: {}", counted(asks, "clause"), counts.join(", ")));
    }
    if undecided > 0 {
        let left = if asks > 0 { format!("{undecided}") } else { counted(undecided, "clause") };
        parts.push(format!("of {left} it cannot be said what the change does"));
    }
    if asks + undecided == 0 && material + editorial > 0 {
        parts.push("no change in what is asked of people".to_owned());
    }
    // A clause is material for what it asks, and for other reasons: a definition is another, it is withdrawn.
    match material.saturating_sub(asks + undecided) {
        0 => {}
        others if asks + undecided > 0 => parts.push(counted(others, "other material change")),
        others => parts.push(format!("{others} material")),
    }
    if editorial > 0 {
        parts.push(format!("{editorial} editorial"));
    }
    for (count, what) in [(policies_added, "new"), (policies_removed, "gone")] {
        match count {
            0 => {}
            1 => parts.push(format!("1 policy is {what}")),
            many => parts.push(format!("{many} policies are {what}")),
        }
    }
    if parts.is_empty() {
        parts.push(outside_the_clauses(changes));
    }
    parts.join("; ")
}

/// What is said where no clause changed.
fn outside_the_clauses(changes: &Changes) -> String {
    let words = changes.vocabulary.len();
    let fields: usize = changes.policies.iter().map(|it| it.fields.len()).sum();
    let findings = changes.new_findings.len() + changes.resolved_findings.len();
    let counts = [(words, "word", "the vocabulary"), (fields, "field", "document control")];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, what, of)| format!("{} of {of}", counted(*count, what)))
        .collect();
    if findings > 0 {
        parts.push(counted(findings, "finding"));
    }
    match parts.is_empty() {
        true => match &changes.only_for {
            Some(party) => format!("nothing changes for {}", only_for(changes, party)),
            None => "nothing changed".to_owned(),
        },
        false => format!("no clause changed, but {}", parts.join(" and ")),
    }
}

/// What became of a policy; nothing where it merely changed.
pub fn fate(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Added => Some("new policy"),
        Fate::Removed => Some("gone"),
        Fate::Withdrawn => Some("withdrawn: no longer in force"),
        Fate::Reinstated => Some("in force again"),
        Fate::Changed => None,
    }
}

/// What is said of a policy that stands on one side alone, where the other has a file of its name that is not understood.
pub fn doubt(fate: Fate) -> &'static str {
    match fate {
        Fate::Removed => "A file of this name is there and could not be understood: the policy may not be gone.",
        _ => "A file of this name was there before and could not be understood: the policy may not be new.",
    }
}

/// The party that a report was asked for, as it is called where it is known.
pub fn only_for(changes: &Changes, id: &str) -> String {
    let known = changes.parties.iter().find(|party| party.id == id);
    known.map_or_else(|| format!("`{id}`"), |party| party.label.clone())
}

/// What became of a word of the vocabulary.
pub fn word_change(change: WordFate) -> &'static str {
    match change {
        WordFate::Added => "new",
        WordFate::Removed => "gone",
        WordFate::Changed => "changed",
    }
}

/// The versions of a policy before and now.
pub fn versions(policy: &Policy, arrow: &str) -> Option<String> {
    match (policy.old_version.as_deref(), policy.version.as_deref()) {
        (Some(old), Some(new)) if old != new => Some(format!("version {old} {arrow} {new}")),
        (_, Some(version)) | (Some(version), None) => Some(format!("version {version}")),
        (None, None) => None,
    }
}

/// A field of a header in one line: `Version: 3.0 → 3.1`.
pub fn field(field: &Field, arrow: &str) -> String {
    let Field { label, old, new, .. } = field;
    match (old, new) {
        (Some(old), Some(new)) => format!("{label}: {old} {arrow} {new}"),
        (None, Some(new)) => format!("{label}: {new} (not there before)"),
        (Some(old), None) => format!("{label}: no longer there (before: {old})"),
        (None, None) => label.clone(),
    }
}

/// Everything that happened to a clause, in words.
pub fn changes(clause: &Clause, arrow: &str) -> String {
    let told: Vec<String> = clause.changes.iter().filter_map(|&change| happened(change, clause, arrow)).collect();
    told.join("; ")
}

fn happened(change: Change, clause: &Clause, arrow: &str) -> Option<String> {
    let both = |old: &Option<String>, new: &Option<String>| match (old, new) {
        (Some(old), Some(new)) => format!(" ({old} {arrow} {new})"),
        (Some(old), None) => format!(" (before: {old})"),
        _ => String::new(),
    };
    Some(match change {
        Change::Added => "new".to_owned(),
        Change::Removed => "gone".to_owned(),
        Change::Withdrawn => "withdrawn".to_owned(),
        Change::Moved => match clause.old_within.as_deref() {
            Some([]) => "moved (it stood in no section before)".to_owned(),
            Some(within) => format!("moved (it stood in {} before)", within.join(", ")),
            None => "moved".to_owned(),
        },
        Change::Renumbered => format!("renumbered{}", both(&clause.old_number, &clause.number)),
        Change::Renamed => {
            format!("its id is another{}", both(&id(clause.old_key.as_deref()), &id(Some(clause.key.as_str()))))
        }
        // The headings themselves are shown among the texts, or here.
        Change::Retitled => match clause.texts.iter().any(|text| text.kind == "heading") {
            true => "new heading".to_owned(),
            false => format!("new heading{}", both(&clause.old_heading, &clause.heading)),
        },
        Change::Reworded => "reworded".to_owned(),
        Change::RulesRewritten => "rules written otherwise".to_owned(),
        // The verdict says it, and more.
        Change::Meaning => match clause.verdict {
            Some(Verdict::Tightened | Verdict::Relaxed | Verdict::Both | Verdict::Undecided) => return None,
            _ => "means something else".to_owned(),
        },
    })
}

/// The part of a key that an author wrote for the clause.
fn id(key: Option<&str>) -> Option<String> {
    key.map(|key| key.rsplit_once(':').map_or(key, |(_, path)| path).to_owned())
}

/// What a clause is called above what changed in it: `5.1 Contact with pupils`.
pub fn name(clause: &Clause) -> String {
    if clause.kind == "policy" {
        return "The policy as a whole".to_owned();
    }
    let number = numbered(clause.kind, clause.number.as_deref().or(clause.old_number.as_deref()));
    let heading = clause.heading.as_deref().or(clause.old_heading.as_deref());
    match (number, heading) {
        (Some(number), Some(heading)) => format!("{number} {heading}"),
        (Some(number), None) => number,
        (None, Some(heading)) => heading.to_owned(),
        (None, None) => capitalised(&by_id(clause)),
    }
}

/// Whether a clause has neither number nor heading.
pub fn is_nameless(clause: &Clause) -> bool {
    let Clause { number, old_number, heading, old_heading, .. } = clause;
    [number, old_number, heading, old_heading].into_iter().all(Option::is_none)
}

/// A place that is nothing but a number says what it is the number of.
pub fn a_place(place: &str) -> String {
    if place.starts_with(|c: char| c.is_ascii_digit()) { format!("clause {place}") } else { place.to_owned() }
}

/// What a clause is called that has neither number nor heading: by what its author calls it, as words.
fn by_id(clause: &Clause) -> String {
    let path = id(Some(&clause.key)).unwrap_or_default();
    path.rsplit('/').next().unwrap_or("").replace('-', " ")
}

/// The number of a clause stands by itself; that of a section or an annex says what it is.
fn numbered(kind: &str, number: Option<&str>) -> Option<String> {
    let number = number?;
    Some(match kind {
        "section" => format!("Section {number}:"),
        "annex" if number.starts_with("Annex") => format!("{number}:"),
        "annex" => format!("Annex {number}:"),
        _ => number.to_owned(),
    })
}

/// Where a clause stands, in a sentence: `clause 5.1 of the Social Media Policy`.
pub fn place(policy: &Policy, clause: &Clause, shares_title: bool) -> String {
    // "The Mobile Phones at School" would be no English.
    let kind = policy.title.split_whitespace().next_back().unwrap_or("");
    let mut of = match KINDS.contains(&kind) && !policy.title.to_lowercase().starts_with("the ") {
        true => format!("the {}", policy.title),
        false => policy.title.clone(),
    };
    if let Some(organisation) = policy.organisation.as_deref().filter(|_| shares_title) {
        of = format!("{of} of {organisation}");
    }
    let number = clause.number.as_deref().or(clause.old_number.as_deref());
    let heading = clause.heading.as_deref().or(clause.old_heading.as_deref());
    match (clause.kind, number, heading) {
        ("policy", _, _) => of,
        ("annex", Some(number), _) if number.starts_with("Annex") => format!("{number} of {of}"),
        (kind, Some(number), _) => format!("{kind} {number} of {of}"),
        (kind, None, Some(heading)) => format!("{kind} “{heading}” of {of}"),
        (kind, None, None) => match clause.within.last() {
            // A number says it shorter than the heading behind it.
            Some(around) => {
                match around.split_once(' ').filter(|(number, _)| number.contains(|c: char| c.is_ascii_digit())) {
                    Some((number, _)) => format!("{kind} “{}” in {number} of {of}", by_id(clause)),
                    None => format!("{kind} “{}” in “{around}” of {of}", by_id(clause)),
                }
            }
            None => format!("{kind} “{}” of {of}", by_id(clause)),
        },
    }
}

/// What is said of a text that changed.
pub fn text_label(kind: &str, term: Option<&str>) -> String {
    match (kind, term) {
        ("note", _) => "Note".to_owned(),
        ("heading", _) => "Heading".to_owned(),
        ("definition", Some(term)) => format!("Definition of “{term}”"),
        ("definition", None) => "Definition".to_owned(),
        _ => "Text".to_owned(),
    }
}

/// `1 clause`, `2 clauses`, `2 policies`.
pub fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    }
}

/// A sentence: a capital letter at its beginning, a full stop at its end.
pub fn sentence(text: &str) -> String {
    let mut told = capitalised(text.trim());
    if !told.is_empty() && !told.ends_with(['.', '!', '?', '…']) {
        told.push('.');
    }
    told
}

/// The text with a capital letter at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub fn joined(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
