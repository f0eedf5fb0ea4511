//! `footfall`: one program that takes events in and answers questions about them.

mod background;
mod cli;
mod config;
mod demo;
mod descriptors;
mod file_modes;
mod geo;
mod http;
mod journal_id;
mod lifecycle;
mod memory;
mod resources;
mod system;
mod telemetry;
mod wiring;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    file_modes::keep_private();
    memory::prefer_small_pages();
    cli::run()
}
