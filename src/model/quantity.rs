//! Exact quantities: decimal numbers as scaled integers, and units that convert or do not.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number, never negative and never rounded: `digits / 10^scale`, with no needless zero at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    digits: u64,
    scale: u8,
}

/// A unit of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 60 to the hour.
    Minute,
    /// 24 to the day.
    Hour,
    /// 7 to the week.
    Day,
    /// A week.
    Week,
    /// 12 to the year; converts into no number of days.
    Month,
    /// A year.
    Year,
    /// A day on which the school is open to pupils.
    SchoolDay,
    /// A day on which staff work.
    WorkingDay,
    /// Hundredths.
    Percent,
    /// Pounds sterling.
    Pound,
    /// People; whole.
    Person,
    /// Occurrences; whole.
    Time,
}

/// A number and its unit: `30 minutes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// How many.
    pub number: Number,
    /// Of what.
    pub unit: Unit,
}

impl Number {
    /// The most digits a number can have, so that it is exact in every reader of the JSON export.
    pub const MAX_DIGITS: usize = 15;

    /// The most digits after the point.
    pub const MAX_DECIMALS: usize = 6;

    /// The decimals that a computed number can have.
    const EXACT_DECIMALS: u32 = Self::MAX_DECIMALS as u32 + 1;

    /// Reads `30` or `0.5`; `None` for anything else and for more digits than are kept exactly.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = fraction.trim_end_matches('0');
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || text.ends_with('.') || !plain(whole) || !plain(fraction) {
            return None;
        }
        let significant = whole.trim_start_matches('0').len() + fraction.len();
        if significant > Self::MAX_DIGITS || fraction.len() > Self::MAX_DECIMALS {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).fold(0u64, |sum, byte| sum * 10 + u64::from(byte - b'0'));
        Some(Number { digits, scale: fraction.len() as u8 })
    }

    /// A whole number.
    pub fn whole(digits: u64) -> Self {
        Number { digits, scale: 0 }
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.scale == 0
    }

    /// Whether it is exactly one.
    pub fn is_one(self) -> bool {
        self == Number::whole(1)
    }

    /// The number in ten-millionths: exact, since no more decimals than six are read, and what lies halfway between two
    /// such numbers has one more.
    pub fn ten_millionths(self) -> u128 {
        u128::from(self.digits) * 10u128.pow(Self::EXACT_DECIMALS - u32::from(self.scale))
    }

    /// The number that is so many ten-millionths, rounded down where it has more than 19 digits; `None` for one that is
    /// too large even so.
    fn of_ten_millionths(count: u128) -> Option<Self> {
        let (mut digits, mut scale) = (count, Self::EXACT_DECIMALS as u8);
        while scale > 0 && (digits.is_multiple_of(10) || digits > u128::from(u64::MAX)) {
            digits /= 10;
            scale -= 1;
        }
        Some(Number { digits: u64::try_from(digits).ok()?, scale })
    }

    /// The nearest binary floating-point number, which prints with the same digits.
    pub fn to_f64(self) -> f64 {
        self.digits as f64 / 10f64.powi(i32::from(self.scale))
    }

    /// The number as an integer, where it is whole.
    pub fn to_integer(self) -> Option<u64> {
        self.is_whole().then_some(self.digits)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let power = 10u64.pow(u32::from(self.scale));
        write!(f, "{}.{:0width$}", self.digits / power, self.digits % power, width = usize::from(self.scale))
    }
}

impl Unit {
    /// All units, in the order in which they are told.
    pub const ALL: [Unit; 12] = [
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Week,
        Unit::Month,
        Unit::Year,
        Unit::SchoolDay,
        Unit::WorkingDay,
        Unit::Percent,
        Unit::Pound,
        Unit::Person,
        Unit::Time,
    ];

