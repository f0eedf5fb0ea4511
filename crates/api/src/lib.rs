//! HTTP: the contracts' wire shapes, the dashboard's API, and who may ask.
//!
//! Only this crate knows HTTP and JSON field names. Handlers read the request, call one use case of
//! the engine and shape its answer; they hold no rules and no SQL.

mod admin;
mod audit;
mod auth;
mod authorship;
mod billing;
mod bodies;
mod client;
mod csv;
mod cursor;
mod customers;
mod error;
mod extract;
mod health;
mod ingest;
mod list_export;
mod live;
mod middleware;
mod object;
pub mod openapi;
mod operations;
mod people;
mod principal;
mod privacy;
mod questions;
mod recordings;
mod request_id;
mod router;
mod shared;
mod spa;
pub mod sql;
mod state;
mod timings;

pub use client::TrustedProxies;
pub use recordings::screenshot_url;
pub use router::router;
pub use state::{App, Host, Peer, Readiness, ServerIdentity, Settings};
