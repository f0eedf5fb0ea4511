//! The whole system: the real binary, its real files, and clients that speak to it as pages do.
#![expect(clippy::expect_used, clippy::panic, reason = "a failed expectation must end the test")]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures and logs are for whoever runs the tests"
)]

mod accounts;
mod cli;
mod demo;
mod demo_agreement;
mod demo_story;
mod durability;
mod erasure;
mod file_modes;
mod floods;
mod funnel;
mod harness;
mod kill;
mod lake_files;
mod live;
mod metrics;
mod postgres;
mod rejections;
mod repeat;
mod restart;
mod sessions;
mod source_maps;
mod sql;
mod upgrade;
