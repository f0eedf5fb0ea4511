//! Managing ingest keys. Every change is known to this process's ingest at once.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, KeyId, ProjectId};
use domain::key;
use domain::origin::AllowedDomain;
use domain::random::RandomSource;

use crate::ingest::KeyDirectory;
use crate::ports::catalog::{ApiKey, ApiKeyPatch, ApiKeyStore};
use crate::{Error, validate};

/// Requests a minute a key may be given at most.
const MAX_RATE_LIMIT: u32 = 10_000_000;
/// Domains a key may list.
const MAX_DOMAINS: usize = 100;

/// What a new key is given.
#[derive(Debug, Clone, Default)]
pub struct NewApiKey {
    /// Its name.
    pub key_name: String,
    /// Whose pages may use it, as written; empty: all.
    pub allowed_domains: Vec<String>,
    /// Requests a minute; none: the default.
    pub rate_limit_per_minute: Option<u32>,
}

/// What to change of a key, as written.
#[derive(Debug, Clone, Default)]
pub struct ApiKeyEdit {
    /// Its name.
    pub key_name: Option<String>,
    /// Whose pages may use it.
    pub allowed_domains: Option<Vec<String>>,
    /// Requests a minute.
    pub rate_limit_per_minute: Option<u32>,
    /// Whether it admits anything.
    pub is_active: Option<bool>,
}

/// The use cases around keys. The caller has authorised the member.
pub struct ApiKeyService {
    store: Arc<dyn ApiKeyStore>,
    directory: Arc<KeyDirectory>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    random: Arc<dyn RandomSource>,
}

impl ApiKeyService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn ApiKeyStore>,
        directory: Arc<KeyDirectory>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { store, directory, clock, ids, random }
    }

    /// A project's keys, latest first.
    pub async fn list(&self, project: ProjectId) -> Result<Vec<ApiKey>, Error> {
        Ok(self.store.of_project(project).await?)
    }

    /// Makes a key with a fresh text.
    pub async fn create(&self, project: ProjectId, new: NewApiKey) -> Result<ApiKey, Error> {
        let now = self.clock.now();
        let text = key::from_random(key::INGEST_PREFIX, &self.random.bytes())
            .ok_or_else(|| Error::internal("the random source gives no usable bytes"))?;
        let key = ApiKey {
            id: KeyId(self.ids.next(now)),
            project_id: project,
            key_name: validate::name("key_name", &new.key_name)?,
            key: text,
            allowed_domains: valid_domains(&new.allowed_domains)?,
            rate_limit_per_minute: valid_limit(
                new.rate_limit_per_minute.unwrap_or(key::DEFAULT_RATE_LIMIT_PER_MINUTE),
            )?,
            is_active: true,
            created_at: now,
            last_used_at: None,
        };
        self.store.add(key.clone()).await?;
        self.directory.forget(&key.key).await;
        Ok(key)
    }

    /// Changes a key and returns it as it is now.
    pub async fn change(
        &self,
        project: ProjectId,
        id: KeyId,
        changes: ApiKeyEdit,
    ) -> Result<ApiKey, Error> {
        let changes = ApiKeyPatch {
            key_name: changes
                .key_name
                .as_deref()
                .map(|name| validate::name("key_name", name))
                .transpose()?,
            allowed_domains: changes.allowed_domains.as_deref().map(valid_domains).transpose()?,
            rate_limit_per_minute: changes.rate_limit_per_minute.map(valid_limit).transpose()?,
            is_active: changes.is_active,
        };
        let found = self.store.change(project, id, changes).await?;
        let key = found.ok_or(Error::NotFound("API key"))?;
        self.directory.forget(&key.key).await;
        Ok(key)
    }

    /// Deletes a key.
    pub async fn delete(&self, project: ProjectId, id: KeyId) -> Result<(), Error> {
        let removed = self.store.remove(project, id).await?;
        let key = removed.ok_or(Error::NotFound("API key"))?;
        self.directory.forget(&key.key).await;
        Ok(())
    }
}

impl std::fmt::Debug for ApiKeyService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ApiKeyService").finish_non_exhaustive()
    }
}

fn valid_domains(texts: &[String]) -> Result<Vec<AllowedDomain>, Error> {
    if texts.len() > MAX_DOMAINS {
        return Err(Error::invalid(
            "allowed_domains",
            format!("allowed_domains can have at most {MAX_DOMAINS} domains"),
        ));
    }
    texts
        .iter()
        .map(|text| {
            AllowedDomain::parse(text).map_err(|error| {
                Error::invalid("allowed_domains", format!("allowed_domains: {text:?} is {error}"))
            })
        })
        .collect()
}

pub(crate) fn valid_limit(limit: u32) -> Result<u32, Error> {
    if (1..=MAX_RATE_LIMIT).contains(&limit) {
        return Ok(limit);
    }
    Err(Error::invalid(
        "rate_limit_per_minute",
        format!("rate_limit_per_minute must be between 1 and {MAX_RATE_LIMIT}"),
    ))
}
