//! The account of what was done to a project, and by whom.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::Error;

/// What kind of caller did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A signed-in member.
    Member,
    /// A program with a secret key.
    SecretKey,
    /// Anyone with a share link.
    ShareLink,
}

impl ActorKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Member, Self::SecretKey, Self::ShareLink];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::SecretKey => "secret_key",
            Self::ShareLink => "share_link",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Who did something, as they were called when they did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What kind of caller.
    pub kind: ActorKind,
    /// The member's or the key's id.
    pub id: Uuid,
    /// The member's address or the key's name.
    pub label: String,
}

impl Actor {
    /// The member; none for a program.
    pub fn member(&self) -> Option<MemberId> {
        (self.kind == ActorKind::Member).then_some(MemberId(self.id))
    }
}

/// One operation that changed something, or was refused to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The request that asked for it; names the entry.
    pub request_id: Uuid,
    /// Whose it was; none when it was nobody's, or of a project the actor does not belong to.
    pub project: Option<ProjectId>,
    /// When it had been done.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What, by its operation id in the OpenAPI document.
    pub operation: String,
    /// To what: ids, never contents; may be empty.
    pub target: String,
    /// The HTTP status it was answered with.
    pub status: u16,
    /// From where; masked.
    pub address: String,
}

/// A place in an account: what follows it is earlier.
pub type AuditCursor = (Timestamp, Uuid);

/// The audit log. See [`super`] for the contract. Entries are added and pruned, never changed.
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Stores an entry; one whose request has an entry already changes nothing.
    async fn record(&self, entry: AuditEntry) -> Result<(), Error>;

    /// A project's entries after `cursor`, latest first, at most `limit`.
    async fn entries(
        &self,
        project: ProjectId,
        cursor: Option<AuditCursor>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, Error>;

    /// Removes the entries of before `before`, of all projects, and counts them.
    async fn prune_entries(&self, before: Timestamp) -> Result<u64, Error>;
}
