//! Serves recording chunks as JSON and screenshots as PNG.
//!
//! It comes from pages of others, so it is never shown as a page of ours: downloaded, typed, and without
//! any right if a browser shows it all the same.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::id::ScreenshotId;
use serde::Deserialize;

use super::list::RecordingPath;
use crate::error::Error;
use crate::extract::Analyst;
use crate::state::App;

/// What was taken once is not taken again under its name: but it may be forgotten.
const CACHE: &str = "private, max-age=300";

/// The ids of a part's path.
#[derive(Debug, Deserialize)]
pub(super) struct ChunkPath {
    #[serde(flatten)]
    recording: RecordingPath,
    seq: String,
}

/// The id of a picture's path.
#[derive(Debug, Deserialize)]
pub(super) struct ScreenshotPath {
    screenshot_id: String,
}

/// The events of a chunk of a recording, as rrweb wrote them.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/recordings/{recording_id}/chunks/{seq}", tag = "Recordings",
    operation_id = "recording_chunk",
    params(("project_id" = Uuid, Path), ("recording_id" = Uuid, Path), ("seq" = u32, Path)),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = Vec<Object>), Analyst),
)]
pub(super) async fn chunk(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<ChunkPath>,
) -> Result<Response, Error> {
    let seq = path.seq.parse().map_err(|_| engine::Error::NotFound("recording chunk"))?;
    let json = app.recordings.chunk(allowed.project_id, path.recording.id()?, seq).await?;
    Ok(media("application/json", "part.json", json.into()))
}

/// A screenshot of a page.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/screenshots/{screenshot_id}", tag = "Recordings",
    operation_id = "screenshot",
    params(("project_id" = Uuid, Path), ("screenshot_id" = Uuid, Path)),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = String, content_type = "image/png"), Analyst),
)]
pub(super) async fn screenshot(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<ScreenshotPath>,
) -> Result<Response, Error> {
    let id: Result<ScreenshotId, _> = path.screenshot_id.parse();
    let id = id.map_err(|_| engine::Error::NotFound("screenshot"))?;
    let file = app.recordings.screenshot(allowed.project_id, id).await?;
    Ok(media("image/png", "screenshot.png", file))
}

/// A picture or a part of a recording, which a browser shows as nothing else.
pub(crate) fn media(kind: &'static str, name: &str, bytes: bytes::Bytes) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, CACHE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    headers.extend(disposition.ok().map(|value| (header::CONTENT_DISPOSITION, value)));
    response
}
