//! What exports and erasures work with.

use std::sync::Arc;

use catalog::Catalog;
use engine::ingest::SuppressionLists;
use engine::privacy::{Parts, Privacy};
use engine::projections::Projection;
use engine::recordings::Recordings;
use journal::sqlite::SqliteJournal;
use lake::Lake;

use crate::system::{RandomIds, SystemChance, SystemClock};

/// The stores that know something of a person.
pub(super) struct Stores<'a> {
    pub(super) catalog: &'a Arc<Catalog>,
    pub(super) lake: &'a Arc<Lake>,
    pub(super) journal: &'a Arc<SqliteJournal>,
}

/// The use cases; `projections` are all that read the journal.
pub(super) fn assemble(
    stores: &Stores<'_>,
    projections: Vec<Arc<dyn Projection>>,
    suppressions: &Arc<SuppressionLists>,
    recordings: &Arc<Recordings>,
) -> Arc<Privacy> {
    Arc::new(Privacy::new(Parts {
        ledger: stores.catalog.clone(),
        digests: stores.catalog.clone(),
        catalog: stores.catalog.clone(),
        recordings: recordings.clone(),
        lake: stores.lake.clone(),
        journal: stores.journal.clone(),
        projections,
        suppressions: suppressions.clone(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        chance: Arc::new(SystemChance),
    }))
}
