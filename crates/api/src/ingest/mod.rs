//! The ways events come in: one file a contract, and what they share.

mod answer;
mod body;
mod cors;
mod error;
mod friction;
mod item;
mod key;
mod metadata;
mod resend;
mod script;
mod values;

use axum::Router;
use axum::routing::{get, post};

use crate::state::App;

pub(crate) use answer::RefusedItem;
pub(crate) use friction::__path_ingest as __path_ingest_events;
pub(crate) use resend::resend;

/// The routes of all contracts.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/ingest-events", post(friction::ingest).options(cors::preflight))
        .route("/functions/v1/ingest-events", post(friction::ingest).options(cors::preflight))
        .route("/friction-tracker.js", get(script::tracker))
        .route("/footfall.js", get(script::tracker))
}
