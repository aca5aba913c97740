//! That pictures hold what they are made from, and that nothing in them lies upon anything else.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::graph::Narrowed;
use super::layout::{Label, Layout, layout};
use super::order::{Order, crossings, order};
use super::place::{Wanted, tops};
use super::text::{lines, width};
use super::{Bearer, Format, Row};
use crate::model::{Modality, PolicyId, RuleId};

const FORMATS: [Format; 2] = [Format::Wide, Format::Narrow];

/// Words as authors write them, and as they might.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z]{1,12}",
        1 => "[A-Z]{20,60}",
        1 => "[一-鿿]{1,12}",
        1 => Just("<b>&\"".to_owned()),
        1 => Just("👩‍🏫".to_owned()),
    ];
    prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
}

/// A bearer as the rules of a policy might make one: rows by force, each other party that of some row.
fn bearer() -> impl Strategy<Value = Bearer> {
    let row = (
        0..6_usize,
        words(),
        prop::collection::vec(words(), 0..6),
        0..3_usize,
        prop::collection::btree_set(0..14_usize, 0..5),
    );
    (words(), prop::collection::vec(words(), 14), prop::collection::vec(row, 0..100)).prop_map(
        |(label, others, rows)| {
            let mut rows: Vec<Row> = rows
                .into_iter()
                .map(|(modality, act, things, narrowed, towards)| Row {
                    modality: Modality::ALL[modality],
                    act,
                    things,
                    link: (towards.len() > 2).then_some("about"),
                    narrowed: [Narrowed::Never, Narrowed::Exceptions, Narrowed::Cases][narrowed],
                    towards: towards.into_iter().collect(),
                    rules: vec![RuleId { policy: PolicyId(0), index: 0 }],
                })
                .collect();
            rows.sort_by_key(|row| (row.modality, row.towards.is_empty()));
            Bearer { label, party: None, rules: vec![RuleId { policy: PolicyId(0), index: 0 }], rows, others }
        },
    )
}

/// A rectangle: left, top, right, bottom.
type Area = (i32, i32, i32, i32);

fn area(label: &Label) -> Area {
    (label.x, label.y, label.x + label.width(), label.y + label.height())
}

