//! What an edit must leave as it is: the other findings, comments, prose, rules, and who gives way to whom.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pipeline::Checked;
use super::rounds::Mending;
use crate::diagnostic::edit::Moves;
use crate::diagnostic::{Edit, Finding};
use crate::model::{Collection, Item, Prose};
use crate::source::{FileId, Sources, Span};

/// The check whose edits take an override away.
const IDLE_OVERRIDE: &str = "idle-override";

/// A finding known again after edits: by its check and where its places begin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Its check.
    pub check: &'static str,
    is_accepted: bool,
    starts: Vec<Point>,
}

/// A place in the sources.
type Point = (FileId, u32);

/// The texts of the sources that people read, by where they begin, each with where it ends.
type Words = BTreeMap<Point, (u32, String)>;

impl Place {
    /// Of a finding.
    pub fn of(finding: &Finding) -> Self {
        let starts = finding.labels.iter().map(|label| start(label.span)).collect();
        Place { check: finding.check, is_accepted: finding.accepted.is_some(), starts }
    }

    /// Goes where the edits move it.
    pub fn follow(&mut self, moves: &Moves) {
        for point in &mut self.starts {
            *point = follow(*point, moves);
        }
    }
}

/// Whether a collection after edits is the one before but for what they mend; if not, why not.
pub(super) fn compare(
    (old_sources, old): (&Sources, &Checked),
    (new_sources, new): (&Sources, &Checked),
    some: &[Mending],
) -> Result<(), String> {
    let edits: Vec<&Edit> = some.iter().flat_map(|it| &it.edits).collect();
    let moves = Moves::of(&edits);
    findings(&old.findings, &new.findings, some, &moves)?;
    comments(&comments_of(old_sources, old), &comments_of(new_sources, new))?;
    words(words_of(&old.collection), &words_of(&new.collection), &edits, &moves)?;
    rules(&old.collection, &new.collection, &edits, &moves)?;
    overrides(&old.collection, &new.collection, some, &moves)
}

/// Every finding but those mended may stay; none may come.
fn findings(old: &[Finding], new: &[Finding], some: &[Mending], moves: &Moves) -> Result<(), String> {
    let mut known: BTreeMap<Place, usize> = BTreeMap::new();
    for finding in old {
        let mut place = Place::of(finding);
        place.follow(moves);
        *known.entry(place).or_default() += 1;
    }
    let mut mended = BTreeSet::new();
    for it in some {
        let mut place = it.place.clone();
        place.follow(moves);
        if let Some(count) = known.get_mut(&place) {
            *count = count.saturating_sub(1);
        }
        mended.insert(place);
    }
    for finding in new {
        let place = Place::of(finding);
        match known.get_mut(&place) {
            Some(count) if *count > 0 => *count -= 1,
            _ if mended.contains(&place) => return Err("the finding would still be there".to_owned()),
            _ => return Err(format!("another finding would come of it, {}: {}", finding.check, finding.message)),
        }
    }
    Ok(())
}

fn comments_of<'s>(sources: &'s Sources, checked: &Checked) -> Vec<(FileId, &'s str)> {
    checked.comments.iter().map(|&span| (span.file, sources.text(span).trim_end())).collect()
}

fn comments(old: &[(FileId, &str)], new: &[(FileId, &str)]) -> Result<(), String> {
    if old == new {
        return Ok(());
    }
    let lost = old.iter().find(|comment| !new.contains(comment));
    Err(match lost {
        Some((_, comment)) => format!("the comment `{comment}` would be lost"),
        None => "comments would come to stand elsewhere".to_owned(),
    })
}

/// All prose and every heading.
fn words_of(collection: &Collection) -> Words {
    let mut words = Words::new();
    let mut add = |span: Span, text: &str| drop(words.insert(start(span), (span.end, text.to_owned())));
    for policy in &collection.policies {
        let mut prose = |it: &Prose| add(it.span, &it.markdown);
        let items = policy.items.iter().chain(policy.blocks.iter().flat_map(|block| &block.items));
        for item in items {
            match item {
                Item::Prose(it) | Item::Note(it) => prose(it),
                _ => {}
            }
        }
        policy.definitions.iter().filter_map(|definition| definition.prose.as_ref()).for_each(prose);
        for block in &policy.blocks {
            if let (Some(heading), Some(span)) = (&block.heading, block.heading_span) {
                add(span, heading);
            }
        }
    }
    words
}

/// Prose stays, and says what it said unless an edit is made in it.
fn words(old: Words, new: &Words, edits: &[&Edit], moves: &Moves) -> Result<(), String> {
    let mut places = BTreeSet::new();
    for ((file, start), (end, text)) in old {
        let after = follow((file, start), moves);
        places.insert(after);
        let is_edited = |edit: &&Edit| edit.span.file == file && start <= edit.span.start && edit.span.end <= end;
        match new.get(&after) {
            None => return Err(format!("prose would be lost: {}", beginning(&text))),
            Some((_, said)) if *said != text && !edits.iter().copied().any(|edit| is_edited(&edit)) => {
                return Err(format!("prose would change: {}", beginning(&text)));
            }
            Some(_) => {}
        }
    }
    match new.iter().find(|(point, _)| !places.contains(*point)) {
        Some((_, (_, text))) => Err(format!("other words would become prose: {}", beginning(text))),
        None => Ok(()),
    }
}

