//! `footfall-bench flood`: what a client that means harm costs the server, and what honest ones notice.
//!
//! Each flood meets a fresh server, comes from an address of its own (127.0.0.2), and is bounded in count
//! and time. Meanwhile an honest client sends one event every 50 ms on a connection of its own.

mod bodies;
mod connections;
mod ids;
mod origins;
mod probe;
mod sign_ins;
mod sockets;
mod statements;
mod target;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::ingest::{Footfall, program};
use crate::process;
use crate::progress;
use probe::ProbeClient;
pub(crate) use probe::ProbeResult;
pub(crate) use statements::StatementFlood;
use target::Target;

/// Quiet before memory is looked at, before and after.
const QUIET: Duration = Duration::from_secs(10);

/// Flags of the floods.
#[derive(Debug, Clone, Args)]
pub(crate) struct FloodArgs {
    /// Which [default: all]
    #[arg(value_enum)]
    floods: Vec<Flood>,
    /// The program to measure [default: `footfall` beside this program]
    #[arg(long, value_name = "FILE")]
    footfall: Option<PathBuf>,
    /// Connections of a flood, or so many requests of one that has none
    #[arg(long, default_value_t = 400)]
    count: usize,
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
pub(crate) enum Flood {
    /// Connections that say nothing
    Connections,
    /// Large bodies without a key, all but their end
    Bodies,
    /// Events with session ids of megabytes
    Ids,
    /// Requests each with a long origin of its own
    Origins,
    /// Live feeds of one member
    Sockets,
    /// Wrong passwords
    SignIns,
    /// Random statements of SQL, deep, wide and large
    Statements,
}

/// What came of a flood. Memory is in megabytes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    pub(crate) flood: Flood,
    pub(crate) count: usize,
    pub(crate) before_mb: f64,
    pub(crate) most_mb: f64,
    pub(crate) after_mb: f64,
    /// Answers by status, where they are waited for; 0 stands for none.
    pub(crate) answers: BTreeMap<u16, usize>,
    /// What the honest client noticed before.
    pub(crate) quiet: ProbeResult,
    /// What it noticed meanwhile.
    pub(crate) during: ProbeResult,
    /// Of a flood of statements.
    pub(crate) statements: Option<StatementFlood>,
}

/// Floods one server after the other, with their data in `folder`.
pub(crate) fn measure(args: &FloodArgs, folder: &Path) -> anyhow::Result<Vec<Measured>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    let floods = if args.floods.is_empty() { Flood::value_variants() } else { &args.floods };
    let program = program(args.footfall.as_deref())?;
    let mut measured = Vec::new();
    for (index, flood) in floods.iter().enumerate() {
        let folder = folder.join(index.to_string());
        std::fs::create_dir_all(&folder)?;
        measured.push(local.block_on(&runtime, one(*flood, args.count, &program, &folder))?);
    }
    Ok(measured)
}

async fn one(
    flood: Flood,
    count: usize,
    program: &Path,
    folder: &Path,
) -> anyhow::Result<Measured> {
    progress(&format!("{flood:?}: {count}"));
    let footfall = Footfall::start(program, folder).await?;
    let id = footfall.process_id();
    let target = Target::of(&footfall);
    // What an honest server at work takes is no flood's doing.
    let honest = ProbeClient::start(footfall.address, &footfall.key);
    let neighbour = match flood {
        Flood::Statements => Some(statements::Neighbour::start(&footfall, &target).await?),
        _ => None,
    };
    tokio::time::sleep(QUIET).await;
    let quiet = honest.result();
    let before_mb = process::resident_mb(id)?;
    process::reset_peak(id);
    let answers = match flood {
        Flood::Connections => connections::flood(&target, count).await,
        Flood::Bodies => bodies::flood(&target, count).await,
        Flood::Ids => ids::flood(&target, count).await,
        Flood::Origins => origins::flood(&target, count).await,
        Flood::Sockets => sockets::flood(&target, count).await,
        Flood::SignIns => sign_ins::flood(&target, count).await,
        Flood::Statements => statements::flood(&target, count).await,
    };
    let noticed = honest.result();
    let statements = neighbour.map(statements::Neighbour::finish);
    let most_mb = process::peak_mb(id)?;
    tokio::time::sleep(QUIET).await;
    let after_mb = process::resident_mb(id)?;
    Ok(Measured {
        flood,
        count,
        before_mb,
        most_mb,
        after_mb,
        answers,
        quiet,
        during: noticed,
        statements,
    })
}
