//! Whether the stores answer.

use std::sync::Arc;

use api::Readiness;
use async_trait::async_trait;
use catalog::Catalog;
use engine::ports::journal::Journal;
use engine::ports::lake::LakeWriter;
use lake::Lake;

/// Ready while every store answers.
pub(super) struct StoreReadiness {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) catalog: Arc<Catalog>,
    pub(super) lake: Arc<Lake>,
}

#[async_trait]
impl Readiness for StoreReadiness {
    async fn failing(&self) -> Vec<&'static str> {
        let journal = self.journal.bounds().await.is_err().then_some("journal");
        let catalog = self.catalog.ping().await.is_err().then_some("catalog");
        let lake = self.lake.stats().await.is_err().then_some("lake");
        [journal, catalog, lake].into_iter().flatten().collect()
    }
}
