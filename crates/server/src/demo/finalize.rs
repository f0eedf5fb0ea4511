//! Runs the jobs over the generated history as soon as projections have caught up.
//!
//! The jobs would do the same, but they run first when nothing is in the tables yet, and next after
//! up to half an hour. What they find opens tasks; those of old are done then.

use std::sync::Arc;
use std::time::Duration;

use engine::crm::CrmService;
use engine::ports::catalog::{CallStore, ContactFactStore};
use engine::ports::journal::{Journal, Position};
use engine::session_completion::SessionCompletionService;
use tokio_util::sync::CancellationToken;

use super::tasks::TaskCompleter;
use crate::wiring::Components;

/// Between two looks at the tables.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Finds the bookings that were abandoned, and ends the calls that nobody ended.
pub(super) struct HistoryFinalizer {
    journal: Arc<dyn Journal>,
    facts: Arc<dyn ContactFactStore>,
    calls: Arc<dyn CallStore>,
    crm: Arc<CrmService>,
    completion: Arc<SessionCompletionService>,
    tasks: TaskCompleter,
}

impl HistoryFinalizer {
    pub(super) fn of(parts: &Components, tasks: TaskCompleter) -> Self {
        Self {
            journal: parts.journal.clone(),
            facts: parts.catalog.clone(),
            calls: parts.catalog.clone(),
            crm: parts.app.crm.clone(),
            completion: parts.app.completion.clone(),
            tasks,
        }
    }

    /// Waits for the tables and draws them. What fails is left to the jobs.
    pub(super) async fn run(self, stop: &CancellationToken) {
        let drawn = tokio::select! {
            drawn = self.draw_now() => drawn,
            () = stop.cancelled() => return,
        };
        if let Err(error) = drawn {
            tracing::debug!(%error, "the demo's history is left to the jobs");
        }
    }

    async fn draw_now(&self) -> Result<(), engine::Error> {
        self.catch_up().await?;
        self.completion.run().await?;
        while self.crm.abandon_idle_bookings().await?.bookings > 0 {
            self.catch_up().await?;
        }
        self.tasks.complete_tasks().await
    }

    /// Waits until the tables show what is in the journal now.
    async fn catch_up(&self) -> Result<(), engine::Error> {
        let end = self.journal.bounds().await?.next;
        while self.shown().await? < end {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Up to where contacts and calls show what is in the journal.
    async fn shown(&self) -> Result<Position, engine::Error> {
        Ok(self.facts.position().await?.min(self.calls.position().await?))
    }
}
