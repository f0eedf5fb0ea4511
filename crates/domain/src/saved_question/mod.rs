//! Saved questions: statements of SQL that members keep, with their parameters and chart.
//!
//! A question is its author's alone or the project's. Whoever may run SQL reads and runs what the project
//! shares; an author changes their own, an administrator what is shared.

mod chart;
mod parameter;

use crate::id::MemberId;
use crate::role::Role;

pub use chart::{Chart, ChartShape, MAX_CHART_COLUMNS, MAX_COLUMN_CHARACTERS};
pub use parameter::{
    InvalidParameter, MAX_PARAMETER_CHARACTERS, MAX_PARAMETERS, Parameter, ParameterName,
    ParameterType, ParameterValue,
};

/// A longer statement cannot be run, in bytes.
pub const MAX_STATEMENT_BYTES: usize = 64 << 10;

/// The readers of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Its author alone.
    Own,
    /// Everybody in the project who may run SQL.
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

    /// Whether somebody reads and runs a question of this author; a program is no member.
    pub fn shows(self, author: MemberId, reader: Option<MemberId>) -> bool {
        self == Self::Project || reader == Some(author)
    }

    /// Whether a member who reads a question may change and delete it.
    pub fn may_change(self, author: MemberId, member: MemberId, role: Role) -> bool {
        author == member || (self == Self::Project && role.includes(Role::Admin))
    }
}

/// The parameters and the chart of a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QuestionDetails {
    /// The values it needs, in the order of their fields on the screen.
    pub parameters: Vec<Parameter>,
    /// How its answer is drawn; none: as a table.
    pub chart: Option<Chart>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ASHA: MemberId = MemberId(Uuid::from_u128(1));
    const BARAKA: MemberId = MemberId(Uuid::from_u128(2));

    #[test]
    fn an_own_question_is_its_authors_alone() {
        assert!(Visibility::Own.shows(ASHA, Some(ASHA)));
        assert!(!Visibility::Own.shows(ASHA, Some(BARAKA)));
        assert!(!Visibility::Own.shows(ASHA, None));
        assert!(Visibility::Own.may_change(ASHA, ASHA, Role::Analyst));
        assert!(!Visibility::Own.may_change(ASHA, BARAKA, Role::Owner));
    }

    #[test]
    fn a_shared_question_is_changed_by_its_author_and_by_administrators() {
        assert!(Visibility::Project.shows(ASHA, Some(BARAKA)));
        assert!(Visibility::Project.shows(ASHA, None));
        assert!(Visibility::Project.may_change(ASHA, ASHA, Role::Analyst));
        assert!(!Visibility::Project.may_change(ASHA, BARAKA, Role::Analyst));
        assert!(Visibility::Project.may_change(ASHA, BARAKA, Role::Admin));
    }
}
