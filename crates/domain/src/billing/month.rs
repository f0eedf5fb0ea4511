//! A billing period: a calendar month.

use std::fmt;

use jiff::civil::Date;

use crate::time::Timestamp;
use crate::zone::Zone;

/// A month. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// A text that names no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a month: use the form 2026-11")]
pub struct InvalidMonth;

impl Month {
    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Result<Self, InvalidMonth> {
        let (year, month) = text.split_once('-').ok_or(InvalidMonth)?;
        if year.len() != 4
            || month.len() != 2
            || !text.bytes().all(|b| b == b'-' || b.is_ascii_digit())
        {
            return Err(InvalidMonth);
        }
        let year: i32 = year.parse().map_err(|_| InvalidMonth)?;
        let month: i32 = month.parse().map_err(|_| InvalidMonth)?;
        if (1970..=9998).contains(&year) && (1..=12).contains(&month) {
            Ok(Self(year * 12 + month - 1))
        } else {
            Err(InvalidMonth)
        }
    }

    /// The month an instant falls in.
    pub fn of(at: Timestamp, zone: Zone) -> Self {
        let date = zone.civil(at).date();
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// From the number of months since the year 0, as tables keep it.
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The number of months since the year 0.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The month before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// Its first instant.
    pub fn start(self, zone: Zone) -> Timestamp {
        let date = Date::new(self.year(), self.month_of_year(), 1).unwrap_or_default();
        zone.start_of_day(date)
    }

    fn year(self) -> i16 {
        i16::try_from(self.0.div_euclid(12)).unwrap_or(i16::MAX)
    }

    fn month_of_year(self) -> i8 {
        i8::try_from(self.0.rem_euclid(12) + 1).unwrap_or(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}
