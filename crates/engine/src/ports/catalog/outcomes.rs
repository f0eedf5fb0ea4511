//! The account of what was received: outcomes counted, and the events that failed.
//!
//! This is a projection of the journal: rows and position are stored in one transaction, so the
//! account is exact across crashes and can be rebuilt.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::outcome::{Contract, Outcome, RejectionReason};
use domain::time::Timestamp;

use super::{Error, FailedEventCursor, RecordId};
use crate::ports::journal::Position;

/// How many items of one project met one outcome on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeDelta {
    /// The tenant.
    pub project_id: ProjectId,
    /// Date of receipt in the project's time zone, in days since 1970-01-01.
    pub day: i32,
    /// What became of them.
    pub outcome: Outcome,
    /// How many.
    pub count: u64,
}

/// A row of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeCount {
    /// Date of receipt in the project's time zone, in days since 1970-01-01.
    pub day: i32,
    /// `accepted`, `duplicate` or `refused`.
    pub outcome: String,
    /// The reason's name; empty when there is none.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// A refused item to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFailedEvent {
    /// The position of its record in this server's journal: names it.
    pub position: Position,
    /// The tenant.
    pub project_id: ProjectId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How its bytes are read again.
    pub contract: Contract,
    /// Why it was refused.
    pub reason: RejectionReason,
    /// What was wrong, naming the field.
    pub detail: String,
    /// The bytes as received.
    pub bytes: Vec<u8>,
}

/// Bytes of a failed event that come with a list: its beginning shows what it is.
pub const MAX_LISTED_BYTES: u32 = 2_048;

/// A kept refused item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedEvent {
    /// Names it.
    pub id: RecordId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How its bytes are read again.
    pub contract: Contract,
    /// The reason's name.
    pub reason: String,
    /// What was wrong.
    pub detail: String,
    /// The bytes as received; in a list the first [`MAX_LISTED_BYTES`] of them.
    pub bytes: Vec<u8>,
    /// How many there are of the whole.
    pub size_bytes: u64,
    /// When it was sent again with success.
    pub resent_at: Option<Timestamp>,
}

impl FailedEvent {
    /// Where a page that ends with this event ends.
    pub fn cursor(&self) -> FailedEventCursor {
        FailedEventCursor { received_at: self.received_at, id: self.id }
    }
}

/// Outcomes and failed events. See [`super`] for the contract.
#[async_trait]
pub trait OutcomeStore: Send + Sync {
    /// The position after the last record of this server's journal counted; 0 at first.
    async fn position(&self) -> Result<Position, Error>;

    /// Adds counts and failed events and moves the position, in one transaction. When `position` is
    /// not after the stored one nothing changes, so that a repeated call counts nothing twice; a
    /// failed event kept before stays as it is. The project need not exist.
    async fn apply(
        &self,
        outcomes: &[OutcomeDelta],
        failed: &[NewFailedEvent],
        position: Position,
    ) -> Result<(), Error>;

    /// A project's account over the days from `from_day` to `to_day`, both included, ordered by day,
    /// outcome and reason.
    async fn outcomes(
        &self,
        project: ProjectId,
        from_day: i32,
        to_day: i32,
    ) -> Result<Vec<OutcomeCount>, Error>;

    /// A project's failed events from all journals, latest first, those after `before` in that order
    /// only; of each the first [`MAX_LISTED_BYTES`]. What is cut off is not read.
    async fn failed(
        &self,
        project: ProjectId,
        before: Option<FailedEventCursor>,
        limit: u32,
    ) -> Result<Vec<FailedEvent>, Error>;

    /// One failed event.
    async fn failed_event(
        &self,
        project: ProjectId,
        id: RecordId,
    ) -> Result<Option<FailedEvent>, Error>;

    /// Notes that a failed event was sent again with success.
    async fn mark_resent(
        &self,
        project: ProjectId,
        id: RecordId,
        at: Timestamp,
    ) -> Result<(), Error>;

    /// Removes failed events received before `before`. Returns how many.
    async fn prune_failed(&self, before: Timestamp) -> Result<u64, Error>;
}
