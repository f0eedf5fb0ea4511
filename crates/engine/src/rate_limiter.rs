//! A keyed rate limiter in bounded memory.

use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::rate_limit::{RateBucket, RateLimitExceeded};
use domain::time::Timestamp;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

/// How many are remembered. Beyond it the caller idle for longest is forgotten: their limit begins
/// anew, and nobody is refused for what others did.
const CAPACITY: u64 = 50_000;
/// A usage counts for two minutes; nobody needs to be remembered for longer.
const IDLE: Duration = Duration::from_mins(3);

/// Rate buckets by key.
pub(crate) struct RateLimiter<K> {
    usages: Cache<K, Arc<Mutex<RateBucket>>>,
}

impl<K: Eq + Hash + Send + Sync + 'static> Default for RateLimiter<K> {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl<K: Eq + Hash + Send + Sync + 'static> RateLimiter<K> {
    fn with_capacity(capacity: u64) -> Self {
        let usages = Cache::builder()
            .max_capacity(capacity)
            .time_to_idle(IDLE)
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { usages }
    }

    /// Counts one request at `now` against the limit of the one named.
    pub(crate) fn try_acquire(
        &self,
        of: K,
        limit_per_minute: u32,
        now: Timestamp,
    ) -> Result<(), RateLimitExceeded> {
        let usage = self.usages.get_with(of, Arc::default);
        usage.lock().unwrap_or_else(PoisonError::into_inner).try_acquire(limit_per_minute, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

    #[test]
    fn each_has_a_limit_of_their_own() {
        let usages = RateLimiter::default();
        assert!(usages.try_acquire(1, 2, NOON).is_ok());
        assert!(usages.try_acquire(1, 2, NOON).is_ok());
        assert!(usages.try_acquire(1, 2, NOON).is_err());
        assert!(usages.try_acquire(2, 2, NOON).is_ok());
    }

    #[test]
    fn however_many_come_only_so_many_are_remembered_and_the_latest_keep_their_limit() {
        let (capacity, all) = (500, 5_000);
        let usages = RateLimiter::with_capacity(capacity);
        for number in 0..all {
            assert!(usages.try_acquire(number, 1, NOON).is_ok());
        }
        usages.usages.run_pending_tasks();
        assert!(usages.usages.entry_count() <= capacity, "{}", usages.usages.entry_count());
        assert!(usages.try_acquire(all - 1, 1, NOON).is_err());
    }
}
