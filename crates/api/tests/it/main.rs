//! The API as its callers see it; the files mirror the URL tree.
#![expect(clippy::expect_used, clippy::panic, reason = "a failed expectation must end the test")]

mod admin;
mod answers;
mod auth;
mod billing;
mod cookies;
mod credentials;
mod customers;
mod errors;
mod explore;
mod filters;
mod funnel;
mod harness;
mod heatmap;
mod ingest;
mod list_export;
mod openapi;
mod operations;
mod people;
mod privacy;
mod projects;
mod recordings;
mod retention;
mod routes;
mod saved_questions;
mod sign_in;
mod sql;
