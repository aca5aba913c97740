//! What every format tells, in words and in the order they tell it: material changes first, then editorial ones, the new
//! numbers of clauses gathered.
//!
//! Nothing in it is escaped or laid out; that is for each format. It knows the view alone.

mod runs;
mod texts;
pub(super) mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::{Changes, Clause, Damaged, Direction, Effect, EffectOf, Policy, Side, Verdict};
use crate::diagnostic::Severity;
use crate::diagnostic::export::Finding;

pub(super) use texts::{Mark, Row};

/// How many clauses a report tells of before it needs to say what its words mean.
const LONG: usize = 4;

/// A report of what changed.
#[derive(Debug, Serialize)]
pub(super) struct Told<'c> {
    pub old: &'c str,
    pub new: &'c str,
    /// How much changed, without a full stop.
    pub summary: String,
    /// The same as a sentence.
    pub headline: String,
    /// What is compared: how many policies there were and are.
    pub compared: String,
    /// What the report leaves out, since it was asked to.
    pub limits: Vec<String>,
    pub parties: Vec<PartyTold>,
    pub policies: Vec<PolicyTold<'c>>,
    pub has_material: bool,
    pub has_editorial: bool,
    pub words: Vec<WordTold<'c>>,
    pub new_findings: Vec<FindingTold<'c>>,
    pub resolved_findings: Vec<FindingTold<'c>>,
    pub gaps: Vec<Gap<'c>>,
    pub legend: Vec<Meaning>,
}

/// What changes for a party.
#[derive(Debug, Serialize)]
pub(super) struct PartyTold {
    pub label: String,
    pub effects: Vec<EffectTold>,
}

/// One thing that changes for people.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EffectTold {
    /// `tightened` or `relaxed`.
    pub direction: &'static str,
    pub sentence: String,
    /// `clause 5.1 of the Social Media Policy`.
    pub place: String,
    /// The id of that clause on a page.
    pub anchor: String,
    /// Who says the same, so that nothing changes on the whole. (Handlebars takes a name that begins with `else` for one.)
    pub on_the_whole: Option<String>,
}

/// A policy with what changed in it.
#[derive(Debug, Serialize)]
pub(super) struct PolicyTold<'c> {
    pub title: &'c str,
    pub key: &'c str,
    pub old_key: Option<&'c str>,
    pub organisation: Option<&'c str>,
    pub versions: Option<String>,
    pub fate: Option<&'static str>,
    /// Whether it may be there and not be understood, in a sentence.
    pub doubt: Option<&'static str>,
    pub is_material: bool,
    /// Whether it stands among the editorial changes too, or only there.
    pub is_editorial: bool,
    pub path: &'c str,
    pub material: Part<'c>,
    pub editorial: Part<'c>,
}

/// The changes of a policy of one weight.
#[derive(Debug, Default, Serialize)]
pub(super) struct Part<'c> {
    pub fields: Vec<FieldTold<'c>>,
    pub clauses: Vec<ClauseTold<'c>>,
    /// New numbers, a line each.
    pub renumbered: Vec<String>,
}

/// A field of a header.
#[derive(Debug, Serialize)]
pub(super) struct FieldTold<'c> {
    pub label: &'c str,
    pub old: Option<&'c str>,
    pub new: Option<&'c str>,
    /// All of it in one line.
    pub line: String,
}

/// A clause with what changed in it.
#[derive(Debug, Serialize)]
pub(super) struct ClauseTold<'c> {
    pub name: String,
    /// Its id on a page.
    pub anchor: String,
    pub key: &'c str,
    /// What it stands in, from the top.
    pub within: String,
    pub changes: String,
    pub verdict: Option<VerdictTold>,
    pub why: Option<&'c str>,
    pub effects: Vec<EffectTold>,
    pub rows: Vec<Row>,
    /// Whether anything stands there on both sides, so that two columns are of use.
    pub has_sides: bool,
    pub remarks: Vec<String>,
}

/// A verdict, by its name in the JSON and its word.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct VerdictTold {
    pub name: &'static str,
    pub word: &'static str,
}

/// How many clauses are named that a word affects: all of them are told above.
const MOST_AFFECTED: usize = 8;

/// A word of the vocabulary.
#[derive(Debug, Serialize)]
pub(super) struct WordTold<'c> {
    pub label: &'c str,
    pub kind: &'c str,
    pub id: &'c str,
    pub change: &'static str,
    pub details: Vec<String>,
    pub is_material: bool,
    /// The first clauses it affects, and how many there are besides.
    pub affects: &'c [String],
    pub more: usize,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct FindingTold<'c> {
    pub place: String,
    pub severity: &'static str,
    pub check: &'c str,
    pub message: String,
    pub example: Option<&'c str>,
    pub help: Option<&'c str>,
}

/// Something that could not be understood.
#[derive(Debug, Serialize)]
pub(super) struct Gap<'c> {
    /// Which of the two collections: its name.
    pub side: &'c str,
    /// What it is that could not be understood.
    pub text: String,
}

