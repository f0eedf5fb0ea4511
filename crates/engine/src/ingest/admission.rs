//! Admission of senders: key, origin and rate limits.

use std::net::IpAddr;

use domain::id::ProjectId;
use domain::origin;
use domain::rate_limit::RateLimitExceeded;
use domain::sender_network::network_of;
use domain::time::Timestamp;

use super::Ingest;
use super::keys::KeyEntry;
use crate::Error;
use crate::ports::catalog::RequestClass;
use crate::rate_limiter::RateLimiter;

/// A sender that may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedSender {
    /// Into which project.
    pub project_id: ProjectId,
    /// How far back that project's events may lie.
    pub retention_days: u32,
}

/// A sender that may not.
#[derive(Debug)]
pub enum AdmissionRejection {
    /// No key was given.
    NoKey,
    /// Nobody's key.
    UnknownKey,
    /// The key is switched off.
    KeyInactive(ProjectId),
    /// The page's origin is not on the key's list.
    OriginNotAllowed(ProjectId),
    /// The key's requests for this minute are used up.
    KeyLimited(ProjectId, RateLimitExceeded),
    /// The address's requests for this minute are used up.
    AddressLimited(RateLimitExceeded),
    /// Keys cannot be looked up now.
    Failed(Error),
}

/// How often each address has written, to this server.
pub(super) struct AddressLimits {
    limit_per_minute: u32,
    addresses: RateLimiter<IpAddr>,
}

impl AddressLimits {
    /// `limit_per_minute` 0 means no limit.
    pub(super) fn new(limit_per_minute: u32) -> Self {
        Self { limit_per_minute, addresses: RateLimiter::default() }
    }

    fn try_acquire(&self, address: IpAddr, now: Timestamp) -> Result<(), RateLimitExceeded> {
        match self.limit_per_minute {
            0 => Ok(()),
            limit => self.addresses.try_acquire(&network_of(address), limit, now),
        }
    }
}

impl Ingest {
    /// Counts a request against its address's limit: the first thing that is asked of it.
    pub fn admit_address(&self, address: IpAddr) -> Result<(), AdmissionRejection> {
        let now = self.clock.now();
        self.limits.try_acquire(address, now).map_err(AdmissionRejection::AddressLimited)
    }

    /// Whether the holder of `key`, on a page of `origin`, may write now. Counts the request against
    /// the key's limit and notes the key's use.
    pub async fn admit(
        &self,
        key: Option<&str>,
        origin: Option<&str>,
    ) -> Result<AdmittedSender, AdmissionRejection> {
        self.admit_class(RequestClass::Events, key, origin).await
    }

    /// The same for recordings, screenshots and settings. They have the key's
    /// limit to themselves, so that they never keep events out.
    pub async fn admit_auxiliary(
        &self,
        key: Option<&str>,
        origin: Option<&str>,
    ) -> Result<AdmittedSender, AdmissionRejection> {
        self.admit_class(RequestClass::Auxiliary, key, origin).await
    }

    async fn admit_class(
        &self,
        counted: RequestClass,
        key: Option<&str>,
        origin: Option<&str>,
    ) -> Result<AdmittedSender, AdmissionRejection> {
        let now = self.clock.now();
        let text = key.ok_or(AdmissionRejection::NoKey)?;
        let found = self.keys.find(text).await.map_err(AdmissionRejection::Failed)?;
        let entry = found.ok_or(AdmissionRejection::UnknownKey)?;
        let key = &entry.key;
        if !key.is_active {
            return Err(AdmissionRejection::KeyInactive(key.project_id));
        }
        // Programs send no origin; an allowlist is about pages, so it needs one to be admitted.
        if !origin::is_admitted(&key.allowed_domains, origin) {
            return Err(AdmissionRejection::OriginNotAllowed(key.project_id));
        }
        self.admit_key(counted, &entry, now)
    }

    /// Counts a request against its key's limit and notes the key's use.
    fn admit_key(
        &self,
        counted: RequestClass,
        entry: &KeyEntry,
        now: Timestamp,
    ) -> Result<AdmittedSender, AdmissionRejection> {
        let key = &entry.key;
        self.keys
            .try_acquire(counted, key, now)
            .map_err(|exhausted| AdmissionRejection::KeyLimited(key.project_id, exhausted))?;
        self.keys.record_use(key.id, now);
        Ok(AdmittedSender { project_id: key.project_id, retention_days: entry.retention_days })
    }

    /// Whether a page of `origin`, which named no key, may write now: it may when keys of exactly one
    /// project name that origin. The first of these keys stands for the request.
    pub async fn admit_origin(
        &self,
        origin: Option<&str>,
    ) -> Result<AdmittedSender, AdmissionRejection> {
        let now = self.clock.now();
        let origin = origin.ok_or(AdmissionRejection::NoKey)?;
        let found = self.keys.of_origin(origin).await.map_err(AdmissionRejection::Failed)?;
        self.admit_key(RequestClass::Events, &*found.ok_or(AdmissionRejection::NoKey)?, now)
    }

    /// Whether any key admits pages of `origin`: the answer to a CORS preflight, which names no key.
    /// The request that follows is checked against its own key.
    pub fn keys(&self) -> &super::KeyDirectory {
        &self.keys
    }
}
