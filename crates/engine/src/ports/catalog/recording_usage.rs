//! How much each project has recorded on each day.

use async_trait::async_trait;
use domain::id::ProjectId;

use super::Error;

/// Bytes of recordings and pictures by UTC day. See [`super`] for the contract.
#[async_trait]
pub trait RecordingUsageStore: Send + Sync {
    /// Adds `bytes` to a project's day, in days since 1970-01-01, if that makes no more than `limit`. Else
    /// nothing is added, and the day counts as used up: `limit` is stored. Of concurrent calls, in all
    /// servers, no more succeed than fit.
    async fn reserve_bytes(
        &self,
        project: ProjectId,
        day: i32,
        bytes: u64,
        limit: u64,
    ) -> Result<bool, Error>;

    /// What a project's day has come to; 0 at first.
    async fn recorded_bytes(&self, project: ProjectId, day: i32) -> Result<u64, Error>;

    /// Forgets the days before `day`.
    async fn prune_recording_days(&self, day: i32) -> Result<(), Error>;
}
