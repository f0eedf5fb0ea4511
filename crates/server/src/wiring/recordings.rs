//! What recordings work with.

use std::sync::Arc;

use anyhow::Context as _;
use blobs::FolderBlobs;
use catalog::Catalog;
use engine::ingest::SuppressionLists;
use engine::recordings::{Parts, Recordings};

use crate::config::Config;
use crate::system::{RandomIds, SystemClock};

/// The use cases, over blobs in the data folder.
pub(super) fn assemble(
    config: &Config,
    catalog: &Arc<Catalog>,
    suppressions: &Arc<SuppressionLists>,
) -> anyhow::Result<Arc<Recordings>> {
    let blobs = FolderBlobs::open(&config.data.dir.join("blobs"));
    let blobs = blobs.context("the folder of recordings does not open")?;
    Ok(Arc::new(Recordings::new(Parts {
        blobs: Arc::new(blobs),
        rows: catalog.clone(),
        suppressions: suppressions.clone(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        keep_days: config.recordings.keep_days,
    })))
}
