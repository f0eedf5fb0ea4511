//! `footfall-bench ingest`: how many requests a second are acknowledged, how soon, and at what cost.
//!
//! Footfall and two null servers take turns under the same requests, so that a noisy machine is noisy
//! for all three. After every run the lake must hold exactly what was acknowledged.

mod footfall;
mod run;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::load::{Latency, Throughput};
use crate::process::{self, Process};
use crate::{null_server, progress};

pub(crate) use footfall::{Footfall, StoredCounts};

/// Quiet before memory counts as idle.
const IDLE: Duration = Duration::from_secs(5);

/// Flags of the ingest measurement.
#[derive(Debug, Clone, Args)]
pub(crate) struct IngestArgs {
    /// The program to measure [default: `footfall` beside this program]
    #[arg(long, value_name = "FILE")]
    pub(crate) footfall: Option<PathBuf>,
    /// Keep-alive connections at full load; at half load there are four times as many
    #[arg(long, default_value_t = 64)]
    pub(crate) connections: usize,
    /// Measured seconds of a run
    #[arg(long, default_value_t = 10.0)]
    pub(crate) seconds: f64,
    /// Seconds before it
    #[arg(long, default_value_t = 3.0)]
    pub(crate) warm_up: f64,
    /// Runs of every server and shape
    #[arg(long, default_value_t = 3)]
    pub(crate) repetitions: usize,
    /// Measured seconds of one more run of 20-event batches at full load; 0: none
    #[arg(long, default_value_t = 0.0)]
    pub(crate) sustained_seconds: f64,
}

/// What a request holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shape {
    One,
    Batch,
}

impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::One, Self::Batch];

    pub(crate) const fn events(self) -> usize {
        match self {
            Self::One => 1,
            Self::Batch => 20,
        }
    }
}

/// Which server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum System {
    /// Reads the body.
    NullRead,
    /// Reads and parses the body.
    NullParse,
    Footfall,
}

impl System {
    pub(crate) const ALL: [Self; 3] = [Self::NullRead, Self::NullParse, Self::Footfall];
}

/// One run at full load.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Run {
    pub(crate) system: System,
    pub(crate) shape: Shape,
    pub(crate) repetition: usize,
    #[serde(flatten)]
    pub(crate) peak: Throughput,
    /// Footfall's only.
    pub(crate) after: Option<After>,
}

/// What was seen after a run of Footfall's, when the lake had caught up.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct After {
    /// From the last acknowledgement until the lake had everything.
    pub(crate) catch_up_seconds: f64,
    /// From the first request until then.
    pub(crate) cpu_seconds_per_million: f64,
    pub(crate) peak_mb: f64,
    /// Acknowledged so far, over all runs.
    pub(crate) acknowledged: u64,
    #[serde(flatten)]
    pub(crate) stored: StoredCounts,
}

/// One run at half load.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HalfLoad {
    pub(crate) system: System,
    pub(crate) shape: Shape,
    #[serde(flatten)]
    pub(crate) latency: Latency,
    pub(crate) after: Option<After>,
}

/// Everything measured about ingest.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ingest {
    pub(crate) connections: usize,
    pub(crate) seconds: f64,
    pub(crate) repetitions: usize,
    /// JSON of one event, on average.
    pub(crate) event_bytes: f64,
    pub(crate) runs: Vec<Run>,
    pub(crate) half_load: Vec<HalfLoad>,
    /// The long run, where it was asked for.
    pub(crate) sustained: Option<Run>,
    /// Acknowledged over all runs.
    pub(crate) acknowledged: u64,
    /// Held after all runs and a while of quiet.
    pub(crate) at_end: StoredCounts,
    pub(crate) idle_mb: f64,
    /// After all runs, quiet again.
    pub(crate) idle_after_mb: f64,
    pub(crate) peak_mb: f64,
    /// While the overview of everything was asked for, right after a run.
    pub(crate) asking_mb: f64,
}

/// The servers under load.
pub(crate) struct ServersUnderTest {
    read: (Process, std::net::SocketAddr),
    parse: (Process, std::net::SocketAddr),
    footfall: Footfall,
}

impl ServersUnderTest {
    fn of(&self, system: System) -> (std::net::SocketAddr, u32) {
        match system {
            System::NullRead => (self.read.1, self.read.0.id()),
            System::NullParse => (self.parse.1, self.parse.0.id()),
            System::Footfall => (self.footfall.address, self.footfall.process_id()),
        }
    }
}

/// Measures, with data in `folder`.
pub(crate) fn measure(args: &IngestArgs, folder: &Path) -> anyhow::Result<Ingest> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let footfall = Footfall::start(&program(args.footfall.as_deref())?, folder).await?;
        let servers =
            ServersUnderTest { read: null_server("read")?, parse: null_server("parse")?, footfall };
        let id = servers.footfall.process_id();
        tokio::time::sleep(IDLE).await;
        let idle_mb = process::resident_mb(id)?;
        process::reset_peak(id);
        let mut ingest = run::all(args, &servers).await?;
        ingest.idle_mb = idle_mb;
        progress("quiet again, for the memory at rest");
        tokio::time::sleep(IDLE).await;
        ingest.idle_after_mb = process::resident_mb(id)?;
        ingest.at_end = servers.footfall.stored_counts().await?;
        Ok(ingest)
    })
}

/// The program to measure: the one that is named, else the one beside this.
pub(crate) fn program(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(path) = named {
        return path
            .canonicalize()
            .with_context(|| format!("--footfall: {} is not there", path.display()));
    }
    let path = std::env::current_exe()?.with_file_name("footfall");
    path.canonicalize().with_context(|| {
        format!("{} is not there: build it, or name another by --footfall", path.display())
    })
}

fn null_server(mode: &str) -> anyhow::Result<(Process, std::net::SocketAddr)> {
    let mut command = Command::new(std::env::current_exe()?);
    let process = Process::start(command.args(["null-server", "--mode", mode]))?;
    let address = process.wait_for(null_server::READY)?.parse()?;
    Ok((process, address))
}
