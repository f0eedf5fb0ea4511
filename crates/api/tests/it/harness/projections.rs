//! Applies projections and reads what a server stored.

use std::sync::Arc;

use catalog::Catalog;
use domain::event::Event;
use engine::ports::catalog::{OutcomeCount, OutcomeStore as _};
use engine::ports::journal::{Block, Journal as _};
use engine::project_zones::ProjectZones;
use engine::projections::{
    CallsProjection, CrmProjection, LeadScoreProjection, OutcomesProjection, Projection,
    SessionsProjection,
};
use testkit::records::events;

use super::TestServer;

impl TestServer {
    /// The accepted events in the journal.
    pub(crate) async fn events(&self) -> Vec<Event> {
        events(&*self.journal).await
    }

    /// Applies everything journaled so far.
    pub(crate) async fn project(&self) {
        for projection in &self.projections {
            let mut at = projection.position().await.expect("a position");
            loop {
                let blocks = self.journal.read(at, 1 << 20).await.expect("blocks");
                let Some(last) = blocks.last() else { break };
                let to = last.end();
                // Another server may be at it for long on a busy machine; the runner tries again too.
                while let Err(error) = projection.apply(&blocks, at, to).await {
                    assert_eq!(error.kind(), engine::Kind::Unavailable, "{error:?}");
                }
                at = to;
            }
        }
        self.app.sdk_reports.store().await.expect("stored");
        assert!(
            self.app.sessions.wait_for_projection().await.expect("a position"),
            "sessions are shown"
        );
    }

    /// A catalog rebuilt from the journal.
    pub(crate) async fn rebuilt(&self) -> Catalog {
        let path = self.folder.path().join("rebuilt.db");
        let catalog = Catalog::open(&path).await.expect("a catalog");
        let shared = Arc::new(catalog.clone());
        let zones = ProjectZones::new(shared.clone());
        let projections: [Arc<dyn Projection>; 5] = [
            Arc::new(OutcomesProjection::new(shared.clone(), zones)),
            Arc::new(LeadScoreProjection::new(shared.clone())),
            Arc::new(CrmProjection::new(shared.clone())),
            Arc::new(CallsProjection::new(shared.clone())),
            Arc::new(SessionsProjection::new(shared)),
        ];
        let blocks = self.journal.read(0, usize::MAX).await.expect("blocks");
        let to = blocks.last().map_or(0, Block::end);
        for projection in projections {
            projection.apply(&blocks, 0, to).await.expect("applied");
        }
        catalog
    }

    /// The account as a rebuild from the journal gives it.
    pub(crate) async fn rebuilt_outcomes(&self) -> Vec<OutcomeCount> {
        let rebuilt = self.rebuilt().await;
        rebuilt.outcomes(self.project, i32::MIN, i32::MAX).await.expect("outcomes")
    }
}
