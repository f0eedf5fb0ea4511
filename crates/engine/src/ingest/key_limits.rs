//! Rate limits of keys, which all servers on one catalog keep together.
//!
//! Requests are counted in memory, so none waits for the catalog. About once a second each server reports
//! what it counted and learns what the others did ([`KeyLimits::exchange`]): what these admit in between is
//! what the limit may be exceeded by, and what was counted before a report failed: whether it arrived is not
//! known then, and reporting it again would refuse requests that are within the limit. With one server it is
//! exact.

use std::sync::{Mutex, PoisonError};

use domain::id::{KeyId, ProjectId};
use domain::rate_limit::{RateBucket, RateLimitExceeded};
use domain::time::Timestamp;

use crate::Error;
use crate::ports::catalog::{ApiKey, RateCount, RateLimitStore, RequestClass};
use crate::rate_limiter::RateLimiter;

/// Windows that began longer ago no longer matter, in seconds.
const SHARED_SECONDS: i64 = 120;

/// The limiters, and what they have counted since the last exchange.
#[derive(Default)]
pub(super) struct KeyLimits {
    events: RateLimiter<KeyId>,
    auxiliary: RateLimiter<KeyId>,
    unreported: Mutex<Vec<CountedKey>>,
}

/// A key that made requests of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CountedKey {
    project_id: ProjectId,
    key_id: KeyId,
    class: RequestClass,
}

impl KeyLimits {
    /// Counts one request of a key against its limit.
    pub(super) fn try_acquire(
        &self,
        class: RequestClass,
        key: &ApiKey,
        now: Timestamp,
    ) -> Result<(), RateLimitExceeded> {
        let is_first = self.of(class).with(&key.id, |bucket| {
            bucket.try_acquire(key.rate_limit_per_minute, now)?;
            Ok(bucket.has_first_unreported())
        })?;
        if is_first {
            let counted = CountedKey { project_id: key.project_id, key_id: key.id, class };
            self.unreported().push(counted);
        }
        Ok(())
    }

    /// Reports the counts since the last exchange, and learns what all servers counted.
    pub(super) async fn exchange(
        &self,
        store: &dyn RateLimitStore,
        now: Timestamp,
    ) -> Result<(), Error> {
        let counts = self.take_counts();
        let totals = store.add_rate_counts(&counts, now.plus_seconds(-SHARED_SECONDS)).await?;
        for total in totals {
            let count = u32::try_from(total.count).unwrap_or(u32::MAX);
            let limiter = self.of(total.class);
            limiter.with(&total.key_id, |bucket| bucket.learn(total.window_start, count, now));
        }
        Ok(())
    }

    /// In one order on all servers, since rows are locked in it.
    fn take_counts(&self) -> Vec<RateCount> {
        let mut counted = std::mem::take(&mut *self.unreported());
        counted.sort_unstable();
        counted.dedup();
        let mut counts = Vec::new();
        for CountedKey { project_id, key_id, class } in counted {
            let windows = self.of(class).with(&key_id, RateBucket::take_unreported);
            counts.extend(windows.map(|(window_start, count)| RateCount {
                project_id,
                key_id,
                class,
                window_start,
                count: u64::from(count),
            }));
        }
        counts
    }

    fn of(&self, class: RequestClass) -> &RateLimiter<KeyId> {
        match class {
            RequestClass::Events => &self.events,
            RequestClass::Auxiliary => &self.auxiliary,
        }
    }

