//! Which hours and days of a question rollups answer, and what is left for the events.

use domain::question::Period;
use domain::time::Timestamp;

const HOUR_SECONDS: i64 = 3_600;
const DAY_SECONDS: i64 = 86_400;

/// What a rollup's row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// An hour, counted from 1970.
    Hour,
    /// A UTC day, counted from 1970.
    Day,
}

impl Unit {
    const fn seconds(self) -> i64 {
        match self {
            Self::Hour => HOUR_SECONDS,
            Self::Day => DAY_SECONDS,
        }
    }

    /// The first instant of the unit with this number.
    fn start(self, number: i32) -> Timestamp {
        Timestamp::from_seconds(i64::from(number) * self.seconds())
    }
}

/// How a question's time is shared out: to whole units, and to the ends that are left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cover {
    period: Period,
    has_previous: bool,
}

impl Cover {
    /// The period, and the one before where `has_previous`.
    pub(crate) fn new(period: Period, has_previous: bool) -> Self {
        Self { period, has_previous }
    }

    /// The first instant asked about.
    pub(crate) fn from(&self) -> Timestamp {
        if self.has_previous { self.period.previous().from() } else { self.period.from() }
    }

    /// The time of the events that belong to a unit, if all of it lies in the period or all of it in the
    /// one before.
    pub(crate) fn whole(&self, unit: Unit, number: i32) -> Option<Timestamp> {
        let start = unit.start(number);
        let end = start.plus_seconds(unit.seconds());
        let is_within = |period: Period| period.from() <= start && end <= period.to();
        let found =
            is_within(self.period) || self.has_previous && is_within(self.period.previous());
        found.then_some(start)
    }

    /// Half-open intervals that no whole unit covers, in order.
    pub(crate) fn rest(&self, unit: Unit) -> Vec<(Timestamp, Timestamp)> {
        let mut rest: Vec<(Timestamp, Timestamp)> = Vec::new();
        let previous = self.has_previous.then(|| self.period.previous());
        for period in previous.into_iter().chain([self.period]) {
            let (from, to) = (period.from(), period.to());
            let floor = |at: Timestamp| at.floor_to_seconds(unit.seconds());
            // The first whole unit begins here, and the last ends there.
            let first =
                if floor(from) == from { from } else { floor(from).plus_seconds(unit.seconds()) };
            let last = floor(to);
            if first >= last {
                rest.push((from, to));
                continue;
            }
            rest.extend([(from, first), (last, to)].into_iter().filter(|(from, to)| from < to));
        }
        rest
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every instant asked about is in exactly one whole unit or one interval of the rest.
        #[test]
        fn whole_units_and_the_rest_share_out_the_time(
            from in 0_i64..400_000,
            length in 1_i64..400_000,
            at in 0_i64..1_600_000,
            has_previous in any::<bool>(),
        ) {
            let second = Timestamp::from_seconds;
            // Ends that lie on no hour, some on one.
            let (from, length) = (1_000_000 + from, if length % 7 == 0 { length / 3_600 * 3_600 + 3_600 } else { length });
            let period = Period::new(second(from), second(from + length)).expect("a period");
            let cover = Cover::new(period, has_previous);
            let earliest = cover.from().seconds() - 5;
            let at = second(earliest + at % (from + length + 5 - earliest));
            let contains = |period: Period| period.from() <= at && at < period.to();
            let is_within = contains(period) || has_previous && contains(period.previous());
            for unit in [Unit::Hour, Unit::Day] {
                let number = i32::try_from(at.seconds().div_euclid(unit.seconds())).expect("small");
                let in_unit = cover.whole(unit, number).is_some();
                let in_rest = cover.rest(unit).iter().filter(|(from, to)| *from <= at && at < *to).count();
                prop_assert_eq!(usize::from(in_unit) + in_rest, usize::from(is_within), "{:?} {:?}", unit, at);
            }
        }
    }
}
