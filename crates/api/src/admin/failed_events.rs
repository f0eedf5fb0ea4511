//! `/api/projects/{project_id}/failed-events`: looked at, and sent again.

use axum::extract::{Path, State};
use domain::time::Timestamp;
use engine::ingest::AdmittedSender;
use engine::ports::catalog::{FailedEvent, FailedEventCursor, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::cursor;
use crate::error::Error;
use crate::extract::{Admin, Analyst, Json, Query};
use crate::ingest::{self, RejectedItem};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "failed_events";
/// Rows of a list, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// Which failed events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FailedEventQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Failed events, latest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FailedEvents)]
pub(crate) struct FailedEventList {
    failed_events: Vec<FailedEventAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// An item that was refused, with its bytes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FailedEvent)]
pub(crate) struct FailedEventAnswer {
    id: String,
    #[schema(format = DateTime)]
    received_at: String,
    /// The stable reason.
    reason: String,
    /// The reason, naming the field.
    detail: String,
    /// The bytes as received; what is no UTF-8 is shown as U+FFFD. In a list it is the beginning.
    body: String,
    /// Whether `body` is the beginning only: the failed event alone comes whole.
    is_body_cut: bool,
    /// Bytes of the whole body.
    body_bytes: u64,
    /// When it was sent again with success.
    #[schema(format = DateTime)]
    resent_at: Option<String>,
}

/// The outcome of a resent event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResendResult {
    /// Events stored now.
    processed: usize,
    /// Events still refused.
    rejected: Vec<RejectedItem>,
}

/// The ids of a failed event's path.
#[derive(Debug, Deserialize)]
pub(super) struct FailedEventPath {
    failed_event_id: String,
}

impl From<FailedEvent> for FailedEventAnswer {
    fn from(event: FailedEvent) -> Self {
        let is_body_cut = (event.bytes.len() as u64) < event.size_bytes;
        let mut body = String::from_utf8_lossy(&event.bytes).into_owned();
        if is_body_cut {
            // A character that was cut in two.
            body.truncate(body.trim_end_matches('\u{FFFD}').len());
        }
        Self {
            id: event.id.to_string(),
            received_at: event.received_at.to_rfc3339(),
            reason: event.reason,
            detail: event.detail,
            body,
            is_body_cut,
            body_bytes: event.size_bytes,
            resent_at: event.resent_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// A project's failed events, each with the beginning of its body.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/failed-events", tag = "Events", operation_id = "failed_events",
    params(("project_id" = Uuid, Path), FailedEventQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = FailedEventList), Analyst),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<FailedEventQuery>,
) -> Result<Json<FailedEventList>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let before = cursor::read(LIST, query.cursor.as_deref())?;
    let before = before.map(|(received_at, position, journal)| FailedEventCursor {
        received_at,
        id: RecordId { position, journal },
    });
    let rows = app.failed_events.list(allowed.project_id, before, limit).await?;
    let next_cursor = cursor::next(LIST, &rows, limit, |last| {
        (last.received_at, last.id.position, last.id.journal)
    })?;
    let failed_events = rows.into_iter().map(Into::into).collect();
    Ok(Json(FailedEventList { failed_events, next_cursor }))
}

/// One failed event, with its whole body.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/failed-events/{failed_event_id}", tag = "Events",
    operation_id = "failed_event",
    params(("project_id" = Uuid, Path), ("failed_event_id" = String, Path)),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = FailedEventAnswer), Analyst),
)]
pub(super) async fn get(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<FailedEventPath>,
) -> Result<Json<FailedEventAnswer>, Error> {
    let id = path.failed_event_id.parse();
    let id = id.map_err(|_| Error::from(engine::Error::NotFound("failed event")))?;
    Ok(Json(app.failed_events.get(allowed.project_id, id).await?.into()))
}

/// Resends a failed event through ingest, with the current settings.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/failed-events/{failed_event_id}/resend", tag = "Events",
    operation_id = "resend_failed_event",
    params(("project_id" = Uuid, Path), ("failed_event_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = ResendResult), Admin),
)]
pub(super) async fn resend(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<FailedEventPath>,
) -> Result<Json<ResendResult>, Error> {
    let not_found = || Error::from(engine::Error::NotFound("failed event"));
    let id = path.failed_event_id.parse().map_err(|_| not_found())?;
    let failed = app.failed_events.get(allowed.project_id, id).await?;
    let project = app.auth.project(allowed.project_id).await?;
    let admitted =
        AdmittedSender { project_id: allowed.project_id, retention_days: project.retention_days };
    let receipt = ingest::resend(&app, &admitted, &failed).await?;
    let processed = receipt.stored.len();
    if receipt.refused.is_empty() && processed > 0 {
        app.failed_events.mark_resent(allowed.project_id, id).await?;
    }
    let rejected = RejectedItem::list(&receipt.refused);
    Ok(Json(ResendResult { processed, rejected }))
}
