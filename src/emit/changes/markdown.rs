//! What changed, as a comment on a pull request: for GitHub and GitLab, whose comments have an end.
//!
//! Words that went are `<del>` and words that came `<ins>`, which both sites let through: screen readers can say that they
//! were deleted and inserted, which they cannot of `~~` and `**` alike, and no neighbouring letter keeps them from being
//! read as markup. What an author wrote mentions nobody, refers to nothing and leads nowhere.

mod comment;

use serde::Serialize;

use super::told::{ClauseTold, EffectTold, Mark, Part, PolicyTold, Row, Told};
use super::view::Changes;
use crate::emit::templates::{TemplateError, Templates};
use comment::{Comment, Kind};

/// The longest a comment is made, in characters. GitHub takes 65,536; some are left for whoever posts it.
pub const LONGEST_COMMENT: usize = 60_000;

/// A clause, a word or a sentence longer than this is told without its texts, so that others have room.
const LONGEST_PIECE: usize = 12_000;

/// What the template of a clause is given.
#[derive(Serialize)]
struct Shown<'t> {
    name: &'t str,
    key: &'t str,
    changes: &'t str,
    verdict: Option<super::told::VerdictTold>,
    why: Option<&'t str>,
    effects: &'t [EffectTold],
    rows: Vec<Paragraphs>,
    remarks: &'t [String],
    too_long: bool,
}

/// A row as paragraphs.
#[derive(Serialize)]
struct Paragraphs {
    label: String,
    left_out: Option<String>,
    /// Old and new words in one.
    inline: Option<Vec<Mark>>,
    old: Option<Vec<Mark>>,
    new: Option<Vec<Mark>>,
    both: bool,
}

/// The comment.
///
/// # Errors
/// A template at fault.
pub fn markdown(changes: &Changes, templates: &Templates) -> Result<String, TemplateError> {
    let told = Told::of(changes, "→");
    let mut out = Comment::new(LONGEST_COMMENT);
    let mut head = String::new();
    templates.comment("head", &told, &mut head)?;
    if !out.add(Kind::Head, &head) {
        // Sides can be called anything, and as long as one likes.
        out.add(Kind::Head, &format!("## What changes\n\n{}\n\n", told.headline));
    }
    if !told.parties.is_empty() {
        out.add(Kind::Head, "### What changes for whom\n\n");
    }
    for party in &told.parties {
        let mut name = String::new();
        crate::emit::prose::escape::comment(&party.label, true, &mut name);
        out.add(Kind::Head, &format!("**{name}**\n\n"));
        for effect in &party.effects {
            piece(templates, "party", effect, Kind::Effect, &mut out)?;
        }
        out.add(Kind::Head, "\n");
    }
    for it in &told.policies {
        policy(it, templates, &mut out)?;
    }
    if !told.words.is_empty() {
        out.add(Kind::Head, "### Words of the vocabulary\n\n");
    }
    for word in &told.words {
        piece(templates, "word", word, Kind::Word, &mut out)?;
    }
    for (heading, findings) in
        [("New findings", &told.new_findings), ("Findings that are gone", &told.resolved_findings)]
    {
        if !findings.is_empty() {
            out.add(Kind::Head, &format!("\n### {heading}\n\n"));
        }
        for finding in findings {
            piece(templates, "finding", finding, Kind::Finding, &mut out)?;
        }
    }
    if !told.gaps.is_empty() {
        out.add(Kind::Head, "\n### What could not be understood\n\n");
    }
    for gap in &told.gaps {
        let mut line = "- ".to_owned();
        crate::emit::prose::escape::comment(&format!("{}: {}", gap.side, gap.text), true, &mut line);
        out.add(Kind::Gap, &format!("{line}\n"));
    }
    if !told.legend.is_empty() {
        let means: Vec<String> = told.legend.iter().map(|it| format!("**{}**: {}", it.word, it.means)).collect();
        out.add(Kind::Head, &format!("\n<sub>{}</sub>\n", means.join(" ")));
    }
    let left_out = out.left_out();
    let mut rest = String::new();
    if let Some(left_out) = &left_out {
        templates.comment("rest", &Rest { left_out }, &mut rest)?;
    }
    Ok(out.finish(&rest))
}

