//! `reviews.ics`: the days by which policies are to be reviewed, and decisions run out, for a calendar (RFC 5545).
//!
//! An event's UID comes from written ids alone: a calendar that reads the file again moves what has moved, and doubles
//! nothing. Its stamp comes from the dates of the policy, since no clock is read. There are no alarms: the file is for
//! many, and each of them says in their own calendar when to be reminded.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Entry, called};
use crate::emit::page::{Site, cycle, party, sentence, the, title};
use crate::emit::view::Generator;
use crate::model::{Accept, Policy};

/// Name of the file.
pub const FILE: &str = "reviews.ics";

/// The longest a line may be, in bytes.
const LONGEST: usize = 75;

/// The whole file; `None` where no policy in force or on its way there has such a day: a calendar must not be empty.
/// `whose` says whose policies they are.
pub(in crate::emit) fn calendar(site: &Site<'_>, entries: &[Entry<'_>], whose: Option<&str>) -> Option<String> {
    if !has_events(entries) {
        return None;
    }
    let mut events = String::new();
    for entry in entries.iter().filter(|entry| !entry.policy.is_withdrawn()) {
        review(site, entry, &mut events);
        decisions(site, entry, &mut events);
    }
    let name = whose.map_or_else(|| "Policy reviews".to_owned(), |whose| format!("Policy reviews – {whose}"));
    let mut text = String::with_capacity(events.len() + 256);
    line("BEGIN", "VCALENDAR", &mut text);
    line("VERSION", "2.0", &mut text);
    line("PRODID", &format!("-//Clausal//Clausal {}//EN", Generator::CLAUSAL.version), &mut text);
    line("CALSCALE", "GREGORIAN", &mut text);
    line("NAME", &escaped(&name), &mut text);
    // What calendars older than RFC 7986 call it.
    line("X-WR-CALNAME", &escaped(&name), &mut text);
    text.push_str(&events);
    line("END", "VCALENDAR", &mut text);
    Some(text)
}

/// Whether there is such a day.
pub(in crate::emit) fn has_events(entries: &[Entry<'_>]) -> bool {
    let mut standing = entries.iter().filter(|entry| !entry.policy.is_withdrawn());
    standing.any(|entry| entry.due.is_some() || entry.first_until().is_some())
}

/// An event that lasts a day.
struct Event {
    uid: String,
    stamp: Date,
    day: Date,
    summary: String,
    description: Vec<String>,
    category: &'static str,
}

impl Event {
    fn write(&self, out: &mut String) {
        line("BEGIN", "VEVENT", out);
        line("UID", &escaped(&self.uid), out);
        line("DTSTAMP", &format!("{}T000000Z", basic(self.stamp)), out);
        line("DTSTART;VALUE=DATE", &basic(self.day), out);
        line("SUMMARY", &escaped(&self.summary), out);
        line("DESCRIPTION", &escaped(&self.description.join("\n")), out);
        line("CATEGORIES", self.category, out);
        // A review fills nobody's day.
        line("TRANSP", "TRANSPARENT", out);
        line("END", "VEVENT", out);
    }
}

fn review(site: &Site<'_>, entry: &Entry<'_>, out: &mut String) {
    let (policy, Some(due)) = (entry.policy, entry.due) else { return };
    let every = cycle(policy).map_or_else(String::new, |every| format!(", {every}"));
    let mut description = vec![format!("The next review is due by {}{every}.", due.told())];
    description.extend(about(site, entry));
    Event {
        uid: format!("urn:clausal:review:{}", policy.key),
        stamp: stamp(policy, due.last_day()),
        day: due.last_day(),
        summary: format!("Review due: {} ({})", policy.title, entry.organisation),
        description,
        category: "Policy review",
    }
    .write(out);
}

fn decisions(site: &Site<'_>, entry: &Entry<'_>, out: &mut String) {
    let policy = entry.policy;
    let mut taken: HashMap<String, usize> = HashMap::new();
    for accept in &policy.accepts {
        let Some((until, _)) = accept.until else { continue };
        let mut uid = uid(site, entry, accept);
        // Two decisions on the same point at the same place are told apart by their order.
        let number = taken.entry(uid.clone()).and_modify(|number| *number += 1).or_insert(1);
        if *number > 1 {
            uid.push_str(&format!(":{number}"));
        }
        let what = site.scope.point(&accept.check);
        let at = accept.block.map(|block| called(site.scope, policy, entry.id, block));
        let at = at.map_or_else(String::new, |at| format!(", {at}"));
        let by = accept.by.map_or_else(String::new, |by| format!(" by {}", the(&site.scope.collection.vocabulary, by)));
        let with = accept.with.map_or_else(String::new, |with| format!(", with {}", title(site.scope, policy, with)));
        let mut description = vec![
            format!("Accepted{by} until {}: {what}{with}.", until.told()),
            format!("Why: {}", sentence(&accept.because)),
        ];
        description.extend(about(site, entry));
        Event {
            uid,
            stamp: stamp(policy, until.last_day()),
            day: until.last_day(),
            summary: format!("Decision runs out: {}{at} ({})", policy.title, entry.organisation),
            description,
            category: "Policy decision",
        }
        .write(out);
    }
}

/// The UID of a decision: its place, what it is about, and the other side.
fn uid(site: &Site<'_>, entry: &Entry<'_>, accept: &Accept) -> String {
    let at = accept.block.map_or(&entry.policy.key, |block| &entry.policy.block(block).key);
    let with =
        accept.with.map_or_else(String::new, |with| format!(":{}", site.scope.collection.key_of(with, entry.id)));
    format!("urn:clausal:decision:{at}:{}{with}", accept.check)
}

/// What every event says of its policy.
fn about(site: &Site<'_>, entry: &Entry<'_>) -> Vec<String> {
    let policy = entry.policy;
    let mut lines = Vec::new();
    lines.extend(policy.owner.map(|owner| format!("Owner: {}", party(&site.scope.collection.vocabulary, owner))));
    lines.extend(policy.version.as_ref().map(|(version, _)| format!("Version: {version}")));
    lines.extend(policy.status.map(|(status, _)| format!("Status: {}", status.name())));
    lines.push(format!("Page: {}.html", site.stem(entry.id)));
    lines
}

/// When a policy was last dealt with, as far as it says so: its latest version or approval, or else the day it takes
/// effect, or else the day of the event itself.
fn stamp(policy: &Policy, day: Date) -> Date {
    let approved = policy.approved.as_ref().and_then(|approval| approval.date);
    let dealt = policy.history.iter().map(|it| it.date).chain(approved).map(|date| date.first_day()).max();
    dealt.or(policy.effective.map(|(effective, _)| effective.first_day())).unwrap_or(day)
}

/// `20260317`.
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text as the value of a property. What a line must not hold becomes a blank.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            _ if letter.is_control() && letter != '\t' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// A property, in as many lines as it needs: a line that goes on begins with a blank, and no character is cut.
fn line(name: &str, value: &str, out: &mut String) {
    let mut width = 0;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if width + letter.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        for text in ["x".repeat(500), "é–🏫".repeat(60), "a".repeat(LONGEST - 2), "b".repeat(LONGEST - 1)] {
            let mut out = String::new();
            line("N", &text, &mut out);
            let lines: Vec<&str> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= LONGEST), "{out}");
            assert!(lines.iter().rev().skip(1).all(|line| line.len() + 4 > LONGEST), "lines are used: {out}");
            assert_eq!(out.replace("\r\n ", ""), format!("N:{text}\r\n"));
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\rf\u{7}:\"\""), "a\\, b\\; c\\\\d\\ne f :\"\"");
    }
}
