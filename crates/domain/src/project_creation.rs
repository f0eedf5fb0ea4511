//! The rule for who may create projects on a server.

/// What the operator allows. The server's owner, whose account set-up made, always may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CreationRule {
    /// Nobody else.
    #[default]
    ServerOwner,
    /// Members who are owner or admin of a project, too.
    Members {
        /// How many projects one of them may create, ever.
        projects_per_member: u32,
    },
}

/// What decides whether a member may create a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProjectCreationContext {
    /// Whether set-up made their account.
    pub is_server_owner: bool,
    /// Whether they are owner or admin of any project.
    pub manages_a_project: bool,
    /// How many projects they have created, also those owned by others now.
    pub created: u32,
}

/// Why somebody may not create a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectCreationError {
    /// The rule names the server's owner alone.
    NeedsServerOwner,
    /// Viewers and analysts would get around their role.
    NeedsAdmin,
    /// The member's quota is used up.
    QuotaUsedUp,
}

impl ProjectCreationError {
    /// The reason shown to them.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NeedsServerOwner => "only the owner of this server can create projects",
            Self::NeedsAdmin => "only owners and admins of a project can create another one",
            Self::QuotaUsedUp => {
                "you have reached this server's limit of projects per member; ask its owner"
            }
        }
    }
}

impl CreationRule {
    /// Whether a member of this standing may create one more project.
    pub fn check(self, context: ProjectCreationContext) -> Result<(), ProjectCreationError> {
        if context.is_server_owner {
            return Ok(());
        }
        let Self::Members { projects_per_member } = self else {
            return Err(ProjectCreationError::NeedsServerOwner);
        };
        if !context.manages_a_project {
            return Err(ProjectCreationError::NeedsAdmin);
        }
        if context.created >= projects_per_member {
            return Err(ProjectCreationError::QuotaUsedUp);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: CreationRule = CreationRule::Members { projects_per_member: 2 };
    const VIEWER: ProjectCreationContext =
        ProjectCreationContext { is_server_owner: false, manages_a_project: false, created: 0 };
    const ADMIN: ProjectCreationContext =
        ProjectCreationContext { manages_a_project: true, ..VIEWER };

    #[test]
    fn the_servers_owner_always_may() {
        let owner = ProjectCreationContext { is_server_owner: true, created: 1_000, ..VIEWER };
        assert_eq!(CreationRule::ServerOwner.check(owner), Ok(()));
        assert_eq!(MEMBERS.check(owner), Ok(()));
    }

    #[test]
    fn nobody_else_may_unless_members_may() {
        let refused = Err(ProjectCreationError::NeedsServerOwner);
        assert_eq!(CreationRule::ServerOwner.check(ADMIN), refused);
        assert_eq!(CreationRule::ServerOwner.check(VIEWER), refused);
        assert_eq!(MEMBERS.check(ADMIN), Ok(()));
    }

    #[test]
    fn only_managers_create_projects_up_to_the_quota() {
        assert_eq!(MEMBERS.check(VIEWER), Err(ProjectCreationError::NeedsAdmin));
        assert_eq!(MEMBERS.check(ProjectCreationContext { created: 1, ..ADMIN }), Ok(()));
        let used_up = MEMBERS.check(ProjectCreationContext { created: 2, ..ADMIN });
        assert_eq!(used_up, Err(ProjectCreationError::QuotaUsedUp));
    }
}