#[derive(Serialize)]
struct Rest<'r> {
    left_out: &'r str,
}

fn piece(
    templates: &Templates,
    template: &str,
    data: &impl Serialize,
    kind: Kind,
    out: &mut Comment,
) -> Result<(), TemplateError> {
    let mut text = String::new();
    templates.comment(template, data, &mut text)?;
    if text.chars().count() > LONGEST_PIECE {
        out.leave_out(kind)
    } else {
        out.add(kind, &text)
    };
    Ok(())
}

fn policy(policy: &PolicyTold<'_>, templates: &Templates, out: &mut Comment) -> Result<(), TemplateError> {
    let mut head = String::new();
    templates.comment("policy", policy, &mut head)?;
    out.add(Kind::Head, &head);
    part(&policy.material, templates, out)?;
    if policy.editorial.is_empty() {
        return Ok(());
    }
    let count = policy.editorial.fields.len() + policy.editorial.clauses.len() + policy.editorial.renumbered.len();
    // Opened and closed together with the first and the last piece in it.
    out.open("<details>\n<summary>", &format!("Editorial changes ({count})"), "</summary>\n\n", "</details>\n\n");
    part(&policy.editorial, templates, out)?;
    out.close();
    Ok(())
}

fn part(part: &Part<'_>, templates: &Templates, out: &mut Comment) -> Result<(), TemplateError> {
    let lines = part
        .fields
        .iter()
        .map(|field| (Kind::Field, &field.line))
        .chain(part.renumbered.iter().map(|it| (Kind::Clause, it)));
    let (fields, numbers): (Vec<_>, Vec<_>) = lines.partition(|(kind, _)| *kind == Kind::Field);
    list(&fields, out);
    for it in &part.clauses {
        clause(it, templates, out)?;
    }
    list(&numbers, out);
    Ok(())
}

fn list(lines: &[(Kind, &String)], out: &mut Comment) {
    for (at, (kind, line)) in lines.iter().enumerate() {
        let mut text = "- ".to_owned();
        crate::emit::prose::escape::comment(line, true, &mut text);
        text.push_str(if at + 1 == lines.len() { "\n\n" } else { "\n" });
        if text.chars().count() > LONGEST_PIECE {
            out.leave_out(*kind)
        } else {
            out.add(*kind, &text)
        };
    }
}

fn clause(clause: &ClauseTold<'_>, templates: &Templates, out: &mut Comment) -> Result<(), TemplateError> {
    let mut shown = Shown {
        name: &clause.name,
        key: clause.key,
        changes: &clause.changes,
        verdict: clause.verdict,
        why: clause.why,
        effects: &clause.effects,
        rows: clause.rows.iter().map(Paragraphs::of).collect(),
        remarks: &clause.remarks,
        too_long: false,
    };
    let mut text = String::new();
    templates.comment("clause", &shown, &mut text)?;
    if text.chars().count() > LONGEST_PIECE {
        (shown.rows, shown.too_long) = (Vec::new(), true);
        text.clear();
        templates.comment("clause", &shown, &mut text)?;
    }
    if text.chars().count() > LONGEST_PIECE {
        out.leave_out(Kind::Clause)
    } else {
        out.add(Kind::Clause, &text)
    };
    Ok(())
}

impl Paragraphs {
    fn of(row: &Row) -> Self {
        let inline = (row.old.is_some() && row.new.is_some() && row.is_close).then(|| row.abridged());
        // Where all of it is another, or is new, marks tell nothing.
        let unmarked = |marks: &Option<Vec<Mark>>| {
            let marks = marks.as_ref().filter(|_| inline.is_none())?;
            Some(marks.iter().map(|mark| Mark { gone: false, came: false, ..mark.clone() }).collect::<Vec<Mark>>())
        };
        let (old, new) = (unmarked(&row.old), unmarked(&row.new));
        Paragraphs {
            label: row.label.clone(),
            left_out: row.left_out.clone(),
            both: old.is_some() && new.is_some(),
            inline,
            old,
            new,
        }
    }
}
