//! The targets, a file each. What reads requests is fed through the whole API in this process.
#![expect(clippy::expect_used, reason = "a rule that does not hold must end the test")]

mod addresses;
mod behavior;
mod customer;
mod dashboard;
mod friction;
mod media;
mod pages;
mod purchases;
mod record;
mod recordings;
mod server;
mod sessions;
mod sql_guard;
mod user_agent;
mod webhook_target;
mod widgets;

/// The server that the API's own tests run on.
#[path = "../../../crates/api/tests/it/harness/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the API's tests use the rest of it")]
mod harness;
