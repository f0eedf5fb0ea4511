//! The buckets of a time series: of a period, and of the period it is compared with.

use jiff::civil::DateTime;

use super::Period;
use crate::time::Timestamp;

/// The buckets of a period and of the one it is compared with. They begin when the project's clocks show a
/// whole hour or a new day, or are changed by half an hour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SeriesBuckets {
    period: Period,
    current: Vec<Timestamp>,
    previous: Vec<Timestamp>,
}

impl SeriesBuckets {
    /// The buckets of a period.
    pub fn of(period: Period) -> Self {
        let current = period.buckets();
        let previous = period.previous().buckets_by(period.is_hourly());
        Self { period, current, previous }
    }

    /// The beginning of each bucket of the period, in order.
    pub fn current(&self) -> &[Timestamp] {
        &self.current
    }

    /// The beginning of each bucket of the period it is compared with, in order.
    pub fn previous(&self) -> &[Timestamp] {
        &self.previous
    }

    /// The number of the bucket of an instant of either period: 0 for the period's first, growing; -1 for the
    /// first of the one it is compared with, falling.
    pub fn number(&self, at: Timestamp) -> i64 {
        self.range(at).0
    }

    /// The number of an instant's bucket with a range of instants that have the same number, so that the
    /// next instant rarely needs a search.
    pub fn range(&self, at: Timestamp) -> (i64, Timestamp, Timestamp) {
        const EVER: Timestamp = Timestamp::from_micros(i64::MAX);
        let is_current = at >= self.period.from();
        let starts = if is_current { &self.current } else { &self.previous };
        let index = starts.partition_point(|start| *start <= at).saturating_sub(1);
        let begins = starts.get(index).copied().unwrap_or(at);
        let ends = starts.get(index + 1).copied().unwrap_or(EVER);
        let number = i64::try_from(index).unwrap_or(i64::MAX);
        if is_current {
            (number, begins.max(self.period.from()), ends)
        } else {
            (-1 - number, begins, ends.min(self.period.from()))
        }
    }

    /// Whether every bucket begins at a multiple of `seconds` since 1970.
    pub fn are_multiples_of(&self, seconds: i64) -> bool {
        let is_multiple = |start: &Timestamp| start.floor_to_seconds(seconds) == *start;
        self.current.iter().chain(&self.previous).all(is_multiple)
    }

    /// For each bucket of the period the index of the one it is compared with: the one that began when the
    /// project's clocks showed the same, [`Period::days_to_previous`] earlier. None where no clock showed
    /// that, and for the second of two hours that one showed twice.
    pub fn counterparts(&self) -> Vec<Option<usize>> {
        let zone = self.period.zone();
        let days = jiff::Span::new().days(self.period.days_to_previous());
        let label = |at: &Timestamp| self.label(zone.civil(*at));
        let previous: Vec<DateTime> = self.previous.iter().map(label).collect();
        let mut next = 0;
        let counterpart = |start: &Timestamp| {
            let wanted = self.label(zone.civil(*start)).checked_sub(days).ok()?;
            let found = next + previous.get(next..)?.iter().position(|label| *label >= wanted)?;
            if previous.get(found) != Some(&wanted) {
                return None;
            }
            next = found + 1;
            Some(found)
        };
        self.current.iter().map(counterpart).collect()
    }

    /// The name of a bucket: its day, which may begin at one o'clock, or its hour.
    fn label(&self, begins: DateTime) -> DateTime {
        if self.period.is_hourly() {
            begins
        } else {
            begins.date().to_datetime(jiff::civil::Time::midnight())
        }
    }
}

#[cfg(test)]
mod tests;
