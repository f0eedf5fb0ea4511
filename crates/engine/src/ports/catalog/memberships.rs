//! Memberships of projects and their roles.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId};
use domain::role::{Role, RoleChange, RoleChangeError};
use domain::time::Timestamp;

use super::Error;

/// A member as others in the project see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectMember {
    /// Who.
    pub id: MemberId,
    /// Their e-mail address, case-folded.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do there.
    pub role: Role,
    /// Since when they belong to it.
    pub joined_at: Timestamp,
}

/// Memberships. See [`super`] for the contract.
#[async_trait]
pub trait MembershipStore: Send + Sync {
    /// A project's members, the earliest first.
    async fn members_of(&self, project: ProjectId) -> Result<Vec<ProjectMember>, Error>;

    /// Changes or ends a membership if [`RoleChange::check`] allows it, and returns the role before;
    /// none when the member does not belong to the project. Concurrent changes of one project are
    /// checked one after the other, so that the last owner is never lost. Whoever may no longer
    /// manage members after it, their open invitations to the project end with it. The segments of a member who leaves are
    /// deleted, but for shared ones.
    async fn change_membership(
        &self,
        project: ProjectId,
        member: MemberId,
        change: RoleChange,
    ) -> Result<Option<Result<Role, RoleChangeError>>, Error>;
}
