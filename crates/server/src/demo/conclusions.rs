//! What the server concludes of the history, as soon as its tables show it.
//!
//! The jobs would do the same, but they run first when nothing is in the tables yet, and next after
//! up to half an hour. What they find opens tasks; those of old are done then.

use std::sync::Arc;
use std::time::Duration;

use engine::crm::Crm;
use engine::ports::catalog::{Calls, CrmFacts};
use engine::ports::journal::{Journal, Position};
use engine::session_completion::SessionCompletion;
use tokio_util::sync::CancellationToken;

use super::desk::Desk;
use crate::wiring::Parts;

/// Between two looks at the tables.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Finds the bookings that were abandoned, and ends the calls that nobody ended.
pub(super) struct Conclusions {
    journal: Arc<dyn Journal>,
    facts: Arc<dyn CrmFacts>,
    calls: Arc<dyn Calls>,
    crm: Arc<Crm>,
    completion: Arc<SessionCompletion>,
    desk: Desk,
}

impl Conclusions {
    pub(super) fn of(parts: &Parts, desk: Desk) -> Self {
        Self {
            journal: parts.journal.clone(),
            facts: parts.catalog.clone(),
            calls: parts.catalog.clone(),
            crm: parts.app.crm.clone(),
            completion: parts.app.completion.clone(),
            desk,
        }
    }

    /// Waits for the tables and draws them. What fails is left to the jobs.
    pub(super) async fn draw(self, stop: &CancellationToken) {
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
        self.desk.work_off().await
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
