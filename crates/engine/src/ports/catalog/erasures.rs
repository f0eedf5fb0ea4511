//! The ledger of erasures: who was forgotten when, how far it has come, and who is refused since.

use async_trait::async_trait;
use domain::erasure::{ErasureId, ErasureState, Identifiers};
use domain::id::ProjectId;
use domain::time::Timestamp;

use super::{ActorKind, Error};
use crate::ports::journal::Position;

/// A keyed digest of an identifier; alone it reveals nothing.
pub type IdentifierDigest = [u8; 32];

/// What an erasure removed, by store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErasureCounts {
    /// Records of the journal.
    pub journal_records: u64,
    /// Rows of the catalog, failed events left aside.
    pub catalog_rows: u64,
    /// Failed events.
    pub failed_events: u64,
    /// Events of the lake.
    pub lake_events: u64,
}

/// An erasure, which is also its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Names it.
    pub id: ErasureId,
    /// The tenant.
    pub project_id: ProjectId,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// What kind of caller asked.
    pub requested_by_kind: ActorKind,
    /// The member or secret key that asked.
    pub requested_by: uuid::Uuid,
    /// How far it has come.
    pub state: ErasureState,
    /// What is known of the subject: kept until nothing is left to look for.
    pub identifiers: Option<Identifiers>,
    /// How many identifiers later events are recognised by.
    pub digests: u64,
    /// Every projection must have passed this position of this server's journal before the next step.
    pub waits_for: Position,
    /// What was removed.
    pub counts: ErasureCounts,
    /// Files to be deleted as soon as nobody reads them.
    pub leftovers: Vec<String>,
    /// Since when nothing shows the subject any more.
    pub unreadable_at: Option<Timestamp>,
    /// Since when no byte is left that a store has the means to remove.
    pub gone_at: Option<Timestamp>,
    /// When the person's events were admitted again.
    pub lifted_at: Option<Timestamp>,
}

/// Who is refused in a project.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SuppressionRows {
    /// What digests are keyed with.
    pub secret: Vec<u8>,
    /// The digests.
    pub digests: Vec<IdentifierDigest>,
}

impl std::fmt::Debug for SuppressionRows {
    /// Without what digests are keyed with.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SuppressionRows")
            .field("digests", &self.digests)
            .finish_non_exhaustive()
    }
}

/// The ledger. See [`super`] for the contract. Receipts are never removed.
#[async_trait]
pub trait ErasureStore: Send + Sync {
    /// Stores a new erasure with the digests later events are recognised by, unless one of these
    /// digests belongs to an erasure of the project that this server has under way: then that one is
    /// answered.
    async fn begin_erasure(
        &self,
        erasure: Erasure,
        digests: &[IdentifierDigest],
    ) -> Result<Erasure, Error>;

    /// Stores how far an erasure has come, and further digests. Identifiers that are none are removed.
    async fn advance_erasure(
        &self,
        erasure: &Erasure,
        digests: &[IdentifierDigest],
    ) -> Result<(), Error>;

    /// How many journals of other servers are followed into the catalog, or were.
    async fn other_journals(&self) -> Result<u64, Error>;

    /// Erasures of all projects that were begun by this server and are not at their end, in the order of
    /// their ids. Other servers', which wait for positions of their journals, are theirs.
    async fn unfinished_erasures(&self) -> Result<Vec<Erasure>, Error>;

    /// A project's erasures, latest first, those asked for before `before` only.
    async fn erasures(
        &self,
        project: ProjectId,
        before: Option<(Timestamp, ErasureId)>,
        limit: u32,
    ) -> Result<Vec<Erasure>, Error>;

    /// One erasure.
    async fn erasure(&self, project: ProjectId, id: ErasureId) -> Result<Option<Erasure>, Error>;

    /// Forgets an erasure's digests, so that the person's events are admitted again. None when there is
    /// no such erasure; one that was lifted before stays as it is.
    async fn lift_erasure(
        &self,
        project: ProjectId,
        id: ErasureId,
        at: Timestamp,
    ) -> Result<Option<Erasure>, Error>;
}

/// Who is refused. See [`super`] for the contract.
#[async_trait]
pub trait SuppressionStore: Send + Sync {
    /// The key of a project's digests: `candidate`, unless it has one.
    async fn erasure_secret(
        &self,
        project: ProjectId,
        candidate: [u8; 32],
    ) -> Result<Vec<u8>, Error>;

    /// Projects that refuse somebody, or have done so, with a number that changes whenever they
    /// begin or cease to refuse somebody.
    async fn suppression_revisions(&self) -> Result<Vec<(ProjectId, u64)>, Error>;

    /// Who is refused in a project; the secret is empty when nobody ever was.
    async fn suppressed(&self, project: ProjectId) -> Result<SuppressionRows, Error>;
}
