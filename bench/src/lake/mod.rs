//! `footfall-bench lake`: how small the lake is, and how long each question takes.
//!
//! Every step runs in a process of its own, so that none is charged for another's memory and the
//! first question of each is a first one.

mod answer;
mod ask;
mod duckdb;
mod fill;
mod funnel;
mod visits;
mod year;

use std::path::{Path, PathBuf};
use std::process::Command;

use ::lake::{Lake, Options};
use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::clock::{FixedClock, SeededIds};
use crate::numbers::{float, grouped, median, show};
use crate::{generate, progress};

pub(crate) use ask::{QuestionName, QuestionTiming};
pub(crate) use duckdb::Baseline;
pub(crate) use fill::FillResult;
pub(crate) use year::Mark;

/// Flags of the lake measurement.
#[derive(Debug, Clone, Args)]
pub(crate) struct LakeArgs {
    /// Events in the lake; once for each size
    #[arg(long, value_delimiter = ',', default_values_t = [1_000_000, 10_000_000])]
    pub(crate) events: Vec<usize>,
    /// A Python with the package duckdb, for the baseline
    #[arg(long, env = "FOOTFALL_PYTHON", value_name = "FILE")]
    pub(crate) python: Option<PathBuf>,
    /// Events of one more lake, which lives through a year of hours; 0: none
    #[arg(long, default_value_t = 100_000)]
    pub(crate) year_events: usize,
}

/// Flags of one step.
#[derive(Debug, Args)]
pub(crate) struct StepArgs {
    #[arg(long)]
    folder: PathBuf,
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, clap::Subcommand)]
enum Step {
    /// Generates, writes and compacts
    Fill {
        #[arg(long)]
        events: usize,
    },
    /// Asks one question several times
    Ask {
        #[arg(long, value_enum)]
        question: QuestionName,
    },
    /// Lives through a year
    Year {
        #[arg(long)]
        events: usize,
    },
}

/// Everything measured about the lake.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LakeFigures {
    pub(crate) scales: Vec<Scale>,
    /// The year, where it was asked for.
    pub(crate) year: Vec<Mark>,
}

/// What was measured at one size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Scale {
    pub(crate) events: usize,
    pub(crate) filled: FillResult,
    pub(crate) questions: Vec<QuestionTiming>,
    /// Hand-written SQL on another engine, or why there is none.
    pub(crate) baseline: Result<Baseline, String>,
}

/// Measures every size, with data in `folder`.
pub(crate) fn measure(args: &LakeArgs, folder: &Path) -> anyhow::Result<LakeFigures> {
    let scales = args.events.iter().map(|&events| scale(args, events, folder));
    Ok(LakeFigures { scales: scales.collect::<Result<_, _>>()?, year: year(args, folder)? })
}

fn year(args: &LakeArgs, folder: &Path) -> anyhow::Result<Vec<Mark>> {
    if args.year_events == 0 {
        return Ok(Vec::new());
    }
    let events = args.year_events;
    progress(&format!("a year of {} events, hour by hour", grouped(events as u64)));
    let folder = folder.join("year");
    let marks: Vec<Mark> = run_step(&folder, &["year", "--events", &events.to_string()])?;
    for mark in &marks {
        let (open, overview) = (show(mark.open_ms), show(mark.overview_ms));
        progress(&format!(
            "  after {} days: {} files, opened in {open} ms, overview {overview} ms",
            mark.days, mark.files
        ));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(marks)
}

fn scale(args: &LakeArgs, events: usize, folder: &Path) -> anyhow::Result<Scale> {
    let folder = folder.join(events.to_string());
    let count = events.to_string();
    progress(&format!("writing and compacting {} events", grouped(events as u64)));
    let filled: FillResult = run_step(&folder, &["fill", "--events", &count])?;
    ensure!(filled.rows == events as u64, "the lake has {} rows of {events}", filled.rows);
    progress(&format!(
        "  {} events/s, {} bytes an event after compaction",
        show(float(filled.rows) / filled.write_seconds),
        show(float(filled.size_bytes) / float(filled.rows)),
    ));
    let mut questions = Vec::new();
    for question in QuestionName::value_variants() {
        evict(&folder);
        let timing: QuestionTiming = run_step(&folder, &["ask", "--question", question.as_str()])?;
        progress(&format!(
            "  {}: {} ms, {} ms cold",
            question.as_str(),
            show(median(&timing.hot_ms)),
            show(timing.cold_ms)
        ));
        questions.push(timing);
    }
    let baseline = duckdb::measure(args.python.as_deref(), &folder, events);
    if let Err(reason) = &baseline {
        progress(&format!("  no baseline: {reason}"));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(Scale { events, filled, questions, baseline })
}

/// Runs a step as a process of its own and reads what it found.
fn run_step<T: DeserializeOwned>(folder: &Path, arguments: &[&str]) -> anyhow::Result<T> {
    let output = Command::new(std::env::current_exe()?)
        .args(["lake-step", "--folder"])
        .arg(folder)
        .args(arguments)
        .stderr(std::process::Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the step {arguments:?} failed");
    serde_json::from_slice(&output.stdout).with_context(|| format!("the step {arguments:?}"))
}

/// The other side of [`run_step`].
#[tokio::main]
pub(crate) async fn step(args: &StepArgs) -> anyhow::Result<()> {
    let text = match &args.step {
        Step::Fill { events } => serde_json::to_string(&fill::fill(&args.folder, *events).await?)?,
        Step::Ask { question } => serde_json::to_string(&ask::ask(&args.folder, *question).await?)?,
        Step::Year { events } => serde_json::to_string(&year::live(&args.folder, *events).await?)?,
    };
    crate::out(&text);
    Ok(())
}

/// Opens the lake in `folder` as the server does.
async fn open(folder: &Path) -> anyhow::Result<Lake> {
    let clock = std::sync::Arc::new(FixedClock(generate::END));
    let ids = std::sync::Arc::new(SeededIds::new(7));
    Ok(Lake::open(Options::new(folder), clock, ids).await?)
}

/// Asks the system to forget the lake's files, so that the next question reads the disk.
fn evict(folder: &Path) {
    let _ = Command::new("sync").status();
    for file in files(folder) {
        let input = format!("if={}", file.display());
        let _ =
            Command::new("dd").args([&input, "iflag=nocache", "count=0", "status=none"]).status();
    }
}

/// The lake's data files.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let days = entries(folder.join("events")).map(|entry| entry.path());
    days.filter(|path| path.is_dir())
        .flat_map(entries)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "parquet"))
        .collect()
}
