//! Requests of keys, counted by all servers together.

use async_trait::async_trait;
use domain::id::{KeyId, ProjectId};
use domain::time::Timestamp;

use super::Error;

/// How long the counts of a window are kept after its beginning, in seconds.
pub const RATE_COUNTS_KEPT_SECONDS: i64 = 3_600;

/// A class of requests of a key; each has the key's limit to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestClass {
    /// Recordings, pictures and settings: they never keep events out.
    Auxiliary,
    /// Events.
    Events,
}

impl RequestClass {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Auxiliary, Self::Events];

    /// The name in the catalog.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auxiliary => "auxiliary",
            Self::Events => "events",
        }
    }

    /// The class of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == text)
    }
}

/// Requests that were admitted in one window of one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RateCount {
    /// The tenant.
    pub project_id: ProjectId,
    /// The key that made them.
    pub key_id: KeyId,
    /// Their class.
    pub class: RequestClass,
    /// The beginning of the minute.
    pub window_start: Timestamp,
    /// How many.
    pub count: u64,
}

/// Counts of windows. See [`super`] for the contract.
#[async_trait]
pub trait RateLimitStore: Send + Sync {
    /// Adds to the stored counts, no window of a key twice, and returns the counts of all servers in windows
    /// that began at `since` or later, in any order. The keys need not exist. Where something is added,
    /// windows that began more than [`RATE_COUNTS_KEPT_SECONDS`] before `since` are removed.
    async fn add_rate_counts(
        &self,
        counts: &[RateCount],
        since: Timestamp,
    ) -> Result<Vec<RateCount>, Error>;
}
