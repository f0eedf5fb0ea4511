//! Ingest keys.

use async_trait::async_trait;
use domain::id::{KeyId, ProjectId};
use domain::origin::{AllowedDomain, PageOrigin};
use domain::time::Timestamp;

use super::Error;

/// A public ingest key: it stands in web pages and may only write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its row.
    pub id: KeyId,
    /// Whose events it brings.
    pub project_id: ProjectId,
    /// Its name, for people.
    pub key_name: String,
    /// `fk_` and 32 characters; unique.
    pub key: String,
    /// Whose pages may use it; empty: all.
    pub allowed_domains: Vec<AllowedDomain>,
    /// Requests a minute.
    pub rate_limit_per_minute: u32,
    /// Whether it admits anything.
    pub is_active: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// What to change of a key; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiKeyPatch {
    /// Its name.
    pub key_name: Option<String>,
    /// Whose pages may use it.
    pub allowed_domains: Option<Vec<AllowedDomain>>,
    /// Requests a minute.
    pub rate_limit_per_minute: Option<u32>,
    /// Whether it admits anything.
    pub is_active: Option<bool>,
}

/// Ingest keys. See [`super`] for the contract.
#[async_trait]
pub trait ApiKeyStore: Send + Sync {
    /// Stores a new key.
    async fn add(&self, key: ApiKey) -> Result<(), Error>;

    /// A project's keys, latest first.
    async fn of_project(&self, project: ProjectId) -> Result<Vec<ApiKey>, Error>;

    /// The key with this text, whoever asks.
    async fn by_text(&self, key: &str) -> Result<Option<ApiKey>, Error>;

    /// The oldest active key that names this origin, for any caller; none when no such key does, or keys of
    /// several projects do. A key that admits every origin names none. Costs the same however many
    /// projects there are.
    async fn by_origin(&self, origin: &PageOrigin) -> Result<Option<ApiKey>, Error>;

    /// Changes a key and returns it as it is now; none when the project has no such key.
    async fn change(
        &self,
        project: ProjectId,
        id: KeyId,
        changes: ApiKeyPatch,
    ) -> Result<Option<ApiKey>, Error>;

    /// Deletes a key and returns it as it was; none when the project has no such key.
    async fn remove(&self, project: ProjectId, id: KeyId) -> Result<Option<ApiKey>, Error>;

    /// Notes when keys were used; an earlier time never replaces a later one, unknown keys are passed
    /// over.
    async fn touch(&self, used: &[(KeyId, Timestamp)]) -> Result<(), Error>;
}
