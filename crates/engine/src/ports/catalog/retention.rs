//! Rows that are older than their project keeps them, and the runs that remove them.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;

use super::Error;
use crate::ports::blobs::BlobGroup;

/// The size of the rows of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowsAndBytes {
    /// Rows: events, sessions, recordings and screenshots, activities.
    pub rows: u64,
    /// Bytes they take in files; 0 for rows that are in the catalog only.
    pub bytes: u64,
}

/// Names a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RetentionRunKey {
    /// The project.
    pub project_id: ProjectId,
    /// The kind. Each server has runs of events of its own, since it has a lake of its own.
    pub kind: RetentionKind,
    /// The UTC day it is due on.
    pub day: i32,
}

/// A run of one kind of one project on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionRun {
    /// Its name.
    pub key: RetentionRunKey,
    /// Older rows are removed.
    pub removes_before: Timestamp,
    /// When it began.
    pub started_at: Timestamp,
    /// When nothing was left to remove.
    pub finished_at: Option<Timestamp>,
    /// The size of everything it removes; none until it was counted.
    pub removed: Option<RowsAndBytes>,
}

/// The right of one server to work on a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionLease {
    /// Now.
    pub now: Timestamp,
    /// From then on another server may continue the run.
    pub until: Timestamp,
}

/// A page of rows that were removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemovedPage {
    /// How many rows.
    pub rows: u64,
    /// Where to continue; none when nothing is left.
    pub next: Option<RemovalCursor>,
}

/// A position within the rows to remove, valid until the run ends; a removal without one finds the rows that
/// are left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovalCursor(pub String);

/// Runs, and the instants before which rows stay removed. See [`super`] for the contract.
///
/// A *floor* is such an instant of a project and a kind: projections store nothing older, so that neither a
/// late event nor a journal that is read again brings back what was removed.
#[async_trait]
pub trait RetentionStore: Send + Sync {
    /// Begins a run that removes rows older than `before`, which becomes the floor; or takes over a run that is
    /// not finished and has no other valid lease: as it is once its rows are counted, with this `before` until
    /// then. None otherwise.
    async fn claim_retention_run(
        &self,
        key: RetentionRunKey,
        before: Timestamp,
        lease: RetentionLease,
    ) -> Result<Option<RetentionRun>, Error>;

    /// Stores a run: its `before` becomes the floor, with its size and its end; extends its lease.
    async fn store_retention_run(
        &self,
        run: &RetentionRun,
        lease: RetentionLease,
    ) -> Result<(), Error>;

    /// The latest run of each kind of a project: of events, this server's.
    async fn latest_retention_runs(&self, project: ProjectId) -> Result<Vec<RetentionRun>, Error>;

    /// The runs that are due on `day` or later and are finished, of all projects; of events, this server's.
    async fn finished_retention_runs(&self, day: i32) -> Result<Vec<RetentionRunKey>, Error>;

    /// Moves the floors of a project back to these instants where they are later: it keeps more from now on.
    async fn lower_retention_floors(
        &self,
        project: ProjectId,
        floors: &[(RetentionKind, Timestamp)],
    ) -> Result<(), Error>;

    /// The floors of a kind.
    async fn retention_floors(
        &self,
        kind: RetentionKind,
    ) -> Result<Vec<(ProjectId, Timestamp)>, Error>;

    /// Removes runs that were due before this day.
    async fn prune_retention_runs(&self, day: i32) -> Result<(), Error>;
}

/// Old rows that are in the catalog only: signals, sessions and activities. For other kinds there is nothing
/// to count or to remove. See [`super`] for the contract.
#[async_trait]
pub trait ExpiredRowStore: Send + Sync {
    /// How many rows are older than `before`.
    async fn expired_rows(
        &self,
        project: ProjectId,
        kind: RetentionKind,
        before: Timestamp,
    ) -> Result<u64, Error>;

    /// Removes about `limit` rows that are older than `before`. The status, figures and tasks of customers and
    /// contacts stay as they are; lead scores count the signals that are left.
    async fn remove_expired_rows(
        &self,
        project: ProjectId,
        kind: RetentionKind,
        before: Timestamp,
        after: Option<&RemovalCursor>,
        limit: u32,
    ) -> Result<RemovedPage, Error>;
}

/// Recordings and screenshots by their age: by their end, or by when the last of them arrived where a browser's
/// clock says later. See [`super`] for the contract.
#[async_trait]
pub trait ExpiredMediaStore: Send + Sync {
    /// How many are older than `before`, and their bytes.
    async fn expired_media_size(
        &self,
        project: ProjectId,
        before: Timestamp,
    ) -> Result<RowsAndBytes, Error>;

    /// Those that are older than `before`, recordings first, `limit` at most: the first ones, or those that
    /// follow `after` in their order.
    async fn expired_media(
        &self,
        project: ProjectId,
        before: Timestamp,
        after: Option<BlobGroup>,
        limit: u32,
    ) -> Result<Vec<BlobGroup>, Error>;
}
