//! The use cases on the fake journal and a catalog in memory.
#![expect(clippy::expect_used, reason = "a failed expectation must end the test")]

mod fixture;
mod golden_records;
mod ingest;
mod masking;
mod operations;
mod outcomes;
mod secrets;
