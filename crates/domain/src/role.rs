//! Roles of members, and the rules for changing them.

use serde::{Deserialize, Serialize};

/// A member's role in one project; each includes the ones after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May do everything, including deleting the project.
    Owner,
    /// May manage keys, members and settings.
    Admin,
    /// May ask questions and export.
    Analyst,
    /// May look at dashboards.
    Viewer,
}

impl Role {
    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Analyst => "analyst",
            Self::Viewer => "viewer",
        }
    }

    /// The role of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Owner, Self::Admin, Self::Analyst, Self::Viewer]
            .into_iter()
            .find(|role| role.as_str() == text)
    }

    /// Whether this role includes what `needed` may do.
    pub const fn includes(self, needed: Self) -> bool {
        self.rank() >= needed.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Owner => 3,
            Self::Admin => 2,
            Self::Analyst => 1,
            Self::Viewer => 0,
        }
    }
}

/// Somebody wants to change what a member may do in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleChange {
    /// The role of whoever asks for it.
    pub by: Role,
    /// Whether they ask for themselves.
    pub is_self: bool,
    /// The member's role after it; none: they no longer belong to the project.
    pub to: Option<Role>,
}

/// Why a role stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoleChangeError {
    /// Below admin, one may only leave.
    #[error("only owners and admins can change roles and remove members")]
    NeedsAdmin,
    /// Only owners make and unmake owners.
    #[error("only owners can grant or remove the owner role")]
    NeedsOwner,
    /// A project without an owner could never get one again.
    #[error("a project needs at least one owner; make another member an owner first")]
    LastOwner,
}

impl RoleChange {
    /// Whether a member whose role is `from` may be changed so, in a project of `owners` owners.
    pub fn check(self, from: Role, owners: usize) -> Result<(), RoleChangeError> {
        let is_leaving = self.is_self && self.to.is_none();
        if !is_leaving {
            may_grant(self.by, from)?;
            self.to.map_or(Ok(()), |to| may_grant(self.by, to))?;
        }
        let ceases_to_own = from == Role::Owner && self.to != Some(Role::Owner);
        if ceases_to_own && owners <= 1 { Err(RoleChangeError::LastOwner) } else { Ok(()) }
    }
}

/// Whether somebody whose role is `by` may give or take `role`.
pub fn may_grant(by: Role, role: Role) -> Result<(), RoleChangeError> {
    match (by, role) {
        (Role::Admin, Role::Owner) => Err(RoleChangeError::NeedsOwner),
        (Role::Owner | Role::Admin, _) => Ok(()),
        (Role::Analyst | Role::Viewer, _) => Err(RoleChangeError::NeedsAdmin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(
        by: Role,
        from: Role,
        to: Option<Role>,
        owners: usize,
    ) -> Result<(), RoleChangeError> {
        RoleChange { by, is_self: false, to }.check(from, owners)
    }

    #[test]
    fn only_owners_make_and_unmake_owners() {
        assert_eq!(change(Role::Admin, Role::Viewer, Some(Role::Admin), 1), Ok(()));
        assert_eq!(change(Role::Owner, Role::Admin, Some(Role::Owner), 1), Ok(()));
        let refused = Err(RoleChangeError::NeedsOwner);
        assert_eq!(change(Role::Admin, Role::Viewer, Some(Role::Owner), 1), refused);
        assert_eq!(change(Role::Admin, Role::Owner, Some(Role::Viewer), 2), refused);
        assert_eq!(change(Role::Admin, Role::Owner, None, 2), refused);
        let refused = Err(RoleChangeError::NeedsAdmin);
        assert_eq!(change(Role::Analyst, Role::Viewer, Some(Role::Analyst), 1), refused);
    }

    #[test]
    fn the_last_owner_stays_an_owner() {
        let refused = Err(RoleChangeError::LastOwner);
        assert_eq!(change(Role::Owner, Role::Owner, Some(Role::Admin), 1), refused);
        assert_eq!(change(Role::Owner, Role::Owner, None, 1), refused);
        assert_eq!(change(Role::Owner, Role::Owner, Some(Role::Owner), 1), Ok(()));
        assert_eq!(change(Role::Owner, Role::Owner, None, 2), Ok(()));
        let leaving = RoleChange { by: Role::Owner, is_self: true, to: None };
        assert_eq!(leaving.check(Role::Owner, 1), refused);
    }

    #[test]
    fn everybody_may_leave_and_nobody_below_admin_may_rise() {
        for role in [Role::Viewer, Role::Analyst, Role::Admin] {
            let own = |to| RoleChange { by: role, is_self: true, to }.check(role, 1);
            assert_eq!(own(None), Ok(()));
            assert!(own(Some(Role::Owner)).is_err());
        }
    }

    #[test]
    fn a_role_includes_itself_and_those_below_it() {
        assert!(Role::Owner.includes(Role::Admin));
        assert!(Role::Viewer.includes(Role::Viewer));
        assert!(!Role::Analyst.includes(Role::Admin));
        assert_eq!(Role::parse("owner"), Some(Role::Owner));
        assert_eq!(Role::parse("Owner"), None);
    }
}
