//! What a member may do in a project.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_includes_itself_and_those_below_it() {
        assert!(Role::Owner.includes(Role::Admin));
        assert!(Role::Viewer.includes(Role::Viewer));
        assert!(!Role::Analyst.includes(Role::Admin));
        assert_eq!(Role::parse("owner"), Some(Role::Owner));
        assert_eq!(Role::parse("Owner"), None);
    }
}
