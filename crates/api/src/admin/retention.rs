//! `/api/projects/{project_id}/retention`: how long a project keeps its data, and what the next run
//! removes.

use axum::extract::State;
use domain::project_settings::Retention;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use engine::ports::catalog::{RetentionRun, RowsAndBytes};
use engine::retention::{KindRetention, RetentionStatus};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json, Query, Viewer};
use crate::state::App;

/// Proposed days; a kind left out has the server's default.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "they are what the settings are called")]
pub(super) struct RetentionQuery {
    /// Days to keep events and the signals of lead scores.
    event_days: Option<u32>,
    /// Days to keep sessions.
    session_days: Option<u32>,
    /// Days to keep recordings and screenshots.
    recording_days: Option<u32>,
    /// Days to keep activities of contacts.
    activity_days: Option<u32>,
}

impl From<RetentionQuery> for Retention {
    fn from(query: RetentionQuery) -> Self {
        let RetentionQuery { event_days, session_days, recording_days, activity_days } = query;
        Self { event_days, session_days, recording_days, activity_days }
    }
}

/// A kind of data that is removed when it is old.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RetentionKind)]
enum KindName {
    /// Events, by when they occurred.
    Events,
    /// Signals of lead scores, by when they occurred.
    Signals,
    /// Sessions of customers, by their last activity.
    Sessions,
    /// Recordings and screenshots, by their end.
    Recordings,
    /// Activities of contacts, by when they occurred.
    Activities,
}

/// How long each kind is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionStatus)]
pub(super) struct RetentionAnswer {
    /// The most days that may be set for any kind.
    max_days: u32,
    /// Each kind.
    kinds: Vec<KindAnswer>,
}

/// How long a kind is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KindRetention)]
struct KindAnswer {
    /// The kind.
    kind: KindName,
    /// The member of the settings that holds its days.
    setting: &'static str,
    /// Days for which it is kept.
    days: u32,
    /// Days for which it is kept where nothing is set.
    default_days: u32,
    /// When old data is removed next.
    next_run_at: String,
    /// Rows older than this are removed then: the beginning of a UTC day.
    removes_before: String,
    /// The latest run; null before the first.
    last_run: Option<RunAnswer>,
}

/// A daily run that removes old data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionRun)]
struct RunAnswer {
    /// When it began.
    started_at: String,
    /// When the run ended; null while it is running.
    finished_at: Option<String>,
    /// Rows older than this were removed.
    removes_before: String,
    /// Rows removed: events, sessions, recordings and screenshots, or activities; null until they are counted.
    rows: Option<u64>,
    /// Approximate bytes in files; 0 for kinds that are stored in the catalog only.
    bytes: Option<u64>,
}

/// A forecast of the next run of each kind.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RetentionPreview {
    /// Each kind.
    kinds: Vec<KindPreview>,
}

/// Rows stored now that the next run of a kind would remove.
#[derive(Debug, Serialize, ToSchema)]
struct KindPreview {
    /// The kind.
    kind: KindName,
    /// The member of the settings that holds its days.
    setting: &'static str,
    /// Days for which it would be kept.
    days: u32,
    /// When that run begins.
    next_run_at: String,
    /// Rows older than this are removed then: the beginning of a UTC day.
    removes_before: String,
    /// Rows: events, sessions, recordings and screenshots, or activities.
    rows: u64,
    /// Approximate bytes in files; 0 for kinds that are stored in the catalog only.
    bytes: u64,
}

impl From<RetentionKind> for KindName {
    fn from(kind: RetentionKind) -> Self {
        match kind {
            RetentionKind::Events => Self::Events,
            RetentionKind::Signals => Self::Signals,
            RetentionKind::Sessions => Self::Sessions,
            RetentionKind::Recordings => Self::Recordings,
            RetentionKind::Activities => Self::Activities,
        }
    }
}

impl From<RetentionRun> for RunAnswer {
    fn from(run: RetentionRun) -> Self {
        Self {
            started_at: run.started_at.to_rfc3339(),
            finished_at: run.finished_at.map(Timestamp::to_rfc3339),
            removes_before: run.removes_before.to_rfc3339(),
            rows: run.removed.map(|removed| removed.rows),
            bytes: run.removed.map(|removed| removed.bytes),
        }
    }
}

impl From<KindRetention> for KindAnswer {
    fn from(kept: KindRetention) -> Self {
        Self {
            kind: kept.kind.into(),
            setting: kept.kind.setting(),
            days: kept.days,
            default_days: kept.default_days,
            next_run_at: kept.next_run_at.to_rfc3339(),
            removes_before: kept.removes_before.to_rfc3339(),
            last_run: kept.last_run.map(Into::into),
        }
    }
}

impl From<(KindRetention, RowsAndBytes)> for KindPreview {
    fn from((kept, RowsAndBytes { rows, bytes }): (KindRetention, RowsAndBytes)) -> Self {
        Self {
            kind: kept.kind.into(),
            setting: kept.kind.setting(),
            days: kept.days,
            next_run_at: kept.next_run_at.to_rfc3339(),
            removes_before: kept.removes_before.to_rfc3339(),
            rows,
            bytes,
        }
    }
}

/// How long each kind of data is kept, when old data is removed next, and what the last run removed.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/retention", tag = "Projects", operation_id = "retention",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = RetentionAnswer), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<RetentionAnswer>, Error> {
    let RetentionStatus { max_days, kinds } = app.retention.status(allowed.project_id).await?;
    Ok(Json(RetentionAnswer { max_days, kinds: kinds.into_iter().map(Into::into).collect() }))
}

/// Counts the stored rows that the next run of each kind would remove if these days were set.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/retention/preview", tag = "Projects",
    operation_id = "retention_preview",
    params(("project_id" = Uuid, Path), RetentionQuery),
    responses((status = 200, body = RetentionPreview), Admin, Unprocessable),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn preview(
    State(app): State<App>,
    Admin(allowed): Admin,
    Query(query): Query<RetentionQuery>,
) -> Result<Json<RetentionPreview>, Error> {
    let (status, sizes) = app.retention.preview(allowed.project_id, &query.into()).await?;
    let kinds = status.kinds.into_iter().zip(sizes).map(Into::into).collect();
    Ok(Json(RetentionPreview { kinds }))
}
