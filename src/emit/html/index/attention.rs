//! What needs attention, most pressing first: dates that have passed or are near, what is not in force yet, what is not
//! filled in. Nothing is said that the policies do not say, and a day that nobody named judges nothing.

use serde::Serialize;

use super::Pages;
use crate::emit::desk::{Entry, INCOMPLETE, OVERDUE, SOON, Standing, called};
use crate::emit::page::{Date, capitalised};
use crate::model::{Missing, PartialDate, Status};

/// How many points of a group are shown at once; the rest is folded up.
const SHOWN: usize = 10;

/// What needs attention, and of what there is nothing.
#[derive(Serialize)]
pub(super) struct Attention {
    groups: Vec<Group>,
    /// A sentence for each matter of which there is nothing.
    calm: Vec<String>,
}

/// Points of one kind.
#[derive(Serialize)]
struct Group {
    /// `past`, `soon` or `open`, for the stylesheet.
    name: &'static str,
    label: String,
    count: usize,
    points: Vec<Point>,
    /// Those beyond the first, where they are many.
    more: Vec<Point>,
    /// How many these are.
    folded: usize,
}

/// A policy, or a place in one, and what there is to say of it.
#[derive(Serialize)]
struct Point {
    href: String,
    title: String,
    /// Where the page has policies of several.
    organisation: Option<String>,
    /// What there is to say, and the date that ends it.
    says: String,
    date: Option<Date>,
    /// Where the decision to live with it stands.
    accepted: Option<String>,
}

/// Gathers it.
pub(super) fn attention(pages: &Pages<'_>, desk: &[Entry<'_>]) -> Attention {
    let several = desk.chunk_by(|a, b| a.organisation_id == b.organisation_id).nth(1).is_some();
    let desk = Desk { pages, desk, several };
    let status = |status| desk.policies("", move |entry| entry.policy.status.is_some_and(|(it, _)| it == status));
    let past = [
        ("past", "Overdue reviews".to_owned(), desk.reviews(Standing::Past, "was due by")),
        ("past", "Decisions that have run out".to_owned(), desk.decisions(Standing::Past, "accepted until")),
        ("soon", format!("Reviews due within {SOON} days"), desk.reviews(Standing::Soon, "due by")),
        (
            "soon",
            format!("Decisions that run out within {SOON} days"),
            desk.decisions(Standing::Soon, "accepted until"),
        ),
    ];
    let open = [
        ("open", "Out for consultation".to_owned(), status(Status::Consultation)),
        ("open", "Drafts".to_owned(), status(Status::Draft)),
        ("open", "Not filled in".to_owned(), desk.parameters()),
        ("open", "Missing particulars".to_owned(), desk.missing()),
    ];
    let calm = calm(pages, past.each_ref().map(|(.., points)| points.is_empty()), &open);
    let groups = past.into_iter().chain(open).filter(|(.., points)| !points.is_empty());
    Attention { groups: groups.map(|(name, label, points)| Group::new(name, label, points)).collect(), calm }
}

/// What is said of matters of which there is nothing.
fn calm(
    pages: &Pages<'_>,
    [overdue, run_out, due, runs_out]: [bool; 4],
    open: &[(&str, String, Vec<Point>)],
) -> Vec<String> {
    let mut calm = Vec::new();
    if let Some(day) = pages.settings.as_of {
        let day = PartialDate::from_day(day).told();
        match (overdue, run_out) {
            (true, true) => calm.push(format!("Nothing is overdue as of {day}.")),
            (true, false) => calm.push(format!("No review is overdue as of {day}.")),
            (false, true) => calm.push(format!("No decision has run out as of {day}.")),
            (false, false) => {}
        }
        match (due, runs_out) {
            (true, true) => calm.push(format!("No review is due and no decision runs out within {SOON} days.")),
            (true, false) => calm.push(format!("No review is due within {SOON} days.")),
            (false, true) => calm.push(format!("No decision runs out within {SOON} days.")),
            (false, false) => {}
        }
    }
    if open.iter().all(|(.., points)| points.is_empty()) {
        calm.push("No policy is a draft or out for consultation, and none lacks particulars.".to_owned());
    }
    calm
}

impl Group {
    fn new(name: &'static str, label: String, mut points: Vec<Point>) -> Self {
        let count = points.len();
        // Folding a single point up would save nothing.
        let more = if count > SHOWN + 1 { points.split_off(SHOWN) } else { Vec::new() };
        Group { name, label, count, folded: more.len(), points, more }
    }
}

