//! Secret keys: how programs read and report, and who is behind one.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, ProjectId, SecretKeyId};
use domain::key::{self, DEFAULT_RATE_LIMIT_PER_MINUTE, SecretKeyRole};
use domain::random::RandomSource;
use domain::rate_limit::RateLimitExceeded;
use domain::role::Role;
use domain::time::Timestamp;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::api_keys::valid_limit;
use crate::auth::{AuthorizationChange, AuthorizationChangeBus};
use crate::ports::catalog::{SecretKey, SecretKeyStore};
use crate::rate_limiter::RateLimiter;
use crate::{Error, validate};

/// Use is noted once in this many seconds.
const RECORD_EVERY_SECONDS: i64 = 60;

/// What a new key is given.
#[derive(Debug, Clone)]
pub struct NewSecretKey {
    /// Its name.
    pub key_name: String,
    /// What it may do.
    pub role: SecretKeyRole,
    /// Requests a minute; none: the default.
    pub rate_limit_per_minute: Option<u32>,
    /// From when on it is no longer valid; none: until it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// Whom a valid key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretKeyPrincipal {
    /// The key's row.
    pub id: SecretKeyId,
    /// Its name.
    pub key_name: String,
    /// The only project it opens.
    pub project_id: ProjectId,
    /// What it may do there.
    pub role: SecretKeyRole,
}

/// The use cases around secret keys.
pub struct SecretKeyService {
    store: Arc<dyn SecretKeyStore>,
    usages: RateLimiter<SecretKeyId>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    random: Arc<dyn RandomSource>,
    changes: AuthorizationChangeBus,
}

impl SecretKeyService {
    /// Puts the parts together. Keys that are revoked are announced to `changes`.
    pub fn new(
        store: Arc<dyn SecretKeyStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        random: Arc<dyn RandomSource>,
        changes: AuthorizationChangeBus,
    ) -> Self {
        Self { store, usages: RateLimiter::default(), clock, ids, random, changes }
    }

    /// Whom a key stands for; none when it is no key, unknown, revoked or expired. The caller sees
    /// to it that it never comes from a browser, and that it opens no other project.
    ///
    /// # Errors
    /// [`Error::Limited`] when the key's requests for this minute are used up.
    pub async fn authenticate(&self, key: &str) -> Result<Option<SecretKeyPrincipal>, Error> {
        if !key::is_secret_key(key) {
            return Ok(None);
        }
        let now = self.clock.now();
        let Some(found) = self.valid(&digest(key)).await? else { return Ok(None) };
        self.usages.try_acquire(&found.id, found.rate_limit_per_minute, now).map_err(
            |RateLimitExceeded { retry_after_seconds }| Error::Limited { retry_after_seconds },
        )?;
        self.record_use(&found, now).await;
        Ok(Some(SecretKeyPrincipal {
            id: found.id,
            key_name: found.key_name,
            project_id: found.project_id,
            role: found.role,
        }))
    }

    /// What the key with this digest allows in a project now; none when it is unknown, revoked, expired
    /// or another project's.
    pub async fn role(&self, digest: &[u8; 32], project: ProjectId) -> Result<Option<Role>, Error> {
        let found = self.valid(digest).await?;
        Ok(found.filter(|key| key.project_id == project).and_then(|key| key.role.member_role()))
    }

    async fn valid(&self, digest: &[u8; 32]) -> Result<Option<SecretKey>, Error> {
        let now = self.clock.now();
        let found = self.store.secret_key(digest).await?;
        Ok(found.filter(|key| {
            key.expires_at.is_none_or(|expires_at| now < expires_at)
                && bool::from(key.digest.ct_eq(digest))
        }))
    }

    /// A project's keys, latest first.
    pub async fn list(&self, project: ProjectId) -> Result<Vec<SecretKey>, Error> {
        Ok(self.store.secret_keys_of(project).await?)
    }

    /// Makes a key and returns its text, which is shown once and never stored.
    pub async fn create(
        &self,
        project: ProjectId,
        new: NewSecretKey,
    ) -> Result<(SecretKey, SecretString), Error> {
        let now = self.clock.now();
        if new.expires_at.is_some_and(|expires_at| expires_at <= now) {
            return Err(Error::invalid("expires_at", "expires_at must be in the future"));
        }
        let text = key::from_random(key::SECRET_PREFIX, &self.random.bytes())
            .ok_or_else(|| Error::internal("the random source gives no usable bytes"))?;
        let key = SecretKey {
            id: SecretKeyId(self.ids.next(now)),
            project_id: project,
            key_name: validate::name("key_name", &new.key_name)?,
            digest: digest(&text),
            role: new.role,
            rate_limit_per_minute: valid_limit(
                new.rate_limit_per_minute.unwrap_or(DEFAULT_RATE_LIMIT_PER_MINUTE),
            )?,
            created_at: now,
            expires_at: new.expires_at,
            last_used_at: None,
        };
        self.store.add_secret_key(key.clone()).await?;
        Ok((key, text.into()))
    }

    /// Revokes a key. It opens nothing from now on.
    pub async fn revoke(&self, project: ProjectId, id: SecretKeyId) -> Result<(), Error> {
        let was_there = self.store.revoke_secret_key(project, id).await?;
        was_there.then_some(()).ok_or(Error::NotFound("secret key"))?;
        self.changes.announce(AuthorizationChange::SecretKey(id));
        Ok(())
    }

    /// Notes the use at most once a minute. Reading goes on when the note cannot be stored.
    async fn record_use(&self, key: &SecretKey, now: Timestamp) {
        let minute = now.floor_to_seconds(RECORD_EVERY_SECONDS);
        if key.last_used_at.is_some_and(|noted| noted >= minute) {
            return;
        }
        if let Err(error) = self.store.touch_secret_key(key.id, now).await {
            tracing::warn!(error = %crate::error_chain(&error), "when a secret key was last used could not be stored");
        }
    }
}

impl std::fmt::Debug for SecretKeyService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SecretKeyService").finish_non_exhaustive()
    }
}

/// SHA-256 of a key's text.
pub(crate) fn digest(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}
