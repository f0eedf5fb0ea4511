//! `footfall demo`.

use std::path::PathBuf;

use clap::Args;
use secrecy::ExposeSecret as _;

use super::{CommonArgs, out, with_runtime};
use crate::config::Config;
use crate::{demo, lifecycle};

/// Default data folder of the demo, apart from real data.
const DEFAULT_DIR: &str = "demo-data";

/// Flags of the demo.
#[derive(Debug, Clone, Args)]
pub(super) struct DemoArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// Makes other visitors and visits of the same story
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
}

/// Runs the demo.
pub(super) fn start(DemoArgs { common, seed }: DemoArgs) -> anyhow::Result<()> {
    with_runtime(&with_default_dir(common), |config| run(config, seed))
}

/// The flags with the demo's own default folder.
fn with_default_dir(common: CommonArgs) -> CommonArgs {
    let is_set = common.data_dir.is_some() || std::env::var_os("FOOTFALL_DATA__DIR").is_some();
    if is_set {
        return common;
    }
    CommonArgs { data_dir: Some(PathBuf::from(DEFAULT_DIR)), ..common }
}

/// Runs the server with the two sites.
async fn run(mut config: Config, seed: u64) -> anyhow::Result<()> {
    if config.geo.mmdb.is_none() {
        config.geo.mmdb = Some(demo::write_database(&config.data.dir)?);
    }
    let server = lifecycle::prepare(&config, demo::with_example_hosts).await?;
    let url = lifecycle::base_url(&config, server.address);
    let demo = demo::prepare(&server.parts, &config.data.dir, seed, out).await?;
    out("");
    out(&format!("Open       {url}"));
    out(&format!("Sign in as {}", demo.account.email));
    out(&format!("Password   {}", demo.account.password.expose_secret()));
    out(&format!("Try        {url}/playground"));
    out(&format!("Ask        {}", ask(&config)));
    out("");
    let stop = tokio_util::sync::CancellationToken::new();
    let pages = demo.pages();
    let visitors = tokio::spawn(demo.trickle(stop.clone()));
    let done = lifecycle::run(server, pages).await;
    stop.cancel();
    visitors.await?;
    done
}

/// A command that asks the demo's tables, also while it runs.
fn ask(config: &Config) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "footfall".to_owned());
    let dir = config.data.dir.display();
    format!("{program} sql --data-dir {dir} --project 'Bahari Rentals' 'SHOW TABLES'")
}
