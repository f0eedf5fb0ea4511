//! Members of a project: list, change roles, remove, leave.

use domain::id::{MemberId, ProjectId};
use domain::role::{Role, RoleChange, RoleChangeError};

use super::{AuthService, AuthorizationChange};
use crate::Error;
use crate::ports::catalog::ProjectMember;

impl AuthService {
    /// A project's members, the earliest first.
    pub async fn members(&self, project: ProjectId) -> Result<Vec<ProjectMember>, Error> {
        Ok(self.store.members_of(project).await?)
    }

    /// Gives a member another role and returns them as they are now. `by` is the caller's role;
    /// [`RoleChange::check`] holds the rule.
    pub async fn change_role(
        &self,
        project: ProjectId,
        member: MemberId,
        by: Role,
        to: Role,
    ) -> Result<ProjectMember, Error> {
        self.change(project, member, RoleChange { by, is_self: false, to: Some(to) }).await?;
        let members = self.store.members_of(project).await?;
        members.into_iter().find(|found| found.id == member).ok_or(Error::NotFound("member"))
    }

    /// Takes a member out of a project. They stay a member of others.
    pub async fn remove_member(
        &self,
        project: ProjectId,
        member: MemberId,
        by: Role,
    ) -> Result<(), Error> {
        self.change(project, member, RoleChange { by, is_self: false, to: None }).await
    }

    /// Lets a member leave a project, whatever their role, unless they are its last owner.
    pub async fn leave(
        &self,
        project: ProjectId,
        member: MemberId,
        role: Role,
    ) -> Result<(), Error> {
        self.change(project, member, RoleChange { by: role, is_self: true, to: None }).await
    }

    async fn change(
        &self,
        project: ProjectId,
        member: MemberId,
        change: RoleChange,
    ) -> Result<(), Error> {
        let changed = self.store.change_membership(project, member, change).await?;
        match changed.ok_or(Error::NotFound("member"))? {
            Ok(_) => {
                self.changes.announce(AuthorizationChange::Member(member));
                Ok(())
            }
            Err(rejection) => Err(refused(rejection)),
        }
    }
}

/// What a refused change of roles is to the caller.
pub(super) fn refused(rejection: RoleChangeError) -> Error {
    match rejection {
        RoleChangeError::NeedsAdmin => {
            Error::Forbidden("only owners and admins can change roles and remove members")
        }
        RoleChangeError::NeedsOwner => {
            Error::Forbidden("only owners can grant or remove the owner role")
        }
        RoleChangeError::LastOwner => Error::Conflict(rejection.to_string()),
    }
}
