//! When a saved question is asked again by itself.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};

pub use jiff::civil::Weekday;

use crate::time::Timestamp;
use crate::zone::Zone;

/// The last day of a month that every month has.
const MAX_DAY: u8 = 28;
/// Days looked ahead for the next run: more than a month.
const DAYS_AHEAD: i64 = 62;

/// A time of the day, by hours and minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(Time);

impl TimeOfDay {
    /// Reads `07:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let number = |text: &str| -> Option<i8> {
            let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_two { text.parse().ok() } else { None }
        };
        Time::new(number(hour)?, number(minute)?, 0, 0).ok().map(Self)
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

/// A day of every month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayOfMonth(u8);

impl DayOfMonth {
    /// 1 to 28.
    pub fn of(day: u8) -> Option<Self> {
        (1..=MAX_DAY).contains(&day).then_some(Self(day))
    }

    /// The day.
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// When a question is asked, by the clock of its project's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Schedule {
    /// At the beginning of every hour.
    Hourly,
    /// Every day.
    Daily(TimeOfDay),
    /// Every week.
    Weekly(Weekday, TimeOfDay),
    /// Every month.
    Monthly(DayOfMonth, TimeOfDay),
}

impl Schedule {
    /// The first instant after `after` that it names. A time that a clock skips comes when the clock has been put
    /// forward; one that a clock shows twice comes the first time only.
    pub fn next_after(self, after: Timestamp, zone: Zone) -> Timestamp {
        let Some(at) = self.time() else { return next_hour(after, zone) };
        let today = zone.civil(after).date();
        let days = (0..=DAYS_AHEAD).filter_map(|days| today.checked_add(days.days()).ok());
        let mut instants = days
            .filter(|day| self.includes(*day))
            .map(|day| zone.instant(DateTime::from_parts(day, at.0)));
        // Only beyond the calendar's end there is none.
        instants.find(|instant| *instant > after).unwrap_or(after.plus_seconds(DAYS_AHEAD * 86_400))
    }

    /// The time of the day; none where it is asked every hour.
    pub const fn time(self) -> Option<TimeOfDay> {
        match self {
            Self::Hourly => None,
            Self::Daily(at) | Self::Weekly(_, at) | Self::Monthly(_, at) => Some(at),
        }
    }

    fn includes(self, day: Date) -> bool {
        match self {
            Self::Hourly | Self::Daily(_) => true,
            Self::Weekly(weekday, _) => day.weekday() == weekday,
            Self::Monthly(number, _) => u8::try_from(day.day()) == Ok(number.0),
        }
    }
}

/// The next instant at which a clock there shows a full hour, with each hour that passes counted once.
fn next_hour(after: Timestamp, zone: Zone) -> Timestamp {
    const HOUR: i64 = 3_600_000_000;
    let into_hour = zone.clock_micros(after).rem_euclid(HOUR);
    Timestamp::from_micros(after.micros().saturating_add(HOUR - into_hour))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("an instant")
    }

    fn time(text: &str) -> TimeOfDay {
        TimeOfDay::parse(text).expect("a time")
    }

    fn zone(name: &str) -> Zone {
        Zone::parse(name).expect("a zone")
    }

    #[test]
    fn a_time_has_hours_and_minutes() {
        for text in ["00:00", "07:05", "23:59"] {
            assert_eq!(time(text).to_string(), text);
        }
        for text in ["", "7:00", "24:00", "12:60", "12:5", "12:00:00", "+1:00", "-1:00", "aa:bb"] {
            assert_eq!(TimeOfDay::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_next_run_is_by_the_clock_of_the_zone() {
        let dar = zone("Africa/Dar_es_Salaam");
        let seven = time("07:00");
        // Wednesday 25 November 2026, 13:22 in Dar es Salaam.
        let now = at("2026-11-25T10:22:00Z");
        for (schedule, next) in [
            (Schedule::Hourly, "2026-11-25T11:00:00Z"),
            (Schedule::Daily(seven), "2026-11-26T04:00:00Z"),
            (Schedule::Daily(time("13:23")), "2026-11-25T10:23:00Z"),
            (Schedule::Daily(time("13:22")), "2026-11-26T10:22:00Z"),
            (Schedule::Weekly(Weekday::Monday, seven), "2026-11-30T04:00:00Z"),
            (Schedule::Weekly(Weekday::Wednesday, seven), "2026-12-02T04:00:00Z"),
            (Schedule::Monthly(DayOfMonth(1), seven), "2026-12-01T04:00:00Z"),
            (Schedule::Monthly(DayOfMonth(25), seven), "2026-12-25T04:00:00Z"),
        ] {
            assert_eq!(schedule.next_after(now, dar), at(next), "{schedule:?}");
        }
    }

    #[test]
    fn a_skipped_time_comes_an_hour_later_and_a_doubled_one_once() {
        let berlin = zone("Europe/Berlin");
        let half_past_two = Schedule::Daily(time("02:30"));
        // 02:30 on 29 March does not exist: clocks go from 02:00 to 03:00.
        let spring = half_past_two.next_after(at("2026-03-28T12:00:00Z"), berlin);
        assert_eq!(spring, at("2026-03-29T01:30:00Z"));
        // 02:30 on 25 October comes twice, at 00:30 and at 01:30 UTC.
        let autumn = half_past_two.next_after(at("2026-10-24T12:00:00Z"), berlin);
        assert_eq!(autumn, at("2026-10-25T00:30:00Z"));
        assert_eq!(half_past_two.next_after(autumn, berlin), at("2026-10-26T01:30:00Z"));
    }

    #[test]
    fn every_hour_is_a_full_one_of_the_zone() {
        let kathmandu = zone("Asia/Kathmandu");
        let next = Schedule::Hourly.next_after(at("2026-11-25T10:22:00Z"), kathmandu);
        assert_eq!(next, at("2026-11-25T11:15:00Z"), "17:00 there");
        assert_eq!(Schedule::Hourly.next_after(next, kathmandu), at("2026-11-25T12:15:00Z"));
    }

    proptest! {
        #[test]
        fn the_next_run_is_later_and_nothing_lies_between(
            seconds in 0_i64..4_000_000_000,
            offset in 1_i64..3_600,
            hour in 0_i8..24,
        ) {
            let now = Timestamp::EPOCH.plus_seconds(seconds);
            for zone in [Zone::UTC, zone("Europe/Berlin"), zone("Australia/Lord_Howe")] {
                let at = TimeOfDay(Time::constant(hour, 30, 0, 0));
                for schedule in [
                    Schedule::Hourly,
                    Schedule::Daily(at),
                    Schedule::Weekly(Weekday::Sunday, at),
                    Schedule::Monthly(DayOfMonth(28), at),
                ] {
                    let next = schedule.next_after(now, zone);
                    prop_assert!(next > now);
                    // Who asks in between gets the same answer.
                    let between = now.plus_seconds(offset);
                    if between < next {
                        prop_assert_eq!(schedule.next_after(between, zone), next);
                    }
                }
            }
        }
    }
}
