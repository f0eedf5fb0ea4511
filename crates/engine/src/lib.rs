//! The use cases of Footfall and the ports they need.

pub mod auth;
mod error;
pub mod failed_events;
pub mod ingest;
pub mod jobs;
pub mod keys;
pub mod live;
pub mod ports;
pub mod projections;
pub mod questions;
pub mod record;
pub mod sql;

pub use error::{Error, Kind};

/// An error and what caused it, in one line for the log.
pub fn error_chain(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