/// A word of the report and what it means.
#[derive(Debug, Serialize)]
pub(super) struct Meaning {
    pub name: &'static str,
    pub word: &'static str,
    /// In a sentence.
    pub means: String,
}

impl<'c> Told<'c> {
    /// The report of these changes; `arrow` stands between what was and what is.
    pub fn of(changes: &'c Changes, arrow: &str) -> Self {
        let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
        for policy in &changes.policies {
            *titles.entry(policy.title.as_str()).or_default() += 1;
        }
        let places = Places { titles };
        let policies: Vec<PolicyTold<'_>> =
            changes.policies.iter().enumerate().map(|(at, it)| policy(at, it, &places, arrow)).collect();
        let has = |part: fn(&PolicyTold<'_>) -> bool| policies.iter().any(part);
        Told {
            old: &changes.old.name,
            new: &changes.new.name,
            headline: words::sentence(&words::summary(changes)),
            summary: words::summary(changes),
            compared: compared(changes),
            limits: limits(changes),
            parties: parties(changes, &places),
            has_material: has(|it| it.is_material),
            has_editorial: has(|it| it.is_editorial),
            legend: legend(changes),
            policies,
            words: changes.vocabulary.iter().map(word).collect(),
            new_findings: changes.new_findings.iter().map(finding).collect(),
            resolved_findings: changes.resolved_findings.iter().map(finding).collect(),
            gaps: [&changes.old, &changes.new].into_iter().flat_map(gaps).collect(),
        }
    }
}

impl Part<'_> {
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.clauses.is_empty() && self.renumbered.is_empty()
    }
}

/// What is needed to say where a clause stands.
struct Places<'c> {
    /// How many policies have a title.
    titles: BTreeMap<&'c str, usize>,
}

impl Places<'_> {
    fn of(&self, policy: &Policy, clause: &Clause) -> String {
        words::place(policy, clause, self.titles.get(policy.title.as_str()).is_some_and(|&count| count > 1))
    }
}

/// The id on a page of a clause, by its place and its policy's: keys may be written twice, which is a mistake of its own.
fn anchor(policy: usize, clause: usize) -> String {
    format!("change.{}.{}", policy + 1, clause + 1)
}

fn limits(changes: &Changes) -> Vec<String> {
    let editorial = changes.material_only.then(|| "editorial changes are left out".to_owned());
    let party =
        changes.only_for.as_ref().map(|id| format!("only what concerns {} is told", words::only_for(changes, id)));
    editorial.into_iter().chain(party).collect()
}

fn compared(changes: &Changes) -> String {
    let side = |side: &Side| format!("{} ({})", side.name, words::counted(side.policies, "policy"));
    format!("from {} to {}", side(&changes.old), side(&changes.new))
}

/// What changes for whom, parties for whom the same changes together: a rule for six of them is told once.
fn parties(changes: &Changes, places: &Places<'_>) -> Vec<PartyTold> {
    let mut together: Vec<(&[EffectOf], Vec<&str>)> = Vec::new();
    for party in &changes.parties {
        match together.iter_mut().find(|(effects, _)| *effects == party.effects.as_slice()) {
            Some((_, labels)) => labels.push(&party.label),
            None => together.push((&party.effects, vec![&party.label])),
        }
    }
    let told = |it: &EffectOf| {
        let policy = changes.policies.get(it.policy)?;
        let clause = policy.clauses.get(it.clause)?;
        let anchor = anchor(it.policy, it.clause);
        Some(effect(clause.effects.get(it.effect)?, anchor, places.of(policy, clause)))
    };
    together
        .into_iter()
        .map(|(effects, labels)| PartyTold {
            label: words::capitalised(&words::joined(&labels)),
            effects: effects.iter().filter_map(told).collect(),
        })
        .collect()
}

fn effect(effect: &Effect, anchor: String, place: String) -> EffectTold {
    let others: Vec<String> = effect.elsewhere.iter().map(|it| words::a_place(&it.place)).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let on_the_whole = (!others.is_empty()).then(|| {
        let all = words::joined(&others);
        match (effect.direction, others.len()) {
            (Direction::Tightened, _) => format!("On the whole nothing changes: {all} said so before."),
            (Direction::Relaxed, 1) => format!("On the whole nothing changes: {all} still says what this one said."),
            (Direction::Relaxed, _) => format!("On the whole nothing changes: {all} still say what this one said."),
        }
    });
    EffectTold {
        direction: match effect.direction {
            Direction::Tightened => words::verdict(Verdict::Tightened),
            Direction::Relaxed => words::verdict(Verdict::Relaxed),
        },
        sentence: words::sentence(&effect.sentence),
        place,
        anchor,
        on_the_whole,
    }
}