struct Desk<'d, 'a> {
    pages: &'d Pages<'a>,
    desk: &'d [Entry<'a>],
    several: bool,
}

impl<'a> Desk<'_, 'a> {
    /// Policies of a kind, with a word about each.
    fn policies(&self, says: &str, is: impl Fn(&Entry<'a>) -> bool) -> Vec<Point> {
        self.desk.iter().filter(|entry| is(entry)).map(|entry| self.point(entry, says.to_owned())).collect()
    }

    fn point(&self, entry: &Entry<'a>, says: String) -> Point {
        Point {
            href: self.pages.path(entry.id),
            title: entry.policy.title.clone(),
            organisation: self.several.then(|| entry.organisation.to_owned()),
            says,
            date: None,
            accepted: None,
        }
    }

    /// Where the decisions of a policy are told, if it has decided to live with what this check finds.
    fn accepted(&self, entry: &Entry<'a>, check: &str) -> Option<String> {
        entry.is_accepted(check).then(|| format!("{}#page.accepted", self.pages.path(entry.id)))
    }

    fn reviews(&self, standing: Standing, says: &str) -> Vec<Point> {
        let mut entries: Vec<&Entry<'a>> = self.desk.iter().filter(|it| it.review == Some(standing)).collect();
        entries.sort_by_key(|entry| entry.due.map(PartialDate::last_day));
        let point = |entry: &&Entry<'a>| Point {
            date: entry.due.map(Date::from),
            accepted: self.accepted(entry, OVERDUE),
            ..self.point(entry, says.to_owned())
        };
        entries.iter().map(point).collect()
    }

    fn decisions(&self, standing: Standing, says: &str) -> Vec<Point> {
        let mut points = Vec::new();
        for entry in self.desk {
            let page = self.pages.path(entry.id);
            for accept in entry.policy.accepts.iter().filter(|it| entry.standing(it) == Some(standing)) {
                let until = accept.until.map(|(until, _)| until);
                let what = self.pages.site.scope.point(&accept.check);
                let (href, title) = match accept.block {
                    Some(block) => {
                        let at = called(self.pages.site.scope, entry.policy, entry.id, block);
                        (format!("{page}#{}", entry.policy.block(block).path), format!("{}, {at}", entry.policy.title))
                    }
                    None => (format!("{page}#page.accepted"), entry.policy.title.clone()),
                };
                let point =
                    Point { href, title, date: until.map(Date::from), ..self.point(entry, format!("{what}; {says}")) };
                points.push((until.map(PartialDate::last_day), point));
            }
        }
        points.sort_by_key(|(until, _)| *until);
        points.into_iter().map(|(_, point)| point).collect()
    }

    fn parameters(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for entry in self.desk.iter().filter(|entry| !entry.policy.is_withdrawn()) {
            let unset = entry.policy.parameters.iter().filter(|it| it.value.is_none());
            let labels: Vec<&str> = unset.map(|it| it.label.as_str()).collect();
            if !labels.is_empty() {
                points.push(self.point(entry, capitalised(&labels.join("; "))));
            }
        }
        points
    }

    fn missing(&self) -> Vec<Point> {
        let lacking = self.desk.iter().filter(|entry| !entry.missing.is_empty());
        let point = |entry: &Entry<'a>| {
            let missing: Vec<&str> = entry.missing.iter().map(|&missing| told(missing)).collect();
            Point { accepted: self.accepted(entry, INCOMPLETE), ..self.point(entry, listed(&missing)) }
        };
        lacking.map(point).collect()
    }
}

/// `No version, owner or approval`.
fn listed(missing: &[&str]) -> String {
    match missing {
        [init @ .., last] if !init.is_empty() => format!("No {} or {last}", init.join(", ")),
        _ => format!("No {}", missing.concat()),
    }
}

/// What is missing, after "no".
fn told(missing: Missing) -> &'static str {
    match missing {
        Missing::Version => "version",
        Missing::Status => "status",
        Missing::Owner => "owner",
        Missing::Approval => "approval",
        Missing::ApprovalDate => "date of approval",
        Missing::Approver => "body that approved it",
        Missing::Effective => "day from which it holds",
        Missing::Review => "review date",
    }
}