fn beginning(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().take(9).collect();
    if words.len() == 9 {
        words[8] = "…";
    }
    format!("“{}”", words.join(" "))
}

/// A rule that no edit touches stays where it is.
fn rules(old: &Collection, new: &Collection, edits: &[&Edit], moves: &Moves) -> Result<(), String> {
    let after: BTreeSet<Point> = new.rules().map(|(_, rule)| start(rule.span)).collect();
    for (_, rule) in old.rules() {
        let touched = |edit: &&&Edit| {
            edit.span.file == rule.span.file && edit.span.start < rule.span.end && rule.span.start < edit.span.end
        };
        if !after.contains(&follow(start(rule.span), moves)) && !edits.iter().any(|edit| touched(&edit)) {
            return Err(format!("the rule {} would be lost", rule.key));
        }
    }
    Ok(())
}

/// Of the rules that stay, the same give way to the same.
fn overrides(old: &Collection, new: &Collection, some: &[Mending], moves: &Moves) -> Result<(), String> {
    let after: BTreeSet<Point> = new.rules().map(|(_, rule)| start(rule.span)).collect();
    let idle: Vec<&Edit> = some.iter().filter(|it| it.place.check == IDLE_OVERRIDE).flat_map(|it| &it.edits).collect();
    let is_taken_away = |span: Span| {
        idle.iter()
            .any(|edit| edit.span.file == span.file && edit.span.start <= span.start && span.end <= edit.span.end)
    };
    let before: BTreeSet<(Point, Point)> = old
        .edges
        .iter()
        .filter(|edge| !is_taken_away(edge.span))
        .map(|edge| [edge.winner, edge.loser].map(|rule| follow(start(old.rule(rule).span), moves)))
        .filter(|ends| ends.iter().all(|end| after.contains(end)))
        .map(|[winner, loser]| (winner, loser))
        .collect();
    let now: BTreeSet<(Point, Point)> =
        new.edges.iter().map(|edge| (start(new.rule(edge.winner).span), start(new.rule(edge.loser).span))).collect();
    if before == now { Ok(()) } else { Err("it would change which rule gives way to which".to_owned()) }
}

fn start(span: Span) -> Point {
    (span.file, span.start)
}

/// Where a place comes to stand.
fn follow((file, offset): Point, moves: &Moves) -> Point {
    (file, moves.place(file, offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(FILE, start, end), text: text.to_owned() }
    }

    fn said(places: &[(u32, &str)]) -> Words {
        let words = |&(start, text): &(u32, &str)| ((FILE, start), (start + text.len() as u32, text.to_owned()));
        places.iter().map(words).collect()
    }

    #[track_caller]
    fn assert_words(new: &[(u32, &str)], edit: &Edit, expected: Result<(), &str>) {
        let old = said(&[(10, "staff must"), (30, "pupils may")]);
        let compared = words(old, &said(new), &[edit], &Moves::of(&[edit]));
        assert_eq!(compared, expected.map_err(str::to_owned));
    }

    #[test]
    fn prose_may_move_and_change_where_it_is_edited() {
        assert_words(&[(12, "staff must"), (32, "pupils may")], &edit(0, 0, "xx"), Ok(()));
        assert_words(&[(10, "teachers must"), (33, "pupils may")], &edit(10, 15, "teachers"), Ok(()));
    }

    #[test]
    fn prose_may_neither_go_nor_change_nor_come() {
        assert_words(&[(10, "staff must")], &edit(25, 26, "x"), Err("prose would be lost: “pupils may”"));
        let changed = [(10, "staff must"), (30, "pupils must")];
        assert_words(&changed, &edit(25, 26, "x"), Err("prose would change: “pupils may”"));
        let more = [(10, "staff must"), (25, "x"), (30, "pupils may")];
        assert_words(&more, &edit(25, 26, "x"), Err("other words would become prose: “x”"));
    }

    #[test]
    fn comments_are_told_when_they_go() {
        let old = [(FILE, "# one"), (FILE, "# two")];
        assert_eq!(comments(&old, &old), Ok(()));
        assert_eq!(comments(&old, &old[..1]), Err("the comment `# two` would be lost".to_owned()));
        let turned = [old[1], old[0]];
        assert_eq!(comments(&old, &turned), Err("comments would come to stand elsewhere".to_owned()));
    }

    #[test]
    fn a_finding_is_known_again_where_it_has_moved() {
        let found = |check, start| Finding::new(check, Span::new(FILE, start, start + 1), "m");
        let edits = edit(5, 6, "long");
        let moves = Moves::of(&[&edits]);
        let old = [found("a", 5), found("b", 9)];
        let compared = |new: &[Finding]| findings(&old, new, &[], &moves);
        assert_eq!(compared(&[found("a", 5), found("b", 12)]), Ok(()));
        assert_eq!(compared(&[]), Ok(()), "what goes besides is welcome");
        for new in [found("a", 12), found("b", 9)] {
            assert!(compared(&[new]).is_err());
        }
        assert!(compared(&[found("a", 5), found("a", 5)]).is_err(), "one more of the same");
    }
}
