//! The ways events come in: one file a contract, and what they share.

mod behavior;
mod body;
mod cors;
mod error;
mod friction;
mod intake;
mod key;
mod metadata;
mod nul;
mod properties;
mod resend;
mod script;
mod values;

use axum::Router;
use axum::routing::{get, post};

use crate::state::App;

pub(crate) use behavior::__path_flush as __path_flush_behavior;
pub(crate) use error::{IngestError, RefusedItem};
pub(crate) use friction::__path_ingest as __path_ingest_events;
pub(crate) use resend::resend;

/// The routes of all contracts.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/ingest-events", post(friction::ingest).options(cors::preflight))
        .route("/functions/v1/ingest-events", post(friction::ingest).options(cors::preflight))
        .route("/api/tracking/flush", post(behavior::flush).options(cors::preflight))
        .route("/api/interactions", post(behavior::flush).options(cors::preflight))
        .route("/friction-tracker.js", get(script::tracker))
        .route("/footfall.js", get(script::tracker))
}
