//! The trust's desk: what whoever looks after the policies has to know of all of them, and the files that take it
//! elsewhere: a register for spreadsheets, review dates for calendars, and a list of anchors for those who check links.
//!
//! Dates are judged against a day that the caller names; without one, nothing is called due or overdue. It knows no page.

pub mod anchors;
pub mod calendar;
pub mod register;

use jiff::ToSpan;
use jiff::civil::Date;

use super::page::{Site, number, organisation, place, title};
use super::view::Scope;
use crate::model::{Accept, BlockIdx, Missing, PartialDate, Policy, PolicyId, Status, Target, Vocabulary, WordId};

/// How many days before it a date is worth a word.
pub(super) const SOON: i32 = 60;

/// The check that a review which was missed is found by.
pub(super) const OVERDUE: &str = "review-overdue";
/// The check that a header which lacks something is found by.
pub(super) const INCOMPLETE: &str = "missing-metadata";

/// Where a date lies, seen from the day that dates are judged against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Its last day has passed.
    Past,
    /// Its last day is that day, or one of the next [`SOON`].
    Soon,
    /// It is further away.
    Later,
}

impl Standing {
    /// Where a date lies. One of which only the month or the year is known has passed when all of it has, as the checks
    /// have it.
    pub fn of(date: PartialDate, as_of: Date) -> Self {
        let last = date.last_day();
        if last < as_of {
            return Standing::Past;
        }
        // Past the last day of the calendar there is nothing further away.
        match as_of.checked_add(SOON.days()) {
            Ok(limit) if last > limit => Standing::Later,
            _ => Standing::Soon,
        }
    }
}

/// A policy as the desk sees it.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The policy in the model.
    pub id: PolicyId,
    /// The same.
    pub policy: &'a Policy,
    /// What its organisation is called.
    pub organisation: &'a str,
    /// The id of its organisation; empty where it has none.
    pub organisation_id: &'a str,
    /// The latest day of its next review.
    pub due: Option<PartialDate>,
    /// Where that lies; `None` without a day to judge by, and for a draft and what is withdrawn: the one is being
    /// reviewed already, the other never again.
    pub review: Option<Standing>,
    /// What its header lacks; empty where part of the header could not be understood.
    pub missing: Vec<Missing>,
    as_of: Option<Date>,
}

impl<'a> Entry<'a> {
    fn new(site: &Site<'a>, id: PolicyId, as_of: Option<Date>) -> Self {
        let policy = site.scope.collection.policy(id);
        let due = policy.review_due();
        let is_judged = !matches!(policy.status, Some((Status::Draft | Status::Withdrawn, _)));
        Entry {
            id,
            policy,
            organisation: organisation(site.scope, id),
            organisation_id: policy.key.split_once('/').map_or("", |(organisation, _)| organisation),
            due,
            review: due.zip(as_of).filter(|_| is_judged).map(|(due, as_of)| Standing::of(due, as_of)),
            missing: if policy.unread { Vec::new() } else { Missing::of(policy) },
            as_of,
        }
    }

    /// The first day on which one of its decisions to live with a finding runs out.
    pub fn first_until(&self) -> Option<PartialDate> {
        let until = self.policy.accepts.iter().filter_map(|accept| accept.until);
        until.map(|(until, _)| until).min_by_key(|until| (until.last_day(), *until))
    }

    /// Where the last day of a decision lies; `None` where it has none, or there is no day to judge by.
    pub fn standing(&self, accept: &Accept) -> Option<Standing> {
        accept.until.zip(self.as_of).map(|((until, _), as_of)| Standing::of(until, as_of))
    }

    /// Whether somebody has decided to live with it that the check finds this in the policy as a whole.
    pub fn is_accepted(&self, check: &str) -> bool {
        let covers = |it: &&Accept| it.check == check && it.block.is_none() && it.with.is_none();
        self.policy.accepts.iter().filter(covers).any(|it| self.standing(it) != Some(Standing::Past))
    }
}

/// All policies in the order of the desk: by the names of their organisations from the top down, so that a school follows
/// its trust; then by title.
pub(super) fn entries<'a>(site: &Site<'a>, as_of: Option<Date>) -> Vec<Entry<'a>> {
    let vocabulary = &site.scope.collection.vocabulary;
    let mut entries: Vec<Entry<'_>> =
        site.scope.collection.policies().map(|(id, _)| Entry::new(site, id, as_of)).collect();
    entries.sort_by_cached_key(|entry| {
        let line = line_of(vocabulary, entry.policy.organisation);
        (line, entry.organisation_id, entry.policy.title.to_lowercase(), entry.policy.key.as_str())
    });
    entries
}

/// What a place of a policy is called in a list of many: `clause 3.2`, or by its heading where it has no number.
pub(super) fn called(scope: Scope<'_>, policy: &Policy, id: PolicyId, block: BlockIdx) -> String {
    match number(policy, block) {
        Some(_) => place(policy, block),
        None => title(scope, policy, Target::Block(id, block)).into_owned(),
    }
}

fn line_of(vocabulary: &Vocabulary, organisation: Option<WordId>) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = organisation;
    // A circle, which is a mistake that has been reported, ends when it has been gone round.
    while let Some(word) = next.filter(|_| names.len() < vocabulary.words.len()) {
        names.push(vocabulary.word(word).label.to_lowercase());
        next = vocabulary.word(word).parents.first().copied();
    }
    names.reverse();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stands_where_its_last_day_does() {
        let as_of = jiff::civil::date(2026, 11, 20);
        for (date, standing) in [
            ("2026-11-19", Standing::Past),
            ("2026-11-20", Standing::Soon),
            ("2027-01-19", Standing::Soon),
            ("2027-01-20", Standing::Later),
            ("2026-10", Standing::Past),
            ("2026-11", Standing::Soon),
            ("2026-12", Standing::Soon),
            ("2027-01", Standing::Later),
            ("2025", Standing::Past),
            ("2026", Standing::Soon),
            ("2027", Standing::Later),
        ] {
            let date = PartialDate::parse(date).unwrap();
            assert_eq!(Standing::of(date, as_of), standing, "{date}");
        }
        let last = PartialDate::from_day(Date::MAX);
        assert_eq!(Standing::of(last, Date::MAX), Standing::Soon);
    }
}