    /// The unit written so, singular or plural.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "people" {
            return Some(Unit::Person);
        }
        Self::ALL.into_iter().find(|unit| text == unit.name() || text.strip_suffix('s') == Some(unit.name()))
    }

    /// Its id: `school-day`.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::SchoolDay => "school-day",
            Unit::WorkingDay => "working-day",
            Unit::Percent => "percent",
            Unit::Pound => "pound",
            Unit::Person => "person",
            Unit::Time => "time",
        }
    }

    /// How an author writes several of it: `school-days`.
    pub fn written(self) -> String {
        match self {
            Unit::Percent => "percent".to_owned(),
            Unit::Person => "people".to_owned(),
            unit => format!("{}s", unit.name()),
        }
    }

    /// How it is told beside `number`: `school day`, `school days`.
    pub fn told(self, number: Number) -> &'static str {
        let one = number.is_one();
        match self {
            Unit::SchoolDay if one => "school day",
            Unit::SchoolDay => "school days",
            Unit::WorkingDay if one => "working day",
            Unit::WorkingDay => "working days",
            Unit::Percent => "per cent",
            Unit::Person if one => "person",
            Unit::Person => "people",
            _ if one => self.name(),
            Unit::Minute => "minutes",
            Unit::Hour => "hours",
            Unit::Day => "days",
            Unit::Week => "weeks",
            Unit::Month => "months",
            Unit::Year => "years",
            Unit::Pound => "pounds",
            Unit::Time => "times",
        }
    }

    /// Whether only whole numbers of it make sense.
    pub fn is_whole(self) -> bool {
        matches!(self, Unit::Person | Unit::Time)
    }

    /// Whether it measures time, so that it can stand in a deadline.
    pub fn is_duration(self) -> bool {
        !matches!(self, Unit::Percent | Unit::Pound | Unit::Person | Unit::Time)
    }

    /// The unit that amounts of this one convert into, and how many of it one makes.
    pub fn base(self) -> (Unit, u64) {
        match self {
            Unit::Minute => (Unit::Minute, 1),
            Unit::Hour => (Unit::Minute, 60),
            Unit::Day => (Unit::Minute, 24 * 60),
            Unit::Week => (Unit::Minute, 7 * 24 * 60),
            Unit::Month => (Unit::Month, 1),
            Unit::Year => (Unit::Month, 12),
            other => (other, 1),
        }
    }

    /// Whether amounts of the two can be compared.
    pub fn converts_to(self, other: Unit) -> bool {
        self.base().0 == other.base().0
    }
}

impl Amount {
    /// The amount in ten-millionths of its base unit: what amounts are compared by.
    pub fn in_base(self) -> u128 {
        self.number.ten_millionths() * u128::from(self.unit.base().1)
    }

    /// The amount that is so many ten-millionths of the base unit of `unit`, told in `unit` where it has so many exactly,
    /// else in the base unit. A number of more than 19 digits is rounded down; `None` for one that is too large even so.
    pub fn of_base(count: u128, unit: Unit) -> Option<Amount> {
        let (base, factor) = unit.base();
        let told = count
            .is_multiple_of(u128::from(factor))
            .then(|| Number::of_ten_millionths(count / u128::from(factor)))
            .flatten()
            .map(|number| Amount { number, unit });
        told.or_else(|| Some(Amount { number: Number::of_ten_millionths(count)?, unit: base }))
    }

    /// Which is more; `None` where the units do not convert.
    pub fn compare(self, other: Amount) -> Option<Ordering> {
        self.unit.converts_to(other.unit).then(|| self.in_base().cmp(&other.in_base()))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Pound => write!(f, "£{}", self.number),
            unit => write!(f, "{} {}", self.number, unit.told(self.number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (text, told) in [("30", "30"), ("0.50", "0.5"), ("007", "7"), ("0.000001", "0.000001"), ("12.05", "12.05")]
        {
            assert_eq!(Number::parse(text).map(|number| number.to_string()).as_deref(), Some(told));
        }
        for text in ["", ".", "1.", ".5", "1e3", "-1", "0.0000001", "1234567890123456"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn units_convert_or_do_not() {
        let amount = |number, unit| Amount { number: Number::whole(number), unit };
        assert_eq!(amount(2, Unit::Hour).compare(amount(120, Unit::Minute)), Some(Ordering::Equal));
        assert_eq!(amount(1, Unit::Year).compare(amount(13, Unit::Month)), Some(Ordering::Less));
        assert_eq!(amount(1, Unit::Day).compare(amount(1, Unit::SchoolDay)), None);
        let back = |text: &str, unit| {
            let amount = Amount { number: Number::parse(text).unwrap(), unit };
            Amount::of_base(amount.in_base(), unit) == Some(amount)
        };
        assert!(back("0.000001", Unit::Hour) && back("999999999999999", Unit::Week) && back("0", Unit::Year));
        let half = Amount::of_base(Number::parse("0.000003").unwrap().ten_millionths() / 2, Unit::Pound).unwrap();
        assert_eq!(half.number.to_string(), "0.0000015");
        let ten_minutes = Amount::of_base(amount(10, Unit::Minute).in_base(), Unit::Hour).unwrap();
        assert_eq!(ten_minutes.to_string(), "10 minutes");
        assert_eq!(Unit::parse("people"), Some(Unit::Person));
        assert_eq!(Unit::parse("school-days"), Some(Unit::SchoolDay));
        assert_eq!(Unit::parse("fortnight"), None);
    }
}
