//! `/api/projects/{project_id}/recordings`: which there are, and their parts.

use axum::extract::{Path, State};
use domain::id::RecordingId;
use engine::ports::catalog::{Chunk, Recording, RecordingQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::cursor;
use crate::error::Error;
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "recordings";
/// Recordings of a page, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// Which recordings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RecordingsQuery {
    /// Of this visit.
    session_id: Option<String>,
    /// Of this browser.
    visitor_id: Option<String>,
    /// Of this customer.
    user_id: Option<String>,
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Recordings, those begun last first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordingList {
    recordings: Vec<RecordingAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// A recording, as far as it has arrived.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recording)]
pub(crate) struct RecordingAnswer {
    id: Uuid,
    session_id: String,
    visitor_id: Option<String>,
    user_id: Option<String>,
    /// Where the visitor was when it began.
    page_url: Option<String>,
    #[schema(format = DateTime)]
    started_at: String,
    #[schema(format = DateTime)]
    ended_at: String,
    /// Seconds from the first to the last event.
    duration_seconds: f64,
    /// Milliseconds to add to the times of its events, which are those of the browser's clock.
    clock_offset_ms: i64,
    /// The number of chunks.
    chunks: u64,
    events: u64,
    /// Bytes of JSON.
    bytes: u64,
}

/// A recording and its parts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordingDetail {
    recording: RecordingAnswer,
    /// In their order. A number that is missing has not arrived.
    chunks: Vec<RecordingChunkInfo>,
}

/// A part of a recording.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordingChunkInfo {
    seq: u32,
    #[schema(format = DateTime)]
    started_at: String,
    #[schema(format = DateTime)]
    ended_at: String,
    events: u64,
    /// Bytes of JSON.
    bytes: u64,
}

impl From<Recording> for RecordingAnswer {
    fn from(recording: Recording) -> Self {
        let micros = recording.ended_at.micros_since(recording.started_at);
        #[expect(clippy::cast_precision_loss, reason = "a day of microseconds fits in 2^52")]
        let duration_seconds = micros as f64 / 1e6;
        Self {
            id: recording.id.0,
            session_id: recording.subject.session_id,
            visitor_id: recording.subject.visitor_id,
            user_id: recording.subject.user_id,
            page_url: recording.page_url,
            started_at: recording.started_at.to_rfc3339(),
            ended_at: recording.ended_at.to_rfc3339(),
            duration_seconds,
            clock_offset_ms: recording.clock_offset_micros / 1_000,
            chunks: recording.chunks,
            events: recording.events,
            bytes: recording.bytes,
        }
    }
}

impl From<Chunk> for RecordingChunkInfo {
    fn from(chunk: Chunk) -> Self {
        Self {
            seq: chunk.seq,
            started_at: chunk.started_at.to_rfc3339(),
            ended_at: chunk.ended_at.to_rfc3339(),
            events: chunk.events,
            bytes: chunk.bytes,
        }
    }
}

/// The id of a recording's path.
#[derive(Debug, Deserialize)]
pub(super) struct RecordingPath {
    recording_id: String,
}

impl RecordingPath {
    pub(super) fn id(&self) -> Result<RecordingId, Error> {
        self.recording_id.parse().map_err(|_| engine::Error::NotFound("recording").into())
    }
}

/// A project's recordings of visits.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/recordings", tag = "Recordings", operation_id = "recordings",
    params(("project_id" = Uuid, Path), RecordingsQuery), extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = RecordingList), Analyst),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<RecordingsQuery>,
) -> Result<Json<RecordingList>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let wanted = RecordingQuery {
        session_ids: query.session_id.into_iter().collect(),
        visitor_id: query.visitor_id,
        user_id: query.user_id,
        after,
    };
    let found = app.recordings.list(allowed.project_id, &wanted, limit).await?;
    let next_cursor = cursor::next(LIST, &found, limit, |last| (last.started_at, last.id))?;
    Ok(Json(RecordingList { recordings: found.into_iter().map(Into::into).collect(), next_cursor }))
}

/// A recording of a visit and its chunks.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/recordings/{recording_id}", tag = "Recordings",
    operation_id = "recording",
    params(("project_id" = Uuid, Path), ("recording_id" = Uuid, Path)),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = RecordingDetail), Analyst),
)]
pub(super) async fn get(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<RecordingPath>,
) -> Result<Json<RecordingDetail>, Error> {
    let (recording, chunks) = app.recordings.get(allowed.project_id, path.id()?).await?;
    Ok(Json(RecordingDetail {
        recording: recording.into(),
        chunks: chunks.into_iter().map(Into::into).collect(),
    }))
}
