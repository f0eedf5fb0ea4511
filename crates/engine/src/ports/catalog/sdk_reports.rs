//! Delivery reports of the browser SDK, by hour.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;

use super::Error;

/// A count of one project, hour and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkCount {
    /// The tenant.
    pub project_id: ProjectId,
    /// The beginning of the hour it was reported in.
    pub hour: Timestamp,
    /// What was counted.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// Reports of browsers. See [`super`] for the contract.
#[async_trait]
pub trait SdkReportStore: Send + Sync {
    /// Adds to what was counted. The projects need not exist.
    async fn add_sdk_counts(&self, counts: &[SdkCount]) -> Result<(), Error>;

    /// What the hours that begin within a period come to, by name, in its order.
    async fn sdk_counts(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<Vec<(String, u64)>, Error>;

    /// Forgets the hours before `before`.
    async fn prune_sdk_counts(&self, before: Timestamp) -> Result<(), Error>;
}
