//! The command line.

mod config;
mod demo;
mod doctor;
mod keys;
mod rollups;
mod serve;
mod source_maps;
mod sql;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Overrides, load};
use crate::telemetry;

const ABOUT: &str =
    "Behaviour analytics in one program: where visitors get stuck, who they are, what to bill.";

const AFTER_HELP: &str = "\
Try it:
  footfall demo                      two example sites with 30 days of history and live traffic

Run it:
  footfall serve                     stores everything in ./data, listens on 127.0.0.1:8080,
                                     and prints a one-time link to set up the first account
  footfall doctor                    checks the set-up and says how to fix it

Settings come from footfall.toml, then FOOTFALL_<SECTION>__<KEY>, then flags:
  footfall config default > footfall.toml";

/// The program.
#[derive(Debug, Parser)]
#[command(name = "footfall", version, about = ABOUT, after_help = AFTER_HELP, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server.
    Serve(CommonArgs),
    /// Runs the server with two example sites: 30 days of history, live traffic, and an account.
    Demo(demo::DemoArgs),
    /// Lists, creates and changes ingest keys.
    Keys(keys::KeysArgs),
    /// Runs one SQL query over a project's tables.
    Sql(sql::SqlArgs),
    /// Uploads source maps, so that errors are shown with the sources of a site.
    SourceMaps(source_maps::SourceMapsArgs),
    /// Rebuilds the rollups that answer overviews, from the events.
    Rollups(CommonArgs),
    /// Checks settings, stores, disk and port, and says how to fix what is wrong.
    Doctor(CommonArgs),
    /// Shows settings.
    Config(config::ConfigArgs),
    /// Prints the OpenAPI document.
    Openapi,
    /// Runs statements of SQL for the program that starts it.
    #[command(hide = true, name = "sql-worker")]
    SqlWorker,
}

/// Flags of commands that read the settings.
#[derive(Debug, Clone, Args)]
struct CommonArgs {
    /// Settings file [default: footfall.toml, if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder that stores everything
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// Address to listen on, such as 0.0.0.0:8080
    #[arg(long, global = true, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

impl CommonArgs {
    fn load(&self) -> anyhow::Result<Config> {
        load(&Overrides {
            file: self.config.clone(),
            data_dir: self.data_dir.clone(),
            listen: self.listen,
        })
    }
}

/// Runs the command named on the command line.
pub(crate) fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(common) => with_runtime(&common, serve::run),
        Command::Demo(args) => demo::start(args),
        Command::Keys(args) => keys::run(args),
        Command::Sql(args) => sql::run(args),
        Command::SourceMaps(args) => source_maps::run(args),
        Command::Rollups(common) => rollups::run(&common),
        Command::Doctor(common) => return doctor::run(&common),
        Command::Config(args) => config::run(&args),
        Command::Openapi => {
            out(api::openapi::document_json().trim_end());
            Ok(())
        }
        Command::SqlWorker => lake::run_sql_worker().map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("footfall: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn with_runtime<F: Future<Output = anyhow::Result<()>>>(
    common: &CommonArgs,
    command: impl FnOnce(Config) -> F,
) -> anyhow::Result<()> {
    let config = common.load()?;
    telemetry::start_logging(&config.log)?;
    runtime()?.block_on(command(config))
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Prints a line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "this is the command line")]
fn out(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "this is the command line")]
fn complain(line: &str) {
    eprintln!("{line}");
}
