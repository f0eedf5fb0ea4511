//! Finishes the generated history: recorded visits are uploaded, the jobs run over it as soon as projections
//! have caught up, and the staff do their part.
//!
//! The jobs would do the same, but they run first when nothing is in the tables yet, and next after
//! up to half an hour. What they find opens tasks; those of old are done then.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use engine::crm::CrmService;
use engine::ports::catalog::{CallStore, ContactFactStore};
use engine::ports::journal::{Journal, Position};
use engine::session_completion::SessionCompletionService;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::staff::Staff;
use super::tasks::TaskCompleter;
use super::{account, recordings};
use crate::wiring::Components;

/// Between two looks at the tables.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Finds the bookings that were abandoned, and ends the calls that nobody ended.
pub(super) struct HistoryFinalizer {
    journal: Arc<dyn Journal>,
    facts: Arc<dyn ContactFactStore>,
    calls: Arc<dyn CallStore>,
    /// How far the lake has come.
    visible: watch::Receiver<Position>,
    crm: Arc<CrmService>,
    completion: Arc<SessionCompletionService>,
    tasks: TaskCompleter,
    staff: Staff,
}

impl HistoryFinalizer {
    pub(super) fn of(parts: &Components, tasks: TaskCompleter, staff: Staff) -> Self {
        Self {
            journal: parts.journal.clone(),
            facts: parts.catalog.clone(),
            calls: parts.catalog.clone(),
            visible: parts.visible.clone(),
            crm: parts.app.crm.clone(),
            completion: parts.app.completion.clone(),
            tasks,
            staff,
        }
    }

    /// Does all of it, and notes in `dir` that it is done. What fails is done at the next start.
    pub(super) async fn run(self, dir: &Path, stop: &CancellationToken) {
        let done = tokio::select! {
            done = self.finish() => done.and_then(|()| account::note_finished(dir)),
            () = stop.cancelled() => return,
        };
        if let Err(error) = done {
            tracing::warn!(error = format!("{error:#}"), "the demo is not finished");
        }
    }

    async fn finish(&self) -> anyhow::Result<()> {
        let Staff { api, targets, clock, .. } = &self.staff;
        recordings::upload(api, targets, clock.now()).await.context("recorded visits")?;
        self.catch_up().await?;
        self.completion.run().await?;
        while self.crm.abandon_idle_bookings().await?.bookings > 0 {
            self.catch_up().await?;
        }
        self.tasks.complete_tasks().await?;
        self.catch_up().await?;
        self.staff.run().await.context("the staff")
    }

    /// Waits until the tables show what is in the journal now.
    async fn catch_up(&self) -> Result<(), engine::Error> {
        let end = self.journal.bounds().await?.next;
        while self.shown().await? < end {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Up to where contacts, calls and the lake show what is in the journal.
    async fn shown(&self) -> Result<Position, engine::Error> {
        let visible = *self.visible.borrow();
        Ok(self.facts.position().await?.min(self.calls.position().await?).min(visible))
    }
}
