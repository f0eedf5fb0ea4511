//! The use cases of Footfall and the ports they need.

pub mod annotations;
pub mod api_keys;
mod assembly;
pub mod audit;
pub mod auth;
pub mod billing;
pub mod boards;
pub mod crm;
pub mod customers;
mod error;
pub mod error_groups;
pub mod event_delivery;
pub mod failed_events;
pub mod goals;
pub mod ingest;
pub mod jobs;
pub mod lead_scores;
pub mod live;
pub mod logos;
pub mod operations;
pub mod people;
pub mod ports;
pub mod privacy;
pub mod project_settings;
pub mod project_zones;
pub mod projections;
pub mod questions;
mod rate_limiter;
pub mod record;
pub mod recordings;
pub mod retention;
pub mod saved_questions;
pub mod sdk_reports;
pub mod sdk_settings;
pub mod secret_keys;
pub mod segments;
pub mod session_completion;
pub mod sessions;
pub mod share_links;
pub mod source_maps;
pub mod sql;
mod validate;
pub mod webhooks;
pub mod widgets;

pub use assembly::{Engine, Ports, Services, Settings};
pub use error::{Error, Kind};

/// An error and what caused it, in one line for the log.
pub fn error_chain(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
