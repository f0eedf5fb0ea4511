//! Backoff after accept errors, and throttled logging.

use std::time::{Duration, Instant};

const FIRST_DELAY: Duration = Duration::from_millis(20);
const LONGEST_DELAY: Duration = Duration::from_secs(1);
/// Between two lines of the log about the same trouble.
const LOG_EVERY: Duration = Duration::from_mins(1);

/// Waits that become longer from failure to failure.
#[derive(Debug, Default)]
pub(super) struct AcceptBackoff {
    last: Option<Duration>,
}

impl AcceptBackoff {
    /// How long to wait after another failure.
    pub(super) fn next_delay(&mut self) -> Duration {
        let delay = self.last.map_or(FIRST_DELAY, |last| (last * 2).min(LONGEST_DELAY));
        self.last = Some(delay);
        delay
    }
}

/// Lets something be logged once in a while.
#[derive(Debug, Default)]
pub(super) struct LogThrottle {
    last: Option<Instant>,
}

impl LogThrottle {
    /// Whether it has not been for a while; then it counts as done.
    pub(super) fn is_due(&mut self) -> bool {
        let is_due = self.last.is_none_or(|last| last.elapsed() >= LOG_EVERY);
        if is_due {
            self.last = Some(Instant::now());
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_stay_short_enough_to_recover() {
        let mut back_off = AcceptBackoff::default();
        let delays: Vec<u128> = (0..8).map(|_| back_off.next_delay().as_millis()).collect();
        assert_eq!(delays, [20, 40, 80, 160, 320, 640, 1_000, 1_000]);
    }

    #[test]
    fn trouble_that_lasts_is_logged_once() {
        let mut throttle = LogThrottle::default();
        assert!(throttle.is_due());
        assert!(!throttle.is_due());
    }
}
