//! What changed, for people at a terminal: whoever edits a policy, and the governor who looks over their shoulder.
//!
//! Words that went stand in `[-…-]` and words that came in `{+…+}`, with colours and without: a line through a word does
//! not reach everybody, nor does it survive copying. It writes to no terminal.

mod lines;

use super::told::{ClauseTold, EffectTold, FindingTold, Mark, Part, PolicyTold, Row, Told, WordTold};
use super::view::Changes;
use lines::{Lines, Style};

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether dashes, arrows and quotation marks outside ASCII may be used.
    pub unicode: bool,
}

impl Default for Screen {
    /// What suits a file or a pipe.
    fn default() -> Self {
        Screen { width: 80, colour: false, unicode: true }
    }
}

/// The report, each line with its end.
pub fn terminal(changes: &Changes, screen: Screen) -> String {
    let told = Told::of(changes, "→");
    let mut out = Lines::new(screen);
    out.words(0, 0, &[(Style::Strong, &told.summary)]);
    out.words(0, 0, &[(Style::Weak, &told.compared)]);
    for limit in &told.limits {
        out.words(0, 0, &[(Style::Weak, limit)]);
    }
    if !told.parties.is_empty() {
        out.heading("What changes for whom");
        for party in &told.parties {
            out.words(2, 2, &[(Style::Strong, &party.label)]);
            for it in &party.effects {
                effect(it, true, 4, &mut out);
            }
        }
    }
    for it in &told.policies {
        policy(it, &mut out);
    }
    if !told.words.is_empty() {
        out.heading("Words of the vocabulary");
        told.words.iter().for_each(|it| word(it, &mut out));
    }
    for (heading, findings) in
        [("New findings", &told.new_findings), ("Findings that are gone", &told.resolved_findings)]
    {
        if !findings.is_empty() {
            out.heading(heading);
            findings.iter().for_each(|it| finding(it, &mut out));
        }
    }
    if !told.gaps.is_empty() {
        out.heading("What could not be understood");
        for gap in &told.gaps {
            out.words(2, 4, &[(Style::Strong, gap.side), (Style::Plain, ": "), (Style::Plain, &gap.text)]);
        }
    }
    if !told.legend.is_empty() {
        out.heading("What the words mean");
        for it in &told.legend {
            out.words(2, 4, &[(style(it.name), it.word), (Style::Plain, ": "), (Style::Plain, &it.means)]);
        }
    }
    out.finish()
}

fn policy(policy: &PolicyTold<'_>, out: &mut Lines) {
    let mut facts = String::new();
    for fact in [policy.organisation, policy.versions.as_deref(), policy.fate].into_iter().flatten() {
        facts.push_str(", ");
        facts.push_str(fact);
    }
    out.gap();
    out.words(0, 2, &[(Style::Strong, policy.title), (Style::Plain, &facts)]);
    let key = match policy.old_key {
        Some(old) => format!("{} (before: {old})", policy.key),
        None => policy.key.to_owned(),
    };
    out.words(0, 2, &[(Style::Weak, &key)]);
    if let Some(doubt) = policy.doubt {
        out.words(2, 4, &[(Style::Note, "note: "), (Style::Plain, doubt)]);
    }
    part(&policy.material, out);
    if !policy.editorial.is_empty() {
        out.gap();
        out.words(2, 2, &[(Style::Weak, "Editorial:")]);
        part(&policy.editorial, out);
    }
}

fn part(part: &Part<'_>, out: &mut Lines) {
    if !part.fields.is_empty() {
        out.gap();
    }
    for field in &part.fields {
        out.words(2, 4, &[(Style::Plain, &field.line)]);
    }
    for it in &part.clauses {
        out.gap();
        clause(it, out);
    }
    if !part.renumbered.is_empty() {
        out.gap();
    }
    for line in &part.renumbered {
        out.words(2, 4, &[(Style::Plain, line)]);
    }
}

