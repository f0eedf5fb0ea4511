//! The ways events come in: one file a contract, and what they share.

mod behavior;
mod body;
mod cors;
mod customer;
mod error;
mod friction;
mod intake;
mod items;
mod key;
mod lenient;
mod metadata;
mod nul;
mod properties;
mod purchase;
mod received_body;
mod recording;
mod reported_session;
mod resend;
mod responses;
mod script;
mod sdk_settings;
mod secret;
mod session;
mod widgets;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};

use self::error::RequestRejection;
use crate::state::App;

pub(crate) use behavior::__path_flush as __path_flush_behavior;
pub(crate) use customer::__path_track as __path_track_customer;
pub(crate) use error::{IngestError, RejectedItem};
pub(crate) use friction::__path_ingest as __path_ingest_events;
pub(crate) use purchase::{__path_booking, __path_order};
pub(crate) use recording::{
    __path_store as __path_ingest_recording, __path_upload as __path_upload_screenshot,
};
pub(crate) use resend::resend;
pub(crate) use session::{__path_end_session, __path_start_session};
pub(crate) use widgets::__path_track as __path_track_widgets;

/// The routes of all contracts.
pub(crate) fn routes() -> Router<App> {
    let screenshots = post(recording::upload)
        .options(cors::preflight)
        .layer(DefaultBodyLimit::max(recording::MAX_BODY_BYTES));
    Router::new()
        .route("/ingest-recording", post(recording::store).options(cors::preflight))
        .route("/upload-screenshot", screenshots)
        .route("/ingest-events", post(friction::ingest).options(cors::preflight))
        .route("/functions/v1/ingest-events", post(friction::ingest).options(cors::preflight))
        .route("/api/tracking/flush", post(behavior::flush).options(cors::preflight))
        .route("/api/interactions", post(behavior::flush).options(cors::preflight))
        .route("/track-event", post(customer::track).options(cors::preflight))
        .route("/{function}/track-event", post(customer::track_function).options(cors::preflight))
        .route("/api/analytics/session/start", post(session::start).options(cors::preflight))
        .route("/api/analytics/session/end", post(session::end).options(cors::preflight))
        .route("/api/orders", post(purchase::order))
        .route("/api/bookings", post(purchase::booking))
        .route("/api/analytics/track", post(widgets::track).options(cors::preflight))
        .route("/sdk-settings", get(sdk_settings::get))
        .route("/friction-tracker.js", get(script::tracker))
        .route("/footfall.js", get(script::tracker))
        .route("/footfall-more.js", get(script::more))
        .route("/footfall-recorder.js", get(script::recorder))
        .route("/footfall-screenshot.js", get(script::screenshot))
        .method_not_allowed_fallback(method_not_allowed)
}

async fn method_not_allowed(method: Method, headers: HeaderMap) -> Response {
    let message = format!("{method} is not allowed here; see the allow header");
    RequestRejection::new(StatusCode::METHOD_NOT_ALLOWED, message).into_response(&headers)
}