    fn unreported(&self) -> std::sync::MutexGuard<'_, Vec<CountedKey>> {
        self.unreported.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicBool, Ordering};

    use async_trait::async_trait;
    use uuid::Uuid;

    use super::*;
    use crate::ports::catalog;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

    /// A catalog of all servers.
    #[derive(Default)]
    struct SharedCounts {
        counts: Mutex<BTreeMap<(KeyId, RequestClass, Timestamp), RateCount>>,
        is_failing: AtomicBool,
    }

    #[async_trait]
    impl RateLimitStore for SharedCounts {
        async fn add_rate_counts(
            &self,
            counts: &[RateCount],
            since: Timestamp,
        ) -> Result<Vec<RateCount>, catalog::Error> {
            if self.is_failing.load(Ordering::Relaxed) {
                return Err(catalog::Error::AlreadyExists { what: "failure" });
            }
            let mut stored = self.counts.lock().expect("unpoisoned");
            for count in counts {
                let none = RateCount { count: 0, ..*count };
                let key = (count.key_id, count.class, count.window_start);
                stored.entry(key).or_insert(none).count += count.count;
            }
            Ok(stored.values().filter(|count| count.window_start >= since).copied().collect())
        }
    }

    impl SharedCounts {
        fn total(&self) -> u64 {
            self.counts.lock().expect("unpoisoned").values().map(|count| count.count).sum()
        }
    }

    fn key() -> ApiKey {
        ApiKey {
            id: KeyId(Uuid::from_u128(1)),
            project_id: ProjectId(Uuid::from_u128(7)),
            key_name: "Web site".to_owned(),
            key: String::new(),
            allowed_domains: Vec::new(),
            rate_limit_per_minute: 10,
            is_active: true,
            created_at: Timestamp::EPOCH,
            last_used_at: None,
        }
    }

    /// How many of twenty requests are admitted.
    fn admitted(server: &KeyLimits, now: Timestamp) -> usize {
        let acquire = |_: &i32| server.try_acquire(RequestClass::Events, &key(), now).is_ok();
        (0..20).filter(acquire).count()
    }

    #[tokio::test]
    async fn a_limit_holds_across_servers_that_exchange_their_counts() {
        let (store, one, two) =
            (SharedCounts::default(), KeyLimits::default(), KeyLimits::default());
        for _ in 0..6 {
            assert!(one.try_acquire(RequestClass::Events, &key(), NOON).is_ok());
        }
        one.exchange(&store, NOON).await.expect("exchanged");
        two.exchange(&store, NOON).await.expect("exchanged");
        assert_eq!(admitted(&two, NOON), 4, "the other server's six are known");
        two.exchange(&store, NOON).await.expect("exchanged");
        one.exchange(&store, NOON).await.expect("exchanged");
        assert_eq!((admitted(&one, NOON), admitted(&two, NOON), store.total()), (0, 0, 10));
        assert!(one.try_acquire(RequestClass::Auxiliary, &key(), NOON).is_ok());
    }

    /// A limit may be exceeded by the requests that servers admit between two exchanges; they are carried over.
    #[tokio::test]
    async fn a_burst_before_the_exchange_is_admitted_by_each_server_and_counts_for_all() {
        let (store, one, two) =
            (SharedCounts::default(), KeyLimits::default(), KeyLimits::default());
        assert_eq!((admitted(&one, NOON), admitted(&two, NOON)), (10, 10));
        for server in [&one, &two, &one] {
            server.exchange(&store, NOON).await.expect("exchanged");
        }
        assert_eq!(store.total(), 20);
        // Half a minute later half of the twenty still counts.
        assert_eq!(admitted(&one, NOON.plus_seconds(90)), 0);
        assert_eq!(admitted(&two, NOON.plus_seconds(105)), 5);
    }

    #[tokio::test]
    async fn counts_that_could_not_be_stored_still_count_here() {
        let (store, server) = (SharedCounts::default(), KeyLimits::default());
        for _ in 0..3 {
            assert!(server.try_acquire(RequestClass::Events, &key(), NOON).is_ok());
        }
        store.is_failing.store(true, Ordering::Relaxed);
        assert!(server.exchange(&store, NOON).await.is_err());
        assert!(server.try_acquire(RequestClass::Events, &key(), NOON).is_ok());
        store.is_failing.store(false, Ordering::Relaxed);
        for _ in 0..2 {
            server.exchange(&store, NOON).await.expect("exchanged");
        }
        assert_eq!(store.total(), 1, "the first three may have arrived");
        assert_eq!(admitted(&server, NOON), 6);
    }
}
