//! The scope of a question: project, period, filters and rows of a list.

use crate::friction::Kind;
use crate::id::ProjectId;
use crate::time::Timestamp;

/// The longest period a question may cover, in days: 25 months, the longest retention.
const MAX_DAYS: i64 = 775;
/// Periods of up to this many seconds are drawn by the hour, longer ones by the day.
const HOURLY_UP_TO_SECONDS: i64 = 3 * 86_400;
/// Rows a list returns at most.
pub(super) const MAX_ROWS: u32 = 1_000;

/// A half-open span of time: `from` belongs to it, `to` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    from: Timestamp,
    to: Timestamp,
}

/// Why two instants make no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPeriod {
    /// It would be empty or negative.
    #[error("to must be later than from")]
    Empty,
    /// It would be longer than any retention.
    #[error("a period is at most 775 days")]
    TooLong,
}

impl Period {
    /// The period between two instants.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Self, InvalidPeriod> {
        if to <= from {
            return Err(InvalidPeriod::Empty);
        }
        if to.micros_since(from) > MAX_DAYS * 86_400_000_000 {
            return Err(InvalidPeriod::TooLong);
        }
        Ok(Self { from, to })
    }

    /// Its first instant.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// The first instant after it.
    pub const fn to(self) -> Timestamp {
        self.to
    }

    /// The period of the same length that ends where this one begins.
    #[must_use]
    pub const fn previous(self) -> Self {
        let length = self.to.micros_since(self.from);
        Self { from: self.from.plus_micros(-length), to: self.from }
    }

    /// The width of a time series' buckets over this period: an hour or a day, in seconds. Buckets
    /// begin at multiples of it in UTC.
    pub const fn bucket_seconds(self) -> i64 {
        if self.to.micros_since(self.from) <= HOURLY_UP_TO_SECONDS * 1_000_000 {
            3_600
        } else {
            86_400
        }
    }

    /// The beginning of each bucket that overlaps the period, in order.
    pub fn buckets(self) -> impl Iterator<Item = Timestamp> {
        let seconds = self.bucket_seconds();
        let end = self.to;
        std::iter::successors(Some(self.from.floor_to_seconds(seconds)), move |at| {
            Some(at.plus_seconds(seconds))
        })
        .take_while(move |at| *at < end)
    }
}

/// Only events that match every given field count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    /// Page path, exactly.
    pub path: Option<String>,
    /// Kind of friction. Narrows friction questions only.
    pub friction_kind: Option<Kind>,
    /// Element selector, exactly.
    pub selector: Option<String>,
    /// Group of errors with one cause. Narrows friction questions only.
    pub error_group: Option<String>,
    /// Browser family.
    pub browser: Option<String>,
    /// Operating system family.
    pub os: Option<String>,
    /// Device type: `desktop`, `mobile`, `tablet`.
    pub device: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Also count events whose sender was taken for a bot.
    pub include_bots: bool,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The tenant; nothing of another is ever read.
    pub project_id: ProjectId,
    /// The time.
    pub period: Period,
    /// What else must hold.
    pub filters: Filters,
}

/// Which rows of an ordered list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageRange {
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to return.
    limit: u32,
}

impl PageRange {
    /// `limit` is brought into 1 to 1,000.
    pub fn new(offset: u32, limit: u32) -> Self {
        Self { offset, limit: limit.clamp(1, MAX_ROWS) }
    }

    /// Rows to return, 1 to 1,000.
    pub const fn limit(self) -> u32 {
        self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from_hours: i64, to_hours: i64) -> Period {
        let at = |hours: i64| Timestamp::from_seconds(hours * 3_600);
        Period::new(at(from_hours), at(to_hours)).expect("period")
    }

    #[test]
    fn the_previous_period_ends_where_this_one_begins() {
        assert_eq!(period(48, 72).previous(), period(24, 48));
    }

    #[test]
    fn three_days_are_drawn_by_the_hour_and_more_by_the_day() {
        assert_eq!(period(0, 72).buckets().count(), 72);
        assert_eq!(period(0, 73).buckets().count(), 4);
        assert_eq!(period(12, 12 + 24 * 7).buckets().count(), 8);
    }

    #[test]
    fn empty_and_endless_periods_are_refused() {
        let at = Timestamp::from_seconds;
        assert_eq!(Period::new(at(5), at(5)), Err(InvalidPeriod::Empty));
        assert_eq!(Period::new(at(0), at(776 * 86_400)), Err(InvalidPeriod::TooLong));
    }
}
