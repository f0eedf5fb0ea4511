//! `footfall rollups`: writes the lake's rollups anew from its events.

use std::sync::Arc;

use anyhow::{Context, bail};
use domain::clock::Clock;
use domain::id::IdSource;

use super::{CommonArgs, out, runtime};
use crate::system::{RandomIds, SystemClock};
use crate::wiring;

/// Runs the command. The server may run meanwhile: where a rollup is missing, it asks the events.
pub(super) fn run(common: &CommonArgs) -> anyhow::Result<()> {
    let config = common.load()?;
    if !config.data.dir.join("lake").is_dir() {
        bail!("there is no lake in {}; `footfall serve` creates it", config.data.dir.display());
    }
    runtime()?.block_on(async {
        let (clock, ids): (Arc<dyn Clock>, Arc<dyn IdSource>) =
            (Arc::new(SystemClock), Arc::new(RandomIds));
        let lake = wiring::open_lake(&config, &clock, &ids).await?;
        let written = lake.rebuild_rollups().await.context("the rollups cannot be written")?;
        out(&format!("Wrote the rollups of {written} files."));
        Ok(())
    })
}
