//! Shared test support: manual clocks and ids, fakes, and the suites that hold every
//! implementation of a port to its contract. A dev-dependency only.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "this crate is test code: a failed expectation must end the test"
)]

pub mod clock;
pub mod conformance;
pub mod fakes;
pub mod ids;
pub mod mmdb;
pub mod multipart;
pub mod postgres;
pub mod random;
pub mod records;
pub mod source_maps;
