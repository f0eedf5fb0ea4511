//! Projects and who belongs to them.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId};
use domain::project_creation::{CreationRule, ProjectCreationContext, ProjectCreationError};
use domain::role::Role;
use domain::time::Timestamp;
use domain::zone::Zone;

use super::Error;

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its name, for people.
    pub name: String,
    /// How long events are kept, in days.
    pub retention_days: u32,
    /// The zone of its days, months and hours.
    pub time_zone: Zone,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its logo was stored; none without one.
    pub logo_at: Option<Timestamp>,
}

/// A project to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// How long events are kept, in days.
    pub retention_days: u32,
    /// The zone of its days, months and hours: the first of its settings.
    pub time_zone: Zone,
    /// Who owns it.
    pub owner: MemberId,
    /// Now.
    pub created_at: Timestamp,
}

/// A project as one member sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The project.
    pub project: Project,
    /// What the member may do there.
    pub role: Role,
}

/// Projects and memberships. See [`super`] for the contract.
#[async_trait]
pub trait ProjectStore: Send + Sync {
    /// Makes a project and its owner's membership, if `rule` lets them. Concurrent calls for one owner
    /// are checked one after the other, so that a quota is exact.
    async fn create(
        &self,
        project: NewProject,
        rule: CreationRule,
    ) -> Result<Result<Project, ProjectCreationError>, Error>;

    /// What decides whether a member may create a project; that of nobody for an unknown one.
    async fn standing(&self, member: MemberId) -> Result<ProjectCreationContext, Error>;

    /// The project, whoever asks.
    async fn project(&self, id: ProjectId) -> Result<Option<Project>, Error>;

    /// The projects a member belongs to, by name.
    async fn of_member(&self, member: MemberId) -> Result<Vec<Membership>, Error>;

    /// What a member may do in a project; none when they do not belong to it or it does not exist.
    async fn role(&self, member: MemberId, project: ProjectId) -> Result<Option<Role>, Error>;

    /// Every project, by id. For jobs.
    async fn all(&self) -> Result<Vec<Project>, Error>;
}
