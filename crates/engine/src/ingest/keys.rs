//! Looking keys up: cached, because every request needs one, and never stale for long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::id::KeyId;
use domain::key;
use domain::origin;
use domain::time::Timestamp;
use moka::future::Cache;

use super::KeyStore;
use crate::Error;
use crate::ports::catalog::ApiKey;

/// Another process's change to a key is noticed after this at the latest; our own at once.
const TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// Keys remembered, unknown ones included.
const CAPACITY: u64 = 10_000;

/// A key and what its project says about its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// The key.
    pub key: ApiKey,
    /// How far back the project's events may lie.
    pub retention_days: u32,
}

/// Ingest keys by their text.
pub struct KeyDirectory {
    store: Arc<dyn KeyStore>,
    entries: Cache<String, Option<Arc<KeyEntry>>>,
    origins: Cache<String, Option<Arc<KeyEntry>>>,
    used: Mutex<HashMap<KeyId, Timestamp>>,
}

impl KeyDirectory {
    /// A directory over `store`.
    pub fn new(store: Arc<dyn KeyStore>) -> Self {
        Self {
            store,
            entries: Cache::builder().max_capacity(CAPACITY).time_to_live(TIME_TO_LIVE).build(),
            origins: Cache::builder().max_capacity(CAPACITY).time_to_live(TIME_TO_LIVE).build(),
            used: Mutex::default(),
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
        let Some(key) = self.store.by_text(text).await? else { return Ok(None) };
        let project = self.store.project(key.project_id).await?;
        Ok(project
            .map(|project| Arc::new(KeyEntry { key, retention_days: project.retention_days })))
    }

    /// The first active key of the one project whose keys name this origin; none when no project's keys
    /// name it, or keys of several do. Keys that admit every origin name none.
    pub async fn of_origin(&self, origin: &str) -> Result<Option<Arc<KeyEntry>>, Error> {
        if let Some(entry) = self.origins.get(origin).await {
            return Ok(entry);
        }
        let loaded = self.load_origin(origin);
        self.origins.try_get_with(origin.to_owned(), loaded).await.map_err(|error: Arc<Error>| {
            Error::Unavailable { what: "the catalog", cause: Box::new(error) }
        })
    }

    async fn load_origin(&self, origin: &str) -> Result<Option<Arc<KeyEntry>>, Error> {
        let mut found: Option<KeyEntry> = None;
        for project in self.store.all().await? {
            let keys = self.store.of_project(project.id).await?;
            let names_it = |key: &ApiKey| {
                key.is_active
                    && !key.allowed_domains.is_empty()
                    && origin::is_admitted(&key.allowed_domains, Some(origin))
            };
            // The oldest, so that a new key does not take over what another's limit was set for.
            let Some(key) = keys.into_iter().rev().find(names_it) else { continue };
            if found.is_some() {
                return Ok(None);
            }
            found = Some(KeyEntry { key, retention_days: project.retention_days });
        }
        Ok(found.map(Arc::new))
    }

    /// Forgets a key's cached entry: its row has changed.
    pub async fn forget(&self, text: &str) {
        self.entries.invalidate(text).await;
        self.origins.invalidate_all();
    }

    /// Notes that a key was used; stored by [`KeyDirectory::store_uses`].
    pub(super) fn note_use(&self, key: KeyId, now: Timestamp) {
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
