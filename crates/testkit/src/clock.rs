//! A clock that stands still until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::clock::Clock;
use domain::time::Timestamp;

/// Shows the time it was set to.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.micros()))
    }

    /// Moves the clock by `seconds`; negative: back.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    /// A fixed date: 2026-11-21T12:00:00Z.
    fn default() -> Self {
        Self::at(Timestamp::from_seconds(1_795_262_400))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}
