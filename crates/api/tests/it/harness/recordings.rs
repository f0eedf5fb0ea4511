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
/// Bytes of them that a project may send a day here.
pub(crate) const RECORDED_BYTES_PER_DAY: u64 = 64 * 1_024;

pub(super) fn over(
    folder: &Path,
    catalog: &Arc<Catalog>,
    suppressions: &Arc<SuppressionLists>,
    clock: &Arc<ManualClock>,
) -> Arc<Recordings> {
    Arc::new(Recordings::new(Parts {
        blobs: Arc::new(FolderBlobs::open(&folder.join("blobs")).expect("blobs")),
        rows: catalog.clone(),
        settings: catalog.clone(),
        days: catalog.clone(),
        bytes_per_day: RECORDED_BYTES_PER_DAY,
        suppressions: suppressions.clone(),
        clock: clock.clone(),
        ids: Arc::new(CountingIds::default()),
        keep_days: KEEP_DAYS,
    }))
}