fn policy<'c>(at: usize, policy: &'c Policy, places: &Places<'_>, arrow: &str) -> PolicyTold<'c> {
    let part = |material: bool| {
        let of_weight = || policy.clauses.iter().enumerate().filter(move |(_, clause)| clause.material == material);
        Part {
            fields: policy
                .fields
                .iter()
                .filter(|field| field.material == material)
                .map(|field| FieldTold {
                    label: &field.label,
                    old: field.old.as_deref(),
                    new: field.new.as_deref(),
                    line: words::field(field, arrow),
                })
                .collect(),
            clauses: of_weight()
                .filter(|(_, clause)| !runs::is_renumbered_only(clause))
                .map(|(nth, it)| clause(it, anchor(at, nth), &places.of(policy, it), arrow))
                .collect(),
            renumbered: runs::renumberings(
                of_weight().map(|(_, clause)| clause).filter(|clause| runs::is_renumbered_only(clause)),
            ),
        }
    };
    let (material, editorial) = (part(true), part(false));
    PolicyTold {
        title: &policy.title,
        key: &policy.key,
        old_key: policy.old_key.as_deref(),
        organisation: policy.organisation.as_deref(),
        versions: words::versions(policy, arrow),
        fate: words::fate(policy.change),
        doubt: policy.unread.then(|| words::doubt(policy.change)),
        is_material: !material.is_empty() || policy.material,
        is_editorial: !editorial.is_empty() || (material.is_empty() && !policy.material),
        path: &policy.path,
        material,
        editorial,
    }
}

fn clause<'c>(clause: &'c Clause, anchor: String, place: &str, arrow: &str) -> ClauseTold<'c> {
    let texts = clause.texts.iter().flat_map(texts::rows);
    let rows: Vec<Row> = texts.chain(clause.rules.iter().map(texts::rule)).collect();
    // Where nothing else says which clause it is, what it stands in does.
    let (name, within) = match clause.within.last() {
        Some(around) if words::is_nameless(clause) => (format!("{} (in {around})", words::name(clause)), String::new()),
        _ => (words::name(clause), clause.within.join(", ")),
    };
    ClauseTold {
        name,
        key: &clause.key,
        within,
        changes: words::changes(clause, arrow),
        verdict: clause.verdict.map(verdict),
        why: clause.why.as_deref(),
        effects: clause.effects.iter().map(|it| effect(it, anchor.clone(), place.to_owned())).collect(),
        has_sides: rows.iter().any(|row| row.old.is_some()) && rows.iter().any(|row| row.new.is_some()),
        rows,
        remarks: clause.remarks.iter().map(|remark| words::sentence(&remark.text)).collect(),
        anchor,
    }
}

fn verdict(verdict: Verdict) -> VerdictTold {
    VerdictTold { name: verdict_name(verdict), word: words::verdict(verdict) }
}

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unchanged => "unchanged",
        Verdict::Tightened => "tightened",
        Verdict::Relaxed => "relaxed",
        Verdict::Both => "both",
        Verdict::Undecided => "undecided",
    }
}

fn word(word: &super::view::Word) -> WordTold<'_> {
    WordTold {
        label: &word.label,
        kind: word.kind,
        id: &word.id,
        change: words::word_change(word.change),
        details: word.details.iter().map(|it| words::sentence(it)).collect(),
        is_material: word.material,
        affects: word.affects.get(..MOST_AFFECTED).unwrap_or(&word.affects),
        more: word.affects.len().saturating_sub(MOST_AFFECTED),
    }
}

fn finding(finding: &Finding) -> FindingTold<'_> {
    let place = finding.locations.first();
    FindingTold {
        place: place.map_or_else(String::new, |it| format!("{}:{}:{}", it.path, it.start.line, it.start.column)),
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        check: &finding.check,
        message: words::sentence(&finding.message),
        example: finding.witness.as_ref().map(|witness| witness.sentence.as_str()),
        help: finding.help.as_deref(),
    }
}

/// What could not be understood of a collection.
fn gaps(side: &Side) -> Vec<Gap<'_>> {
    let damaged = side.damaged.iter().map(|Damaged { path, message, at }| Gap {
        side: &side.name,
        text: match at {
            Some(at) => format!("{path}, line {}: {message}", at.line),
            // What could not be read may say itself which file that is.
            None if path.is_empty() => message.clone(),
            None => format!("{path}: {message}"),
        },
    });
    let mut gaps: Vec<Gap<'_>> = damaged.collect();
    if side.errors > 0 {
        let verb = if side.errors == 1 { "is" } else { "are" };
        let text = format!(
            "there {verb} {} in its sources: what stands around is compared as far as it is understood",
            words::counted(side.errors, "error")
        );
        gaps.push(Gap { side: &side.name, text });
    }
    gaps
}

/// The verdicts that a long report uses, with what they mean.
fn legend(changes: &Changes) -> Vec<Meaning> {
    let clauses = || changes.policies.iter().flat_map(|policy| &policy.clauses);
    if clauses().count() < LONG {
        return Vec::new();
    }
    let is_used = |verdict: Verdict| clauses().any(|clause| clause.verdict == Some(verdict));
    words::VERDICTS
        .iter()
        .filter(|(verdict, _, _)| is_used(*verdict))
        .map(|&(verdict, word, means)| Meaning { name: verdict_name(verdict), word, means: words::sentence(means) })
        .collect()
}
