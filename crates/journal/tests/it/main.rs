//! The journals held to their contract, and what is particular to each.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed expectation must end the test")]

mod harness;
mod memory;
mod sqlite_conformance;
mod sqlite_damage;
mod sqlite_lifecycle;
mod sqlite_pressure;
mod sqlite_rewriting;
