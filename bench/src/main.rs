//! `footfall-bench`: measures Footfall and prints one table. What each figure means is in
//! `bench/README.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a command line")]

mod catalog;
mod clock;
mod flood;
mod generate;
mod ingest;
mod lake;
mod load;
mod machine;
mod null_server;
mod numbers;
mod process;
mod random;
mod report;
mod wire;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};

use crate::machine::Machine;
use crate::report::Report;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[derive(Debug, Parser)]
#[command(name = "footfall-bench", version, about = "Measures Footfall.", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything, in one table
    All {
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        ingest: ingest::IngestArgs,
        #[command(flatten)]
        lake: lake::LakeArgs,
        #[command(flatten)]
        catalog: catalog::CatalogArgs,
    },
    /// Requests a second, latency and cost of taking events in, beside servers that do nothing
    Ingest {
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        ingest: ingest::IngestArgs,
    },
    /// Size of the lake, and how long each question takes, beside `DuckDB`
    Lake {
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        lake: lake::LakeArgs,
    },
    /// How fast the catalog follows and answers, on `SQLite` and `PostgreSQL`
    Catalog {
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        catalog: catalog::CatalogArgs,
    },
    /// Memory of a server that is flooded, and what honest clients notice
    Flood {
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        flood: flood::FloodArgs,
    },
    /// A server that does nothing, for comparison
    NullServer(null_server::NullServerArgs),
    /// A step of `lake`, in a process of its own
    #[command(hide = true)]
    LakeStep(lake::StepArgs),
}

#[derive(Debug, Args)]
struct CommonArgs {
    /// Where data is kept while measuring, on the disk to measure [default: beside this program]
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Where the table is written as Markdown and JSON
    #[arg(long, value_name = "FOLDER", default_value = "bench/output")]
    output: PathBuf,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress(&format!("footfall-bench: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::All { common, ingest, lake, catalog } => {
            measure(&common, Some(&ingest), Some(&lake), Some(&catalog), None)
        }
        Command::Ingest { common, ingest } => measure(&common, Some(&ingest), None, None, None),
        Command::Lake { common, lake } => measure(&common, None, Some(&lake), None, None),
        Command::Catalog { common, catalog } => measure(&common, None, None, Some(&catalog), None),
        Command::Flood { common, flood } => measure(&common, None, None, None, Some(&flood)),
        Command::NullServer(args) => null_server::run(&args),
        Command::LakeStep(args) => lake::step(&args),
    }
}

fn measure(
    common: &CommonArgs,
    ingest: Option<&ingest::IngestArgs>,
    lake: Option<&lake::LakeArgs>,
    catalog: Option<&catalog::CatalogArgs>,
    flood: Option<&flood::FloodArgs>,
) -> anyhow::Result<()> {
    let folder = Folder::make(common.dir.as_deref())?;
    let machine = Machine::look(&folder.0)?;
    if machine.filesystem == "tmpfs" {
        progress(
            "the data lies in memory, where flushing costs nothing: name a folder on disk by --dir",
        );
    }
    let mut report = Report::new(machine);
    // Each part is written when it is known: a later one that fails spoils none.
    if let Some(args) = ingest {
        report.add_ingest(ingest::measure(args, &folder.sub("ingest")?)?);
        report.write(&common.output)?;
    }
    if let Some(args) = lake {
        report.add_lake(lake::measure(args, &folder.sub("lake")?)?);
        report.write(&common.output)?;
    }
    if let Some(args) = catalog {
        report.add_catalog(catalog::measure(args, &folder.sub("catalog")?)?);
        report.write(&common.output)?;
    }
    if let Some(args) = flood {
        report.add_floods(flood::measure(args, &folder.sub("flood")?)?);
        report.write(&common.output)?;
    }
    out(&report.text());
    Ok(())
}

/// A folder that is deleted in the end.
struct Folder(PathBuf);

impl Folder {
    fn make(parent: Option<&Path>) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let parent = parent.or(program.parent()).context("there is no folder to keep data in")?;
        let folder = parent.join(format!("footfall-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be created", folder.display()))?;
        Ok(Self(folder.canonicalize()?))
    }

    fn sub(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.0.join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Prints a result.
fn out(text: &str) {
    println!("{text}");
}

/// Says how far it is.
fn progress(text: &str) {
    eprintln!("{text}");
}
