//! Goals of projects.

use async_trait::async_trait;
use domain::goal::GoalSettings;
use domain::id::{GoalId, ProjectId};
use domain::time::Timestamp;

use super::Error;

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Names it.
    pub id: GoalId,
    /// The project.
    pub project_id: ProjectId,
    /// Counts its changes, from 1.
    pub version: u64,
    /// Its name, the events that reach it, and its value.
    pub settings: GoalSettings,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Goals. See [`super`] for the contract.
#[async_trait]
pub trait GoalStore: Send + Sync {
    /// Stores a goal unless the project has `most` already; `false` when it has.
    async fn add_goal(&self, new: &Goal, most: usize) -> Result<bool, Error>;

    /// A project's goals, the first made first.
    async fn goals(&self, project: ProjectId) -> Result<Vec<Goal>, Error>;

    /// A goal of a project.
    async fn goal(&self, project: ProjectId, id: GoalId) -> Result<Option<Goal>, Error>;

    /// Replaces version `expected` of a goal by the next; none, and nothing done, when there is another version by now,
    /// or no such goal.
    async fn replace_goal(
        &self,
        project: ProjectId,
        id: GoalId,
        settings: &GoalSettings,
        expected: u64,
    ) -> Result<Option<Goal>, Error>;

    /// Deletes a goal; `false` when the project has no such goal.
    async fn remove_goal(&self, project: ProjectId, id: GoalId) -> Result<bool, Error>;
}
