//! The engine's ports. Each trait's documentation is its contract; the
//! suites in `testkit::conformance` hold every implementation to it.

pub mod blobs;
pub mod catalog;
pub mod geo;
pub mod journal;
pub mod lake;
pub mod outbound;
pub mod resources;
pub mod sql;
