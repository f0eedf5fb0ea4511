//! When a message is sent again.

use jiff::fmt::rfc2822::DateTimeParser;

use crate::time::Timestamp;

/// Seconds to wait after the first, second, … attempt: the specification's schedule. Ten attempts over
/// 75 hours and a half.
const DELAYS_SECONDS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// No receiver puts an attempt off for longer.
const MAX_WAIT_SECONDS: i64 = 86_400;

/// Seconds from a failed attempt to the next, `attempts` having been made; none when that was the last.
/// `random` lengthens it by up to a fifth, so that messages that failed together are not retried together;
/// a receiver's own wish is kept when it is later.
pub fn delay_seconds(attempts: u32, random: u8, retry_after_seconds: Option<i64>) -> Option<i64> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let delay = *DELAYS_SECONDS.get(index)?;
    let jitter = (delay * i64::from(random)).div_euclid(5 * 255);
    let wish = retry_after_seconds.unwrap_or(0).min(MAX_WAIT_SECONDS);
    Some((delay + jitter).max(wish))
}

/// What a `Retry-After` header says, in seconds from `now`: a number of seconds or a date. None when it
/// is neither, or lies in the past.
pub fn retry_after_seconds(header: &str, now: Timestamp) -> Option<i64> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u32>() {
        return Some(i64::from(seconds));
    }
    let at = PARSER.parse_timestamp(header).ok()?;
    Some(at.as_second() - now.seconds()).filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ten_attempts_span_three_days() {
        let delays: Vec<_> = (1..12).map_while(|made| delay_seconds(made, 0, None)).collect();
        assert_eq!(delays, DELAYS_SECONDS);
        assert_eq!(delays.iter().sum::<i64>(), 75 * 3_600 + 35 * 60 + 5);
        assert_eq!(delay_seconds(0, 0, None), None);
        assert_eq!(delay_seconds(2, 255, None), Some(360));
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_more_than_a_day() {
        assert_eq!(delay_seconds(1, 0, Some(120)), Some(120));
        assert_eq!(delay_seconds(2, 0, Some(120)), Some(300));
        assert_eq!(delay_seconds(1, 0, Some(i64::MAX)), Some(86_400));
        let now = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
        assert_eq!(retry_after_seconds(" 7 ", now), Some(7));
        assert_eq!(retry_after_seconds("Sat, 21 Nov 2026 12:01:30 GMT", now), Some(90));
        for text in ["", "-1", "soon", "Sat, 21 Nov 2026 11:00:00 GMT", "99999999999999999999"] {
            assert_eq!(retry_after_seconds(text, now), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_delay_is_shorter_than_planned_or_a_fifth_longer(made in 1_u32..10, random: u8) {
            let planned = delay_seconds(made, 0, None).unwrap();
            let delay = delay_seconds(made, random, None).unwrap();
            prop_assert!((planned..=planned + planned / 5).contains(&delay));
        }

        #[test]
        fn any_header_is_read_or_passed_over(text in ".{0,64}") {
            let wish = retry_after_seconds(&text, Timestamp::EPOCH);
            prop_assert!(wish.is_none_or(|seconds| seconds >= 0));
        }
    }
}
