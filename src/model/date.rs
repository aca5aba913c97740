//! Dates as exact as they are known: a day, a month or a year.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::{Amount, Unit};

/// A date of which at least the year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// Reads `2026-03-17`, `2026-03` or `2026`; `None` for a date there is not, such as 30 February.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |width: usize| match parts.next() {
            None => Some(None),
            Some(digits) if digits.len() == width => digits.parse::<i16>().ok().map(Some),
            Some(_) => None,
        };
        let (year, month, day) = (part(4)??, part(2)?, part(2)?);
        let known = Date::new(year, month.unwrap_or(1) as i8, day.unwrap_or(1) as i8).is_ok();
        let whole =
            parts.next().is_none() && year > 0 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        (known && whole).then_some(PartialDate { year, month: month.map(|m| m as i8), day: day.map(|d| d as i8) })
    }

    /// The day this is.
    pub fn from_day(day: Date) -> Self {
        PartialDate { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Date {
        date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            _ => self.first_day().last_of_year(),
        }
    }

    /// The date a while later, exact to the day of its first day; `None` for an amount that counts no calendar time or
    /// runs past the year 9999. Parts of a unit are left out: half a month has no fixed number of days.
    pub fn after(self, amount: Amount) -> Option<Self> {
        let count = i64::try_from(amount.number.to_integer()?).ok()?;
        let span = match amount.unit {
            Unit::Day => 0.days().try_days(count),
            Unit::Week => 0.days().try_weeks(count),
            Unit::Month => 0.days().try_months(count),
            Unit::Year => 0.days().try_years(count),
            _ => return None,
        };
        let day = self.first_day().checked_add(span.ok()?).ok()?;
        Some(PartialDate::from_day(day))
    }

    /// How it is told: `17 March 2026`, `March 2026`, `2026`.
    pub fn told(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = |month: i8| MONTHS.get(month as usize - 1).copied().unwrap_or_default();
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day} {} {}", name(month), self.year),
            (Some(month), None) => format!("{} {}", name(month), self.year),
            _ => self.year.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Number;

    #[test]
    fn dates_are_as_exact_as_written() {
        for text in ["2026-03-17", "2026-03", "2026"] {
            assert_eq!(PartialDate::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["2026-02-30", "2026-13", "26", "2026-3", "2026-03-17-1", "", "0000", "+026", "2026-+3"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
        let month = PartialDate::parse("2024-02").unwrap();
        assert_eq!(month.last_day(), date(2024, 2, 29));
        assert_eq!(month.told(), "February 2024");
    }

    #[test]
    fn a_year_after_a_leap_day_is_a_day_there_is() {
        let amount = Amount { number: Number::whole(12), unit: Unit::Month };
        let later = PartialDate::parse("2024-02-29").unwrap().after(amount).unwrap();
        assert_eq!(later.to_string(), "2025-02-28");
    }
}
