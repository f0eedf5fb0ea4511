//! Members' decisions about groups of errors.

use async_trait::async_trait;
use domain::error_triage::ErrorTriage;
use domain::id::{MemberId, ProjectId};
use domain::time::Timestamp;

use super::Error;

/// A new decision of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewErrorDecision {
    /// It is to be fixed.
    Open,
    /// It is fixed since this instant, or in the first release after it.
    Resolved {
        /// When.
        at: Timestamp,
        /// Whether a release brings the fix.
        in_next_release: bool,
    },
    /// It is not going to be fixed.
    Ignored,
}

/// A change of a group; parts that are none stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorTriageChange {
    /// The decision.
    pub decision: Option<NewErrorDecision>,
    /// The assignee, or none.
    pub assigned_to: Option<Option<MemberId>>,
    /// The member who changes it; none for a program.
    pub by: Option<MemberId>,
    /// Now.
    pub at: Timestamp,
}

/// Decisions about errors. See [`super`] for the contract.
///
/// The release of a resolution is the project's first annotation of that kind after it, as they are now. A group is
/// assigned to members of the project only: nobody's once the member has left.
#[async_trait]
pub trait ErrorTriageStore: Send + Sync {
    /// The groups about which something is decided or that are assigned, by group, at most `limit`.
    async fn triaged(
        &self,
        project: ProjectId,
        limit: u32,
    ) -> Result<Vec<(String, ErrorTriage)>, Error>;

    /// The decision about a group; the default where nobody has decided anything.
    async fn triage(&self, project: ProjectId, group: &str) -> Result<ErrorTriage, Error>;

    /// Changes a group and returns it as it is now. None, and nothing done, where it would be one more than `most`
    /// of those that [`Self::triaged`] lists.
    async fn change_triage(
        &self,
        project: ProjectId,
        group: &str,
        change: ErrorTriageChange,
        most: u32,
    ) -> Result<Option<ErrorTriage>, Error>;
}
