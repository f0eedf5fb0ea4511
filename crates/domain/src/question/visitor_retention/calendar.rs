//! The units that a period touches.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::{MAX_UNITS, RetentionUnit};
use crate::question::Period;
use crate::time::Timestamp;

/// Whole units, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortCalendar {
    starts: Vec<Timestamp>,
    to: Timestamp,
}

/// A period of more units than can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period has at most {MAX_UNITS} units: use a longer unit or a shorter period")]
pub struct TooManyUnits;

impl CohortCalendar {
    /// The units that a period touches, by the days of its zone.
    ///
    /// # Errors
    ///
    /// When there are more than [`MAX_UNITS`].
    pub fn of(period: Period, unit: RetentionUnit) -> Result<Self, TooManyUnits> {
        let zone = period.zone();
        let mut date = first_date(zone.civil(period.from()).date(), unit);
        let mut starts = vec![zone.start_of_day(date).min(period.from())];
        loop {
            let Ok(next) = date.checked_add(length(unit)) else { return Err(TooManyUnits) };
            date = next;
            let start = zone.start_of_day(date);
            if start >= period.to() {
                return Ok(Self { starts, to: start });
            }
            if starts.len() == MAX_UNITS {
                return Err(TooManyUnits);
            }
            // A zone may leave out a day.
            if starts.last().is_some_and(|last| *last < start) {
                starts.push(start);
            }
        }
    }

    /// The first instant of the first unit.
    pub fn from(&self) -> Timestamp {
        self.starts.first().copied().unwrap_or(self.to)
    }

    /// The first instant after the last unit.
    pub const fn to(&self) -> Timestamp {
        self.to
    }

    /// The number of the unit of an instant before the end, -1 for what lies before the first, with a range of instants
    /// that have the same number.
    pub fn range(&self, at: Timestamp) -> (i64, Timestamp, Timestamp) {
        let after = self.starts.partition_point(|start| *start <= at);
        let ends = self.starts.get(after).copied().unwrap_or(self.to.max(at.plus_micros(1)));
        match after.checked_sub(1) {
            None => (-1, Timestamp::from_micros(i64::MIN), ends),
            Some(index) => (i64::try_from(index).unwrap_or(i64::MAX), self.starts[index], ends),
        }
    }

    /// The units that have begun, each with its first instant and the first after it.
    pub(super) fn begun(&self, now: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let ends = self.starts.iter().skip(1).copied().chain([self.to]);
        self.starts.iter().copied().zip(ends).take_while(|(from, _)| *from <= now).collect()
    }
}

fn first_date(date: Date, unit: RetentionUnit) -> Date {
    match unit {
        RetentionUnit::Day => date,
        RetentionUnit::Week => {
            let days = i64::from(date.weekday().to_monday_zero_offset());
            date.checked_sub(days.days()).unwrap_or(date)
        }
        RetentionUnit::Month => date.first_of_month(),
    }
}

fn length(unit: RetentionUnit) -> Span {
    match unit {
        RetentionUnit::Day => 1.day(),
        RetentionUnit::Week => 1.week(),
        RetentionUnit::Month => 1.month(),
    }
}
