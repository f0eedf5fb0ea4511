//! What erasures work with beside the stores.

use std::sync::Arc;

use catalog::Catalog;
use engine::ingest::SuppressionLists;
use engine::privacy::{self, Privacy};
use engine::projections::Projection;
use engine::recordings::Recordings;
use journal::sqlite::SqliteJournal;
use testkit::chance::CountingChance;
use testkit::clock::ManualClock;
use testkit::fakes::held_subjects::HeldSubjects;
use testkit::fakes::memory_lake::MemoryLake;
use testkit::ids::CountingIds;

/// Kept to make the use case anew, as a server that starts again does.
pub(crate) struct PrivacyParts {
    pub(crate) lake: Arc<MemoryLake>,
    pub(crate) subjects: Arc<HeldSubjects>,
    pub(super) recordings: Arc<Recordings>,
    pub(super) projections: Vec<Arc<dyn Projection>>,
    pub(super) suppressions: Arc<SuppressionLists>,
}

impl PrivacyParts {
    pub(super) fn over(
        &self,
        catalog: &Arc<Catalog>,
        journal: &Arc<SqliteJournal>,
        clock: &Arc<ManualClock>,
    ) -> Privacy {
        Privacy::new(privacy::Parts {
            ledger: catalog.clone(),
            digests: catalog.clone(),
            catalog: self.subjects.clone(),
            recordings: self.recordings.clone(),
            lake: self.lake.clone(),
            journal: journal.clone(),
            projections: self.projections.clone(),
            suppressions: self.suppressions.clone(),
            clock: clock.clone(),
            ids: Arc::new(CountingIds::default()),
            chance: Arc::new(CountingChance::default()),
        })
    }
}