fn clause(clause: &ClauseTold<'_>, out: &mut Lines) {
    let mut head = vec![(Style::Strong, clause.name.as_str())];
    if let Some(verdict) = clause.verdict {
        head.extend([(Style::Plain, " – "), (style(verdict.name), verdict.word)]);
    }
    out.words(2, 4, &head);
    if !clause.changes.is_empty() {
        out.words(4, 4, &[(Style::Weak, &clause.changes)]);
    }
    if let Some(why) = clause.why {
        out.words(4, 6, &[(Style::Plain, "because: "), (Style::Plain, why)]);
    }
    for it in &clause.effects {
        effect(it, false, 4, out);
    }
    for it in &clause.rows {
        row(it, out);
    }
    for remark in &clause.remarks {
        out.words(4, 6, &[(Style::Note, "note: "), (Style::Plain, remark)]);
    }
}

fn effect(effect: &EffectTold, placed: bool, indent: usize, out: &mut Lines) {
    let mut runs = vec![(style(effect.direction), effect.direction), (Style::Plain, ": ")];
    runs.push((Style::Plain, &effect.sentence));
    let place = format!(" ({})", effect.place);
    if placed {
        runs.push((Style::Weak, &place));
    }
    if let Some(on_the_whole) = &effect.on_the_whole {
        runs.extend([(Style::Plain, " "), (Style::Plain, on_the_whole.as_str())]);
    }
    out.words(indent, indent + 2, &runs);
}

fn row(row: &Row, out: &mut Lines) {
    if let Some(left_out) = &row.left_out {
        out.words(6, 6, &[(Style::Weak, &format!("({left_out})"))]);
        return;
    }
    let label = |side: &str| format!("{}{side}: ", row.label);
    match (&row.old, &row.new) {
        (Some(_), Some(_)) if row.is_close => marked(&label(""), &row.abridged(), true, out),
        (Some(old), Some(new)) => {
            marked(&label(" before"), old, false, out);
            marked(&label(" now"), new, false, out);
        }
        (Some(old), None) => marked(&label(", gone"), old, false, out),
        (None, Some(new)) => marked(&label(", new"), new, false, out),
        (None, None) => {}
    }
}

fn marked(label: &str, marks: &[Mark], signs: bool, out: &mut Lines) {
    let mut texts = Vec::with_capacity(marks.len() + 1);
    texts.push((Style::Weak, label.to_owned()));
    for mark in marks {
        let Mark { text, gone, came, after } = mark;
        texts.push(match (gone, came) {
            (true, _) if signs => (Style::Gone, format!("[-{text}-]")),
            (_, true) if signs => (Style::Came, format!("{{+{text}+}}")),
            (true, _) => (Style::Gone, text.clone()),
            (_, true) => (Style::Came, text.clone()),
            _ => (Style::Plain, text.clone()),
        });
        texts.push((Style::Plain, (*after).to_owned()));
    }
    let runs: Vec<(Style, &str)> = texts.iter().map(|(style, text)| (*style, text.as_str())).collect();
    out.words(4, 6, &runs);
}

fn word(word: &WordTold<'_>, out: &mut Lines) {
    let what = format!(" ({} `{}`), {}", word.kind, word.id, word.change);
    out.words(2, 4, &[(Style::Strong, word.label), (Style::Plain, &what)]);
    for detail in &word.details {
        out.words(4, 6, &[(Style::Plain, detail)]);
    }
    if !word.affects.is_empty() {
        let more = if word.more > 0 { format!(" and {} more", word.more) } else { String::new() };
        let text = format!("rules mean something else through it in {}{more}", word.affects.join(", "));
        out.words(4, 6, &[(Style::Note, &text)]);
    }
}

fn finding(finding: &FindingTold<'_>, out: &mut Lines) {
    let head = format!("{}[{}]", finding.severity, finding.check);
    let mut runs = Vec::new();
    if !finding.place.is_empty() {
        runs.extend([(Style::Plain, finding.place.as_str()), (Style::Plain, ": ")]);
    }
    runs.extend([(Style::Strong, head.as_str()), (Style::Plain, ": "), (Style::Plain, &finding.message)]);
    out.words(2, 4, &runs);
    for (name, text) in [("for example: ", finding.example), ("help: ", finding.help)] {
        if let Some(text) = text {
            out.words(4, 6, &[(Style::Weak, name), (Style::Plain, text)]);
        }
    }
}

/// The looks of a verdict, by its name.
fn style(name: &str) -> Style {
    match name {
        "tightened" => Style::Tightened,
        "relaxed" => Style::Relaxed,
        "both" | "undecided" => Style::Note,
        _ => Style::Plain,
    }
}
