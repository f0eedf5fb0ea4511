//! An instant in UTC, kept as microseconds since the Unix epoch.

use jiff::fmt::temporal::DateTimeParser;
use serde::{Deserialize, Serialize};

/// Microseconds in a millisecond.
const MICROS_PER_MILLI: i64 = 1_000;
/// Microseconds in a second.
const MICROS_PER_SECOND: i64 = 1_000_000;
/// Microseconds in a day.
const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;

/// An instant, in microseconds since 1970-01-01T00:00:00Z. Ordered, copyable, without a zone.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// Why a text or number is not an instant we accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time: use RFC 3339 or milliseconds since 1970")]
pub struct InvalidTimestamp;

impl Timestamp {
    /// The Unix epoch.
    pub const EPOCH: Self = Self(0);

    /// From microseconds since the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From milliseconds since the epoch; saturates at the ends of the representable range.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(MICROS_PER_MILLI))
    }

    /// From seconds since the epoch; saturates.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// Microseconds since the epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since the epoch, rounded down.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(MICROS_PER_MILLI)
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }

    /// Days since the epoch of the UTC date this instant falls on.
    pub fn day(self) -> i32 {
        i32::try_from(self.0.div_euclid(MICROS_PER_DAY)).unwrap_or(i32::MAX)
    }

    /// The date of a day counted from 1970-01-01, as `2026-11-21`.
    pub fn date_of_day(day: i32) -> String {
        let mut text = Self::from_seconds(i64::from(day) * 86_400).to_rfc3339();
        text.truncate(10);
        text
    }

    /// This instant moved by `micros` (negative: earlier); saturates.
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// This instant moved by `seconds` (negative: earlier); saturates.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// `self - earlier` in microseconds; negative when `earlier` is later.
    pub const fn micros_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Rounded down to a multiple of `seconds` since the epoch.
    #[must_use]
    pub const fn floor_to_seconds(self, seconds: i64) -> Self {
        let step = seconds * MICROS_PER_SECOND;
        Self(self.0.div_euclid(step) * step)
    }

    /// Reads RFC 3339 (any offset), or a decimal number of milliseconds.
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        static PARSER: DateTimeParser = DateTimeParser::new();
        if let Ok(millis) = text.parse::<f64>() {
            return Self::from_millis_f64(millis);
        }
        let instant = PARSER.parse_timestamp(text).map_err(|_| InvalidTimestamp)?;
        Ok(Self(instant.as_microsecond()))
    }

    /// From a JSON number of milliseconds, which may carry a fraction. NaN, infinities and numbers
    /// beyond the year 9999 are refused.
    pub fn from_millis_f64(millis: f64) -> Result<Self, InvalidTimestamp> {
        const YEAR_10000_MILLIS: f64 = 253_402_300_800_000.0;
        if !millis.is_finite() || millis.abs() >= YEAR_10000_MILLIS {
            return Err(InvalidTimestamp);
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the check above")]
        let micros = (millis * 1_000.0).round() as i64;
        Ok(Self(micros))
    }

    /// RFC 3339 in UTC with `Z` and millisecond precision, as every answer carries it.
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_microsecond(self.0)
            .map_or_else(|_| self.0.to_string(), |instant| format!("{instant:.3}"))
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.to_rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc3339_and_milliseconds_name_the_same_instant() {
        let expected = Timestamp::from_millis(1_790_000_000_123);
        assert_eq!(Timestamp::parse("1790000000123"), Ok(expected));
        assert_eq!(Timestamp::parse("2026-09-21T14:13:20.123Z"), Ok(expected));
        assert_eq!(Timestamp::parse("2026-09-21T17:13:20.123+03:00"), Ok(expected));
        assert_eq!(expected.to_rfc3339(), "2026-09-21T14:13:20.123Z");
    }

    #[test]
    fn an_invalid_time_is_refused() {
        for text in ["", "yesterday", "NaN", "inf", "1e300", "2026-13-01T00:00:00Z"] {
            assert_eq!(Timestamp::parse(text), Err(InvalidTimestamp), "{text}");
        }
    }

    #[test]
    fn a_day_has_a_date() {
        assert_eq!(Timestamp::date_of_day(20_778), "2026-11-21");
        assert_eq!(Timestamp::date_of_day(-1), "1969-12-31");
    }

    #[test]
    fn days_before_the_epoch_round_down() {
        assert_eq!(Timestamp::from_micros(-1).day(), -1);
        assert_eq!(Timestamp::EPOCH.day(), 0);
        assert_eq!(Timestamp::from_seconds(86_400).day(), 1);
    }
}
