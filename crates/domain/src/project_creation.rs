//! Who may create projects on a server.

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
pub struct Standing {
    /// Whether set-up made their account.
    pub is_server_owner: bool,
    /// Whether they are owner or admin of any project.
    pub manages_a_project: bool,
    /// How many projects they have created, also those owned by others now.
    pub created: u32,
}

/// Why somebody may not create a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreationRefusal {
    /// The rule names the server's owner alone.
    NeedsServerOwner,
    /// Viewers and analysts would get around their role.
    NeedsAdmin,
    /// The member's quota is used up.
    QuotaUsedUp,
}

impl CreationRefusal {
    /// The reason shown to them.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NeedsServerOwner => {
                "only the owner of this server creates projects; ask them for one"
            }
            Self::NeedsAdmin => {
                "only owners and admins of a project create further ones; ask one of them"
            }
            Self::QuotaUsedUp => {
                "you have created as many projects as one member may on this server; ask its owner"
            }
        }
    }
}

impl CreationRule {
    /// Whether a member of this standing may create one more project.
    pub fn check(self, standing: Standing) -> Result<(), CreationRefusal> {
        if standing.is_server_owner {
            return Ok(());
        }
        let Self::Members { projects_per_member } = self else {
            return Err(CreationRefusal::NeedsServerOwner);
        };
        if !standing.manages_a_project {
            return Err(CreationRefusal::NeedsAdmin);
        }
        if standing.created >= projects_per_member {
            return Err(CreationRefusal::QuotaUsedUp);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: CreationRule = CreationRule::Members { projects_per_member: 2 };
    const VIEWER: Standing =
        Standing { is_server_owner: false, manages_a_project: false, created: 0 };
    const ADMIN: Standing = Standing { manages_a_project: true, ..VIEWER };

    #[test]
    fn the_servers_owner_always_may() {
        let owner = Standing { is_server_owner: true, created: 1_000, ..VIEWER };
        assert_eq!(CreationRule::ServerOwner.check(owner), Ok(()));
        assert_eq!(MEMBERS.check(owner), Ok(()));
    }

    #[test]
    fn nobody_else_may_unless_members_may() {
        let refused = Err(CreationRefusal::NeedsServerOwner);
        assert_eq!(CreationRule::ServerOwner.check(ADMIN), refused);
        assert_eq!(CreationRule::ServerOwner.check(VIEWER), refused);
        assert_eq!(MEMBERS.check(ADMIN), Ok(()));
    }

    #[test]
    fn who_manages_no_project_may_not_and_a_quota_ends() {
        assert_eq!(MEMBERS.check(VIEWER), Err(CreationRefusal::NeedsAdmin));
        assert_eq!(MEMBERS.check(Standing { created: 1, ..ADMIN }), Ok(()));
        let used_up = MEMBERS.check(Standing { created: 2, ..ADMIN });
        assert_eq!(used_up, Err(CreationRefusal::QuotaUsedUp));
    }
}
