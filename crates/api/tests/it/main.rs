//! The API as its callers see it; the files mirror the URL tree.
#![expect(clippy::expect_used, reason = "a failed expectation must end the test")]

mod harness;
mod ingest;
mod openapi;
mod sql;
