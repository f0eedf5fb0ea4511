//! The real clock, ids and randomness: the only place that asks the machine for them.

use domain::clock::Clock;
use domain::id::IdSource;
use domain::random::RandomSource;
use domain::time::Timestamp;
use rand::Rng;
use uuid::Uuid;

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
    }
}

/// Random `UUIDv7`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RandomIds;

impl IdSource for RandomIds {
    fn next(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        fill(&mut random);
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// The operating system's randomness, stretched by a cryptographic generator per thread.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemRandom;

impl RandomSource for SystemRandom {
    fn bytes(&self) -> [u8; 64] {
        let mut random = [0; 64];
        fill(&mut random);
        random
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the source of randomness")]
fn fill(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
}
