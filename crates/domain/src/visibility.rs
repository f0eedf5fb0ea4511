//! The readers of things that members keep in a project: their author alone, or the project.

use crate::id::MemberId;
use crate::role::Role;

/// The readers of something that a member keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Its author alone.
    Own,
    /// Everybody in the project whose role reads such things.
    Project,
}

impl Visibility {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Own, Self::Project];

    /// The stored and requested name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Project => "project",
        }
    }

    /// The visibility of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.as_str() == text)
    }

    /// Whether somebody reads what this author keeps; a program is no member.
    pub fn shows(self, author: MemberId, reader: Option<MemberId>) -> bool {
        self == Self::Project || reader == Some(author)
    }

    /// Whether a member who reads it may change and delete it.
    pub fn may_change(self, author: MemberId, member: MemberId, role: Role) -> bool {
        author == member || (self == Self::Project && role.includes(Role::Admin))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ASHA: MemberId = MemberId(Uuid::from_u128(1));
    const BARAKA: MemberId = MemberId(Uuid::from_u128(2));

    #[test]
    fn what_is_own_is_its_authors_alone() {
        assert!(Visibility::Own.shows(ASHA, Some(ASHA)));
        assert!(!Visibility::Own.shows(ASHA, Some(BARAKA)));
        assert!(!Visibility::Own.shows(ASHA, None));
        assert!(Visibility::Own.may_change(ASHA, ASHA, Role::Analyst));
        assert!(!Visibility::Own.may_change(ASHA, BARAKA, Role::Owner));
    }

    #[test]
    fn what_is_shared_is_changed_by_its_author_and_by_administrators() {
        assert!(Visibility::Project.shows(ASHA, Some(BARAKA)));
        assert!(Visibility::Project.shows(ASHA, None));
        assert!(Visibility::Project.may_change(ASHA, ASHA, Role::Analyst));
        assert!(!Visibility::Project.may_change(ASHA, BARAKA, Role::Analyst));
        assert!(Visibility::Project.may_change(ASHA, BARAKA, Role::Admin));
    }
}
