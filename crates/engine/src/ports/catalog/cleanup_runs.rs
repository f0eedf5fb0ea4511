//! When session completion ran and what it did.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::time::Timestamp;
use uuid::Uuid;

use super::Error;

/// What a run did for one project, or for all together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CleanupCount {
    /// Calls older than 30 minutes that awaited an end.
    pub checked: u64,
    /// Of these, those whose end it wrote.
    pub completed: u64,
}

/// A run of session completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanupRun {
    /// Its id.
    pub id: Uuid,
    /// When it began.
    pub started_at: Timestamp,
    /// What it did.
    pub count: CleanupCount,
}

/// Runs of session completion. See [`super`] for the contract.
#[async_trait]
pub trait CleanupRunStore: Send + Sync {
    /// Notes a run and what it did for each project.
    async fn record_run(
        &self,
        run: &CleanupRun,
        projects: &[(ProjectId, CleanupCount)],
    ) -> Result<(), Error>;

    /// The latest runs, latest first, with what they did for this project; nothing for runs that had
    /// nothing to do with it.
    async fn runs(&self, project: ProjectId, limit: u32) -> Result<Vec<CleanupRun>, Error>;

    /// The latest run with what it did for all projects together.
    async fn last_run(&self) -> Result<Option<CleanupRun>, Error>;

    /// Removes runs begun before `before`.
    async fn prune_runs(&self, before: Timestamp) -> Result<(), Error>;
}
