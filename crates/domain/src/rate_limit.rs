//! A limit of requests a minute, exact for bursts and smooth over the boundary between minutes.
//!
//! The requests of the current minute count whole, those of the minute before by the share of it
//! that still lies within the last 60 s. So no burst within one minute exceeds the limit, and two
//! bursts around a boundary do not add up to twice of it.
//!
//! Several servers may count against one limit: each reports its own requests of a window
//! ([`RateBucket::take_unreported`]) and learns how many all of them counted ([`RateBucket::learn`]).

use crate::time::Timestamp;

const WINDOW_SECONDS: i64 = 60;
const WINDOW_MICROS: i64 = WINDOW_SECONDS * 1_000_000;

/// How much of a limit has been used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateBucket {
    window_start: Timestamp,
    current: WindowCount,
    previous: WindowCount,
}

/// Requests of one window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct WindowCount {
    /// Counted by this server.
    own: u32,
    /// How many of these were reported.
    reported: u32,
    /// Counted by other servers, as far as they are known.
    elsewhere: u32,
}

impl WindowCount {
    fn total(self) -> i64 {
        i64::from(self.own) + i64::from(self.elsewhere)
    }

    fn take_unreported(&mut self) -> u32 {
        let count = self.own - self.reported;
        self.reported = self.own;
        count
    }
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
        let into_window = now.micros_since(self.window_start).max(0);
        let remaining_share = WINDOW_MICROS - into_window;
        let carried = self.previous.total() * remaining_share / WINDOW_MICROS;
        if self.current.total() + carried < i64::from(limit_per_minute) {
            self.current.own += 1;
            return Ok(());
        }
        Err(RateLimitExceeded {
            retry_after_seconds: self.seconds_until_free(limit_per_minute, into_window),
        })
    }

    /// Whether exactly one request has not been reported yet: the first since the last report.
    pub fn has_first_unreported(&self) -> bool {
        self.current.own - self.current.reported == 1
    }

    /// Returns the requests of this server that were not reported yet, by the beginning of their
    /// window, and marks them as reported. Requests of more than a window ago are not reported any
    /// more.
    pub fn take_unreported(&mut self) -> impl Iterator<Item = (Timestamp, u32)> + use<> {
        let starts = [self.window_start.plus_seconds(-WINDOW_SECONDS), self.window_start];
        let counts = [self.previous.take_unreported(), self.current.take_unreported()];
        starts.into_iter().zip(counts).filter(|(_, count)| *count > 0)
    }

    /// Notes how many requests of a window all servers together have reported.
    pub fn learn(&mut self, window_start: Timestamp, total: u32, now: Timestamp) {
        self.move_to(now);
        if let Some(window) = self.window(window_start) {
            window.elsewhere = total.saturating_sub(window.reported);
        }
    }

    fn window(&mut self, window_start: Timestamp) -> Option<&mut WindowCount> {
        match self.window_start.micros_since(window_start) {
            0 => Some(&mut self.current),
            WINDOW_MICROS => Some(&mut self.previous),
            _ => None,
        }
    }

    fn move_to(&mut self, now: Timestamp) {
        let window_start = now.floor_to_seconds(WINDOW_SECONDS);
        let moved = window_start.micros_since(self.window_start);
        // A caller that read the clock before another may come after it: then the window stays.
        if moved == 0 || moved == -WINDOW_MICROS {
            return;
        }
        let follows = moved == WINDOW_MICROS;
        self.previous = if follows { self.current } else { WindowCount::default() };
        self.current = WindowCount::default();
        self.window_start = window_start;
    }

    fn seconds_until_free(&self, limit_per_minute: u32, into_window: i64) -> u32 {
        // Within this minute the carried share must fall below what is left; if nothing is left, wait
        // for the next minute, where this minute's count is carried.
        let left = i64::from(limit_per_minute) - self.current.total();
        let previous = self.previous.total();
        let wait_micros = if left > 0 && previous > 0 {
            let free_at = WINDOW_MICROS - left * WINDOW_MICROS / previous;
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

    /// Requests of two servers against a limit of 10: 6 and 4, which each learns of the other.
    #[test]
    fn servers_that_learn_of_each_other_share_a_limit() {
        let mut servers = [RateBucket::default(), RateBucket::default()];
        for (server, requests) in servers.iter_mut().zip([6, 4]) {
            for _ in 0..requests {
                assert!(server.try_acquire(10, NOON).is_ok());
            }
        }
        let mut total = 0;
        for server in &mut servers {
            total += server
                .take_unreported()
                .map(|(at, count)| {
                    assert_eq!(at, NOON);
                    count
                })
                .sum::<u32>();
        }
        assert_eq!(total, 10);
        for server in &mut servers {
            server.learn(NOON, total, NOON);
            assert!(server.try_acquire(10, NOON.plus_seconds(1)).is_err(), "{server:?}");
            assert_eq!(server.take_unreported().count(), 0);
        }
        // Half of the ten have aged out, the other server's, too.
        for server in &mut servers {
            let admitted =
                (0..10).filter(|_| server.try_acquire(10, NOON.plus_seconds(90)).is_ok());
            assert_eq!(admitted.count(), 5);
        }
    }

    #[test]
    fn requests_are_reported_once_and_within_the_next_window() {
        let mut bucket = RateBucket::default();
        assert!(bucket.try_acquire(10, NOON).is_ok());
        assert!(bucket.has_first_unreported());
        let next = NOON.plus_seconds(60);
        assert!(bucket.try_acquire(10, next).is_ok());
        assert_eq!(bucket.take_unreported().collect::<Vec<_>>(), [(NOON, 1), (next, 1)]);
        assert_eq!(bucket.take_unreported().count(), 0);
        assert!(bucket.try_acquire(10, next).is_ok());
        assert!(bucket.try_acquire(10, NOON.plus_seconds(180)).is_ok());
        let rest: Vec<_> = bucket.take_unreported().collect();
        assert_eq!(rest, [(NOON.plus_seconds(180), 1)], "too old to matter");
    }

    /// The clock was read before the catalog was asked, and the minute turned in between.
    #[test]
    fn counts_learned_by_an_earlier_clock_forget_nothing() {
        let mut bucket = RateBucket::default();
        for _ in 0..10 {
            assert!(bucket.try_acquire(10, NOON.plus_seconds(61)).is_ok());
        }
        bucket.learn(NOON, 0, NOON.plus_seconds(59));
        assert!(bucket.try_acquire(10, NOON.plus_seconds(62)).is_err());
    }

    proptest! {
        /// Two servers that exchange their counts after every request admit no more than one would.
        #[test]
        fn servers_that_exchange_at_once_keep_one_limit(
            steps in prop::collection::vec((0_i64..5_000_000, any::<bool>()), 1..300),
            limit in 1_u32..30,
        ) {
            let mut servers = [RateBucket::default(), RateBucket::default()];
            let mut alone = RateBucket::default();
            let mut totals = std::collections::HashMap::<Timestamp, u32>::new();
            let mut now = NOON;
            for (step, is_second) in steps {
                now = now.plus_micros(step);
                let server = &mut servers[usize::from(is_second)];
                prop_assert_eq!(server.try_acquire(limit, now).is_ok(), alone.try_acquire(limit, now).is_ok());
                for (window, count) in server.take_unreported() {
                    *totals.entry(window).or_default() += count;
                }
                for server in &mut servers {
                    for (window, total) in &totals {
                        server.learn(*window, *total, now);
                    }
                }
            }
        }

        #[test]
        fn no_clock_minute_ever_admits_more_than_the_limit(
            steps in prop::collection::vec(-1_000_000_i64..5_000_000, 1..400), limit in 1_u32..50,
        ) {
            let mut usage = RateBucket::default();
            let mut admitted = std::collections::HashMap::<i64, u32>::new();
            let (mut now, mut latest) = (NOON, Timestamp::EPOCH);
            for step in steps {
                now = now.plus_micros(step);
                // A request whose clock is behind counts in the minute that has begun.
                latest = latest.max(now);
                if usage.try_acquire(limit, now).is_ok() {
                    *admitted.entry(latest.seconds() / 60).or_default() += 1;
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
