//! Fuzzing on stable Rust: random sources, grammars of what people and programs send, and a driver
//! that runs one target for a while, keeps what led somewhere new, and saves what fails.
//!
//! The targets are in `tests/it`, one file each. `README.md` says how to run them and how to repeat
//! a failure.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this crate is test code: a failed expectation must end the test"
)]

pub mod driver;
mod files;
pub mod json;
mod minimise;
pub mod mutate;
pub mod random;
pub mod sql;
pub mod text;
mod usage;

pub use driver::{Observation, Target, run};
pub use random::Random;
