//! Quantities and dates as written, to exact amounts and days.
//!
//! It knows numbers, units and calendars, and nothing of what they are said about.

use super::suggest::{closest, suggest};
use crate::diagnostic::Finding;
use crate::model::{Amount, Number, PartialDate, Unit};
use crate::syntax::ast::{Quantity, Word};

/// The unit written so, or a finding.
pub(super) fn unit(word: Word<'_>, findings: &mut Vec<Finding>) -> Option<Unit> {
    let unit = Unit::parse(word.text);
    if unit.is_none() {
        // A misspelt plural is mended to the plural.
        let plurals: Vec<String> = Unit::ALL.iter().map(|unit| format!("{}s", unit.name())).collect();
        let names = || Unit::ALL.iter().map(|unit| unit.name());
        let candidates = plurals.iter().map(String::as_str).chain(names()).chain(["people"]);
        let all: Vec<&str> = names().collect();
        let finding = Finding::new("syntax", word.span, format!("`{}` is not a unit", word.text));
        let help = || format!("the units are {}", super::suggest::listed(&all, "and"));
        findings.push(suggest(finding, word.span, &closest(word.text, candidates), help));
    }
    unit
}

/// The amount written so, or a finding.
pub(super) fn amount(quantity: &Quantity<'_>, findings: &mut Vec<Finding>) -> Option<Amount> {
    let number = number(quantity.number, findings);
    let unit = unit(quantity.unit, findings);
    let amount = Amount { number: number?, unit: unit? };
    if amount.unit.is_whole() && !amount.number.is_whole() {
        let message =
            format!("`{}` are counted in whole numbers, and `{}` is none", quantity.unit.text, quantity.number.text);
        findings.push(Finding::new("syntax", quantity.number.span, message).help("write a whole number"));
        return None;
    }
    Some(amount)
}

/// The amount of time written so, or a finding; `of` says what it is the length of.
pub(super) fn duration(quantity: &Quantity<'_>, of: &str, findings: &mut Vec<Finding>) -> Option<Amount> {
    let amount = amount(quantity, findings)?;
    if !amount.unit.is_duration() {
        let message = format!("`{}` is no length of time, and {of} is one", quantity.unit.text);
        findings.push(
            Finding::new("incomparable-units", quantity.span, message)
                .help("write minutes, hours, days, weeks, months, years, school days or working days"),
        );
        return None;
    }
    Some(amount)
}

fn number(word: Word<'_>, findings: &mut Vec<Finding>) -> Option<Number> {
    let number = Number::parse(word.text);
    if number.is_none() {
        let message = format!("the number `{}` is too long to be kept exactly", word.text);
        findings.push(Finding::new("syntax", word.span, message).help(format!(
            "a number has at most {} digits, {} of them after the point",
            Number::MAX_DIGITS,
            Number::MAX_DECIMALS
        )));
    }
    number
}

/// The date written so, or a finding.
pub(super) fn date(word: Word<'_>, findings: &mut Vec<Finding>) -> Option<PartialDate> {
    let date = PartialDate::parse(word.text);
    if date.is_none() {
        // The month is known where only the day is too late: then its last day is worth telling.
        let month = word.text.get(..7).filter(|_| word.text.len() == 10).and_then(PartialDate::parse);
        let help = match month {
            Some(month) => format!("{} ends on the {}", month.told(), ordinal(month.last_day().day())),
            None => "write a day as `2026-03-17`, a month as `2026-03`, a year as `2026`".to_owned(),
        };
        findings.push(Finding::new("syntax", word.span, format!("there is no date `{}`", word.text)).help(help));
    }
    date
}

fn ordinal(day: i8) -> String {
    match day {
        31 => "31st".to_owned(),
        _ => format!("{day}th"),
    }
}
