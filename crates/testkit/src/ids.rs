//! Ids that count up, so that a test knows them beforehand.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::id::IdSource;
use domain::time::Timestamp;
use uuid::Uuid;

/// Gives 1, 2, 3, … as UUIDs.
#[derive(Debug, Default)]
pub struct CountingIds(AtomicU64);

impl IdSource for CountingIds {
    fn next(&self, _now: Timestamp) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::SeqCst) + 1))
    }
}
