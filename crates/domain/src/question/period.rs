//! A period, its buckets, and the period it is compared with.

use jiff::Span;
use jiff::civil::DateTime;

use crate::time::Timestamp;
use crate::zone::Zone;

/// The longest period a question may cover, in days: 25 months, the longest retention.
const MAX_DAYS: i64 = 775;
/// Periods of up to this many seconds on the project's clocks are drawn by the hour, longer ones by the day.
const HOURLY_UP_TO_SECONDS: i64 = 3 * 86_400;
const SECONDS_PER_WEEK: i64 = 7 * 86_400;
const HOUR_SECONDS: i64 = 3_600;

/// A half-open span of time: `from` belongs to it, `to` does not. It counts days and hours by a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    from: Timestamp,
    to: Timestamp,
    zone: Zone,
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
    /// The period between two instants, in UTC.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Self, InvalidPeriod> {
        if to <= from {
            return Err(InvalidPeriod::Empty);
        }
        if to.micros_since(from) > MAX_DAYS * 86_400_000_000 {
            return Err(InvalidPeriod::TooLong);
        }
        Ok(Self { from, to, zone: Zone::UTC })
    }

    /// The same with the days and hours of a zone.
    #[must_use]
    pub const fn in_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    /// Its first instant.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// The first instant after it.
    pub const fn to(self) -> Timestamp {
        self.to
    }

    /// The zone of its days and hours.
    pub const fn zone(self) -> Zone {
        self.zone
    }

    /// How many days earlier the previous period begins: the fewest whole weeks that keep it from
    /// overlapping this one. So Tuesdays are compared with Tuesdays.
    pub fn days_to_previous(self) -> i64 {
        // Seven times 24 hours are a week, also where clocks were put forward in between.
        let seconds = self.clock_seconds().min(rounded_up(self.to.micros_since(self.from)));
        let weeks = (seconds + SECONDS_PER_WEEK - 1).div_euclid(SECONDS_PER_WEEK);
        weeks.max(1) * 7
    }

    /// The period it is compared with: between the same weekdays and hours of the project's clocks,
    /// [`Period::days_to_previous`] earlier.
    #[must_use]
    pub fn previous(self) -> Self {
        let days = Span::new().days(self.days_to_previous());
        let earlier = |at: Timestamp| {
            let civil = self.zone.civil(at);
            self.zone.instant(civil.checked_sub(days).unwrap_or(DateTime::MIN))
        };
        let from = earlier(self.from);
        let mut to = earlier(self.to).min(self.from);
        if to <= from {
            // It lies in an hour that clocks show twice.
            to = from.plus_micros(self.to.micros_since(self.from)).min(self.from);
        }
        Self { from, to, zone: self.zone }
    }

    /// Whether its time series has a bucket for each hour, rather than for each day.
    pub fn is_hourly(self) -> bool {
        self.clock_seconds() <= HOURLY_UP_TO_SECONDS
    }

    /// The width of a time series' buckets over this period: an hour or a day, in seconds. A day on which
    /// clocks are changed is shorter or longer.
    pub fn bucket_seconds(self) -> i64 {
        if self.is_hourly() { HOUR_SECONDS } else { 24 * HOUR_SECONDS }
    }

    /// The beginning of each bucket that overlaps the period, in order.
    pub fn buckets(self) -> Vec<Timestamp> {
        self.buckets_by(self.is_hourly())
    }

    /// The same by the hour or by the day, however long it is.
    pub(super) fn buckets_by(self, is_hourly: bool) -> Vec<Timestamp> {
        let mut starts = Vec::new();
        let mut next = self.first_bucket(is_hourly);
        while next < self.to {
            starts.push(next);
            next = self.bucket_after(next, is_hourly);
        }
        starts
    }

    fn first_bucket(self, is_hourly: bool) -> Timestamp {
        if !is_hourly {
            return self.zone.start_of_day(self.zone.civil(self.from).date()).min(self.from);
        }
        let mut start = self.start_of_hour(self.from);
        loop {
            let next = self.bucket_after(start, is_hourly);
            if next > self.from {
                return start;
            }
            start = next;
        }
    }

    fn bucket_after(self, start: Timestamp, is_hourly: bool) -> Timestamp {
        if is_hourly {
            let next = start.plus_seconds(HOUR_SECONDS);
            Some(self.start_of_hour(next)).filter(|hour| *hour > start).unwrap_or(next)
        } else {
            self.zone.start_of_next_day(start)
        }
    }

    /// When the project's clocks last showed a whole hour.
    fn start_of_hour(self, at: Timestamp) -> Timestamp {
        let since_the_hour = |at| self.zone.clock_micros(at).rem_euclid(HOUR_SECONDS * 1_000_000);
        let start = at.plus_micros(-since_the_hour(at));
        // Where clocks were changed by half an hour in between, they showed none then.
        start.plus_micros(-since_the_hour(start))
    }

    /// Its length on the project's clocks, rounded up to seconds.
    fn clock_seconds(self) -> i64 {
        rounded_up(self.zone.clock_micros(self.to) - self.zone.clock_micros(self.from))
    }
}

/// Microseconds in seconds.
const fn rounded_up(micros: i64) -> i64 {
    -(-micros).div_euclid(1_000_000)
}

#[cfg(test)]
pub(in crate::question) mod tests;
