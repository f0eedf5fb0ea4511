//! What recordings work with: the real store of blobs, in the server's folder.

use std::path::Path;
use std::sync::Arc;

use blobs::FolderBlobs;
use catalog::Catalog;
use engine::ingest::SuppressionLists;
use engine::recordings::{Parts, Recordings};
use testkit::clock::ManualClock;
use testkit::ids::CountingIds;

/// Days that recordings are kept here.
pub(crate) const KEEP_DAYS: u32 = 30;

pub(super) fn over(
    folder: &Path,
    catalog: &Arc<Catalog>,
    suppressions: &Arc<SuppressionLists>,
    clock: &Arc<ManualClock>,
) -> Arc<Recordings> {
    Arc::new(Recordings::new(Parts {
        blobs: Arc::new(FolderBlobs::open(&folder.join("blobs")).expect("blobs")),
        rows: catalog.clone(),
        suppressions: suppressions.clone(),
        clock: clock.clone(),
        ids: Arc::new(CountingIds::default()),
        keep_days: KEEP_DAYS,
    }))
}
