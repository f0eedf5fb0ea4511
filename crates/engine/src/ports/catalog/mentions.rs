//! Comments on tasks that mention a member, as that member sees them.

use async_trait::async_trait;
use domain::crm::ActivityId;
use domain::id::{MemberId, ProjectId};
use domain::time::Timestamp;

use super::{ContactSummary, Error, StoredComment};

/// A comment that mentions a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The comment.
    pub comment: StoredComment,
    /// About whom its task is.
    pub contact: ContactSummary,
    /// When the member has seen it; none while it is new.
    pub read_at: Option<Timestamp>,
}

/// Which mentions of a member.
#[derive(Debug, Clone, Default)]
pub struct MentionQuery {
    /// New ones only.
    pub unread_only: bool,
    /// Those after this one.
    pub after: Option<(Timestamp, ActivityId)>,
    /// So many at most.
    pub limit: u32,
}

/// Mentions. See [`super`] for the contract.
#[async_trait]
pub trait MentionStore: Send + Sync {
    /// The mentions of a member, latest first, equal ones by id, the greatest first.
    async fn mentions(
        &self,
        project: ProjectId,
        member: MemberId,
        query: &MentionQuery,
    ) -> Result<Vec<Mention>, Error>;

    /// How many of them are new.
    async fn unread_mentions(&self, project: ProjectId, member: MemberId) -> Result<u64, Error>;

    /// The member has seen these by now, or all of them; those seen before keep their time.
    async fn mark_mentions_read(
        &self,
        project: ProjectId,
        member: MemberId,
        comments: Option<&[ActivityId]>,
        now: Timestamp,
    ) -> Result<(), Error>;
}
