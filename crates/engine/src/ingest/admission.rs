//! Who may write: key, origin, and how often.

use std::net::IpAddr;

use domain::id::{KeyId, ProjectId};
use domain::network::network_of;
use domain::origin;
use domain::rate::Exhausted;
use domain::time::Timestamp;

use super::Ingest;
use super::keys::KeyEntry;
use crate::Error;
use crate::usages::Usages;

/// A sender that may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Into which project.
    pub project_id: ProjectId,
    /// How far back that project's events may lie.
    pub retention_days: u32,
}

/// A sender that may not.
#[derive(Debug)]
pub enum Denied {
    /// No key was given.
    NoKey,
    /// Nobody's key.
    UnknownKey,
    /// The key is switched off.
    KeyInactive(ProjectId),
    /// The page's origin is not on the key's list.
    OriginNotAllowed(ProjectId),
    /// The key's requests for this minute are used up.
    KeyLimited(ProjectId, Exhausted),
    /// The address's requests for this minute are used up.
    AddressLimited(Exhausted),
    /// Keys cannot be looked up now.
    Failed(Error),
}

/// How often each key and each address has written.
pub struct Limits {
    address_limit_per_minute: u32,
    keys: Usages<KeyId>,
    beside: Usages<KeyId>,
    addresses: Usages<IpAddr>,
}

impl Limits {
    /// `address_limit_per_minute` 0 means no limit by address.
    pub fn new(address_limit_per_minute: u32) -> Self {
        Self {
            address_limit_per_minute,
            keys: Usages::default(),
            beside: Usages::default(),
            addresses: Usages::default(),
        }
    }

    fn take_key(
        &self,
        counted: Counted,
        key: KeyId,
        limit: u32,
        now: Timestamp,
    ) -> Result<(), Exhausted> {
        let usages = match counted {
            Counted::Events => &self.keys,
            Counted::Beside => &self.beside,
        };
        usages.take(key, limit, now)
    }

    fn take_address(&self, address: IpAddr, now: Timestamp) -> Result<(), Exhausted> {
        match self.address_limit_per_minute {
            0 => Ok(()),
            limit => self.addresses.take(network_of(address), limit, now),
        }
    }
}

/// What a key's request is counted as; each has the key's limit to itself.
#[derive(Debug, Clone, Copy)]
enum Counted {
    /// Events.
    Events,
    /// Recordings, pictures and settings: they never keep events out.
    Beside,
}

impl Ingest {
    /// Counts a request against its address's limit: the first thing that is asked of it.
    pub fn admit_address(&self, address: IpAddr) -> Result<(), Denied> {
        let now = self.clock.now();
        self.limits.take_address(address, now).map_err(Denied::AddressLimited)
    }

    /// Whether the holder of `key`, on a page of `origin`, may write now. Counts the request against
    /// the key's limit and notes the key's use.
    pub async fn admit(&self, key: Option<&str>, origin: Option<&str>) -> Result<Admitted, Denied> {
        self.admit_as(Counted::Events, key, origin).await
    }

    /// The same for what comes beside events: recordings, pictures and settings. They have the key's
    /// limit to themselves, so that they never keep events out.
    pub async fn admit_beside(
        &self,
        key: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Admitted, Denied> {
        self.admit_as(Counted::Beside, key, origin).await
    }

    async fn admit_as(
        &self,
        counted: Counted,
        key: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Admitted, Denied> {
        let now = self.clock.now();
        let text = key.ok_or(Denied::NoKey)?;
        let found = self.keys.find(text).await.map_err(Denied::Failed)?;
        let entry = found.ok_or(Denied::UnknownKey)?;
        let key = &entry.key;
        if !key.is_active {
            return Err(Denied::KeyInactive(key.project_id));
        }
        // Programs send no origin; an allowlist is about pages, so it needs one to be admitted.
        if !origin::is_admitted(&key.allowed_domains, origin) {
            return Err(Denied::OriginNotAllowed(key.project_id));
        }
        self.admit_key(counted, &entry, now)
    }

    /// Counts a request against its key's limit and notes the key's use.
    fn admit_key(
        &self,
        counted: Counted,
        entry: &KeyEntry,
        now: Timestamp,
    ) -> Result<Admitted, Denied> {
        let key = &entry.key;
        self.limits
            .take_key(counted, key.id, key.rate_limit_per_minute, now)
            .map_err(|exhausted| Denied::KeyLimited(key.project_id, exhausted))?;
        self.keys.note_use(key.id, now);
        Ok(Admitted { project_id: key.project_id, retention_days: entry.retention_days })
    }

    /// Whether a page of `origin`, which named no key, may write now: it may when keys of exactly one
    /// project name that origin. The first of these keys stands for the request.
    pub async fn admit_origin(&self, origin: Option<&str>) -> Result<Admitted, Denied> {
        let now = self.clock.now();
        let origin = origin.ok_or(Denied::NoKey)?;
        let found = self.keys.of_origin(origin).await.map_err(Denied::Failed)?;
        self.admit_key(Counted::Events, &*found.ok_or(Denied::NoKey)?, now)
    }

    /// Whether any key admits pages of `origin`: the answer to a CORS preflight, which names no key.
    /// The request that follows is checked against its own key.
    pub fn keys(&self) -> &super::KeyDirectory {
        &self.keys
    }
}