fn overlap(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Everything that has words or a frame, with what it is. Boxes stand for the words in them.
fn areas(layout: &Layout) -> Vec<(String, Area)> {
    let mut areas: Vec<(String, Area)> = Vec::new();
    for it in std::iter::once(&layout.bearer).chain(&layout.others) {
        let whole = (it.x, it.y, it.x + it.width, it.y + it.height);
        for (_, label) in &it.labels {
            let inner = area(label);
            let inside = inner.0 >= whole.0 && inner.1 >= whole.1 && inner.2 <= whole.2 && inner.3 <= whole.3;
            assert!(inside, "{:?} lies not in its box {whole:?}", label);
        }
        for pair in it.labels.windows(2) {
            assert!(!overlap(area(&pair[0].1), area(&pair[1].1)), "{pair:?}");
        }
        areas.push((format!("{:?}", it.labels), whole));
    }
    areas.extend(layout.remarks.iter().map(|it| (format!("{:?}", it.lines), area(it))));
    for force in &layout.forces {
        areas.push((
            force.modality.words().to_owned(),
            (force.x, force.y, force.x + force.width, force.y + force.height),
        ));
        for act in &force.acts {
            let own = area(&act.label);
            match &act.narrowed {
                // Its last line goes on; what is behind it has to end where others may begin.
                Some(it) if it.behind => {
                    let last = act.label.lines.last().map_or(0, |line| width(line, act.label.font));
                    assert!(act.label.x + last <= it.label.x && it.label.y + it.label.height() == own.3);
                    areas.push((format!("{act:?}"), (own.0, own.1, own.2.max(area(&it.label).2), own.3)));
                }
                Some(it) => {
                    areas.push((format!("{act:?}"), own));
                    areas.push((format!("{it:?}"), area(&it.label)));
                }
                None => areas.push((format!("{act:?}"), own)),
            }
        }
    }
    areas
}

fn assert_sound(bearer: &Bearer, layout: &Layout) {
    let areas = areas(layout);
    for (at, (what, area)) in areas.iter().enumerate() {
        let inside = area.0 >= 0 && area.1 >= 0 && area.2 <= layout.width && area.3 <= layout.height;
        assert!(inside, "{what} {area:?} lies outside {}x{}", layout.width, layout.height);
        for (other, there) in &areas[at + 1..] {
            assert!(!overlap(*area, *there), "{what} {area:?} and {other} {there:?}");
        }
    }
    // Lines run from behind the words of their act to the edge of a box, and no further down than the picture.
    for line in &layout.lines {
        let to = &layout.others[line.to_box];
        assert!(line.from.0 <= line.leave && line.to.0 == to.x, "{line:?}");
        assert!(line.to.1 >= to.y && line.to.1 <= to.y + to.height, "{line:?} misses {to:?}");
    }
    // What is drawn is what there is, but for what is said to be left out.
    let drawn: BTreeSet<usize> = layout.forces.iter().flat_map(|it| &it.acts).map(|act| act.row).collect();
    let count: usize = layout.forces.iter().map(|it| it.acts.len()).sum();
    assert_eq!(drawn.len(), count, "a row is drawn twice");
    let left = bearer.rows.len() - drawn.len();
    let told = layout.remarks.iter().any(|it| it.lines.join(" ") == format!("and {left} more, told below in words"));
    assert_eq!(left > 0, told, "{left} are left out");
    let lines: BTreeSet<(usize, usize)> = layout
        .lines
        .iter()
        .flat_map(|line| layout.others[line.to_box].labels.iter().map(|&(other, _)| (line.row, other)))
        .collect();
    let rows = drawn.iter().flat_map(|&row| bearer.rows[row].towards.iter().map(move |&other| (row, other)));
    assert_eq!(lines, rows.collect());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_upon_anything_else(bearer in bearer()) {
        for format in FORMATS {
            assert_sound(&bearer, &layout(&bearer, format));
        }
    }

    #[test]
    fn lines_hold_every_letter_and_none_is_too_wide(text in words(), font in 8..30, most in 60..400) {
        let lines = lines(&text, font, most);
        let letters = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
        for line in &lines {
            prop_assert!(width(line, font) <= most, "{} is wider than {}", line, most);
        }
    }

    #[test]
    fn boxes_keep_their_order_and_distance(boxes in prop::collection::vec((0..900, 10..90), 0..30), bottom in 100..2000) {
        let boxes: Vec<Wanted> = boxes.into_iter().map(|(middle, height)| Wanted { middle, height }).collect();
        let tops = tops(&boxes, 8, 20, bottom);
        prop_assert_eq!(tops.len(), boxes.len());
        let ends: Vec<i32> = tops.iter().zip(&boxes).map(|(top, it)| top + it.height).collect();
        prop_assert!(tops.first().is_none_or(|&top| top >= 20));
        for (end, next) in ends.iter().zip(tops.iter().skip(1)) {
            prop_assert!(end + 8 <= *next);
        }
        let whole: i32 = boxes.iter().map(|it| it.height + 8).sum::<i32>() - 8;
        if whole <= bottom - 20 {
            prop_assert!(ends.last().is_none_or(|&end| end <= bottom));
        }
    }

    #[test]
    fn an_order_has_everything_once_and_no_more_crossings(
        towards in prop::collection::vec(prop::collection::btree_set(0..9_usize, 1..4), 1..20),
    ) {
        let towards: Vec<Vec<usize>> = towards.into_iter().map(|it| it.into_iter().collect()).collect();
        let first = Order { rows: (0..towards.len()).collect(), others: (0..9).collect() };
        let found = order(&towards, 9);
        let mut naive = 0;
        for (at, a) in found.rows.iter().enumerate() {
            for b in &found.rows[at + 1..] {
                let place = |it: &usize| found.others.iter().position(|other| other == it);
                let pairs = towards[*a].iter().flat_map(|x| towards[*b].iter().map(move |y| (x, y)));
                naive += pairs.filter(|(x, y)| place(x) > place(y)).count();
            }
        }
        prop_assert_eq!(crossings(&found, &towards), naive);
        prop_assert!(naive <= crossings(&first, &towards));
        let sorted = |order: &[usize]| { let mut order = order.to_vec(); order.sort_unstable(); order };
        prop_assert_eq!(sorted(&found.rows), first.rows);
        prop_assert_eq!(sorted(&found.others), first.others);
    }
}

#[test]
fn a_row_names_some_things_and_counts_the_rest() {
    let things = |count: usize| (0..count).map(|at| format!("thing {at}")).collect();
    let row = |modality, things| Row {
        modality,
        act: "breach".to_owned(),
        things,
        link: None,
        narrowed: Narrowed::Never,
        towards: Vec::new(),
        rules: Vec::new(),
    };
    assert_eq!(row(Modality::MustNot, things(3)).short(), "breach thing 0, thing 1 or thing 2");
    assert_eq!(row(Modality::MustNot, things(9)).short(), "breach thing 0, thing 1 and 7 more");
    assert!(row(Modality::MustNot, things(9)).full().ends_with("thing 7 or thing 8"));
    assert_eq!(row(Modality::Must, things(2)).short(), "breach thing 0 and thing 1");
}

/// The widths hold for a font that is not measured: every letter of English is at least as wide as in common fonts.
#[test]
fn widths_are_those_of_a_wide_font() {
    // Arial's widths in thousandths, of words in its commonest letters.
    assert!(width("members of staff", 1000) > 7500);
    assert!(width("must not", 1000) > 3900);
}
