//! A limit of requests a minute, exact for bursts and smooth over the boundary between minutes.
//!
//! The requests of the current minute count whole, those of the minute before by the share of it
//! that still lies within the last 60 s. So no burst within one minute exceeds the limit, and two
//! bursts around a boundary do not add up to twice of it.

use crate::time::Timestamp;

const WINDOW_SECONDS: i64 = 60;
const WINDOW_MICROS: i64 = WINDOW_SECONDS * 1_000_000;

/// How much of a limit has been used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateBucket {
    window_start: Timestamp,
    current: u32,
    previous: u32,
}

/// The limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimitExceeded {
    /// Seconds until a request can succeed, at least 1.
    pub retry_after_seconds: u32,
}

impl RateBucket {
    /// Counts one request at `now` against `limit_per_minute`; a refused request does not count.
    pub fn try_acquire(
        &mut self,
        limit_per_minute: u32,
        now: Timestamp,
    ) -> Result<(), RateLimitExceeded> {
        self.move_to(now);
        let into_window = now.micros_since(self.window_start);
        let remaining_share = WINDOW_MICROS - into_window;
        let carried = i64::from(self.previous) * remaining_share / WINDOW_MICROS;
        if i64::from(self.current) + carried < i64::from(limit_per_minute) {
            self.current += 1;
            return Ok(());
        }
        Err(RateLimitExceeded {
            retry_after_seconds: self.seconds_until_free(limit_per_minute, into_window),
        })
    }

    /// Whether nothing of what was counted matters any more at `now`.
    pub fn is_idle(&self, now: Timestamp) -> bool {
        now.micros_since(self.window_start) >= 2 * WINDOW_MICROS
    }

    fn move_to(&mut self, now: Timestamp) {
        let window_start = now.floor_to_seconds(WINDOW_SECONDS);
        if window_start == self.window_start {
            return;
        }
        let follows = window_start.micros_since(self.window_start) == WINDOW_MICROS;
        self.previous = if follows { self.current } else { 0 };
        self.current = 0;
        self.window_start = window_start;
    }

    fn seconds_until_free(&self, limit_per_minute: u32, into_window: i64) -> u32 {
        // Within this minute the carried share must fall below what is left; if nothing is left, wait
        // for the next minute, where this minute's count is carried.
        let left = i64::from(limit_per_minute) - i64::from(self.current);
        let wait_micros = if left > 0 && self.previous > 0 {
            let free_at = WINDOW_MICROS - left * WINDOW_MICROS / i64::from(self.previous);
            free_at - into_window
        } else {
            WINDOW_MICROS - into_window
        };
        let seconds = wait_micros.max(1).div_euclid(1_000_000) + 1;
        u32::try_from(seconds.min(WINDOW_SECONDS)).unwrap_or(60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

    #[test]
    fn the_request_after_the_last_of_a_minute_is_refused() {
        let mut usage = RateBucket::default();
        for second in 0..1_000 {
            assert!(usage.try_acquire(1_000, NOON.plus_micros(second * 59_000)).is_ok());
        }
        let refused = usage.try_acquire(1_000, NOON.plus_seconds(59)).expect_err("1,001st");
        assert_eq!(refused.retry_after_seconds, 2);
    }

    #[test]
    fn a_burst_before_the_minute_counts_after_it() {
        let mut usage = RateBucket::default();
        for _ in 0..10 {
            assert!(usage.try_acquire(10, NOON.plus_seconds(59)).is_ok());
        }
        assert!(usage.try_acquire(10, NOON.plus_seconds(60)).is_err());
        assert!(
            usage.try_acquire(10, NOON.plus_seconds(90)).is_ok(),
            "half of the burst has aged out"
        );
    }

    proptest! {
        #[test]
        fn no_clock_minute_ever_admits_more_than_the_limit(
            steps in prop::collection::vec(0_i64..5_000_000, 1..400), limit in 1_u32..50,
        ) {
            let mut usage = RateBucket::default();
            let mut admitted = std::collections::HashMap::<i64, u32>::new();
            let mut now = NOON;
            for step in steps {
                now = now.plus_micros(step);
                if usage.try_acquire(limit, now).is_ok() {
                    *admitted.entry(now.seconds() / 60).or_default() += 1;
                }
            }
            prop_assert!(admitted.values().all(|count| *count <= limit));
        }

        #[test]
        fn waiting_for_retry_after_succeeds(limit in 1_u32..20, start in 0_i64..60_000_000) {
            let mut usage = RateBucket::default();
            let mut now = NOON.plus_micros(start);
            let refused = loop {
                match usage.try_acquire(limit, now) {
                    Ok(()) => {}
                    Err(refused) => break refused,
                }
            };
            let mut waits = 0;
            let mut wait = refused.retry_after_seconds;
            loop {
                now = now.plus_seconds(i64::from(wait));
                match usage.try_acquire(limit, now) {
                    Ok(()) => break,
                    Err(again) => wait = again.retry_after_seconds,
                }
                waits += 1;
                prop_assert!(waits <= 2, "a client that waits as told is not sent away for ever");
            }
        }
    }
}
