//! A keyed rate limiter in bounded memory.

use std::convert::Infallible;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use domain::rate_limit::{RateBucket, RateLimitExceeded};
use domain::time::Timestamp;
use quick_cache::sync::Cache;

/// How many are remembered. Beyond it, callers who came once, or long ago, are forgotten: their limit
/// begins anew, and nobody is refused for what others did.
const CAPACITY: usize = 50_000;

/// Rate buckets by key.
pub(crate) struct RateLimiter<K> {
    usages: Cache<K, Arc<Mutex<RateBucket>>>,
}

impl<K: Eq + Hash + Clone> Default for RateLimiter<K> {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl<K: Eq + Hash + Clone> RateLimiter<K> {
    fn with_capacity(capacity: usize) -> Self {
        Self { usages: Cache::new(capacity) }
    }

    /// Counts one request at `now` against the limit of the one named.
    pub(crate) fn try_acquire(
        &self,
        of: &K,
        limit_per_minute: u32,
        now: Timestamp,
    ) -> Result<(), RateLimitExceeded> {
        self.with(of, |bucket| bucket.try_acquire(limit_per_minute, now))
    }

    /// Calls `work` with the bucket of `of`.
    pub(crate) fn with<T>(&self, of: &K, work: impl FnOnce(&mut RateBucket) -> T) -> T {
        let Ok(usage) = self.usages.get_or_insert_with(of, || Ok::<_, Infallible>(Arc::default()));
        work(&mut usage.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

    #[test]
    fn each_has_a_limit_of_their_own() {
        let usages = RateLimiter::default();
        assert!(usages.try_acquire(&1, 2, NOON).is_ok());
        assert!(usages.try_acquire(&1, 2, NOON).is_ok());
        assert!(usages.try_acquire(&1, 2, NOON).is_err());
        assert!(usages.try_acquire(&2, 2, NOON).is_ok());
    }

    #[test]
    fn however_many_come_only_so_many_are_remembered_and_the_latest_keep_their_limit() {
        let (capacity, all) = (500, 5_000);
        let usages = RateLimiter::with_capacity(capacity);
        for number in 0..all {
            assert!(usages.try_acquire(&number, 1, NOON).is_ok());
        }
        // Each of the cache's parts rounds up.
        assert!(usages.usages.len() < capacity + 50, "{}", usages.usages.len());
        assert!(usages.try_acquire(&(all - 1), 1, NOON).is_err());
    }
}
