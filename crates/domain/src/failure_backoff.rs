//! Growing delay after failed authentication attempts.
//!
//! An attempt counts as failed from its beginning, so that many at once are no way around the delay; one
//! that succeeds is cleared afterwards.

use crate::rate_limit::RateLimitExceeded;
use crate::time::Timestamp;

/// Failures that delay nothing: people mistype.
pub const FREE_FAILURES: u32 = 10;
/// The longest delay, in seconds.
pub const MAX_DELAY_SECONDS: i64 = 900;
/// Failures are forgotten after this many seconds without an attempt.
const FORGOTTEN_AFTER_SECONDS: i64 = 3_600;
const SECOND_MICROS: i64 = 1_000_000;

/// The failures of one who tries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FailureBackoff {
    count: u32,
    last: Timestamp,
}

impl FailureBackoff {
    /// Counts an attempt at `now`, unless the delay after the one before lasts on.
    pub fn try_attempt(&mut self, now: Timestamp) -> Result<(), RateLimitExceeded> {
        self.forget(now);
        let passed = now.micros_since(self.last).max(0);
        let left = self.delay_seconds() * SECOND_MICROS - passed;
        if left > 0 {
            let seconds = left.div_euclid(SECOND_MICROS) + 1;
            let retry_after_seconds = u32::try_from(seconds.min(MAX_DELAY_SECONDS)).unwrap_or(1);
            return Err(RateLimitExceeded { retry_after_seconds });
        }
        self.count_one(now);
        Ok(())
    }

    /// Counts an attempt that is never refused, and returns how many there were before it.
    pub fn record(&mut self, now: Timestamp) -> u32 {
        self.forget(now);
        let before = self.count;
        self.count_one(now);
        before
    }

    /// Takes one attempt back: it succeeded, or was never judged.
    pub fn undo(&mut self) {
        self.count = self.count.saturating_sub(1);
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn count_one(&mut self, now: Timestamp) {
        self.count = self.count.saturating_add(1);
        self.last = now;
    }

    /// Also when the clock was set back: nobody waits for it to catch up.
    fn forget(&mut self, now: Timestamp) {
        let passed = now.micros_since(self.last);
        if passed >= FORGOTTEN_AFTER_SECONDS * SECOND_MICROS {
            self.count = 0;
        }
        self.last = self.last.min(now);
    }

    /// 1 s after the last free failure, doubled by each further one.
    fn delay_seconds(&self) -> i64 {
        match self.count.checked_sub(FREE_FAILURES) {
            None => 0,
            Some(further) => (1_i64 << further.min(16)).min(MAX_DELAY_SECONDS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

    /// Failures that came as fast as they were admitted, and when the last of them did.
    fn after(count: u32) -> (FailureBackoff, Timestamp) {
        let (mut failures, mut now) = (FailureBackoff::default(), NOON);
        for _ in 0..count {
            while let Err(wait) = failures.try_attempt(now) {
                now = now.plus_seconds(i64::from(wait.retry_after_seconds));
            }
        }
        (failures, now)
    }

    #[test]
    fn the_first_failures_delay_nothing() {
        let (_, now) = after(FREE_FAILURES);
        assert_eq!(now, NOON);
    }

    #[test]
    fn each_further_failure_doubles_the_delay_up_to_a_bound() {
        for (count, seconds) in [(10, 1), (11, 2), (12, 4), (19, 512), (20, 900), (99, 900)] {
            let (mut failures, now) = after(count);
            let early = now.plus_seconds(seconds).plus_micros(-1);
            let refused = failures.try_attempt(early).expect_err("too early");
            assert_eq!(refused.retry_after_seconds, 1, "{count}");
            assert!(failures.try_attempt(now.plus_seconds(seconds)).is_ok(), "{count}");
        }
    }

    #[test]
    fn many_at_once_are_counted_before_any_is_judged() {
        let mut failures = FailureBackoff::default();
        let admitted = (0..1_000).filter(|_| failures.try_attempt(NOON).is_ok()).count();
        assert_eq!(admitted, FREE_FAILURES as usize);
    }

    #[test]
    fn success_and_a_quiet_hour_forget() {
        let (mut failures, now) = after(15);
        assert!(failures.try_attempt(now).is_err());
        failures.clear();
        assert!(failures.try_attempt(now).is_ok());
        let (mut failures, now) = after(99);
        let later = now.plus_seconds(3_600);
        for _ in 0..FREE_FAILURES {
            assert!(failures.try_attempt(later).is_ok());
        }
        assert!(failures.try_attempt(later).is_err());
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let (mut failures, now) = after(12);
        let earlier = now.plus_seconds(-86_400);
        let refused = failures.try_attempt(earlier).expect_err("the delay lasts on");
        let wait = i64::from(refused.retry_after_seconds);
        assert!(wait <= 5);
        assert!(failures.try_attempt(earlier.plus_seconds(wait)).is_ok());
    }
}
