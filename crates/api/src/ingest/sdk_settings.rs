//! `GET /sdk-settings?key=…`: what the SDK of a page does.

use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::outcome::Contract;
use domain::sdk_settings::SdkSettings;
use serde::Serialize;

use super::cors;
use super::error::RequestRejection;
use super::intake::Intake;
use crate::extract::Json;
use crate::state::App;

/// Each browser asks every five minutes at most, and may go on with what it has for a day.
const CACHE: &str = "private, max-age=300, stale-while-revalidate=86400";

/// The answer.
#[derive(Debug, Serialize)]
struct Answer {
    version: u64,
    #[serde(flatten)]
    settings: SdkSettings,
    /// What the project may record today is used up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    recording_paused: bool,
}

/// Answers the holder of a key, as ingest would admit it.
pub(super) async fn get(State(app): State<App>, parts: Parts) -> Response {
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Friction };
    match answer(&app, &intake).await {
        Ok(answer) => fresh_or_known(&answer, &parts),
        Err(rejection) => rejection.into_response(&parts.headers),
    }
}

async fn answer(app: &App, intake: &Intake<'_>) -> Result<Answer, RequestRejection> {
    let key = intake.key(None);
    let rejection = |denied| RequestRejection::from_admission(&denied);
    app.ingest.admit_address(intake.address()).map_err(rejection)?;
    let sender =
        app.ingest.admit_auxiliary(key.as_deref(), intake.origin()).await.map_err(rejection)?;
    let stored = app.sdk_settings.of(sender.project_id).await;
    let stored = stored.map_err(|error| RequestRejection::engine(&error))?;
    let recording_paused = app.recordings.is_paused(sender.project_id).await;
    let recording_paused = recording_paused.map_err(|error| RequestRejection::engine(&error))?;
    Ok(Answer { version: stored.version, settings: stored.settings, recording_paused })
}

fn fresh_or_known(answer: &Answer, parts: &Parts) -> Response {
    // A newer program may know more settings under the same version.
    let paused = if answer.recording_paused { "-paused" } else { "" };
    let etag = format!("\"{}-{}{paused}\"", env!("CARGO_PKG_VERSION"), answer.version);
    let known = parts.headers.get(header::IF_NONE_MATCH);
    let mut response = if known.is_some_and(|known| *known == *etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(answer).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    headers.extend(HeaderValue::from_str(&etag).ok().map(|etag| (header::ETAG, etag)));
    cors::admit(headers, parts.headers.get(header::ORIGIN));
    response
}
