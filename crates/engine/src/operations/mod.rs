//! The state of this server: its queue, the lag of its projections, its memory and disk.
//!
//! It is measured when it is asked for and at most once in two seconds, however many ask; the sizes of
//! the stores, which take longer, are measured by a job.

mod storage;

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::time::Timestamp;
use tokio::sync::{Mutex, watch};

use crate::Error;
use crate::ports::journal::{Journal, Position, QueueLoad};
use crate::ports::resources::{DiskSpace, Resources, StoreSizes};

pub use storage::StorageMeter;

/// A snapshot is good for this long, in microseconds.
const FRESH_MICROS: i64 = 2_000_000;
/// A disk that does not answer for so long is left out.
const DISK_TIMEOUT: Duration = Duration::from_secs(2);

/// The parts of the server that are looked at.
pub struct Dependencies {
    /// Its queue, and what projections follow.
    pub journal: Arc<dyn Journal>,
    /// How far each projection has come, by its name.
    pub positions: Vec<(&'static str, watch::Receiver<Position>)>,
    /// Memory and disk.
    pub resources: Arc<dyn Resources>,
    /// The sizes of the stores.
    pub storage: Arc<StorageMeter>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The state of this server at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSnapshot {
    /// When it was measured.
    pub measured_at: Timestamp,
    /// Memory of the process; none where the system does not say.
    pub memory_bytes: Option<u64>,
    /// The queue of the journal's writer.
    pub queue: QueueLoad,
    /// Each projection.
    pub projections: Vec<ProjectionLag>,
    /// The disk of the data folder; none when it cannot be measured.
    pub disk: Option<DiskSpace>,
    /// The sizes of the stores and when they were measured; none before the first time.
    pub stores: Option<(Timestamp, StoreSizes)>,
}

/// How far a projection is behind the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectionLag {
    /// Its name.
    pub projection: &'static str,
    /// Entries of the journal that it has not applied.
    pub entries: u64,
    /// How long the oldest of them has waited, in microseconds; none when the journal cannot be read.
    pub micros: Option<u64>,
}

/// The use case.
pub struct OperationsService {
    parts: Dependencies,
    started_at: Timestamp,
    latest: Mutex<Option<Arc<ServerSnapshot>>>,
}

impl OperationsService {
    /// Puts the parts together; the server starts now.
    pub fn new(parts: Dependencies) -> Self {
        let started_at = parts.clock.now();
        Self { parts, started_at, latest: Mutex::default() }
    }

    /// When the server started.
    pub fn started_at(&self) -> Timestamp {
        self.started_at
    }

    /// The state of this server, at most two seconds old. What cannot be measured is left out, for the
    /// figures are looked at when something does not work.
    pub async fn snapshot(&self) -> Arc<ServerSnapshot> {
        let mut latest = self.latest.lock().await;
        let now = self.parts.clock.now();
        if let Some(known) = &*latest
            && (0..FRESH_MICROS).contains(&now.micros_since(known.measured_at))
        {
            return known.clone();
        }
        let measured = Arc::new(self.measure(now).await);
        *latest = Some(measured.clone());
        measured
    }

    async fn measure(&self, now: Timestamp) -> ServerSnapshot {
        let Dependencies { journal, positions, resources, storage, .. } = &self.parts;
        let end = *journal.tail().borrow();
        let mut projections = Vec::with_capacity(positions.len());
        for (name, position) in positions {
            let at = *position.borrow();
            projections.push(self.lag(name, at, end, now).await);
        }
        let disk = tokio::time::timeout(DISK_TIMEOUT, resources.disk_space()).await;
        let disk = disk.unwrap_or_else(|_| Err(Error::Timeout { limit: "time" }));
        if let Err(error) = &disk {
            tracing::debug!(error = %crate::error_chain(error), "the disk cannot be measured");
        }
        ServerSnapshot {
            measured_at: now,
            memory_bytes: resources.memory_bytes(),
            queue: journal.queue(),
            projections,
            disk: disk.ok(),
            stores: storage.latest(),
        }
    }

    async fn lag(
        &self,
        projection: &'static str,
        at: Position,
        end: Position,
        now: Timestamp,
    ) -> ProjectionLag {
        let entries = end.saturating_sub(at);
        if entries == 0 {
            return ProjectionLag { projection, entries, micros: Some(0) };
        }
        let micros = self.parts.journal.read(at, 1).await.ok().map(|blocks| {
            let oldest = blocks.iter().find(|block| block.end() > at);
            let waited = oldest.map_or(0, |block| now.micros_since(block.written_at));
            u64::try_from(waited).unwrap_or(0)
        });
        ProjectionLag { projection, entries, micros }
    }
}

impl std::fmt::Debug for OperationsService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OperationsService").finish_non_exhaustive()
    }
}
