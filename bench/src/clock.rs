//! The time and the ids a lake is given.

use std::sync::{Mutex, PoisonError};

use domain::clock::Clock;
use domain::id::IdSource;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::random::Random;

/// The current time.
#[expect(clippy::disallowed_methods, reason = "requests carry the time they are made")]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
}

/// Shows one instant for ever.
#[derive(Debug)]
pub(crate) struct FixedClock(pub(crate) Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The ids that a seed decides.
#[derive(Debug)]
pub(crate) struct SeededIds(Mutex<Random>);

impl SeededIds {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(Random::new(seed)))
    }
}

impl IdSource for SeededIds {
    fn next(&self, now: Timestamp) -> Uuid {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).uuid(now)
    }
}
