//! Looking keys up: cached, because every request needs one, and never stale for long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::id::KeyId;
use domain::key;
use domain::origin::{AllowedDomain, PageOrigin};
use domain::rate_limit::RateLimitExceeded;
use domain::time::Timestamp;
use moka::future::Cache;

use super::KeyDirectoryStore;
use super::key_limits::KeyLimits;
use crate::Error;
use crate::ports::catalog::{ApiKey, RequestClass};

/// Another process's change to a key is noticed after this at the latest; our own at once.
const TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// What is remembered of keys, and of origins, in bytes: 10,000 ordinary ones at least, unknown ones
/// included.
const CAPACITY_BYTES: u64 = 16 * 1_024 * 1_024;
/// What an entry takes beside what it holds, about, in bytes.
const ENTRY_BYTES: usize = 400;

/// A key and what its project says about its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// The key.
    pub key: ApiKey,
    /// How far back the project's events may lie.
    pub retention_days: u32,
}

/// Ingest keys by their text, and by the origins they name. Only what can be the text of a key, or an
/// origin, is looked up and remembered: both have a few hundred bytes at most.
pub struct KeyDirectory {
    store: Arc<dyn KeyDirectoryStore>,
    entries: Cache<String, Option<Arc<KeyEntry>>>,
    origins: Cache<PageOrigin, Option<Arc<KeyEntry>>>,
    used: Mutex<HashMap<KeyId, Timestamp>>,
    limits: KeyLimits,
}

impl KeyDirectory {
    /// A directory over `store`.
    pub fn new(store: Arc<dyn KeyDirectoryStore>) -> Self {
        Self {
            store,
            entries: cache(),
            origins: cache(),
            used: Mutex::default(),
            limits: KeyLimits::default(),
        }
    }

    /// The key with this text; none when nobody has it.
    pub async fn find(&self, text: &str) -> Result<Option<Arc<KeyEntry>>, Error> {
        if !key::is_ingest_key(text) {
            return Ok(None);
        }
        if let Some(entry) = self.entries.get(text).await {
            return Ok(entry);
        }
        self.entries.try_get_with(text.to_owned(), self.load(text)).await.map_err(
            |error: Arc<Error>| Error::Unavailable { what: "the catalog", cause: Box::new(error) },
        )
    }

    async fn load(&self, text: &str) -> Result<Option<Arc<KeyEntry>>, Error> {
        let found = self.store.by_text(text).await?;
        self.with_project(found).await
    }

    /// The first active key of the one project whose keys name this origin; none when no project's keys
    /// name it, or keys of several do. Keys that admit every origin name none.
    pub async fn of_origin(&self, origin: &str) -> Result<Option<Arc<KeyEntry>>, Error> {
        let Some(origin) = PageOrigin::parse(origin) else { return Ok(None) };
        if let Some(entry) = self.origins.get(&origin).await {
            return Ok(entry);
        }
        let loaded = self.load_origin(&origin);
        self.origins.try_get_with(origin.clone(), loaded).await.map_err(|error: Arc<Error>| {
            Error::Unavailable { what: "the catalog", cause: Box::new(error) }
        })
    }

    async fn load_origin(&self, origin: &PageOrigin) -> Result<Option<Arc<KeyEntry>>, Error> {
        let found = self.store.by_origin(origin).await?;
        self.with_project(found).await
    }

    async fn with_project(&self, key: Option<ApiKey>) -> Result<Option<Arc<KeyEntry>>, Error> {
        let Some(key) = key else { return Ok(None) };
        let project = self.store.project(key.project_id).await?;
        Ok(project
            .map(|project| Arc::new(KeyEntry { key, retention_days: project.retention_days })))
    }

    /// Forgets a key's cached entry: its row has changed.
    pub async fn forget(&self, text: &str) {
        self.entries.invalidate(text).await;
        self.origins.invalidate_all();
    }

    /// Counts one request of a key against its limit.
    pub(super) fn try_acquire(
        &self,
        class: RequestClass,
        key: &ApiKey,
        now: Timestamp,
    ) -> Result<(), RateLimitExceeded> {
        self.limits.try_acquire(class, key, now)
    }

    /// Reports how many requests keys made, and learns how many other servers admitted.
    pub async fn exchange_counts(&self, now: Timestamp) -> Result<(), Error> {
        self.limits.exchange(&*self.store, now).await
    }

    /// Notes that a key was used; stored by [`KeyDirectory::store_uses`].
    pub(super) fn record_use(&self, key: KeyId, now: Timestamp) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key, now);
    }

    /// Stores when keys were used since the last call. What could not be stored is kept for the next.
    pub async fn store_uses(&self) -> Result<(), Error> {
        let used = std::mem::take(&mut *self.used.lock().unwrap_or_else(PoisonError::into_inner));
        if used.is_empty() {
            return Ok(());
        }
        let taken: Vec<(KeyId, Timestamp)> = used.into_iter().collect();
        if let Err(error) = self.store.touch(&taken).await {
            let mut kept = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, at) in taken {
                let latest = kept.entry(key).or_insert(at);
                *latest = at.max(*latest);
            }
            return Err(error.into());
        }
        Ok(())
    }
}

impl std::fmt::Debug for KeyDirectory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("KeyDirectory").finish_non_exhaustive()
    }
}

/// Weighs what it remembers.
fn cache<K: Eq + std::hash::Hash + Send + Sync + 'static>() -> Cache<K, Option<Arc<KeyEntry>>> {
    Cache::builder()
        .max_capacity(CAPACITY_BYTES)
        .weigher(|_, entry: &Option<Arc<KeyEntry>>| {
            let bytes = entry.as_ref().map_or(0, |entry| {
                let domains = entry.key.allowed_domains.iter();
                entry.key.key_name.len() + domains.map(AllowedDomain::size_bytes).sum::<usize>()
            });
            u32::try_from(ENTRY_BYTES + bytes).unwrap_or(u32::MAX)
        })
        .time_to_live(TIME_TO_LIVE)
        .build()
}
