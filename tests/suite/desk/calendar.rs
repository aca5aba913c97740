//! `reviews.ics`, held against RFC 5545 by line, and read back by a library of its own.

use std::collections::BTreeSet;

use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime, Event};
use proptest::prelude::*;

use super::*;
use crate::suite::golden::golden;

/// The events of a calendar whose lines are as the standard has them.
fn events(text: &str) -> Vec<Event> {
    for line in text.split_inclusive('\n') {
        let line = line.strip_suffix("\r\n").unwrap_or_else(|| panic!("{line:?} does not end in CR and LF"));
        assert!(line.len() <= 75, "{line}");
        assert!(!line.is_empty() && !line.chars().any(|it| it.is_control() && it != '\t'), "{line:?}");
    }
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "{text}");
    assert!(!text.contains("\r\nMETHOD"), "it invites nobody");
    let calendar: Calendar = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    let events: Vec<Event> = calendar.components.iter().filter_map(|it| it.as_event().cloned()).collect();
    assert_eq!(events.len(), text.matches("\r\nBEGIN:VEVENT\r\n").count());
    let uids: BTreeSet<&str> = events.iter().map(|event| event.get_uid().expect("a UID")).collect();
    assert_eq!(uids.len(), events.len(), "a UID is there twice:\n{text}");
    assert!(events.iter().all(|event| event.get_timestamp().is_some() || stamp(event).is_some()), "a stamp is needed");
    events
}

fn day(event: &Event) -> String {
    match event.get_start() {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(_) | _)) | None => panic!("no whole day: {event:?}"),
    }
}

fn stamp(event: &Event) -> Option<&str> {
    event.property_value("DTSTAMP")
}

#[test]
fn reviews_and_decisions_are_events() {
    let compiled = policies(&[
        (
            "phones",
            "east",
            "version \"2.0\" status adopted owner head approved 2026-01-15 by board effective 2026-02-01 review every 10 months",
            "clause c {\n  | Text.\n  accept numbering-gap because \"people quote; the, numbers\" by board until 2027-03\n  accept \
             numbering-gap because \"so\" until 2027\n}\naccept review-overdue with @c because \"so\" until 2026-11-19",
        ),
        ("month", "west", "status adopted review by 2027-02 effective 2026", ""),
        ("bare", "west", "review by 2027", ""),
        ("gone", "west", "status withdrawn review by 2027-02", "accept numbering-gap because \"so\" until 2027"),
        ("never", "west", "", ""),
    ]);
    let text = &site(&compiled, None)["reviews.ics"];
    let events = events(text);
    let found: Vec<(&str, String, &str)> =
        events.iter().map(|it| (it.get_uid().expect("a UID"), day(it), stamp(it).expect("a stamp"))).collect();
    let expected = [
        ("urn:clausal:review:east/phones", "2026-11-15", "20260115T000000Z"),
        ("urn:clausal:decision:east/phones:c:numbering-gap", "2027-03-31", "20260115T000000Z"),
        ("urn:clausal:decision:east/phones:c:numbering-gap:2", "2027-12-31", "20260115T000000Z"),
        ("urn:clausal:decision:east/phones:review-overdue:east/phones:c", "2026-11-19", "20260115T000000Z"),
        ("urn:clausal:review:west/bare", "2027-12-31", "20271231T000000Z"),
        ("urn:clausal:review:west/month", "2027-02-28", "20260101T000000Z"),
    ];
    let mut found: Vec<(&str, &str, &str)> =
        found.iter().map(|(uid, day, stamp)| (*uid, day.as_str(), *stamp)).collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let review = events.iter().find(|it| it.get_uid() == Some("urn:clausal:review:east/phones")).expect("a review");
    assert_eq!(review.get_summary(), Some("Review due: phones (East School)"));
    let told = review.get_description().expect("a description");
    assert_eq!(
        told,
        "The next review is due by 15 November 2026, every 10 months.\nOwner: Head\nVersion: 2.0\nStatus: adopted\n\
         Page: east/phones.html"
    );
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains("Why: People quote\\; the\\, numbers"), "{text}");
}

#[test]
fn the_day_of_the_build_changes_nothing() {
    let compiled = Compiled::policies();
    let one = site(&compiled, None).remove("reviews.ics");
    assert!(one.is_some() && one == site(&compiled, Some(AS_OF)).remove("reviews.ics"));
}

#[test]
fn the_calendar_of_the_example_policies() {
    golden("desk/reviews.ics", &site(&Compiled::policies(), None)["reviews.ics"]);
}

#[test]
fn hostile_titles_are_text() {
    let text = &site(&hostile(), None)["reviews.ics"];
    let events = events(text);
    assert_eq!(
        events[0].get_summary(),
        Some("Review due: Hostile <script>alert(1)</script> | *title* (North & <South> \"Trust\")")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..Default::default() })]

    #[test]
    fn no_title_breaks_a_line(parts in proptest::collection::vec(prop_oneof![
        proptest::sample::select(vec![",", ";", ":", "\\\\", "\\\\n", "\\\"", "é", "–", "🏫", "BEGIN:VEVENT", " ", "="]).prop_map(str::to_owned),
        "[a-z]{1,40}",
    ], 1..10)) {
        let title = parts.concat();
        let text = format!("policy p \"{title}\" {{\n  organisation north\n  review by 2027\n}}\n");
        let compiled = Compiled::of(&[("p.policy", &text), ("w.policy", WORDS)]);
        prop_assume!(compiled.collection.policies.len() == 1);
        let events = events(&site(&compiled, None)["reviews.ics"]);
        prop_assert_eq!(events.len(), 1);
        let expected = format!("Review due: {} (North Trust)", compiled.collection.policies[0].title);
        prop_assert_eq!(events[0].get_summary(), Some(expected.as_str()));
    }
}
