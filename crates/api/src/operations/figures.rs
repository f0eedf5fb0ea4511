//! `GET /api/operations`: requests, queue, projections, disk, memory and jobs of this server.

use axum::extract::State;
use domain::time::Timestamp;
use engine::operations::{ProjectionLag, ServerSnapshot};
use engine::ports::journal::QueueLoad;
use engine::ports::resources::StoreSizes;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::jobs::JobAnswer;
use super::requests::RequestsAnswer;
use crate::billing::CleanupRunAnswer;
use crate::error::Error;
use crate::extract::{Json, ServerOwner};
use crate::state::App;

/// The state of this server. Figures are at most two seconds old; jobs are current.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ServerFigures {
    server: ServerAnswer,
    requests: RequestsAnswer,
    journal: JournalAnswer,
    projections: Vec<ProjectionAnswer>,
    disk: DiskAnswer,
    /// The latest run of session completion, of whichever server; null before the first.
    last_cleanup: Option<CleanupRunAnswer>,
    jobs: Vec<JobAnswer>,
}

/// The server that answered. Where several share a catalog, all figures are this server's own, but for
/// `last_cleanup`; behind a proxy that spreads requests the next answer may be another server's.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Server)]
struct ServerAnswer {
    /// Names this server among all that share a catalog.
    id: Uuid,
    version: &'static str,
    #[schema(format = DateTime)]
    started_at: String,
    uptime_seconds: u64,
    #[schema(format = DateTime)]
    measured_at: String,
    /// Memory of the process; null where the system does not say.
    memory_bytes: Option<u64>,
}

/// The queue of the journal's writer, and its limit: more is answered 503.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalQueue)]
struct JournalAnswer {
    queued_batches: u64,
    max_batches: u64,
    queued_bytes: u64,
    max_bytes: u64,
}

/// How far a projection is behind the journal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProjectionLag)]
struct ProjectionAnswer {
    name: &'static str,
    /// Entries it has not applied.
    lag_entries: u64,
    /// How long the oldest of them has waited; null while the journal cannot be read.
    lag_seconds: Option<f64>,
}

/// The disk of the data folder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServerDisk)]
struct DiskAnswer {
    /// Null when it cannot be measured, as `total_bytes`.
    free_bytes: Option<u64>,
    total_bytes: Option<u64>,
    /// Null until they are measured, soon after the start.
    stores: Option<StoresAnswer>,
}

/// Bytes of the files of each store.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServerStores)]
struct StoresAnswer {
    #[schema(format = DateTime)]
    measured_at: String,
    journal_bytes: u64,
    /// With files that wait to be deleted.
    lake_bytes: u64,
    /// Null when the catalog is in PostgreSQL.
    catalog_bytes: Option<u64>,
    /// Recordings and screenshots.
    blob_bytes: u64,
    /// Other files of the data folder.
    other_bytes: u64,
}

impl From<QueueLoad> for JournalAnswer {
    fn from(load: QueueLoad) -> Self {
        Self {
            queued_batches: load.batches,
            max_batches: load.max_batches,
            queued_bytes: load.bytes,
            max_bytes: load.max_bytes,
        }
    }
}

impl From<ProjectionLag> for ProjectionAnswer {
    fn from(lag: ProjectionLag) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a lag is far below 2^52 microseconds")]
        let lag_seconds = lag.micros.map(|micros| micros as f64 / 1e6);
        Self { name: lag.projection, lag_entries: lag.entries, lag_seconds }
    }
}

impl From<(Timestamp, StoreSizes)> for StoresAnswer {
    fn from((measured_at, sizes): (Timestamp, StoreSizes)) -> Self {
        Self {
            measured_at: measured_at.to_rfc3339(),
            journal_bytes: sizes.journal_bytes,
            lake_bytes: sizes.lake_bytes,
            catalog_bytes: sizes.catalog_bytes,
            blob_bytes: sizes.blob_bytes,
            other_bytes: sizes.other_bytes,
        }
    }
}

fn server(app: &App, snapshot: &ServerSnapshot) -> ServerAnswer {
    let identity = app.host().identity;
    let started_at = app.operations.started_at();
    let uptime = snapshot.measured_at.micros_since(started_at) / 1_000_000;
    ServerAnswer {
        id: identity.id,
        version: identity.version,
        started_at: started_at.to_rfc3339(),
        uptime_seconds: u64::try_from(uptime).unwrap_or(0),
        measured_at: snapshot.measured_at.to_rfc3339(),
        memory_bytes: snapshot.memory_bytes,
    }
}

/// Returns the state of the server.
#[utoipa::path(
    get, path = "/api/operations", tag = "Operations", operation_id = "operations",
    responses((status = 200, body = ServerFigures), ServerOwner),
)]
pub(super) async fn operations(
    State(app): State<App>,
    _owner: ServerOwner,
) -> Result<Json<ServerFigures>, Error> {
    let snapshot = app.operations.snapshot().await;
    Ok(Json(ServerFigures {
        server: server(&app, &snapshot),
        requests: (&*app.response_times().summary()).into(),
        journal: snapshot.queue.into(),
        projections: snapshot.projections.iter().copied().map(Into::into).collect(),
        disk: DiskAnswer {
            free_bytes: snapshot.disk.map(|disk| disk.free_bytes),
            total_bytes: snapshot.disk.map(|disk| disk.total_bytes),
            stores: snapshot.stores.map(Into::into),
        },
        last_cleanup: app.completion.last_run().await?.map(Into::into),
        jobs: app.jobs.statuses().into_iter().map(Into::into).collect(),
    }))
}
