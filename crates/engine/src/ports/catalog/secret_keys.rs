//! Keys with which programs read and report.

use async_trait::async_trait;
use domain::id::{ProjectId, SecretKeyId};
use domain::key::SecretKeyRole;
use domain::time::Timestamp;

use super::Error;

/// A secret key: it stands in for a member in one project, or reports to it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey {
    /// Its row.
    pub id: SecretKeyId,
    /// The only project it opens.
    pub project_id: ProjectId,
    /// Its name, for people.
    pub key_name: String,
    /// SHA-256 of its text; the text itself is never stored.
    pub digest: [u8; 32],
    /// What it may do.
    pub role: SecretKeyRole,
    /// Requests a minute.
    pub rate_limit_per_minute: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is no longer valid; none: until it is revoked.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

impl std::fmt::Debug for SecretKey {
    /// Without the digest.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SecretKey")
            .field("id", &self.id)
            .field("project_id", &self.project_id)
            .field("key_name", &self.key_name)
            .field("role", &self.role)
            .field("created_at", &self.created_at)
            .field("expires_at", &self.expires_at)
            .field("last_used_at", &self.last_used_at)
            .finish_non_exhaustive()
    }
}

/// Secret keys. See [`super`] for the contract.
#[async_trait]
pub trait SecretKeyStore: Send + Sync {
    /// Stores a new key.
    async fn add_secret_key(&self, key: SecretKey) -> Result<(), Error>;

    /// A project's keys, expired ones too, latest first.
    async fn secret_keys_of(&self, project: ProjectId) -> Result<Vec<SecretKey>, Error>;

    /// The key with this digest, expired or not, whoever asks.
    async fn secret_key(&self, digest: &[u8; 32]) -> Result<Option<SecretKey>, Error>;

    /// Deletes a key; `false` when the project has no such one.
    async fn revoke_secret_key(&self, project: ProjectId, id: SecretKeyId) -> Result<bool, Error>;

    /// Notes that a key was used, to the minute; an earlier time never replaces a later one, an
    /// unknown key is passed over.
    async fn touch_secret_key(&self, id: SecretKeyId, at: Timestamp) -> Result<(), Error>;
}
